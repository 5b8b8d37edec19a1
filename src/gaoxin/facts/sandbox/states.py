"""What a made-up enterprise has beside figures: yes and no, codes, opinions of experts, lists of events.

An enterprise that leads in R&D (`lean` above 0) has events and opinions more often than one that does not.
A list of which nothing is known is not there; one that is known to be empty is `[]`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from gaoxin.facts.event_lists import write_elements
from gaoxin.packs.schemas import Population
from gaoxin.packs.schemas.sandbox_states import EventDraw, FieldDraw

_LEADING, _TRAILING = 1.7, 0.3
YES_NO = {True: "true", False: "false"}


def draw_states(
    spec: Population, rng: Random, lean: float, established: date, last_year: int
) -> tuple[dict[str, str], dict[str, int]]:
    """Texts by metric as the ledger holds them, and whole points by metric.

    `last_year`: the last published year; events lie before its end.
    """
    states: dict[str, str] = {}
    points: dict[str, int] = {}
    often = _LEADING if lean > 0 else _TRAILING
    for flag in spec.flags:
        if rng.random() >= float(flag.missing):
            states[flag.metric] = YES_NO[rng.random() < float(flag.yes)]
    for code in spec.codes:
        chosen = _weighted(rng, code.choices)
        if rng.random() >= float(code.missing):
            states[code.metric] = chosen
    for judged in spec.judgements:
        if rng.random() < float(judged.share) * often:
            for metric, (least, most) in judged.points.items():
                points[metric] = _points(rng, least, most, lean)
            for metric, yes in judged.opinions.items():
                states[metric] = YES_NO[rng.random() < float(yes)]
    today = date(last_year, 12, 31)
    for events in spec.events:
        text = _events(rng, events, often, established, today)
        if text is not None:
            states[events.metric] = text
    return states, points


def _events(rng: Random, spec: EventDraw, often: float, established: date, today: date) -> str | None:
    if rng.random() < float(spec.missing):
        return None
    number = rng.randint(1, spec.most) if rng.random() < float(spec.some) * often else 0
    drawn = [_event(rng, spec.fields, established, today) for _ in range(number)]
    return write_elements(drawn)


def _event(rng: Random, fields: Mapping[str, FieldDraw], established: date, today: date) -> dict[str, object]:
    event: dict[str, object] = {}
    for name, drawn in fields.items():
        event[name] = _value(rng, drawn, established, today, event.get("valid_from"))
    return event


def _value(rng: Random, drawn: FieldDraw, established: date, today: date, first: object) -> object:
    if drawn.codes is not None:
        return _weighted(rng, drawn.codes)
    if drawn.days_back is not None:
        return max(established, today - timedelta(days=rng.randint(*drawn.days_back)))
    if drawn.years_after is not None and isinstance(first, date):
        return years_later(first, drawn.years_after) - timedelta(days=1)
    if drawn.money is not None:
        middle, spread = (float(part) for part in drawn.money)
        return round(middle * math.exp(rng.gauss(0, spread)) * 100) * 100
    if drawn.whole is not None:
        return rng.randint(*drawn.whole)
    if drawn.yes is not None:
        return rng.random() < float(drawn.yes)
    return None if drawn.text is None else f"{drawn.text}{rng.randrange(1000):03d}"


def years_later(day: date, years: int) -> date:
    """The same day so many years later, the 28th for a 29 February."""
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _points(rng: Random, least: int, most: int, lean: float) -> int:
    """Whole points, around 60 to 80 % of the range, more for those that lead in R&D."""
    share = 0.66 + 0.08 * max(-1.5, min(1.5, lean)) + rng.gauss(0, 0.12)
    return least + round((most - least) * max(0.0, min(1.0, share)))


def _weighted(rng: Random, weights: Mapping[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
