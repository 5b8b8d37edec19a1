"""The brief of a zone on the screen and as a file (简报)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gaoxin.reports.briefs import Brief, Piece, compose
from gaoxin.reports.citations import closing_lines, numbers, rows
from gaoxin.reports.html import render_html
from gaoxin.reports.word import render_word
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import catalogue, selectors
from gaoxin.web.ledger.services import note_export
from gaoxin.web.ledger.zone_facts import zone_facts
from gaoxin.web.pages import exports, names
from gaoxin.web.pages.as_of import known_at, said
from gaoxin.web.pages.layouts import layout_of
from gaoxin.web.pages.stage import Stage, stage
from gaoxin.web.pages.word_documents import DOCX

DEFAULT = "annual"


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of the text: its figure's page and the number of its source, or a gap."""

    text: str
    gap: bool
    observation: int | None
    numbers: tuple[int, ...]


@requires("zones.view")
def brief(request: HttpRequest, slug: str) -> HttpResponse:
    """The text with every figure linked to its source, what is missing, and the list of sources."""
    here, made = _made(request, slug)
    places = numbers(made) if made is not None else {}
    context = {
        "slug": slug,
        "zone_name": names.name_of(here.zone),
        "brief": made,
        "sections": [] if made is None else _sections(made, places),
        "rows": () if made is None else rows(made),
        "closing": () if made is None else closing_lines(made),
    }
    return render(request, "pages/brief.html", context)


@requires("facts.export")
def download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The same text as a file, after the audit row was written."""
    here, made = _made(request, slug)
    if made is None:
        raise NotFound("这个园区还没有数。", "This zone has no figures yet.")
    asked = {"filter": said(request), "title": made.title, "form": form}
    note_export(by=here.reader, what="brief", rows=len(made.cited), zone=here.zone, filters=asked)
    if form == "docx":
        return exports.download(render_word(made), DOCX, made.title, form, made.is_synthetic)
    page = render_html(made).encode()
    return exports.download(page, "text/html; charset=utf-8", made.title, form, made.is_synthetic)


def _made(request: HttpRequest, slug: str) -> tuple[Stage, Brief | None]:
    here = stage(request, room="home", slug=slug)
    figures = selectors.standing(here.reader, here.zone, figure=None, as_of=known_at(request))
    layout = layout_of(here.zone.code)
    period = here.with_periods(figures, layout.period if layout is not None else None)
    if period is None:
        return here, None
    library = catalogue.library()
    spec = library.briefs.get(request.GET.get("brief", DEFAULT))
    if spec is None:
        raise NotFound("没有这种简报。", "There is no such brief.")
    facts = zone_facts(here.reader, zone=here.zone.code, as_of=known_at(request))
    made = compose(spec, here.zone.code, period, facts, library.metrics)
    return here, made if made.cited else None


def _sections(made: Brief, places: dict[str, int]) -> list[dict[str, object]]:
    return [
        {
            "heading": section.heading,
            "paragraphs": [
                {
                    "lead": paragraph.lead,
                    "pieces": [_shown(p, places) for one in paragraph.sentences for p in one.pieces],
                }
                for paragraph in section.paragraphs
            ],
        }
        for section in made.sections
    ]


def _shown(piece: Piece, places: dict[str, int]) -> Shown:
    first = piece.observations[0] if piece.observations else ""
    return Shown(
        piece.text,
        bool(piece.gap),
        int(first) if first.isdigit() else None,
        tuple(places[one] for one in piece.observations),
    )
