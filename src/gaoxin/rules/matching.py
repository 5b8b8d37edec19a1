"""Rules over a whole population: verdicts, conditions, scores, money, and what is missing (批量匹配).

Everything is columns: one plan per rule, applied to a population frame by Polars. A verdict and the verdict
of a condition are small integers (`VERDICTS`, `CONDITIONS`), an open set is a mask of the rule's metrics.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import gcd

import polars as pl

from gaoxin.compute import polars_frames
from gaoxin.compute.plans import Plan, Shape
from gaoxin.compute.rendering.pieces import BROADEST, NARROWEST
from gaoxin.compute.tree import Node
from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.verdicts import ConditionVerdict, Verdict

VERDICTS: tuple[Verdict, ...] = (Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN, Verdict.PENDING_EXPERT)
CONDITIONS: tuple[ConditionVerdict, ...] = (
    ConditionVerdict.NOT_MET,
    ConditionVerdict.MET,
    ConditionVerdict.UNKNOWN,
    ConditionVerdict.NEEDS_EXPERT,
    ConditionVerdict.NOT_APPLICABLE,
)
VERDICT, AMOUNT = "verdict", "amount"


@dataclass(frozen=True, eq=False)
class RuleColumns:
    """One rule as columns. Its outputs are named `verdict`, `c:T2`, `d:T5`, `s:total`, `f:F1`, `amount`."""

    compiled: CompiledRule
    plan: Plan[pl.Expr] = field(repr=False)

    @classmethod
    def of(cls, compiled: CompiledRule) -> RuleColumns:
        """Raises: ExpressionError for what cannot be exact."""
        return cls(compiled, polars_frames.plan(outputs(compiled), compiled.bits, compiled.experts))

    @cached_property
    def expert_mask(self) -> int:
        """The bits of judgements."""
        return sum(1 << bit for metric, bit in self.compiled.bits.items() if metric in self.compiled.experts)

    def metrics(self, mask: int) -> tuple[str, ...]:
        """The metrics of an open set, sorted."""
        return tuple(metric for metric, bit in sorted(self.compiled.bits.items()) if mask >> bit & 1)

    def apply(
        self, population: pl.LazyFrame, keep: Sequence[str] = ("subject",), *, exact: bool = False
    ) -> pl.LazyFrame:
        """The columns `keep` and what the rule says.

        `verdict`, `c:ID`: places in VERDICTS and CONDITIONS. `missing`: the open set of the verdict.
        `s:ID.lo`, `s:ID.hi`: points as floats, for display and sorting. `f:ID`: raised or not. `amount`:
        whole fen, rounded half up; null while the verdict is open. `exact`: the plan's own columns as well.
        """
        if exact:
            frame = polars_frames.apply(self.plan, population, keep)
        else:
            frame = polars_frames.apply(self._lean, population, keep, self._read)
        told = [self.coded(VERDICT).alias(VERDICT), pl.col(f"{VERDICT}.open").alias("missing")]
        told += [self.condition(held.id).alias(f"c:{held.id}") for held in self.compiled.conditions]
        for name, shape in self.plan.shapes.items():
            if shape.type == "score":
                told += [_decimal(shape, end).alias(f"{name}.{end}") for end in ("lo", "hi")]
            elif shape.type == "number":
                told.append(fen(shape).alias(name))
            elif name.startswith("f:"):
                told.append(pl.col(name))
        return frame.with_columns(told) if exact else frame.select(*keep, *told)

    @cached_property
    def _read(self) -> tuple[str, ...]:
        """The columns of the plan that `apply` reads: of open sets none but that of the verdict."""
        read = [f"{VERDICT}.open"]
        for name, shape in self.plan.shapes.items():
            coded = name == VERDICT or name.startswith("c:")
            spared = {f"{name}.open"} if shape.data or not coded else set()
            spared |= set() if coded else {f"{name}.data"}
            read += [column for column in shape.columns if column not in spared]
        return tuple(dict.fromkeys(read))

    @cached_property
    def _lean(self) -> Plan[pl.Expr]:
        return polars_frames.lean(self.plan, self._read)

    def condition(self, name: str) -> pl.Expr:
        """What a condition came out as: a place in CONDITIONS."""
        coded = self.coded(f"c:{name}")
        if f"d:{name}" not in self.plan.shapes:
            return coded
        return (
            pl.when(pl.col(f"d:{name}"))
            .then(_place(CONDITIONS, ConditionVerdict.NOT_APPLICABLE))
            .otherwise(coded)
        )

    def coded(self, name: str) -> pl.Expr:
        """A truth of the plan as a place in VERDICTS: no, yes, open for data, open for experts."""
        value, shape = pl.col(name), self.plan.shapes[name]
        if shape.data:
            data = pl.col(f"{name}.data")
        else:
            data = (pl.col(f"{name}.open") & ~pl.lit(self.expert_mask, dtype=pl.Int64)) != 0
        return (
            pl.when(value)
            .then(_place(VERDICTS, Verdict.PASS))
            .when(value.is_not_null())
            .then(_place(VERDICTS, Verdict.FAIL))
            .when(data)
            .then(_place(VERDICTS, Verdict.UNKNOWN))
            .otherwise(_place(VERDICTS, Verdict.PENDING_EXPERT))
        )


def outputs(compiled: CompiledRule) -> dict[str, Node]:
    """What is asked of a rule, by the name of its columns."""
    asked: dict[str, Node] = {VERDICT: compiled.verdict}
    asked |= {f"c:{held.id}": held.effective for held in compiled.conditions}
    asked |= {f"d:{held.id}": held.direct for held in compiled.conditions if held.direct is not None}
    asked |= {f"s:{name}": compiled.names[name].node for name in compiled.rule.scores}
    asked |= {f"f:{name}": built.node for name, built in compiled.flags.items()}
    if compiled.paid is not None:
        asked[AMOUNT] = compiled.paid
    return asked


@dataclass(frozen=True)
class Matched:
    """What some rules say of a population, as of a day. Immutable."""

    on: date
    rules: Mapping[str, RuleColumns]
    frames: Mapping[str, pl.DataFrame] = field(repr=False)

    def counts(self) -> pl.DataFrame:
        """How many subjects have which verdict: columns rule, verdict, subjects; every verdict listed."""
        rows = []
        for name, frame in self.frames.items():
            found = dict(frame.group_by(VERDICT).len().iter_rows())
            rows += [(name, str(verdict), found.get(code, 0)) for code, verdict in enumerate(VERDICTS)]
        return pl.DataFrame(rows, schema=["rule", "verdict", "subjects"], orient="row")

    def df(self) -> pl.DataFrame:
        """One row per subject and rule.

        Shapes: subject, rule, verdict, score_low, score_high (points), not_met, missing (lists), amount
        (元), each missing where the rule has none.
        """
        return pl.concat([self._told(name) for name in self.frames])

    def _told(self, name: str) -> pl.DataFrame:
        columns, frame = self.rules[name], self.frames[name]
        score = columns.compiled.score
        nothing = pl.lit(None, dtype=pl.Float64)
        not_met = [
            pl.when(pl.col(f"c:{held.id}") == 0).then(pl.lit(held.id)) for held in columns.compiled.conditions
        ]
        missing = [
            pl.when((pl.col("missing") & (1 << bit)) != 0).then(pl.lit(metric))
            for metric, bit in sorted(columns.compiled.bits.items())
        ]
        return frame.select(
            "subject",
            rule=pl.lit(name),
            verdict=pl.col(VERDICT).replace_strict(
                {code: str(verdict) for code, verdict in enumerate(VERDICTS)}, return_dtype=pl.String
            ),
            score_low=pl.col(f"s:{score}.lo") if score else nothing,
            score_high=pl.col(f"s:{score}.hi") if score else nothing,
            not_met=pl.concat_list(not_met).list.drop_nulls(),
            missing=pl.concat_list(missing).list.drop_nulls(),
            amount=(pl.col(AMOUNT).cast(pl.Decimal(38, 2)) / 100).cast(pl.Decimal(38, 2))
            if AMOUNT in columns.plan.shapes
            else pl.lit(None, dtype=pl.Decimal(38, 2)),
        )


def match(
    rules: Iterable[CompiledRule], population: pl.LazyFrame, on: date, *, keep: Sequence[str] = ("subject",)
) -> Matched:
    """Ask some rules about every subject of a population frame."""
    columns = {compiled.id: RuleColumns.of(compiled) for compiled in rules}
    lazy = [held.apply(population, keep) for held in columns.values()]
    frames = dict(zip(columns, pl.collect_all(lazy), strict=True))
    return Matched(on, columns, frames)


def _decimal(shape: Shape, end: str) -> pl.Expr:
    den = shape.den if end == "lo" else shape.high_den
    below = pl.lit(den, dtype=pl.Float64) if den else pl.col(f"{shape.name}.{end}.den").cast(pl.Float64)
    return pl.col(f"{shape.name}.{end}.num").cast(pl.Float64) / below


def fen(shape: Shape) -> pl.Expr:
    """Whole fen, half up: floor((200 × num + den) ÷ (2 × den)), in 64 bits where they suffice."""
    num = pl.col(f"{shape.name}.num")
    if shape.den is None:
        wide, den = num.cast(pl.Int128), pl.col(f"{shape.name}.den").cast(pl.Int128)
        return ((wide * 200 + den) // (den * 2)).cast(pl.Int64)
    shared = gcd(200, shape.den)
    times, below = 200 // shared, shape.den // shared
    most = max((abs(end) for end in (shape.low, shape.high) if end is not None), default=BROADEST)
    kind = pl.Int64 if most * times + below <= NARROWEST else pl.Int128
    num = num.cast(kind)
    if below == 1 and times % 2 == 0:
        return (num * pl.lit(times // 2, dtype=kind)).cast(pl.Int64)
    told = num * pl.lit(times, dtype=kind) + pl.lit(below, dtype=kind)
    return (told // pl.lit(2 * below, dtype=kind)).cast(pl.Int64)


def _place(places: Sequence[Verdict | ConditionVerdict], held: Verdict | ConditionVerdict) -> pl.Expr:
    return pl.lit(places.index(held), dtype=pl.Int8)
