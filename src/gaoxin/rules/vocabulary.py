"""What the condition language knows of the metrics and parameters of the packs (词汇)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from gaoxin.compute.dims import dims_of_symbol
from gaoxin.compute.language import MetricSpec, Parameter, Table
from gaoxin.core.errors import RuleError
from gaoxin.core.units import unit
from gaoxin.facts.metric_specs import metric_spec

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Metric
    from gaoxin.packs.schemas.rule_parameter import DatedValue, RuleParameter, ValueTable


def vocabulary(metrics: Mapping[str, Metric]) -> Mapping[str, MetricSpec]:
    """The metrics of enterprises, as the language sees them."""
    return MappingProxyType(
        {name: metric_spec(metric) for name, metric in metrics.items() if "enterprise" in metric.subjects}
    )


def parameter_value(rule: str, name: str, parameter: RuleParameter, day: date) -> Parameter | Table:
    """A parameter as it stands on a day. Raises: RuleError if nothing holds on that day."""
    line = parameter.line_on(day)
    if line is None:
        raise RuleError(
            f"规则 {rule} 的参数“{parameter.zh}”在 {day} 没有取值",
            f"the parameter {name} of rule {rule} has no value on {day}",
            rule=rule,
            parameter=name,
        )
    return parameter_line(f"{rule}.{name}", parameter, line)


def parameter_line(name: str, parameter: RuleParameter, line: DatedValue) -> Parameter | Table:
    """One dated value of a parameter, in base units."""
    if line.date is not None:
        return Parameter(name, line.date)
    if line.codes:
        return Parameter(name, line.codes)
    factor = unit(parameter.unit).factor if parameter.unit else Fraction(1)
    dims = dims_of_symbol(parameter.unit)
    if line.value is not None:
        return Parameter(name, Fraction(line.value) * factor, dims)
    assert line.table is not None
    return _table(name, parameter, line.table)


def _table(name: str, parameter: RuleParameter, table: ValueTable) -> Table:
    of = unit(parameter.of_unit).factor if parameter.of_unit else Fraction(1)
    factor = unit(parameter.unit).factor if parameter.unit else Fraction(1)
    rows = table.at_least or table.above or table.at_most or table.below
    return Table(
        name,
        tuple((Fraction(mark) * of, Fraction(value) * factor) for mark, value in rows),
        Fraction(table.otherwise) * factor,
        rising=bool(table.at_least or table.above),
        closed=bool(table.at_least or table.at_most),
        of_dims=dims_of_symbol(parameter.of_unit),
        dims=dims_of_symbol(parameter.unit),
    )
