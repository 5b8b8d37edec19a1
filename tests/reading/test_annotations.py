"""The annotations are sound, and the comparison with them judges what it should."""

from collections.abc import Collection
from datetime import date
from fractions import Fraction
from itertools import pairwise
from types import SimpleNamespace

import pytest

from gaoxin.core.periods import Period
from gaoxin.packs.library import open_library
from tests.reading.annotations import Annotated, Row, align, annotated, compare

KINDS = {"level", "change", "growth", "share", "rank", "multiple", "duration", "target"}
TEXTS = [*annotated("dev"), *annotated("held_out")]


@pytest.fixture(scope="module")
def metrics() -> Collection[str]:
    return set(open_library().metrics)


def a_row(written: str, text: str, **changed: object) -> Row:
    start = text.index(written)
    cells: dict[str, object] = {
        "written": written,
        "start": start,
        "end": start + len(written),
        "kinds": ("level",),
        "values": (Fraction(432 * 10**8),),
        "high": None,
        "units": ("元",),
        "ops": ("=",),
        "periods": ("2021",),
        "subject": "",
        "metrics": ("gdp",),
        "metric_zh": "",
        "optional": False,
    }
    return Row(**{**cells, **changed})  # type: ignore[arg-type]


def a_claim(start: int, end: int, value: object, unit: str = "元", **changed: object) -> SimpleNamespace:
    cells = {"kind": "level", "op": "=", "period": Period.of_year(2021), "metric": "gdp", "high": None}
    return SimpleNamespace(start=start, end=end, quote="", value=value, unit=unit, **{**cells, **changed})


def a_text(text: str, *rows: Row) -> Annotated:
    return Annotated("made", "dev", text, date(2022, 1, 1), "", rows)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text.part}/{text.name}")
def test_rows_follow_the_text_without_overlap(text: Annotated) -> None:
    places = [(row.start, row.end) for row in text.rows]
    assert all(before[1] <= after[0] for before, after in pairwise(places))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text.part}/{text.name}")
def test_rows_name_kinds_periods_and_metrics_that_exist(text: Annotated, metrics: Collection[str]) -> None:
    for row in text.rows:
        assert set(row.kinds) <= KINDS, row
        assert {Period.parse(code).code for code in row.periods} == set(row.periods), row
        assert set(row.metrics) <= metrics, row


def test_there_are_fifteen_dev_texts_with_more_than_300_figures() -> None:
    texts = annotated("dev")
    assert len(texts) >= 15
    assert sum(not row.optional for text in texts for row in text.rows) >= 300


def test_a_right_claim_is_right_in_everything() -> None:
    text = "实现产值432亿元。"
    score = compare(a_text(text, a_row("432亿元", text)), [a_claim(4, 9, Fraction(432 * 10**8))])
    assert score.right == score.judged
    assert set(score.judged) == {"value", "kind", "op", "period", "metric", "precision"}


def test_the_same_number_in_another_unit_is_wrong_in_value() -> None:
    text = "实现产值432亿元。"
    score = compare(a_text(text, a_row("432亿元", text)), [a_claim(4, 9, Fraction(432 * 10**8), "美元")])
    assert score.right["value"] == 0
    assert score.right["kind"] == 1


def test_a_figure_not_read_is_wrong_and_a_claim_without_row_costs_precision() -> None:
    text = "拨打12345，实现产值432亿元。"
    score = compare(a_text(text, a_row("432亿元", text)), [a_claim(2, 7, Fraction(12345), "")])
    assert score.right["value"] == 0
    assert (score.right["precision"], score.judged["precision"]) == (0, 1)


def test_an_optional_row_counts_neither_way() -> None:
    text = "分两期建设，产值432亿元。"
    rows = (a_row("两期", text, optional=True), a_row("432亿元", text))
    read = a_claim(8, 13, Fraction(432 * 10**8))
    for claims in ([read], [a_claim(1, 3, Fraction(2), "期"), read]):
        score = compare(a_text(text, *rows), claims)
        assert score.judged["value"] == 1
        assert score.right == score.judged


def test_claims_go_to_the_row_they_share_most_with() -> None:
    text = "分别为12%、13%"
    rows = (a_row("12%", text), a_row("13%", text))
    assert align(rows, [a_claim(3, 6, None), a_claim(5, 10, None)]) == {0: 0, 1: 1}
