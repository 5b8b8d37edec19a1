"""`gaoxin import`: an Excel or CSV file into the ledger, whole or not at all (导入).

The same steps as on the pages, done at once: upload, match columns, check, show the difference, accept.
Without
`--accept` the import waits in review, where it can be finished on the pages.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gaoxin.cli.console import FINDINGS, SOUND, Console, verb
from gaoxin.cli.progress import bar

if TYPE_CHECKING:
    from gaoxin.web.imports.models import ImportRun

_SHOWN = 20
_PIECE = 1 << 20


@verb()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--kind", default="enterprise", show_default=True, help="数据种类 enterprise, zone, region, project"
)
@click.option("--zone", help="高新区 zone, such as chuxiong; needed where there are several")
@click.option("--period", default="", help="报告期 period of the report: 2025, 2024-01/2024-09")
@click.option("--source", default="", help="来源编号 id of the document; the zone's own form unless given")
@click.option("--sheet", default="", help="工作表 sheet")
@click.option("--accept", is_flag=True, help="没有要定的就入库 record it if nothing needs a decision")
@click.option(
    "--accept-jumps", is_flag=True, help="变动超过 50% 的也接受 accept figures that changed by more than half"
)
@click.option("--dry-run", is_flag=True, help="只核对，不留下 only check, keep nothing waiting")
def command(
    console: Console,
    file: Path,
    kind: str,
    zone: str | None,
    period: str,
    source: str,
    sheet: str,
    accept: bool,
    accept_jumps: bool,
    dry_run: bool,
) -> int:
    """把 Excel 或 CSV 导入库里：先对列名、核对、列出变化，要么全部入库，要么都不入。

    Import an Excel or CSV file: match columns, check every cell, show what would change, and with --accept
    record all of it in one transaction. Exit code 1: something needs a person, nothing was recorded.
    """
    from gaoxin.web import opening

    opening.connect(migrate=True)
    from gaoxin.web.imports import services

    held = _zone(zone)
    uploaded = services.upload(
        by=None, zone=held, file_name=file.name, chunks=_pieces(file), kind=kind, period=period, source=source
    )
    run = uploaded.run
    try:
        with bar(console, sys.stderr) as progress:
            outcome = _go(run, sheet, accept and not dry_run, accept_jumps, progress)
    except (KeyboardInterrupt, Exception):
        _drop(run)
        raise
    if dry_run:
        _drop(run)
    console.show(outcome, list(_lines(console, outcome, uploaded.earlier)))
    return (
        SOUND
        if outcome["state"] == "accepted" or (not outcome["questions"] and not outcome["open"])
        else FINDINGS
    )


def _zone(asked: str | None) -> Any:
    """The zone meant; without a name the only real one there is."""
    from gaoxin.web.ledger.models import Subject

    zones = Subject.objects.filter(kind="zone")
    if asked:
        code = asked if "/" in asked else f"zone/{asked}"
        found = zones.filter(code=code).first()
        if found is not None:
            return found
    real = list(zones.filter(synthetic=False).order_by("code"))
    if not asked and len(real) == 1:
        return real[0]
    names = "、".join(one.code.partition("/")[2] for one in zones.order_by("code"))
    raise click.UsageError(
        f"请用 --zone 指明高新区：{names or '库里还没有'}。Name the zone with --zone: {names or 'none yet'}."
    )


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            yield piece


def _go(run: ImportRun, sheet: str, accept: bool, accept_jumps: bool, progress: Any) -> dict[str, Any]:
    """Read, check and, if nothing is left to decide, accept."""
    from gaoxin.web.imports import services
    from gaoxin.web.imports.models import State
    from gaoxin.web.imports.work import do_step

    do_step(run, progress)
    if sheet and run.sheet != sheet:
        services.choose_sheet(by=None, run_id=run.pk, sheet=sheet)
        do_step(run, progress)
    if run.questions:
        return _outcome(run)
    services.start_check(by=None, run_id=run.pk)
    do_step(run, progress)
    if accept_jumps:
        jumps = [line.key for line in _attention(run) if line.judgement == "jump"]
        services.decide(by=None, run_id=run.pk, decisions=dict.fromkeys(jumps, "accept"))
        run.refresh_from_db()
    outcome = _outcome(run)
    if accept and not outcome["open"]:
        try:
            services.start_accept(by=None, run_id=run.pk)
        except services.RecordedAlready as already:
            run.refresh_from_db()
            services.cancel(by=None, run_id=run.pk)
            return outcome | {"state": State.ACCEPTED.value, "recorded": 0, "already": already.zh}
        do_step(run, progress)
        return _outcome(run)
    return outcome


def _attention(run: ImportRun) -> Any:
    from gaoxin.facts.ingest.diff import Diff
    from gaoxin.web.imports.files import diff_folder

    return Diff.open(diff_folder(run.pk)).attention


def _outcome(run: ImportRun) -> dict[str, Any]:
    from gaoxin.facts.ingest.diff import Diff
    from gaoxin.web.imports.files import diff_folder

    told: dict[str, Any] = {
        "id": str(run.pk),
        "state": run.state,
        "zone": run.zone.code,
        "source": run.source.code,
        "period": run.period,
        "sheet": run.sheet,
        "counts": run.counts,
        "recorded": run.counts.get("recorded", 0),
        "questions": run.questions,
        "issues": run.issues,
        "open": 0,
        "lines": [],
    }
    if run.counts:
        judged = Diff.open(diff_folder(run.pk))
        told["open"] = len(judged.open_keys(run.decisions))
        told["compared"] = judged.compared_zh
        told["lines"] = [
            line.as_dict() | {"decision": run.decisions.get(line.key)} for line in judged.attention
        ]
    return told


def _drop(run: ImportRun) -> None:
    """An import that was only tried, or broken off, does not wait for anybody."""
    from gaoxin.web.imports import services
    from gaoxin.web.imports.states import ENDED

    run.refresh_from_db()
    if run.state not in ENDED:
        type(run).objects.filter(pk=run.pk).update(worker="", lease_until=None)
        services.cancel(by=None, run_id=run.pk)
        run.refresh_from_db()
        if run.state not in ENDED:
            services.cancel(by=None, run_id=run.pk)


def _lines(console: Console, told: Mapping[str, Any], earlier: ImportRun | None) -> Iterator[str]:
    if told.get("already"):
        yield str(told["already"])
        return
    counts = told["counts"]
    for question in told["questions"]:
        yield console.text(f"要您定：{question['zh']}", f"To decide: {question['en']}")
    if counts:
        yield console.text(
            f"读了 {counts['read']} 行、{counts['cells']} 个数；{told['compared']}：",
            f"{counts['read']} rows and {counts['cells']} figures read:",
        )
        for name, zh, en in (
            ("figures_new", "新增", "new"),
            ("figures_changed", "变更", "changed"),
            ("figures_unchanged", "没有变化", "unchanged"),
            ("figures_jump", "变动超过 50%", "changed by more than half"),
            ("figures_unit_slip", "疑似单位错", "suspected wrong unit"),
            ("rows_error", "不能入库的行", "rows that cannot be loaded"),
            ("gone", "上期有、这次没有", "missing this time"),
        ):
            if counts.get(name):
                yield f"  {console.text(zh, en)}  {counts[name]}"
    for line in told["lines"][:_SHOWN]:
        yield _shown(console, line)
    if len(told["lines"]) > _SHOWN:
        rest = len(told["lines"]) - _SHOWN
        yield console.text(f"  … 还有 {rest} 处", f"  … and {rest} more")
    yield from _end(console, told, earlier)


def _shown(console: Console, line: Mapping[str, Any]) -> str:
    from gaoxin.core.quantities import format_number, from_storage
    from gaoxin.facts.ingest.lines import JUDGEMENTS

    def number(name: str) -> str:
        stored, unit = line.get(name), line.get("unit")
        return (
            format_number(from_storage(stored, unit), unit, console.lang)
            if stored is not None and unit
            else ""
        )

    what = console.text(*JUDGEMENTS[line["judgement"]])
    old, new = number("old"), number("new")
    change = f"{old} → {new}" if old else new or line.get("new_text", "")
    why = line.get("zh" if console.lang == "zh" else "en", "")
    parts = [line.get("cell", ""), line.get("name", ""), line.get("metric_zh", ""), change, what, why]
    return "  " + "  ".join(part for part in parts if part)


def _end(console: Console, told: Mapping[str, Any], earlier: ImportRun | None) -> Iterator[str]:
    if told["state"] == "accepted":
        yield console.text(f"已入库：{told['recorded']} 个数。", f"Recorded: {told['recorded']} figures.")
    elif told["open"]:
        yield console.text(
            f"有 {told['open']} 处要人定，没有入库。请在网页“数据 → 导入”里处理（编号 {told['id']}）。",
            f"{told['open']} lines need a decision; nothing was recorded. Finish it on the pages "
            f"({told['id']}).",
        )
    elif not told["questions"]:
        yield console.text(
            "没有入库；加 --accept 就入库。", "Nothing was recorded; add --accept to record it."
        )
    if earlier is not None and told["state"] != "accepted":
        yield console.text(
            f"同一个文件已由{earlier.by_name}导入过。",
            f"The same file was imported before by {earlier.by_name}.",
        )
