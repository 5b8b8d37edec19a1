"""The candidate library of a rule: page and workbook (后备库)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gaoxin.web.accounts.permissions import requires
from gaoxin.web.eligibility import candidates, selectors
from gaoxin.web.eligibility.candidates import MOST, STATES, USUAL_MISSING, USUAL_SHORT, EntryRule
from gaoxin.web.eligibility.outdated import outdated_view
from gaoxin.web.eligibility.residents import compiled_for
from gaoxin.web.eligibility.rule_words import doubts, rule_words
from gaoxin.web.errors import NotFound
from gaoxin.web.pages import exports, names
from gaoxin.web.pages.exports import text
from gaoxin.web.pages.scope import slug_of, whole
from gaoxin.web.pages.stage import stage
from gaoxin.web.pages.workbooks import Column

PAGE = 30
_MOST_EXPORTED = 20_000


@require_GET
@requires("boards.view")
def library(request: HttpRequest, rule: str) -> HttpResponse:
    """Who is in by the entry rule, since when and why; who left, when and why."""
    here = stage(request, room="policy", path=request.path)
    run = selectors.latest_run(here.reader, here.zone)
    if run is None:
        return render(request, "eligibility/unjudged.html", {"title": _("后备库")})
    compiled = compiled_for(run, rule)
    entry, state, q = _asked(request.GET)
    after = whole(request.GET.get("from", "")) or 0
    held = candidates.library(here.reader, here.zone, compiled, entry, run)
    rows, total = candidates.rows(held, here.zone, compiled, state=state, q=q, after=after, limit=PAGE)
    context = {
        "rule": rule_words(compiled, here.zone.code),
        "base": reverse("candidates", args=[compiled.id]),
        "slug": slug_of(here.zone.code),
        "run": run,
        "outdated": outdated_view(here.reader, run, compiled.id),
        "held": held,
        "entry": entry,
        "rows": [(names.name_of(row.subject), names.subject_url(row.subject), row) for row in rows],
        "total": total,
        "first": after,
        "last": after + len(rows),
        "before": max(0, after - PAGE) if after else None,
        "next": after + PAGE if after + PAGE < total else None,
        "q": q,
        "states": [(code, label, code == state) for code, label in STATES.items()],
        "most": MOST,
    }
    return render(request, "eligibility/library.html", context)


@require_GET
@requires("facts.export")
@requires("boards.view")
def export(request: HttpRequest, rule: str) -> HttpResponse:
    """The library under its filter as a workbook."""
    here = stage(request, room="policy")
    run = selectors.latest_run(here.reader, here.zone)
    if run is None:
        raise NotFound("这个园区还没有判定过。", "This zone has not been judged yet.")
    compiled = compiled_for(run, rule)
    entry, state, q = _asked(request.GET)
    held = candidates.library(here.reader, here.zone, compiled, entry, run)
    rows, _total = candidates.rows(held, here.zone, compiled, state=state, q=q, after=0, limit=_MOST_EXPORTED)
    words = rule_words(compiled, here.zone.code)
    titles = [
        (_("企业"), 32), (_("统一社会信用代码"), 22),
        (_("入库日"), 12), (_("入库原因"), 36), (_("差什么"), 36),
        (_("缺什么数"), 36), (_("出库日"), 12), (_("出库原因"), 36),
    ]  # fmt: skip
    body = [
        [
            text(names.name_of(row.subject)),
            text(row.subject.uscc or ""),
            text(row.stay.entered.isoformat()),
            text(row.stay.why_in),
            text(_("；").join(row.not_met)),
            text(_("；").join(row.missing)),
            text(row.stay.left.isoformat() if row.stay.left else ""),
            text(row.stay.why_out),
        ]
        for row in rows
    ]
    said = _("入库条件：最多差 %(short)d 项，最多缺 %(missing)d 个数") % {
        "short": entry.short,
        "missing": entry.missing,
    }
    made = _("按 %(on)s 的规则和定稿快照 %(snapshot)s 判定") % {
        "on": run.on.isoformat(),
        "snapshot": run.snapshot.hash[:8],
    }
    return exports.answer(
        here.reader,
        what="candidates",
        title=_("%(zone)s后备库：%(rule)s") % {"zone": names.name_of(here.zone), "rule": words.short},
        columns=[Column(title, width=width) for title, width in titles],
        rows=body,
        filters=[
            words.name,
            said,
            str(STATES[state]),
            *([_("搜“%s”") % q] if q else []),
            made,
            *doubts(words),
        ],
        zone=here.zone,
        synthetic=here.zone.synthetic,
    )


def _asked(values: Mapping[str, str]) -> tuple[EntryRule, str, str]:
    """Entry rule, state and search of the address; what is no number or too large is the usual one."""
    short, missing = whole(values.get("n", "")), whole(values.get("m", ""))
    entry = EntryRule(
        short if short is not None and short <= MOST else USUAL_SHORT,
        missing if missing is not None and missing <= MOST else USUAL_MISSING,
    )
    state = values.get("state", "")
    return entry, state if state in STATES else "in", values.get("q", "").strip()[:80]
