"""A checked draft as a file (导出): Word with comments, corrected Word, the checking sheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gaoxin.reading.papers import annotated_docx, corrected_docx
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.drafts import exporting, selectors, services
from gaoxin.web.drafts.words import headline
from gaoxin.web.ledger.moments import when
from gaoxin.web.ledger.services import note_export
from gaoxin.web.pages.exports import answer, download
from gaoxin.web.pages.stage import about, enter_room
from gaoxin.web.pages.word_documents import DOCX


@require_GET
@requires("papers.view")
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft with a Word comment on every figure that is not right."""
    return _word(request, pk, "comments")


@require_GET
@requires("papers.view")
def corrected(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft with the accepted figures in place; `?tracked=1` leaves them as revisions."""
    return _word(request, pk, "tracked" if request.GET.get("tracked") == "1" else "corrected")


def _word(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    reader = enter_room(request, "report")
    draft = selectors.draft(reader, pk)
    about(request, draft.zone)
    rows = selectors.figures(selectors.checking_of(draft))
    standings = selectors.standings(draft, rows)
    paper = services.paper_of(draft)
    if what == "comments":
        notes = exporting.notes(reader, rows, standings)
        data, count, title = annotated_docx(paper, notes), len(notes), _("%s-批注") % draft.title
    else:
        changes = exporting.changes(rows, standings)
        data = corrected_docx(paper, changes, tracked=what == "tracked")
        count = len(changes)
        title = (_("%s-修订") if what == "tracked" else _("%s-改正")) % draft.title
    note_export(
        by=reader,
        what=f"draft_{what}",
        rows=count,
        zone=draft.zone,
        filters={"draft": pk, "title": draft.title},
    )
    return download(data, DOCX, title, "docx", draft.zone.synthetic)


@require_GET
@requires("papers.view")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Every figure with its sentence, verdict, evidence and decision, as a table."""
    reader = enter_room(request, "report")
    draft = selectors.draft(reader, pk)
    about(request, draft.zone)
    checking = selectors.checking_of(draft)
    rows = selectors.figures(checking)
    return answer(
        reader,
        what="draft_sheet",
        title=_("%s-核对表") % draft.title,
        columns=exporting.sheet_columns(),
        rows=exporting.sheet_rows(reader, draft.text, rows, selectors.standings(draft, rows)),
        filters=[
            _("第 %(number)d 次核对 %(at)s %(by)s")
            % {"number": checking.number, "at": when(checking.at), "by": checking.by_name},
            headline(checking.counts),
        ],
        zone=draft.zone,
        synthetic=draft.zone.synthetic,
    )
