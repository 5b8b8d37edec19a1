"""Observations: metric, subject and source exist, the unit fits the figure, no bound is lost."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from gaoxin.core.errors import PeriodError, UnitError
from gaoxin.core.periods import Period
from gaoxin.core.quantities import to_storage
from gaoxin.core.units import Dimension, Unit
from gaoxin.packs.gates.refer.complaints import Complaints
from gaoxin.packs.gates.refer.metrics import metric_unit
from gaoxin.packs.gates.refer.numbers import FRACTION, NUMBER, is_number
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Metric, ObservationSpec, Range

# Words of a hedge and the ops that keep it. Longest first: 不足 must not be read as 足.
_HEDGES: tuple[tuple[str, frozenset[str]], ...] = (
    (r"超过|突破|逾|超|多于|高于|大于", frozenset({">", ">="})),
    (r"过(?=[\d百千万亿半])", frozenset({">", ">="})),
    (r"(?<=[\d十百千万亿])[多余]", frozenset({">", ">=", "~"})),
    (r"以上|至少|不低于|不少于", frozenset({">=", ">"})),
    (r"不足|低于|少于|小于|未满|近", frozenset({"<", "<=", "~"})),
    (r"以下|以内|至多|不超过|不高于|不多于", frozenset({"<=", "<"})),
    (r"左右|约|大约|上下|大概", frozenset({"~"})),
)
_NEGATED = re.compile(r"不超过|不高于|不多于|不低于|不少于")

# The dimensions each figure may have; None: that of the metric.
_FIGURE: dict[str, tuple[Dimension | None, ...]] = {
    "level": (None,),
    "target": (None, Dimension.ratio, Dimension.multiple),
    "list": (),
    "growth": (Dimension.ratio,),
    "share": (Dimension.ratio,),
    "rank": (Dimension.rank,),
    "multiple": (Dimension.multiple,),
    "change": (None, Dimension.percentage_point),
    "duration": (Dimension.time,),
    "comparable_base": (None,),
}


def refer_observations(library: Library, complaints: Complaints) -> None:
    """Every figure, one after another."""
    for spec in library.observations:
        origin = spec.origin
        metric = library.metrics.get(spec.metric)
        complaints.known(origin.at("metric"), spec.metric, library.metrics, "指标", "metric")
        complaints.known(origin.at("subject"), spec.subject, library.subjects, "主体", "subject")
        complaints.known(origin.at("source"), spec.source, library.sources, "来源", "source")
        complaints.known(origin.at("of_metric"), spec.of_metric, library.metrics, "指标", "metric")
        complaints.known(origin.at("of"), spec.of, library.subjects, "主体", "subject")
        complaints.period(origin.at("period"), spec.period)
        _base(spec, library, complaints)
        _figure(spec, complaints)
        _wording(spec, complaints)
        if metric is not None:
            _subject_kind(spec, metric, complaints)
            _value(spec, metric, complaints)
    for number in sorted({spec.id for spec in library.observations} & library.not_loaded.keys()):
        complaints.add(
            "loaded_twice",
            library.not_loaded[number].origin,
            f"{number} 已作为观测值登记，又写在不作数据的数字里",
            f"{number} is an observation and is also listed as not loaded",
            "删掉一处",
            "delete one of them",
        )


def _base(spec: ObservationSpec, library: Library, complaints: Complaints) -> None:
    if spec.base is None or spec.base in library.subjects:
        return
    if "/" in spec.base and not spec.base[0].isdigit():
        complaints.known(spec.origin.at("base"), spec.base, library.subjects, "主体", "subject")
        return
    try:
        Period.parse(spec.base)
    except PeriodError:
        complaints.add(
            "bad_base",
            spec.origin.at("base"),
            f"基数 {spec.base} 既不是时期也不是主体",
            f"the base {spec.base} is neither a period nor a subject",
            '写时期（"2012"）或主体编码（region/370700）',
            'write a period ("2012") or the code of a subject (region/370700)',
        )


def _figure(spec: ObservationSpec, complaints: Complaints) -> None:
    if spec.figure == "share" and spec.of is None and spec.of_metric is None:
        complaints.add(
            "share_without_whole",
            spec.origin,
            f"占比 {spec.id} 没有写占谁的",
            f"the share {spec.id} does not name its whole",
            "补上 of: region/<六位代码>",
            "add of: with the subject it is a share of",
        )
    if spec.figure == "rank":
        if spec.group is None and spec.of is None:
            complaints.add(
                "rank_without_group",
                spec.origin,
                f"排名 {spec.id} 没有写在哪些对象里排",
                f"the rank {spec.id} does not say among whom",
                "补上 group: {zh, en} 或 of:；原文没写就写 group: unknown",
                "add group: {zh, en} or of:; write group: unknown if the source does not say",
            )
        if spec.population is None:
            complaints.add(
                "rank_without_population",
                spec.origin,
                f"排名 {spec.id} 没有写参评数",
                f"the rank {spec.id} does not say how many were ranked (population)",
                "补上 population:；原文没写就写 population: unknown",
                "add population:; write population: unknown if the source does not say",
            )
    elif spec.population is not None:
        complaints.add(
            "population_without_rank",
            spec.origin.at("population"),
            f"{spec.id} 不是排名，不写 population",
            f"{spec.id} is not a rank and has no population",
        )


def _wording(spec: ObservationSpec, complaints: Complaints) -> None:
    """A bound that the words carry must be carried by `op`."""
    if isinstance(spec.value, Range):
        return
    for pattern, ops in _HEDGES:
        found = re.search(pattern, spec.written)
        negated = _NEGATED.search(spec.written)
        if found is None or (
            negated and negated.start() <= found.start() < negated.end() and found[0] != negated[0]
        ):
            continue
        if spec.op not in ops:
            shown = " ".join(sorted(ops))
            complaints.add(
                "bound_lost",
                spec.origin.at("op"),
                f"原文写“{spec.written}”，op 却是 {spec.op}，丢了“{found[0]}”",
                f"a bound is lost: the source says {spec.written}, op is {spec.op}",
                f"op 写 {shown} 之一",
                f"write op: {shown}",
            )
            return


def _subject_kind(spec: ObservationSpec, metric: Metric, complaints: Complaints) -> None:
    kind = spec.subject.partition("/")[0]
    if kind not in metric.subjects:
        complaints.add(
            "wrong_subject_kind",
            spec.origin.at("subject"),
            f"指标 {metric.id} 不适用于 {kind}（{spec.subject}）",
            f"the metric {metric.id} is not for a {kind} ({spec.subject})",
            f"适用：{', '.join(metric.subjects)}；需要时给指标补上 {kind}",
            f"it is for {', '.join(metric.subjects)}; add {kind} to the metric if that is meant",
        )


def _value(spec: ObservationSpec, metric: Metric, complaints: Complaints) -> None:
    origin = spec.origin.at("value")
    if spec.figure == "list" or isinstance(spec.value, tuple):
        if not isinstance(spec.value, tuple) or spec.unit is not None:
            complaints.add(
                "bad_value",
                origin,
                f"清单 {spec.id} 的值应是文字列表，没有单位",
                f"the list {spec.id} needs a list of texts and no unit",
                "写成 value: [甲, 乙]，去掉 unit:",
                "write value: [a, b] and no unit:",
            )
        return
    if spec.figure == "level" and not metric.is_numeric:
        _plain_value(spec, metric, complaints)
        return
    if spec.unit is None:
        if isinstance(spec.value, str) and not is_number(spec.value):
            return  # said in words only: kept as text, never computed with
        complaints.add(
            "missing_unit",
            spec.origin,
            f"{spec.id} 没有单位",
            f"{spec.id} has no unit",
            f"补上 unit:{f'，如 {metric.unit}' if metric.unit else ''}",
            f"add unit:{f', such as {metric.unit}' if metric.unit else ''}",
        )
        return
    found = complaints.unit(spec.origin.at("unit"), spec.unit, usual=metric.unit)
    texts = (spec.value.lo, spec.value.hi) if isinstance(spec.value, Range) else (spec.value,)
    readable = [text for text in texts if _readable(text, spec, complaints)]
    if found is None:
        return
    if _dimension_fits(spec, metric, found, complaints):
        for text in readable:
            if not FRACTION.match(text):
                _storable(text, found, spec, complaints)
    if (
        isinstance(spec.value, Range)
        and len(readable) == 2
        and Decimal(spec.value.lo) > Decimal(spec.value.hi)
    ):
        complaints.add(
            "bad_value",
            origin,
            f"{spec.id} 的下限大于上限",
            f"{spec.id}: lo is above hi",
            "对调 lo 和 hi",
            "swap lo and hi",
        )
    if spec.figure == "rank" and spec.ranked is not None and readable and Decimal(readable[0]) > spec.ranked:
        complaints.add(
            "bad_value",
            origin,
            f"{spec.id} 排第 {readable[0]}，参评只有 {spec.ranked} 个",
            f"{spec.id}: rank {readable[0]} of only {spec.ranked}",
        )


def _plain_value(spec: ObservationSpec, metric: Metric, complaints: Complaints) -> None:
    value = spec.value
    zh = en = ""
    if spec.unit is not None:
        zh, en = f"{metric.value_type} 类指标没有单位", f"a {metric.value_type} has no unit"
    elif not isinstance(value, str):
        zh, en = "应写文字", "a text is expected"
    elif metric.value_type == "code" and metric.choices and value not in metric.choices:
        zh, en = f"{value} 不在可选值里", f"{value} is not one of {', '.join(metric.choices)}"
    elif metric.value_type == "boolean" and value not in ("true", "false"):
        zh, en = f"{value} 不是 true 或 false", f"{value} is neither true nor false"
    elif metric.value_type == "date" and not _is_date(value):
        zh, en = f"{value} 不是日期，写成 2018-02-28 或 2018", f"{value} is no date; write 2018-02-28 or 2018"
    if en:
        complaints.add("bad_value", spec.origin.at("value"), f"{spec.id}：{zh}", f"{spec.id}: {en}")


def _readable(text: str, spec: ObservationSpec, complaints: Complaints) -> bool:
    if NUMBER.match(text) or (spec.figure == "share" and FRACTION.match(text)):
        return True
    complaints.add(
        "bad_value",
        spec.origin.at("value"),
        f"{text} 不是数",
        f"{text} is not a number",
        '写成 "432" 或 "0.75"，不带单位、逗号和百分号；占比可写 "1/7"',
        'write "432" or "0.75" without unit, commas or percent sign; a share may be "1/7"',
    )
    return False


def _dimension_fits(spec: ObservationSpec, metric: Metric, found: Unit, complaints: Complaints) -> bool:
    own = metric_unit(metric)
    for allowed in _FIGURE[spec.figure]:
        if allowed is None:
            if own is not None and own.converts_to(found):
                return True
        elif allowed is found.dimension:
            return True
    named = [allowed.zh if allowed else f"{metric.unit} 一类" for allowed in _FIGURE[spec.figure]]
    in_english = [allowed.en if allowed else f"units like {metric.unit}" for allowed in _FIGURE[spec.figure]]
    complaints.add(
        "wrong_dimension",
        spec.origin.at("unit"),
        f"{metric.zh}的 {spec.figure} 不能用单位 {spec.unit}",
        f"wrong dimension: a {spec.figure} of {metric.id} is not measured in {spec.unit}",
        f"用{'、'.join(named)}的单位",
        f"use {' or '.join(in_english)}",
    )
    return False


def _storable(text: str, found: Unit, spec: ObservationSpec, complaints: Complaints) -> None:
    try:
        to_storage(Decimal(text), found)
    except UnitError as error:
        complaints.error("bad_value", spec.origin.at("value"), error)


def _is_date(text: str) -> bool:
    """True for 1992, 2018-05 and 2018-02-28: a date may be known to the year only."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError:
        return False
    return True
