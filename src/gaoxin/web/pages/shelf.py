"""Finds the figure a place on a page asks for among the figures at hand (取数).

A page of 2021 asking for a stock finds the one of 2021-12-31; asking for a share it needs the whole as
well. What is not there is
missing and is said to be: nothing is taken from another year or another scope.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from gaoxin.core.periods import Period
from gaoxin.web.ledger.figures import Figure

_POINTS = frozenset({"day", "month"})


class Shelf:
    """Figures of a zone and what belongs to it, by subject, metric and kind."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._held: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
        for figure in figures:
            self._held[figure.subject_code, figure.metric.id, figure.figure].append(figure)

    def all(
        self,
        subject: str,
        metric: str,
        figure: str = "level",
        *,
        of: str | None = None,
        group: str | None = None,
    ) -> list[Figure]:
        """Every period, oldest first."""
        found = self._held.get((subject, metric, figure), [])
        return sorted(
            (f for f in found if (of is None or f.of == of) and (group is None or f.group == group)),
            key=lambda f: f.period,
        )

    def find(
        self,
        subject: str,
        metric: str,
        period: Period,
        figure: str = "level",
        *,
        of: str | None = None,
        group: str | None = None,
    ) -> Figure | None:
        """The figure for this period, else the latest state within it (the end of the year); else None."""
        held = self.all(subject, metric, figure, of=of, group=group)
        for one in held:
            if one.period == period:
                return one
        within = [one for one in held if one.period.form in _POINTS and period.contains(one.period)]
        return within[-1] if within else None

    def stated_as(self, ref: str) -> Figure | None:
        """The figure that a statement of a pack belongs to, whichever of the statements stands."""
        for held in self._held.values():
            for figure in held:
                if ref in (figure.ref, *(other.ref for other in figure.others)):
                    return figure
        return None

    def shares(self, subject: str, metric: str, period: Period) -> list[Figure]:
        """All shares of one figure: of the city, of the prefecture …"""
        return [
            f for f in self.all(subject, metric, "share") if f.period == period or period.contains(f.period)
        ]
