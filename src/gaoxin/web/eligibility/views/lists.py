"""The two lists: eligible and not enjoying, enjoying and no longer eligible (应享未享、享而不符)."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gaoxin.core.quantities import format_number
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.eligibility import selectors
from gaoxin.web.eligibility.board_rows import BoardRow, board_rows
from gaoxin.web.eligibility.boards import board
from gaoxin.web.eligibility.models import Run
from gaoxin.web.eligibility.outdated import outdated_view
from gaoxin.web.eligibility.residents import compiled_for, residents
from gaoxin.web.eligibility.rule_words import doubts, rule_words
from gaoxin.web.eligibility.two_lists import UNFIT, UNUSED, Compared, Finding, compared, compared_all
from gaoxin.web.errors import NotFound
from gaoxin.web.pages import exports, names
from gaoxin.web.pages.exports import text
from gaoxin.web.pages.scope import language, slug_of, whole
from gaoxin.web.pages.stage import Stage, stage
from gaoxin.web.pages.workbooks import Column

PAGE = 20
_MOST_EXPORTED = 5_000


@require_GET
@requires("boards.view")
def two_lists(request: HttpRequest) -> HttpResponse:
    """Every rule that gives something, with the length of both lists; one of them spelled out."""
    here = stage(request, room="policy", path=reverse("two-lists"))
    run = selectors.latest_run(here.reader, here.zone)
    if run is None:
        return render(request, "eligibility/unjudged.html", {"title": _("应享未享、享而不符")})
    every = compared_all(run)
    which = UNFIT if request.GET.get("list") == UNFIT else UNUSED
    asked = request.GET.get("rule", "")
    held = next((one for one in every if one.rule == asked), None) or next(
        (one for one in every if one.of(which)), every[0] if every else None
    )
    after = whole(request.GET.get("from", "")) or 0
    findings = held.of(which) if held is not None else ()
    context = {
        "lines": [(rule_words(compiled_for(run, one.rule), here.zone.code), one) for one in every],
        "held": held,
        "rule": rule_words(compiled_for(run, held.rule), here.zone.code) if held is not None else None,
        "which": which,
        "rows": _rows(here, run, held, findings[after : after + PAGE]),
        "total": len(findings),
        "first": after,
        "last": min(after + PAGE, len(findings)),
        "before": max(0, after - PAGE) if after else None,
        "next": after + PAGE if after + PAGE < len(findings) else None,
        "run": run,
        "outdated": outdated_view(here.reader, run, live=True),
        "zone_name": names.name_of(here.zone),
        "slug": slug_of(here.zone.code),
        "base": reverse("two-lists"),
    }
    return render(request, "eligibility/two_lists.html", context)


@require_GET
@requires("facts.export")
@requires("boards.view")
def export(request: HttpRequest) -> HttpResponse:
    """One list of one rule as a workbook."""
    here = stage(request, room="policy")
    run = selectors.latest_run(here.reader, here.zone)
    asked, which = request.GET.get("rule", ""), request.GET.get("list", UNUSED)
    held = compared(run, asked) if run is not None and asked in run.rules else None
    if run is None or held is None:
        raise NotFound(rule=asked)
    words = rule_words(compiled_for(run, held.rule), here.zone.code)
    rows = _rows(here, run, held, held.of(which)[:_MOST_EXPORTED], rings=False)
    titles = [(_("企业"), 32), (_("统一社会信用代码"), 22), (_("现有"), 36), (_("原因"), 60)]
    name = _("应享未享") if which == UNUSED else _("享而不符")
    return exports.answer(
        here.reader,
        what="two-lists",
        title=f"{names.name_of(here.zone)} {name} {words.short}",
        columns=[Column(title, width=width) for title, width in titles],
        rows=[[text(row.name), text(row.subject.uscc or ""), text(has), text(why)] for row, has, why in rows],
        filters=[
            words.name,
            name,
            _("按 %(on)s 的规则和定稿快照 %(snapshot)s 判定")
            % {"on": run.on.isoformat(), "snapshot": run.snapshot.hash[:8]},
            *doubts(words),
        ],
        zone=here.zone,
        synthetic=here.zone.synthetic,
    )


def _rows(
    here: Stage, run: Run, held: Compared | None, findings: Sequence[Finding], *, rings: bool = True
) -> list[tuple[BoardRow, str, str]]:
    """The firms with what they have and why they are on the list."""
    if held is None or not findings:
        return []
    by_code = {one.firm.subject: one for one in findings}
    rows = board_rows(
        here.reader,
        board(residents(run), held.rule),
        [one.firm for one in findings],
        {},
        facts=3 if rings else 12,
        rings=rings,
    )
    return [
        (row, _has(by_code[row.firm.subject]), _why(held, by_code[row.firm.subject], row)) for row in rows
    ]


def _has(found: Finding) -> str:
    """The certificate or the payment a firm has."""
    enjoyed = found.enjoyed
    if enjoyed is None:
        return _("没有")
    if enjoyed.title is not None:
        title = enjoyed.title
        until = title.last.isoformat() if title.last else _("长期")
        return _("%(no)s，%(first)s 至 %(last)s") % {
            "no": title.cert_no or _("证书号未登记"),
            "first": title.first.isoformat() if title.first else _("起始日未登记"),
            "last": until,
        }
    return _("当年已领 %s 元") % format_number((enjoyed.paid or 0) // 100, None, language())


def _why(held: Compared, found: Finding, row: BoardRow) -> str:
    if found.enjoyed is None:
        if held.kind == "title":
            return _("各项条件都符合，台账里没有有效证书")
        amount = found.amount
        if amount is None:
            return _("各项条件都符合，当年没有兑现")
        told = format_number(amount / 10_000, None, language(), decimals=2)
        return _("各项条件都符合，可得 %s 万元，当年没有兑现") % told
    return _("；").join(
        "，".join(part for part in (fact.name, fact.measured, fact.mark, fact.gap) if part)
        for fact in row.facts
    )
