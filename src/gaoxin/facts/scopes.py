"""May these figures be set against each other? (口径)

Before any ratio: same scope, same period, same whole. 高新技术企业产值 and 高新技术产业产值 are two scopes; a
share of 楚雄市 and one of 楚雄州 have two wholes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from gaoxin.core.quantities import unit
from gaoxin.facts.records import Observation
from gaoxin.facts.standing import same_reading

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Metric


@dataclass(frozen=True, slots=True)
class Difference:
    """Why two figures may not be compared."""

    left: str
    right: str
    zh: str
    en: str


def differences(observations: Sequence[Observation], metrics: Mapping[str, Metric]) -> tuple[Difference, ...]:
    """Every pair that may not be compared, with the reason; empty if all may.

    Missing: a metric without a stated scope differs from every other metric, never from itself.
    """
    found = (_difference(one, other, metrics) for one, other in combinations(observations, 2))
    return tuple(difference for difference in found if difference is not None)


def by_definition(left: Metric, right: Metric) -> Difference | None:
    """Two metrics whose definitions differ, whether or not anybody stated a figure of them."""
    if left.id == right.id:
        return None
    if left.scope is not None and right.scope is not None and left.scope.zh == right.scope.zh:
        return None
    words = f"“{left.zh}”与“{right.zh}”口径不同", f"{left.en} and {right.en} differ in scope"
    return Difference(left.id, right.id, *words)


def _difference(one: Observation, other: Observation, metrics: Mapping[str, Metric]) -> Difference | None:
    if defined := by_definition(metrics[one.metric], metrics[other.metric]):
        return Difference(one.id, other.id, defined.zh, defined.en)
    if one.figure == other.figure == "share" and one.of != other.of:
        return Difference(
            one.id, other.id, f"分母不同（{one.of}、{other.of}）", f"different wholes ({one.of}, {other.of})"
        )
    if other.period not in same_reading(one.period):
        zh = f"报告期不同（{one.period.label('zh')}、{other.period.label('zh')}）"
        return Difference(one.id, other.id, zh, f"different periods ({one.period.code}, {other.period.code})")
    if one.unit and other.unit and one.figure == other.figure and not _one_kind(one, other):
        return Difference(
            one.id, other.id, f"单位不同（{one.unit}、{other.unit}）", f"units {one.unit} and {other.unit}"
        )
    return None


def _one_kind(one: Observation, other: Observation) -> bool:
    return unit(one.unit).converts_to(unit(other.unit))
