"""`gaoxin evaluate`: scores and ranks of units by a framework of indicators (综合评价)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from gaoxin.cli.console import FINDINGS, SOUND, Console, verb

if TYPE_CHECKING:
    from gaoxin.indicators.evaluation import Evaluation

_FILE = click.Path(exists=True, dir_okay=False)
_MOST = 20


@verb()
@click.argument("framework", metavar="[FRAMEWORK]", required=False, type=_FILE)
@click.option("--data", metavar="CSV", type=_FILE, help="数据，一行一个单位 data, one unit a row")
@click.option("--recipe", metavar="YAML", type=_FILE, help="评价方法 the steps; 缺省：极差 0–100、加权平均")
@click.option("--coinr-meta", metavar="F", type=_FILE, help="COINr 的 iMeta，代替 FRAMEWORK COINr's iMeta")
@click.option("--out", metavar="DIR", type=click.Path(file_okay=False), help="输出目录 folder for the files")
@click.option("--uncertainty", metavar="SPEC", type=_FILE, help="重复计算的方案 what varies, and how")
def command(
    console: Console,
    framework: str | None,
    data: str | None,
    recipe: str | None,
    coinr_meta: str | None,
    out: str | None,
    uncertainty: str | None,
) -> int:
    """按指标体系给各单位打分、排名。Score and rank units by a framework of indicators.

    FRAMEWORK 是 YAML 指标树、一行一个节点的 CSV，或 COINr 的 iMeta。
    各步骤的数值、得分、名次、权重、改动过的格子和评价卡片写入 --out 目录。没有一个单位有得分时退出码为 1。
    """
    from gaoxin.indicators.writing import write, write_uncertainty
    from gaoxin.workspace.evaluating import evaluate_data

    tree = framework or coinr_meta
    if tree is None or (framework and coinr_meta):
        raise click.UsageError(
            console.text("请给出 FRAMEWORK 或 --coinr-meta 之一", "Give either FRAMEWORK or --coinr-meta")
        )
    for option, given in (("--data", data), ("--out", out)):
        if given is None:
            raise click.UsageError(console.text(f"请给出 {option}", f"{option} is needed"))
    evaluation = evaluate_data(tree, str(data), recipe)
    files = [str(path) for path in write(evaluation, str(out))]
    if uncertainty is not None:
        from gaoxin.indicators.uncertainty.run import run
        from gaoxin.indicators.uncertainty.spec import read_spec

        found = run(evaluation, read_spec(uncertainty))
        files += [str(path) for path in write_uncertainty(found, evaluation, str(out))]
    console.show(_document(evaluation, files), _lines(console, evaluation, str(out)))
    for note in evaluation.notes:
        if not console.json:
            click.echo(console.text(note.zh, note.en), err=True)
    return SOUND if any(row["score"] is not None for row in evaluation.df().to_dicts()) else FINDINGS


def _document(evaluation: Evaluation, files: list[str]) -> dict[str, Any]:
    return {
        "title": evaluation.title[0],
        "title_en": evaluation.title[1],
        "top": evaluation.framework.top.code,
        "units": evaluation.df().to_dicts(),
        "notes": [note.as_dict() for note in evaluation.notes],
        "files": files,
    }


def _lines(console: Console, evaluation: Evaluation, out: str) -> Iterator[str]:
    """The title, the first places of the latest year, and where the rest is."""
    top, year = evaluation.framework.top, evaluation.panel.years[-1]
    when = f" {year}" if year is not None else ""
    yield f"{top.label(console.lang)}{when}  {console.text(*evaluation.title)}"
    rows = [row for row in evaluation.df().to_dicts() if row["year"] == year]
    for row in rows[:_MOST]:
        score = "—" if row["score"] is None else f"{row['score']:.2f}"
        yield f"{row['rank'] or '—':>4}  {score:>8}  {row['name']}"
    more, total = len(rows) - _MOST, len(rows)
    if more > 0:
        yield console.text(
            f"      另有 {more} 个单位，共 {total} 个", f"      and {more} more of {total} units"
        )
    yield console.text(f"已写入 {out}", f"written to {out}")
