"""The queue of figures that may become facts (从文稿入库): accept, correct, reject, one by one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from gaoxin.core.errors import GaoxinError
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import can, requires
from gaoxin.web.drafts import proposals as services
from gaoxin.web.drafts import queue_page, selectors
from gaoxin.web.drafts.forms import ProposalForm
from gaoxin.web.drafts.models import Draft
from gaoxin.web.errors import MoveRefused
from gaoxin.web.ledger import scope
from gaoxin.web.ledger.models import Subject
from gaoxin.web.pages import names
from gaoxin.web.pages.forms import KINDS, SIGNS, said
from gaoxin.web.pages.scope import slug_of, whole
from gaoxin.web.pages.stage import about, enter_room, stage

STATES = ("open", "accepted", "withdrawn", "rejected")


@require_GET
@requires("papers.view")
def queue(request: HttpRequest) -> HttpResponse:
    """Proposals of the zone, or of one draft."""
    here = stage(request, room="report", path=reverse("proposals"))
    number = whole(request.GET.get("draft", ""))
    draft = selectors.draft(here.reader, number) if number is not None else None
    zone = draft.zone if draft is not None else here.zone
    about(request, zone)
    return _shown(request, here.reader, zone, draft)


def _shown(
    request: HttpRequest,
    reader: User,
    zone: Subject,
    draft: Draft | None,
    *,
    refused: ProposalForm | None = None,
    at: int = 0,
) -> HttpResponse:
    asked = request.GET.get("state", "open")
    state = asked if asked in STATES else "open" if asked != "all" else ""
    held, more = selectors.proposals(
        reader, zone, draft=draft, state=state, after=whole(request.GET.get("after", ""))
    )
    may_answer = can(reader, "facts.enter")
    regions = scope.visible_subjects(reader).filter(kind="region").order_by("code") if may_answer else []
    context = {
        "zone_name": names.name_of(zone),
        "slug": slug_of(zone.code),
        "draft": draft,
        "state": state or "all",
        "states": [
            ("open", _("待定")),
            ("accepted", _("已入库")),
            ("withdrawn", _("已撤回")),
            ("rejected", _("不采纳")),
            ("all", _("全部")),
        ],
        "lines": queue_page.lines(reader, held, may_answer=may_answer, refused=refused, at=at),
        "after": more,
        "may_answer": may_answer,
        "kinds": [(kind, names.kind_name(kind)) for kind in KINDS],
        "signs": SIGNS,
        "regions": [(region.code, names.name_of(region)) for region in regions],
    }
    return render(request, "drafts/queue.html", context, status=422 if refused is not None else 200)


@require_POST
@requires("papers.check")
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Send figures of a draft to the queue: one, or all that the facts do not have."""
    reader = enter_room(request, "report")
    number = whole(request.POST.get("figure", ""))
    made = services.propose(by=reader, draft_id=pk, numbers=None if number is None else [number])
    messages.success(
        request,
        ngettext("已提交 %d 个数待入库", "已提交 %d 个数待入库", made) % made if made else _("都已提交过"),
    )
    return redirect(f"{reverse('proposals')}?draft={pk}")


@require_POST
@requires("facts.enter")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept one proposal as it stands in the form, or reject it."""
    reader = enter_room(request, "report")
    held = selectors.proposal(reader, pk)
    about(request, held.draft.zone)
    back = f"{reverse('proposals')}?draft={held.draft_id}"
    if request.POST.get("answer") == "reject":
        services.reject(by=reader, proposal_ids=[pk], reason=request.POST.get("reason", "")[:200])
        messages.success(request, _("没有采纳，什么也没登记"))
        return redirect(back)
    form = ProposalForm(
        request.POST, reader=reader, zone=held.draft.zone, auto_id=f"id_{pk}_%s", use_required_attribute=False
    )
    if form.is_valid():
        try:
            made = services.accept(by=reader, proposal_id=pk, corrected=form.corrected())
        except MoveRefused:  # a colleague was faster: a page of its own says so
            raise
        except GaoxinError as problem:
            form.add_error(None, said(problem))
        else:
            assert made.observation is not None
            undo = reverse("withdraw", args=[made.observation.batch_id])
            messages.success(request, _("已入库 1 个数"), extra_tags=undo)
            return redirect(back)
    return _shown(request, reader, held.draft.zone, held.draft, refused=form, at=pk)


@require_POST
@requires("facts.enter")
def reject(request: HttpRequest) -> HttpResponse:
    """Reject the chosen proposals at once."""
    reader = enter_room(request, "report")
    chosen = [number for number in map(whole, request.POST.getlist("chosen")) if number is not None]
    done = services.reject(by=reader, proposal_ids=chosen, reason=request.POST.get("reason", "")[:200])
    messages.success(request, ngettext("%d 个数没有采纳", "%d 个数没有采纳", done) % done)
    draft = whole(request.POST.get("draft", ""))
    return redirect(reverse("proposals") + (f"?draft={draft}" if draft is not None else ""))
