"""The 148 figures of the reference reading: each a fact that says the same, or left out with a reason."""

from decimal import Decimal
from fractions import Fraction

import pytest

from gaoxin.facts.loading import value_of
from gaoxin.packs.library import Library, open_library
from gaoxin.packs.schemas import ObservationSpec
from tests.content.reading import articles, figures

PACKS = {"weifang": "W", "daqing": "D", "chuxiong": "C"}
OPS = {"=": "=", "≈": "~", ">": ">", "≥": ">=", "<": "<"}
KINDS = {"count": "level", "qualitative-bound": "level", "ratio": "level"}
# Where the fact says more precisely what the row says, and why.
OTHER_KINDS = {
    "W024": ("growth", "multiple", "doubled is twice as many, not a growth of 200 per cent"),
    "D014": ("rank", "level", "the number of a batch is no rank"),
    **dict.fromkeys(
        ("W036", "D006", "D009", "C005", "C006", "C014", "C015"), ("count", "list", "the members are named")
    ),
}
UNITS: dict[str, set[str | None]] = {
    "元": {"亿元"},
    "分数": {"分数"},
    "番": {"倍"},
    "天": {"天", "工作日"},
    "小时": {"小时"},
    "美元": {"万美元/人"},
    "平方米": {"万平方米"},
    "年": {None},
    "": {"位"},
}
UNDATED = ("unspecified", "近年来", "目前", "headline", "target", "as of 2022", "累计")


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(["weifang", "daqing", "chuxiong"])


def row_of(spec: ObservationSpec) -> str:
    """W044.2 is one of the things that row W044 says."""
    return spec.id.partition(".")[0]


def read(library: Library) -> list[tuple[dict[str, str], ObservationSpec]]:
    rows = {row["id"]: row for row in figures()}
    return [(rows[row_of(spec)], spec) for spec in library.observations if row_of(spec) in rows]


def test_every_figure_is_a_fact_or_left_out_with_a_reason(library: Library) -> None:
    loaded = {row_of(spec) for spec in library.observations}
    left_out = set(library.not_loaded)
    rows = {row["id"] for row in figures()}
    assert len(rows) == 148
    assert rows <= loaded | left_out
    assert not loaded & left_out
    assert left_out <= rows


def test_what_the_rows_do_not_have_is_marked_with_an_x(library: Library) -> None:
    rows = {row["id"] for row in figures()}
    extra = {row_of(spec) for spec in library.observations if spec.origin.pack in PACKS} - rows
    assert all(name[1] == "X" for name in extra), extra


def test_values_are_those_of_the_reading(library: Library) -> None:
    differing = {}
    for row, spec in read(library):
        value = value_of(spec, library.metric(spec.metric))
        expected = Fraction(Decimal(row["normalised_value"]))
        if isinstance(spec.value, tuple):
            found = Fraction(len(spec.value))
        elif not value.is_number:
            found = Fraction(str(spec.value))  # a year
        else:
            assert value.number is not None
            assert value.dimension is not None
            found = Fraction(value.number, 10**value.dimension.scale)
        # 1/6 is 0.166667 in the reading.
        tolerance = Fraction(1, 10**6) if value.is_fraction else 0
        if abs(found - expected) > tolerance:
            differing[spec.id] = (found, expected)
    assert not differing


def test_bounds_are_those_of_the_reading(library: Library) -> None:
    assert {spec.id: spec.op for row, spec in read(library)} == {
        spec.id: OPS[row["comparator"]] for row, spec in read(library)
    }


def test_kinds_are_those_of_the_reading(library: Library) -> None:
    for row, spec in read(library):
        if row["id"] in OTHER_KINDS:
            assert (row["kind"], spec.figure) == OTHER_KINDS[row["id"]][:2], spec.id
        else:
            assert spec.figure == KINDS.get(row["kind"], row["kind"]), spec.id


def test_units_are_those_of_the_reading(library: Library) -> None:
    for row, spec in read(library):
        if isinstance(spec.value, tuple):
            assert spec.unit is None, spec.id
        else:
            assert spec.unit in UNITS.get(row["unit"], {row["unit"]}), spec.id


def test_a_period_that_the_source_does_not_state_is_to_be_confirmed(library: Library) -> None:
    for row, spec in read(library):
        if any(word in row["period"] for word in UNDATED):
            assert spec.period_confidence == "to_confirm", spec.id


def test_the_words_stand_where_the_locator_says(library: Library) -> None:
    texts = articles()
    for row, spec in read(library):
        article, place = texts[row["article"]], spec.locator
        if place.section == "标题":
            where = article.title
        elif place.section == "小标题":
            where = row["sentence"]
            assert where in article.headings, spec.id
        else:
            assert place.paragraph, spec.id
            assert place.sentence, spec.id
            where = article.sentence(place.paragraph, place.sentence)
            assert row["sentence"] in where, spec.id
        assert spec.written in where, spec.id


def test_what_is_written_is_a_figure_and_never_a_sentence(library: Library) -> None:
    assert max(len(spec.written) for spec in library.observations) <= 12


def test_shares_of_the_city_and_of_the_prefecture_are_told_apart(library: Library) -> None:
    of_city, of_prefecture = library.observation("C032"), library.observation("C031")
    assert (of_city.of, of_prefecture.of) == ("region/532301", "region/532300")


def test_the_two_versions_of_the_auxiliary_industries_are_one_figure(library: Library) -> None:
    opening, body = library.observation("C006"), library.observation("C015")
    assert (opening.subject, opening.metric, opening.period) == (body.subject, body.metric, body.period)
    assert set(opening.value) ^ set(body.value) == {"先进制造", "现代服务业"}


@pytest.mark.parametrize("pack", PACKS)
def test_a_reason_is_given_in_both_languages(library: Library, pack: str) -> None:
    for name, entry in library.not_loaded.items():
        if name.startswith(PACKS[pack]):
            assert entry.reason_zh
            assert entry.reason_en
