"""One document and everything taken from it (来源页), in the order of the document."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gaoxin.core.errors import GaoxinError
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.drafts.selectors import places
from gaoxin.web.drafts.titles import titles_seen
from gaoxin.web.ledger import scope, selectors
from gaoxin.web.ledger.catalogue import library
from gaoxin.web.ledger.catalogue import metric as metric_of
from gaoxin.web.ledger.discretion import note_told
from gaoxin.web.ledger.reading import parse_period, value_of
from gaoxin.web.pages import names
from gaoxin.web.pages.figures import RINGS
from gaoxin.web.pages.forms import SourceForm, said
from gaoxin.web.pages.provenance import day
from gaoxin.web.pages.quantity_words import reading_unit, value_words
from gaoxin.web.pages.scope import language, slug_of, whole
from gaoxin.web.pages.selectors import Taken, sources_for, taken_from
from gaoxin.web.pages.services import register_source
from gaoxin.web.pages.stage import enter_room, stage


@dataclass(frozen=True, slots=True)
class TakenLine:
    """One figure taken from the document, ready to print."""

    id: int
    place: str
    subject: str
    metric: str
    period: str
    value: str
    written: str
    note: str
    status: str
    state: str
    card: str
    page: str
    label: str
    ring: str
    ring_word: str
    place_url: str


def source(request: HttpRequest, code: str) -> HttpResponse:
    """The document; a figure that was corrected later is struck through and leads to its history."""
    reader = enter_room(request, "data")
    view = selectors.source(reader, code)
    page = taken_from(reader, view.source, after=whole(request.GET.get("after", "")))
    marked = places(reader, [taken.observation.pk for taken in page.rows])
    lines = [_line(reader, taken, marked.get(taken.observation.pk)) for taken in page.rows]
    request.gx_synthetic = any(line.status == "synthetic" for line in lines)  # type: ignore[attr-defined]
    spec = library().sources.get(code)
    context = {
        "source": view.source,
        "title": titles_seen(reader, [view.source]).get(code) or names.title_of(view.source),
        "spec": spec,
        "document": names.document_kind(view.source.document),
        "count": view.figures,
        "lines": lines,
        "after": page.after,
    }
    return render(request, "pages/source.html", context)


def _line(reader: User, taken: Taken, marked: tuple[int, int] | None) -> TakenLine:
    """`marked`: the draft it was taken from and its first character there."""
    obs = taken.observation
    metric = metric_of(obs.metric.code)
    value = value_of(obs.op, obs.number, obs.high, obs.step, obs.text, obs.dimension)
    ref = obs.ref or ""
    label = names.figure_name(metric, obs.figure)
    return TakenLine(
        id=obs.pk,
        place=names.locator_of(ref, obs.locator),
        subject=names.name_of(obs.subject),
        metric=label,
        period=names.period_name(parse_period(obs.period)),
        value=value_words(value, reading_unit(value, obs.unit), language(), metric=metric).text,
        written=obs.written,
        note=note_told(reader, ref, names.note_of(ref, obs.note)),
        status=obs.status,
        state="withdrawn" if taken.withdrawn else "replaced" if taken.replaced else "",
        card=reverse("card", args=[obs.pk]) if not taken.withdrawn else "",
        page=reverse("figure", args=[obs.pk]),
        label=label,
        ring=RINGS[obs.status],
        ring_word=f"{names.status_name(obs.status)} · {day(obs.batch.at)}",
        place_url=f"{reverse('paper', args=[marked[0]])}?at={marked[1]}" if marked is not None else "",
    )


def sources(request: HttpRequest) -> HttpResponse:
    """The documents of a zone."""
    here = stage(request, room="data", path=reverse("sources"))
    scope.enter(here.reader)
    held = list(sources_for(here.reader, here.zone))
    titles = titles_seen(here.reader, held)
    rows = [
        {
            "code": s.code,
            "title": titles.get(s.code) or names.title_of(s),
            "source": s,
            "document": names.document_kind(s.document),
        }
        for s in held
    ]
    return render(request, "pages/sources.html", {"rows": rows, "zone_name": names.name_of(here.zone)})


@requires("facts.enter")
def new(request: HttpRequest) -> HttpResponse:
    """Register a document; then enter figures from it."""
    here = stage(request, room="data", path=reverse("source-new"))
    form = SourceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = register_source(by=here.reader, zone=here.zone, **data)
        except GaoxinError as problem:
            form.add_error("title", said(problem))
        else:
            messages.success(request, _("已登记来源，可以从它录数"))
            return redirect(f"{reverse('enter')}?zone={slug_of(here.zone.code)}&source={made.code}")
    context = {"form": form, "zone_name": names.name_of(here.zone), "slug": slug_of(here.zone.code)}
    return render(request, "pages/source_new.html", context, status=422 if form.errors else 200)
