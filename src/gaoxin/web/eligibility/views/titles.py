"""The title ledger of a zone: every title, its expiries, its stock and flow, its forecast (称号台账)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gaoxin.rules.titles import Title
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.eligibility import selectors, title_pages
from gaoxin.web.eligibility.outlook import Outlook, outlooks, renewal_rule
from gaoxin.web.eligibility.residents import residents
from gaoxin.web.eligibility.rule_words import rule_words
from gaoxin.web.eligibility.two_lists import ledger
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger.models import Subject
from gaoxin.web.ledger.search import matches
from gaoxin.web.pages import exports, names
from gaoxin.web.pages.exports import text
from gaoxin.web.pages.scope import slug_of, whole
from gaoxin.web.pages.stage import Stage, stage
from gaoxin.web.pages.workbooks import Column

PAGE = 25
MOST_MOVERS = 40
_MOST_EXPORTED = 20_000


@require_GET
@requires("boards.view")
def titles(request: HttpRequest) -> HttpResponse:
    """Every title of the zone, each by itself; the one asked for in full."""
    here = stage(request, room="policy", path=reverse("titles"))
    run = selectors.latest_run(here.reader, here.zone)
    if run is None:
        return render(request, "eligibility/unjudged.html", {"title": _("称号台账")})
    held = residents(run)
    told = ledger(held)
    lines = title_pages.kinds(told, run.on)
    kind = request.GET.get("kind", "")
    if kind not in told.kinds:
        kind = lines[0].kind if lines else ""
    context = {
        "lines": lines,
        "kind": kind,
        "run": run,
        "slug": slug_of(here.zone.code),
        "zone_name": names.name_of(here.zone),
        "base": reverse("titles"),
        "unknown": len(told.unknown),
    }
    if kind:
        context |= _one(request, here, kind)
    return render(request, "eligibility/titles.html", context)


def _one(request: HttpRequest, here: Stage, kind: str) -> dict[str, object]:
    run = selectors.latest_run(here.reader, here.zone)
    assert run is not None
    held = residents(run)
    told = ledger(held)
    month, q = request.GET.get("month", ""), request.GET.get("q", "").strip()[:80]
    after, year = whole(request.GET.get("from", "")) or 0, whole(request.GET.get("year", ""))
    net = whole(request.GET.get("net", "")) or 0
    bars, _months = title_pages.calendar(told, kind, run.on)
    month = month if month in {bar.key for bar in bars} else ""
    found = title_pages.holders(told, kind, run.on, month, _named(here, q))
    flows = title_pages.flows(told, kind, run.on)
    spelled = next((flow for one, flow in flows if one == year), None)
    ahead = outlooks(run, held, kind)
    forecast, rule = title_pages.forecast(run, told, kind, ahead), renewal_rule(held, kind)
    movers = title_pages.movers(spelled) if spelled is not None else []
    page = found[after : after + PAGE]
    people = _firms([*(title.subject for title in page), *(one.subject for one in movers[:MOST_MOVERS])])
    return {
        "line": next(one for one in title_pages.kinds(told, run.on) if one.kind == kind),
        "bars": bars,
        "expiring": sum(bar.count for bar in bars),
        "month": month,
        "flows": flows,
        "year": year if spelled is not None else None,
        "movers": [(people.get(one.subject), one.word) for one in movers[:MOST_MOVERS]],
        "more_movers": max(0, len(movers) - MOST_MOVERS),
        "forecast": forecast,
        "rule": rule_words(rule, here.zone.code) if rule is not None else None,
        "net": net,
        "required": forecast.required_new(net),
        "rows": [
            (
                people.get(title.subject),
                title,
                title_pages.level_name(title.level or ""),
                _linked(ahead, title),
            )
            for title in page
        ],
        "total": len(found),
        "first": after,
        "last": after + len(page),
        "before": max(0, after - PAGE) if after else None,
        "next": after + PAGE if after + PAGE < len(found) else None,
        "q": q,
    }


def _ahead(told: Mapping[str, Outlook], title: Title) -> Outlook | None:
    """What is said of the renewal of a title; None for one that does not run out within a year."""
    return told.get(title.subject)


def _linked(told: Mapping[str, Outlook], title: Title) -> tuple[Outlook, str] | None:
    """The same with the address where the firm is judged under the rule, condition by condition."""
    ahead = _ahead(told, title)
    if ahead is None:
        return None
    page = reverse("eligibility", args=[title.subject.partition("/")[2]])
    return ahead, f"{page}?open={ahead.rule}#row-{ahead.rule}"


@require_GET
@requires("facts.export")
@requires("boards.view")
def export(request: HttpRequest) -> HttpResponse:
    """The holders of a title, or what runs out in a month, as a workbook."""
    here = stage(request, room="policy")
    run = selectors.latest_run(here.reader, here.zone)
    kind = request.GET.get("kind", "")
    if run is None or kind not in ledger(residents(run)).kinds:
        raise NotFound(kind=kind)
    told = ledger(residents(run))
    month, q = request.GET.get("month", ""), request.GET.get("q", "").strip()[:80]
    found = title_pages.holders(told, kind, run.on, month, _named(here, q))[:_MOST_EXPORTED]
    people = _firms([title.subject for title in found])
    heads = [
        (_("企业"), 32), (_("统一社会信用代码"), 22),
        (_("级别"), 12), (_("证书编号"), 24), (_("有效期起"), 14),
        (_("有效期止"), 14), (_("复核预判"), 14), (_("差什么"), 40),
    ]  # fmt: skip
    ahead = outlooks(run, residents(run), kind)
    name = title_pages.kind_name(kind)
    return exports.answer(
        here.reader,
        what="titles",
        title=_("%(zone)s称号台账：%(name)s") % {"zone": names.name_of(here.zone), "name": name},
        columns=[Column(title, width=width) for title, width in heads],
        rows=[_cells(people, title, _ahead(ahead, title)) for title in found],
        filters=[
            name,
            _("%s 到期") % month if month else _("%s 有效") % run.on.isoformat(),
            *([_("搜“%s”") % q] if q else []),
            _("按定稿快照 %s") % run.snapshot.hash[:8],
        ],
        zone=here.zone,
        synthetic=here.zone.synthetic,
    )


def _cells(
    people: dict[str, tuple[str, str, Subject]], title: Title, ahead: Outlook | None
) -> list[exports.Cell]:
    name, _url, subject = people[title.subject]
    return [
        text(name),
        text(subject.uscc or ""),
        text(title_pages.level_name(title.level or "")),
        text(title.cert_no or _("未登记")),
        text(title.first.isoformat() if title.first else _("未登记")),
        text(title.last.isoformat() if title.last else _("长期")),
        text(str(ahead.face.word) if ahead is not None else ""),
        text(ahead.why if ahead is not None else ""),
    ]


def _named(here: Stage, q: str) -> frozenset[str] | None:
    if not q:
        return None
    rows = Subject.objects.filter(zone=here.zone, kind="enterprise").filter(matches(q))
    return frozenset(rows.values_list("code", flat=True))


def _firms(codes: Sequence[str]) -> dict[str, tuple[str, str, Subject]]:
    """Name, address and row of some enterprises, by code."""
    return {
        one.code: (names.name_of(one), names.subject_url(one), one)
        for one in Subject.objects.filter(code__in=set(codes))
    }
