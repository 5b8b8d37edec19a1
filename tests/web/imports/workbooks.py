"""Small returns of enterprises, as a zone receives them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from gaoxin.web.accounts.models import User
from gaoxin.web.imports import services, work
from gaoxin.web.imports.models import ImportRun
from gaoxin.web.ledger import models
from tests.web.builders import a_statistician, a_uscc, zone

HEADERS = ("企业名称", "统一社会信用代码", "2024年营业收入（万元）", "2024年从业人员期末人数")


def a_firm(name: str, revenue: Any = 1200, staff: Any = 35, uscc: str | None = None) -> dict[str, Any]:
    return {"name": name, "uscc": uscc or a_uscc(), "revenue": revenue, "staff": staff}


def a_return(firms: Sequence[Mapping[str, Any]], headers: Sequence[str] = HEADERS) -> bytes:
    """A workbook with one row for each firm."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("企业年报")
    sheet.write_row(0, 0, headers)
    for row, firm in enumerate(firms, start=1):
        sheet.write_row(row, 0, [firm["name"], firm["uscc"], firm["revenue"], firm["staff"]])
    book.close()
    return out.getvalue()


def uploaded(
    data: bytes, by: User | None = None, name: str = "年报.xlsx", slug: str = "weifang", **more: Any
) -> ImportRun:
    """The file in the hands of the worker."""
    place = more.pop("zone", None) or zone(slug)
    clerk = by or a_statistician((slug,))
    return services.upload(by=clerk, zone=place, file_name=name, chunks=[data], **more).run


def at_work(run: ImportRun) -> ImportRun:
    """The worker does the step that the run waits for."""
    assert work.work_once("test-worker", only=run)
    run.refresh_from_db()
    return run


def checked(data: bytes, by: User | None = None, **more: Any) -> ImportRun:
    """Read, columns matched by themselves, compared with the ledger."""
    run = at_work(uploaded(data, by, **more))
    assert not run.questions, run.questions
    services.start_check(by=run.by, run_id=run.pk)
    return at_work(run)


def accepted(data: bytes, by: User | None = None, decide: str = "accept", **more: Any) -> ImportRun:
    """All the way into the ledger; lines that need a decision get this one."""
    run = checked(data, by, **more)
    decide_all(run, decide)
    services.start_accept(by=run.by, run_id=run.pk)
    return at_work(run)


def decide_all(run: ImportRun, decision: str) -> None:
    open_lines = services.lines_open(by=run.by, run_id=run.pk)
    services.decide(by=run.by, run_id=run.pk, decisions=dict.fromkeys(open_lines, decision))
    run.refresh_from_db()


def recorded(run: ImportRun) -> list[models.Observation]:
    return list(models.Observation.objects.filter(batch=run.batch_id).order_by("subject_id", "metric_id"))
