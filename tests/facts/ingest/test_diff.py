"""What a file would change: new, changed, unchanged, gone, jumped, in the wrong unit."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from gaoxin.core.errors import IngestError
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.comparable import comparable_periods
from gaoxin.facts.ingest.diff import Diff, diff
from gaoxin.facts.ingest.identity import KnownSubject, KnownSubjects
from gaoxin.facts.ingest.progress import ImportCancelled
from gaoxin.facts.ingest.review import count, page
from gaoxin.packs.library import Library
from tests.facts.ingest.builders import a_code, a_draft, stored

HEAD = ("统一社会信用代码", "企业名称", "营业收入（万元）", "期末职工人数")
AUGUST, SEPTEMBER = "2026-01/2026-08", "2026-01/2026-09"
WAN = 10**6
NAMES = [f"企业{number}" for number in range(1, 60)]
KNOWN = KnownSubjects.of(
    KnownSubject(f"enterprise/e{n}", name, a_code(n)) for n, name in enumerate(NAMES, start=1)
)


def e(number: int) -> str:
    return f"enterprise/e{number}"


def a_diff(library: Library, rows: list[tuple[object, ...]], current: pl.DataFrame, **more: object) -> Diff:
    return diff(a_draft(library, HEAD, *rows, subjects=KNOWN), current, **more)  # type: ignore[arg-type, misc]


def judged(held: Diff) -> dict[str, str]:
    """Cell → judgement."""
    letters = {column.number: column.letters for column in held.columns}
    lines = held.cells.select("row", "column", "judgement").collect().iter_rows()
    return {f"{letters[column]}{row}": judgement for row, column, judgement in lines}


def rows_judged(held: Diff) -> dict[int, str]:
    return dict(held.rows.select("row", "judgement").collect().iter_rows())


def many(start: int, stop: int, staff: float = 100.0) -> list[tuple[object, ...]]:
    """Rows whose revenue is 1000 万元 each, 12 % above the 892.857… of the period before."""
    return [(a_code(n), NAMES[n - 1], 1000.0 + n, staff) for n in range(start, stop)]


def past(start: int, stop: int) -> list[tuple[str, str, str, int]]:
    return [(e(n), "revenue", AUGUST, 900 * WAN + n) for n in range(start, stop)]


# --- with what a figure is compared


@pytest.mark.parametrize(
    ("period", "kind", "stored_codes", "expected"),
    [
        ("2025", "flow_year", ["2023", "2024", "2025"], ["2024"]),
        (SEPTEMBER, "flow_year", ["2026-01/2026-07", AUGUST, "2025"], [AUGUST, "2026-01/2026-07"]),
        (SEPTEMBER, "flow_year", [AUGUST, "2025-01/2025-09"], [AUGUST, "2025-01/2025-09"]),
        ("2026-01/2026-02", "flow_year", ["2026-01", "2025-01/2025-02"], ["2026-01", "2025-01/2025-02"]),
        ("2026-09", "flow_year", ["2026-08", "2025-09"], ["2025-09", "2026-08"]),
        ("2026Q1", "flow_quarter", ["2025Q4"], ["2025Q4"]),
        ("2026-09-30", "stock_at_date", ["2026-08-31", "2025", "2026-10-31"], ["2026-08-31", "2025"]),
        ("2025", "flow_year", ["2026"], []),
    ],
)  # fmt: skip
def test_a_figure_is_compared_with_the_period_a_statistician_would_take(
    period: str, kind: str, stored_codes: list[str], expected: list[str]
) -> None:
    found = comparable_periods(Period.parse(period), kind, [Period.parse(code) for code in stored_codes])
    assert [each.code for each in found] == expected


# --- judgements


def test_the_same_figure_again_is_unchanged_another_is_changed_an_unknown_one_new(library: Library) -> None:
    held = a_diff(
        library,
        [(a_code(1), NAMES[0], 100.0, ""), (a_code(2), NAMES[1], 101.0, ""), (a_code(3), NAMES[2], 5.0, "")],
        stored((e(1), "revenue", SEPTEMBER, 100 * WAN), (e(2), "revenue", SEPTEMBER, 100 * WAN)),
    )
    assert judged(held) == {"C2": "unchanged", "C3": "changed", "C4": "new"}
    assert rows_judged(held) == {2: "unchanged", 3: "changed", 4: "changed"}
    assert held.counts["figures_unchanged"] == 1


def test_a_new_enterprise_is_a_new_row_and_its_figures_are_no_jumps(library: Library) -> None:
    held = diff(a_draft(library, HEAD, (a_code(90), "新来的", 7.0, 3.0), subjects=KNOWN), stored())
    assert rows_judged(held) == {2: "new"}
    (line,) = page(held, "normal")
    assert (line.judgement, line.name, line.metric_zh, line.figures) == ("new", "新来的", "整行", 2)


@pytest.mark.parametrize(
    ("value", "judgement"),
    # 50 is no jump, but the year to date cannot be less than a month before
    [(150.0, "changed"), (150.01, "jump"), (50.0, "fell"), (49.99, "jump")],
)
def test_more_than_half_is_a_jump_exactly_half_is_not(library: Library, value: float, judgement: str) -> None:
    held = a_diff(library, [(a_code(1), NAMES[0], value, "")], stored((e(1), "revenue", AUGUST, 100 * WAN)))
    assert judged(held) == {"C2": judgement}


def test_a_jump_shows_what_it_is_compared_with(library: Library) -> None:
    held = a_diff(library, [(a_code(1), NAMES[0], 402.0, "")], stored((e(1), "revenue", AUGUST, 248 * WAN)))
    (line,) = held.attention
    # 402 ÷ 248 − 1 = 62.1 %
    assert (line.judgement, line.cell, line.base_period, str(line.change)) == ("jump", "C2", AUGUST, "62.1")
    assert line.options == ("accept", "send_back", "keep_old")
    assert line.default is None
    assert held.compared_zh == "与 2026年1–8月已入库数据比"


def test_a_few_people_more_are_no_jump(library: Library) -> None:
    people = 10**6
    current = stored((e(1), "staff", "2026-08-31", 3 * people), (e(2), "staff", "2026-08-31", 214 * people))
    held = a_diff(library, [(a_code(1), NAMES[0], "", 9.0), (a_code(2), NAMES[1], "", 96.0)], current)
    assert judged(held) == {"D2": "changed", "D3": "jump"}


def test_a_state_known_for_long_is_not_recorded_again(library: Library) -> None:
    head = ("统一社会信用代码", "企业名称", "成立日期", "是否上市")
    rows = [(a_code(1), NAMES[0], "2015-06-01", "是"), (a_code(2), NAMES[1], "2016-06-01", "否")]
    current = stored(
        (e(1), "est_date", "2024-12-31", "2015-06-01"), (e(1), "listed", "2024-12-31", "false"),
        (e(2), "est_date", "2024-12-31", "2016-06-02"),
    )  # fmt: skip
    held = diff(a_draft(library, head, *rows, subjects=KNOWN), current)
    assert judged(held) == {"C2": "unchanged", "D2": "changed", "C3": "changed", "D3": "new"}


def test_rows_with_errors_are_not_compared(library: Library) -> None:
    held = a_diff(
        library, [(a_code(1), NAMES[0], "约9千", 5.0)], stored((e(1), "revenue", AUGUST, 100 * WAN))
    )
    assert judged(held) == {}
    (line,) = held.attention
    assert (line.key, line.judgement, line.cell, line.new_text) == ("R2", "error", "C2", "约9千")
    assert "请只填数字" in line.zh  # 9千元 or 9千万元: no example
    assert held.counts["rows_error"] == 1


def test_who_reported_before_and_is_missing_now_is_gone(library: Library) -> None:
    current = stored(
        (e(1), "revenue", AUGUST, 5),
        (e(2), "revenue", AUGUST, 5),
        (e(9), "est_date", "2020-01-01", "2019-01-01"),
    )
    held = a_diff(library, [(a_code(1), NAMES[0], 0.0, "")], current, names={e(2): "明湖数据"})
    gone = [line for line in held.attention if line.judgement == "gone"]
    assert [(line.key, line.name, line.options) for line in gone] == [
        ("gone:enterprise/e2", "明湖数据", ("keep_old", "send_back"))
    ]


def test_the_caller_may_say_who_should_be_in_the_file(library: Library) -> None:
    held = a_diff(library, [(a_code(1), NAMES[0], 5.0, "")], stored(), scope=[e(1), e(3)])
    assert [line.subject for line in held.attention] == [e(3)]
    assert held.counts["gone"] == 1


def test_a_name_that_differs_needs_a_look_but_its_figures_are_judged(library: Library) -> None:
    held = a_diff(library, [(a_code(1), "改了名", 100.0, "")], stored((e(1), "revenue", SEPTEMBER, 90 * WAN)))
    assert judged(held) == {"C2": "changed"}
    assert [(line.key, line.judgement) for line in held.attention] == [("R2", "look")]


# --- units


def slips(library: Library, value: float, before: int, rows: int = 40, head: tuple[str, ...] = HEAD) -> Diff:
    table = [*many(2, rows), (a_code(1), NAMES[0], value, 100.0)]
    return a_diff(library, table, stored((e(1), "revenue", AUGUST, before), *past(2, rows)))


def test_yuan_in_a_column_of_ten_thousand_yuan_is_suspected_with_evidence(library: Library) -> None:
    # 71 250 000 万元 against 6410 万元: ÷ 10 000 = 7125 万元, 11.2 % above
    held = slips(library, 71_250_000.0, 6410 * WAN)
    (line,) = held.attention
    assert (line.judgement, line.key, line.converted) == ("unit_slip", "R40C0", 7125 * WAN)
    assert (str(line.change), line.default) == ("11.2", "convert")
    (group,) = held.slips
    assert group.zh == "1 行像是把“元”填进了“万元”列（营业收入）。"
    # The others went from 900 to 1002 … 1039 万元: 11 % to 15 %.
    assert group.evidence_zh == "除以 1 万后，和上期相差 11%，与其他企业一致。"


def test_the_evidence_names_what_others_did_when_the_slip_does_not_fit_in(library: Library) -> None:
    held = slips(library, 71_250_000.0, 5000 * WAN)
    # 7125 ÷ 5000 = +42.5 %
    assert held.slips[0].evidence_zh == "除以 1 万后，和上期相差 43%；其他企业多在 11% 到 15%。"


def test_a_hundred_million_in_a_column_of_ten_thousand_is_suspected_too(library: Library) -> None:
    # 0.7125 (亿元) written in a column of 万元, against 6410 万元
    held = slips(library, 0.7125, 6410 * WAN)
    assert held.attention[0].converted == 7125 * WAN
    assert held.slips[0].zh.startswith("1 行像是把“亿元”填进了“万元”列")


def test_a_jump_that_no_unit_explains_stays_a_jump(library: Library) -> None:
    held = slips(library, 6410.0 * 100, 6410 * WAN)
    assert [line.judgement for line in held.attention] == ["jump"]
    assert not held.slips


def test_a_figure_already_stored_is_not_suspected_again(library: Library) -> None:
    held = a_diff(
        library,
        [(a_code(1), NAMES[0], 71_250_000.0, "")],
        stored((e(1), "revenue", SEPTEMBER, 71_250_000 * WAN), (e(1), "revenue", AUGUST, 6410 * WAN)),
    )
    assert judged(held) == {"C2": "unchanged"}


def test_without_a_figure_before_the_column_tells(library: Library) -> None:
    # 30 firms of some 1000 万元; a new one writes 12 740 000, which is 1274 万元 in 元.
    rows = [*many(2, 32), (a_code(80), "新来的", 10_100_000.0, 50.0)]
    held = a_diff(library, rows, stored(*past(2, 32)))
    (line,) = held.attention
    assert (line.judgement, line.converted) == ("unit_slip", 1010 * WAN)
    assert held.slips[0].basis == "column"
    assert "多数企业的范围内" in held.slips[0].evidence_zh


def test_a_big_newcomer_is_not_suspected(library: Library) -> None:
    rows = [*many(2, 32), (a_code(80), "新来的", 20_000.0, 500.0)]
    assert not a_diff(library, rows, stored(*past(2, 32))).slips


def test_several_slips_of_one_column_are_one_group_with_a_span(library: Library) -> None:
    before = {1: 6410, 40: 3502.6, 41: 2187.3, 42: 1120}
    wrong = {1: 71_250_000, 40: 39_018_400, 41: 24_560_000, 42: 12_740_000}
    rows = many(2, 40) + [(a_code(n), NAMES[n - 1], float(value), 100.0) for n, value in wrong.items()]
    current = stored(
        *past(2, 40), *((e(n), "revenue", AUGUST, round(value * WAN)) for n, value in before.items())
    )
    held = a_diff(library, rows, current)
    (group,) = held.slips
    # +11.2 %, +11.4 %, +12.3 %, +13.8 %
    assert group.rows == 4
    assert group.evidence_zh == "除以 1 万后，和上期相差 11%–14%，与其他企业一致。"
    assert (held.counts["rows_unit_slip"], held.counts["attention"]) == (4, 0)


# --- keeping and paging


def a_large_one(library: Library) -> Diff:
    rows = [*many(1, 30), (a_code(80), "新来的", 1000.0, 3.0), (a_code(30), NAMES[29], 5000.0, 100.0)]
    current = stored(
        *((e(n), "revenue", SEPTEMBER, (1000 + n) * WAN) for n in range(1, 20)),
        (e(30), "revenue", AUGUST, 900 * WAN),
    )
    return a_diff(library, rows, current)


def test_a_saved_diff_is_the_same_diff(library: Library, tmp_path: Path) -> None:
    held = a_large_one(library)
    held.save(tmp_path / "run")
    again = Diff.open(tmp_path / "run")
    assert again.attention == held.attention
    assert again.slips == held.slips
    assert dict(again.counts) == dict(held.counts)
    assert again.columns == held.columns
    assert again.cells.collect().equals(held.cells.collect())
    assert page(again, "normal") == page(held, "normal")


def test_a_diff_that_is_gone_says_to_upload_again(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="重新上传"):
        Diff.open(tmp_path)


def test_pages_of_changes_follow_each_other_without_gap_or_repeat(library: Library) -> None:
    held = a_large_one(library)
    everything = page(held, "normal", limit=1000)
    assert len(everything) == count(held, "normal")
    pages = [line for at in range(0, len(everything), 7) for line in page(held, "normal", after=at, limit=7)]
    assert pages == everything
    assert [line.row for line in everything] == sorted(line.row or 0 for line in everything)


def test_unchanged_rows_are_one_line_each(library: Library) -> None:
    rows = [(a_code(n), NAMES[n - 1], 1000.0 + n, "") for n in range(1, 20)]
    held = a_diff(
        library, rows, stored(*((e(n), "revenue", SEPTEMBER, (1000 + n) * WAN) for n in range(1, 20)))
    )
    assert count(held, "unchanged") == 19
    assert {line.judgement for line in page(held, "unchanged")} == {"unchanged"}


@pytest.mark.parametrize(("search", "row"), [("企业25", 26), ("第 26 行", 26), (a_code(25), 26)])
def test_a_line_is_found_by_name_row_or_code(library: Library, search: str, row: int) -> None:
    assert {line.row for line in page(a_large_one(library), "normal", search=search)} == {row}


def test_the_caller_may_search_by_subjects_it_found_itself(library: Library) -> None:
    held = a_large_one(library)
    assert {line.row for line in page(held, "normal", subjects=[e(22)])} == {23}
    assert [line.row for line in page(held, "attention", subjects=[e(30)])] == [32]
    assert page(held, "attention", search="没有这家") == []


def test_a_comparison_can_be_cancelled(library: Library) -> None:
    with pytest.raises(ImportCancelled):
        a_diff(library, many(1, 3), stored(), cancelled=lambda: True)
