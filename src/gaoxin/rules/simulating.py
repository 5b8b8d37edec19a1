"""What a clause would cost with other numbers, before it is enacted: the law against drafts (政策测算).

    simulator = Simulator.load(book, "C1", population, on)
    done = simulator.run({"A": {"cap": "4000万元"}, "B": {"cap": "3000万元"}})

The population is loaded once, with what no parameter moves; every further run compiles the clause and works
out its own columns, nothing else. For populations that do not fit, `load(…, totals_only=True)` leaves them
where they are and streams: sums and counts, no lists of firms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from gaoxin.compute.language import Parameter
from gaoxin.core.errors import RuleError
from gaoxin.core.units import unit
from gaoxin.rules.compiling import CompiledRule, Compiler
from gaoxin.rules.costing import Cost, Weights, cost
from gaoxin.rules.crowds import Crowd
from gaoxin.rules.drafts import Draft, draft, moved, step_of
from gaoxin.rules.outcomes import GROUPS, HIGH, LEAST, LOW, ClauseColumns, class_names

if TYPE_CHECKING:
    from gaoxin.packs.schemas.rule import Application
    from gaoxin.rules.book import RuleBook
    from gaoxin.rules.drafts import Held
    from gaoxin.rules.simulation import Simulation

LAW = "law"
PLACES = ("zone", "region", "park")
_WAS = "was:"
_OUTCOME = ("verdict", LOW, HIGH, LEAST)


@dataclass(frozen=True)
class Side:
    """The clause with one set of numbers. `sums`: by group; `frame`: the outcome of every subject, None where
    only totals were asked for."""

    name: str
    columns: ClauseColumns
    draft: Draft | None
    weights: Weights
    sums: pl.DataFrame = field(repr=False)
    frame: pl.DataFrame | None = field(repr=False)

    @property
    def compiled(self) -> CompiledRule:
        return self.columns.compiled

    @cached_property
    def cost(self) -> Cost:
        return cost(self.sums, self.weights)


@dataclass(frozen=True)
class Simulator:
    """A clause over a population that stays loaded. Immutable."""

    book: RuleBook = field(repr=False)
    on: date
    application: Application
    law: Side
    crowd: Crowd = field(repr=False)
    snapshot: str = ""
    code_version: str = ""

    @classmethod
    def load(
        cls,
        book: RuleBook,
        clause: str,
        population: pl.LazyFrame,
        on: date,
        *,
        application: Application = "new",
        totals_only: bool = False,
        place: str | None = None,
        snapshot: str = "",
        code_version: str = "",
    ) -> Simulator:
        """Load what the clause reads of a population, and work out the law.

        `snapshot`, `code_version`: for the run card.
        `place`: the column that tells where a subject is; zone, region or park where there is one.
        Raises: RuleError for a rule that pays nothing, and what the compiler refuses.
        """
        compiler = Compiler(book, on, application)
        compiled = compiler.compiled(clause)
        columns = ClauseColumns.of(compiled)
        size = size_rule(book, compiler)
        names = population.collect_schema().names()
        held = place or next((name for name in PLACES if name in names), None)
        crowd = Crowd.of(population, size, held, columns.needs, resident=not totals_only)
        return cls(book, on, application, _side(LAW, columns, None, crowd), crowd, snapshot, code_version)

    def run(
        self, drafts: Mapping[str, Mapping[str, str]] | None = None, *, budget: int | None = None
    ) -> Simulation:
        """The law beside drafts: values as written, by parameter, by the name of the draft.

        `budget`: in fen; what it is shared out among are the certain claims.
        Raises: RuleError for what `drafts.draft` refuses.
        """
        from gaoxin.rules.simulation import Simulation

        sides = [
            self.side(draft(self.law.compiled, written, name)) for name, written in (drafts or {}).items()
        ]
        return Simulation(self, self.law, tuple(sides), budget)

    def side(self, made: Draft) -> Side:
        """The clause with the numbers of a draft: compiled and worked out, the population as it is."""
        return _side(made.name, self._columns(made.overrides), made, self.crowd, self.law)

    def costs(self, overrides: Mapping[str, Held]) -> Cost:
        """What the clause costs with some numbers, by `RULE.parameter`."""
        columns = self._columns(overrides)
        if self.crowd.resident:
            frame = columns.apply(self.crowd.frame, GROUPS, conditions=False).collect(engine="streaming")
            weights, sums = self.crowd.worked_out(lambda _: frame.lazy())
        else:
            weights, sums = self.crowd.worked_out(
                lambda piece: columns.apply(piece, GROUPS, conditions=False)
            )
        return cost(sums, weights)

    def marginal(self, side: Side | None = None, steps: Mapping[str, str] | None = None) -> pl.DataFrame:
        """The cost with each number one step lower and one step higher than on a side, by default the law.

        `steps`: as written, with unit; where none is given, about a tenth of the leading place.
        Shapes: parameter, step, value, at (−1, +1), low, base, high, and the differences to the side; fen.
        """
        side = side or self.law
        rows = []
        for name, spec in side.compiled.rule.parameters.items():
            value = side.compiled.values[name]
            if not isinstance(value, Parameter) or not isinstance(value.value, Fraction):
                continue
            step = step_of(spec, value)
            if steps and name in steps:
                told = draft(side.compiled, {name: steps[name]}).values[name]
                assert isinstance(told, Parameter)
                assert isinstance(told.value, Fraction)
                step = told.value
            factor = unit(spec.unit).factor if spec.unit else Fraction(1)
            for sign in (-1, 1):
                there = moved(value, sign * step)
                assert isinstance(there.value, Fraction)
                if there.value < 0:
                    continue
                held = {**(side.draft.overrides if side.draft else {}), f"{side.compiled.id}.{name}": there}
                found = self.costs(held)
                rows.append(
                    (
                        name,
                        _shown(sign * step / factor),
                        _shown(there.value / factor),
                        spec.unit,
                        *(found.low, found.base, found.high),
                        found.low - side.cost.low,
                        *(_less(found.base, side.cost.base), _less(found.high, side.cost.high)),
                        found.passes - side.cost.passes,
                    )
                )
        fen = pl.Int128
        return pl.DataFrame(
            rows,
            schema={
                "parameter": pl.String, "step": pl.String, "value": pl.String, "unit": pl.String,
                "low": fen, "base": fen, "high": fen,
                "more_low": fen, "more_base": fen, "more_high": fen, "more_passes": pl.Int64,
            },
            orient="row",
        )  # fmt: skip

    @cached_property
    def classes(self) -> Mapping[int, str]:
        """The names of the size classes."""
        return class_names(self.crowd.size)

    def size_words(self) -> Mapping[str, str]:
        """The Chinese words for the size classes, by their names."""
        size = self.crowd.size
        return {} if size is None or size.rule.classes is None else size.rule.classes.zh

    def _columns(self, overrides: Mapping[str, Held]) -> ClauseColumns:
        """The clause with other numbers. Raises: RuleError if it then reads what was not loaded."""
        compiler = Compiler(self.book, self.on, self.application, overrides)
        columns = ClauseColumns.of(compiler.compiled(self.law.compiled.id))
        lacking = set(columns.needs) - set(self.law.columns.needs)
        if lacking:
            raise RuleError(
                f"改了参数后要用到没有装入的数据：{'、'.join(sorted(lacking))}",
                f"with these numbers the clause reads data that was not loaded: {', '.join(sorted(lacking))}",
            )
        return columns


def _side(
    name: str, columns: ClauseColumns, made: Draft | None, crowd: Crowd, law: Side | None = None
) -> Side:
    """One side, compared with the law where that is given."""
    extra = _changes() if law is not None else ()
    if not crowd.resident:
        weights, sums = crowd.worked_out(lambda piece: _both(piece, columns, law), extra)
        return Side(name, columns, made, weights, sums, None)
    frame = columns.apply(crowd.frame, ("subject", *GROUPS)).collect(engine="streaming")
    outcome = frame
    if law is not None and law.frame is not None:
        was = law.frame.select(pl.col(held).alias(f"{_WAS}{held}") for held in _OUTCOME)
        outcome = pl.concat([frame, was], how="horizontal")
    weights, sums = crowd.worked_out(lambda _: outcome.lazy(), extra)
    return Side(name, columns, made, weights, sums, frame)


def _both(piece: pl.LazyFrame, columns: ClauseColumns, law: Side | None) -> pl.LazyFrame:
    """The outcome of a piece of the population, beside that of the law."""
    if law is None:
        return columns.apply(piece, GROUPS, conditions=False)
    held = [name for name in columns.needs if name in piece.collect_schema()]
    first = law.columns.apply(piece, (*GROUPS, *held), conditions=False)
    first = first.rename({name: f"{_WAS}{name}" for name in _OUTCOME})
    return columns.apply(first, (*GROUPS, *(f"{_WAS}{name}" for name in _OUTCOME)), conditions=False)


def changed(prefix: str = _WAS) -> dict[str, pl.Expr]:
    """Who wins, loses, or may do either: compared are what is certain before and what is certain after."""
    low, high, was_low, was_high = (pl.col(name) for name in (LOW, HIGH, f"{prefix}{LOW}", f"{prefix}{HIGH}"))
    exact = (low == high) & (was_low == was_high)
    exact = exact.fill_null(False)
    newly = (pl.col("verdict") != pl.col(f"{prefix}verdict")) | (low != was_low) | high.ne_missing(was_high)
    return {
        "winners": exact & (low > was_low),
        "losers": exact & (low < was_low),
        "possible": ~exact & newly,
    }


def _changes() -> tuple[pl.Expr, ...]:
    found = changed()
    difference = (pl.col(LOW) - pl.col(f"{_WAS}{LOW}")).cast(pl.Int128)
    return (
        *(test.sum().alias(name) for name, test in found.items()),
        difference.filter(found["winners"]).sum().alias("gained"),
        difference.filter(found["losers"]).sum().alias("lost"),
    )


def size_rule(book: RuleBook, compiler: Compiler) -> CompiledRule | None:
    """The rule that sorts enterprises by size, if the packs have one in force."""
    for rule in book.in_force(compiler.on, compiler.application):
        if rule.category == "size" and rule.classes is not None:
            return compiler.compiled(rule.id)
    return None


def _shown(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else format(float(value), "g")


def _less(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other
