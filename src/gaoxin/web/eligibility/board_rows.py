"""The rows of a board as people read them: what is lacking, by how much, from which figure (差什么).

Every number comes from the explanation of the judgement; its ring opens the figure in the ledger. What a
reader may not see about a firm is not told here either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import polars as pl
from django.utils.translation import gettext as _

from gaoxin.compute import tree
from gaoxin.core.quantities import format_number, round_half_up
from gaoxin.facts.population import column_of
from gaoxin.rules.explaining import ConditionExplanation, Statement, explain
from gaoxin.rules.verdicts import ConditionVerdict
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import sensitivities
from gaoxin.web.eligibility.boards import Board, Firm, Score
from gaoxin.web.eligibility.choices import choice_word
from gaoxin.web.eligibility.residents import Residents
from gaoxin.web.eligibility.ways import Way
from gaoxin.web.eligibility.worths import Worth, worths
from gaoxin.web.ledger import catalogue, selectors
from gaoxin.web.ledger.models import Subject
from gaoxin.web.pages import names
from gaoxin.web.pages.figures import FigureView, figure_view
from gaoxin.web.pages.scope import language

_NEAR = ("one", "open")
_CHIPS = {
    ConditionVerdict.NOT_MET: ("no", "no"),
    ConditionVerdict.UNKNOWN: ("unknown", "unk"),
    ConditionVerdict.NEEDS_EXPERT: ("expert", "exp"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One condition of one firm: a chip, what was measured with its rings, what is asked, how far off."""

    chip: str
    icon: str
    name: str
    measured: str
    mark: str
    gap: str
    article: str
    views: tuple[FigureView, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreBar:
    """Widths in percent: dark is certain, pale still open; `mark` is where the asked score stands."""

    known: float
    open: float
    mark: float
    words: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    subject: Subject
    firm: Firm
    name: str
    url: str
    field: str
    bar: ScoreBar | None
    hides_score: bool
    facts: tuple[Fact, ...]
    more: int
    way: Way
    worth: Worth

    @property
    def code(self) -> str:
        return self.firm.subject.partition("/")[2]


def board_rows(
    reader: User,
    board: Board,
    firms: Sequence[Firm],
    told: Mapping[str, Way],
    *,
    facts: int | None = None,
    rings: bool = True,
) -> list[BoardRow]:
    """Some firms of a board.

    `facts`: at most so many of what is lacking, by default one of who is near. `rings` False for what is
    exported in bulk: no figures of the ledger, and who is open is told by what is missing alone.
    """
    subjects = {one.code: one for one in Subject.objects.filter(code__in=[firm.subject for firm in firms])}
    told_in_full = [firm for firm in firms if firm.group != "pass" and (rings or firm.group != "open")]
    explained = {firm.subject: _lacking(board, firm) for firm in told_in_full}
    views = _views(reader, board.residents, explained) if rings else {}
    readable = sensitivities(reader)
    concealed = _concealed(board, firms, readable)
    worth = worths(board, firms, readable)
    rows = []
    for firm in firms:
        subject, hidden = subjects[firm.subject], firm.subject in concealed
        lacking = explained.get(firm.subject, [])
        shown = [fact for held in lacking for fact in _facts(held, firm.subject, views, readable, concealed)]
        if firm.group == "open" and not lacking:
            shown = [_unreported(firm)]
        most = facts if facts is not None else 1 if firm.group in _NEAR else 2
        rows.append(
            BoardRow(
                subject=subject,
                firm=firm,
                name=names.name_of(subject),
                url=names.subject_url(subject),
                field=field_word(board.residents.fields.get(firm.subject, "")),
                bar=None if hidden else score_bar(firm.low, firm.high, board.score),
                hides_score=hidden,
                facts=tuple(shown[:most]),
                more=max(0, len(shown) - most),
                way=told.get(firm.subject, Way()),
                worth=worth[firm.subject],
            )
        )
    return rows


def score_bar(low: float | None, high: float | None, score: Score | None) -> ScoreBar | None:
    """A score against its mark; None for a rule without one."""
    if score is None or low is None or high is None:
        return None
    most = float(score.most) or 1.0
    words = points(low) if low == high else f"{points(low)}–{points(high)}"
    return ScoreBar(
        known=round(100 * min(low, most) / most, 2),
        open=round(100 * (min(high, most) - min(low, most)) / most, 2),
        mark=round(100 * float(score.mark) / most, 2),
        words=_("%s 分") % words,
    )


def points(value: float | Fraction) -> str:
    """A score to one decimal, without one where it is whole."""
    rounded = round_half_up(Fraction(value).limit_denominator(1_000_000), 1)
    return format_number(rounded if rounded % 1 else int(rounded), None, language())


def field_word(code: str) -> str:
    """A technology field in words."""
    return choice_word(catalogue.metric("tech_field").choices, code) if code else ""


def _lacking(board: Board, firm: Firm) -> list[ConditionExplanation]:
    """The conditions not met; where all that is certain is met, those that are open."""
    judgement = board.residents.judge(board.columns, firm.subject)
    told = explain(judgement, catalogue.library().metrics, language())
    failing = [held for held in told.conditions if held.judgement.verdict is ConditionVerdict.NOT_MET]
    return failing or [held for held in told.conditions if held.judgement.verdict in _CHIPS]


def _facts(
    held: ConditionExplanation,
    subject: str,
    views: Mapping[tuple[str, str], FigureView],
    readable: frozenset[str],
    concealed: frozenset[str],
) -> Iterable[Fact]:
    verdict = held.judgement.verdict
    chip, icon = _CHIPS[verdict]
    wanted = False if verdict is ConditionVerdict.NOT_MET else None
    singles = [one for one in held.statement.singles() if one.met is wanted]
    for one in singles or [held.statement]:
        # a score is hidden where a figure is known under it that the reader may not read
        hidden = (
            subject in concealed
            if one.kind == "score"
            else any(catalogue.metric(each.metric).sensitivity not in readable for each in one.inputs)
        )
        yield Fact(
            chip=chip,
            icon=icon,
            name=held.name,
            measured=_("您的岗位看不到这项数") if hidden else measured(one, named=len(singles) > 1),
            mark=one.mark,
            gap="" if hidden else one.gap if one.met is False else _("还不知道"),
            article=held.article,
            views=() if hidden else _rings(views, subject, one),
        )


def _concealed(board: Board, firms: Sequence[Firm], readable: frozenset[str]) -> frozenset[str]:
    """Of whom the score of the rule rests on a known figure that the reader may not read."""
    name, frame = board.compiled.score, board.residents.frame
    if name is None:
        return frozenset()
    kept = {
        leaf.column
        for leaf in tree.leaves(board.compiled.names[name].node)
        if catalogue.metric(leaf.metric).sensitivity not in readable and leaf.column in frame.columns
    }
    if not kept:
        return frozenset()
    known = pl.any_horizontal(pl.col(column).is_not_null() for column in sorted(kept))
    asked = pl.col("subject").is_in([firm.subject for firm in firms])
    return frozenset(frame.filter(asked & known)["subject"].to_list())


def _rings(
    views: Mapping[tuple[str, str], FigureView], subject: str, one: Statement
) -> tuple[FigureView, ...]:
    found = (views.get((subject, each.column)) for each in one.inputs)
    return tuple(view for view in found if view is not None)[:2]


def _unreported(firm: Firm) -> Fact:
    """What is missing of a firm, by name alone."""
    chip, icon = _CHIPS[ConditionVerdict.UNKNOWN]
    joint = _("、")
    named = joint.join(catalogue.metric(name).label(language()) for name in firm.missing)
    return Fact(chip, icon, _("资料不足"), _("缺：%s") % named, "", _("还不知道"), "")


def measured(one: Statement, *, named: bool = True) -> str:
    """5 ÷ 52 人，9.6%; `named`: with its name, as where a condition has several facts."""
    joint = "，" if language() == "zh" else ", "
    told = joint.join(part for part in (one.working, one.measured) if part)
    return told if one.working and not named else f"{one.name} {told}".strip()


def _views(
    reader: User, held: Residents, explained: Mapping[str, Sequence[ConditionExplanation]]
) -> Mapping[tuple[str, str], FigureView]:
    """The figures in the ledger by enterprise and column, for the rings."""
    metrics = {
        each.metric
        for told in explained.values()
        for condition in told
        for single in condition.statement.singles()
        for each in single.inputs
    }
    if not metrics:
        return {}
    found: dict[tuple[str, str], FigureView] = {}
    when: dict[tuple[str, str], date] = {}
    for figure in selectors.standing_of_many(reader, list(explained), metrics=sorted(metrics)):
        column = column_of(figure.metric, figure.period.code, held.on)
        key = (figure.subject_code, column or "")
        if column is not None and figure.period.end >= when.get(key, date.min):
            found[key], when[key] = figure_view(figure), figure.period.end
    return found
