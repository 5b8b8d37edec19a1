"""What the reading part works on: ten thousand characters in the style of zones, a hundred thousand facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from gaoxin.core.periods import Period
from gaoxin.core.quantities import unit
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.loading import BEIJING
from gaoxin.facts.records import Observation, Source, Subject
from gaoxin.facts.values import Value
from gaoxin.packs.library import Library

DRAFTS = Path(__file__).parents[2] / "tests" / "reading" / "planted"
YEARS = range(2012, 2026)


def draft(characters: int) -> str:
    """The drafts of the tests one below the other, as often as it takes."""
    pages = [path.read_text("utf-8") for path in sorted(DRAFTS.glob("*.txt"))]
    text = ""
    while len(text) < characters:
        text += "\n\n".join(pages) + "\n\n"
    return text[:characters]


def base(library: Library, observations: int) -> FactBase:
    """The facts of the packs, and invented ones of invented zones up to the number asked for."""
    facts = FactBase.from_library(library)
    facts.add_source(Source("bench", "测试数据"))
    for observation in _invented(library, observations - len(facts)):
        if observation.subject not in facts.subjects:
            number = observation.subject.rpartition("-")[2]
            facts.add_subject(Subject(observation.subject, f"测试{number}高新区"))
        facts.record(observation)
    return facts


def _invented(library: Library, number: int) -> Iterator[Observation]:
    """Levels and growths of every metric of zones, zone by zone and year by year."""
    metrics = [
        metric
        for metric in library.metrics.values()
        if "zone" in metric.subjects and metric.is_numeric and metric.unit
    ]
    known = datetime(2026, 1, 1, tzinfo=BEIJING)
    made = zone = 0
    while made < number:
        zone += 1
        for metric in metrics:
            assert metric.unit is not None
            for year in YEARS:
                for figure, symbol in (("level", metric.unit), ("growth", "%")):
                    if made == number:
                        return
                    made += 1
                    whole = unit(symbol).factor >= 1
                    text = str(100 + (made * 7919) % 900) if whole else f"{made % 40}.{made % 10}"
                    yield Observation(
                        f"B{made}", f"zone/bench-{zone}", metric.id, Period.of_year(year), figure,
                        Value.of(text, symbol), symbol, "bench", known, "bench", status="synthetic",
                    )  # fmt: skip
