"""The titles an enterprise holds on a day, and the money it has had (已有称号、已到账)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from gaoxin.web.eligibility.choices import TITLES, title_word
from gaoxin.web.eligibility.known import Known

PAID = "benefits_paid"


@dataclass(frozen=True, slots=True)
class HeldTitle:
    """A title in force. `until`: its last day; None where the record does not say."""

    kind: str
    name: str
    level: str
    number: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that arrived. Units: 元."""

    clause: str
    year: int | None
    amount: Fraction


def titles_held(known: Known) -> dict[str, HeldTitle] | None:
    """The titles in force by kind, the one that lasts longest of each; None where nobody reported them."""
    listed = _listed(known, TITLES)
    if listed is None:
        return None
    found: dict[str, HeldTitle] = {}
    for element in listed:
        since, until = element.get("valid_from"), element.get("valid_to")
        if not isinstance(since, date) or since > known.on:
            continue
        last = until if isinstance(until, date) else None
        if last is not None and last < known.on:
            continue
        kind = str(element.get("kind") or "")
        before = found.get(kind)
        if before is None or last is None or (before.until is not None and last > before.until):
            level = _choice("level", element.get("level"))
            found[kind] = HeldTitle(
                kind, _choice("kind", kind), level, str(element.get("cert_no") or ""), since, last
            )
    return found


def payments(known: Known) -> tuple[Payment, ...] | None:
    """What was paid, newest first; None where nobody reported it."""
    listed = _listed(known, PAID)
    if listed is None:
        return None
    held = [
        Payment(
            str(element.get("clause") or ""),
            int(year) if isinstance(year := element.get("year"), Fraction) else None,
            amount,
        )
        for element in listed
        if isinstance(amount := element.get("amount"), Fraction)
    ]
    return tuple(sorted(held, key=lambda one: one.year or 0, reverse=True))


def _listed(known: Known, column: str) -> list[Mapping[str, object]] | None:
    if column in known.hidden:
        return None
    value = known.row.row.get(column)
    return list(value) if isinstance(value, list) else None


def _choice(field: str, code: object) -> str:
    return title_word(field, str(code)) if code else ""
