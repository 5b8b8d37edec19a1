"""The clause editor: numbers changed and priced at once; drafts saved, reviewed, finished (条款测算)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gaoxin.core.errors import GaoxinError, RuleError
from gaoxin.rules.compiling import CompiledRule
from gaoxin.web.accounts.permissions import can, requires
from gaoxin.web.eligibility import clause_pages, drafts, selectors
from gaoxin.web.eligibility.clause_forms import SIDES, ClauseForm, clause_form, law_text
from gaoxin.web.eligibility.draft_models import ClauseDraft, DraftVersion
from gaoxin.web.eligibility.models import Run
from gaoxin.web.eligibility.residents import compiled_for, residents
from gaoxin.web.eligibility.rule_words import rule_words
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.pages import names
from gaoxin.web.pages.forms import said
from gaoxin.web.pages.scope import language, slug_of, whole
from gaoxin.web.pages.stage import Stage, about, stage

_PARTS = {"result": "eligibility/clause_result.html", "marginal": "eligibility/clause_marginal.html"}


@require_GET
@requires("boards.view")
def clauses(request: HttpRequest) -> HttpResponse:
    """The clauses of the zone with what they cost, and the drafts people work on."""
    here = stage(request, room="policy", path=reverse("clauses"))
    run = selectors.latest_run(here.reader, here.zone)
    if run is None:
        return render(request, "eligibility/unjudged.html", {"title": _("条款测算")})
    held = residents(run)
    offered = clause_pages.clauses(held)
    lines = [
        (rule_words(one, here.zone.code), clause_pages.sides(clause_pages.simulate(held, one.id, {}))[0])
        for one in offered
    ]
    context = {
        "lines": lines,
        "drafts": [
            (one, rule_words(compiled_for(run, one.rule), here.zone.code))
            for one in drafts.visible_drafts(here.reader, here.zone)[:40]
            if one.rule in {each.id for each in offered}
        ],
        "run": run,
        "zone_name": names.name_of(here.zone),
        "slug": slug_of(here.zone.code),
    }
    return render(request, "eligibility/clauses.html", context)


@require_GET
@requires("boards.view")
def clause(request: HttpRequest, rule: str) -> HttpResponse:
    """The editor of one clause; the result alone, or one step of every number, for htmx."""
    here = stage(request, room="policy", path=reverse("clauses"))
    run = _run(here)
    compiled = _clause(run, rule)
    values = _values(request.GET, here, compiled.id)
    form = clause_form(compiled, values)
    part = request.GET.get("part", "")
    context = _told(here, run, form, rule, part)
    if part in _PARTS and request.htmx:  # type: ignore[attr-defined]
        return render(request, _PARTS[part], context, status=200)
    return render(request, "eligibility/clause.html", context)


def _told(here: Stage, run: Run, form: ClauseForm, rule: str, part: str) -> dict[str, Any]:
    compiled = compiled_for(run, rule)
    made = clause_pages.simulate(residents(run), rule, form.written)
    kept = {f"{side}.{name}": value for side in SIDES for name, value in form.written[side].items()}
    context: dict[str, Any] = {
        "rule": rule_words(compiled, here.zone.code),
        "base": reverse("clause", args=[compiled.id]),
        "slug": slug_of(here.zone.code),
        "zone_name": names.name_of(here.zone),
        "run": run,
        "form": form,
        "kept": kept,
        "method": made.method[1 if language() == "en" else 0],
        "may_save": can(here.reader, "drafts.write"),
    }
    if part == "marginal":
        return context | {"marginals": clause_pages.marginals(made), "seen_from": made.sides[-1].name}
    return context | {
        "sides": clause_pages.sides(made),
        "changes": clause_pages.changes(made),
        "sizes": clause_pages.groups(made, "size"),
        "industries": clause_pages.groups(made, "industry"),
        "flags": clause_pages.flags(made.sides[-1].compiled),
        "drafts": drafts.visible_drafts(here.reader, here.zone).filter(rule=compiled.id)[:20],
    }


@require_POST
@requires("drafts.write")
def save(request: HttpRequest, rule: str) -> HttpResponse:
    """Save one side under a name."""
    here = stage(request, room="policy")
    run = _run(here)
    compiled = _clause(run, rule)
    form = clause_form(compiled, request.POST)  # type: ignore[arg-type]
    side = request.POST.get("side", "a")
    side = side if side in SIDES else "a"
    try:
        _sound(form, side)
        made = clause_pages.simulate(residents(run), rule, {side: form.written[side]})
        told = made.sides[-1].cost
        version = drafts.save_draft(
            by=here.reader,
            zone=here.zone,
            compiled=compiled,
            name=request.POST.get("name", ""),
            written=form.written[side],
            note=request.POST.get("note", ""),
            cost={
                "passes": told.passes,
                "open": told.open,
                "low": told.low,
                "base": told.base,
                "high": told.high,
            },
            card={"snapshot": run.snapshot.hash, "on": run.on.isoformat(), "rule": compiled.id},
        )
    except MoveRefused:
        raise
    except GaoxinError as problem:
        context = _told(here, run, form, rule, "") | {"refused": said(problem), "typed": request.POST}
        return render(request, "eligibility/clause.html", context, status=422)
    messages.success(request, _("已存为草案第 %d 版") % version.number)
    return redirect("draft", version.draft_id)


@require_GET
@requires("boards.view")
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft: its versions, its flags, what was decided about them."""
    here, held = _held(request, pk)
    return render(request, "eligibility/draft.html", _draft_context(here, held))


@require_POST
@requires("drafts.review")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about one flag."""
    here, held = _held(request, pk)
    try:
        drafts.review_flag(
            by=here.reader,
            draft_id=held.pk,
            compiled=_compiled(here, held),
            flag=request.POST.get("flag", ""),
            reason=request.POST.get("reason", ""),
        )
    except MoveRefused:
        raise
    except drafts.DraftRefused as problem:
        return _refused(request, here, held, problem)
    messages.success(request, _("已记入审查记录"))
    return redirect("draft", held.pk)


@require_POST
@requires("drafts.publish")
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Finish a draft; refused while a flag has no record."""
    here, held = _held(request, pk)
    try:
        drafts.finish_draft(by=here.reader, draft_id=held.pk, compiled=_compiled(here, held))
    except drafts.DraftRefused as problem:
        return _refused(request, here, held, problem)
    messages.success(request, _("已定稿"))
    return redirect("draft", held.pk)


def _refused(request: HttpRequest, here: Stage, held: ClauseDraft, problem: GaoxinError) -> HttpResponse:
    context = _draft_context(here, held) | {"refused": said(problem)}
    return render(request, "eligibility/draft.html", context, status=422)


def _draft_context(here: Stage, held: ClauseDraft) -> dict[str, Any]:
    run = _run(here)
    law = compiled_for(run, held.rule)
    versions = list(held.versions.order_by("-number"))
    compiled = drafts.compiled_draft(held, versions[0], law)
    decided = {one.flag: one for one in held.reviews.all()}
    own = drafts.wrote(here.reader, held)
    flags = [(view, decided.get(view.flag.id)) for view in clause_pages.flags(compiled)]
    return {
        "draft": held,
        "finished": held.state == ClauseDraft.State.FINISHED,
        "rule": rule_words(law, here.zone.code),
        "versions": [_version(one, law) for one in versions],
        "flags": flags,
        "open_flags": sum(1 for _view, one in flags if one is None),
        "law": [
            (spec.en if language() == "en" else spec.zh, law_text(spec, law.values[name]))
            for name, spec in law.rule.parameters.items()
        ],
        "slug": slug_of(here.zone.code),
        "zone_name": names.name_of(here.zone),
        "own": own,
        "may_review": can(here.reader, "drafts.review") and not own,
        "may_finish": can(here.reader, "drafts.publish") and not own,
    }


def _version(one: DraftVersion, law: CompiledRule) -> dict[str, Any]:
    cost = {
        name: clause_pages.wan(_yuan(value))
        for name, value in one.cost.items()
        if name in ("low", "base", "high")
    }
    return {"row": one, "changed": clause_pages.draft_rows(one.written, law), "cost": cost}


def _yuan(fen: int | None) -> Fraction | None:
    return None if fen is None else Fraction(fen, 100)


def _held(request: HttpRequest, pk: int) -> tuple[Stage, ClauseDraft]:
    here = stage(request, room="policy")
    held = drafts.draft_of(here.reader, pk)
    about(request, held.zone)
    here.zone = held.zone
    return here, held


def _compiled(here: Stage, held: ClauseDraft) -> CompiledRule:
    version = held.versions.order_by("-number").first()
    assert version is not None
    return drafts.compiled_draft(held, version, compiled_for(_run(here), held.rule))


def _run(here: Stage) -> Run:
    run = selectors.latest_run(here.reader, here.zone)
    if run is None:
        raise NotFound(
            "这个园区还没有判定过，没有数据可测算。",
            "This zone has not been judged; there is nothing to simulate.",
        )
    return run


def _clause(run: Run, rule: str) -> CompiledRule:
    compiled = compiled_for(run, rule)
    if compiled.amount is None or compiled.rule.category != "clause":
        raise NotFound(
            f"{compiled.rule.zh}不是给资金的条款，不能测算。", f"{compiled.rule.en} is no clause that pays."
        )
    return compiled


def _values(asked: Mapping[str, str], here: Stage, rule: str) -> Mapping[str, str]:
    """What the address asks for; `draft=7` fills side A, `beside=8` side B, each from its last version."""
    values = {key: asked[key] for key in asked}
    for side, name in (("a", "draft"), ("b", "beside")):
        pk = whole(values.get(name, ""))
        if pk is None:
            continue
        held = drafts.draft_of(here.reader, pk)
        version = held.versions.order_by("-number").first()
        if held.rule == rule and version is not None:
            values = {f"{side}.{key}": text for key, text in version.written.items()} | values
    return values


def _sound(form: ClauseForm, side: str) -> None:
    faults = [field for field in form.faults if field.id.startswith(f"{side}.")]
    if faults:
        raise RuleError(
            f"有 {len(faults)} 处没有填对，请先改正。",
            f"{len(faults)} fields are not right; mend them first.",
        )
