"""The near-miss board of a rule: the page, one way of it, the workbook, the notices (差一点清单)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gaoxin.core.quantities import round_half_up
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.eligibility import selectors
from gaoxin.web.eligibility.board_rows import BoardRow, board_rows
from gaoxin.web.eligibility.boards import Board, board
from gaoxin.web.eligibility.models import Run
from gaoxin.web.eligibility.near_miss import (
    SHORT,
    Asked,
    asked,
    blocking,
    chosen,
    field_choices,
    histogram,
    selection,
)
from gaoxin.web.eligibility.outdated import outdated_view, rules_left
from gaoxin.web.eligibility.residents import residents
from gaoxin.web.eligibility.rule_words import RuleWords, doubts, rule_words
from gaoxin.web.eligibility.ways import SOON, way, ways
from gaoxin.web.eligibility.worths import pricing_of
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger.services import note_export
from gaoxin.web.pages import exports, names
from gaoxin.web.pages.exports import text
from gaoxin.web.pages.scope import slug_of
from gaoxin.web.pages.stage import Stage, stage
from gaoxin.web.pages.workbooks import Cell, Column

MOST_NOTICES = 60
_MOST_EXPORTED = 3_000
_EXPORT_SECONDS = 8.0
_TOLD = ("pass", "unknown", "pending_expert", "fail")


@require_GET
@requires("boards.view")
def boards(request: HttpRequest) -> HttpResponse:
    """Every rule of the zone with how many qualify, may, or do not; from here to its board."""
    here = stage(request, room="policy", path=reverse("boards"))
    run = selectors.latest_run(here.reader, here.zone)
    if run is None:
        return render(request, "eligibility/unjudged.html", {"title": _("差一点清单")})
    held = residents(run)
    lines = [
        {
            "rule": rule_words(held.compiled(rule), here.zone.code),
            **{verdict: run.counts[rule].get(verdict, 0) for verdict in _TOLD},
        }
        for rule in rules_left(run)
    ]
    context = {
        "lines": lines,
        "outdated": outdated_view(here.reader, run),
        "run": run,
        "zone_name": names.name_of(here.zone),
        "slug": slug_of(here.zone.code),
    }
    return render(request, "eligibility/boards.html", context)


@require_GET
@requires("boards.view")
def near_miss(request: HttpRequest, rule: str) -> HttpResponse:
    """Who nearly qualifies, what is lacking, the cheapest way."""
    here = stage(request, room="policy", path=request.path)
    run = selectors.latest_run(here.reader, here.zone)
    if run is None:
        return render(request, "eligibility/unjudged.html", {"title": _("差一点清单")})
    held = board(residents(run), rule)
    wanted = asked(request.GET, held)
    found = selection(held, here.zone, wanted)
    told = ways(held, found.page, wanted.by, within=SOON)
    context = {
        **_about(here, run, held, wanted),
        "rows": board_rows(here.reader, held, found.page, told),
        "found": found,
        "outdated": outdated_view(here.reader, run, held.compiled.id, live=True),
        "histogram": histogram(held),
        "blocking": blocking(held)[:6] if held.score is None else [],
        "after": held.counts["pass"] + held.counts["one"],
        "shorts": [(code, label, code == wanted.short) for code, label in SHORT.items()],
        "fields": field_choices(held),
        "total": len(held.firms),
    }
    partial = request.htmx and request.htmx.target == "rows"  # type: ignore[attr-defined]
    return render(request, "eligibility/near_rows.html" if partial else "eligibility/near_miss.html", context)


@require_GET
@requires("boards.view")
def near_way(request: HttpRequest, rule: str, code: str) -> HttpResponse:
    """One row with its way, for one that takes longer than the page waits."""
    here, run, held = _opened(request, rule)
    wanted = asked(request.GET, held)
    (firm,) = chosen(held, [code], 1)
    rows = board_rows(here.reader, held, [firm], {firm.subject: way(held, firm, wanted.by)})
    return render(request, "eligibility/near_row.html", {**_about(here, run, held, wanted), "row": rows[0]})


@require_GET
@requires("facts.export")
@requires("boards.view")
def export(request: HttpRequest, rule: str) -> HttpResponse:
    """The list under its filter as a workbook; picked firms alone where some were picked."""
    here, run, held = _opened(request, rule)
    wanted = asked(request.GET, held)
    picked = request.GET.getlist("firm")
    firms = (
        chosen(held, picked, _MOST_EXPORTED)
        if picked
        else list(selection(held, here.zone, wanted).firms[:_MOST_EXPORTED])
    )
    told = ways(held, firms, wanted.by, within=_EXPORT_SECONDS)
    words = rule_words(held.compiled, here.zone.code)
    body = [
        _line(row, scored=held.score is not None)
        for row in board_rows(here.reader, held, firms, told, facts=4, rings=False)
    ]
    filters = [words.name, _("差几项：%s") % SHORT[wanted.short], _("%s 前办成") % wanted.by.isoformat()]
    filters += [_("搜“%s”") % wanted.q] if wanted.q else []
    filters += [_("选中 %d 家") % len(firms)] if picked else []
    if not picked and len(firms) == _MOST_EXPORTED:
        filters.append(_("只有前 %d 家，请先筛选再导出其余的") % _MOST_EXPORTED)
    filters.append(_made_of(run))
    filters.append(_("花费和时间是练习用估计，未经核实"))
    filters.append(_("通过可得只算本区条款写明的钱，税率优惠等不在其中"))
    filters += doubts(words)
    return exports.answer(
        here.reader,
        what="near-miss",
        title=_("%(zone)s差一点清单：%(rule)s") % {"zone": names.name_of(here.zone), "rule": words.short},
        columns=_columns(held),
        rows=body,
        filters=filters,
        zone=here.zone,
        synthetic=here.zone.synthetic,
    )


@require_GET
@requires("facts.export")
@requires("boards.view")
def notices(request: HttpRequest, rule: str) -> HttpResponse:
    """One sheet for each firm picked: what is lacking, what to do, by when."""
    here, run, held = _opened(request, rule)
    wanted = asked(request.GET, held)
    picked = request.GET.getlist("firm")
    if not picked:
        raise NotFound(
            "还没有选中企业，请回到清单勾选。", "No firm is picked; go back to the list and pick some."
        )
    firms = [firm for firm in chosen(held, picked, MOST_NOTICES) if firm.group != "pass"]
    rows = [
        board_rows(here.reader, held, [firm], {firm.subject: way(held, firm, wanted.by)}, facts=12)[0]
        for firm in firms
    ]
    note_export(
        by=here.reader,
        what="near-miss-notice",
        rows=len(rows),
        zone=here.zone,
        filters={"rule": held.compiled.id},
    )
    context = {**_about(here, run, held, wanted), "rows": rows, "today": timezone.localdate()}
    return render(request, "eligibility/notices.html", context)


def _opened(request: HttpRequest, rule: str) -> tuple[Stage, Run, Board]:
    here = stage(request, room="policy")
    run = selectors.latest_run(here.reader, here.zone)
    if run is None:
        raise NotFound("这个园区还没有判定过。", "This zone has not been judged yet.")
    return here, run, board(residents(run), rule)


def _about(here: Stage, run: Run, held: Board, wanted: Asked) -> dict[str, Any]:
    """What every part of the page asks for."""
    words: RuleWords = rule_words(held.compiled, here.zone.code)
    return {
        "rule": words,
        "rule_code": held.compiled.id,
        "base": reverse("near-miss", args=[held.compiled.id]),
        "slug": slug_of(here.zone.code),
        "zone_name": names.name_of(here.zone),
        "run": run,
        "asked": wanted,
        "counts": held.counts,
        "score": held.score,
        "deadline": held.compiled.rule.benefit.deadline if held.compiled.rule.benefit is not None else None,
        "priced": pricing_of(held).prices(held.compiled),
        "year": held.compiled.on.year,
    }


def _made_of(run: Run) -> str:
    return _("按 %(on)s 的规则和定稿快照 %(snapshot)s 判定") % {
        "on": run.on.isoformat(),
        "snapshot": run.snapshot.hash[:8],
    }


def _columns(held: Board) -> list[Column]:
    score = [
        Column(_("最低得分"), _("分"), 10, numeric=True),
        Column(_("最高得分"), _("分"), 10, numeric=True),
    ]
    return [
        Column(_("企业"), width=32),
        Column(_("统一社会信用代码"), width=22),
        Column(_("产业"), width=16),
        *(score if held.score is not None else []),
        Column(_("差什么"), width=28),
        Column(_("实际"), width=28),
        Column(_("门槛"), width=14),
        Column(_("差距"), width=16),
        Column(_("最省的办法"), width=44),
        Column(_("花费"), "万元", 12, numeric=True),
        Column(_("要多久"), width=14),
        Column(_("最晚动手"), width=18),
        Column(_("通过可得下限"), "万元", 14, numeric=True),
        Column(_("通过可得上限"), "万元", 14, numeric=True),
        Column(_("按哪些条款"), width=28),
        Column(_("还要补的数"), width=32),
    ]


def _line(row: BoardRow, *, scored: bool) -> list[Cell]:
    way = row.way
    begin = ""
    if way.start is not None:
        begin = way.start.day.isoformat()
        begin += _("（暂定）") if way.start.provisional else ""
        begin += _("（来不及）") if way.start.late else ""
    score = [_points(row, row.firm.low), _points(row, row.firm.high)] if scored else []
    joint = _("、")
    said = _("；").join(way.steps) or way.ask or way.dead
    if way.pending:
        said = _("没有算：名单太长，请先筛选再导出")
    cost = Cell(number=_wan(way.cost), decimals=2) if way.cost is not None else text("")
    return [
        text(row.name),
        text(row.subject.uscc or ""),
        text(row.field),
        *score,
        text(_("；").join(dict.fromkeys(fact.name for fact in row.facts))),
        text(_("；").join(fact.measured for fact in row.facts)),
        text(_("；").join(fact.mark for fact in row.facts if fact.mark)),
        text(_("；").join(fact.gap for fact in row.facts if fact.gap)),
        text(said),
        cost,
        text(way.takes),
        text(begin),
        *_worth(row),
        text(joint.join(way.lacking)),
    ]


def _worth(row: BoardRow) -> list[Cell]:
    """At least, at most and by which clauses; a word where there is no number."""
    told = row.worth
    if told.low is None:
        return [text(told.words), text(""), text("")]
    high = text(_("没有上限")) if told.high is None else Cell(number=told.high, decimals=2)
    said = _("、").join(told.clauses) + (_("（最高额，由管委会核定）") if told.ceiling else "")
    return [Cell(number=told.low, decimals=2), high, text(said)]


def _points(row: BoardRow, value: float | None) -> Cell:
    if row.hides_score:
        return text(_("您的岗位看不到这项数"))
    return text("") if value is None else Cell(number=_tenths(value), decimals=1)


def _tenths(value: float) -> Decimal:
    return round_half_up(Fraction(value).limit_denominator(1_000_000), 1)


def _wan(cost: Fraction) -> Decimal:
    return round_half_up(cost / 10_000, 2)
