"""A part above its whole, a year to date that fell, last month's sheet again, another period in the title."""

from __future__ import annotations

import pytest

from gaoxin.core.periods import Period
from gaoxin.facts.ingest.consistency import period_doubt
from gaoxin.facts.ingest.decisions import resolve
from gaoxin.facts.ingest.diff import Diff, diff
from gaoxin.facts.ingest.headers import map_headers
from gaoxin.facts.ingest.identity import KnownSubject, KnownSubjects
from gaoxin.packs.library import Library
from tests.facts.ingest.builders import a_code, a_draft, a_table, stored

AUGUST = "2026-01/2026-08"
WAN = 10**6
FIRMS = KnownSubjects.of(KnownSubject(f"enterprise/e{n}", f"企业{n}", a_code(n)) for n in range(1, 20))
HEAD = ("统一社会信用代码", "企业名称", "营业收入（万元）", "净利润（万元）", "出口（万元）")


def judged(
    library: Library, rows: list[tuple[float, float, float]], *past: tuple[str, str, str, int]
) -> Diff:
    lines = [(a_code(n), f"企业{n}", *row) for n, row in enumerate(rows, start=1)]
    return diff(a_draft(library, HEAD, *lines, subjects=FIRMS), stored(*past))


def words(held: Diff) -> list[tuple[str, str]]:
    return [(line.key, line.judgement) for line in held.attention]


def test_a_year_to_date_that_is_less_than_a_month_before_must_be_looked_at(library: Library) -> None:
    # 95 万元 in nine months cannot be, when 100 万元 were reported in eight
    held = judged(library, [(95.0, "", "")], ("enterprise/e1", "revenue", AUGUST, 100 * WAN))
    assert words(held) == [("R2C0", "fell")]
    assert resolve(held, {"R2C0": "keep_old"}).cells.is_empty()


def test_a_profit_may_fall(library: Library) -> None:
    held = judged(library, [("", 95.0, "")], ("enterprise/e1", "net_profit", AUGUST, 100 * WAN))
    assert words(held) == []


def test_a_part_larger_than_its_whole_is_shown_with_both_numbers(library: Library) -> None:
    held = judged(library, [(100.0, "", 100.5), (100.0, "", 100.0)])
    assert words(held) == [("R2C2", "part")]
    assert held.attention[0].zh == "出口 100.5 万元 大于 营业收入 100 万元"
    assert held.open_keys({}) == ["R2C2"]


def test_the_sheet_of_last_month_once_more_is_noticed(library: Library) -> None:
    rows = [(100.0 + n, "", "") for n in range(1, 6)]
    past = [(f"enterprise/e{n}", "revenue", AUGUST, (100 + n) * WAN) for n in range(1, 6)]
    held = judged(library, rows, *past)
    assert words(held) == [("sheet:again", "sheet")]
    assert "5 家（共 5 家可比）的数和 2026年1–8月一个不差" in held.attention[0].zh


def test_a_few_firms_without_new_turnover_are_no_repeated_sheet(library: Library) -> None:
    rows = [(101.0, "", ""), (102.0, "", ""), (113.0, "", ""), (114.0, "", ""), (115.0, "", "")]
    past = [(f"enterprise/e{n}", "revenue", AUGUST, (100 + n) * WAN) for n in range(1, 6)]
    assert words(judged(library, rows, *past)) == []  # 2 of 5


@pytest.mark.parametrize(
    ("title", "file", "asked", "doubted"),
    [
        ("2026年1-10月企业月报", "表.xlsx", "2026-10", "表题写的是 2026年1–10月，这次按 2026年10月入库"),
        ("2026年1-10月企业月报", "表.xlsx", "2026-01/2026-10", ""),
        ("2026年1-10月企业月报", "good-2026年10月.xlsx", "2026-01/2026-10", ""),
        ("企业月报", "good-2026年10月.xlsx", "2026-01/2026-11", "文件名写的是 2026年10月"),
        ("企业月报", "good-2026年10月.xlsx", "2026-01/2026-10", ""),
        ("填报日期：2026年11月5日", "表.xlsx", "2026-10", ""),
        ("企业月报", "表.xlsx", "2026-10", ""),
    ],
)  # fmt: skip
def test_another_period_in_the_title_is_asked_about(
    library: Library, title: str, file: str, asked: str, doubted: str
) -> None:
    table = a_table((title,), HEAD, (a_code(1), "企业1", 1.0, "", ""), file=file)
    found = period_doubt(table, map_headers(table, library, "enterprise", Period.parse(asked)))
    assert ("" if found is None else found.zh).startswith(doubted)
    assert (found is None) == (not doubted)


def test_january_to_december_is_the_year(library: Library) -> None:
    held = a_draft(
        library, HEAD, (a_code(1), "企业1", 1.0, 1.0, ""), period="2026-01/2026-12", subjects=FIRMS
    )
    assert {column.period for column in held.columns} == {"2026"}
