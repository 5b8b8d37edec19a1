"""Metrics: units and dimensions agree, parts name their wholes, no two answer to one name."""

from __future__ import annotations

from gaoxin.core.errors import UnitError
from gaoxin.core.units import Dimension, Unit, unit
from gaoxin.packs.gates.refer.complaints import Complaints
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Metric

_MONEY = frozenset({Dimension.money, Dimension.money_usd})
_RATIO = frozenset({Dimension.ratio, Dimension.percentage_point})


def refer_metrics(library: Library, complaints: Complaints) -> None:
    """Every metric of the catalogue, one after another, then the names they share."""
    for metric in library.metrics.values():
        _unit_and_dimension(metric, complaints)
        _value_type(metric, complaints)
        _within(metric, library, complaints)
        for number, other in enumerate(metric.not_additive_with):
            complaints.known(
                metric.origin.at("not_additive_with", number), other, library.metrics, "指标", "metric"
            )
    _shared_names(library, complaints)


def _unit_and_dimension(metric: Metric, complaints: Complaints) -> None:
    found = complaints.unit(metric.origin.at("unit"), metric.unit)
    names = [dimension.value for dimension in Dimension]
    stated = metric.dimension
    if not complaints.known(metric.origin.at("dimension"), stated, names, "量纲", "dimension"):
        return
    if found is not None and stated is not None and found.dimension.value != stated:
        complaints.add(
            "wrong_dimension",
            metric.origin.at("dimension"),
            f"单位 {metric.unit} 的量纲是 {found.dimension.value}，这里写了 {stated}",
            f"wrong dimension: {metric.unit} measures {found.dimension.value}, not {stated}",
            "改正单位或量纲；量纲可以不写",
            "correct one of them; the dimension may be left out",
        )


def _value_type(metric: Metric, complaints: Complaints) -> None:
    if metric.is_numeric and metric.unit is None:
        complaints.add(
            "missing_unit",
            metric.origin,
            f"数值指标 {metric.id} 没有单位",
            f"the numeric metric {metric.id} has no unit",
            "补上 unit:，没有量纲的比率写 1",
            'add unit:; a bare ratio is "1"',
        )
    if not metric.is_numeric and metric.unit is not None:
        complaints.add(
            "wrong_dimension",
            metric.origin.at("unit"),
            f"{metric.value_type} 类指标 {metric.id} 不该有单位",
            f"wrong dimension: {metric.id} is a {metric.value_type} and has no unit",
            "去掉 unit:，或改 value_type",
            "remove unit:, or change value_type",
        )
    if metric.choices and metric.value_type != "code":
        complaints.add(
            "choices",
            metric.origin.at("choices"),
            f"只有 value_type: code 的指标才列可选值，{metric.id} 是 {metric.value_type}",
            f"choices belong to value_type code; {metric.id} is {metric.value_type}",
        )
    dimension = _dimension(metric)
    if dimension is None:
        return
    wanted = {"money": _MONEY, "ratio": _RATIO}.get(metric.value_type)
    if wanted is not None and dimension not in wanted:
        complaints.add(
            "wrong_dimension",
            metric.origin.at("unit"),
            f"{metric.id} 的 value_type 是 {metric.value_type}，单位 {metric.unit} 却是{dimension.zh}",
            f"wrong dimension: {metric.id} is {metric.value_type}, {metric.unit} measures {dimension.value}",
            "改正单位或 value_type",
            "correct the unit or value_type",
        )


def _within(metric: Metric, library: Library, complaints: Complaints) -> None:
    origin = metric.origin.at("within")
    if metric.within is None or not complaints.known(
        origin, metric.within, library.metrics, "指标", "metric"
    ):
        return
    whole = library.metrics[metric.within]
    mine, theirs = _dimension(metric), _dimension(whole)
    if mine is not None and theirs is not None and mine is not theirs:
        complaints.add(
            "wrong_dimension",
            origin,
            f"{metric.id} 与它所属的 {whole.id} 量纲不同（{mine.zh}、{theirs.zh}）",
            f"wrong dimension: {metric.id} ({mine.value}) cannot be a part of {whole.id} ({theirs.value})",
        )
    seen = [metric.id]
    while metric.within is not None and metric.within in library.metrics:
        if metric.within in seen:
            chain = " → ".join((*seen, metric.within))
            complaints.add(
                "circular", origin, f"指标互为部分：{chain}", f"metrics are parts of each other: {chain}"
            )
            return
        seen.append(metric.within)
        metric = library.metrics[metric.within]


def _shared_names(library: Library, complaints: Complaints) -> None:
    for kind, name, holders in library.metric_names.shared_names():
        *first, last = holders  # the library is in order of dependency: the newcomer is at fault
        others = ", ".join(holder.id for holder in first)
        complaints.add(
            "ambiguous_alias",
            last.origin.at("aliases"),
            f"名称“{name}”在 {kind} 里同时指 {last.id} 和 {others}",
            f"ambiguous alias {name}: for {kind} it names both {last.id} and {others}",
            "改名或从其中一个的 aliases 里删掉",
            "rename, or remove it from the aliases of one of them",
        )


def metric_unit(metric: Metric) -> Unit | None:
    """The unit of a metric; None if it has none, or one that is not known (said elsewhere)."""
    try:
        return unit(metric.unit) if metric.unit is not None else None
    except UnitError:
        return None


def _dimension(metric: Metric) -> Dimension | None:
    found = metric_unit(metric)
    return found.dimension if found is not None else None
