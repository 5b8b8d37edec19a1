"""The front pages of the three zones: full, and without words that say more than the figures."""

from collections.abc import Iterator

import pytest

from gaoxin.core.periods import Period
from gaoxin.facts.derivations import derive_all
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.records import Observation
from gaoxin.packs.library import Library, open_library
from gaoxin.packs.schemas import Cockpit, FigureRef
from tests.house.repository import ROOT

ZONES = ("zone/weifang", "zone/daqing", "zone/chuxiong")
BOASTS = ("稳居", "大幅", "领先", "遥遥", "显著", "再创", "突飞猛进")
WHOLES = ("share", "rank", "multiple")


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(["weifang", "daqing", "chuxiong"])


@pytest.fixture(scope="module")
def known(library: Library) -> list[Observation]:
    facts = FactBase.from_library(library)
    stated = [facts.observation(spec.id) for spec in library.observations]
    return [*stated, *derive_all(library.derivations.values(), facts, library.metrics)]


def places(page: Cockpit) -> Iterator[tuple[FigureRef, str]]:
    """Every figure of a page with the period it is asked for."""
    first = page.period or ""
    below = [(ref, first) for ref in (page.hero.figure, *page.hero.beside, *page.leading)]
    for section in page.sections:
        below += [(ref, section.period or first) for ref in (*section.figures, *section.bars)]
    for ref, period in below:
        yield ref, ref.period or period
        yield from ((second, second.period or ref.period or period) for second in ref.secondary)


def shows(ref: FigureRef, period: str, zone: str, obs: Observation) -> bool:
    """Exactly the key, or the state at a day within the period, as the page looks it up."""
    asked = Period.parse(period)
    same = asked == obs.period or (obs.period.form == "day" and asked.contains(obs.period))
    return (
        (obs.subject, obs.metric, obs.figure) == (ref.subject or zone, ref.metric, ref.figure)
        and same
        and (ref.figure not in WHOLES or ref.of in (None, obs.of))
        and (ref.group is None or ref.group == obs.group)
    )


@pytest.mark.parametrize("zone", ZONES)
def test_every_figure_of_the_page_is_known(library: Library, known: list[Observation], zone: str) -> None:
    page = library.cockpits[zone]
    missing = [
        (ref.metric, ref.figure, period)
        for ref, period in places(page)
        if not any(shows(ref, period, zone, obs) for obs in known)
    ]
    assert missing == []


@pytest.mark.parametrize("zone", ZONES)
def test_every_share_of_the_page_is_stated(library: Library, known: list[Observation], zone: str) -> None:
    hero = library.cockpits[zone].hero
    assert hero.shares
    for ref in hero.shares:
        assert any(
            (obs.subject, obs.metric, obs.figure, obs.of) == (zone, ref.metric, "share", hero.shares_of)
            for obs in known
        ), ref.metric


@pytest.mark.parametrize("zone", ZONES)
def test_every_implied_figure_of_the_page_follows(
    library: Library, known: list[Observation], zone: str
) -> None:
    rules = {obs.source.removeprefix("derivation:") for obs in known if obs.status == "derived"}
    asked = {ref.derivation for ref, _ in places(library.cockpits[zone]) if ref.derivation}
    assert asked <= rules


@pytest.mark.parametrize("zone", ZONES)
def test_ten_figures_lead(library: Library, zone: str) -> None:
    assert len(library.cockpits[zone].leading) == 10


@pytest.mark.parametrize("zone", ZONES)
def test_the_open_questions_are_questions(library: Library, zone: str) -> None:
    page = library.cockpits[zone]
    asked = {spec.id for spec in library.observations if spec.question and spec.origin.pack == zone[5:]}
    assert set(page.questions) == asked
    assert len(page.questions) >= 5
    assert page.questions_note is not None
    assert str(len(page.questions)) in page.questions_note.zh


@pytest.mark.parametrize("zone", ZONES)
def test_every_panel_shows_something(library: Library, zone: str) -> None:
    for section in library.cockpits[zone].sections:
        assert section.figures or section.bars or section.table, section.id


@pytest.mark.parametrize("zone", ZONES)
def test_the_words_do_not_boast(zone: str) -> None:
    text = (ROOT / "packs" / zone[5:] / "cockpit.yaml").read_text("utf-8")
    assert [word for word in BOASTS if word in text] == []


def test_the_first_page_has_the_figures_of_the_design(library: Library) -> None:
    """The drawn page of Chuxiong: GDP first, four shares, five questions, the row to be settled."""
    page = library.cockpits["zone/chuxiong"]
    assert page.hero.figure.metric == "gdp"
    assert [ref.metric for ref in page.hero.shares] == [
        "above_designated_industrial_output",
        "high_tech_enterprise_output",
        "gdp",
        "market_entities",
    ]
    assert page.questions == ("C015", "C048", "C050", "C041", "C059")
    table = page.sections[0].table
    assert table is not None
    assert table.rows[-1].question == "C015"
    assert table.rows[-1].alternatives == ("industry/chuxiong-advanced-manufacturing",)
