"""What a person does to an import: upload, match columns, check, decide, accept, cancel, take back (导入).

The long steps (read, check, accept) are left to the worker (`steps.py`): a service only says that they are
wanted, in the same transaction as the change of state. `by` None is the command line.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone

from gaoxin.core.errors import FactError, IngestError
from gaoxin.core.periods import Period
from gaoxin.core.visible import is_invisible
from gaoxin.facts.ingest.diff import Diff
from gaoxin.facts.ingest.headers import assign, map_headers
from gaoxin.facts.ingest.mapping import Mapping as ColumnMapping
from gaoxin.facts.ingest.questions import settle
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.imports import files, heads, progress
from gaoxin.web.imports.models import ImportRun, SavedMapping, State
from gaoxin.web.imports.states import BACK_TO, ENDED, WORKING, locked_run, seen_run
from gaoxin.web.ledger import catalogue, models, scope
from gaoxin.web.ledger import services as ledger
from gaoxin.web.ledger.audit import author, record_event
from gaoxin.web.ledger.sources import FORMS, form_source, source_named

KINDS = tuple(FORMS)


class RecordedAlready(MoveRefused):
    """The same file with the same columns is in the ledger already, and says nothing new (已入库)."""

    code = "recorded_already"


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A new run, and the one that accepted the same file before, if there is one."""

    run: ImportRun
    earlier: ImportRun | None


def upload(
    *,
    by: User | None,
    zone: models.Subject,
    file_name: str,
    chunks: Iterable[bytes],
    kind: str = "enterprise",
    period: str = "",
    source: str = "",
) -> Uploaded:
    """Take a file in; the worker reads it next.

    `source`: the form it is, so that next month's file supersedes and is compared with this one; by
    default the zone's own form for this kind. Raises: PermissionDenied, NotFound, FileRefused,
    PeriodError, FactError.
    """
    if by is not None:
        require(by, "facts.import")
        if zone.pk not in scope.zone_ids(by):
            raise NotFound(zone=zone.code)
    if kind not in KINDS:
        raise FactError(f"不能导入“{kind}”。", f"Cannot import {kind!r}.", kinds=KINDS)
    when = Period.parse(period).code if period else ""
    stored = files.store(chunks)
    with transaction.atomic():
        run = ImportRun.objects.create(
            zone=zone,
            source=source_named(by, source) if source else form_source(zone, kind),
            kind=kind,
            period=when,
            file_name=_safe_name(file_name),
            sha256=stored.sha256,
            size=stored.size,
            by=by,
            by_name=author(by),
        )
        record_event(
            by=by,
            action="import.upload",
            zone=zone,
            target=str(run.pk),
            detail={"file": run.file_name, "sha256": stored.sha256, "size": stored.size},
        )
    return Uploaded(run, _accepted_before(run))


@transaction.atomic
def assign_column(*, by: User | None, run_id: uuid.UUID | str, index: int, **answer: Any) -> ColumnMapping:
    """A person's answer about one column: `metric=`, `role=` (such as `ignored`), `unit=`, `period=`,
    `fraction=`, `allow_scale=`. Returns the mapping with the questions that are left.
    """
    run = locked_run(by, run_id, State.MAPPING, State.REVIEW)
    held = assign(_mapping(run), catalogue.library(), heads.head_of(run.pk), index, **answer)
    return _keep_mapping(run, held)


@transaction.atomic
def assign_unit(*, by: User | None, run_id: uuid.UUID | str, unit: str) -> ColumnMapping:
    """One unit for every column that lacks one and may be in it (金额列都是万元); the others stay open."""
    run = locked_run(by, run_id, State.MAPPING, State.REVIEW)
    library, head = catalogue.library(), heads.head_of(run.pk)
    held = settle(_mapping(run), library, head)
    open_columns = [
        question.column
        for question in held.questions
        if question.kind == "unit" and question.column is not None and unit in question.choices
    ]
    if not open_columns:
        raise IngestError(f"没有还要选单位的列可以用“{unit}”。", f"No open column can be in {unit!r}.")
    for index in open_columns:
        held = assign(held, library, head, index, unit=unit)
    return _keep_mapping(run, held)


@transaction.atomic
def set_mapping(
    *,
    by: User | None,
    run_id: uuid.UUID | str,
    mapping: ColumnMapping | None = None,
    period: str = "",
    subject: str = "",
) -> ColumnMapping:
    """Take a whole mapping, or map again for another report period or subject; returns what is still asked.

    Raises: MoveRefused when the run is past that, PeriodError, IngestError.
    """
    run = locked_run(by, run_id, State.MAPPING, State.REVIEW)
    table, library = heads.head_of(run.pk), catalogue.library()
    held = mapping or _mapping(run)
    if period or subject:
        when = Period.parse(period or run.period) if period or run.period else None
        held = map_headers(table, library, run.kind, when, saved=held, subject=subject)
        run.period = when.code if when else ""
    return _keep_mapping(run, settle(held, library, table))


@transaction.atomic
def choose_sheet(*, by: User | None, run_id: uuid.UUID | str, sheet: str) -> ImportRun:
    """Read another sheet of the same file; the worker does it."""
    run = locked_run(by, run_id, State.MAPPING, State.REVIEW)
    if sheet not in heads.head_of(run.pk).sheets:
        raise IngestError(f"文件里没有名为“{sheet}”的工作表。", f"There is no sheet {sheet!r}.")
    run.sheet = sheet
    return _hand_over(run, State.UPLOADED)


@transaction.atomic
def start_check(*, by: User | None, run_id: uuid.UUID | str) -> ImportRun:
    """Compare the file with the ledger; the worker does it. Raises: IngestError while a column is open."""
    run = locked_run(by, run_id, State.MAPPING, State.REVIEW)
    if run.questions:
        raise IngestError(
            f"列名还有 {len(run.questions)} 处没定：{run.questions[0]['zh']}",
            f"{len(run.questions)} questions about the columns are open: {run.questions[0]['en']}",
        )
    if not run.mapping:
        raise IngestError("还没有对上列名。", "The columns are not matched yet.")
    _note_decisions(by, run, dict.fromkeys(run.decisions, ""))
    run.decisions = {}
    return _hand_over(run, State.CHECKING)


@transaction.atomic
def decide(*, by: User | None, run_id: uuid.UUID | str, decisions: Mapping[str, str]) -> ImportRun:
    """Decide about lines of the review: key → convert | keep | accept | send_back | keep_old; "" undecides.

    What was decided anew goes into the audit, by whom and when.
    Raises: FactError for a line or a decision that does not exist.
    """
    run = locked_run(by, run_id, State.REVIEW)
    options = {line.key: line.options for line in Diff.open(files.diff_folder(run.pk)).attention}
    for key, decision in decisions.items():
        if decision and decision not in options.get(key, ()):
            raise FactError(
                f"“{decision}”不能用于这一行({key})。", f"{decision!r} does not fit line {key}.", key=key
            )
    anew = {key: word for key, word in decisions.items() if run.decisions.get(key, "") != word}
    run.decisions = {key: word for key, word in {**run.decisions, **decisions}.items() if word}
    run.save(update_fields=["decisions", "changed_at"])
    _note_decisions(by, run, anew)
    return run


def lines_open(*, by: User | None, run_id: uuid.UUID | str) -> list[str]:
    """Keys of the lines that still need a decision."""
    with transaction.atomic():
        run = locked_run(by, run_id, State.REVIEW)
    return Diff.open(files.diff_folder(run.pk)).open_keys(run.decisions)


@transaction.atomic
def start_accept(*, by: User | None, run_id: uuid.UUID | str) -> ImportRun:
    """Record what was checked and decided; the worker does it, in one transaction or not at all.

    Raises: MoveRefused if the same file with the same columns is recorded already; IngestError while lines
    are open.
    """
    run = locked_run(by, run_id, State.REVIEW)
    earlier = _accepted_before(run)
    if (
        earlier is not None
        and earlier.mapping_sha256 == run.mapping_sha256
        and not run.counts.get("to_record")
    ):
        raise RecordedAlready(
            f"已由{earlier.by_name}于{ledger.when(earlier.changed_at)}入库，没有新的数。",
            f"Recorded by {earlier.by_name} at {ledger.when(earlier.changed_at)}; nothing is new.",
            run=str(earlier.pk),
        )
    still_open = Diff.open(files.diff_folder(run.pk)).open_keys(run.decisions)
    if still_open:
        raise IngestError(
            f"还有 {len(still_open)} 处没处理，处理完才能入库。",
            f"{len(still_open)} lines still need a decision.",
            keys=still_open[:100],
        )
    return _hand_over(run, State.ACCEPTING)


def cancel(*, by: User | None, run_id: uuid.UUID | str) -> ImportRun:
    """Stop: a step of the worker ends between two chunks and nothing of it remains; a waiting run ends.

    A worker that is recording holds the row (on SQLite the whole ledger), so it is asked without any lock.
    Raises: MoveRefused for a run that has ended.
    """
    run = seen_run(by, run_id)
    if _at_work(run):
        progress.ask_to_stop(run.pk)
        return run
    with transaction.atomic():
        run = locked_run(by, run_id, *(state for state in State.values if state not in ENDED))
        if _at_work(run):
            progress.ask_to_stop(run.pk)
            return run
        run.state = BACK_TO.get(State(run.state), State.CANCELLED)
        run.save(update_fields=["state", "changed_at"])
        record_event(by=by, action="import.cancel", zone=run.zone, target=str(run.pk))
    return run


def _at_work(run: ImportRun) -> bool:
    return run.state in WORKING and run.lease_until is not None and run.lease_until > timezone.now()


@transaction.atomic
def withdraw(*, by: User, run_id: uuid.UUID | str, reason: str) -> ImportRun:
    """Take an accepted import back as a whole, within 30 days; what it had replaced stands again.

    Raises: MoveRefused, FactError (no reason, too late).
    """
    run = locked_run(by, run_id, State.ACCEPTED)
    if run.batch_id is None:
        raise FactError("这次导入没有新的数，没有可撤回的。", "This import recorded nothing.")
    ledger.withdraw_batch(by=by, batch_id=run.batch_id, reason=reason)
    run.state = State.WITHDRAWN
    run.save(update_fields=["state", "changed_at"])
    return run


@transaction.atomic
def note_download(*, by: User, run_id: uuid.UUID | str, what: str) -> None:
    """Write down that a file of this import left the house (导出留痕); before the first byte is sent."""
    run = seen_run(by, run_id)
    record_event(
        by=by,
        action=f"export.{what}",
        zone=run.zone,
        target=str(run.pk),
        detail={"file": run.file_name, "sha256": run.sha256},
    )


@transaction.atomic
def note_practice(*, by: User, zone: models.Subject, file_name: str) -> None:
    """Write down that the invented return of a practice zone was taken out."""
    record_event(by=by, action="export.practice", zone=zone, detail={"file": file_name})


# --- inside


def _note_decisions(by: User | None, run: ImportRun, anew: Mapping[str, str]) -> None:
    """One audit row: decision → the lines it is about; "" are those that are open again."""
    if not anew:
        return
    decided: dict[str, list[str]] = {}
    for key, word in anew.items():
        decided.setdefault(word, []).append(key)
    record_event(
        by=by,
        action="import.decide",
        zone=run.zone,
        target=str(run.pk),
        detail={"file": run.file_name, "rows": len(anew), "decided": decided},
    )


def _safe_name(name: str) -> str:
    """The last part of the name the file came with, for people to read; it is never used as a path."""
    plain = PurePath(name.replace("\\", "/")).name
    seen = (sign for sign in plain if sign.isprintable() and not is_invisible(sign))
    return "".join(seen)[-200:] or "file"


def _mapping(run: ImportRun) -> ColumnMapping:
    if not run.mapping:
        raise IngestError("这张表还没有读完，请稍候。", "The sheet is not read yet; wait a moment.")
    return ColumnMapping.from_json(run.mapping)


def _keep_mapping(run: ImportRun, mapping: ColumnMapping) -> ColumnMapping:
    write_mapping(run, mapping)
    run.state = State.MAPPING
    run.save(update_fields=["mapping", "mapping_sha256", "questions", "period", "state", "changed_at"])
    return mapping


def write_mapping(run: ImportRun, mapping: ColumnMapping) -> None:
    """Put a mapping and its questions on the run, unsaved."""
    document = mapping.as_json()
    text = json.dumps([document, run.kind, run.period, run.source_id], sort_keys=True, ensure_ascii=False)
    run.mapping, run.mapping_sha256 = document, hashlib.sha256(text.encode()).hexdigest()
    run.questions = [
        {"kind": q.kind, "column": q.column, "zh": q.zh, "en": q.en, "choices": list(q.choices)}
        for q in mapping.questions
    ]


def remember_mapping(run: ImportRun) -> None:
    """Offer this mapping for the next file of the same source."""
    SavedMapping.objects.update_or_create(
        zone=run.zone, source=run.source, kind=run.kind, defaults={"mapping": run.mapping}
    )


def _hand_over(run: ImportRun, state: str) -> ImportRun:
    """Leave the next step to the worker; in the same transaction as everything else of the service."""
    progress.begin(run.pk)
    run.state, run.worker, run.lease_until, run.attempts = state, "", None, 0
    run.error_zh = run.error_en = ""
    run.save()
    return run


def _accepted_before(run: ImportRun) -> ImportRun | None:
    same = ImportRun.objects.filter(zone=run.zone, kind=run.kind, sha256=run.sha256, state=State.ACCEPTED)
    return same.exclude(pk=run.pk).order_by("-changed_at").first()
