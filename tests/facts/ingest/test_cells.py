"""Dates, yes and no, codes and texts as clerks write them."""

from __future__ import annotations

import datetime

import pytest

from gaoxin.facts.ingest.cells import NotRead, read_boolean, read_date, read_words
from gaoxin.facts.ingest.workbook import Cell
from gaoxin.packs.library import Library


@pytest.mark.parametrize(
    "cell",
    [
        "2024年3月5日", "2024/3/5", "2024-03-05", "2024.3.5", "20240305", "２０２４年３月５日",
        " 2024-03-05 00:00:00 ",
        45356.0, 45356, "45356", 20240305.0, datetime.date(2024, 3, 5), datetime.datetime(2024, 3, 5, 12),
    ],
)  # fmt: skip
def test_one_day_however_it_is_written(cell: Cell) -> None:
    # 45356 days after 1899-12-30 is 2024-03-05
    assert read_date(cell) == "2024-03-05"


@pytest.mark.parametrize("cell", ["2024年3月", "2024-02-30", "去年", "3月5日", 12.0, True, "2024-13-01"])
def test_what_is_no_day_is_refused_with_the_form_to_use(cell: Cell) -> None:
    with pytest.raises(NotRead) as error:
        read_date(cell)
    assert "年" in error.value.mend_zh or "2024" in error.value.mend_zh


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("是", "true"),
        ("否", "false"),
        (True, "true"),
        (1.0, "true"),
        ("0", "false"),
        ("√", "true"),
        ("N", "false"),
    ],
)
def test_yes_and_no(cell: Cell, said: str) -> None:
    assert read_boolean(cell) == said


def test_maybe_is_neither_yes_nor_no() -> None:
    with pytest.raises(NotRead, match="不是“是”或“否”"):
        read_boolean("可能")


def test_a_chinese_label_becomes_its_code_and_a_strange_one_lists_the_choices(library: Library) -> None:
    held = read_words(["新材料", "bio_medicine", "", "—", "新能源"], library.metric("field"))
    assert held.texts == ["new_materials", "bio_medicine", None, None, None]
    assert held.placeholders == [3]
    assert [(problem.at, problem.code) for problem in held.problems] == [(4, "code")]
    assert "新材料、生物医药" in held.problems[0].mend_zh


def test_serial_dates_are_remembered_so_that_the_clerk_is_told(library: Library) -> None:
    held = read_words([45356.0, "2024年3月5日"], library.metric("est_date"))
    assert held.texts == ["2024-03-05", "2024-03-05"]
    assert held.serials == [0]
