"""What outsiders are not told about a figure (对外不公开): who handled it, and what they wrote to each other.

A bank, an enterprise or an applicant reads the value, its document and its days. Names of clerks, reasons of
corrections, rulings and withdrawals, and remarks typed in by hand stay inside the committee; remarks of the
packs are published with them.
"""

from __future__ import annotations

from dataclasses import replace

from gaoxin.facts.records import Ruling
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import INTERNAL
from gaoxin.web.ledger.figures import Figure, Version

WITHHELD = "–"  # a ruling has a reason; outsiders learn that, and no more


def is_outsider(reader: User) -> bool:
    return reader.role not in INTERNAL


def as_told(reader: User, figure: Figure) -> Figure:
    """The figure as this reader may know it."""
    if not is_outsider(reader):
        return figure
    return replace(
        figure,
        note=note_told(reader, figure.ref, figure.note),
        recorded_by="",
        reason="",
        checked_by="",
        versions=tuple(version_told(reader, version) for version in figure.versions),
        others=tuple(version_told(reader, version) for version in figure.others),
        ruling=_ruling(figure.ruling),
        lapsed=_ruling(figure.lapsed),
    )


def version_told(reader: User, version: Version) -> Version:
    if not is_outsider(reader):
        return version
    return replace(version, recorded_by="", reason="", note=note_told(reader, version.ref, version.note))


def note_told(reader: User, ref: str, note: str) -> str:
    return "" if is_outsider(reader) and not ref else note


def _ruling(ruling: Ruling | None) -> Ruling | None:
    return replace(ruling, by="", reason=WITHHELD) if ruling is not None else None
