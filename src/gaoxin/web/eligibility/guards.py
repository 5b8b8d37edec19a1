"""The database's own guards over the history of verdicts: dated once, never written over (判定历史不可改).

1. A standing is closed once, by naming the evaluation that ended it; nothing else of it changes, and it is
   never deleted.
2. A finished evaluation and a finished draft never change. No finished evaluation is deleted, and no draft.
3. Versions of drafts, review records and what was said of renewals are only appended.
4. SQLite: no row takes the place of another (REPLACE asks no DELETE trigger).

Installed by a migration; SQLite drops them when a later migration rebuilds a table, which must then install
them again with `renew`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_STANDING, _RUN, _DRAFT = "eligibility_standing", "eligibility_run", "eligibility_clausedraft"
_VERSION, _REVIEW = "eligibility_draftversion", "eligibility_flagreview"
RENEWALS = "eligibility_renewaloutlook"
FIRST = (_STANDING, _RUN, _DRAFT, _VERSION, _REVIEW)
TABLES = (*FIRST, RENEWALS)
_FIXED = (
    "id",
    "subject_id",
    "rule",
    "verdict",
    "score_low",
    "score_high",
    "not_met",
    "missing",
    "amount",
    "unconfirmed",
    "since_id",
)
_KEEP = "history of verdicts: only appended (判定历史只能追加，不能修改或删除)"
_ALWAYS = "1 = 1"


def install(vendor: str, tables: Sequence[str] = TABLES, *, first: bool = True) -> Iterator[str]:
    """The statements that set the guards of some tables up. `first`: no guard is there yet."""
    if vendor != "sqlite" and first:
        yield (
            "CREATE FUNCTION gx_history_keep() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{_KEEP}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table, act, when in _guarded(vendor, tables):
        name = f"{table}_history_{act.lower()}"
        if vendor == "sqlite":
            yield (
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{_KEEP}'); END"
            )
        else:
            each = "STATEMENT" if act == "TRUNCATE" else f"ROW WHEN ({when})"
            yield (
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION gx_history_keep()"
            )


def remove(vendor: str, tables: Sequence[str] = TABLES, *, last: bool = True) -> Iterator[str]:
    """The statements that take them down again: migrating back, and emptying the test database. `last`: no
    guard is left.
    """
    for table, act, _when in _guarded(vendor, tables):
        name = f"{table}_history_{act.lower()}"
        yield f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}")
    if vendor != "sqlite" and last:
        yield "DROP FUNCTION IF EXISTS gx_history_keep()"


def renew(vendor: str) -> Iterator[str]:
    """The statements that bring the guards of an older version up to this one."""
    yield from remove(vendor)
    yield from install(vendor)


def _guarded(vendor: str, tables: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Table, act, and when the act is refused."""
    return (held for held in _every(vendor) if held[0] in tables)


def _every(vendor: str) -> Iterator[tuple[str, str, str]]:
    same = "IS" if vendor == "sqlite" else "IS NOT DISTINCT FROM"
    kept = " AND ".join(f"OLD.{name} {same} NEW.{name}" for name in _FIXED)
    yield _STANDING, "UPDATE", f"NOT (OLD.until_id IS NULL AND NEW.until_id IS NOT NULL AND {kept})"
    yield _STANDING, "DELETE", _ALWAYS
    for act in ("UPDATE", "DELETE"):
        yield _RUN, act, "OLD.state = 'done'"
    yield _DRAFT, "UPDATE", "OLD.state = 'finished'"
    yield _DRAFT, "DELETE", _ALWAYS
    for table in (_VERSION, _REVIEW, RENEWALS):
        for act in ("UPDATE", "DELETE"):
            yield table, act, _ALWAYS
    for table in TABLES:
        yield (table, "INSERT", _taken(table)) if vendor == "sqlite" else (table, "TRUNCATE", _ALWAYS)


def _taken(table: str) -> str:
    """A row like the new one is there; a number that the database is still to give reads as -1 here."""
    there = f"NEW.id > 0 AND EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
    alike = {
        _STANDING: "NEW.until_id IS NULL AND EXISTS (SELECT 1 FROM eligibility_standing "
        "WHERE subject_id = NEW.subject_id AND rule = NEW.rule AND until_id IS NULL)",
        _DRAFT: "EXISTS (SELECT 1 FROM eligibility_clausedraft "
        "WHERE zone_id = NEW.zone_id AND rule = NEW.rule AND name = NEW.name)",
        _VERSION: "EXISTS (SELECT 1 FROM eligibility_draftversion "
        "WHERE draft_id = NEW.draft_id AND number = NEW.number)",
        _REVIEW: "EXISTS (SELECT 1 FROM eligibility_flagreview "
        "WHERE draft_id = NEW.draft_id AND flag = NEW.flag)",
        RENEWALS: f"EXISTS (SELECT 1 FROM {RENEWALS} "
        "WHERE run_id = NEW.run_id AND kind = NEW.kind AND subject_id = NEW.subject_id)",
    }
    return f"({there}) OR ({alike[table]})" if table in alike else there
