"""Collects the Chinese words of pages and code into the English catalogue and compiles it (译文).

The message id is the Chinese text itself, so the Chinese catalogue needs no file. Templates are turned
into Python by Django's own
`templatize`, then Babel reads both. `--check` changes nothing and fails when a word has no translation or
the compiled file is stale.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "src" / "gaoxin" / "web"
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)  # fixed, or every run would change the file
PO = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "gettext_noop": None,
}


def _found() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """Place, message (singular, plural), context; in the order of the files."""
    for path in sorted([*WEB.rglob("*.py"), *WEB.rglob("*.html")]):
        if "migrations" in path.parts or "vendor" in path.parts:
            continue
        code = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            code = templatize(code, origin=str(path))
        place = path.relative_to(ROOT).as_posix()
        for _line, function, message, _comments in extract_python(
            io.BytesIO(code.encode()), list(KEYWORDS), [], {"encoding": "utf-8"}
        ):
            parts = [
                part
                for part in (message if isinstance(message, tuple) else (message,))
                if isinstance(part, str)
            ]
            if not parts:
                continue
            context = parts.pop(0) if function.startswith("pgettext") else None
            plural = tuple(parts[:2]) if function.startswith("ngettext") and len(parts) > 1 else parts[0]
            yield place, plural, context


def _collect(old: Catalog) -> Catalog:
    """A fresh catalogue with every message in use and the translations already known."""
    new = Catalog(
        locale="en",
        project="gaoxin",
        charset="utf-8",
        header_comment="# English words of the pages. Written by scripts/messages.py.",
    )
    for place, message, context in _found():
        if not message:
            continue
        new.add(message, locations=[(place, 0)], context=context)
    for message in new:
        known = old.get(message.id, context=message.context) if message.id else None
        if known is not None and known.string:
            message.string = known.string
        flags = {"python-format"} if message.python_format else set()
        message.flags = flags
    return new


def _text(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    catalog.creation_date = catalog.revision_date = WRITTEN
    write_po(out, catalog, width=0, include_lineno=False, sort_by_file=False, omit_header=False)
    return out.getvalue()


def _compiled(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    catalog.creation_date = catalog.revision_date = WRITTEN
    write_mo(out, catalog)
    return out.getvalue()


def main() -> int:
    wish = argparse.ArgumentParser(description=__doc__)
    wish.add_argument("--check", action="store_true", help="change nothing, fail if words are missing")
    check = wish.parse_args().check
    old = read_po(io.BytesIO(PO.read_bytes()), locale="en") if PO.exists() else Catalog(locale="en")
    new = _collect(old)
    missing = [m.id for m in new if m.id and not (all(m.string) if isinstance(m.string, tuple) else m.string)]
    mo = PO.with_suffix(".mo")
    if check:
        stale = not mo.exists() or mo.read_bytes() != _compiled(new)
        for one in missing:
            print(f"no English for {one!r}", file=sys.stderr)
        if stale:
            print("the compiled catalogue is stale: run make messages", file=sys.stderr)
        return 1 if missing or stale else 0
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(_text(new))
    mo.write_bytes(_compiled(new))
    print(f"{len(new)} messages, {len(missing)} without English")
    return 0


if __name__ == "__main__":
    sys.exit(main())
