"""Which metric does a column header or a phrase mean?

A header matches exactly, after normalising, or not at all: anything looser is a suggestion for a person.
The unit is taken from brackets (（万元）) or after a slash and handed back; other brackets belong to
the name, because they hold the scope (口径).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from gaoxin.core.errors import UnitError
from gaoxin.core.quantities import unit
from gaoxin.packs.schemas import Metric

_BRACKET = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_UNIT_WORD = re.compile(r"^(?:计量)?单位[:：]?")


@dataclass(frozen=True, slots=True)
class MetricMatch:
    """What a header was understood to be.

    Missing: `metric` is None if no alias fits exactly, or if more than one metric claims it; `candidates`
    then holds what a person may choose from.
    """

    text: str
    metric: Metric | None
    unit: str | None
    candidates: tuple[Metric, ...] = ()


def normalise(text: str) -> str:
    """One spelling for all: NFKC (full-width to half-width), no white space, lower case."""
    return unicodedata.normalize("NFKC", _flat(text).lower())


def _flat(text: str) -> str:
    # Units keep their case: mW is not MW.
    bare = re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text))
    # What the white space kept apart may now combine: A´ without its space is Á.
    return unicodedata.normalize("NFKC", bare)


def split_unit(text: str) -> tuple[str, str | None]:
    """The header without its unit, normalised, and the unit as the catalogue of units spells it.

    Missing: no unit is found if no bracket, and nothing after the last slash, is a known unit.
    """
    flat = _flat(text)
    for match in reversed(list(_BRACKET.finditer(flat))):
        symbol = known_unit(_UNIT_WORD.sub("", match.group(1)))
        if symbol is not None:
            return normalise(flat[: match.start()] + flat[match.end() :]), symbol
    name, slash, tail = flat.rpartition("/")
    if slash and name and (symbol := known_unit(tail)) is not None:
        return normalise(name), symbol
    return normalise(flat), None


def known_unit(text: str) -> str | None:
    """The symbol of a unit, or None if the text is no unit."""
    if not text:
        return None
    try:
        return unit(text).symbol
    except UnitError:
        return None


class MetricIndex:
    """The names of all metrics, by subject kind."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._exact: dict[str, dict[str, list[Metric]]] = {}
        self._unclear: dict[str, dict[str, list[Metric]]] = {}
        for metric in metrics:
            unclear = {normalise(name) for name in metric.unclear_names}
            for shelf, names in ((self._exact, names_of(metric)), (self._unclear, unclear)):
                for name in names:
                    for kind in metric.subjects:
                        holders = shelf.setdefault(kind, {}).setdefault(name, [])
                        if metric not in holders:
                            holders.append(metric)

    def find(self, text: str, subject_kind: str) -> MetricMatch:
        """The metric of one kind of subject that a header names, and the unit written beside it."""
        exact = self._exact.get(subject_kind, {})
        bare, symbol = split_unit(text)
        # A name may itself end in a bracket that reads as a unit: the whole text is tried first.
        for name, written_unit in ((normalise(text), None), (bare, symbol)):
            holders = exact.get(name, [])
            if len(holders) == 1:
                return MetricMatch(text, holders[0], written_unit)
            if holders:
                return MetricMatch(text, None, written_unit, tuple(holders))
        if unclear := self._unclear.get(subject_kind, {}).get(bare):
            # 研发费用 says nothing of its scope: every scope is offered, and none before the others.
            return MetricMatch(text, None, symbol, tuple(unclear))
        return MetricMatch(text, None, symbol, self._similar(bare, exact))

    def shared_names(self) -> Iterable[tuple[str, str, tuple[Metric, ...]]]:
        """Names that more than one metric of a kind claims: (kind, name, metrics)."""
        for kind, names in self._exact.items():
            for name, holders in names.items():
                if len(holders) > 1:
                    yield kind, name, tuple(holders)

    @staticmethod
    def _similar(text: str, exact: dict[str, list[Metric]]) -> tuple[Metric, ...]:
        if len(text) < 2:
            return ()
        ranked: list[tuple[int, int, str, Metric]] = []
        for name, holders in exact.items():
            if name.startswith(text) or text.startswith(name):
                rank = 0
            elif text in name or (len(name) > 1 and name in text):
                rank = 1
            else:
                continue
            ranked += [(rank, abs(len(name) - len(text)), holder.id, holder) for holder in holders]
        found: dict[str, Metric] = {}
        for *_, metric in sorted(ranked, key=lambda row: row[:3]):
            found.setdefault(metric.id, metric)
        return tuple(found.values())[:8]


def names_of(metric: Metric) -> set[str]:
    """Every normalised name a header may call the metric by: id, Chinese, English, aliases."""
    return {normalise(name) for name in (metric.id, metric.zh, metric.en, *metric.aliases)}
