"""Which statements of the fact base speak of what a claim speaks of? (对应)

Subject, metric and kind of figure must agree; then the whole of a share, the group of a ranking, and the
period. What agrees in all but one of them is looked at in `elsewhere`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gaoxin.core.periods import Period
from gaoxin.core.units import Dimension
from gaoxin.facts.records import Observation
from gaoxin.facts.standing import same_reading
from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.index import FactIndex, Figure

_KINDS: dict[str, tuple[str, ...]] = {
    "level": ("level", "duration"),
    "duration": ("duration", "level"),
    "share": ("share",),
    "growth": ("growth",),
    "multiple": ("multiple",),
    "rank": ("rank",),
    "change": ("change",),
    "target": ("target",),
}
# A period that was inferred for a fact may be a year off.
_INFERRED_YEARS = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What the fact base says of a claim's figure.

    `right`: of its period; `near`: of a period that was only inferred, or where the text names none;
    `others`: of other periods; `elsewise`: of other wholes or groups.
    """

    right: tuple[Figure, ...]
    near: tuple[Figure, ...]
    others: tuple[Figure, ...]
    elsewise: tuple[Figure, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.right or self.near or self.others or self.elsewise)


def kinds_of(claim: Claim, dimension: Dimension | None) -> tuple[str, ...]:
    """The kinds of figure a claim may be stored as.

    翻倍 is a multiple however the text puts it; a rate such as a financing cost of 2% is a level of its
    metric, though it is read as a share.
    """
    kinds = _KINDS[claim.kind]
    if claim.amount.form == "doubling":
        return ("multiple", "growth")
    if dimension is Dimension.ratio and claim.kind in ("level", "share"):
        return ("level", "share")
    return kinds


def ask(claim: Claim, metric: str, index: FactIndex, sentence: str = "") -> Asked:
    """The figures of a claim's subject under a metric, sorted by how well they fit.

    `sentence`: the words around the claim, to tell groups apart (提质增效 of 12 clauses).
    """
    kinds = kinds_of(claim, index.dimension(metric))
    held = tuple(index.figures(claim.subject_code, metric, kinds))
    fitting, elsewise = _by_whole(claim, held)
    fitting = _by_group(claim, fitting, sentence)
    return _by_period(claim, metric, fitting, elsewise, index)


def same_period(claim: Period | None, fact: Observation, *, stock: bool, once: bool = False) -> bool:
    """The claim and the fact speak of one period; of a stock, of one last day."""
    if once:
        return True
    if claim is None:
        return False
    if fact.period in same_reading(claim) or claim.covers_same_days(fact.period):
        return True
    if stock:
        return claim.end == fact.period.end
    return claim.form == "day" and _is_year_to(claim, fact.period)


def _is_year_to(day: Period, period: Period) -> bool:
    """新增6家 after 截至6月底: a flow up to a day is that of the year so far, which ends with a month."""
    return period.end == day.end and (period.start.month, period.start.day) == (1, 1)


def nearly_same_period(claim: Period | None, fact: Observation) -> bool:
    """The text names no period, or the fact's period was inferred and lies within a year."""
    if claim is None:
        return True
    if claim.form == "span" or fact.period.form == "span":
        return claim.overlaps(fact.period)
    return fact.period_confidence != "verified" and abs(claim.year - fact.period.year) <= _INFERRED_YEARS


def _by_whole(claim: Claim, held: Iterable[Figure]) -> tuple[list[Figure], list[Figure]]:
    fitting: list[Figure] = []
    elsewise: list[Figure] = []
    for figure in held:
        named = claim.of_code or (claim.kind == "share" and claim.of)  # 占全国的: a whole nobody knows
        wrong = bool(named and figure.key.of and figure.key.of != claim.of_code)
        if claim.kind == "rank":
            wrong = wrong and claim.of_code != claim.subject_code
        (elsewise if wrong else fitting).append(figure)
    return fitting, elsewise


def _by_group(claim: Claim, held: list[Figure], sentence: str) -> list[Figure]:
    """The figures whose group the text names; all of them where it names none of the groups."""
    if not any(figure.key.group for figure in held):
        return held
    words = "".join((claim.group, claim.of or "", claim.label)) or sentence
    named = [figure for figure in held if figure.key.group and _names(words, figure.key.group)]
    named = named or [figure for figure in held if figure.key.group and _names(sentence, figure.key.group)]
    return named or held


# The name before 省 or 市, which a text of the same place leaves out: 全省开发区 for 山东省开发区.
_REGION = re.compile("^[一-龥]{2,6}?([省市州县])")


def _names(words: str, group: str) -> bool:
    """The group is named, perhaps with words in between: 山东省开发区 in 山东省160个开发区综合考核."""
    parts = [part for part in group.replace(",", "，").split("，") if part]
    parts += [_REGION.sub(r"全\1", part, count=1) for part in parts if _REGION.match(part)]
    return bool(words) and any(_in_order(part, words) or words in part for part in parts)


def _in_order(part: str, words: str) -> bool:
    rest = iter(words)
    return all(sign in rest for sign in part)


def _by_period(
    claim: Claim, metric: str, fitting: list[Figure], elsewise: list[Figure], index: FactIndex
) -> Asked:
    stock, once = index.is_stock(metric), index.is_once(metric)
    right: list[Figure] = []
    near: list[Figure] = []
    others: list[Figure] = []
    for figure in fitting:
        fact = figure.first
        if same_period(claim.period, fact, stock=stock, once=once):
            right.append(figure)
        elif nearly_same_period(claim.period, fact):
            near.append(figure)
        else:
            others.append(figure)
    beside = [
        figure
        for figure in elsewise
        if same_period(claim.period, figure.first, stock=stock, once=once)
        or nearly_same_period(claim.period, figure.first)
    ]
    return Asked(tuple(right), tuple(near), tuple(others), tuple(beside))
