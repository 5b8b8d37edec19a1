"""Workbooks, tables and a small catalogue of metrics for the tests of the ingest; every file is really
built.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from gaoxin.core.identifiers import uscc_check_digit
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.draft import Draft, draft
from gaoxin.facts.ingest.headers import map_headers
from gaoxin.facts.ingest.identity import KnownSubject, KnownSubjects
from gaoxin.facts.ingest.inspection.limits import SheetFacts
from gaoxin.facts.ingest.workbook import Cell, Table
from gaoxin.packs.library import Library, open_library

METRICS = """\
kind: metrics
metrics:
  - {id: revenue, zh: 营业收入, en: Revenue, aliases: [营收], unit: 万元, period_type: flow_year,
  aggregation: sum,
     subjects: [enterprise], value_type: money}
  - {id: net_profit, zh: 净利润, en: Net profit, unit: 万元, period_type: flow_year, aggregation: sum,
     subjects: [enterprise], value_type: money}
  - {id: rd_book, zh: 研发费用（会计口径）, en: R&D in the books, aliases: [研发费用], unit: 万元,
  period_type: flow_year,
     aggregation: sum, subjects: [enterprise], value_type: money}
  - {id: rd_tax, zh: 研发费用（加计扣除口径）, en: R&D for tax, aliases: [研发费用], unit: 万元, period_type:
  flow_year,
     aggregation: sum, subjects: [enterprise], value_type: money}
  - {id: exports, zh: 出口, en: Exports, unit: 万元, period_type: flow_year, aggregation: sum,
     subjects: [enterprise], value_type: money, within: revenue}
  - {id: staff, zh: 期末职工人数, en: Staff, unit: 人, period_type: stock_at_date, aggregation: sum,
     subjects: [enterprise], value_type: number}
  - {id: export_share, zh: 出口占比, en: Export share, unit: "%", period_type: flow_year,
     subjects: [enterprise], value_type: ratio}
  - {id: est_date, zh: 成立日期, en: Founded, period_type: date, subjects: [enterprise], value_type: date}
  - {id: listed, zh: 是否上市, en: Listed, period_type: category, subjects: [enterprise], value_type: boolean}
  - {id: field, zh: 技术领域, en: Field, period_type: category, subjects: [enterprise], value_type: code,
     choices: {new_materials: 新材料, bio_medicine: 生物医药}}
  - {id: land, zh: 占地面积, en: Land, unit: 亩, period_type: stock_at_date, subjects: [enterprise],
  value_type: number}
  - {id: uscc, zh: 统一社会信用代码, en: Credit code, aliases: [税号], period_type: category, subjects:
  [enterprise],
     value_type: code}
  - {id: gdp, zh: 地区生产总值, en: GDP, aliases: [GDP], unit: 亿元, period_type: flow_year, subjects: [zone,
  region],
     value_type: money}
  - {id: zone_firms, zh: 高新技术企业数, en: High-tech enterprises, unit: 家, period_type: stock_year_end,
     subjects: [zone, region], value_type: number}
"""


def a_library(folder: Path) -> Library:
    """A catalogue of metrics of every type of value."""
    home = folder / "small"
    home.mkdir()
    (home / "pack.yaml").write_text(
        'kind: pack\nid: small\nzh: 小包\nen: Small\nversion: "2026.11"\ndepends: []\nzone: null\n',
        encoding="utf-8",
    )
    (home / "metrics.yaml").write_text(METRICS, encoding="utf-8")
    return open_library([home])


def a_code(number: int) -> str:
    """A credit code with a valid check digit: body 9199…, serial number."""
    first = f"91990100MA{number:07d}"
    return first + uscc_check_digit(first)


def known(*names: str) -> KnownSubjects:
    """Subjects the ledger has: the first has serial number 1, and so on."""
    return KnownSubjects.of(
        KnownSubject(f"enterprise/{a_code(number)}", name, a_code(number))
        for number, name in enumerate(names, start=1)
    )


def a_workbook(
    *sheets: Sequence[Sequence[Any]],
    names: Sequence[str] = (),
    hidden: Sequence[str] = (),
    merged: Sequence[tuple[str, str]] = (),
    percent: Sequence[str] = (),
    edit: Callable[[Any, Any], None] | None = None,
) -> bytes:
    """An .xlsx; a text that begins with = is written as a formula without a result unless it is a pair
    (formula, result).
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_numbers": False, "strings_to_urls": False}
    )
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    share = book.add_format({"num_format": "0.00%"})
    for number, rows in enumerate(sheets):
        name = names[number] if number < len(names) else f"表{number + 1}"
        sheet = book.add_worksheet(name)
        for place, text in merged:
            sheet.merge_range(place, text)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, tuple):
                    sheet.write_formula(row, column, cell[0], None, cell[1])
                elif isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(row, column, cell, None, "")
                elif hasattr(cell, "year"):
                    sheet.write_datetime(row, column, cell, day)
                elif f"{xlsxwriter.utility.xl_rowcol_to_cell(row, column)}" in percent:
                    sheet.write_number(row, column, cell, share)
                elif isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                else:
                    sheet.write(row, column, cell)
        if name in hidden:
            sheet.hide()
        if edit is not None:
            edit(book, sheet)
    if sheets and names and names[0] in hidden:
        book.worksheets()[1].activate()
    book.close()
    return out.getvalue()


def rezipped(source: bytes, **changes: bytes | None) -> bytes:
    """The archive with parts replaced, added (bytes) or left out (None); `/` and `.` of part names as `__`
    and `_dot_`.
    """
    named = {name.replace("__", "/").replace("_dot_", "."): data for name, data in changes.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in named:
                new.writestr(entry.filename, old.read(entry.filename))
        for name, data in named.items():
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()


def a_table(
    *rows: Sequence[Cell], percent: Mapping[int, frozenset[int]] | None = None, file: str = "表.xlsx"
) -> Table:
    """A table without a file; short rows are filled up with empty cells."""
    width = max(len(row) for row in rows)
    full = [[*row, *([""] * (width - len(row)))] for row in rows]
    facts = SheetFacts(len(full), width, {}, dict(percent or {}))
    return Table(file, "表1", full, (), facts, ("表1",), "0" * 64, "zip")


def a_draft(
    library: Library,
    *rows: Sequence[Cell],
    period: str = "2026-01/2026-09",
    subjects: KnownSubjects | None = None,
    **more: Any,
) -> Draft:
    """The draft of a table whose first row is its header."""
    table = a_table(*rows, **more)
    return draft(
        table, map_headers(table, library, "enterprise", Period.parse(period)), library, subjects or known()
    )


def numbers(held: Draft, metric: str) -> dict[int, int | None]:
    """Sheet row → number at storage scale of one metric."""
    wanted = [column.number for column in held.columns if column.metric == metric]
    return dict(held.cells.filter(pl.col("column").is_in(wanted)).select("row", "number").iter_rows())


def texts(held: Draft, metric: str) -> dict[int, str | None]:
    wanted = [column.number for column in held.columns if column.metric == metric]
    return dict(held.cells.filter(pl.col("column").is_in(wanted)).select("row", "text").iter_rows())


def problems(held: Draft) -> list[tuple[str, str]]:
    """(cell, code) of every problem."""
    return [(problem.cell, problem.code) for problem in held.problems]


def stored(*values: tuple[str, str, str, int | str]) -> pl.DataFrame:
    """Standing values: (subject, metric, period, number at storage scale or text)."""
    lines = [
        (
            subject,
            metric,
            period,
            value if isinstance(value, int) else None,
            value if isinstance(value, str) else None,
        )
        for subject, metric, period, value in values
    ]
    schema = {
        "subject": pl.String,
        "metric": pl.String,
        "period": pl.String,
        "number": pl.Int64,
        "text": pl.String,
    }
    return pl.DataFrame(lines, schema=schema, orient="row")
