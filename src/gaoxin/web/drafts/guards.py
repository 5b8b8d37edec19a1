"""The database's own guards over checked drafts: what was found and decided stays (核稿记录不可改).

1. A draft is never deleted; of its columns only `shared` changes.
2. Checks, figures, decisions, proposals and their answers are only appended.
3. SQLite: no row takes the place of another (REPLACE asks no DELETE trigger).

Installed by a migration; SQLite drops them when a later migration rebuilds a table, which must then install
them again with `renew`.
"""

from __future__ import annotations

from collections.abc import Iterator

_DRAFT = "drafts_draft"
_APPENDED = (
    "drafts_checking",
    "drafts_draftfigure",
    "drafts_decision",
    "drafts_proposal",
    "drafts_answer",
)
TABLES = (_DRAFT, *_APPENDED)
_FIXED = (
    "id",
    "zone_id",
    "title",
    "kind",
    "file_name",
    "sha256",
    "size",
    "text",
    "remarks",
    "published",
    "by_id",
    "by_name",
    "at",
)
_KEEP = "checked drafts: only appended (核稿记录只能追加，不能修改或删除)"
_ALWAYS = "1 = 1"


def install(vendor: str) -> Iterator[str]:
    """The statements that set the guards up."""
    if vendor != "sqlite":
        yield (
            "CREATE FUNCTION gx_draft_keep() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{_KEEP}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table, act, when in _guarded(vendor):
        name = f"{table}_kept_{act.lower()}"
        if vendor == "sqlite":
            yield (
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{_KEEP}'); END"
            )
        else:
            each = "STATEMENT" if act == "TRUNCATE" else f"ROW WHEN ({when})"
            yield (
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH {each} "
                "EXECUTE FUNCTION gx_draft_keep()"
            )


def remove(vendor: str) -> Iterator[str]:
    """The statements that take them down again: migrating back, and emptying the test database."""
    for table, act, _when in _guarded(vendor):
        name = f"{table}_kept_{act.lower()}"
        yield f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}")
    if vendor != "sqlite":
        yield "DROP FUNCTION IF EXISTS gx_draft_keep()"


def renew(vendor: str) -> Iterator[str]:
    """The statements that bring the guards of an older version up to this one."""
    yield from remove(vendor)
    yield from install(vendor)


def _guarded(vendor: str) -> Iterator[tuple[str, str, str]]:
    """Table, act, and when the act is refused."""
    same = "IS" if vendor == "sqlite" else "IS NOT DISTINCT FROM"
    yield _DRAFT, "UPDATE", f"NOT ({' AND '.join(f'OLD.{name} {same} NEW.{name}' for name in _FIXED)})"
    yield _DRAFT, "DELETE", _ALWAYS
    for table in _APPENDED:
        for act in ("UPDATE", "DELETE"):
            yield table, act, _ALWAYS
    for table in TABLES:
        if vendor == "sqlite":  # a number that the database is still to give reads as -1 here
            yield table, "INSERT", f"NEW.id > 0 AND EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
        else:
            yield table, "TRUNCATE", _ALWAYS
