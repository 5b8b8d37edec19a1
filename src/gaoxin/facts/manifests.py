"""What a snapshot holds and how it is recognised again (快照清单)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from gaoxin.core.errors import SnapshotError

FORMAT = 1
MANIFEST = "manifest.json"
Part = Literal["value", "op", "high", "step", "text"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a wide table.

    Units: numbers are integers; divided by 10^`scale` they are in base units of `dimension`.
    `part`: `value`, or what else was said about the figure: the hedge (`op`), the upper end (`high`), the
    size of the last printed digit (`step`), the wording (`text`). These exist only where some value needs
    them; their name is that of the value plus `@op` and so on.
    """

    name: str
    metric: str
    period: str
    figure: str = "level"
    of: str = ""
    group: str = ""
    value_type: str = "number"
    dimension: str | None = None
    scale: int | None = None
    part: Part = "value"


@dataclass(frozen=True, slots=True)
class Table:
    """One Parquet file: the subjects of one kind."""

    file: str
    subjects: int
    values: int
    columns: tuple[Column, ...]
    content: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents page of a snapshot.

    `hash` is that of the content: equal facts give an equal hash, in whatever order they came and on whatever
    day they were frozen.
    """

    hash: str
    as_of: datetime | None
    created: datetime
    tables: Mapping[str, Table]

    @property
    def values(self) -> int:
        return sum(table.values for table in self.tables.values())

    def write(self, directory: Path) -> None:
        document = {
            "format": FORMAT,
            "hash": self.hash,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "created": self.created.isoformat(),
            "counts": {kind: {"subjects": t.subjects, "values": t.values} for kind, t in self.tables.items()},
            "tables": {kind: asdict(table) for kind, table in self.tables.items()},
        }
        text = json.dumps(document, ensure_ascii=False, indent=1)
        (directory / MANIFEST).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, directory: Path) -> Manifest:
        """Raises: SnapshotError if there is no manifest or it cannot be read."""
        try:
            document = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
            if document["format"] != FORMAT:
                raise SnapshotError(
                    f"快照格式是 {document['format']}，本程序只认 {FORMAT}，请重新生成快照。",
                    f"Snapshot format {document['format']}, expected {FORMAT}; freeze again.",
                )
            return cls(
                hash=document["hash"],
                as_of=datetime.fromisoformat(document["as_of"]) if document["as_of"] else None,
                created=datetime.fromisoformat(document["created"]),
                tables={kind: _table(table) for kind, table in document["tables"].items()},
            )
        except FileNotFoundError as problem:
            raise SnapshotError(
                f"{directory} 中没有快照。", f"There is no snapshot in {directory}."
            ) from problem
        except (KeyError, TypeError, ValueError) as problem:
            raise SnapshotError(
                f"{directory / MANIFEST} 已损坏，请重新生成快照。",
                f"{directory / MANIFEST} is damaged; freeze again.",
            ) from problem


def overall_hash(contents: Mapping[str, str]) -> str:
    """One hash over the content hashes of all kinds."""
    text = json.dumps({"format": FORMAT, "tables": dict(sorted(contents.items()))}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def file_hash(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _table(document: dict[str, Any]) -> Table:
    columns = tuple(Column(**column) for column in document["columns"])
    return Table(**{**document, "columns": columns})
