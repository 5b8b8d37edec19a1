"""The JSON Schemas of pack files, for editors that complete and underline while one writes.

One file per kind, named after it. They say what gate 2 says; gates 3 to 5 need the whole library.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gaoxin.packs.schemas import DOCUMENTS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def document_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of document."""
    schema = DOCUMENTS[kind].model_json_schema(by_alias=True, mode="validation")
    return {
        "$schema": DIALECT,
        "title": f"gaoxin {kind}",
        **{k: v for k, v in schema.items() if k != "title"},
    }


def schema_files() -> dict[str, str]:
    """File name and text of every schema, in a form that does not change between runs."""
    return {
        f"{kind}.json": json.dumps(document_schema(kind), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        for kind in DOCUMENTS
    }


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas into a folder; returns the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schema_files().items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written
