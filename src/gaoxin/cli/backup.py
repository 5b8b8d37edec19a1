"""`gaoxin backup`: everything into one verified file, while people go on working (备份全部数据)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gaoxin.cli.console import FINDINGS, SOUND, Console, verb
from gaoxin.cli.serve import stopping_as_interrupt

if TYPE_CHECKING:
    from gaoxin.web.operations.archives.manifest import Manifest
    from gaoxin.web.operations.backup import Backup


@verb()
@click.option(
    "--to",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="放备份的文件夹，默认 GAOXIN_HOME/backups folder for the backup",
)
@click.option(
    "--keep",
    metavar="N",
    type=click.IntRange(min=1),
    help="新备份核对无误后，只留最近 N 个 keep the newest N, once the new one is verified",
)
def command(console: Console, to: Path | None, keep: int | None) -> int:
    """备份全部数据：数据库和文件，写成一个文件并核对；不用停机。

    Back up everything, database and files, into one verified file; the workbench may be running.
    Not kept: secret-key, signed-in sessions, logs, collected style sheets.
    """
    from gaoxin.web.operations.backup import make_backup

    with stopping_as_interrupt():
        made = make_backup(to=to, keep=keep, say=console.say)
    console.show(as_document(made), lines(console, made))
    return FINDINGS if made.findings else SOUND


def as_document(made: Backup) -> dict[str, Any]:
    """What was written and what was proven, as JSON."""
    return {
        "file": str(made.path),
        "size": made.size,
        "sha256": made.sha256,
        "verified": True,
        **described(made.manifest),
        "left_out": list(made.manifest.left_out),
        "findings": [{"zh": zh, "en": en} for zh, en in made.findings],
        "pruned": [str(path) for path in made.pruned],
    }


def described(manifest: Manifest) -> dict[str, Any]:
    """The manifest in short."""
    contents = manifest.contents
    return {
        "created_at": manifest.created_at,
        "created_by": manifest.created_by,
        "host": manifest.host,
        "code_version": manifest.code_version,
        "vendor": contents.vendor,
        "members": len(manifest.members),
        "rows": contents.rows,
        "tables": contents.counts,
        "newest_batch": contents.newest_batch,
        "snapshots": [facts.hash for facts in contents.snapshots],
    }


def lines(console: Console, made: Backup) -> list[str]:
    manifest, contents = made.manifest, made.manifest.contents
    members, tables, rows = len(manifest.members), len(contents.tables), grouped(contents.rows)
    opened = {
        "sqlite": (
            "数据库副本已打开，通过完整性检查和外键检查",
            "the database copy was opened and passed its integrity and foreign key checks",
        ),
        "postgresql": ("各表的行已逐一清点", "the rows of every table were counted"),
    }[contents.vendor]
    answer = [
        console.text(
            f"备份完成：{made.path}（{megabytes(made.size)}）",
            f"Backed up: {made.path} ({megabytes(made.size)})",
        ),
        console.text(
            f"已核对：重新打开文件，{members} 个成员的大小和 SHA-256 全部一致；{opened[0]}，"
            f"{tables} 张表共 {rows} 行，与备份时一致。",
            f"Verified: the file was opened again; size and SHA-256 of all {members} members agree; "
            f"{opened[1]}; "
            f"{tables} tables with {rows} rows, as at the moment of the backup.",
        ),
        *standing(console, manifest),
        f"SHA-256{console.text('：', ': ')}{made.sha256}",
        console.text(
            "没有备份：登录会话、日志、静态文件、已有的备份，以及 secret-key；GAOXIN_SECRET_KEY 请另行保管。",
            "Not kept: signed-in sessions, logs, static files, other backups, and secret-key; keep "
            "GAOXIN_SECRET_KEY "
            "elsewhere.",
        ),
    ]
    if strangers := manifest.strange_tables:
        answer.append(
            console.text(
                f"库里还有不属于工作台的表，没有备份：{'、'.join(strangers)}",
                f"Tables that are not of the workbench were not kept: {', '.join(strangers)}",
            )
        )
    if made.pruned:
        names = "、".join(path.name for path in made.pruned)
        answer.append(
            console.text(
                f"已删除旧备份 {len(made.pruned)} 个：{names}",
                f"Older backups removed, {len(made.pruned)}: {names.replace('、', ', ')}",
            )
        )
    return answer + [console.text(f"注意：{zh}", f"Look at this: {en}") for zh, en in made.findings]


def standing(console: Console, manifest: Manifest) -> list[str]:
    """The newest thing that is in it, in local time, and the snapshots."""
    from datetime import datetime

    contents = manifest.contents
    newest = contents.newest_batch
    moment = f"{datetime.fromisoformat(newest).astimezone():%Y-%m-%d %H:%M:%S %z}" if newest else ""
    return [
        console.text(
            f"最新一批数据：{moment or '还没有'}", f"Newest batch of figures: {moment or 'none yet'}"
        ),
        *(
            console.text(f"快照 {facts.path}：{facts.hash}", f"Snapshot {facts.path}: {facts.hash}")
            for facts in contents.snapshots
        ),
    ]


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u2009")


def megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.0f} kB"
