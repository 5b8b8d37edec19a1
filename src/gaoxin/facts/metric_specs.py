"""What the condition language must know of a metric: type, unit, scale, bounds, fields (指标规格).

The one place where a metric of the catalogue becomes a `MetricSpec`: the population frame takes its scales
and bounds from here and so do the rules, so that a stored integer means the same to both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gaoxin.compute.language import FieldSpec, MetricSpec
from gaoxin.compute.tree import Type
from gaoxin.packs.bounds import bounds_of, unit_of

if TYPE_CHECKING:
    from gaoxin.packs.schemas.metric import Metric
    from gaoxin.packs.schemas.metric_element import ElementField

_TYPES: Mapping[str, Type] = {"date": "date", "boolean": "truth", "code": "text", "text": "text"}


def metric_spec(metric: Metric) -> MetricSpec:
    """One metric. Units: bounds in base units."""
    name, expert = metric.label("zh"), metric.period_type == "expert_score"
    if metric.value_type == "list":
        return MetricSpec.events(metric.id, *map(field_spec, metric.elements), zh=name)
    if not metric.is_numeric:
        return MetricSpec(
            metric.id,
            _TYPES[metric.value_type],
            yearly=metric.yearly,
            zh=name,
            choices=tuple(metric.choices),
            expert=expert,
            scope_family=metric.scope_family,
        )
    low, high = bounds_of(metric) or (None, None)
    return MetricSpec.number(
        metric.id,
        unit_of(metric),
        low=low,
        high=high,
        yearly=metric.yearly,
        zh=name,
        expert=expert,
        scope_family=metric.scope_family,
    )


def field_spec(element: ElementField) -> FieldSpec:
    """One field of the elements of a list; money without a unit of its own is in 元."""
    if element.type in _TYPES:
        return FieldSpec(element.name, _TYPES[element.type], choices=tuple(element.choices))
    return FieldSpec.number(element.name, element.unit or ("元" if element.type == "money" else None))
