"""One made-up enterprise: name, credit code, and figures that agree with each other (虚构企业).

What is not a number of a year (codes, opinions, events) is drawn in `states`, titles for everybody together
in `titles`. Size is log-normal around the middle of its industry, growth has a part that stays with the
enterprise and a part that changes every year, parts are shares of their wholes and never exceed them.
Figures are missing at the declared rates, as in real returns. Random numbers become integers of the ledger
as soon as they are drawn, so that sums are exact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from gaoxin.core.identifiers import USCC_ALPHABET, uscc_check_digit
from gaoxin.core.quantities import Dimension, unit
from gaoxin.facts.sandbox.states import draw_states
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Population
from gaoxin.packs.schemas.sandbox import SandboxIndustry, Spread

_LOYAL, _YEARLY, _SHARE_DRIFT, _WOBBLE = 0.10, 0.09, 0.06, 0.2
_OLDEST = 1992


@dataclass(frozen=True, slots=True)
class Grain:
    """How a drawn number becomes an integer: to `step` storage units (100 元 for money in 万元, one for
    people).
    """

    per_unit: int
    step: int
    dimension: Dimension

    def whole(self, value: float) -> int:
        return round(value * self.per_unit / self.step) * self.step


@dataclass(slots=True)
class Enterprise:
    """A made-up enterprise.

    `figures`: year → metric → integer at storage scale; a missing figure is not there. `states`: metric →
    text as the ledger holds it; `points`: metric → whole points. `rd_lean`: how far above the middle it
    stands in R&D, in standard deviations.
    """

    number: int
    code: str
    uscc: str
    name: str
    short: str
    industry: SandboxIndustry
    established: date
    rd_lean: float
    states: dict[str, str] = field(default_factory=dict)
    points: dict[str, int] = field(default_factory=dict)
    figures: dict[int, dict[str, int]] = field(default_factory=dict)


class Drawing:
    """Draws enterprises of one population; everything that is the same for all of them is prepared once."""

    def __init__(self, spec: Population, library: Library, seed: int, years: Sequence[int]) -> None:
        self.spec = spec
        self.years = tuple(years)
        self._seed = seed
        self._names: set[str] = set()
        self._weights = [industry.weight for industry in spec.industries]
        self.grains = {figure.metric: _grain(library, figure) for figure in spec.figures}
        self._figures = [_Drawn.of(figure) for figure in spec.figures]

    def draw(self, number: int) -> Enterprise:
        """The enterprise with this number, the same whatever the size of the population."""
        rng = Random(f"{self._seed}/{number}")
        industry = rng.choices(self.spec.industries, self._weights)[0]
        uscc = self._uscc(number)
        name, short = self._name(rng, industry)
        last = self.years[-1]
        founded = max(_OLDEST, last - 1 - int(abs(rng.gauss(0, 9))))
        day = date(founded, 1, 1) + timedelta(days=rng.randrange(365))
        held = Enterprise(number, f"enterprise/{uscc}", uscc, name, short, industry, day, rng.gauss(0, 1))
        self._draw_figures(rng, held)
        held.states, held.points = draw_states(
            self.spec, Random(f"{self._seed}/{number}/states"), held.rd_lean, held.established, last - 1
        )
        return held

    def _name(self, rng: Random, industry: SandboxIndustry) -> tuple[str, str]:
        parts = self.spec.names
        while True:
            short = rng.choice(parts.first) + rng.choice(parts.second) + rng.choice(industry.trades)
            name = rng.choice(parts.places) + short + rng.choice(parts.forms)
            if name not in self._names:
                self._names.add(name)
                return name, short

    def _uscc(self, number: int) -> str:
        """91 (enterprise) + unassigned region + nine characters that no two numbers share + check digit."""
        body, rest = "", (self._seed % 997) * 10**7 + number
        for _ in range(7):
            rest, digit = divmod(rest, len(USCC_ALPHABET))
            body = USCC_ALPHABET[digit] + body
        first = f"91{self.spec.credit_region}MA{body}"
        return first + uscc_check_digit(first)

    def _draw_figures(self, rng: Random, held: Enterprise) -> None:
        gauss, chance = rng.gauss, rng.random
        loyal = gauss(0, _LOYAL)
        levels: dict[str, float] = {}
        losing: set[str] = set()
        for figure in self._figures:
            size = float(held.industry.size) if figure.metric == "revenue" else 1.0
            tilt = figure.lean * held.rd_lean + figure.rest * gauss(0, 1)
            levels[figure.metric] = figure.middle * size * math.exp(tilt * figure.spread)
            if figure.some < 1 and chance() >= figure.some:
                levels[figure.metric] = 0.0
            if figure.negative and chance() < figure.negative:
                losing.add(figure.metric)
        first, last = self.years[0], self.years[-1]
        drift = 0.0
        for year in self.years:
            drift += gauss(0, _YEARLY)
            age = year - held.established.year
            if age < 0:
                continue
            start = 0.4 if age == 0 else 0.8 if age == 1 else 1.0
            exact: dict[str, float] = {}
            values: dict[str, int] = {}
            for figure in self._figures:
                metric, most = figure.metric, figure.most
                grain = self.grains[metric]
                if figure.share_of is None:
                    trend = (
                        (figure.trend + loyal) * (year - first) + drift
                        if figure.trend
                        else gauss(0, figure.wobble)
                    )
                    exact[metric] = levels[metric] * (start if figure.trend else 1.0) * math.exp(trend)
                    if most is not None:
                        exact[metric] = min(exact[metric], most)
                else:
                    share = levels[metric] * math.exp(gauss(0, _SHARE_DRIFT))
                    exact[metric] = exact[figure.share_of] * (share if most is None else min(share, most))
                if figure.least is not None:
                    exact[metric] = max(exact[metric], figure.least)
                if grain.dimension is Dimension.time:
                    exact[metric] = min(exact[metric], age)
                value = grain.whole(exact[metric])
                if most == 1 and figure.share_of is not None and figure.share_of in values:
                    value = min(value, values[figure.share_of])
                if metric in losing:
                    value = -grain.whole(exact[metric] * 0.6)
                if chance() >= figure.missing and (not figure.once or year == last - 1):
                    values[metric] = value
            if "total_assets" in values and "liabilities" in values:
                values["net_assets"] = values["total_assets"] - values["liabilities"]
            held.figures[year] = values


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The numbers of a declared figure, read once. `rest`: what is left of its spread beside R&D."""

    metric: str
    share_of: str | None
    middle: float
    spread: float
    trend: float
    missing: float
    most: float | None
    least: float | None
    negative: float
    some: float
    lean: float
    rest: float
    once: bool
    wobble: float

    @classmethod
    def of(cls, figure: Spread) -> _Drawn:
        lean = float(figure.lean)
        return cls(
            metric=figure.metric,
            share_of=figure.share_of,
            middle=float(figure.middle),
            spread=float(figure.spread),
            trend=math.log1p(float(figure.growth)),
            missing=float(figure.missing),
            most=None if figure.most is None else float(figure.most),
            least=None if figure.least is None else float(figure.least),
            negative=float(figure.negative),
            some=float(figure.some),
            lean=lean,
            rest=math.sqrt(1 - lean * lean),
            once=figure.once,
            wobble=min(_WOBBLE, float(figure.spread)),
        )


def _grain(library: Library, figure: Spread) -> Grain:
    metric = library.metric(figure.metric)
    held = unit(metric.unit or "1")
    per_unit = int(held.factor * 10**held.dimension.scale)
    finer = {Dimension.money: 100, Dimension.ratio: 10}.get(held.dimension, 1)
    return Grain(per_unit, per_unit // finer, held.dimension)
