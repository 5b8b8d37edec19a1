"""The 148 figures of the reference reading: each found at its place, and nothing that no row explains."""

from dataclasses import dataclass
from fractions import Fraction

import pytest

from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount
from gaoxin.reading.layout import lay_out
from gaoxin.reading.quantities import amounts
from tests.content.reading import ZONES, beside, figures

OPS = {"≈": "~", "≥": ">=", "≤": "<="}
DIMENSIONS = {
    "元": Dimension.money,
    "美元": Dimension.money_usd,
    "%": Dimension.ratio,
    "分数": Dimension.ratio,
    "倍": Dimension.multiple,
    "番": Dimension.multiple,
    "天": Dimension.time,
    "小时": Dimension.time,
    "平方米": Dimension.area,
    "GWh": Dimension.energy,
    "位": Dimension.rank,
    "批": Dimension.rank,
}
COUNTS = frozenset("个家户项只人条类期")


@dataclass(frozen=True)
class Place:
    article: str
    sentence: str
    """The characters of its paragraph, without blanks."""
    amount: Amount


def found() -> list[Place]:
    text = beside("source", "articles.txt").read_text("utf-8")
    article = ""
    places = []
    for block in lay_out(text):
        read = block.stretch.read
        article = ZONES[read[:2]] if block.kind == "title" else article
        places += [Place(article, read, amount) for amount in amounts(block)]
    return places


def value_of(row: dict[str, str]) -> Fraction | None:
    return Fraction(row["normalised_value"]) if row["normalised_value"] else None


def says(row: dict[str, str], place: Place) -> bool:
    """The amount stands inside the words of the row and has its value (1/6 is 0.166667 there)."""
    start = place.sentence.find(row["sentence"].replace(" ", ""))
    inside = start <= place.amount.core_start and place.amount.core_end <= start + len(row["sentence"])
    if row["article"] != place.article or start < 0 or not inside:
        return False
    expected, value = value_of(row), place.amount.value
    if expected is None or value is None:
        return expected is None and value is None
    return abs(expected - value) <= Fraction(1, 10**6)


def paired() -> tuple[list[tuple[dict[str, str], Place]], list[dict[str, str]], list[Place]]:
    """Each row with the amount that says it, the rows nobody says, the amounts of no row; one for one."""
    left = found()
    pairs, missing = [], []
    for row in figures():
        place = next((place for place in left if says(row, place)), None)
        if place is None:
            missing.append(row)
        else:
            left.remove(place)
            pairs.append((row, place))
    return pairs, missing, left


@pytest.fixture(scope="module")
def pairs() -> list[tuple[dict[str, str], Place]]:
    return paired()[0]


def test_every_figure_is_found_at_its_place_with_its_value() -> None:
    _, missing, _ = paired()
    assert [row["id"] for row in missing] == []


def test_bounds_are_those_of_the_reading(pairs: list[tuple[dict[str, str], Place]]) -> None:
    differing = {
        row["id"]: place.amount.op
        for row, place in pairs
        if row["comparator"] and OPS.get(row["comparator"], row["comparator"]) != place.amount.op
    }
    assert differing == {}


def test_units_are_those_of_the_reading(pairs: list[tuple[dict[str, str], Place]]) -> None:
    differing = {
        row["id"]: place.amount.dimension
        for row, place in pairs
        if row["unit"] in DIMENSIONS and place.amount.dimension is not DIMENSIONS[row["unit"]]
    }
    counted = {
        row["id"]: place.amount.dimension
        for row, place in pairs
        if row["unit"] in COUNTS and place.amount.dimension not in (Dimension.count, Dimension.rank)
    }
    # 破零 is written without a unit; the row counts enterprises
    assert differing == {}
    assert counted == {}


def test_classifiers_are_those_of_the_text(pairs: list[tuple[dict[str, str], Place]]) -> None:
    differing = {
        row["id"]: (row["unit"], place.amount.noun)
        for row, place in pairs
        if row["unit"] in COUNTS and place.amount.form == "number" and place.amount.noun != row["unit"]
    }
    assert differing == {}


def test_nothing_is_read_that_no_row_explains() -> None:
    """W046 is one row for three counts: one path, one building, one quarter."""
    _, _, left = paired()
    rows = {row["id"]: row for row in figures()}
    unexplained = [
        place.sentence[place.amount.start : place.amount.end]
        for place in left
        if not says(rows["W046"], place)
    ]
    assert unexplained == []
    assert len(left) == 2
