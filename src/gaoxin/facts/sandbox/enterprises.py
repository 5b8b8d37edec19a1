"""One made-up enterprise: name, credit code, and figures that agree with each other (虚构企业).

Size is log-normal around the middle of its industry, growth has a part that stays with the enterprise and a
part that changes every year, parts are shares of their wholes and never exceed them. Figures are missing at
the declared rates, as in real returns. Random numbers become integers of the ledger as soon as they are
drawn, so that sums are exact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from gaoxin.core.identifiers import USCC_ALPHABET, uscc_check_digit
from gaoxin.core.quantities import Dimension, unit
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Population
from gaoxin.packs.schemas.sandbox import SandboxIndustry, Spread, Title

_LOYAL, _YEARLY, _SHARE_DRIFT = 0.10, 0.09, 0.06
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

    `figures`: year → metric → integer at storage scale; a missing figure is not there. `rd_lean`: how far
    above the middle it stands in R&D, in standard deviations.
    """

    code: str
    uscc: str
    name: str
    short: str
    industry: SandboxIndustry
    established: date
    rd_lean: float
    flags: dict[str, bool] = field(default_factory=dict)
    titles: list[dict[str, str]] = field(default_factory=list)
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
        self._figures = [
            (figure, float(figure.middle), float(figure.spread), float(figure.growth), float(figure.missing),
             float(figure.most) if figure.most is not None else None, float(figure.negative))
            for figure in spec.figures
        ]  # fmt: skip

    def draw(self, number: int) -> Enterprise:
        """The enterprise with this number, the same whatever the size of the population."""
        rng = Random(f"{self._seed}/{number}")
        industry = rng.choices(self.spec.industries, self._weights)[0]
        uscc = self._uscc(number)
        name, short = self._name(rng, industry)
        last = self.years[-1]
        founded = max(_OLDEST, last - int(abs(rng.gauss(0, 9))))
        day = date(founded, 1, 1) + timedelta(days=rng.randrange(365))
        held = Enterprise(f"enterprise/{uscc}", uscc, name, short, industry, day, rng.gauss(0, 1))
        for flag in self.spec.flags:
            if rng.random() >= float(flag.missing):
                held.flags[flag.metric] = rng.random() < float(flag.yes)
        self._draw_figures(rng, held)
        for title in self.spec.titles:
            self._draw_title(rng, held, title, number)
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
        for figure, middle, spread, _, _, _, negative in self._figures:
            tilt = held.rd_lean if figure.metric == "rd_book" else gauss(0, 1)
            size = (
                float(held.industry.size) if figure.share_of is None and figure.metric == "revenue" else 1.0
            )
            levels[figure.metric] = middle * size * math.exp(tilt * spread)
            if negative and chance() < negative:
                losing.add(figure.metric)
        first = self.years[0]
        drift = 0.0
        for year in self.years:
            drift += gauss(0, _YEARLY)
            age = year - held.established.year
            if age < 0:
                continue
            start = 0.4 if age == 0 else 0.8 if age == 1 else 1.0
            exact: dict[str, float] = {}
            values: dict[str, int] = {}
            for figure, _, _, growth, missing, most, _ in self._figures:
                metric = figure.metric
                grain = self.grains[metric]
                if figure.share_of is None:
                    trend = (math.log1p(growth) + loyal) * (year - first) + drift if growth else gauss(0, 0.2)
                    exact[metric] = levels[metric] * start * math.exp(trend)
                else:
                    share = levels[metric] * math.exp(gauss(0, _SHARE_DRIFT))
                    exact[metric] = exact[figure.share_of] * (share if most is None else min(share, most))
                value = grain.whole(exact[metric])
                if most == 1 and figure.share_of is not None and figure.share_of in values:
                    value = min(value, values[figure.share_of])
                if metric in losing:
                    value = -grain.whole(exact[metric] * 0.6)
                if chance() >= missing:
                    values[metric] = value
            if "total_assets" in values and "liabilities" in values:
                values["net_assets"] = values["total_assets"] - values["liabilities"]
            held.figures[year] = values

    def _draw_title(self, rng: Random, held: Enterprise, title: Title, number: int) -> None:
        """Twice as often above the middle of R&D as on average, seldom below it."""
        wanted = float(title.share) * (1.7 if held.rd_lean > 0 else 0.3)
        drawn, year, day = rng.random(), rng.choice(self.years), rng.randrange(90)
        if drawn >= wanted or year < held.established.year + 1:
            return
        start = date(year, 9, 1) + timedelta(days=day)
        end = start.replace(year=start.year + title.valid_years) - timedelta(days=1)
        held.titles.append(
            {
                "kind": title.kind,
                "level": title.level,
                "cert_no": f"{title.prefix}{year}99{number:06d}",
                "valid_from": start.isoformat(),
                "valid_to": end.isoformat(),
            }
        )


def _grain(library: Library, figure: Spread) -> Grain:
    metric = library.metric(figure.metric)
    held = unit(metric.unit or "1")
    per_unit = int(held.factor * 10**held.dimension.scale)
    money = held.dimension is Dimension.money
    return Grain(per_unit, per_unit // 100 if money else per_unit, held.dimension)
