"""What leaves the house as a table (导出): which columns, which notes, and the source of every figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

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
from gaoxin.web.pages.figures import FigureView
from gaoxin.web.pages.provenance import day
from gaoxin.web.pages.scope import language
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
    stem = re.sub(r"[^0-9A-Za-z\u4e00-\u9fff]+", "-", title).strip("-")
    name = f"{_('合成数据-') if synthetic else ''}{stem}-{date.today():%Y%m%d}.xlsx"
    response = HttpResponse(data, content_type=XLSX)
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
    figure = view.figure
    value = figure.standing
    comment = source_note(figure)
    if (
        value is None
        or value.op != "="
        or value.number is None
        or value.is_fraction
        or value.dimension is None
    ):
        return Cell(view.text, comment=comment)
    held = shown_unit(unit or figure.unit, value.dimension) if unit or figure.unit else unit_named("1")
    number = from_storage(value.number, held)
    exponent = number.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    if value.step:
        step = from_storage(value.step, held).normalize().as_tuple().exponent
        decimals = max(decimals, -step) if isinstance(step, int) else decimals
    return Cell(number=number, decimals=min(decimals, 6), comment=comment)


def source_note(figure: Figure) -> str:
    """Document, place, wording, firmness, hand and day: what the card says, in one comment."""
    lines = []
    for said in (figure, *figure.others):
        place = names.locator_of(said.ref, said.locator)
        title = names.source_title(said.source_id, said.source_title)
        lines.append(
            _("来源：%s") % f"{witness(title, witnessed=said.witnessed, lang=language())} {place}".strip()
        )
        if said.written:
            lines.append(_("原文写作：%s") % said.written)
    lines.append(_("时期：%s") % names.period_name(figure.period))
    doubt = period_doubt(figure.period_confidence, derived=figure.status == "derived", lang=language())
    if doubt:
        lines.append(doubt)
    lines.append(_("性质：%s") % names.status_name(figure.status))
    lines.append(_("录入：%s") % f"{figure.recorded_by} {day(figure.recorded_at)}")
    if figure.versions:
        lines.append(_("更正过 %d 次") % len(figure.versions))
    if figure.is_conflict:
        lines.append(_("来源不一致，待裁定"))
    return "\n".join(lines)
