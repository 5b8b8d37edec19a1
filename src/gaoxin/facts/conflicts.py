"""Which of several statements of one figure stands (冲突与裁定).

1. Candidates are the observations of one key that are neither superseded nor withdrawn. A derived figure is a
   candidate only where nobody stated one: what follows from other figures never disputes a document, the
   cross-checks compare the two.
2. Candidates that can all be true at once agree; the most telling one stands (narrowest, then verified before
   reported, then first recorded).
3. Otherwise there is a conflict and nothing stands, until a person rules. The newest ruling counts, and it
   holds only for what it could consider: it lapses when its choice is no longer a candidate, or when a
   candidate recorded after it disagrees with its choice. A lapsed ruling is reported, an older one is not
   revived, and a correction never inherits the ruling on the observation it corrects.

Pure functions over records: the fact base in memory and the ledger in the database both decide here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from gaoxin.facts.records import Observation, Ruling
from gaoxin.facts.values import compatible, width

State = Literal["standing", "conflict", "unknown"]
_RANK = {"verified": 0, "reported": 1, "estimated": 2, "derived": 3, "synthetic": 4}


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is known of one key. `standing` is set in state `standing` only.

    `ruling`: the decision that holds. `lapsed`: the newest decision when it no longer holds; it explains why
    the question is open again.
    """

    state: State
    standing: Observation | None
    candidates: tuple[Observation, ...]
    ruling: Ruling | None = None
    lapsed: Ruling | None = None

    @property
    def others(self) -> tuple[Observation, ...]:
        """The candidates that do not stand."""
        return tuple(obs for obs in self.candidates if obs is not self.standing)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Observations of one key that cannot all be true, not ruled upon."""

    candidates: tuple[Observation, ...]
    lapsed: Ruling | None = None

    @property
    def within_one_source(self) -> bool:
        """One document contradicts itself."""
        return len({obs.source for obs in self.candidates}) == 1


def settle(candidates: Iterable[Observation], rulings: Iterable[Ruling]) -> Settlement:
    """Decide between the live observations of one key.

    Missing: no candidate gives state `unknown`. A pair of which nothing can be told (`compatible` is None)
    counts as agreement.
    """
    live = _stated(sorted(candidates, key=_telling))
    newest = max(enumerate(rulings), key=lambda pair: (pair[1].at, pair[0]), default=None)
    ruling = newest[1] if newest else None
    if ruling is not None:
        choice = next((obs for obs in live if obs.id == ruling.stands), None)
        if choice is not None and _holds(ruling, choice, live):
            return Settlement("standing", choice, live, ruling=ruling)
    if not live:
        return Settlement("unknown", None, (), lapsed=ruling)
    if disagree(live):
        return Settlement("conflict", None, live, lapsed=ruling)
    return Settlement("standing", live[0], live, lapsed=ruling)


def disagree(observations: Sequence[Observation]) -> bool:
    """Some two of them cannot both be true."""
    return any(
        compatible(one.value, other.value) is False
        for index, one in enumerate(observations)
        for other in observations[index + 1 :]
    )


def _stated(live: Sequence[Observation]) -> tuple[Observation, ...]:
    stated = tuple(obs for obs in live if obs.status != "derived")
    return stated or tuple(live)


def _holds(ruling: Ruling, choice: Observation, live: Sequence[Observation]) -> bool:
    return all(
        obs.recorded_at <= ruling.at or compatible(choice.value, obs.value) is not False for obs in live
    )


def _telling(obs: Observation) -> tuple[bool, Fraction, int, float, str]:
    """Sorts the narrowest figure first; of bounds the tighter one, 超过3000亿 before 超过2000亿."""
    open_width = width(obs.value)
    size = open_width if open_width is not None else Fraction(0)
    if open_width is None:
        span = obs.value.interval()
        size = -span.lo if span.lo is not None else span.hi or Fraction(0)
    return (open_width is None, size, _RANK[obs.status], obs.recorded_at.timestamp(), obs.id)
