"""Adding figures up, or saying why they may not be added (合计).

What overlaps (a 瞪羚 may be 专精特新), what has another scope, a bound, a share or a rank has no sum. The
refusal names the two figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from gaoxin.core.errors import FactError
from gaoxin.core.quantities import unit
from gaoxin.facts.records import Observation, Subject
from gaoxin.facts.values import Value

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Metric


def total(
    observations: Sequence[Observation],
    metrics: Mapping[str, Metric],
    subjects: Mapping[str, Subject] | None = None,
) -> Value:
    """The sum of some levels, with the precision that their rounding leaves.

    Either one metric over several subjects, or several metrics of one subject that belong to one scope.
    Raises: FactError, with the ids, when the sum would mean nothing.
    """
    if not observations:
        raise FactError("没有可以相加的数字。", "There is nothing to add.")
    for obs in observations:
        _addable(obs, metrics[obs.metric])
    for one, other in combinations(observations, 2):
        _together(one, other, metrics, subjects or {})
    span = sum((obs.value.interval() for obs in observations[1:]), observations[0].value.interval())
    dimension = observations[0].value.dimension
    assert dimension is not None
    return Value.from_interval(span, dimension)


def why_not_additive(
    observations: Sequence[Observation],
    metrics: Mapping[str, Metric],
    subjects: Mapping[str, Subject] | None = None,
) -> FactError | None:
    """The reason a sum is refused, or None if the figures may be added."""
    try:
        total(observations, metrics, subjects)
    except FactError as problem:
        return problem
    return None


def _addable(obs: Observation, metric: Metric) -> None:
    if obs.figure != "level" or not obs.value.is_number:
        raise _refused("只有水平数可以相加，占比、增速、位次不能相加", "only levels add up", obs)
    if obs.value.is_bound:
        raise _refused("只知道上限或下限的数字不能相加", "a bound cannot be added to a value", obs)
    if metric.aggregation != "sum":
        raise _refused(f"“{metric.zh}”不能汇总相加", f"{metric.en} is not additive", obs)


def _together(
    one: Observation, other: Observation, metrics: Mapping[str, Metric], subjects: Mapping[str, Subject]
) -> None:
    left, right = metrics[one.metric], metrics[other.metric]
    if left.id in right.not_additive_with or right.id in left.not_additive_with:
        raise _refused(
            f"“{left.zh}”和“{right.zh}”有重叠，不能相加", f"{left.en} and {right.en} overlap", one, other
        )
    if left.id in _wholes(right, metrics) or right.id in _wholes(left, metrics):
        raise _refused(
            f"“{left.zh}”和“{right.zh}”是包含关系",
            f"one of {left.en}, {right.en} contains the other",
            one,
            other,
        )
    if (left.scope.zh if left.scope else "") != (right.scope.zh if right.scope else ""):
        raise _refused(
            f"“{left.zh}”和“{right.zh}”口径不同", f"{left.en} and {right.en} differ in scope", one, other
        )
    if not unit(one.unit).converts_to(unit(other.unit)):
        raise _refused(
            f"单位不同（{one.unit}、{other.unit}）",
            f"the units differ ({one.unit}, {other.unit})",
            one,
            other,
        )
    if one.period != other.period:
        raise _refused("报告期不同", "the periods differ", one, other)
    if one.subject == other.subject and one.metric == other.metric:
        raise _refused("同一数字不能加两次", "one figure cannot be added twice", one, other)
    if other.subject in _above(one.subject, subjects) or one.subject in _above(other.subject, subjects):
        raise _refused("一个主体包含另一个主体", "one subject lies in the other", one, other)


def _wholes(metric: Metric, metrics: Mapping[str, Metric]) -> set[str]:
    found: set[str] = set()
    while metric.within and metric.within not in found:
        found.add(metric.within)
        if metric.within not in metrics:
            break
        metric = metrics[metric.within]
    return found


def _above(code: str, subjects: Mapping[str, Subject]) -> set[str]:
    found: set[str] = set()
    while (subject := subjects.get(code)) and subject.parent and subject.parent not in found:
        code = subject.parent
        found.add(code)
    return found


def _refused(zh: str, en: str, *observations: Observation) -> FactError:
    ids = [obs.id for obs in observations]
    return FactError(
        f"不能相加：{zh}（{'、'.join(ids)}）。", f"Not additive: {en} ({', '.join(ids)}).", ids=ids
    )
