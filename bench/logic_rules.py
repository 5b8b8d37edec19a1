"""Run the logic rules over a population of enterprises and print how long it took.

    python bench/rules.py [enterprises] [metrics]

20,000 enterprises × 40 metrics × 3 years are 2.4 million observations and a million findings; they want about
2 GB. The metrics are those that name a whole first, so that the rules have as much to say as they can.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from datetime import UTC, datetime

from gaoxin.core.periods import Period
from gaoxin.core.quantities import unit
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.logic import evaluate_rules
from gaoxin.facts.records import Observation, Source, Subject
from gaoxin.facts.values import Value
from gaoxin.packs.library import open_library
from gaoxin.packs.schemas import Metric

YEARS = (2021, 2022, 2023)
SEED = 1


def metrics_of_enterprises(most: int) -> list[Metric]:
    """The numeric metrics of enterprises, those with a whole and those of the rule on peers first."""
    known = [m for m in open_library().metrics.values() if "enterprise" in m.subjects and m.unit is not None]
    telling = {m.within for m in known} | {"revenue", "staff_total_avg"}
    known.sort(key=lambda m: m.within is None and m.id not in telling)
    return known[:most]


def population(enterprises: int, metrics: list[Metric]) -> FactBase:
    base, chance, now = FactBase(), random.Random(SEED), datetime.now(UTC)
    base.add_source(Source("bench", "bench"))
    periods = [Period.of_year(year) for year in YEARS]
    for number in range(enterprises):
        code = f"enterprise/e-{number:05}"
        base.add_subject(Subject(code, code, parent="zone/bench"))
        for metric in metrics:
            symbol = metric.unit or ""
            dimension = unit(symbol).dimension
            for period in periods:
                amount = chance.randrange(1, 10**6) * 10**dimension.scale
                id = f"{number}/{metric.id}/{period}"
                value = Value("=", amount, dimension=dimension)
                base.record(
                    Observation(id, code, metric.id, period, "level", value, symbol, "bench", now, "bench")
                )
    return base


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("enterprises", type=int, nargs="?", default=20_000)
    parser.add_argument("metrics", type=int, nargs="?", default=40)
    asked = parser.parse_args()
    base = population(asked.enterprises, metrics_of_enterprises(asked.metrics))
    wall, cpu = time.perf_counter(), time.process_time()
    found = evaluate_rules(open_library(), base)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{len(base):,} observations, {len(found):,} findings: {wall:.1f} s, {cpu:.1f} s of processor time")
    print(dict(Counter(f"{finding.rule} {finding.verdict}" for finding in found)))


if __name__ == "__main__":
    main()
