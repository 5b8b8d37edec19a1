"""The contents page of a backup (备份清单): `manifest.json`, the last member of the archive.

It says how every other member is recognised, and what the database held.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from gaoxin.web.operations.archives.problems import BackupError

FORMAT = 1
KIND = "gaoxin-backup"
MANIFEST = "manifest.json"
HOME = "home/"
DATABASE = "database/"
# Rows that are not kept: whoever was signed in signs in again.
NOT_KEPT = "django_session"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive. `content_…`: after unpacking; the same as stored if it is not compressed."""

    name: str
    size: int
    sha256: str
    content_size: int
    content_sha256: str
    compressed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table. On PostgreSQL `member` holds its rows as COPY text, `columns` names them in order."""

    name: str
    rows: int
    columns: tuple[str, ...] = ()
    member: str = ""


@dataclass(frozen=True, slots=True)
class Sequence:
    """The next number a PostgreSQL table will give out."""

    table: str
    column: str
    last: int
    called: bool


@dataclass(frozen=True, slots=True)
class FrozenFacts:
    """A snapshot the ledger knows: its folder below `snapshots` and the hash of its content."""

    path: str
    hash: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database held at the moment of the backup; its tables in an order in which they can be loaded.

    `newest_batch`: ISO, UTC; None if nothing has been recorded. `guards`: names of the triggers that keep
    records append-only.
    """

    vendor: str
    server: str
    tables: tuple[Table, ...]
    migrations: tuple[str, ...]
    guards: tuple[str, ...]
    snapshots: tuple[FrozenFacts, ...]
    newest_batch: str | None
    sequences: tuple[Sequence, ...] = ()

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    @property
    def counts(self) -> dict[str, int]:
        return {table.name: table.rows for table in self.tables}


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who made the backup, when, with which code; and all that is in it."""

    code_version: str
    created_at: str
    created_by: str
    host: str
    contents: Contents
    members: tuple[Member, ...]
    left_out: tuple[str, ...] = ()
    strange_tables: tuple[str, ...] = ()

    def as_bytes(self) -> bytes:
        document = {"kind": KIND, "format": FORMAT, **asdict(self)}
        return json.dumps(document, indent=1).encode("ascii") + b"\n"

    def member(self, name: str) -> Member:
        return next(member for member in self.members if member.name == name)

    @classmethod
    def read(cls, text: bytes) -> Manifest:
        """Raises: BackupError if it is of another kind or format, or damaged."""
        try:
            document = json.loads(text)
            if document.pop("kind") != KIND:
                raise ValueError("kind")
            if (version := document.pop("format")) != FORMAT:
                raise BackupError(
                    f"备份格式是 {version}，本程序只认 {FORMAT}。请用做这份备份的版本来恢复。",
                    f"The backup has format {version}, this program reads {FORMAT}; restore it with the "
                    "version that made it.",
                )
            contents = document.pop("contents")
            return cls(
                contents=Contents(
                    tables=tuple(_table(table) for table in contents.pop("tables")),
                    snapshots=_each(FrozenFacts, contents.pop("snapshots")),
                    sequences=_each(Sequence, contents.pop("sequences")),
                    migrations=tuple(contents.pop("migrations")),
                    guards=tuple(contents.pop("guards")),
                    **contents,
                ),
                members=_each(Member, document.pop("members")),
                left_out=tuple(document.pop("left_out")),
                strange_tables=tuple(document.pop("strange_tables")),
                **document,
            )
        except (AttributeError, KeyError, TypeError, ValueError) as problem:
            raise BackupError(
                "备份清单 manifest.json 看不懂或已损坏。请换一份备份。",
                "The manifest.json of the backup is damaged or of another kind; use another backup.",
            ) from problem


def _table(document: dict[str, Any]) -> Table:
    return Table(**{**document, "columns": tuple(document["columns"])})


def _each(kind: type, documents: Iterable[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(kind(**document) for document in documents)
