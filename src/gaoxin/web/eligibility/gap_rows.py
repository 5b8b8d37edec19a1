"""The conditions of one rule as rows: what was measured, what is asked, how far off, what to do (差距行).

Read off the explanation of the judgement. A condition of several facts has a line for each of them under its
own; a figure the reader may not read is not shown, nor anything it was worked out from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from gaoxin.rules.explaining import ConditionExplanation, Input, Statement
from gaoxin.rules.lead_times import told as time_told
from gaoxin.rules.routes import Path, Step
from gaoxin.rules.verdicts import ConditionVerdict
from gaoxin.web.eligibility.actions import action_words
from gaoxin.web.eligibility.bars import Bar, distance
from gaoxin.web.eligibility.judged import Judged
from gaoxin.web.pages.figures import FigureView, figure_view

_THIN = Fraction(1, 20)  # a margin under five hundredths of the threshold is said to be small


@dataclass(frozen=True, slots=True)
class GapRow:
    """One line. `depth`: 1 for a fact of a condition that has several; `joint`: how they are joined, in
    words; `rings`: the figures it rests on; `thin`: it holds by little; `way`: where its actions go
    on the page.
    """

    name: str
    verdict: str
    depth: int = 0
    joint: str = ""
    working: str = ""
    measured: str = ""
    rings: tuple[FigureView, ...] = ()
    mark: str = ""
    bar: Bar | None = None
    gap: str = ""
    thin: bool = False
    actions: tuple[ActionView, ...] = ()
    article: str = ""
    note: str = ""
    unconfirmed: bool = False
    way: str = ""


@dataclass(frozen=True, slots=True)
class ActionView:
    """One action of the cheapest way, in words. `lead`: cost and time."""

    text: str
    lead: str


def gap_rows(held: Judged) -> list[GapRow]:
    """The rows of a rule, in the order of its text."""
    return [row for told in held.explanation.conditions for row in _rows(held, told)]


def _rows(held: Judged, told: ConditionExplanation) -> Iterator[GapRow]:
    verdict = told.judgement.verdict
    actions = tuple(_actions(held, told.judgement.id))
    about = {
        "article": told.article,
        "note": told.interpretation,
        "unconfirmed": told.unconfirmed,
        "actions": actions,
        "way": f"way-{held.id}-{told.judgement.id}" if held.may_seek else "",
    }
    if verdict is ConditionVerdict.NOT_APPLICABLE:
        yield GapRow(told.name, str(verdict), gap=_("由直通情形替代：%s") % told.route, **about)  # type: ignore[arg-type]
        return
    statement = told.statement
    if not statement.parts:
        yield _row(held, statement, told.name, str(verdict), 0, about)
        return
    joint = _("都要满足") if statement.kind == "all" else _("满足其一")
    yield GapRow(told.name, str(verdict), joint=joint, **about)  # type: ignore[arg-type]
    yield from _parts(held, statement, 1)


def _parts(held: Judged, statement: Statement, depth: int) -> Iterator[GapRow]:
    for part in statement.parts:
        if part.parts:
            joint = _("都要满足") if part.kind == "all" else _("满足其一")
            yield GapRow("", _met(part.met), depth=depth, joint=joint)
            yield from _parts(held, part, depth + 1)
        else:
            yield _row(held, part, part.name, _met(part.met), depth, {})


def _row(
    held: Judged, statement: Statement, name: str, verdict: str, depth: int, about: dict[str, object]
) -> GapRow:
    if any(one.column in held.known.hidden for one in statement.inputs):
        return GapRow(
            name,
            verdict,
            depth=depth,
            measured=_("按岗位不显示"),
            mark=statement.mark,
            **about,  # type: ignore[arg-type]
        )
    said = statement.text(held.lang)
    bar = None
    if statement.range is not None and statement.limit is not None:
        bar = distance(*statement.range, statement.limit, statement.met, said)
    under = statement.working
    if name != statement.name:
        under = f"{statement.name} {statement.working}".strip()
    thin = _is_thin(statement)
    return GapRow(
        name=name,
        verdict=verdict,
        depth=depth,
        working=under,
        measured=statement.measured,
        rings=tuple(_rings(held, statement.inputs)),
        mark=statement.mark,
        bar=bar,
        gap=_open_words(held, statement) or statement.gap,
        thin=thin,
        **about,  # type: ignore[arg-type]
    )


def _rings(held: Judged, inputs: tuple[Input, ...]) -> Iterator[FigureView]:
    for one in inputs:
        figure = held.known.figures.get(one.column)
        if figure is not None:
            yield figure_view(figure, label=one.name)


def _is_thin(statement: Statement) -> bool:
    margin, limit = statement.margin, statement.limit
    if not statement.met or margin is None or not limit or statement.kind != "number":
        return False
    return margin < abs(limit) * _THIN


def _open_words(held: Judged, statement: Statement) -> str:
    """What an open score still lacks: 再得 4 分即达到."""
    if statement.kind != "score" or statement.met is not None:
        return ""
    if statement.range is None or statement.limit is None:
        return ""
    low, high = statement.range
    if not low <= statement.limit <= high:
        return ""
    need = f"{float(statement.limit - low):g}"
    over = statement.mark.startswith(">")
    return (_("再得 %s 分以上即通过") if over else _("再得 %s 分即通过")) % need


def _met(met: bool | None) -> str:
    if met is None:
        return str(ConditionVerdict.UNKNOWN)
    return str(ConditionVerdict.MET if met else ConditionVerdict.NOT_MET)


def _actions(held: Judged, condition: str) -> Iterator[ActionView]:
    route = held.route
    if isinstance(route, Path):
        for step in route.steps:
            if condition in step.serves:
                yield action_view(step, held.lang)


def action_view(step: Step, lang: str) -> ActionView:
    """An action with its count, cost and time."""
    return ActionView(action_words(step, lang), f"{_cost(step)} · {time_told(step.action.lead_time, lang)}")


def _cost(step: Step) -> str:
    return _("不花钱") if not step.cost else _("约 %s 万元") % f"{float(step.cost / 10_000):g}"
