"""A brief written from the facts and then checked against them has no error (回读).

Real zones for the year of their articles, and invented years, half-years and running months of every zone,
with every hedge a source may print. A finding here is a mistake of the writer, the reader or the checker.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from gaoxin.core.periods import Period
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.loading import BEIJING
from gaoxin.facts.records import Observation, Source
from gaoxin.facts.values import Value
from gaoxin.packs.brief_text import parse_sentence, slots
from gaoxin.packs.library import Library, open_library
from gaoxin.workspace.reporting import compose_brief
from gaoxin.workspace.verifying import Checker
from tests.facts.builders import day

ZONES = ("zone/chuxiong", "zone/daqing", "zone/weifang")
PERIODS = [
    *(str(year) for year in range(2012, 2026)),
    *(f"{year}H1" for year in range(2016, 2026, 2)),
    *(f"{year}-01/{year}-09" for year in range(2015, 2026, 2)),
    "2023Q1",
    "2024Q3",
]


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library()


def findings(library: Library, facts: FactBase, zone: str, period: str) -> tuple[list[str], int, int]:
    """What the checker says against the brief; how many figures it read; how many it found in the facts."""
    made = compose_brief(library, facts, zone, period, "annual")
    checked = Checker.of(library, facts).check_text(made.text)
    claims = checked.reading.claims
    wrong = [
        f"{zone} {period}: {claims[verdict.claim].quote} {verdict.zh}"
        for verdict in checked.verdicts
        if verdict.verdict in ("mismatch", "inconsistent")
    ]
    matched = sum(verdict.verdict == "match" for verdict in checked.verdicts)
    return wrong, matched, len(made.cited)


@pytest.mark.parametrize("zone", ZONES)
def test_brief_of_the_published_figures_is_confirmed(library: Library, zone: str) -> None:
    wrong, matched, cited = findings(library, FactBase.from_library(library), zone, "2021")
    assert wrong == []
    assert matched >= 0.9 * cited


@pytest.mark.parametrize("period", PERIODS)
def test_brief_of_an_invented_period_is_confirmed(library: Library, period: str) -> None:
    told, found, used = [], 0, 0
    for zone in ZONES:
        wrong, matched, cited = findings(library, an_invented_year(library, zone, period), zone, period)
        told += wrong
        found, used = found + matched, used + cited
    assert told == []
    assert found >= 0.9 * used


def an_invented_year(library: Library, zone: str, period: str) -> FactBase:
    """Every figure the brief asks for, drawn with hedges, decimals and signs; parts below their wholes."""
    base = FactBase()
    for subject in FactBase.from_library(library).subjects.values():
        base.add_subject(subject)
    base.add_source(Source("yearbook", "《统计年鉴》"))
    draw = random.Random(f"{zone} {period}")
    seen: set[tuple[str, ...]] = set()
    number = 0
    for obs in _asked(library, base, zone, Period.parse(period), draw):
        if obs.key not in seen:
            seen.add(obs.key)
            number += 1
            base.record(_numbered(obs, number))
    return base


def _asked(
    library: Library, base: FactBase, zone: str, period: Period, draw: random.Random
) -> Iterator[Observation]:
    places = _places(base, zone)
    for section in library.brief("annual").sections:
        for paragraph in section.paragraphs:
            for sentence in paragraph.sentences:
                about = [zone]
                if sentence.each is not None:
                    kinds = [s for s in base.subjects.values() if s.kind == sentence.each]
                    about = [s.code for s in kinds if s.parent == zone]
                for slot in slots(parse_sentence(sentence.text)):
                    metric = library.metrics[slot.metric]
                    of = places.get(slot.of, "")
                    if slot.of and not of:
                        continue
                    for subject in about:
                        value, unit = _drawn(metric.id, metric.unit, metric.period_type, slot.figure, draw)
                        stock = metric.period_type.startswith("stock") and slot.figure in ("level", "share")
                        when = Period.of_day(period.end) if stock and draw.random() < 0.5 else period
                        if metric.period_type == "date":
                            when = Period.of_year(2000)
                        yield Observation(
                            id="drawn",
                            subject=subject,
                            metric=slot.metric,
                            period=when,
                            figure=slot.figure,
                            value=value,
                            unit=unit,
                            source="yearbook",
                            recorded_at=day(0).astimezone(BEIJING),
                            recorded_by="statistician",
                            of=of or (zone if slot.figure == "share" else ""),
                            group="高新区" if slot.figure == "rank" else "",
                            population=178 if slot.figure == "rank" else None,
                        )


def _drawn(
    metric: str, unit: str | None, period_type: str, figure: str, draw: random.Random
) -> tuple[Value, str]:
    op = draw.choice(["=", "=", "=", "=", ">", ">=", "<", "~"])
    if period_type == "date":
        return Value.of_text("2000"), ""
    if figure == "growth":
        return Value.of(f"{draw.uniform(-30, 60):.1f}", "%", op), "%"
    if figure == "share":
        return Value.of(f"{draw.uniform(1, 60):.1f}", "%", op), "%"
    if figure == "rank":
        return Value.of(str(draw.randint(1, 178)), "位"), "位"
    if figure == "duration":
        return Value.of(str(draw.randint(1, 60)), "天"), "天"
    if unit == "%":
        return Value.of(f"{draw.uniform(1, 9):.1f}", "%", op), "%"
    if unit is not None and unit.endswith("元"):
        return Value.of(f"{draw.uniform(1, 2000):.{draw.randint(0, 2)}f}", "亿元", op), "亿元"
    # a national platform is one of the provincial and national ones
    most = 9 if metric.startswith("national") or "makerspaces" in metric else 20000
    least = 20 if "provincial_and_above" in metric else 1
    return Value.of(str(draw.randint(least, most)), unit or "家"), unit or "家"


def _places(base: FactBase, zone: str) -> dict[str, str]:
    from gaoxin.reports.briefs import _places as places

    return {name: subject.code for name, subject in places(base.subjects, base.subjects[zone]).items()}


def _numbered(obs: Observation, number: int) -> Observation:
    from dataclasses import replace

    return replace(obs, id=f"N{number:03d}")
