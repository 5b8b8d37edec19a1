"""Trees over Polars frames: the embedded engine (Polars 求值)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce

import polars as pl

from gaoxin.compute.engines import BROAD, HALF, NARROW, SHORT, SURE, TINY
from gaoxin.compute.plans import Plan, make_plan
from gaoxin.compute.tree import Comparison, Field, Leaf, Node, Type

_WIDTHS: Mapping[int, type[pl.DataType]] = {
    TINY: pl.Int8,
    SHORT: pl.Int16,
    HALF: pl.Int32,
    NARROW: pl.Int64,
    BROAD: pl.Int128,
}
# So many texts are sooner compared one by one than looked up.
_FEW = 8
_NO_EIGHTH = pl.lit(0, dtype=pl.UInt8)
_TYPES: Mapping[Type, type[pl.DataType]] = {"truth": pl.Boolean, "date": pl.Date, "text": pl.String}


class PolarsEngine:
    """The spelling of Polars. A truth becomes a number by a choice: a cast takes ten times as long."""

    least = TINY
    planes = True

    def column(self, name: str) -> pl.Expr:
        return pl.col(name)

    def leaf(self, leaf: Leaf) -> pl.Expr:
        return pl.col(leaf.column)

    def field(self, field: Field) -> pl.Expr:
        return pl.element().struct.field(field.name)

    def whole(self, value: int, width: int) -> pl.Expr:
        return pl.lit(value, dtype=_WIDTHS[width])

    def truth(self, value: bool) -> pl.Expr:
        return pl.lit(value, dtype=pl.Boolean)

    def day(self, value: date) -> pl.Expr:
        return pl.lit(value, dtype=pl.Date)

    def missing(self, kind: Type, width: int = NARROW) -> pl.Expr:
        return pl.lit(None, dtype=_WIDTHS[width] if kind == "number" else _TYPES[kind])

    def resize(self, of: pl.Expr, width: int) -> pl.Expr:
        # the bounds leave nothing to wrap, and looking for it takes longer than the rest
        return of.cast(_WIDTHS[width], wrap_numerical=True)

    def add(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        return left + right

    def subtract(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        return left - right

    def multiply(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        return left * right

    def floor_divide(self, left: pl.Expr, right: pl.Expr, *, width: int, most: int) -> pl.Expr:
        return left // right

    def negative(self, of: pl.Expr) -> pl.Expr:
        return -of

    def compare(self, op: Comparison, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        if op == "<":
            return left < right
        if op == "<=":
            return left <= right
        if op == ">":
            return left > right
        if op == ">=":
            return left >= right
        return left == right if op == "=" else left != right

    def both(self, parts: Sequence[pl.Expr]) -> pl.Expr:
        return reduce(lambda a, b: a & b, parts)

    def either(self, parts: Sequence[pl.Expr]) -> pl.Expr:
        return reduce(lambda a, b: a | b, parts)

    def opposite(self, of: pl.Expr) -> pl.Expr:
        return ~of

    def is_missing(self, of: pl.Expr) -> pl.Expr:
        return of.is_null()

    def first_known(self, first: pl.Expr, second: pl.Expr) -> pl.Expr:
        return first.fill_null(second)

    def when(self, cases: Sequence[tuple[pl.Expr, pl.Expr]], otherwise: pl.Expr) -> pl.Expr:
        (test, value), *rest = cases
        chain = pl.when(test).then(value)
        for test, value in rest:
            chain = chain.when(test).then(value)  # type: ignore[assignment]
        return chain.otherwise(otherwise)

    def bit(self, test: pl.Expr, bit: int) -> pl.Expr:
        return pl.when(test).then(self.whole(1 << bit, NARROW)).otherwise(self.no_bits())

    def join_bits(self, parts: Sequence[pl.Expr]) -> pl.Expr:
        return reduce(lambda a, b: a | b, parts)

    def gather_bits(self, planes: Mapping[int, pl.Expr]) -> pl.Expr:
        # eight by eight, as small numbers are joined in a fraction of the time
        kind = pl.UInt32 if max(planes) < HALF else pl.UInt64
        eights: dict[int, list[pl.Expr]] = {}
        for bit, plane in planes.items():
            marked = pl.when(plane).then(pl.lit(1 << bit % 8, dtype=pl.UInt8)).otherwise(_NO_EIGHTH)
            eights.setdefault(bit // 8, []).append(marked)
        parts = []
        for place, marks in eights.items():
            eighth = self.join_bits(marks).cast(kind)
            parts.append(eighth * pl.lit(1 << 8 * place, dtype=kind) if place else eighth)
        return self.join_bits(parts).cast(pl.Int64)

    def no_bits(self) -> pl.Expr:
        return pl.lit(0, dtype=pl.Int64)

    def is_among(self, of: pl.Expr, texts: Sequence[str], *, prefix: bool) -> pl.Expr:
        if not prefix:
            return self._one_of(of, texts)
        found = []
        for length in sorted({len(text) for text in texts}):
            alike = [text for text in texts if len(text) == length]
            head = of.str.slice(0, length)
            found.append(head.is_in(alike) if len(alike) > 1 else of.str.starts_with(alike[0]))
        return self.either(found)

    def _one_of(self, of: pl.Expr, texts: Sequence[str]) -> pl.Expr:
        if len(texts) > _FEW:
            return of.is_in(list(texts))
        return self.either([of == text for text in texts])

    def days_between(self, start: pl.Expr, end: pl.Expr) -> pl.Expr:
        return end.cast(pl.Int32) - start.cast(pl.Int32)

    def year(self, of: pl.Expr) -> pl.Expr:
        return of.dt.year()

    def any_element(self, events: pl.Expr, test: pl.Expr) -> pl.Expr:
        return events.list.eval(test).list.any()

    def weight(self, events: pl.Expr, test: pl.Expr) -> pl.Expr:
        one, nothing, held = self.whole(1, NARROW), self.whole(0, NARROW), pl.element()
        told = self.when([(held, self.whole(SURE, NARROW)), (held.is_null(), one)], nothing)
        # the test apart, as it would be worked out for each case; a sum takes half the time of an extreme
        return events.list.eval(test).list.eval(told).list.sum()

    def sum_elements(self, events: pl.Expr, value: pl.Expr) -> pl.Expr:
        return events.list.eval(value).list.sum()


def plan(
    outputs: Mapping[str, Node], bits: Mapping[str, int], experts: Collection[str] | None = None
) -> Plan[pl.Expr]:
    """The trees for Polars. Raises: ExpressionError for what cannot be exact."""
    return make_plan(outputs, PolarsEngine(), bits, experts)


def lean(made: Plan[pl.Expr], told: Collection[str]) -> Plan[pl.Expr]:
    """The plan with those columns only that some of its outputs need."""
    wanted, stages = set(told), []
    for stage in reversed(made.stages):
        held = tuple((name, expr) for name, expr in stage if name in wanted)
        wanted.update(name for _, expr in held for name in expr.meta.root_names())
        stages.append(held)
    return replace(made, stages=tuple(stage for stage in reversed(stages) if stage))


def apply(
    made: Plan[pl.Expr],
    frame: pl.LazyFrame,
    keep: Sequence[str] = ("subject",),
    told: Sequence[str] | None = None,
) -> pl.LazyFrame:
    """The columns `keep` of the frame and the outputs of a plan, all or those in `told`.

    Missing: an input the frame lacks is missing for every subject.
    """
    schema = frame.collect_schema()
    lacking = [
        pl.lit(None, dtype=dtype_of(leaf, made.fields.get(leaf.column, ()))).alias(leaf.column)
        for leaf in made.needs
        if schema.get(leaf.column, pl.Null) == pl.Null
    ]
    frame = frame.with_columns(lacking) if lacking else frame
    for stage in made.stages:
        frame = frame.with_columns(expr.alias(name) for name, expr in stage)
    return frame.select(*keep, *(made.outputs if told is None else told))


def dtype_of(leaf: Leaf | Field, fields: Sequence[Field] = ()) -> pl.DataType:
    """The type of a column of a population frame."""
    if leaf.type == "events":
        return pl.List(pl.Struct({field.name: dtype_of(field) for field in fields}))
    return pl.Int64() if leaf.type == "number" else _TYPES[leaf.type]()
