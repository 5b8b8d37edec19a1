"""From a judged draft and a person's decisions to what is recorded (入库前).

All or nothing: as long as one line is undecided nothing is handed on. `resolve` is pure; the web floor
writes its result in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from gaoxin.core.errors import IngestError
from gaoxin.core.quantities import unit
from gaoxin.facts.ingest.diff import Diff
from gaoxin.facts.ingest.draft import DraftColumn
from gaoxin.facts.ingest.lines import DECISIONS, Line
from gaoxin.facts.ingest.slips import SlipGroup


class Undecided(IngestError):
    """Lines of the review still need a decision (还有没处理的)."""

    code = "undecided"


@dataclass(frozen=True)
class Resolution:
    """What is to be recorded, and what is not.

    Shapes: `observations` (row, cell, subject, metric, period, figure, of, number, text, unit, written,
    note), numbers at storage scale of the metric, `written` as it stood in the sheet; `new_subjects`
    (subject, name, uscc).
    """

    observations: pl.DataFrame
    new_subjects: pl.DataFrame
    sent_back: tuple[Line, ...] = ()
    kept_old: tuple[Line, ...] = ()
    counts: Dictionary[str, int] = field(default_factory=dict)


def resolve(diff: Diff, decisions: Dictionary[str, str]) -> Resolution:
    """Apply the decisions: key of a line → convert | keep | accept | send_back | keep_old.

    A row that cannot be loaded, or whose subject is doubted, leaves as a whole when it is sent back; of a
    figure that jumped only the figure leaves. What is stored already is not recorded again.
    Raises: Undecided with the keys of the open lines; IngestError for a decision that does not fit its
    line.
    """
    by_key = {line.key: line for line in diff.attention}
    for key, decision in decisions.items():
        line = by_key.get(key)
        if line is None or decision not in line.options:
            said = DECISIONS.get(decision, (decision, decision))
            raise IngestError(
                f"“{said[0]}”不能用于这一行（{key}）。",
                f"The decision {said[1]!r} does not fit line {key}.",
                key=key,
                decision=decision,
            )
    still_open = diff.open_keys(decisions)
    if still_open:
        raise Undecided(
            f"还有 {len(still_open)} 处没处理，处理完才能入库。",
            f"{len(still_open)} lines still need a decision.",
            keys=still_open[:100],
        )
    decided = [(by_key[key], decision) for key, decision in decisions.items()]
    rows_out = [
        line.row
        for line, decision in decided
        if decision == "send_back" and line.column is None and line.row is not None
    ]
    cells_out = [
        (line.row, line.column)
        for line, decision in decided
        if line.column is not None and decision in ("send_back", "keep_old")
    ]
    converted = [(line.row, line.column) for line, decision in decided if decision == "convert"]
    cells = _wanted(diff, rows_out, cells_out, converted)
    observations = _observations(diff, cells)
    new = (
        diff.rows.filter(pl.col("new") & (pl.col("state") != "error") & ~pl.col("row").is_in(rows_out))
        .select("subject", "name", "uscc")
        .unique(maintain_order=True)
        .collect()
    )
    sent_back = tuple(line for line, decision in decided if decision == "send_back")
    kept_old = tuple(line for line, decision in decided if decision == "keep_old")
    counts = {
        "observations": observations.height,
        "new_subjects": new.height,
        "converted": len(converted),
        "sent_back": len(sent_back),
        "kept_old": len(kept_old),
        "unchanged": diff.counts.get("figures_unchanged", 0),
    }
    return Resolution(observations, new, sent_back, kept_old, counts)


def _wanted(
    diff: Diff,
    rows_out: list[int],
    cells_out: Sequence[tuple[int | None, int | None]],
    converted: Sequence[tuple[int | None, int | None]],
) -> pl.DataFrame:
    """The figures to record, with `value` = what counts after conversion and `convert` = whether it was
    converted.
    """
    schema = {"row": pl.UInt32, "column": pl.UInt16}
    left = pl.DataFrame(cells_out, schema=schema, orient="row").lazy()
    turned = pl.DataFrame(converted, schema=schema, orient="row").lazy().with_columns(convert=pl.lit(True))
    return (
        diff.cells.filter((pl.col("judgement") != "unchanged") & ~pl.col("row").is_in(rows_out))
        .join(left, on=["row", "column"], how="anti")
        .join(turned, on=["row", "column"], how="left")
        .with_columns(pl.col("convert").fill_null(False))
        .with_columns(value=pl.when("convert").then("converted").otherwise("new"))
        .join(diff.rows.select("row", "subject"), on="row", how="inner")
        .sort("row", "column")
        .collect()
    )


def _observations(diff: Diff, cells: pl.DataFrame) -> pl.DataFrame:
    slips = {
        column.number: [group for group in diff.slips if group.column == column.number]
        for column in diff.columns
    }
    parts = [
        _of_column(column, cells.filter(pl.col("column") == column.number), slips[column.number])
        for column in diff.columns
    ]
    kept = [part for part in parts if part.height]
    if not kept:
        return _of_column(diff.columns[0], cells.clear(), []) if diff.columns else pl.DataFrame()
    return pl.concat(kept).sort("row", maintain_order=True)


def _of_column(column: DraftColumn, cells: pl.DataFrame, slips: list[SlipGroup]) -> pl.DataFrame:
    written = as_written(pl.col("new"), column) if column.dimension else pl.col("new_text")
    note = pl.lit("")
    for group in slips:
        said = pl.format(f"原表写 {{}}，核对后按{group.meant}换算", written)
        note = pl.when(pl.col("convert") & (pl.col("power") == group.power)).then(said).otherwise(note)
    return cells.select(
        "row",
        cell=pl.lit(column.letters) + pl.col("row").cast(pl.String),
        subject="subject",
        metric=pl.lit(column.metric),
        period=pl.lit(column.period),
        figure=pl.lit(column.figure),
        of=pl.lit(column.of),
        number="value",
        text="new_text",
        unit=pl.lit(column.unit),
        written=written,
        note=note,
    )


def as_written(number: pl.Expr, column: DraftColumn) -> pl.Expr:
    """Storage integers as the digits of the sheet with the unit, a whole column at once: 7 125 500 →
    7.1255万元.

    Missing: empty for a unit that is no power of ten of what is stored, such as 亩.
    """
    held = unit(column.unit or "1")
    grain = held.factor * 10**held.dimension.scale
    digits = len(str(grain.numerator)) - 1
    symbol = "" if held.symbol == "1" else held.symbol
    if grain.denominator != 1 or grain != 10**digits:
        return pl.lit("")
    sign = pl.when(number < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    whole, rest = number.abs() // 10**digits, number.abs() % 10**digits
    decimals = (
        (pl.lit(".") + rest.cast(pl.String).str.zfill(digits))
        .str.strip_chars_end("0")
        .str.strip_chars_end(".")
    )
    return pl.concat_str([sign, whole.cast(pl.String), decimals if digits else pl.lit(""), pl.lit(symbol)])
