"""Every cell of a sheet becomes an exact value or a problem with an address."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from gaoxin.core.errors import IngestError
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.draft import Draft, draft
from gaoxin.facts.ingest.headers import map_headers
from gaoxin.facts.ingest.identity import KnownSubject, KnownSubjects
from gaoxin.facts.ingest.inspection.limits import FORMULA, SheetFacts
from gaoxin.facts.ingest.progress import ImportCancelled
from gaoxin.facts.ingest.workbook import read_table
from gaoxin.packs.library import Library
from tests.facts.ingest.builders import (
    a_code,
    a_draft,
    a_table,
    a_workbook,
    known,
    numbers,
    problems,
    texts,
)

HEAD = ("统一社会信用代码", "企业名称", "营业收入（万元）", "期末职工人数")
WAN = 10**6  # fen in one 万元


def rows_of(held: Draft) -> list[tuple[int, str | None, bool, str]]:
    return list(held.rows.select("row", "subject", "new", "state").iter_rows())


def codes(held: Draft) -> list[str]:
    return [issue.code for issue in held.issues]


def test_a_sheet_becomes_rows_and_exact_cells(library: Library) -> None:
    held = a_draft(
        library, HEAD, (a_code(1), "砚石软件", 7125.0, 86.0), (a_code(2), "松涛装备", "3,901.8", "214")
    )
    assert rows_of(held) == [
        (2, f"enterprise/{a_code(1)}", True, "ok"),
        (3, f"enterprise/{a_code(2)}", True, "ok"),
    ]
    # 7125 万元 = 71 250 000 元 = 7 125 000 000 分; people are kept with six decimals
    assert numbers(held, "revenue") == {2: 7_125_000_000, 3: 3_901_800_000}
    assert numbers(held, "staff") == {2: 86 * 10**6, 3: 214 * 10**6}
    assert not held.issues
    assert held.counts["read"] == 2
    assert held.counts["cells"] == 4


def test_a_missing_cell_has_no_line(library: Library) -> None:
    held = a_draft(library, HEAD, (a_code(1), "砚石软件", "", "—"), (a_code(2), "松涛装备", 0.0, ""))
    assert numbers(held, "revenue") == {3: 0}
    assert numbers(held, "staff") == {}
    assert codes(held) == ["placeholder"]


def test_a_bad_cell_is_reported_with_sheet_cell_expectation_and_mend(library: Library) -> None:
    held = a_draft(library, HEAD, (a_code(1), "青禾本草", "约9千", 10.0))
    (issue,) = held.issues
    assert (issue.where, issue.severity) == ("表.xlsx 表1!C2", "error")
    assert "营业收入" in issue.zh
    assert "请只填数字" in issue.zh  # 9千元 or 9千万元: no example
    assert rows_of(held)[0][3] == "error"


def test_the_check_digit_that_is_expected_is_named(library: Library) -> None:
    wrong = a_code(1)[:-1] + ("1" if a_code(1)[-1] != "1" else "2")
    held = a_draft(library, HEAD, (wrong, "九重科技", 1.0, 1.0))
    assert problems(held) == [("A2", "uscc")]
    assert f"最后一位应是 {a_code(1)[-1]}，请对照执照核对" in held.problems[0].zh
    assert rows_of(held) == [(2, None, False, "error")]


def test_a_credit_code_stored_as_number_is_recognised(library: Library) -> None:
    held = a_draft(library, HEAD, (9.1532301e17, "九重科技", 1.0, 1.0))
    assert problems(held) == [("A2", "uscc_number")]
    assert "文本" in held.problems[0].mend_zh


def test_the_same_code_twice_names_both_rows_and_loads_neither(library: Library) -> None:
    held = a_draft(
        library, HEAD, (a_code(1), "甲", 1.0, 1.0), (a_code(2), "乙", 2.0, 2.0), (a_code(1), "甲", 3.0, 3.0)
    )
    assert problems(held) == [("A2", "twice"), ("A4", "twice")]
    assert "第 2 行、第 4 行" in held.problems[0].zh
    assert [state for *_, state in rows_of(held)] == ["error", "ok", "error"]


def test_a_known_subject_is_found_by_code_and_keeps_its_own_code(library: Library) -> None:
    subjects = KnownSubjects.of([KnownSubject("enterprise/yanshi", "砚石软件", a_code(1))])
    held = a_draft(library, HEAD, (a_code(1).lower(), "砚石 软件", 1.0, 1.0), subjects=subjects)
    assert rows_of(held) == [(2, "enterprise/yanshi", False, "ok")]


def test_another_name_for_a_known_code_needs_a_look(library: Library) -> None:
    held = a_draft(library, HEAD, (a_code(1), "砚石科技", 1.0, 1.0), subjects=known("砚石软件"))
    assert problems(held) == [("B2", "name_differs")]
    assert rows_of(held)[0][3] == "look"


def test_a_code_and_a_name_of_two_enterprises_are_an_error(library: Library) -> None:
    held = a_draft(library, HEAD, (a_code(1), "松涛装备", 1.0, 1.0), subjects=known("砚石软件", "松涛装备"))
    assert problems(held) == [("B2", "name_of_another")]
    assert a_code(2) in held.problems[0].zh
    assert rows_of(held)[0][3] == "error"


def test_a_name_alone_serves_when_exactly_one_subject_bears_it(library: Library) -> None:
    subjects = KnownSubjects.of(
        [
            KnownSubject("enterprise/a", "砚石软件"),
            KnownSubject("enterprise/b", "云"),
            KnownSubject("enterprise/c", "云"),
        ]
    )
    held = a_draft(
        library,
        ("企业名称", "营业收入（万元）"),
        ("砚石软件", 1.0),
        ("云", 2.0),
        ("无人知晓", 3.0),
        subjects=subjects,
    )
    assert rows_of(held)[0][:2] == (2, "enterprise/a")
    assert problems(held) == [("A3", "name_ambiguous"), ("A4", "name_unknown")]


def test_an_unknown_code_without_name_is_an_error(library: Library) -> None:
    held = a_draft(library, HEAD, (a_code(1), "", 1.0, 1.0))
    assert problems(held) == [("B2", "name_missing")]


def test_figures_without_identity_are_an_error_and_never_skipped(library: Library) -> None:
    held = a_draft(library, HEAD, ("", "", 5.0, 5.0))
    assert problems(held) == [("A2", "no_identity")]


def test_blank_rows_totals_and_notes_are_not_loaded(library: Library) -> None:
    held = a_draft(
        library,
        HEAD,
        (a_code(1), "甲", 1.5, 10.0),
        ("", "", "", ""),
        (a_code(2), "乙", 2.5, 20.0),
        ("合 计", "", 4.0, 30.0),
        ("注：本表由企业填报", "", "", ""),
        ("填表人：周", "", "", ""),
    )
    assert held.rows["row"].to_list() == [2, 4]
    assert (held.counts["blank"], held.counts["totals"], held.counts["notes"]) == (1, 1, 2)
    assert codes(held) == ["notes_skipped"]


def test_a_total_that_does_not_add_up_is_reported_with_both_sums(library: Library) -> None:
    held = a_draft(
        library, HEAD, (a_code(1), "甲", 1.5, 10.0), (a_code(2), "乙", 2.5, 20.0), ("合计", "", 5.0, 30.0)
    )
    (issue,) = held.issues
    # 1.5 + 2.5 = 4, the total says 5
    assert (issue.code, issue.cell) == ("total_differs", "C4")
    assert "写 5 万元，各行相加是 4 万元，相差 1 万元" in issue.zh


def test_subtotals_count_the_rows_since_the_last_total(library: Library) -> None:
    held = a_draft(
        library,
        HEAD,
        (a_code(1), "甲", 1.0, 1.0),
        ("小计", "", 1.0, 1.0),
        (a_code(2), "乙", 2.0, 2.0),
        ("小计", "", 2.0, 2.0),
        ("总计", "", 3.0, 3.0),
    )
    assert not held.issues


def test_error_cells_and_formulas_without_result_are_reported_by_address(library: Library) -> None:
    table = a_table(HEAD, (a_code(1), "甲", "", 1.0), (a_code(2), "乙", "", 1.0))
    table = replace(table, facts=SheetFacts(3, 4, {(1, 2): "#DIV/0!", (2, 2): FORMULA}))
    held = draft(table, map_headers(table, library, "enterprise", Period.parse("2026-09")), library, known())
    assert problems(held) == [("C2", "error_cell"), ("C3", "formula_without_value")]
    assert "#DIV/0!" in held.problems[0].zh


def test_dates_answers_and_codes_are_read_as_texts(library: Library) -> None:
    held = a_draft(
        library,
        ("统一社会信用代码", "企业名称", "成立日期", "是否上市", "技术领域"),
        (a_code(1), "甲", "2024年3月5日", "是", "新材料"),
        (a_code(2), "乙", 45356.0, False, "bio_medicine"),
        (a_code(3), "丙", "2024/3/5", "也许", "矿业"),
    )
    assert texts(held, "est_date") == dict.fromkeys((2, 3, 4), "2024-03-05")
    assert texts(held, "listed") == {2: "true", 3: "false"}
    assert texts(held, "field") == {2: "new_materials", 3: "bio_medicine"}
    assert problems(held) == [("D4", "boolean"), ("E4", "code")]
    assert codes(held)[0] == "serial_dates"


def test_a_loss_may_be_negative_a_revenue_may_not(library: Library) -> None:
    held = a_draft(
        library,
        ("统一社会信用代码", "企业名称", "营业收入（万元）", "净利润（万元）"),
        (a_code(1), "甲", -1.0, -2.0),
    )
    assert numbers(held, "net_profit") == {2: -2 * WAN}
    assert problems(held) == [("C2", "negative")]


def test_a_mapping_with_open_questions_is_refused(library: Library) -> None:
    table = a_table(("统一社会信用代码", "营业收入"), (a_code(1), 1.0))
    mapping = map_headers(table, library, "enterprise", Period.parse("2026"))
    with pytest.raises(IngestError, match="还有 1 处没定"):
        draft(table, mapping, library, known())


def test_thousands_of_problems_are_counted_and_the_first_are_listed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gaoxin.facts.ingest.draft.MOST_PROBLEMS", 3)
    held = a_draft(library, HEAD, *((a_code(number), "甲", "x", 1.0) for number in range(1, 8)))
    assert len(held.problems) == 3
    assert codes(held)[0] == "more_problems"
    assert held.counts["problems"] == 7
    assert {state for *_, state in rows_of(held)} == {"error"}


def test_a_draft_can_be_cancelled(library: Library) -> None:
    table = a_table(HEAD, (a_code(1), "甲", 1.0, 1.0))
    mapping = map_headers(table, library, "enterprise", Period.parse("2026"))
    with pytest.raises(ImportCancelled):
        draft(table, mapping, library, known(), cancelled=lambda: True)


def test_a_real_workbook_goes_all_the_way(library: Library) -> None:
    source = a_workbook(
        [
            ["规上企业月报"],
            ["单位：万元"],
            [*list(HEAD[:2]), "营业收入", "期末职工人数"],
            [a_code(1), "甲", 1.5, 10],
            ["合计", "", 1.5, 10],
        ]
    )
    table = read_table(source, "规上企业月报-2026年9月.xlsx")
    held = draft(table, map_headers(table, library, "enterprise"), library, known())
    assert held.period == "2026-09"
    assert numbers(held, "revenue") == {4: 1_500_000}


# --- long tables


LONG = ("指标", "类别", "时期", "数值", "单位", "地区", "分母")
ZONES = KnownSubjects.of(
    [KnownSubject("zone/sandbox", "演练区", "", ("演练高新区",)), KnownSubject("region/990100", "演练市")]
)


def long_draft(
    library: Library,
    *rows: tuple[object, ...],
    head: tuple[str, ...] = LONG,
    subject: str = "",
    period: str = "2025",
) -> Draft:
    table = a_table(head, *rows)  # type: ignore[arg-type]
    mapping = map_headers(table, library, "zone", Period.parse(period), subject=subject)
    return draft(table, mapping, library, ZONES)


def test_a_long_table_states_one_figure_a_row(library: Library) -> None:
    held = long_draft(
        library,
        ("地区生产总值", "", "2025年", 432.0, "亿元", "演练区", ""),
        ("GDP", "占比", "2025年", 26.5, "%", "演练高新区", "演练市"),
        ("高新技术企业数", "水平", "2025年", 160.0, "", "演练区", ""),
        ("地区生产总值", "增速", "2025年上半年", 8.5, "%", "演练市", ""),
    )
    assert not held.issues
    said = {(column.metric, column.period, column.figure, column.of, column.unit) for column in held.columns}
    assert said == {
        ("gdp", "2025", "level", "", "亿元"),
        ("gdp", "2025", "share", "region/990100", "%"),
        ("zone_firms", "2025", "level", "", "家"),
        ("gdp", "2025H1", "growth", "", "%"),
    }
    # 432 亿元 = 43 200 000 000 元 in fen; 26.5 % with twelve decimals
    assert held.cells.sort("row")["number"].to_list() == [432 * 10**10, 265 * 10**9, 160 * 10**6, 85 * 10**9]
    assert held.rows["subject"].to_list() == ["zone/sandbox", "zone/sandbox", "zone/sandbox", "region/990100"]


def test_years_side_by_side_are_periods(library: Library) -> None:
    held = long_draft(
        library,
        ("地区生产总值", "亿元", 400.0, 432.0),
        head=("指标", "单位", "2024年", "2025年"),
        subject="zone/sandbox",
    )
    assert {(column.period, column.letters) for column in held.columns} == {("2024", "C"), ("2025", "D")}


@pytest.mark.parametrize(
    ("row", "cell", "code"),
    [
        (("人均绿地", "", "2025年", 1.0, "亿元", "演练区", ""), "A2", "metric_unknown"),
        (("地区生产总值", "", "去年", 1.0, "亿元", "演练区", ""), "C2", "period"),
        (("地区生产总值", "", "2025年", 1.0, "", "演练区", ""), "E2", "unit"),
        (("地区生产总值", "", "2025年", 1.0, "人", "演练区", ""), "E2", "unit"),
        (("地区生产总值", "", "2025年", 1.0, "亿元", "无名市", ""), "F2", "name_unknown"),
        (("地区生产总值", "差额", "2025年", 1.0, "亿元", "演练区", ""), "B2", "figure_unknown"),
        (("地区生产总值", "", "2025年", "约400", "亿元", "演练区", ""), "D2", "number_approximate"),
    ],
)
def test_a_row_that_cannot_be_placed_says_which_cell_is_wrong(
    library: Library, row: tuple[object, ...], cell: str, code: str
) -> None:
    held = long_draft(library, row)
    assert problems(held) == [(cell, code)]
    assert held.rows["state"].to_list() == ["error"]


def test_the_same_figure_twice_in_a_long_table_names_the_first_row(library: Library) -> None:
    one = ("地区生产总值", "", "2025年", 432.0, "亿元", "演练区", "")
    held = long_draft(library, one, one)
    assert problems(held) == [("D3", "twice")]
    assert "第 2 行" in held.problems[0].zh


def test_no_number_is_changed_between_sheet_and_draft(library: Library) -> None:
    """Sum of a column of hundredths: 0.01 + 0.02 + … + 9.99 万元 = 4995 万元."""
    held = a_draft(library, HEAD, *((a_code(n), f"企业{n}", n / 100, 1.0) for n in range(1, 1000)))
    assert held.cells.filter(pl.col("column") == 0)["number"].sum() == 4995 * WAN
