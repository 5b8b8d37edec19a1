"""What came out of a simulation: costs, groups, winners and losers, budget, each step of a number (测算结果).

Money in frames is in 元 (decimals with two places); a missing `high` has no bound, a missing `base` means
that nobody is decided. Before is the law, after a draft; a firm wins or loses where both are certain, and is
`possible` where its interval moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from functools import cached_property
from typing import Any

import polars as pl

from gaoxin.core.errors import RuleError
from gaoxin.core.quantities import round_half_up
from gaoxin.core.spelling import did_you_mean
from gaoxin.facts.runcards import RunCard
from gaoxin.facts.wide import table_hash
from gaoxin.rules.budgets import shares
from gaoxin.rules.costing import METHOD, Cost, by_group
from gaoxin.rules.judging import unconfirmed
from gaoxin.rules.matching import CONDITIONS, VERDICTS
from gaoxin.rules.outcomes import GROUPS, HIGH, LOW, SIZE
from gaoxin.rules.simulating import Side, Simulator, changed

MONEY = pl.Decimal(38, 2)
TOP = 10


@dataclass(frozen=True)
class Simulation:
    """The law and drafts beside it. Immutable; `card` says how to run it again. `budget` in fen."""

    simulator: Simulator = field(repr=False)
    law: Side
    drafts: tuple[Side, ...] = ()
    budget: int | None = None

    @property
    def rule(self) -> str:
        return self.law.compiled.id

    @property
    def sides(self) -> tuple[Side, ...]:
        return (self.law, *self.drafts)

    @property
    def method(self) -> tuple[str, str]:
        """How low, base and high are made, in Chinese and English."""
        return METHOD

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """What was not compared with the original."""
        return unconfirmed(self.law.compiled)

    def __getitem__(self, name: str) -> Side:
        """A side by its name; `law` is the law. Raises: RuleError naming near ones."""
        for side in self.sides:
            if side.name == name:
                return side
        hint_zh, hint_en = did_you_mean(name, [side.name for side in self.sides])
        raise RuleError(
            f"没有草案 {name}" + (f"，{hint_zh}" if hint_zh else ""),
            f"there is no draft {name}" + (f"; {hint_en}" if hint_en else ""),
        )

    def costs(self) -> pl.DataFrame:
        """One row per side.

        Shapes: draft, passes, open (firms), low, base, high, bounded (the part of high that has a bound),
        unbounded (firms without), median and top_share (of the certain payments: the middle one, the share of
        the ten largest), winners, losers, possible, gained, lost (against the law).
        """
        return pl.DataFrame([self._row(side) for side in self.sides], schema_overrides=_COSTS, strict=False)

    def distribution(self) -> pl.DataFrame:
        """One row per side and group: dimension size, industry or place; group missing where not known."""
        rows = []
        for side in self.sides:
            for dimension in GROUPS:
                for value, found in by_group(side.sums, side.weights, dimension):
                    named = self.simulator.classes.get(value) if dimension == SIZE else value  # type: ignore[call-overload]
                    rows.append({"draft": side.name, "dimension": dimension, "group": named, **_cost(found)})
        if not rows:  # nobody is in the population
            return pl.DataFrame(schema=_GROUPED)
        whole = pl.DataFrame(rows, schema_overrides=_GROUPED)
        known = whole.group_by("dimension").agg(pl.col("group").is_not_null().any().alias("told"))
        return whole.join(known.filter("told"), on="dimension", maintain_order="left").drop("told")

    def df(self) -> pl.DataFrame:
        """The firms whose result a draft changes, the largest change first.

        Shapes: draft, subject, change (winner, loser, possible), verdict_before, verdict_after, low_before,
        high_before, low_after, high_after, difference (of the low ends), reasons: the conditions that came
        out otherwise, `C1.3: not_met → met`; none where only the amount did.
        Raises: RuleError where only totals were worked out.
        """
        told = [self._changes(side) for side in self.drafts]
        return pl.concat(told) if told else pl.DataFrame(schema=_CHANGES)

    def winners(self, draft: str | None = None) -> pl.DataFrame:
        """The rows of `df` of firms that certainly get more."""
        return self._of("winner", draft)

    def losers(self, draft: str | None = None) -> pl.DataFrame:
        """The rows of `df` of firms that certainly get less."""
        return self._of("loser", draft)

    def marginal(self, draft: str | None = None, steps: Mapping[str, str] | None = None) -> pl.DataFrame:
        """The cost with each number one step lower and higher than on a side; see `Simulator.marginal`."""
        found = self.simulator.marginal(self[draft] if draft else self.sides[-1], steps)
        money = [name for name, dtype in found.schema.items() if dtype == pl.Int128]
        return found.with_columns(_yuan(name) for name in money)

    def shares(self, draft: str | None = None) -> pl.DataFrame:
        """Who gets how much of the budget, in proportion to the certain claims.

        Shapes: subject, claim, share; the shares add up to the budget, or to the claims if it suffices.
        Raises: RuleError without a budget, and where only totals were worked out.
        """
        if self.budget is None:
            raise RuleError("没有给预算，不能按比例分配", "no budget was given to share out")
        side = self[draft] if draft else self.sides[-1]
        claims = _frame(side).filter(pl.col(LOW) > 0).select("subject", claim=LOW).sort("subject")
        told = claims.with_columns(shares(claims["claim"], self.budget).alias("share"))
        return told.with_columns(_yuan("claim"), _yuan("share"))

    def lists_firms(self) -> bool:
        """Are firms listed, or only totals worked out?"""
        return self.law.frame is not None

    @cached_property
    def card(self) -> RunCard:
        """Packs, snapshot, day, drafts and budget, with a digest of the sums of every side."""
        packs = self.simulator.book.library.packs
        return RunCard(
            packs={name: pack.version for name, pack in packs.items()},
            snapshot=self.simulator.snapshot,
            parameters={
                "on": self.simulator.on.isoformat(),
                "application": self.simulator.application,
                "rule": self.rule,
                "drafts": {side.name: dict(side.draft.written) for side in self.drafts if side.draft},
                "budget": self.budget,
            },
            seed=None,
            code_version=self.simulator.code_version,
            created=datetime.now(UTC),
            results={side.name: table_hash(_plain(side.sums)) for side in self.sides},
        )

    def _row(self, side: Side) -> dict[str, Any]:
        row: dict[str, Any] = {"draft": side.name, **_cost(side.cost), "median": None, "top_share": None}
        if side.frame is not None:
            paid = side.frame.filter((pl.col("verdict") == 1) & (pl.col(LOW) > 0))[LOW].sort(descending=True)
            row |= {"median": _median(paid), "top_share": _top_share(paid)}
        row |= dict.fromkeys(("winners", "losers", "possible", "gained", "lost"))
        if side is not self.law:
            row |= {name: int(side.sums[name].sum()) for name in ("winners", "losers", "possible")}
            row |= {name: _money(int(side.sums[name].sum() or 0)) for name in ("gained", "lost")}
        return row

    def _of(self, change: str, draft: str | None) -> pl.DataFrame:
        found = self.df().filter(pl.col("change") == change)
        return found if draft is None else found.filter(pl.col("draft") == self[draft].name)

    def _changes(self, side: Side) -> pl.DataFrame:
        before, after = _frame(self.law), _frame(side)
        was = before.select(pl.col(name).alias(f"was:{name}") for name in before.columns if name != "subject")
        tests = changed()
        found = pl.concat([after, was], how="horizontal").filter(pl.any_horizontal(*tests.values()))
        reasons = [
            pl.when(pl.col(name) != pl.col(f"was:{name}")).then(
                pl.format(
                    f"{name[2:]}: {{}} → {{}}", _words(f"was:{name}", CONDITIONS), _words(name, CONDITIONS)
                )
            )
            for name in after.columns
            if name.startswith("c:")
        ]
        return found.select(
            pl.lit(side.name).alias("draft"),
            "subject",
            pl.when(tests["winners"])
            .then(pl.lit("winner"))
            .when(tests["losers"])
            .then(pl.lit("loser"))
            .otherwise(pl.lit("possible"))
            .alias("change"),
            _words("was:verdict", VERDICTS).alias("verdict_before"),
            _words("verdict", VERDICTS).alias("verdict_after"),
            _yuan(f"was:{LOW}").alias("low_before"),
            _yuan(f"was:{HIGH}").alias("high_before"),
            _yuan(LOW).alias("low_after"),
            _yuan(HIGH).alias("high_after"),
            _yuan_of(pl.col(LOW) - pl.col(f"was:{LOW}")).alias("difference"),
            pl.concat_list(reasons).list.drop_nulls().alias("reasons"),
        ).sort(pl.col("difference").abs(), "subject", descending=[True, False])


_COSTS: Mapping[str, Any] = {
    **dict.fromkeys(("low", "base", "high", "bounded", "median", "gained", "lost"), MONEY),
    "top_share": pl.Float64,
    **dict.fromkeys(("winners", "losers", "possible"), pl.Int64),
}
_GROUPED: Mapping[str, Any] = {
    **dict.fromkeys(("draft", "dimension", "group"), pl.String),
    **dict.fromkeys(("passes", "open"), pl.Int64),
    **dict.fromkeys(("low", "base", "high", "bounded"), MONEY),
    "unbounded": pl.Int64,
}
_CHANGES: Mapping[str, Any] = {
    **dict.fromkeys(("draft", "subject", "change", "verdict_before", "verdict_after"), pl.String),
    **dict.fromkeys(("low_before", "high_before", "low_after", "high_after", "difference"), MONEY),
    "reasons": pl.List(pl.String),
}


def _frame(side: Side) -> pl.DataFrame:
    if side.frame is None:
        raise RuleError(
            "这次只算了合计，没有逐户名单；请缩小范围再算",
            "only totals were worked out, no firms are listed; simulate a smaller population",
        )
    return side.frame


def _cost(found: Cost) -> dict[str, Any]:
    return {
        "passes": found.passes,
        "open": found.open,
        "low": _money(found.low),
        "base": _money(found.base),
        "high": _money(found.high),
        "bounded": _money(found.bounded),
        "unbounded": found.unbounded,
    }


def _money(fen: int | None) -> Any:
    return None if fen is None else round_half_up(Fraction(fen, 100), 2)


def _median(paid: pl.Series) -> Any:
    """The middle payment, half up between the two middle ones. `paid`: sorted."""
    if paid.is_empty():
        return None
    middle = paid[(len(paid) - 1) // 2] + paid[len(paid) // 2]
    return round_half_up(Fraction(middle, 200), 2)


def _top_share(paid: pl.Series) -> float | None:
    total = int(paid.cast(pl.Int128).sum() or 0)
    return int(paid.head(TOP).cast(pl.Int128).sum() or 0) / total if total else None


def _yuan(name: str) -> pl.Expr:
    return _yuan_of(pl.col(name)).alias(name)


def _yuan_of(fen: pl.Expr) -> pl.Expr:
    return (fen.cast(pl.Decimal(38, 2)) / 100).cast(MONEY)


def _words(name: str, words: Iterable[Any]) -> pl.Expr:
    told = {code: str(word) for code, word in enumerate(words)}
    return pl.col(name).replace_strict(told, return_dtype=pl.String)


def _plain(sums: pl.DataFrame) -> pl.DataFrame:
    """The sums in an order and with types that a digest can be made of."""
    broad = [name for name, dtype in sums.schema.items() if dtype == pl.Int128]
    return sums.sort(*GROUPS, nulls_last=True).with_columns(pl.col(name).cast(pl.String) for name in broad)
