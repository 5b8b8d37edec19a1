"""The subjects of one kind as rules read them on a day: a column per metric and year (总体).

A metric that has a value for each year is read for that year (`revenue@2025`); of any other, the latest
statement known on the day counts (`ip_class1`). What is not exact (a bound, a hedge, an interval) is missing
here: a rule needs the number itself, and an older one does not stand in for it. The frame is the input of
`gaoxin.compute`; see `compute.polars_frames`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import polars as pl

from gaoxin.core.errors import FactError
from gaoxin.core.issues import Issue
from gaoxin.core.periods import Period
from gaoxin.facts.event_lists import Plain, read_elements
from gaoxin.facts.metric_specs import metric_spec
from gaoxin.facts.records import Observation

if TYPE_CHECKING:
    from gaoxin.facts.factbase import FactBase
    from gaoxin.facts.manifests import Column
    from gaoxin.facts.snapshots import Snapshot
    from gaoxin.packs.schemas.metric import Metric

Cell = Plain | list[dict[str, Plain]]
# What may be dated with the last day of its year: stocks, and scores of a year.
_AT_YEAR_END = frozenset({"stock_year_end", "external_score", "score"})
_YEAR = re.compile(r"(\d{4})(-12-31|Q1)?")
_NUMBERS = {"money", "count", "rank", "year", "number"}
_TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True)
class Population:
    """A population frame. `issues`: values that could not be used and count as missing."""

    on: date
    frame: pl.LazyFrame = field(repr=False)
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class SubjectRow:
    """One subject. `row`: by column, in base units; `sources`: the observation each column comes from."""

    row: Mapping[str, Cell]
    sources: Mapping[str, Observation]
    issues: tuple[Issue, ...] = ()


def column_of(metric: Metric, period: str, on: date) -> str | None:
    """The column a figure of a period belongs to, or None if rules do not read it on that day.

    A figure of the first quarter belongs to its year only as that quarter: what is dated with the whole year
    is something else.
    """
    if not metric.yearly:
        return metric.id if Period.parse(period).end <= on else None
    found = _YEAR.fullmatch(period)
    if found is None or (found[2] == "Q1") != (metric.period_type == "flow_quarter"):
        return None
    if found[2] == "-12-31" and metric.period_type not in _AT_YEAR_END:
        return None
    return f"{metric.id}@{found[1]}"


def of_snapshot(
    snapshot: Snapshot, metrics: Mapping[str, Metric], on: date, kind: str = "enterprise"
) -> Population:
    """The subjects of one kind of a snapshot.

    Units: integers at the storage scale of the metric. Missing: null; an empty list is a list; what lies
    outside its bounds or its choices is missing, with an issue.
    """
    columns = [column for column in snapshot.columns(kind) if column.figure == "level" and not column.of]
    beside = {column.name for column in columns if column.part != "value"}
    sources: dict[str, list[Column]] = defaultdict(list)
    issues: list[Issue] = []
    for column in columns:
        metric = metrics.get(column.metric)
        if column.part == "value" and metric is not None and not column.group:
            name = column_of(metric, column.period, on)
            if name is not None:
                sources[name].append(column)
            elif _whole_year(metric, column.period):
                issues.append(_misdated(metric, "", column.period))
    frame = snapshot.frame(kind)
    told = [pl.col("subject")]
    parsed: dict[str, pl.Expr] = {}
    stated: dict[str, pl.Expr] = {}
    for name, held in sources.items():
        metric = metrics[held[0].metric]
        newest = sorted(held, key=lambda column: Period.parse(column.period).end, reverse=True)
        value = _latest([column.name for column in newest], beside)
        if metric.elements:
            parsed[name] = value
            continue
        usable = _usable(value, metric)
        told.append(value.alias(name) if usable is None else pl.when(usable).then(value).alias(name))
        if usable is not None:
            stated[name] = (~usable).sum()
    issues += _refused(frame, stated, metrics)
    if not parsed:
        return Population(on, frame.select(told), tuple(issues))
    lists = frame.select(value.alias(name) for name, value in parsed.items()).collect()
    series = []
    for name in parsed:
        found, bad = _lists(lists[name], metrics[name])
        series.append(found)
        issues += bad
    return Population(
        on, pl.concat([frame.select(told), pl.DataFrame(series).lazy()], how="horizontal"), tuple(issues)
    )


def of_observations(
    observations: Iterable[Observation], metrics: Mapping[str, Metric], on: date
) -> SubjectRow:
    """One subject, from the observations that stand for it.

    Missing: what is not there, what is not exact, what lies outside its bounds or cannot be read (with an
    issue). The latest statement counts even then: an older one does not stand in for it.
    """
    row: dict[str, Cell] = {}
    sources: dict[str, Observation] = {}
    issues: list[Issue] = []
    for obs in sorted(observations, key=lambda obs: obs.period.end):
        metric = metrics.get(obs.metric)
        if metric is None or obs.figure != "level" or obs.of or obs.group:
            continue
        name = column_of(metric, obs.period.code, on)
        if name is None:
            if _whole_year(metric, obs.period.code):
                issues.append(_misdated(metric, obs.subject, obs.period.code))
            continue
        row.pop(name, None)
        sources.pop(name, None)
        if obs.value.op != "=":
            continue
        try:
            value = _cell(obs, metric)
        except FactError as error:
            issues.append(_issue(metric, obs.subject, error))
            continue
        if value is None:
            issues.append(_outside(metric, obs))
            continue
        row[name], sources[name] = value, obs
    return SubjectRow(row, sources, tuple(issues))


def of_facts(
    facts: FactBase, metrics: Mapping[str, Metric], on: date, kind: str = "enterprise"
) -> Population:
    """The subjects of one kind of a fact base, what stands of them; for a handful, as packs hold them.

    Missing: a figure that two sources dispute has no value until somebody rules.
    """
    held: dict[str, list[Observation]] = {
        code: [] for code, subject in facts.subjects.items() if subject.kind == kind
    }
    stated = facts.keys()
    for key in stated:
        if key.subject in held and (obs := facts.standing(key)) is not None:
            held[key.subject].append(obs)
    rows = {code: of_observations(found, metrics, on) for code, found in sorted(held.items())}
    columns = {name: metrics[name.partition("@")[0]] for told in rows.values() for name in told.row}
    series = [pl.Series("subject", list(rows), dtype=pl.String)]
    series += [
        _series(name, metric, [told.row.get(name) for told in rows.values()])
        for name, metric in columns.items()
    ]
    issues = tuple(issue for told in rows.values() for issue in told.issues)
    return Population(on, pl.DataFrame(series).lazy(), issues)


def limits(metric: Metric) -> tuple[int, int]:
    """The least and the most a stored number of a metric can be for a rule."""
    spec = metric_spec(metric)
    return int(spec.low * 10**spec.scale), int(spec.high * 10**spec.scale)


def list_column(texts: pl.Series, metric: Metric) -> pl.Series:
    """The texts of an event list as lists; one that cannot be read is missing."""
    return _lists(texts, metric)[0]


def _series(name: str, metric: Metric, cells: list[Cell]) -> pl.Series:
    """One column from values in base units."""
    if metric.elements:
        lists = [
            [_stored(element, metric) for element in cell] if isinstance(cell, list) else None
            for cell in cells
        ]
        return pl.Series(name, lists, dtype=_list_type(metric))
    if metric.is_numeric:
        scale = metric_spec(metric).scale
        whole = [int(cell * 10**scale) if isinstance(cell, Fraction) else None for cell in cells]
        return pl.Series(name, whole, dtype=pl.Int64)
    dtype = {"boolean": pl.Boolean, "date": pl.Date}.get(metric.value_type, pl.String)
    return pl.Series(name, cells, dtype=dtype)


def _latest(newest: Sequence[str], beside: set[str]) -> pl.Expr:
    """The value of the latest statement, where that is exact; an older one never stands in for it."""
    *later, oldest = newest
    value = _exact(oldest, beside)
    for name in reversed(later):
        parts = [name, *(f"{name}@{part}" for part in ("op", "high", "text"))]
        said = pl.any_horizontal(
            pl.col(part).is_not_null() for part in parts if part == name or part in beside
        )
        value = pl.when(said).then(_exact(name, beside)).otherwise(value)
    return value


def _exact(name: str, beside: set[str]) -> pl.Expr:
    """The value where it is stated exactly."""
    value = pl.col(name)
    for part in ("op", "high"):
        if f"{name}@{part}" in beside:
            value = pl.when(pl.col(f"{name}@{part}").is_null()).then(value)
    return value


def _usable(value: pl.Expr, metric: Metric) -> pl.Expr | None:
    """Is a value one that the metric can have? None where every value is."""
    if metric.is_numeric:
        return value.is_between(*limits(metric))
    return value.is_in(list(metric.choices)) if metric.choices else None


def _refused(
    frame: pl.LazyFrame, counts: Mapping[str, pl.Expr], metrics: Mapping[str, Metric]
) -> list[Issue]:
    """One issue for each column with values that cannot be; `counts`: how many, by column."""
    if not counts:
        return []
    told = frame.select(count.alias(name) for name, count in counts.items()).collect().row(0, named=True)
    found = []
    for name, count in told.items():
        if count:
            metric, year = metrics[name.partition("@")[0]], name.partition("@")[2]
            found.append(
                Issue(
                    "population.outside",
                    "warning",
                    f"{year and f'{year} 年的'}“{metric.zh}”有 {count} 家超出可取范围，"
                    "按缺失处理，请核对单位和代码",
                    f"{metric.en} {year and f'of {year} '}is out of range for {count} subjects and counts as "
                    "missing; check units and codes",
                )
            )
    return found


def _cell(obs: Observation, metric: Metric) -> Cell:
    """The value; None outside the bounds of the metric. Raises: FactError for a text that cannot be read."""
    value = obs.value
    if value.number is not None:
        low, high = limits(metric)
        if not metric.is_numeric or value.dimension is None or not low <= value.number <= high:
            return None
        return Fraction(value.number, 10**value.dimension.scale)
    text = value.text or ""
    if metric.elements:
        return read_elements(text, metric.elements)
    if metric.is_numeric or (metric.choices and text not in metric.choices):
        raise FactError(f"不会是“{text}”", f"it cannot be {text!r}")
    if metric.value_type == "boolean":
        if text not in _TRUTHS:
            raise FactError(f"应为 true 或 false，却是“{text}”", f"expected true or false, got {text!r}")
        return _TRUTHS[text]
    if metric.value_type != "date":
        return text
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FactError(f"“{text}”不是日期", f"{text!r} is no day") from error


def _lists(texts: pl.Series, metric: Metric) -> tuple[pl.Series, list[Issue]]:
    """The texts of a list metric as lists; one that cannot be read is missing, with an issue."""
    read: dict[str | None, list[dict[str, Any]] | None] = {None: None}
    issues: list[Issue] = []
    for text in texts.unique().to_list():
        if text is None:
            continue
        try:
            read[text] = [_stored(element, metric) for element in read_elements(text, metric.elements)]
        except FactError as error:
            read[text] = None
            issues.append(_issue(metric, "", error))
    return _listed(metric, [read[text] for text in texts.to_list()]), issues


def _listed(metric: Metric, lists: Sequence[list[dict[str, Any]] | None]) -> pl.Series:
    """A column of lists, put together field by field: element by element takes thirty times as long."""
    rows = [at for at, held in enumerate(lists) for _ in held or ()]
    elements = [element for held in lists for element in held or ()]
    flat = pl.DataFrame(
        {
            shape.name: pl.Series([element[shape.name] for element in elements], dtype=_dtype(shape.type))
            for shape in metric.elements
        }
    )
    grouped = (
        flat.select(pl.struct(flat.columns).alias("held"))
        .with_columns(row=pl.Series(rows, dtype=pl.UInt32))
        .group_by("row", maintain_order=True)
        .agg("held")
    )
    told = pl.DataFrame({"known": [held is not None for held in lists]}, schema={"known": pl.Boolean})
    empty = pl.lit([], dtype=_list_type(metric))
    return (
        told.with_row_index("row")
        .join(grouped, on="row", how="left", maintain_order="left")
        .select(pl.when("known").then(pl.coalesce("held", empty)).alias(metric.id))
        .to_series()
    )


def _list_type(metric: Metric) -> pl.List:
    return pl.List(pl.Struct({element.name: _dtype(element.type) for element in metric.elements}))


def _stored(element: Mapping[str, Plain], metric: Metric) -> dict[str, Any]:
    stored: dict[str, Any] = dict(element)
    for shape in metric.elements:
        value = element[shape.name]
        if isinstance(value, Fraction):
            stored[shape.name] = int(value * 100 if shape.type == "money" else value)
    return stored


def _dtype(kind: str) -> pl.DataType:
    if kind in _NUMBERS:
        return pl.Int64()
    return pl.Date() if kind == "date" else pl.Boolean() if kind == "boolean" else pl.String()


def _issue(metric: Metric, subject: str, error: FactError) -> Issue:
    who = f"{subject} 的" if subject else ""
    return Issue(
        "population.unreadable",
        "warning",
        f"{who}“{metric.zh}”读不出来，按缺失处理：{error.zh}",
        f"{metric.en} of {subject or 'a subject'} cannot be read and counts as missing: {error.en}",
    )


def _whole_year(metric: Metric, period: str) -> bool:
    """Is a figure of a quarter dated with a whole year?"""
    return metric.period_type == "flow_quarter" and len(period) == 4


def _misdated(metric: Metric, subject: str, period: str) -> Issue:
    who = f"{subject} 的" if subject else ""
    return Issue(
        "population.misdated",
        "warning",
        f"{who}“{metric.zh}”是一季度的数，报告期却写成 {period} 全年，按缺失处理，请改为 {period}Q1",
        f"{metric.en} of {subject or 'some subjects'} is a figure of the first quarter but dated {period}; "
        f"it counts as missing, date it {period}Q1",
    )


def _outside(metric: Metric, obs: Observation) -> Issue:
    return Issue(
        "population.outside",
        "warning",
        f"{obs.subject} 的“{metric.zh}”超出合理范围，按缺失处理，请核对单位",
        f"{metric.en} of {obs.subject} is out of bounds and counts as missing; check the unit",
    )
