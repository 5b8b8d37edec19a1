"""All rules in force against one enterprise: rules down, aspects across (资格矩阵)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from gaoxin.compute.tree import Reaches, walk
from gaoxin.packs.schemas.rule import Rule
from gaoxin.rules.judging import ConditionJudgement
from gaoxin.web.eligibility.bars import Bar, interval
from gaoxin.web.eligibility.judged import Judged
from gaoxin.web.eligibility.rule_details import Detail, detail
from gaoxin.web.eligibility.titles_held import HeldTitle
from gaoxin.web.eligibility.words import ASPECTS, CATEGORIES, CONDITIONS, EXAMPLE, VERDICTS, WORST, Face

_HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Row:
    """One rule. `cells`: a face for each aspect, None where the rule has no such condition; `score`: the
    interval in words; `classes`: for a rule that sorts into classes; `detail`: present when the row is open.
    """

    id: str
    name: str
    verdict: Face
    cells: tuple[tuple[str, Face | None], ...]
    bar: Bar | None
    score: str
    when: str
    detail: Detail | None


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    aspects: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.aspects) + 5


def matrix(judged: Sequence[Judged], opened: Collection[str], titles: Mapping[str, HeldTitle]) -> Matrix:
    """The rows in groups; `opened`: the rules whose conditions are told, all of them if it has "all"."""
    used = {held.spec.aspect for one in judged for held in one.compiled.conditions}
    aspects = [aspect for aspect in ASPECTS if aspect in used]
    grouped: dict[str, list[Row]] = {}
    for one in judged:
        name = str(EXAMPLE if one.example else CATEGORIES[one.compiled.rule.category])
        is_open = one.id in opened or "all" in opened
        grouped.setdefault(name, []).append(_row(one, aspects, titles, is_open=is_open))
    return Matrix(
        tuple(str(ASPECTS[aspect]) for aspect in aspects),
        tuple(Group(name, tuple(rows)) for name, rows in grouped.items()),
    )


def _row(held: Judged, aspects: Iterable[str], titles: Mapping[str, HeldTitle], *, is_open: bool) -> Row:
    by_aspect: dict[str, list[ConditionJudgement]] = {}
    for condition in held.judgement.conditions:
        by_aspect.setdefault(condition.condition.spec.aspect, []).append(condition)
    bar, score = score_of(held)
    return Row(
        id=held.id,
        name=held.name,
        verdict=VERDICTS[held.verdict],
        cells=tuple((str(ASPECTS[aspect]), _worst(by_aspect.get(aspect, []))) for aspect in aspects),
        bar=bar,
        score=score,
        when=_when(held.compiled.rule, titles),
        detail=detail(held) if is_open else None,
    )


def _worst(conditions: Iterable[ConditionJudgement]) -> Face | None:
    found = {condition.verdict for condition in conditions}
    return next((CONDITIONS[verdict] for verdict in WORST if verdict in found), None)


def score_of(held: Judged) -> tuple[Bar | None, str]:
    """The score as a bar and in words: 66–84 分; the class or classes of a rule that sorts."""
    judgement, rule = held.judgement, held.compiled.rule
    if judgement.classes and rule.classes is not None:
        spoken = [rule.classes.zh[name] if held.lang == "zh" else name for name in judgement.classes]
        return None, _("、").join(spoken) if len(spoken) < len(rule.classes.names) else _("资料不足")
    if held.hides_score and judgement.score is not None:
        return None, _("按岗位不显示")
    if judgement.score is None or held.compiled.score is None:
        return None, ""
    low, high = judgement.score
    limit = threshold(held)
    said = f"{_number(low)}–{_number(high)}" if low != high else _number(low)
    words = _("%s 分") % said
    most = rule.scores[held.compiled.score].max
    scale = Fraction(most) if most is not None else max(high, _HUNDRED)
    told = (
        _("得分 %(score)s，门槛 %(mark)s 分") % {"score": said, "mark": _number(limit)}
        if limit is not None
        else _("得分 %s") % said
    )
    return interval(low, high, limit, scale, told), words


def threshold(held: Judged) -> Fraction | None:
    """The points a condition asks of the score of the rule; None if none does."""
    node = held.compiled.names[held.compiled.score].node if held.compiled.score else None
    for condition in held.compiled.conditions:
        for part in walk(condition.own):
            if isinstance(part, Reaches) and part.score is node:
                return part.mark
    return None


def _number(points: Fraction) -> str:
    return f"{float(round(points, 2)):g}"


def _when(rule: Rule, titles: Mapping[str, HeldTitle]) -> str:
    """What the time column says: the title held, the last day to apply, the last day of the text."""
    held = titles.get(rule.grants.title) if rule.grants is not None else None
    if held is not None and held.until is not None:
        return _("有效至 %s") % held.until.isoformat()
    if rule.benefit is not None and rule.benefit.deadline is not None:
        return _("%s 前申报") % rule.benefit.deadline.isoformat()
    if rule.effective.until is not None:
        return _("执行至 %s") % rule.effective.until.isoformat()
    return _("未注明截止日")
