"""`gaoxin freeze`: the facts as Parquet files that never change (生成数据快照)."""

from __future__ import annotations

from typing import Any

import click

from gaoxin.cli.console import FINDINGS, SOUND, Console, verb


@verb()
@click.option(
    "--as-of", metavar="TIME", help="按当时所知 as it was known then: 2026-03-31 or 2026-03-31T18:00"
)
def command(console: Console, as_of: str | None) -> int:
    """把库里的数冻结成快照：每类主体一个 Parquet 文件，附清单和运行卡。

    Freeze the ledger: one Parquet file per kind of subject, with manifest and run card. Sources that disagree
    have no value until somebody rules; how many is printed, and the exit code is 1.
    """
    from gaoxin.web import opening
    from gaoxin.workspace.workspace import moment

    opening.connect()
    from gaoxin.web.eligibility.services import evaluate_everywhere
    from gaoxin.web.ledger.freezing import freeze_ledger

    frozen = freeze_ledger(as_of=moment(as_of) if as_of else None)
    counts: dict[str, Any] = frozen.snapshot.counts
    # the state of a past moment is kept for comparing; what holds now is judged by what is known now
    judged = [] if as_of else [run.zone.code for run in evaluate_everywhere(frozen.snapshot)]
    console.show(
        {
            "hash": frozen.snapshot.hash,
            "directory": str(frozen.directory),
            "as_of": frozen.snapshot.as_of.isoformat(),
            "counts": counts,
            "disputed": frozen.disputed,
            "fresh": frozen.fresh,
            "card": str(frozen.card),
            "judged": judged,
        },
        _lines(console, frozen, counts, judged),
    )
    return FINDINGS if frozen.disputed else SOUND


def _lines(console: Console, frozen: Any, counts: dict[str, Any], judged: list[str]) -> list[str]:
    values = sum(kind["values"] for kind in counts.values())
    subjects = sum(kind["subjects"] for kind in counts.values())
    same = "" if frozen.fresh else console.text("（与已有快照相同）", " (the same as before)")
    lines = [
        console.text(
            f"快照 {frozen.snapshot.hash[:16]}{same}：{subjects} 个主体，{values} 个数",
            f"Snapshot {frozen.snapshot.hash[:16]}{same}: {subjects} subjects, {values} values",
        ),
        console.text(f"位置 {frozen.directory}", f"In {frozen.directory}"),
    ]
    if frozen.disputed:
        lines.append(
            console.text(
                f"有 {frozen.disputed} 个数来源不一致、还没有裁定，快照里没有值。",
                f"{frozen.disputed} figures are disputed and have no value in it.",
            )
        )
    if judged:
        lines.append(
            console.text(
                f"已按规则判定 {len(judged)} 个园区的企业。", f"The firms of {len(judged)} zones were judged."
            )
        )
    return lines
