"""Does the sheet agree with itself, and is it the right sheet (表内表间核对)?

Three things that no single figure shows: a part larger than its whole (主营业务收入 > 营业收入), a sheet that
says another period than the person did, and last month's sheet handed in again under a new title. Nothing
is corrected; each becomes a line that a person has to decide.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from gaoxin.core.periods import Period
from gaoxin.core.quantities import format_number, from_storage
from gaoxin.facts.ingest.draft import DraftColumn
from gaoxin.facts.ingest.header_rows import as_text
from gaoxin.facts.ingest.header_text import period_in
from gaoxin.facts.ingest.lines import Line
from gaoxin.facts.ingest.mapping import Mapping
from gaoxin.facts.ingest.workbook import Table

_REPORTED = ("year", "half", "quarter", "month", "year_to_date")
_FEWEST = 3
_SETTLED = ("unchanged", "unit_slip")


def parts_above_wholes(cells: pl.DataFrame, columns: Sequence[DraftColumn]) -> pl.DataFrame:
    """The cells with judgement `part` where a part is larger than the whole beside it.

    Left alone: suspected slips, which are decided first, and pairs that are stored like this already.
    """
    for part, whole in _pairs(columns):
        mine = cells.filter(pl.col("column") == part.number)
        other = cells.filter(pl.col("column") == whole.number)
        both = mine.join(other, on="row", how="inner", suffix="_whole").filter(
            (pl.col("new") > pl.col("new_whole"))
            & (pl.col("judgement") != "unit_slip")
            & (pl.col("judgement_whole") != "unit_slip")
            & ~((pl.col("judgement") == "unchanged") & (pl.col("judgement_whole") == "unchanged"))
        )
        if both.is_empty():
            continue
        here = (pl.col("column") == part.number) & pl.col("row").is_in(both["row"].to_list())
        kind = cells.schema["judgement"]
        cells = cells.with_columns(
            judgement=pl.when(here).then(pl.lit("part", kind)).otherwise(pl.col("judgement"))
        )
    return cells


def part_words(cells: pl.DataFrame, columns: Sequence[DraftColumn]) -> dict[tuple[int, int], tuple[str, str]]:
    """(row, column) of each part that is larger than its whole → the two numbers in a sentence."""
    said: dict[tuple[int, int], tuple[str, str]] = {}
    for part, whole in _pairs(columns):
        mine = cells.filter((pl.col("column") == part.number) & (pl.col("judgement") == "part"))
        other = cells.filter(pl.col("column") == whole.number).select("row", whole="new")
        for row, new, held in mine.join(other, on="row").select("row", "new", "whole").iter_rows():
            one, two = _amount(new, part), _amount(held, whole)
            said[row, part.number] = (
                f"{part.metric_zh} {one} 大于 {whole.metric_zh} {two}",
                f"{part.metric} {one} is larger than {whole.metric} {two}",
            )
    return said


def handed_in_again(cells: pl.DataFrame, columns: Sequence[DraftColumn]) -> Line | None:
    """The sheet of an earlier period once more: most rows have every flow exactly as it was then."""
    codes = [(column.number, column.period) for column in columns if column.cumulates]
    flows = pl.DataFrame(codes, schema={"column": pl.UInt16, "period": pl.String}, orient="row")
    base = pl.col("base_period").cast(pl.String)
    held = (
        cells.join(flows, on="column")
        .filter(base.is_not_null() & (base != pl.col("period")) & (pl.col("new") != 0))
        .group_by("row")
        .agg(same=(pl.col("new") == pl.col("against")).all(), base=base.first())
    )
    again = held.filter("same")
    if held.height < _FEWEST or again.height * 2 < held.height:
        return None
    period = Period.parse(again["base"].mode().sort()[0])
    return _sheet(
        "again",
        f"{again.height} 家（共 {held.height} 家可比）的数和 {period.label('zh')}一个不差，"
        "是不是交错了表？确实没有发生额才接受",
        f"{again.height} of {held.height} rows repeat {period.label('en')} to the last digit; is this the "
        "right file?",
    )


def period_doubt(table: Table, mapping: Mapping) -> Line | None:
    """The sheet says one period, the import was told another."""
    if mapping.period is None:
        return None
    told = Period.parse(mapping.period)
    lines = [as_text(cell) for row in table.rows[: mapping.header_top] for cell in row if cell != ""]
    title = next((found for line in lines if (found := _reported(line)) is not None), None)
    name = _reported(table.file)
    if title is not None and title != told:
        where_zh, where_en, said = "表题", "the title", title
    elif title is None and name is not None and name.end != told.end:
        where_zh, where_en, said = "文件名", "the file name", name
    else:
        return None
    return _sheet(
        "period",
        f"{where_zh}写的是 {said.label('zh')}，这次按 {told.label('zh')}入库。不对就回去改报告期",
        f"{where_en} says {said.label('en')}, the import is for {told.label('en')}; go back to change it",
    )


def _pairs(columns: Sequence[DraftColumn]) -> list[tuple[DraftColumn, DraftColumn]]:
    """Each column whose whole stands in the sheet too, for the same period."""
    levels = {
        (column.metric, column.period, column.of): column
        for column in columns
        if column.figure == "level" and column.dimension
    }
    return [
        (column, whole)
        for (_, period, of), column in levels.items()
        if (whole := levels.get((column.within, period, of))) is not None
        and whole.dimension == column.dimension
    ]


def _reported(text: str) -> Period | None:
    """The period a title speaks of; the day a form was filled in is none."""
    found = period_in(text)
    return found if found is not None and found.form in _REPORTED else None


def _amount(stored: int, column: DraftColumn) -> str:
    return format_number(from_storage(stored, column.unit or "1"), column.unit or "1")


def _sheet(name: str, zh: str, en: str) -> Line:
    return Line(f"sheet:{name}", "sheet", None, "", "", "", metric_zh="整张表", zh=zh, en=en)
