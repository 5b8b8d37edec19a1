"""`gaoxin restore`: a backup into an empty place, whole or not at all (从备份恢复)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gaoxin.cli.backup import described, grouped, standing
from gaoxin.cli.console import FINDINGS, SOUND, Console, verb
from gaoxin.cli.serve import stopping_as_interrupt

if TYPE_CHECKING:
    from gaoxin.web.operations.restore import Restored


@verb()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--into",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="恢复到这个空文件夹，默认 GAOXIN_HOME empty folder that becomes GAOXIN_HOME",
)
@click.option(
    "--database-url",
    metavar="URL",
    help="恢复到这个空数据库，默认 DATABASE_URL empty database, in the spelling of DATABASE_URL",
)
def command(console: Console, file: Path, into: Path | None, database_url: str | None) -> int:
    """从备份恢复到空的文件夹和空的数据库；核对不通过就什么都不留。

    Restore a backup into an empty folder and an empty database; if anything does not agree, nothing is left
    behind.
    """
    from gaoxin.web.operations.restore import restore_backup

    with stopping_as_interrupt():
        restored = restore_backup(file, into=into, url=database_url, say=console.say)
    console.show(as_document(restored), lines(console, restored))
    return FINDINGS if restored.findings else SOUND


def as_document(restored: Restored) -> dict[str, Any]:
    """What stands now and what was proven, as JSON. The password of the database is not repeated."""
    return {
        "home": str(restored.address.home),
        "database": str(restored.address.database["NAME"]),
        "sha256": restored.sha256,
        "verified": True,
        **described(restored.manifest),
        "files": restored.files,
        "snapshots": [facts.hash for facts in restored.snapshots],
        "findings": [{"zh": zh, "en": en} for zh, en in restored.findings],
    }


def lines(console: Console, restored: Restored) -> list[str]:
    contents, address = restored.manifest.contents, restored.address
    tables, rows, database = len(contents.tables), grouped(contents.rows), address.database["NAME"]
    read_back = {
        "sqlite": (
            "通过完整性检查和外键检查，行数一致",
            "passed integrity and foreign key checks, row counts agree",
        ),
        "postgresql": ("逐表读回，内容逐字节一致", "every table was read back and is equal byte by byte"),
    }[contents.vendor]
    return [
        console.text(
            f"恢复完成：{address.home}，数据库 {database}", f"Restored: {address.home}, database {database}"
        ),
        console.text(
            f"备份时间 {restored.manifest.created_at}，来自 {restored.manifest.host}，SHA-256 "
            f"{restored.sha256}",
            f"Backup of {restored.manifest.created_at} from {restored.manifest.host}, SHA-256 "
            f"{restored.sha256}",
        ),
        console.text(
            f"已核对：{restored.files} 个文件的 SHA-256 一致；数据库 {tables} 张表共 {rows} 行，"
            f"{read_back[0]}；"
            f"{len(restored.snapshots)} 个快照已打开。",
            f"Verified: SHA-256 of {restored.files} files agree; {tables} tables with {rows} rows, "
            f"{read_back[1]}; "
            f"{len(restored.snapshots)} snapshots were opened.",
        ),
        *standing(console, restored.manifest),
        console.text(
            "备份之后登记的数据不在其中；所有人需要重新登录。启动前请设好 GAOXIN_HOME、DATABASE_URL 和 "
            "GAOXIN_SECRET_KEY。",
            "What was entered after the backup is not there; everybody signs in again. Set GAOXIN_HOME, "
            "DATABASE_URL and "
            "GAOXIN_SECRET_KEY before starting.",
        ),
        *(console.text(f"注意：{zh}", f"Look at this: {en}") for zh, en in restored.findings),
    ]
