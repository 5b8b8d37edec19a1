"""Actions: the figure they move exists, in a unit that converts, for rules that exist."""

from __future__ import annotations

from gaoxin.core.units import Dimension
from gaoxin.packs.gates.refer.complaints import Complaints
from gaoxin.packs.gates.refer.metrics import metric_unit
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Action, Metric


def refer_actions(library: Library, complaints: Complaints) -> None:
    """Every action of every pack."""
    rules = [*library.rules, *library.rule_families]
    for action in library.actions.values():
        origin = action.origin
        for number, rule in enumerate(action.applies_to):
            complaints.known(origin.at("applies_to", number), rule, rules, "规则", "rule")
        cost = complaints.unit(origin.at("unit_cost", "unit"), action.unit_cost.unit)
        if cost is not None and cost.dimension is not Dimension.money:
            complaints.add(
                "wrong_dimension",
                origin.at("unit_cost"),
                f"成本的单位 {action.unit_cost.unit} 不是金额",
                f"wrong dimension: the cost is in {action.unit_cost.unit}, not in money",
                "写成万元或元",
                "write it in 万元 or 元",
            )
        if complaints.known(origin.at("metric"), action.metric, library.metrics, "指标", "metric"):
            _fits(action, library.metrics[action.metric], complaints)


def _fits(action: Action, metric: Metric, complaints: Complaints) -> None:
    origin = action.origin
    if metric.yearly != (action.period != "now"):
        if metric.yearly:
            said, mend = ("按年取值", "has a value for each year"), ("Y、Y-1 或 Y-2", "Y, Y-1 or Y-2")
        else:
            said, mend = ("不按年取值", "has no year"), ("now", "now")
        complaints.add(
            "wrong_period",
            origin.at("period"),
            f"{metric.id} {said[0]}，不能写 {action.period}",
            f"{metric.id} {said[1]}; its period is not {action.period}",
            f"写 {mend[0]}",
            f"write {mend[1]}",
        )
    if action.direction == "set":
        _settles(action, metric, complaints)
        return
    if not metric.is_numeric:
        complaints.add(
            "wrong_metric",
            origin.at("direction"),
            f"{metric.id} 不是数，不能逐步增减",
            f"wrong metric: {metric.id} is no number and does not move by steps",
            "写 direction: set 和 to:",
            "write direction: set and to:",
        )
        return
    step, held = complaints.unit(origin.at("unit"), action.unit), metric_unit(metric)
    if step is not None and held is not None and not step.converts_to(held):
        complaints.add(
            "wrong_dimension",
            origin.at("unit"),
            f"步长的单位 {action.unit} 不能换算成 {metric.id} 的 {metric.unit}",
            f"wrong dimension: a step in {action.unit} does not convert to {metric.unit} of {metric.id}",
        )


def _settles(action: Action, metric: Metric, complaints: Complaints) -> None:
    """A fact is set to a value it can have."""
    origin = action.origin.at("to")
    if metric.value_type == "code":
        if metric.choices:
            complaints.known(origin, str(action.to), metric.choices, f"{metric.id} 的取值", "choice")
    elif metric.value_type != "boolean" or not isinstance(action.to, bool):
        complaints.add(
            "wrong_metric",
            origin,
            f"{metric.id} 是 {metric.value_type}，不能设为 {action.to}",
            f"wrong metric: {metric.id} is a {metric.value_type} and cannot be set to {action.to}",
            "真假值写 true 或 false，代码写可选值之一；数值用 up 或 down",
            "a truth value is true or false, a code one of its choices; a number goes up or down",
        )
