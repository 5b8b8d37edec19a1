"""The review page, one page at a time (核对页).

Groups as on the page: what needs a decision, normal changes, unchanged rows. A new enterprise is one line,
an unchanged row is one line, a changed figure is one line. A stored diff of two million figures is never
read as a whole.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import polars as pl

from gaoxin.facts.ingest.diff import Diff, figure_lines
from gaoxin.facts.ingest.lines import Line
from gaoxin.packs.matching import normalise

Group = Literal["attention", "normal", "unchanged"]


def page(
    diff: Diff,
    group: Group,
    *,
    after: int = 0,
    limit: int = 50,
    search: str = "",
    subjects: Collection[str] | None = None,
) -> list[Line]:
    """Lines `after` … `after + limit` of a group.

    `search`: part of a name, a credit code, or a row number (第 18 行, 18). `subjects`: codes the caller
    found itself, e.g. by pinyin initials.
    """
    if group == "attention":
        found = [line for line in diff.attention if _fits(line, search, subjects)]
        return found[after : after + limit]
    rows = _searched(diff.rows, search, subjects)
    if group == "unchanged":
        wanted = rows.filter(pl.col("judgement") == "unchanged").slice(after, limit).collect()
        return [_row_line(row, diff) for row in wanted.iter_rows(named=True)]
    new = rows.filter(pl.col("judgement") == "new").select("row", column=pl.lit(None, pl.UInt16))
    single = (
        diff.cells.filter(pl.col("judgement").is_in(["new", "changed"]))
        .join(rows.filter(pl.col("judgement") != "new"), on="row", how="semi")
        .select("row", "column")
    )
    wanted = pl.concat([new, single]).sort("row", "column").slice(after, limit).collect()
    return _lines(diff, wanted)


def count(diff: Diff, group: Group) -> int:
    """How many lines a group has."""
    if group == "attention":
        return len(diff.attention)
    if group == "unchanged":
        return diff.counts["rows_unchanged"]
    new = diff.rows.filter(pl.col("judgement") == "new")
    single = diff.cells.filter(pl.col("judgement").is_in(["new", "changed"])).join(new, on="row", how="anti")
    return diff.counts["rows_new"] + int(single.select(pl.len()).collect().item())


def _lines(diff: Diff, wanted: pl.DataFrame) -> list[Line]:
    numbers = wanted["row"].unique().to_list()
    rows = diff.rows.filter(pl.col("row").is_in(numbers)).collect()
    cells = (
        diff.cells.filter(pl.col("row").is_in(numbers))
        .collect()
        .join(wanted.filter(pl.col("column").is_not_null()), on=["row", "column"], how="semi")
    )
    lines = figure_lines(cells, rows, diff.columns)
    lines += [_row_line(row, diff) for row in rows.filter(pl.col("judgement") == "new").iter_rows(named=True)]
    return sorted(lines, key=lambda line: (line.row or 0, -1 if line.column is None else line.column))


def _row_line(row: dict[str, object], diff: Diff) -> Line:
    return Line(
        f"R{row['row']}",
        str(row["judgement"]),
        int(str(row["row"])),
        "",
        str(row["subject"] or ""),
        str(row["name"] or ""),
        metric_zh="整行",
        period=diff.period or "",
        figures=int(str(row["figures"])),
    )


def _searched(rows: pl.LazyFrame, search: str, subjects: Collection[str] | None) -> pl.LazyFrame:
    text = normalise(search)
    if not text and subjects is None:
        return rows
    hit = pl.col("subject").is_in(list(subjects or ()))
    if text:
        digits = "".join(sign for sign in text if sign.isdecimal())
        hit = (
            hit
            | pl.col("name").str.contains(search.strip(), literal=True)
            | pl.col("uscc").str.contains(text.upper(), literal=True)
        )
        if digits and text.strip("第行0123456789") == "":
            hit = hit | (pl.col("row") == int(digits[:9]))
    return rows.filter(hit)


def _fits(line: Line, search: str, subjects: Collection[str] | None) -> bool:
    text = normalise(search)
    if not text and subjects is None:
        return True
    if subjects is not None and line.subject in subjects:
        return True
    digits = text.strip("第行")
    return bool(text) and (
        text in normalise(line.name)
        or text.upper() in line.subject
        or (digits.isdecimal() and line.row == int(digits[:9]))
    )
