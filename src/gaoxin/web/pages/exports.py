"""What leaves the house as a table (导出): which columns, which notes, and the source of every figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gaoxin.core.periods import Period
from gaoxin.core.quantities import from_storage
from gaoxin.core.quantities import unit as unit_named
from gaoxin.facts.rendering import shown_unit
from gaoxin.facts.wording import period_doubt, witness
from gaoxin.web.accounts.models import User
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.ledger.models import Subject
from gaoxin.web.ledger.moments import last_moment
from gaoxin.web.ledger.services import note_export
from gaoxin.web.pages import names
from gaoxin.web.pages.figures import FigureView, figure_view
from gaoxin.web.pages.provenance import day
from gaoxin.web.pages.report_table import Report
from gaoxin.web.pages.scope import language
from gaoxin.web.pages.word_documents import DOCX, word_document
from gaoxin.web.pages.workbooks import Cell, Column, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer(
    reader: User,
    *,
    what: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    filters: Sequence[str] = (),
    zone: Subject | None = None,
    synthetic: bool = False,
) -> HttpResponse:
    """The workbook as a download, after the audit row was written.

    `filters`: what was asked for, in words; printed above the table and kept in the audit.
    """
    body = list(rows)
    note_export(
        by=reader, what=what, rows=len(body), zone=zone, filters={"filter": list(filters), "title": title}
    )
    data = workbook(title=title, notes=_notes(filters), columns=columns, rows=body, synthetic=synthetic)
    return download(data, XLSX, title, "xlsx", synthetic)


def answer_word(
    reader: User, *, title: str, report: Report, filters: Sequence[str], zone: Subject
) -> HttpResponse:
    """A report table as a Word document, after the audit row was written."""
    asked = {"filter": list(filters), "title": title}
    note_export(by=reader, what="zone", rows=len(report.rows), zone=zone, filters=asked)
    lines = _notes(filters)[:-1]
    data = word_document(title=title, lines=lines, report=report, synthetic=zone.synthetic)
    return download(data, DOCX, title, "docx", zone.synthetic)


def download(data: bytes, kind: str, title: str, ending: str, synthetic: bool) -> HttpResponse:
    """A file of that media type, named after its title and the day; invented data says so in the name."""
    stem = re.sub(r"[^0-9A-Za-z\u4e00-\u9fff]+", "-", title).strip("-")
    name = f"{_('合成数据-') if synthetic else ''}{stem}-{date.today():%Y%m%d}.{ending}"
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _notes(filters: Sequence[str]) -> list[str]:
    last = last_moment()
    lines = [_("筛选：%s") % "；".join(filters)] if filters else []
    if last is not None:
        lines.append(_("数据截至 %s") % timezone.localtime(last).date().isoformat())
    lines.append(_("每个数的来源见单元格批注；界限、约数、区间和有分歧的数按文字导出，不能求和"))
    return lines


def text(content: str) -> Cell:
    return Cell(content)


def count(number: int) -> Cell:
    return Cell(number=Decimal(number))


def figure_cell(view: FigureView | None, unit: str = "") -> Cell:
    """A figure in the unit of its column: a number where it is exact as printed, else its words."""
    if view is None or view.missing or view.figure is None:
        return Cell(view.missing if view is not None else "")
    return _exact(view.figure, unit) or Cell(view.text, comment=source_note(view.figure))


def standing_cell(figure: Figure | None, unit: str) -> Cell:
    """The same for one of very many figures: what only a page shows is not worked out."""
    if figure is None:
        return Cell(_("未报"))
    exact = _exact(figure, unit)
    return exact or Cell(figure_view(figure, unit=unit or None).text, comment=source_note(figure))


def _exact(figure: Figure, unit: str) -> Cell | None:
    """A number with the printed decimals; None for what would be firmer as a number than it is."""
    value = figure.standing
    if (
        value is None
        or value.op != "="
        or value.number is None
        or value.is_fraction
        or value.dimension is None
    ):
        return None
    held = shown_unit(unit or figure.unit, value.dimension) if unit or figure.unit else unit_named("1")
    number = from_storage(value.number, held)
    decimals = _decimals(number)
    if value.step:
        decimals = max(decimals, _decimals(from_storage(value.step, held).normalize()))
    return Cell(number=number, decimals=min(decimals, 6), comment=source_note(figure))


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def source_note(figure: Figure) -> str:
    """Document, place, wording, firmness, hand and day: what the card says, in one comment."""
    spoken = language()
    lines = []
    for said in (figure, *figure.others):
        place = names.locator_of(said.ref, said.locator)
        title = _title(spoken, said.source_id, said.source_title, said.witnessed)
        lines.append(_label(spoken, "来源：%s") % f"{title} {place}".strip())
        if said.written:
            lines.append(_label(spoken, "原文写作：%s") % said.written)
    lines.append(_when_and_what(spoken, figure.period, figure.period_confidence, figure.status))
    lines.append(_label(spoken, "录入：%s") % f"{figure.recorded_by} {day(figure.recorded_at)}")
    if figure.versions:
        lines.append(_("更正过 %d 次") % len(figure.versions))
    if figure.is_conflict:
        lines.append(_("来源不一致，待裁定"))
    return "\n".join(lines)


# A list of enterprises says the same few words a hundred thousand times; kept by language.


@lru_cache(maxsize=64)
def _label(spoken: str, words: str) -> str:
    known = {
        "来源：%s": _("来源：%s"),
        "原文写作：%s": _("原文写作：%s"),
        "录入：%s": _("录入：%s"),
    }
    return known[words]


@lru_cache(maxsize=1024)
def _title(spoken: str, code: str, title: str, witnessed: bool) -> str:
    return witness(names.source_title(code, title), witnessed=witnessed, lang=spoken)


@lru_cache(maxsize=1024)
def _when_and_what(spoken: str, period: Period, confidence: str, status: str) -> str:
    lines = [_("时期：%s") % names.period_name(period)]
    if doubt := period_doubt(confidence, derived=status == "derived", lang=spoken):
        lines.append(doubt)
    return "\n".join([*lines, _("性质：%s") % names.status_name(status)])
