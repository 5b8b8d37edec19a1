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

_ABOUT = ("letters", "metric", "period", "figure", "of", "unit")


class Undecided(IngestError):
    """Lines of the review still need a decision (还有没处理的)."""

    code = "undecided"


@dataclass(frozen=True)
class Resolution:
    """What is to be recorded, and what is not.

    Shapes: `cells` (row, column, number at storage scale of the metric, text, new, convert, power), sorted
    by row, kept narrow because there may be millions; `described` says the rest of any part of them.
    `subjects` (row, subject); `new_subjects` (subject, name, uscc).
    """

    cells: pl.DataFrame
    columns: tuple[DraftColumn, ...]
    slips: tuple[SlipGroup, ...]
    subjects: pl.DataFrame
    new_subjects: pl.DataFrame
    sent_back: tuple[Line, ...] = ()
    kept_old: tuple[Line, ...] = ()
    counts: Dictionary[str, int] = field(default_factory=dict)

    @property
    def observations(self) -> pl.DataFrame:
        """All cells, described, with what stood in the sheet."""
        return self.described(self.cells, every=True)

    def described(self, cells: pl.DataFrame, *, every: bool = False) -> pl.DataFrame:
        """Cells with what they are about: cell, subject, metric, period, figure, of, unit, written, note.

        `written` is what stood in the sheet: of a converted figure, or of `every` one; number and unit say
        it of the others.
        """
        about = pl.DataFrame(
            [(c.number, c.letters, c.metric, c.period, c.figure, c.of, c.unit) for c in self.columns],
            schema={"column": pl.UInt16} | dict.fromkeys(_ABOUT, pl.String),
            orient="row",
        )
        worded = cells if every else cells.filter("convert")
        written, note = _wording(self.slips, self.columns, worded["column"].unique().to_list())
        if not every:
            written = pl.when("convert").then(written).otherwise(pl.lit(""))
        return (
            cells.join(about, on="column", how="left", maintain_order="left")
            .join(self.subjects, on="row", how="left", maintain_order="left")
            .with_columns(cell=pl.col("letters") + pl.col("row").cast(pl.String), written=written, note=note)
            .drop("letters", "new", "convert", "power")
        )


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
    new = (
        diff.rows.filter(pl.col("new") & (pl.col("state") != "error") & ~pl.col("row").is_in(rows_out))
        .select("subject", "name", "uscc")
        .unique(maintain_order=True)
        .collect()
    )
    sent_back = tuple(line for line, decision in decided if decision == "send_back")
    kept_old = tuple(line for line, decision in decided if decision == "keep_old")
    counts = {
        "observations": cells.height,
        "new_subjects": new.height,
        "converted": len(converted),
        "sent_back": len(sent_back),
        "kept_old": len(kept_old),
        "unchanged": diff.counts.get("figures_unchanged", 0),
    }
    subjects = diff.rows.select("row", "subject").collect()
    return Resolution(cells, diff.columns, diff.slips, subjects, new, sent_back, kept_old, counts)


def _wanted(
    diff: Diff,
    rows_out: list[int],
    cells_out: Sequence[tuple[int | None, int | None]],
    converted: Sequence[tuple[int | None, int | None]],
) -> pl.DataFrame:
    """The figures to record, with `number` = what counts after conversion, `convert` = whether it was."""
    schema = {"row": pl.UInt32, "column": pl.UInt16}
    cells = diff.cells.filter(pl.col("judgement") != "unchanged")
    if rows_out:
        cells = cells.filter(~pl.col("row").is_in(rows_out))
    if cells_out:
        left = pl.DataFrame(cells_out, schema=schema, orient="row").lazy()
        cells = cells.join(left, on=["row", "column"], how="anti")
    if converted:
        turned = pl.DataFrame(converted, schema=schema, orient="row").lazy()
        cells = cells.join(turned.with_columns(convert=pl.lit(True)), on=["row", "column"], how="left")
        cells = cells.with_columns(pl.col("convert").fill_null(False))
    else:
        cells = cells.with_columns(convert=pl.lit(False))
    number = pl.when("convert").then("converted").otherwise("new")
    return (
        cells.select("row", "column", "new", "convert", "power", number=number, text="new_text")
        .sort("row", "column")
        .collect()
    )


def _wording(
    slips: Sequence[SlipGroup], columns: Sequence[DraftColumn], numbers: Sequence[int]
) -> tuple[pl.Expr, pl.Expr]:
    """What stood in these columns, and the note that says how it was converted."""
    written: pl.Expr = pl.lit("")
    note: pl.Expr = pl.lit("")
    for number in numbers:
        column, here = columns[number], pl.col("column") == number
        stood = as_written(pl.col("new"), column) if column.dimension else pl.col("text")
        for group in slips:
            if group.column == number:
                said = pl.format(f"原表写 {{}}，核对后按{group.meant}换算", stood)
                note = (
                    pl.when(here & pl.col("convert") & (pl.col("power") == group.power))
                    .then(said)
                    .otherwise(note)
                )
        written = pl.when(here).then(stood).otherwise(written)
    return written, note


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
