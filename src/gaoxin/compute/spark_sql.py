"""Trees as Spark SQL: the engine for populations that no longer fit one machine (Spark 求值).

One SELECT over a chain of named sub-selects, one for each stage of the plan. Exact: whole numbers are BIGINT
or DECIMAL(38, 0), as the plan's static bounds say; there is no quotient but a whole one, no GREATEST or
LEAST, and no CASE through whose ELSE a missing value could slip.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import reduce

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from gaoxin.compute.engines import BROAD, NARROW, SURE
from gaoxin.compute.plans import Plan, make_plan
from gaoxin.compute.rendering.pieces import NARROWEST
from gaoxin.compute.tree import Comparison, Field, Leaf, Node, Type
from gaoxin.compute.unsupported import refuse

DIALECT = "spark"
# What a session needs: a rule with many stages is resolved stage by stage, and what overflows is an error.
SETTINGS: Mapping[str, str] = {
    "spark.sql.analyzer.maxIterations": "1000",
    "spark.sql.ansi.enabled": "true",
}
_WIDTHS: Mapping[int, str] = {NARROW: "BIGINT", BROAD: "DECIMAL(38, 0)"}
_TYPES: Mapping[Type, str] = {"truth": "BOOLEAN", "date": "DATE", "text": "STRING"}
_COMPARED: Mapping[Comparison, type[exp.Binary]] = {
    "<": exp.LT,
    "<=": exp.LTE,
    "=": exp.EQ,
    "!=": exp.NEQ,
    ">=": exp.GTE,
    ">": exp.GT,
}
_OPERATORS = (exp.Binary, exp.Unary, exp.In)
_ELEMENT, _SUM = "x", "total"


class SparkEngine:
    """The spelling of Spark SQL. A part may stand in several places: it is copied when it is written out."""

    least = NARROW
    planes = False

    def column(self, name: str) -> exp.Expr:
        return exp.column(name, quoted=True)

    def leaf(self, leaf: Leaf) -> exp.Expr:
        return exp.column(leaf.column, quoted=True)

    def field(self, field: Field) -> exp.Expr:
        held = exp.Dot(
            this=exp.to_identifier(_ELEMENT), expression=exp.to_identifier(field.name, quoted=True)
        )
        return _cast(held, _WIDTHS[NARROW]) if field.type == "number" else held

    def whole(self, value: int, width: int) -> exp.Expr:
        return _cast(exp.Literal.number(value), _WIDTHS[width])

    def truth(self, value: bool) -> exp.Expr:
        return exp.Boolean(this=value)

    def day(self, value: date) -> exp.Expr:
        return _cast(exp.Literal.string(value.isoformat()), "DATE")

    def missing(self, kind: Type, width: int = NARROW) -> exp.Expr:
        return _cast(exp.Null(), _WIDTHS[width] if kind == "number" else _TYPES[kind])

    def resize(self, of: exp.Expr, width: int) -> exp.Expr:
        return _cast(of, _WIDTHS[width])

    def add(self, left: exp.Expr, right: exp.Expr) -> exp.Expr:
        return _binary(exp.Add, left, right)

    def subtract(self, left: exp.Expr, right: exp.Expr) -> exp.Expr:
        return _binary(exp.Sub, left, right)

    def multiply(self, left: exp.Expr, right: exp.Expr) -> exp.Expr:
        return _binary(exp.Mul, left, right)

    def floor_divide(self, left: exp.Expr, right: exp.Expr, *, width: int, most: int) -> exp.Expr:
        if most >= NARROWEST:
            refuse(DIALECT, "whole")
        divisor = _call("NULLIF", right, self.whole(0, width))
        quotient: exp.Expr = _binary(exp.IntDiv, left, divisor)
        if width == BROAD:
            quotient = self.resize(quotient, BROAD)
        # DIV cuts towards zero
        below = self.compare("<", _binary(exp.Mod, left, divisor), self.whole(0, width))
        one_less = self.when([(below, self.whole(1, width))], self.whole(0, width))
        return self.subtract(quotient, one_less)

    def negative(self, of: exp.Expr) -> exp.Expr:
        return exp.Neg(this=_wrapped(of))

    def compare(self, op: Comparison, left: exp.Expr, right: exp.Expr) -> exp.Expr:
        return _binary(_COMPARED[op], left, right)

    def both(self, parts: Sequence[exp.Expr]) -> exp.Expr:
        return reduce(lambda a, b: exp.And(this=a, expression=b), _listed(parts))

    def either(self, parts: Sequence[exp.Expr]) -> exp.Expr:
        return reduce(lambda a, b: exp.Or(this=a, expression=b), _listed(parts))

    def opposite(self, of: exp.Expr) -> exp.Expr:
        return exp.Not(this=_wrapped(of))

    def is_missing(self, of: exp.Expr) -> exp.Expr:
        return exp.Is(this=_wrapped(of), expression=exp.Null())

    def first_known(self, first: exp.Expr, second: exp.Expr) -> exp.Expr:
        return exp.Coalesce(this=first, expressions=[second])

    def when(self, cases: Sequence[tuple[exp.Expr, exp.Expr]], otherwise: exp.Expr) -> exp.Expr:
        return exp.Case(ifs=[exp.If(this=test, true=value) for test, value in cases], default=otherwise)

    def bit(self, test: exp.Expr, bit: int) -> exp.Expr:
        return self.when([(test, self.whole(1 << bit, NARROW))], self.no_bits())

    def join_bits(self, parts: Sequence[exp.Expr]) -> exp.Expr:
        return reduce(lambda a, b: exp.BitwiseOr(this=a, expression=b), _listed(parts))

    def gather_bits(self, planes: Mapping[int, exp.Expr]) -> exp.Expr:
        return self.join_bits([self.bit(plane, bit) for bit, plane in planes.items()])

    def no_bits(self) -> exp.Expr:
        return self.whole(0, NARROW)

    def is_among(self, of: exp.Expr, texts: Sequence[str], *, prefix: bool) -> exp.Expr:
        if not prefix:
            return _one_of(of, texts)
        lengths = sorted({len(text) for text in texts})
        return self.either(
            [
                _one_of(
                    _call("SUBSTRING", of, exp.Literal.number(1), exp.Literal.number(length)),
                    [text for text in texts if len(text) == length],
                )
                for length in lengths
            ]
        )

    def days_between(self, start: exp.Expr, end: exp.Expr) -> exp.Expr:
        return _cast(_call("DATEDIFF", end, start), _WIDTHS[NARROW])

    def year(self, of: exp.Expr) -> exp.Expr:
        return _cast(_call("YEAR", of), _WIDTHS[NARROW])

    def any_element(self, events: exp.Expr, test: exp.Expr) -> exp.Expr:
        return _call("EXISTS", events, _lambda(test, _ELEMENT))

    def weight(self, events: exp.Expr, test: exp.Expr) -> exp.Expr:
        sure = self.multiply(_cast(test, _WIDTHS[NARROW]), self.whole(SURE, NARROW))
        told = self.first_known(sure, self.whole(1, NARROW))
        found = _call("ARRAY_MAX", _call("TRANSFORM", events, _lambda(told, _ELEMENT)))
        # the most of an empty list is missing
        known = self.first_known(found, self.whole(0, NARROW))
        return self.when([(self.is_missing(events), self.missing("number"))], known)

    def sum_elements(self, events: exp.Expr, value: exp.Expr) -> exp.Expr:
        added = self.resize(self.add(exp.to_identifier(_SUM), value), BROAD)
        return _call("AGGREGATE", events, self.whole(0, BROAD), _lambda(added, _SUM, _ELEMENT))


def plan(outputs: Mapping[str, Node], bits: Mapping[str, int]) -> Plan[exp.Expr]:
    """The trees for Spark. Raises: ExpressionError for what cannot be exact, Unsupported."""
    return make_plan(outputs, SparkEngine(), bits)


def sql(
    made: Plan[exp.Expr],
    table: str,
    keep: Sequence[str] = ("subject",),
    *,
    columns: Collection[str] | None = None,
) -> str:
    """One SELECT of the columns `keep` of a table or view and of the outputs of a plan.

    `columns`: those the table has, if it may lack some. Missing: an input it lacks is missing for everybody.
    Raises: Unsupported if the SQL cannot be read back.
    """
    has = None if columns is None else frozenset(columns)
    stages = [
        [exp.column(name, quoted=True) for name in keep] + [_input(made, leaf, has) for leaf in made.needs]
    ]
    stages += [[exp.Star(), *(_named(spelled, name) for name, spelled in stage)] for stage in made.stages]
    told = exp.select(*(exp.column(name, quoted=True) for name in (*keep, *made.outputs)), copy=False)
    source = exp.to_table(table, dialect=DIALECT)
    for number, columns_of_stage in enumerate(stages):
        step = exp.select(*columns_of_stage, copy=False).from_(source, copy=False)
        told = told.with_(f"stage_{number}", as_=step, copy=False)
        source = exp.to_table(f"stage_{number}")
    written = told.from_(source, copy=False).sql(dialect=DIALECT, pretty=True)
    return read_back(written)


def read_back(written: str) -> str:
    """The SQL itself, if a parser of the dialect takes it. Raises: Unsupported."""
    try:
        sqlglot.parse_one(written, read=DIALECT)
    except SqlglotError:
        refuse(DIALECT, "parse")
    return written


def _input(made: Plan[exp.Expr], leaf: Leaf, has: frozenset[str] | None) -> exp.Expr:
    """A column of the table in the type the plan counts on."""
    if has is not None and leaf.column not in has:
        return _named(_cast(exp.Null(), _type_of(made, leaf)), leaf.column)
    held = exp.column(leaf.column, quoted=True)
    return held if leaf.type == "events" else _named(_cast(held, _type_of(made, leaf)), leaf.column)


def _type_of(made: Plan[exp.Expr], leaf: Leaf | Field) -> str:
    if leaf.type == "number":
        return _WIDTHS[NARROW]
    if leaf.type != "events":
        return _TYPES[leaf.type]
    assert isinstance(leaf, Leaf)
    inner = (f"`{field.name}`: {_type_of(made, field)}" for field in made.fields.get(leaf.column, ()))
    return f"ARRAY<STRUCT<{', '.join(inner)}>>"


def _cast(of: exp.Expr, kind: str) -> exp.Cast:
    return exp.Cast(this=of, to=exp.DataType.build(kind, dialect=DIALECT))


def _call(name: str, *parts: exp.Expr) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=list(parts))


def _lambda(body: exp.Expr, *names: str) -> exp.Lambda:
    return exp.Lambda(this=body, expressions=[exp.to_identifier(name) for name in names])


def _named(of: exp.Expr, name: str) -> exp.Alias:
    return exp.Alias(this=of, alias=exp.to_identifier(name, quoted=True))


def _one_of(of: exp.Expr, texts: Sequence[str]) -> exp.Expr:
    return exp.In(this=_wrapped(of), expressions=[exp.Literal.string(text) for text in texts])


def _wrapped(of: exp.Expr) -> exp.Expr:
    return exp.Paren(this=of) if isinstance(of, _OPERATORS) and not isinstance(of, exp.Dot) else of


def _listed(parts: Sequence[exp.Expr]) -> list[exp.Expr]:
    return [_wrapped(part) for part in parts]


def _binary(kind: type[exp.Binary], left: exp.Expr, right: exp.Expr) -> exp.Expr:
    joined: exp.Expr = kind(this=_wrapped(left), expression=_wrapped(right))
    return joined
