"""The monthly return of the practice zone as a workbook with planted mistakes (规上企业月报，演示用).

Everything a clerk meets in a bad month is in it: an amount in 元 among amounts in 万元, figures that jump,
a wrong check digit, a number in words, an enterprise that did not report, new ones, a total and notes
below. Which mistake stands where is returned with the file, for tests and for the tour.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from random import Random
from typing import Any

import polars as pl
import xlsxwriter

from gaoxin.core.errors import FactError
from gaoxin.core.quantities import from_storage, unit
from gaoxin.core.spreadsheets import XLSX_OPTIONS
from gaoxin.facts.sandbox.population import Sandbox
from gaoxin.packs.library import Library

SHEET = "规上企业月报"
_FIRST_ROW = 4
_STAFF = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted mistake: unit_slip | jump | uscc | number | gone; where (第 18 行, C18) and about whom."""

    kind: str
    row: int | None
    cell: str
    subject: str
    metric: str = ""


@dataclass(frozen=True, slots=True)
class DemoWorkbook:
    """The file, the name it is uploaded under, and what is wrong in it."""

    data: bytes
    name: str
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Line:
    subject: str
    uscc: str
    name: str
    values: dict[str, Any]
    late: bool
    fault: str = ""
    metric: str = ""


def demo_workbook(sandbox: Sandbox, library: Library, *, faults: bool = True, slips: int = 4) -> DemoWorkbook:
    """The return of `sandbox.month`; the same for the same population.

    Raises: FactError for a population too small to report monthly.
    """
    lines, metrics = _lines(sandbox, library)
    gone = _plant(lines, sandbox.seed, slips) if faults else None
    written = [line for line in lines if line is not gone]
    data = _write(written, metrics, sandbox, library)
    planted = [
        _fault(line, number, metrics)
        for number, line in enumerate(written, start=_FIRST_ROW + 1)
        if line.fault
    ]
    if gone is not None:
        planted.append(Fault("gone", None, "", gone.subject))
    name = f"规上企业月报-{sandbox.month.year}年{sandbox.month.end.month}月.xlsx"
    return DemoWorkbook(data, name, tuple(planted))


def _lines(sandbox: Sandbox, library: Library) -> tuple[list[_Line], list[str]]:
    """One line per reporting enterprise, known ones in the order of the ledger, newcomers last; and the
    columns.
    """
    metrics = sandbox.report["metric"].unique(maintain_order=True).to_list()
    order = [
        metric for spec in library.populations.values() if spec.monthly for metric in spec.monthly.metrics
    ]
    metrics.sort(key=order.index)
    units = {metric: library.metrics[metric].unit or "1" for metric in metrics}
    people = pl.concat([sandbox.subjects, sandbox.newcomers])
    known = set(sandbox.subjects["code"])
    months = sandbox.report["period"].unique()
    sent = set(sandbox.observations.filter(pl.col("period").is_in(months.implode()))["subject"])
    values: dict[str, dict[str, Any]] = {}
    for subject, metric, number in sandbox.report.select("subject", "metric", "number").iter_rows():
        values.setdefault(subject, {})[metric] = float(from_storage(number, units[metric]))
    lines = [
        _Line(code, uscc, name, values[code], late=code not in sent and code in known)
        for code, uscc, name in people.select("code", "uscc", "name").iter_rows()
        if code in values
    ]
    return lines, metrics


def _plant(lines: list[_Line], seed: int, slips: int) -> _Line:
    """Mark and spoil lines of enterprises whose month is not stored yet; returns the one that is left out."""
    rng = Random(f"{seed}/faults")
    wanted = {"revenue", "rd_book", "staff_year_end"}
    late = [line for line in lines if line.late and wanted <= line.values.keys()]
    large = [line for line in late if line.values["staff_year_end"] >= _STAFF and line.values["rd_book"] > 0]
    if len(large) < slips + 5:
        raise FactError(
            "演练区的企业太少，埋不下月报里的错，请至少生成 1500 家。",
            "The population is too small to plant mistakes in its return; draw 1,500 or more.",
            candidates=len(large),
        )
    chosen = rng.sample(large, slips + 5)
    for line in chosen[:slips]:
        line.fault, line.metric = "unit_slip", "revenue"
        line.values["revenue"] = round(line.values["revenue"] * 10_000)
    up, down, digit, words, gone = chosen[slips:]
    up.fault, up.metric = "jump", "rd_book"
    up.values["rd_book"] = round(up.values["rd_book"] * 1.62, 2)
    down.fault, down.metric = "jump", "staff_year_end"
    down.values["staff_year_end"] = max(1, round(down.values["staff_year_end"] * 0.42))
    digit.fault = "uscc"
    digit.uscc = digit.uscc[:-1] + ("1" if digit.uscc[-1] != "1" else "2")
    words.fault, words.metric = "number", "revenue"
    words.values["revenue"] = "约9千"
    return gone


def _fault(line: _Line, row: int, metrics: list[str]) -> Fault:
    column = 0 if not line.metric else metrics.index(line.metric) + 2
    return Fault(line.fault, row, f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[column]}{row}", line.subject, line.metric)


def _write(lines: list[_Line], metrics: list[str], sandbox: Sandbox, library: Library) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **XLSX_OPTIONS})
    sheet = book.add_worksheet(SHEET)
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter", "bg_color": "#EEF1F4"}
    )
    number = book.add_format({"num_format": "#,##0.00"})
    whole = book.add_format({"num_format": "#,##0"})
    zone = library.subjects[sandbox.zone].zh if sandbox.zone in library.subjects else sandbox.zone
    sheet.write(0, 0, f"{zone}{SHEET}（合成数据，仅供演练）", title)
    sheet.write(1, 0, f"报告期：{sandbox.month.label('zh')}")
    sheet.write(2, 0, "填报单位：演练统计站")
    headers = [
        "统一社会信用代码",
        "企业名称",
        *(f"{library.metrics[metric].zh}（{library.metrics[metric].unit}）" for metric in metrics),
    ]
    for column, text in enumerate(headers):
        sheet.write(_FIRST_ROW - 1, column, text, head)
    sheet.set_row(_FIRST_ROW - 1, 40)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, len(headers) - 1, 14)
    sheet.freeze_panes(_FIRST_ROW, 2)
    formats = [
        whole if unit(library.metrics[metric].unit or "1").factor == 1 else number for metric in metrics
    ]
    for row, line in enumerate(lines, start=_FIRST_ROW):
        sheet.write_string(row, 0, line.uscc)
        sheet.write_string(row, 1, line.name)
        for column, metric in enumerate(metrics):
            value = line.values.get(metric)
            if isinstance(value, str):
                sheet.write_string(row, column + 2, value)
            elif value is not None:
                sheet.write_number(row, column + 2, value, formats[column])
    last = _FIRST_ROW + len(lines)
    sheet.write(last, 0, "合计", head)
    for column, metric in enumerate(metrics):
        total = sum(value for line in lines if isinstance(value := line.values.get(metric), int | float))
        sheet.write_number(last, column + 2, round(total, 2), formats[column])
    sheet.write(last + 1, 0, "注：本表为演练数据，企业均为虚构，不得对外引用。")
    sheet.write(last + 2, 0, "填表人：演练员")
    book.close()
    return out.getvalue()
