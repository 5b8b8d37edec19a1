"""Takes drafts in, checks them, and records what people decide about their figures (交稿、核对、处理).

1. A draft is handed in as a file or as text; file and text are kept as they came.
2. It is read and held against the facts at once, a long one by the worker (`work.py`), and again whenever
   somebody asks; every check is kept.
3. Replacing, keeping, commenting and undoing are appended; the draft itself is never changed. What was not
   found in the facts cannot be replaced.
Each act is one transaction with its audit row. Reading and judging happen before the transaction begins.
"""

from __future__ import annotations

import re
from datetime import date

from django.db import transaction
from django.utils import timezone

from gaoxin.core.errors import GaoxinError
from gaoxin.core.visible import is_invisible
from gaoxin.facts.ingest.inspection.limits import Limits
from gaoxin.reading.papers import LIMITS, Paper, PaperError, PaperLimits, open_paper, pasted
from gaoxin.reading.papers.paper import PaperKind, megabytes
from gaoxin.reading.published import published_on
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.drafts import selectors
from gaoxin.web.drafts.checking import check_text
from gaoxin.web.drafts.facts import facts_for
from gaoxin.web.drafts.models import Act, Checking, Decision, Draft, DraftFigure, Pending
from gaoxin.web.drafts.recording import record_check
from gaoxin.web.drafts.titles import retitle
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.imports import files
from gaoxin.web.ledger import scope
from gaoxin.web.ledger.audit import author, record_event
from gaoxin.web.ledger.models import Subject

MOST_CHARACTERS = 200_000
IN_REQUEST = 20_000  # a longer text is left to the worker
DRAFT_LIMITS = PaperLimits(characters=MOST_CHARACTERS)
_LONGEST_COMMENT = 400
_LONGEST_NAME = 200


class DraftRefused(GaoxinError):
    """Something that cannot be done to a draft: no text, nothing to replace, an empty comment."""

    code = "draft_refused"


def hand_in(
    *,
    by: User,
    zone: Subject,
    data: bytes | None = None,
    file_name: str = "",
    text: str = "",
    title: str = "",
    published: date | None = None,
    shared: bool = False,
) -> Draft:
    """Take a draft in and check it, or leave a long one to the worker; a file, or pasted text.

    `published`: the day from which 今年 is counted; by default the day the text itself names as its own, else
    today. Raises: PermissionDenied, NotFound, PaperError; DraftRefused without text, and for a too long
    name of a file.
    """
    require(by, "papers.check")
    if zone.pk not in scope.zone_ids(by):
        raise NotFound(zone=zone.code)
    if data is None and not text.strip():
        raise DraftRefused("先选一个文件，或把文字粘贴进来。", "Choose a file first, or paste the text.")
    if data is not None and len(_line(file_name)) > _LONGEST_NAME:
        raise DraftRefused(
            f"文件名太长，最多 {_LONGEST_NAME} 个字。请改短文件名再传。",
            f"The name of the file is too long: {_LONGEST_NAME} characters at most. Rename it and try again.",
        )
    paper = open_paper(data, file_name, DRAFT_LIMITS) if data is not None else pasted(text, DRAFT_LIMITS)
    day = published or published_on(paper.text) or timezone.localdate()
    at_once = len(paper.text) <= IN_REQUEST
    facts = facts_for(by, zone, paper.text) if at_once else None
    checked = check_text(paper.text, day, facts) if facts is not None else None
    stored = files.store([paper.data], limits=Limits(file=LIMITS.file))
    with transaction.atomic():
        draft = Draft.objects.create(
            zone=zone,
            title=_line(title)[:200] or _line(paper.title)[:200] or "文稿",
            kind=paper.kind,
            file_name=_line(file_name)[:200] if data is not None else "",
            sha256=stored.sha256,
            size=stored.size,
            text=paper.text,
            remarks=[{"code": one.code, "zh": one.zh, "en": one.en} for one in paper.remarks],
            published=day,
            shared=shared,
            by=by,
            by_name=author(by),
            at=timezone.now(),
        )
        record_event(
            by=by,
            action="draft.upload",
            zone=zone,
            target=str(draft.pk),
            detail={"title": draft.title, "sha256": draft.sha256, "characters": len(paper.text)},
        )
        if facts is None or checked is None:
            Pending.objects.create(draft=draft, published=day, by=by, asked_at=timezone.now())
        else:
            record_check(
                by=by, draft=draft, checked=checked, published=day, known=facts.known, refs=facts.refs
            )
        return draft


def too_large(size: int) -> PaperError:
    """The refusal of a file that need not be read to be refused."""
    return PaperError(
        "too_large",
        f"文件 {megabytes(size)}，超过上限 {megabytes(LIMITS.file)}。请删去图片，只留要核的文字。",
        f"The file has {megabytes(size)}, over the limit of {megabytes(LIMITS.file)}. Remove its pictures.",
    )


def check_again(*, by: User, draft_id: int, published: date | None = None) -> Checking | None:
    """Check a draft against the facts of today; None where that is left to the worker.

    Raises: PermissionDenied, NotFound; MoveRefused while the worker is at it.
    """
    draft = _own(by, draft_id)
    waiting = Pending.objects.filter(draft=draft).first()
    if waiting is not None and not waiting.failed:
        raise _at_it()
    last = draft.checkings.order_by("-number").first()
    day = published or (last.published if last is not None else draft.published)
    if len(draft.text) > IN_REQUEST:
        with transaction.atomic():
            Draft.objects.select_for_update().get(pk=draft.pk)
            if Pending.objects.filter(draft=draft, failed=False).exists():  # a second click, or a colleague
                raise _at_it()
            Pending.objects.filter(draft=draft, failed=True).delete()
            Pending.objects.create(draft=draft, published=day, by=by, asked_at=timezone.now())
        return None
    facts = facts_for(by, draft.zone, draft.text)
    checked = check_text(draft.text, day, facts)
    with transaction.atomic():
        Draft.objects.select_for_update().get(pk=draft.pk)  # the number of the check is given once
        Pending.objects.filter(draft=draft, failed=True).delete()
        return record_check(
            by=by, draft=draft, checked=checked, published=day, known=facts.known, refs=facts.refs
        )


def _at_it() -> MoveRefused:
    return MoveRefused("这份文稿正在核对，请稍候。", "This draft is being checked; wait a moment.")


@transaction.atomic
def decide(*, by: User, draft_id: int, number: int, act: str, text: str = "") -> Decision:
    """Replace, keep, comment or undo one figure of the last check.

    Raises: DraftRefused for a figure that has no replacement, and for an empty or too long comment.
    """
    draft = _own(by, draft_id)
    figure = _figure(draft, number)
    if act not in Act.values:
        raise DraftRefused("没有这种处理。", "There is no such decision.")
    if act == Act.REPLACE:
        if not figure.replaceable:
            raise DraftRefused(
                "这个数没有可以代入的值：没有依据的数字不代改，只提醒。",
                "There is nothing to put in its place; what has no evidence is not replaced.",
            )
        text = figure.new
    elif act == Act.COMMENT:
        text = text.strip()
        if len(text) > _LONGEST_COMMENT:
            raise DraftRefused(
                f"批注最多 {_LONGEST_COMMENT} 个字。", f"A comment has {_LONGEST_COMMENT} characters at most."
            )
        text = "".join(mark for mark in text if mark == "\n" or not is_invisible(mark))
    else:
        text = ""
    made = _append(by, draft, figure, act, text)
    _record(by, draft, "decide", {"figure": figure.quote, "start": figure.start, "act": act, "text": text})
    return made


@transaction.atomic
def replace_all(*, by: User, draft_id: int) -> int:
    """Put every replacement of the last check in place, except where somebody kept the text; how many."""
    draft = _own(by, draft_id)
    rows = selectors.figures(selectors.checking_of(draft))
    standing = selectors.standings(draft, rows)
    wanted = [
        row for row in rows if row.replaceable and not (row.number in standing and standing[row.number].act)
    ]
    for row in wanted:
        _append(by, draft, row, Act.REPLACE, row.new)
    if wanted:
        _record(by, draft, "decide", {"act": "replace_all", "figures": [row.start for row in wanted]})
    return len(wanted)


@transaction.atomic
def undo_all(*, by: User, draft_id: int) -> int:
    """Take every replacement back; how many."""
    draft = _own(by, draft_id)
    rows = selectors.figures(selectors.checking_of(draft))
    standing = selectors.standings(draft, rows)
    wanted = [row for row in rows if row.number in standing and standing[row.number].act == Act.REPLACE]
    for row in wanted:
        _append(by, draft, row, Act.UNDO, "")
    if wanted:
        _record(by, draft, "decide", {"act": "undo_all", "figures": [row.start for row in wanted]})
    return len(wanted)


@transaction.atomic
def share(*, by: User, draft_id: int, shared: bool) -> Draft:
    """Show a draft to the officers of its zone, or no longer; only who handed it in.

    Raises: PermissionDenied, NotFound.
    """
    require(by, "papers.check")
    draft = selectors.draft(by, draft_id)
    if not selectors.may_share(by, draft):
        raise NotFound(draft=draft_id)
    if draft.shared != shared:
        draft.shared = shared
        draft.save(update_fields=["shared"])
        retitle(draft)
        _record(by, draft, "share", {"shared": shared})
    return draft


def paper_of(draft: Draft) -> Paper:
    """What an export of a draft is written into: the Word file opened again, of other kinds the stored text.

    Raises: PaperError if the Word file is no longer there.
    """
    if draft.kind != "docx":
        kind: PaperKind = "pdf" if draft.kind == "pdf" else "txt"
        return Paper(draft.text, kind, draft.title, b"")
    try:
        data = files.file_path(draft.sha256).read_bytes()
    except FileNotFoundError:
        raise PaperError(
            "lost",
            "原文件不在数据目录里，可能没有随备份恢复。请告诉管理员。",
            "The original file is not in the data folder; it may not have been restored. Tell the "
            "administrator.",
        ) from None
    paper = open_paper(data, draft.file_name, DRAFT_LIMITS)
    # offsets count in the text as it was read when the draft came
    return paper if paper.text == draft.text else Paper(draft.text, "txt", draft.title, b"")


def _own(by: User, draft_id: int) -> Draft:
    """A draft that this person may decide about. Raises: PermissionDenied, NotFound."""
    require(by, "papers.check")
    draft = selectors.draft(by, draft_id)
    if not selectors.may_decide(by, draft):
        raise NotFound(draft=draft_id)
    return draft


def _figure(draft: Draft, number: int) -> DraftFigure:
    found = selectors.checking_of(draft).figures.filter(number=number).first()
    if found is None:
        raise NotFound(figure=number)
    return found


def _append(by: User, draft: Draft, figure: DraftFigure, act: str, text: str) -> Decision:
    return Decision.objects.create(
        draft=draft,
        figure=figure,
        start=figure.start,
        end=figure.end,
        act=act,
        text=text,
        by=by,
        by_name=author(by),
        at=timezone.now(),
    )


def _record(by: User, draft: Draft, act: str, detail: dict[str, object]) -> None:
    record_event(by=by, action=f"draft.{act}", zone=draft.zone, target=str(draft.pk), detail=detail)


def _line(text: str) -> str:
    """One line without signs that nobody sees; the last part of a path."""
    name = re.split(r"[/\\]", text)[-1] if re.search(r"\.\w{2,5}$", text) else text
    return "".join(mark for mark in " ".join(name.split()) if not is_invisible(mark))
