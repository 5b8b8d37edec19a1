"""The first tab of an enterprise: what it has, what it nearly has, what to do (资格与政策)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.eligibility import selectors as eligibility
from gaoxin.web.eligibility.check_up import check_up_rows, columns
from gaoxin.web.eligibility.judged import Judged, judge_all
from gaoxin.web.eligibility.known import Known, known_of
from gaoxin.web.eligibility.matrix import matrix
from gaoxin.web.eligibility.models import Standing
from gaoxin.web.eligibility.outdated import Outdated, outdated_view
from gaoxin.web.eligibility.rule_details import detail, unconfirmed_names
from gaoxin.web.eligibility.settled import settled
from gaoxin.web.eligibility.summary import summary
from gaoxin.web.eligibility.titles_held import PAID, TITLES, payments, titles_held
from gaoxin.web.eligibility.words import LEGEND
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import selectors, services
from gaoxin.web.ledger.models import Subject
from gaoxin.web.pages import exports, names
from gaoxin.web.pages.as_of import known_at, said
from gaoxin.web.pages.figures import FigureView, figure_view
from gaoxin.web.pages.scope import language
from gaoxin.web.pages.stage import about, enter_room

_KIND = "enterprise"
_HEADLINE = ("tech_field", "industry_name", "est_date")
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Asked:
    """Which firm, for which day, by what was known when."""

    reader: User
    subject: Subject
    zone: Subject
    on: date
    is_past: bool
    known: Known
    judged: tuple[Judged, ...]


@requires("enterprises.view")
def enterprise(request: HttpRequest, code: str) -> HttpResponse:
    """The page; `?open=HNTE` opens a row, `?on=` judges for another day, `?known=` by what was known then."""
    asked = _asked(request, code)
    if asked.reader.role != Role.ENTERPRISE_USER:
        services.note_view(by=asked.reader, subject=asked.subject)
    titles = titles_held(asked.known)
    paid = settled(asked.judged, asked.known)
    panels = summary(asked.judged, titles, payments(asked.known), _view(asked.known, PAID), paid)
    opened = request.GET.getlist("open") or [line.rule for line in panels.near.lines[:1]]
    stood = eligibility.standings_of(asked.reader, asked.subject)
    used = dict.fromkeys(name for held in asked.judged for name in unconfirmed_names(held))
    context = {
        "subject": asked.subject,
        "name": names.name_of(asked.subject),
        "zone_name": names.name_of(asked.zone),
        "headline": _headline(asked.known),
        "titles": titles,
        "titles_view": _view(asked.known, TITLES),
        "summary": panels,
        "settled": paid,
        "matrix": matrix(asked.judged, opened, titles or {}),
        "opened": opened,
        "legend": LEGEND,
        "on": asked.on.isoformat(),
        "is_today": asked.on == timezone.localdate(),
        "changed": _changed(asked, stood),
        "outdated": _outdated(asked, stood),
        "since": max((row.since for row in stood.values()), key=lambda run: run.pk, default=None),
        "unconfirmed": list(used),
        "hidden": bool(asked.known.hidden),
        "issues": [issue.en if language() == "en" else issue.zh for issue in asked.known.issues],
        "query": _query(request),
    }
    partial = request.htmx and request.htmx.target == "gx-matrix"  # type: ignore[attr-defined]
    return render(request, "eligibility/matrix.html" if partial else "eligibility/enterprise.html", context)


@requires("enterprises.view")
def ways(request: HttpRequest, code: str) -> HttpResponse:
    """The cheapest ways, put into the page once they are found: they take longer than the verdicts."""
    asked = _asked(request, code, seeks=True)
    paid = settled(asked.judged, asked.known)
    panels = summary(asked.judged, titles_held(asked.known), payments(asked.known), None, paid)
    opened = set(request.GET.getlist("open"))
    context = {
        "summary": panels,
        "details": [
            detail(held) for held in asked.judged if held.may_seek and (held.id in opened or "all" in opened)
        ],
    }
    return render(request, "eligibility/ways.html", context)


@requires("enterprises.view")
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The check-up as a workbook: every condition of every rule, with sources in the comments (体检报告)."""
    asked = _asked(request, code, seeks=True)
    return exports.answer(
        asked.reader,
        what="eligibility",
        title=_("%s体检报告") % names.name_of(asked.subject),
        columns=columns(),
        rows=check_up_rows(asked.judged),
        filters=[_("判定日 %s") % asked.on.isoformat(), *said(request)],
        zone=asked.zone,
        synthetic=asked.subject.synthetic,
    )


def _asked(request: HttpRequest, code: str, *, seeks: bool = False) -> Asked:
    reader = enter_room(request, "firm")
    found = selectors.subject(reader, f"{_KIND}/{code}")
    if found.zone is None:
        raise NotFound(code=found.code)
    about(request, found.zone)
    on = _day(request) or timezone.localdate()
    moment = known_at(request)
    known = known_of(reader, found, on, moment)
    judged = judge_all(known, found.zone, language(), seeks=seeks)
    return Asked(reader, found, found.zone, on, moment is not None, known, judged)


def _day(request: HttpRequest) -> date | None:
    """The day to judge for; None if it is left out. Raises: NotFound for what is no day."""
    text = request.GET.get("on", "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not _FIRST <= day <= _LAST:
        raise NotFound(
            "日期应写作 2026-11-22，在 2000 年至 2099 年之间。",
            "Write the day as 2026-11-22, between 2000 and 2099.",
        )
    return day


def _view(known: Known, column: str) -> FigureView | None:
    figure = known.figures.get(column)
    return figure_view(figure) if figure is not None else None


def _headline(known: Known) -> list[str]:
    shown = []
    for column in _HEADLINE:
        figure = known.figures.get(column)
        if figure is not None:
            text = figure_view(figure).text
            shown.append(_("%s 成立") % text if column == "est_date" else text)
    return shown


def _changed(asked: Asked, stood: dict[str, Standing]) -> list[str]:
    """The rules that came out otherwise when the zone was last judged: facts are newer than the snapshot."""
    if asked.on != timezone.localdate() or asked.is_past:
        return []
    return [held.name for held in asked.judged if held.id in stood and stood[held.id].verdict != held.verdict]


def _outdated(asked: Asked, stood: dict[str, Standing]) -> Outdated | None:
    """Whether the last evaluation of the zone went by other texts than this page."""
    if asked.is_past or asked.reader.role == Role.ENTERPRISE_USER:
        return None
    since = max((row.since for row in stood.values()), key=lambda run: run.pk, default=None)
    if since is None:
        return None
    last = eligibility.latest_run(asked.reader, asked.zone)
    return outdated_view(asked.reader, last, live=True)


def _query(request: HttpRequest) -> str:
    """What the links of the rows keep of the address: the day and the moment."""
    kept = request.GET.copy()
    kept.pop("open", None)
    return f"&{kept.urlencode()}" if kept else ""
