"""Which figures of a text are about the same thing? (同一指标)

A topic is the metric, or the phrase as written where no metric was recognised; with the subject and the
period it is the key of a figure within the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gaoxin.core.errors import GaoxinError
from gaoxin.core.periods import Period
from gaoxin.facts.standing import same_reading
from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.desk import Desk

_NOISE = re.compile(r"[\s“”\"'（）()《》]|(?:总数|数量|总量|总额|户数|家数|个数|数)$")
_SHORTEST = 2

Place = tuple[str, str, str]


def topic(claim: Claim) -> str:
    """The metric, else the phrase; "" for a figure that names nothing."""
    if claim.metric:
        return claim.metric
    words = _NOISE.sub("", claim.label)
    return f"“{words}" if len(words) >= _SHORTEST else ""


def subject(claim: Claim) -> str:
    return claim.subject_code or claim.subject or ""


@dataclass
class Levels:
    """The levels of a text by subject, topic and period; or its shares, which change by percentage points."""

    desk: Desk
    kinds: tuple[str, ...] = ("level",)
    first: dict[Place, int] = field(default_factory=dict)
    several: set[Place] = field(default_factory=set)

    def __post_init__(self) -> None:
        for position, claim, _ in self.desk.numbers():
            name = topic(claim)
            if claim.kind not in self.kinds or not name or claim.amount.form not in ("number", "fraction"):
                continue
            place = (subject(claim), name, days(claim.period))
            other = self.first.setdefault(place, position)
            if self.desk.claims[other].value != claim.value:
                self.several.add(place)

    def only(self, whom: str, name: str, period: Period | None) -> int | None:
        """The position of the one level there is; None if there is none, or several that differ."""
        place = (whom, name, days(period))
        return None if place in self.several else self.first.get(place)


def days(period: Period | None) -> str:
    """What a period covers, as a key; a year and its last day name one reading of a stock."""
    if period is None:
        return ""
    first = same_reading(period)[-1]
    spans = sorted((each.start.isoformat(), each.end.isoformat()) for each in {period, first})
    return "/".join(spans[0])


def same(one: Period | None, other: Period | None) -> bool:
    if one is None or other is None:
        return one is other
    return other in same_reading(one) or one.covers_same_days(other)


def base_of(claim: Claim) -> Period | None:
    """What a growth or change is measured against: as stated, else the year before."""
    if claim.of_period is not None and claim.of_period != claim.period:
        return claim.of_period
    try:
        return None if claim.period is None else claim.period.previous()
    except GaoxinError:
        return None
