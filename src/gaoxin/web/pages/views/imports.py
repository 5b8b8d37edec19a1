"""The import wizard (导入): choose a file, match columns, look at what changes, record; progress survives
leaving.
"""

from __future__ import annotations

import uuid
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gaoxin.core.errors import GaoxinError
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.inspection.signature import READ
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.errors import NotFound
from gaoxin.web.imports import selectors, services
from gaoxin.web.imports.models import ImportRun, State
from gaoxin.web.imports.states import WORKING
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.synthetic import practice_return
from gaoxin.web.pages import import_pages, names
from gaoxin.web.pages.exports import XLSX
from gaoxin.web.pages.forms import ReasonForm, said
from gaoxin.web.pages.lookup import NoMatch, metric_named
from gaoxin.web.pages.scope import language, slug_of, whole
from gaoxin.web.pages.selectors import built_upon, lines_to_decide
from gaoxin.web.pages.stage import about, enter_room, stage
from gaoxin.web.pages.workbooks import Column, workbook

_PAGE = 50
_GROUPS = ("attention", "normal", "unchanged")
_TEMPLATE_COLUMNS = ("revenue", "rd_book", "staff_year_end", "ip_invention")


@requires("facts.import")
def imports(request: HttpRequest) -> HttpResponse:
    """The imports of the zone, and a place to drop the next file."""
    here = stage(request, room="data", path=reverse("imports"))
    context = {
        "zone_name": names.name_of(here.zone),
        "slug": slug_of(here.zone.code),
        "runs": [import_pages.run_line(run) for run in selectors.runs(here.reader, here.zone)],
        "practice": practice_return(here.reader, here.zone),
        "kinds": [(kind, names.subject_kind(kind)) for kind in services.KINDS],
        "error": "",
        "period": "",
        "kind": "enterprise",
        "accept": ",".join(READ),
    }
    if request.method != "POST":
        return render(request, "pages/imports.html", context)
    file = request.FILES.get("file")
    context |= {"period": request.POST.get("period", ""), "kind": request.POST.get("kind", "enterprise")}
    if file is None:
        context["error"] = _("先选一个文件")
        return render(request, "pages/imports.html", context, status=422)
    try:
        uploaded = services.upload(
            by=here.reader,
            zone=here.zone,
            file_name=file.name or "",
            chunks=file.chunks(),
            kind=str(context["kind"]),
            period=str(context["period"]).strip(),
        )
    except GaoxinError as problem:
        context["error"] = said(problem)
        return render(request, "pages/imports.html", context, status=422)
    if uploaded.earlier is not None:
        messages.info(request, _("同一个文件入库过一次；只有新的数会再入库"))
    return redirect("import", uploaded.run.pk)


@requires("facts.import")
def run(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Where this import stands: working, columns, review, or done."""
    reader = enter_room(request, "data")
    held = selectors.run(reader, run)
    about(request, held.zone)
    context = _frame(held)
    if held.state in WORKING:
        return render(request, "pages/import_working.html", context | _progress(reader, held))
    if held.state == State.MAPPING:
        return render(request, "pages/import_columns.html", context | _columns(reader, held))
    if held.state == State.REVIEW:
        return render(request, "pages/import_review.html", context | _review(request, reader, held))
    return render(request, "pages/import_done.html", context)


def _frame(held: ImportRun) -> dict[str, object]:
    return {
        "run": held,
        "zone_name": names.name_of(held.zone),
        "slug": slug_of(held.zone.code),
        "line": import_pages.run_line(held),
        "steps": import_pages.steps(held.state),
        "period": import_pages.period_word(held.period),
        "error": held.error_en if language() == "en" else held.error_zh,
        "counts": held.counts,
        "remarks": [issue["en" if language() == "en" else "zh"] for issue in held.issues[:8]],
        "cancellable": held.state not in (State.ACCEPTED, State.CANCELLED, State.FAILED, State.WITHDRAWN),
    }


@requires("facts.import")
def progress(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """How far the worker is; once it is done the page is asked to load anew."""
    reader = enter_room(request, "data")
    held = selectors.run(reader, run)
    response = render(request, "parts/import_progress.html", {"run": held} | _progress(reader, held))
    if held.state not in WORKING:
        response["HX-Refresh"] = "true"
    return response


def _progress(reader: User, held: ImportRun) -> dict[str, object]:
    note = selectors.progress(reader, held.pk)
    return {
        "progress": note,
        "phase": note.phase_en if language() == "en" else note.phase_zh,
        "waiting": note.phase == "wait",
    }


def _columns(reader: User, held: ImportRun) -> dict[str, object]:
    mapping = selectors.mapping(reader, held.pk)
    table = selectors.head(reader, held.pk)
    lines = import_pages.column_lines(mapping, table)
    return {
        "columns": lines,
        "questions": import_pages.sheet_questions(mapping),
        "open": len(mapping.questions),
        "units": import_pages.shared_units(mapping),
        "matched": sum(line.is_metric for line in lines),
        "sheets": table.sheets,
        "sheet": table.sheet,
        "roles": import_pages.roles_offered(),
        "metrics": [
            names.metric_name(metric)
            for metric in catalogue.library().metrics.values()
            if held.kind in metric.subjects
        ],
    }


@requires("facts.import")
@require_POST
def column(request: HttpRequest, run: uuid.UUID, index: int) -> HttpResponse:
    """One answer about one column; the table of columns comes back with what is still open."""
    reader = enter_room(request, "data")
    held = selectors.run(reader, run)
    problem = ""
    try:
        services.assign_column(by=reader, run_id=run, index=index, **_answer(request, held.kind))
    except GaoxinError as error:
        problem = said(error)
    held = selectors.run(reader, run)
    context = _frame(held) | _columns(reader, held) | {"problem": problem, "problem_at": index}
    return render(request, "parts/import_columns.html", context)


def _answer(request: HttpRequest, kind: str) -> dict[str, object]:
    """What was typed or chosen for a column."""
    data = request.POST
    answer: dict[str, object] = {}
    if "means" in data:
        text = data["means"].strip()
        roles = {name: role for role, name in import_pages.roles_offered()}
        if text in roles:
            answer["role"] = roles[text]
        else:
            answer["metric"] = metric_named(text, kind).id
    if data.get("role") in {role for role, _name in import_pages.roles_offered()}:
        answer["role"] = data["role"]
    if data.get("unit", "").strip():
        answer["unit"] = data["unit"].strip()
    if data.get("period", "").strip():
        answer["period"] = Period.parse(data["period"].strip())
    if data.get("fraction") in ("12%", "0.12%"):
        answer["fraction"] = data["fraction"] == "12%"
    if data.get("scale") == "1":
        answer["allow_scale"] = True
    if not answer:
        raise NoMatch("没有填内容", "Nothing was given.")
    return answer


@requires("facts.import")
@require_POST
def settings(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Another report period, another sheet of the file, or one unit for all columns that lack theirs."""
    reader = enter_room(request, "data")
    try:
        if sheet := request.POST.get("sheet"):
            services.choose_sheet(by=reader, run_id=run, sheet=sheet)
        if unit := request.POST.get("unit", "").strip():
            services.assign_unit(by=reader, run_id=run, unit=unit)
        if period := request.POST.get("period", "").strip():
            services.set_mapping(by=reader, run_id=run, period=period)
    except GaoxinError as problem:
        messages.error(request, said(problem))
    return redirect("import", run)


@requires("facts.import")
@require_POST
def move(request: HttpRequest, run: uuid.UUID, step: str) -> HttpResponse:
    """The next step: check, accept, back to the columns, or cancel."""
    reader = enter_room(request, "data")
    try:
        if step == "check":
            services.start_check(by=reader, run_id=run)
        elif step == "accept":
            services.start_accept(by=reader, run_id=run)
        elif step == "columns":
            services.set_mapping(by=reader, run_id=run)
        elif step == "cancel":
            services.cancel(by=reader, run_id=run)
            messages.success(request, _("已取消，没有入库"))
    except GaoxinError as problem:
        messages.error(request, said(problem))
    return redirect("import", run)


def _review(request: HttpRequest, reader: User, held: ImportRun) -> dict[str, object]:
    """The lines of the chosen group; with none chosen, what needs a decision and the first normal changes."""
    group = request.GET.get("group", "")
    group = group if group in _GROUPS else ""
    search = request.GET.get("q", "").strip()[:80]
    after = whole(request.GET.get("after", "")) or 0
    first = selectors.review(reader, held.pk, group or "attention", after=after, limit=_PAGE, search=search)  # type: ignore[arg-type]
    sections = [_section(group or "attention", first.lines, first.decisions)]
    normal_total = 0
    if not group:
        normal = selectors.review(reader, held.pk, "normal", limit=20, search=search)
        normal_total = normal.in_group
        sections.append(_section("normal", normal.lines, first.decisions))
    counts = first.counts
    slips = [
        {"words": import_pages.slip_words(group_), "keys": group_.column, "rows": group_.rows}
        for group_ in first.slips
    ]  # fmt: skip
    return {
        "sections": [section for section in sections if section["groups"]],
        "group": group,
        "q": search,
        "after": after,
        "next": after + _PAGE if group and first.in_group > after + _PAGE else None,
        "previous": max(0, after - _PAGE) if after else None,
        "in_group": first.in_group,
        "normal_total": normal_total,
        "open": first.open,
        "compared": first.compared_zh if language() == "zh" else "",
        "slips": slips,
        "bulk": import_pages.bulk_acts(lines_to_decide(reader, held.pk), first.decisions),
        "others": max(
            0,
            counts.get("attention", 0)
            - counts.get("figures_jump", 0)
            - counts.get("rows_error", 0)
            - counts.get("gone", 0),
        ),
        "slip_rows": sum(group_.rows for group_ in first.slips),
        "normal_rows": counts.get("rows_new", 0) + counts.get("rows_changed", 0),
        "attention_rows": counts.get("attention", 0) + sum(group_.rows for group_ in first.slips),
        "all_rows": counts.get("attention", 0)
        + sum(group_.rows for group_ in first.slips)
        + counts.get("rows_new", 0)
        + counts.get("rows_changed", 0),
    }


def _section(group: str, lines, decisions) -> dict[str, object]:  # type: ignore[no-untyped-def]
    views = [import_pages.review_line(line, decisions) for line in lines]
    if group != "attention":
        title = _("正常变化") if group == "normal" else _("没有变化")
        return {"groups": [(title, views)] if views else []}
    slips = [view for view in views if view.hit]
    others = [view for view in views if not view.hit]
    groups = [(_("疑似单位错"), slips), (_("要你看一眼"), others)]
    return {"groups": [(title, found) for title, found in groups if found]}


@requires("facts.import")
@require_POST
def decide(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """A decision about one line, or one for all suspected slips of a column; the review comes back."""
    reader = enter_room(request, "data")
    held = selectors.run(reader, run)
    problem = ""
    try:
        services.decide(by=reader, run_id=run, decisions=_decisions(request, reader, held))
    except GaoxinError as error:
        problem = said(error)
    held = selectors.run(reader, run)
    if not request.htmx:  # type: ignore[attr-defined]
        if problem:
            messages.error(request, problem)
        return redirect("import", run)
    context = _frame(held) | _review(request, reader, held) | {"problem": problem}
    return render(request, "parts/import_review.html", context)


def _decisions(request: HttpRequest, reader: User, held: ImportRun) -> dict[str, str]:
    key, _colon, decision = request.POST.get("one", "").rpartition("=")
    if key:
        return {key: decision}
    every = request.POST.get("every", "")
    column, _slash, word = every.partition("=")
    lines = lines_to_decide(reader, held.pk)
    judgement = column.removeprefix("all:")
    if judgement != column:
        return {
            line.key: word
            for line in lines
            if line.judgement == judgement and word in line.options and not held.decisions.get(line.key)
        }
    if column == "open":
        return {line.key: word for line in lines if word in line.options and not held.decisions.get(line.key)}
    return {
        line.key: word
        for line in lines
        if line.judgement == "unit_slip" and str(line.column) == column and word in line.options
    }


@requires("facts.import")
def annotated(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """The same workbook with comments on the cells that cannot be loaded."""
    reader = enter_room(request, "data")
    held = selectors.run(reader, run)
    data = selectors.annotated_file(reader, run)
    services.note_download(by=reader, run_id=run, what="annotated")
    return _file(data, _("批注-%s") % held.file_name.rsplit(".", 1)[0])


@requires("facts.import")
def template(request: HttpRequest) -> HttpResponse:
    """An empty sheet whose column names are understood."""
    stage(request, room="data")
    library = catalogue.library()
    columns = [Column("统一社会信用代码", width=24), Column("企业名称", width=30)]
    for code in _TEMPLATE_COLUMNS:
        if (metric := library.metrics.get(code)) is not None:
            columns.append(
                Column(metric.zh, unit="万元" if metric.unit == "元" else metric.unit or "", width=22)
            )
    data = workbook(title="企业报表", notes=[], columns=columns, rows=[], synthetic=False)
    return _file(data, _("企业报表模板"))


@requires("facts.import")
def practice(request: HttpRequest) -> HttpResponse:
    """The monthly return of a practice zone, with planted mistakes, to try the import on."""
    here = stage(request, room="data")
    held = practice_return(here.reader, here.zone)
    if held is None:
        raise NotFound("这个园区没有练习用的报表。", "This zone has no practice return.")
    services.note_practice(by=here.reader, zone=here.zone, file_name=held.name)
    return _file(held.path.read_bytes(), held.name.rsplit(".", 1)[0])


def _file(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response


@requires("facts.import")
def withdraw(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Take an accepted import back as a whole."""
    reader = enter_room(request, "data")
    held = selectors.run(reader, run)
    about(request, held.zone)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    upon = built_upon(reader, held.batch) if held.batch is not None else None
    if form.is_bound and form.is_valid():
        try:
            services.withdraw(by=reader, run_id=run, reason=form.cleaned_data["reason"])
        except GaoxinError as problem:
            form.add_error(None, said(problem))
        else:
            messages.success(request, _("已撤回这一批，原来的数恢复"))
            return redirect("import", run)
    context = _frame(held) | {"form": form, "upon": upon}
    return render(request, "pages/import_withdraw.html", context, status=422 if form.errors else 200)
