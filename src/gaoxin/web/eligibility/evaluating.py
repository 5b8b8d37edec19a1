"""Asks all rules in force about all enterprises of a zone at once, in columns (整区判定).

Reads a snapshot and nothing else; the result is one frame of standings, as `recording` compares and writes
them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import polars as pl

from gaoxin.facts.population import of_snapshot
from gaoxin.facts.snapshots import Snapshot
from gaoxin.packs.schemas import Metric
from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.editions import edition, editions
from gaoxin.rules.judging import unconfirmed
from gaoxin.rules.matching import VERDICTS, RuleColumns
from gaoxin.rules.renewals import Renewal, renewals

KIND = "enterprise"
POINT = 1_000_000  # the scale of scores
SCHEMA: dict[str, pl.DataType] = {
    "subject_id": pl.Int32(),
    "rule": pl.String(),
    "verdict": pl.String(),
    "score_low": pl.Int64(),
    "score_high": pl.Int64(),
    "not_met": pl.String(),
    "missing": pl.String(),
    "amount": pl.Int64(),
    "unconfirmed": pl.Boolean(),
}
Progress = Callable[[int, int], None]
NO_RENEWALS: Mapping[str, CompiledRule] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Evaluated:
    """`standings`: one row per enterprise and rule, columns `SCHEMA`; `unreadable`: values that counted as
    missing because they could not be read; `renewals`: of the titles that run out within a year.
    """

    standings: pl.DataFrame
    unreadable: int
    renewals: tuple[Renewal, ...] = ()


def evaluate_rules(
    snapshot: Snapshot,
    rules: Sequence[CompiledRule],
    subjects: pl.DataFrame,
    metrics: Mapping[str, Metric],
    on: date,
    progress: Progress,
    renewed_by: Mapping[str, CompiledRule] = NO_RENEWALS,
) -> Evaluated:
    """The standings of some enterprises.

    Shapes: `subjects` has subject (code) and subject_id; `renewed_by`: the rule for a renewal by title.
    Missing: an enterprise of which the snapshot knows nothing is asked all the same; everything about it is
    missing.
    """
    if KIND in snapshot.kinds:
        population = of_snapshot(snapshot, metrics, on, KIND)
        known, unreadable = population.frame, len(population.issues)
        frame = subjects.lazy().join(known, on="subject", how="left").collect()
    else:
        frame, unreadable = subjects, 0
    told = []
    for done, compiled in enumerate(rules):
        progress(done, len(rules))
        told.append(_told(RuleColumns.of(compiled), frame))
    progress(len(rules), len(rules))
    standings = pl.concat(told) if told else pl.DataFrame(schema=SCHEMA)
    return Evaluated(standings, unreadable, renewals(frame, renewed_by))


def card(
    snapshot_hash: str,
    rules: Sequence[CompiledRule],
    on: date,
    application: str,
    code: str,
    renewed_by: Mapping[str, CompiledRule] = NO_RENEWALS,
) -> dict[str, Any]:
    """What an evaluation is made of: snapshot, day, the editions of the rules, of those for renewals by
    title, the code.
    """
    return {
        "snapshot": snapshot_hash,
        "on": on.isoformat(),
        "application": application,
        "code": code,
        "rules": editions(rules),
        "renewals": {kind: edition(held.rule) for kind, held in sorted(renewed_by.items())},
    }


def _told(columns: RuleColumns, frame: pl.DataFrame) -> pl.DataFrame:
    """One rule's rows, in the shape they are stored in."""
    compiled = columns.compiled
    found = columns.apply(frame.lazy(), ("subject_id",)).collect()
    score, nothing = compiled.score, pl.lit(None, dtype=pl.Int64)
    not_met = [pl.when(pl.col(f"c:{held.id}") == 0).then(pl.lit(held.id)) for held in compiled.conditions]
    missing = [
        pl.when((pl.col("missing") & (1 << bit)) != 0).then(pl.lit(metric))
        for metric, bit in sorted(compiled.bits.items())
    ]
    return found.select(
        pl.col("subject_id").cast(pl.Int32),
        rule=pl.lit(compiled.id),
        verdict=_verdict(),
        score_low=_points(f"s:{score}.lo") if score else nothing,
        score_high=_points(f"s:{score}.hi") if score else nothing,
        not_met=_listed(not_met),
        missing=_listed(missing),
        amount=pl.col("amount") if "amount" in columns.plan.shapes else nothing,
        unconfirmed=pl.lit(bool(unconfirmed(compiled))),
    )


def _verdict() -> pl.Expr:
    named = {code: str(verdict) for code, verdict in enumerate(VERDICTS)}
    return pl.col("verdict").replace_strict(named, return_dtype=pl.String)


def _points(name: str) -> pl.Expr:
    return (pl.col(name) * POINT).round(0).cast(pl.Int64)


def _listed(names: list[pl.Expr]) -> pl.Expr:
    """A JSON list of names, as json.dumps and PostgreSQL write it: ["T2", "T5"]."""
    if not names:
        return pl.lit("[]")
    joined = pl.concat_list(names).list.drop_nulls().list.join('", "')
    return pl.when(joined == "").then(pl.lit("[]")).otherwise(pl.format('["{}"]', joined))
