"""Hand a draft in, read what was found, decide figure by figure (交稿、核对、处理)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from gaoxin.core.errors import GaoxinError
from gaoxin.reading.papers import LIMITS, READ
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.drafts import checking_page, selectors, services
from gaoxin.web.drafts.forms import DraftForm
from gaoxin.web.drafts.models import Checking, Draft, Pending
from gaoxin.web.drafts.words import VERDICTS, headline, verdict_word
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger.moments import when
from gaoxin.web.pages import names
from gaoxin.web.pages.forms import said
from gaoxin.web.pages.scope import language, slug_of, whole
from gaoxin.web.pages.stage import about, enter_room, stage


@require_GET
@requires("papers.view")
def papers(request: HttpRequest) -> HttpResponse:
    """The drafts of the zone that the reader may see, newest first."""
    here = stage(request, room="report", path=reverse("papers"))
    search = request.GET.get("q", "").strip()
    held, more = selectors.drafts(
        here.reader, here.zone, search=search, after=whole(request.GET.get("after", ""))
    )
    context = {
        "zone_name": names.name_of(here.zone),
        "slug": slug_of(here.zone.code),
        "q": search,
        "rows": [_listed(draft, checking) for draft, checking in held],
        "after": more,
        "waiting": selectors.open_proposals(here.reader, here.zone),
        "sees_all": here.reader.role in selectors.SEE_ALL,
    }
    return render(request, "drafts/papers.html", context)


def _listed(draft: Draft, checking: Checking | None) -> dict[str, Any]:
    counts = checking.counts if checking is not None else {}
    return {
        "draft": draft,
        "headline": headline(counts) if checking is not None else _("正在核对"),
        "chips": [(look, counts[name]) for name, look in VERDICTS.items() if counts.get(name)],
        "at": when(draft.at),
        "checked": when(checking.at) if checking is not None else "",
        "times": checking.number if checking is not None else 0,
        "checker": checking.by_name if checking is not None else "",
    }


@requires("papers.check")
def new(request: HttpRequest) -> HttpResponse:
    """Paste a text or choose a file; then the page of the checked draft."""
    here = stage(request, room="report", path=reverse("paper-new"))
    form = DraftForm(request.POST if request.method == "POST" else None)
    error = ""
    if form.is_bound and form.is_valid():
        file = request.FILES.get("file")
        data = form.cleaned_data
        try:
            if file is not None and (file.size or 0) > LIMITS.file:
                raise services.too_large(file.size or 0)
            made = services.hand_in(
                by=here.reader,
                zone=here.zone,
                data=file.read() if file is not None else None,
                file_name=(file.name or "") if file is not None else "",
                text=data["text"],
                title=data["title"],
                published=data["published"],
                shared=data["shared"],
            )
        except GaoxinError as problem:
            error = said(problem)
        else:
            return redirect("paper", made.pk)
    context = {
        "form": form,
        "error": error,
        "zone_name": names.name_of(here.zone),
        "slug": slug_of(here.zone.code),
        "accept": ",".join(READ),
        "today": timezone.localdate(),
        "most": services.MOST_CHARACTERS,
    }
    return render(request, "drafts/new.html", context, status=422 if form.is_bound else 200)


@require_GET
@requires("papers.view")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with its figures marked, and the evidence for one of them."""
    reader = enter_room(request, "report")
    draft = selectors.draft(reader, pk)
    about(request, draft.zone)
    waiting = selectors.pending(draft)
    if waiting is not None and not draft.checkings.exists():
        return render(request, "drafts/working.html", _working(reader, draft, waiting))
    context = checking_page.context(reader, draft, request.GET) | {"waiting": waiting}
    return render(request, "drafts/paper.html", context)


@require_GET
@requires("papers.view")
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the worker is still at it; once it is done the page is asked to load anew."""
    reader = enter_room(request, "report")
    draft = selectors.draft(reader, pk)
    waiting = selectors.pending(draft)
    response = render(request, "drafts/state.html", {"draft": draft, "waiting": waiting})
    if waiting is None or waiting.failed:
        response["HX-Refresh"] = "true"
    return response


def _working(reader: User, draft: Draft, waiting: Pending) -> dict[str, Any]:
    return {
        "draft": draft,
        "waiting": waiting,
        "at": when(draft.at),
        "error": waiting.error_zh if language() == "zh" else waiting.error_en,
        "characters": len(draft.text),
        "may_decide": selectors.may_decide(reader, draft),
    }


@require_GET
@requires("papers.view")
def figure(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The evidence card alone, for the script of the page."""
    reader = enter_room(request, "report")
    draft = selectors.draft(reader, pk)
    about(request, draft.zone)
    context = checking_page.context(reader, draft, request.GET, number)
    if context["card"] is None:
        raise NotFound(figure=number)
    return render(request, "drafts/evidence.html", context)


@require_POST
@requires("papers.check")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision about one figure, or all replacements at once; then back to the text."""
    reader = enter_room(request, "report")
    act = request.POST.get("act", "")
    number = whole(request.POST.get("figure", "")) or 0
    if act == "replace_all":
        done = services.replace_all(by=reader, draft_id=pk)
        messages.success(request, ngettext("已替换 %d 处", "已替换 %d 处", done) % done)
        return redirect("paper", pk)
    if act == "undo_all":
        done = services.undo_all(by=reader, draft_id=pk)
        messages.success(request, ngettext("已撤回 %d 处替换", "已撤回 %d 处替换", done) % done)
        return redirect("paper", pk)
    try:
        services.decide(by=reader, draft_id=pk, number=number, act=act, text=request.POST.get("text", ""))
    except services.DraftRefused as problem:
        messages.error(request, said(problem))
    show = request.POST.get("show", "")
    query = f"?figure={number}" + (f"&show={show}" if show in VERDICTS else "")
    return redirect(f"{reverse('paper', args=[pk])}{query}#q{number}")


@require_POST
@requires("papers.check")
def recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold the draft against the facts of today; then what has changed since."""
    reader = enter_room(request, "report")
    asked = request.POST.get("published", "").strip()
    day = _day(asked)
    if asked and day is None:  # another day than the one meant would change what 今年 is
        raise services.DraftRefused(
            "发布日期不是一个日期，没有核对。请写成 2022-03-01。",
            "The day of publication is no date; nothing was checked. Write 2022-03-01.",
        )
    made = services.check_again(by=reader, draft_id=pk, published=day)
    if made is None:
        messages.success(request, _("文稿较长，正在后台核对"))
        return redirect("paper", pk)
    messages.success(request, _("已重新核对"))
    return redirect("paper-compare" if made.number > 1 else "paper", pk)


@require_POST
@requires("papers.check")
def share(request: HttpRequest, pk: int) -> HttpResponse:
    reader = enter_room(request, "report")
    held = services.share(by=reader, draft_id=pk, shared=request.POST.get("shared") == "1")
    messages.success(
        request, _("本区各岗位现在可以看这份文稿") if held.shared else _("现在只有您、统计岗和领导能看")
    )
    return redirect("paper", pk)


@require_GET
@requires("papers.view")
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two checks of one draft beside each other: which figures are judged otherwise."""
    reader = enter_room(request, "report")
    draft = selectors.draft(reader, pk)
    about(request, draft.zone)
    now = selectors.checking_of(draft, whole(request.GET.get("now", "")))
    asked = whole(request.GET.get("before", ""))
    before = selectors.checking_of(draft, asked if asked is not None else max(1, now.number - 1))
    context = {
        "draft": draft,
        "now": now,
        "before": before,
        "now_at": when(now.at),
        "before_at": when(before.at),
        "now_headline": headline(now.counts),
        "before_headline": headline(before.counts),
        "lines": [
            {
                "quote": one.quote,
                "url": f"{reverse('paper', args=[pk])}?at={one.start}",
                "before": verdict_word(one.before),
                "before_look": VERDICTS.get(one.before),
                "now": verdict_word(one.now),
                "now_look": VERDICTS.get(one.now),
            }
            for one in (selectors.changed(before, now) if before.pk != now.pk else [])
        ],
        "checkings": [
            (one.number, when(one.at), one.by_name, headline(one.counts), one.published)
            for one in draft.checkings.order_by("-number")[:40]
        ],
    }
    return render(request, "drafts/compare.html", context)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
