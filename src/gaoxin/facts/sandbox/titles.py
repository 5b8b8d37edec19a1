"""The titles of a made-up population: so many holders as declared or published, with their past (称号).

Who holds a title is drawn for everybody together, so that its number can be met exactly: enterprises with
more R&D come first, with luck mixed in. The stock of the year before follows from it: holders − new + lost.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from gaoxin.facts.event_lists import write_elements
from gaoxin.facts.sandbox.enterprises import Enterprise
from gaoxin.facts.sandbox.states import years_later
from gaoxin.packs.schemas import Population
from gaoxin.packs.schemas.sandbox_states import Title

Held = dict[str, list[dict[str, object]]]
_LUCK, _SIZE = 0.9, 0.5
# 1 万元 of R&D, in fen.
_MUCH = 10**6


def draw_titles(
    spec: Population, drawn: Sequence[Enterprise], seed: int, last_year: int, wanted: Mapping[str, int]
) -> Held:
    """The titles by code of the enterprise; without any an empty list, or nothing if it is not known.

    `wanted`: holders at the end of `last_year` by kind, and `new:KIND` for those recognised in it; what is
    not there follows the declared shares.
    """
    held: Held = {each.code: [] for each in drawn}
    holders: dict[str, set[str]] = {}
    for title in spec.titles:
        holders[title.kind] = _one_title(title, drawn, seed, last_year, wanted, holders, held)
    rng = Random(f"{seed}/titles")
    missing = float(spec.titles_missing)
    for each in drawn:
        unknown = rng.random() < missing
        if unknown and not held[each.code]:
            del held[each.code]
    return held


def write_titles(held: Held) -> dict[str, str]:
    """The texts of the lists, by code of the enterprise."""
    return {code: write_elements(titles) for code, titles in held.items()}


def _one_title(
    title: Title,
    drawn: Sequence[Enterprise],
    seed: int,
    year: int,
    wanted: Mapping[str, int],
    earlier: Mapping[str, set[str]],
    held: Held,
) -> set[str]:
    rng = Random(f"{seed}/{title.kind}")
    ranked = sorted(
        (-_promise(each, year) - _LUCK * rng.gauss(0, 1), each.number, each)
        for each in drawn
        if each.established.year <= year - 2 and (title.within is None or each.code in earlier[title.within])
    )
    asked = wanted.get(title.kind, round(Fraction(title.share) * len(drawn)))
    holders = [each for _, _, each in ranked[:asked]]
    new = min(len(holders), wanted.get(f"new:{title.kind}", round(Fraction(title.new) * len(holders))))
    lost = [each for _, _, each in ranked[len(holders) :]][: round(Fraction(title.lapsed) * len(holders))]
    order = rng.sample(holders, len(holders))
    for each in order[:new]:
        _certify(title, each, held, rng, year)
    for each in order[new:]:
        back = rng.randrange(title.valid_years)
        known_before = rng.random() < float(title.renewed) or back == 0
        if known_before:
            _certify(title, each, held, rng, year - back - title.valid_years)
        _certify(title, each, held, rng, year - back)
    for each in lost:
        _certify(title, each, held, rng, year - title.valid_years)
    return {each.code for each in holders}


def _promise(each: Enterprise, year: int) -> float:
    """How likely it is to hold titles: its lead in R&D, and what it spends; nothing if unknown."""
    return each.rd_lean + _SIZE * math.log1p(each.figures.get(year, {}).get("rd_book", 0) / _MUCH)


def _certify(title: Title, each: Enterprise, held: Held, rng: Random, year: int) -> None:
    """One certificate; its last day falls in the year it runs out, before the year ends."""
    first_month, last_month = title.months
    first = date(year, first_month, 1) + timedelta(days=rng.randrange((last_month - first_month + 1) * 28))
    held[each.code].append(
        {
            "kind": title.kind,
            "level": title.level,
            "cert_no": f"{title.prefix}{year}99{each.number:06d}",
            "valid_from": first,
            "valid_to": years_later(first, title.valid_years) - timedelta(days=1),
        }
    )
