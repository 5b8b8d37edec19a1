"""The three long steps of an import, done by the worker: read, check, accept (读表、核对、入库).

Each begins from what is on disk and in the row, and ends with one transaction that writes its result and
the new state together, if the worker still holds the run. A worker killed in between leaves nothing behind
but files that the next one writes again.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict

from django.db import transaction

from gaoxin.core.errors import IngestError
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.annotate import annotate
from gaoxin.facts.ingest.consistency import period_doubt
from gaoxin.facts.ingest.decisions import resolve
from gaoxin.facts.ingest.diff import Diff, diff
from gaoxin.facts.ingest.draft import Draft, draft
from gaoxin.facts.ingest.headers import header_score, map_headers
from gaoxin.facts.ingest.mapping import Mapping
from gaoxin.facts.ingest.questions import settle
from gaoxin.facts.ingest.workbook import Table, read_table
from gaoxin.web.imports import files, heads
from gaoxin.web.imports.current import current_values, known_subjects
from gaoxin.web.imports.models import ImportRun, SavedMapping, State
from gaoxin.web.imports.progress import Reporter
from gaoxin.web.imports.recording import Recording, record
from gaoxin.web.imports.services import remember_mapping, write_mapping
from gaoxin.web.imports.tenure import Tenure
from gaoxin.web.ledger import catalogue, models

_TRIES = 3
_TO_RECORD = ("new", "changed", "jump", "fell", "part", "unit_slip")


def read(run: ImportRun, tenure: Tenure, report: Reporter) -> None:
    """uploaded → mapping: read the sheet, match its columns, put last time's answers on them."""
    library = catalogue.library()
    table = _table(run, report, score=None if run.sheet else header_score(library, run.kind))
    saved = SavedMapping.objects.filter(zone=run.zone, source=run.source, kind=run.kind).first()
    remembered = Mapping.from_json(saved.mapping) if saved else None
    period = Period.parse(run.period) if run.period else None
    subject = run.zone.code if run.kind == "zone" else ""
    mapping = map_headers(table, library, run.kind, period, saved=remembered, subject=subject)
    heads.keep_head(run.pk, table)
    with transaction.atomic():
        held = tenure.still_mine(State.UPLOADED)
        held.period = held.period or mapping.period or ""
        held.sheet = table.sheet
        write_mapping(held, mapping)
        held.issues = [issue.as_dict() for issue in (*table.issues, *mapping.issues)]
        tenure.finish(held, State.MAPPING)


def check(run: ImportRun, tenure: Tenure, report: Reporter) -> None:
    """checking → review: read every cell, compare with the ledger, keep the difference on disk."""
    table = _table(run, report)
    library = catalogue.library()
    # What was decided is stored; what it leaves out of the sheet is worked out and said again.
    mapping = settle(Mapping.from_json(run.mapping), library, table)
    drafted = draft(
        table,
        mapping,
        library,
        known_subjects(run),
        progress=report,
        cancelled=report.cancelled,
    )
    names = dict(models.Subject.objects.filter(zone=run.zone).values_list("code", "name"))
    judged = diff(
        drafted,
        current_values(run, drafted),
        names=names,
        doubts=[doubt] if (doubt := period_doubt(table, mapping)) is not None else [],
        progress=report,
        cancelled=report.cancelled,
    )
    _keep(run, judged, drafted)
    with transaction.atomic():
        held = tenure.still_mine(State.CHECKING)
        held.counts = {**judged.counts, "to_record": _to_record(judged)}
        held.issues = [issue.as_dict() for issue in drafted.remarks]
        held.decisions = judged.default_decisions()
        tenure.finish(held, State.REVIEW)


def accept(run: ImportRun, tenure: Tenure, report: Reporter) -> None:
    """accepting → accepted: everything that was decided, in one transaction.

    What is to be written is worked out before the transaction, which only writes; should the ledger have
    changed meanwhile in what this file is about, it is worked out again.
    """
    report("prepare", 0, 1)
    resolution = resolve(Diff.open(files.diff_folder(run.pk)), run.decisions)
    for _ in range(_TRIES):
        recording = Recording.prepare(run, resolution, report)
        with transaction.atomic():
            held = tenure.still_mine(State.ACCEPTING)
            batch = record(held, recording, report)
            if batch is not None or not recording.rows:
                held.batch = batch
                held.counts = {**held.counts, **resolution.counts, **recording.counts}
                remember_mapping(held)
                tenure.finish(held, State.ACCEPTED)
                return
            transaction.set_rollback(True)
    raise IngestError(
        "入库时库里的数一直在变，没有入库。请稍后再试。",
        "The ledger kept changing; nothing was recorded. Try again later.",
    )


def annotated(run: ImportRun) -> bytes:
    """The workbook back, with comments on the bad cells. Raises: IngestError before it was checked."""
    place = files.run_folder(run.pk) / "annotated.xlsx"
    if not place.exists():
        table = _table(run, Reporter(run.pk))
        problems = json.loads(_problems_path(run).read_text(encoding="utf-8"))
        from gaoxin.core.issues import Issue

        content = annotate(
            files.file_path(run.sha256).read_bytes(),
            table,
            [Issue(**{name: issue[name] for name in issue}) for issue in problems],
            header_bottom=run.mapping.get("header_bottom", 0),
        )
        new = place.with_name(".annotated.xlsx")
        new.write_bytes(content)
        new.replace(place)
    return place.read_bytes()


def _table(run: ImportRun, report: Reporter, score=None) -> Table:
    return read_table(
        files.file_path(run.sha256),
        run.file_name,
        sheet=run.sheet or None,
        score=score,
        progress=report,
        cancelled=report.cancelled,
    )


def _problems_path(run: ImportRun):
    path = files.run_folder(run.pk) / "problems.json"
    if not path.exists():
        raise IngestError(
            "还没有核对过，没有可下载的批注。", "Not checked yet; there is nothing to annotate."
        )
    return path


def _keep(run: ImportRun, judged: Diff, drafted: Draft) -> None:
    folder = files.run_folder(run.pk)
    fresh = folder / ".diff"
    shutil.rmtree(fresh, ignore_errors=True)
    judged.save(fresh)
    files.replace_folder(fresh, files.diff_folder(run.pk))
    (folder / "annotated.xlsx").unlink(missing_ok=True)
    draft_path = folder / ".problems.json"
    draft_path.write_text(
        json.dumps([asdict(issue) for issue in drafted.issues], ensure_ascii=False), encoding="utf-8"
    )
    draft_path.replace(folder / "problems.json")


def _to_record(judged: Diff) -> int:
    """Figures that would be recorded if everything were accepted."""
    counts = judged.counts
    return sum(counts.get(f"figures_{name}", 0) for name in _TO_RECORD)


STEPS = {State.UPLOADED: read, State.CHECKING: check, State.ACCEPTING: accept}
__all__ = ["STEPS", "accept", "annotated", "check", "read"]
