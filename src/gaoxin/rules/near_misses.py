"""Who nearly qualifies, how far off they are, and the cheapest way there (差一点清单).

Ranked by the number of conditions certainly not met, then by the cost of the cheapest path, then by the
smallest gap as a share of what is asked, then by code. Paths are worked out for the first rows only, in the
order of number, gap and code; a row without one stands behind those of the same number that have one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from gaoxin.compute import tree
from gaoxin.compute.rows import row_of
from gaoxin.core.errors import RuleError
from gaoxin.core.quantities import round_half_up
from gaoxin.core.workdays import WorkCalendar
from gaoxin.rules.explaining import explain
from gaoxin.rules.gaps import gaps
from gaoxin.rules.judging import Judgement, judge
from gaoxin.rules.matching import CONDITIONS, Matched
from gaoxin.rules.questions import Question, questions
from gaoxin.rules.routes import NoPath, Path, cheapest
from gaoxin.rules.statements import Statement
from gaoxin.rules.verdicts import ConditionVerdict
from gaoxin.rules.worth import Pricing, Worth, element_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaoxin.packs.schemas import Action
    from gaoxin.packs.schemas.metric import Metric
    from gaoxin.rules.compiling import CompiledRule

_NOT_MET = CONDITIONS.index(ConditionVerdict.NOT_MET)
_OPEN = [CONDITIONS.index(held) for held in (ConditionVerdict.UNKNOWN, ConditionVerdict.NEEDS_EXPERT)]


@dataclass(frozen=True)
class NearMiss:
    """One subject a few conditions short.

    `gap`: the largest gap of its conditions not met, as a share of what is asked. `lacking`: points short of
    the score that is asked, at best; None without a score. `path`: None where none was worked out.
    `refusal`: why no exact path could be given. `worth`: what passing brings; None where nothing prices it
    or it was not worked out.
    """

    subject: str
    not_met: tuple[str, ...]
    open: tuple[str, ...]
    gap: float | None
    lacking: float | None
    judgement: Judgement | None = field(default=None, repr=False)
    path: Path | NoPath | None = field(default=None, repr=False)
    refusal: RuleError | None = field(default=None, repr=False)
    worth: Worth | None = None

    @property
    def value(self) -> Fraction | None:
        """What a pass brings at least, in 元; None where nothing prices it."""
        return None if self.worth is None else Fraction(self.worth.money.low, 100)

    @property
    def value_high(self) -> Fraction | None:
        """What it brings at most; None where nothing prices it or nothing bounds it."""
        high = None if self.worth is None else self.worth.money.high
        return None if high is None else Fraction(high, 100)

    @property
    def cost(self) -> Fraction | None:
        """What the path costs, in 元; None without a path."""
        return self.path.cost if isinstance(self.path, Path) else None

    def margins(self, metrics: Mapping[str, Metric], lang: str = "zh") -> tuple[Statement, ...]:
        """The facts not met of the single condition that fails; none where several do.

        Missing: none for a row whose judgement was not worked out.
        """
        if self.judgement is None or len(self.not_met) != 1:
            return ()
        told = explain(self.judgement, metrics, lang)
        (failing,) = (held for held in told.conditions if held.judgement.id == self.not_met[0])
        return tuple(single for single in failing.statement.singles() if single.met is False)


@dataclass(frozen=True)
class NearMisses:
    """The near misses of one rule in a population: rows with at most so many conditions not met.

    `paths`: for so many of them the cheapest path and the worth are worked out. `start`, `calendar`: as for
    `cheapest`. `pricing`: the clauses by which a pass is priced.
    """

    matched: Matched = field(repr=False)
    rule: str
    population: pl.LazyFrame = field(repr=False)
    actions: Sequence[Action] = field(default=(), repr=False)
    at_most: int = 2
    paths: int = 50
    start: date | None = None
    calendar: WorkCalendar | None = field(default=None, repr=False)
    pricing: Pricing | None = field(default=None, repr=False)

    @property
    def deadline(self) -> date | None:
        """The last day to apply that the rule declares; None where it declares none."""
        benefit = self.compiled.rule.benefit
        return None if benefit is None else benefit.deadline

    @property
    def compiled(self) -> CompiledRule:
        return self.matched.rules[self.rule].compiled

    @cached_property
    def counts(self) -> pl.DataFrame:
        """How many subjects miss how many conditions: columns not_met, subjects; none missed included."""
        return self._told.group_by("number").len("subjects").sort("number").rename({"number": "not_met"})

    def of(self, number: int) -> tuple[NearMiss, ...]:
        """Those that miss exactly so many conditions, in their rank."""
        return tuple(row for row in self.rows if len(row.not_met) == number)

    @cached_property
    def rows(self) -> tuple[NearMiss, ...]:
        """Everybody with at most so many conditions not met, and at least one, by rank."""
        near = self._told.filter(pl.col("number").is_between(1, self.at_most)).sort(
            "number", "gap", "subject", nulls_last=True
        )
        found = [
            self._row(told, with_path=at < self.paths) for at, told in enumerate(near.iter_rows(named=True))
        ]
        return tuple(sorted(found, key=_rank))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What to ask first of those whose verdict is open."""
        return questions(self.matched, self.rule)

    def histogram(self, width: int = 5) -> pl.DataFrame:
        """How many subjects lack how many points at best: columns from, to (not included), subjects.

        Subjects that reach the score, or still may, are not in it. Empty for a rule without a score asked.
        """
        lacking = self._told.filter(pl.col("lacking").is_not_null() & (pl.col("lacking") >= 0))
        start = (pl.col("lacking") / width).floor().cast(pl.Int64) * width
        return (
            lacking.group_by(start.alias("from")).len("subjects").sort("from")
            .select("from", (pl.col("from") + width).alias("to"), "subjects")
        )  # fmt: skip

    def df(self) -> pl.DataFrame:
        """The rows as a table.

        Shapes: subject, number, not_met, open (lists), gap (a share), lacking (points), cost (元, rounded
        half up to whole fen), done (the day the path is done), value and value_high (元: what a pass brings
        at least and at most; missing where nothing prices it), deadline (of the rule, where it declares one).
        """
        return pl.DataFrame(
            {
                "subject": [row.subject for row in self.rows],
                "number": [len(row.not_met) for row in self.rows],
                "not_met": [list(row.not_met) for row in self.rows],
                "open": [list(row.open) for row in self.rows],
                "gap": [row.gap for row in self.rows],
                "lacking": [row.lacking for row in self.rows],
                "cost": [None if row.cost is None else round_half_up(row.cost, 2) for row in self.rows],
                "done": [row.path.done if isinstance(row.path, Path) else None for row in self.rows],
                "value": [None if row.value is None else round_half_up(row.value, 2) for row in self.rows],
                "value_high": [
                    None if row.value_high is None else round_half_up(row.value_high, 2) for row in self.rows
                ],
                "deadline": [self.deadline for _ in self.rows],
            },
            schema={
                "subject": pl.String, "number": pl.Int64, "not_met": pl.List(pl.String),
                "open": pl.List(pl.String), "gap": pl.Float64, "lacking": pl.Float64,
                "cost": pl.Decimal(38, 2), "done": pl.Date, "value": pl.Decimal(38, 2),
                "value_high": pl.Decimal(38, 2), "deadline": pl.Date,
            },
        )  # fmt: skip

    def _row(self, told: Mapping[str, object], *, with_path: bool) -> NearMiss:
        subject = str(told["subject"])
        judgement = path = refusal = worth = None
        if with_path:
            row = row_of(self._frame, self._places[subject], self._leaves, self._fields)
            judgement = judge(self.compiled, row)
            try:
                path = cheapest(
                    self.compiled, judgement.reading, self.actions, start=self.start, calendar=self.calendar
                )
            except RuleError as error:
                refusal = error
            if self.pricing is not None:
                after = path.after.reading if isinstance(path, Path) else None
                worth = self.pricing.worth(self.compiled, row, after=after)
        return NearMiss(
            subject=subject,
            not_met=tuple(told["not_met"]),  # type: ignore[arg-type]
            open=tuple(told["open"]),  # type: ignore[arg-type]
            gap=told["gap"],  # type: ignore[arg-type]
            lacking=told["lacking"],  # type: ignore[arg-type]
            judgement=judgement,
            path=path,
            refusal=refusal,
            worth=worth,
        )

    @cached_property
    def _told(self) -> pl.DataFrame:
        """Every subject: conditions not met and open, largest gap, points lacking."""
        frame, ids = self.matched.frames[self.rule], [held.id for held in self.compiled.conditions]
        measured = gaps(self.compiled, self.population).rename({name: f"gap:{name}" for name in ids})
        joined = frame.join(measured, on="subject", how="left", maintain_order="left")
        failing = {name: pl.col(f"c:{name}") == _NOT_MET for name in ids}
        waiting = {name: pl.col(f"c:{name}").is_in(_OPEN) for name in ids}
        return joined.select(
            "subject",
            number=pl.sum_horizontal(failing.values()).cast(pl.Int64),
            not_met=_named(failing),
            open=_named(waiting),
            gap=pl.max_horizontal(
                pl.when(test).then(pl.col(f"gap:{name}")) for name, test in failing.items()
            ),
            lacking=self._lacking(),
        )

    def _lacking(self) -> pl.Expr:
        """Points short of the mark at best; null where it is reached or may be."""
        score = self.compiled.score
        if score is None:
            return pl.lit(None, dtype=pl.Float64)
        node = self.compiled.names[score].node
        for held in tree.walk(self.compiled.verdict):
            if isinstance(held, tree.Reaches) and held.score is node and held.op in (">", ">="):
                short = pl.lit(float(held.mark)) - pl.col(f"s:{score}.hi")
                missed = short > 0 if held.op == ">=" else short >= 0
                return pl.when(missed).then(short)
        return pl.lit(None, dtype=pl.Float64)

    @cached_property
    def _leaves(self) -> tuple[tree.Leaf, ...]:
        """What the rule reads, and what prices it."""
        priced = () if self.pricing is None else self.pricing.leaves(self.compiled)
        return tuple({leaf.column: leaf for leaf in (*self.compiled.leaves, *priced)}.values())

    @cached_property
    def _fields(self) -> Mapping[str, Sequence[tree.Field]]:
        clauses = () if self.pricing is None else self.pricing.clauses
        return element_fields((self.compiled, *clauses))

    @cached_property
    def _frame(self) -> pl.DataFrame:
        wanted = {"subject", *(leaf.column for leaf in self._leaves)}
        return self.population.select(
            name for name in self.population.collect_schema().names() if name in wanted
        ).collect()

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {subject: place for place, subject in enumerate(self._frame["subject"].to_list())}


def _rank(row: NearMiss) -> tuple[int, bool, Fraction, float, str]:
    cost, gap = row.cost, math.inf if row.gap is None else row.gap
    return len(row.not_met), cost is None, cost or Fraction(0), gap, row.subject


def _named(tests: Mapping[str, pl.Expr]) -> pl.Expr:
    return pl.concat_list(
        [pl.when(test).then(pl.lit(name)) for name, test in tests.items()]
    ).list.drop_nulls()
