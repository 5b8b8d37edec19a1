"""Headers as Chinese forms have them: titles above, two rows, units in brackets, periods everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gaoxin.core.errors import IngestError
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.header_text import read_header
from gaoxin.facts.ingest.headers import assign, header_score, map_headers
from gaoxin.facts.ingest.mapping import Column, Mapping
from gaoxin.facts.ingest.workbook import Span, Table
from gaoxin.packs.library import Library
from tests.facts.ingest.builders import a_code, a_table

REPORT = Period.parse("2026-01/2026-09")
ROW = (a_code(1), "砚石软件", 7125.0, 6410.0)


def mapped(
    library: Library, table: Table, period: Period | None = REPORT, kind: str = "enterprise", **more: str
) -> Mapping:
    return map_headers(table, library, kind, period, **more)


def metrics(mapping: Mapping) -> list[tuple[str | None, str | None, str | None]]:
    return [(column.metric, column.unit, column.period) for column in mapping.of_role("metric")]


@pytest.mark.parametrize(
    ("text", "name", "unit", "period", "rule"),
    [
        ("营业收入（万元）", "营业收入", "万元", "", ""),
        ("2024年营业收入", "营业收入", None, "2024年", ""),
        ("营业收入(2024年)", "营业收入", None, "2024年", ""),
        ("2026年1-9月", "", None, "2026年1-9月", ""),
        ("其中：主营业务收入/万元", "主营业务收入", "万元", "", ""),
        ("三、营业收入", "营业收入", None, "", ""),
        ("营业收入-上年同期", "营业收入", None, "", "previous"),
        ("上年同期", "", None, "", "previous"),
        ("上年营业收入（万元）", "营业收入", "万元", "", "previous"),
        ("去年同期营业收入", "营业收入", None, "", "previous"),
        ("营业收入上年同期", "营业收入", None, "", "previous"),
        ("上年末资产总额", "资产总额", None, "", "year_start"),
        ("资产总额-上年末", "资产总额", None, "", "year_start"),
        ("上年度末资产总额", "上年度末资产总额", None, "", ""),
        ("当年发明专利申请数", "当年发明专利申请数", None, "", ""),
        ("1-本月", "", None, "", "report"),
        ("年初数", "", None, "", "year_start"),
        ("期末职工人数", "期末职工人数", None, "", ""),
        ("万元", "", "万元", "", ""),
        ("2024年末", "", None, "2024年末", ""),
    ],
)
def test_a_header_cell_is_taken_apart(text: str, name: str, unit: str | None, period: str, rule: str) -> None:
    held = read_header(text)
    assert (held.name, held.unit, held.period, held.rule) == (name, unit, period, rule)


def test_title_rows_and_a_unit_line_above_are_passed_over_and_used(library: Library) -> None:
    table = a_table(
        ("规上企业月报",),
        ("填报单位：统计局", "", "单位：万元、人"),
        ("统一社会信用代码", "企业名称", "营业收入", "期末职工人数"),
        ROW,
    )
    mapping = mapped(library, table)
    assert (mapping.header_top, mapping.first_row) == (2, 3)
    # Staff is a stock: known as of the last day of the period.
    assert metrics(mapping) == [("revenue", "万元", "2026-01/2026-09"), ("staff", "人", "2026-09-30")]
    assert not mapping.questions


def test_a_merged_parent_speaks_for_its_children(library: Library) -> None:
    table = replace(
        a_table(
            ("统一社会信用代码", "企业名称", "营业收入（万元）", "", "研发费用（会计口径）（万元）", ""),
            ("", "", "2024年", "2023年", "本期", "上年同期"),
            (*ROW, 1.0, 2.0),
        ),
        merged=(Span(0, 0, 1, 0), Span(0, 1, 1, 1), Span(0, 2, 0, 3), Span(0, 4, 0, 5)),
    )
    mapping = mapped(library, table)
    assert (mapping.header_top, mapping.header_bottom) == (0, 1)
    assert metrics(mapping) == [
        ("revenue", "万元", "2024"),
        ("revenue", "万元", "2023"),
        ("rd_book", "万元", "2026-01/2026-09"),
        ("rd_book", "万元", "2025-01/2025-09"),
    ]


def test_without_merges_a_blank_parent_belongs_to_its_left_neighbour(library: Library) -> None:
    table = a_table(
        ("统一社会信用代码", "企业名称", "营业收入", ""),
        ("", "", "2024年（万元）", "2023年（万元）"),
        ROW,
    )
    assert metrics(mapped(library, table)) == [("revenue", "万元", "2024"), ("revenue", "万元", "2023")]


def test_a_unit_row_below_the_names_is_part_of_the_header(library: Library) -> None:
    table = a_table(("信用代码", "单位名称", "营业收入", "期末职工人数"), ("", "", "亿元", "人"), ROW)
    mapping = mapped(library, table)
    assert metrics(mapping) == [("revenue", "亿元", "2026-01/2026-09"), ("staff", "人", "2026-09-30")]
    assert mapping.first_row == 2


def test_a_row_of_column_codes_is_passed_over(library: Library) -> None:
    table = a_table(
        ("统一社会信用代码", "企业名称", "营业收入（万元）", "净利润（万元）"), ("甲", "乙", 1.0, 2.0), ROW
    )
    assert mapped(library, table).first_row == 2


def test_an_amount_without_any_unit_is_asked_about(library: Library) -> None:
    mapping = mapped(library, a_table(("统一社会信用代码", "营业收入"), (*ROW[:1], 1.0)))
    assert [(question.kind, question.choices) for question in mapping.questions] == [
        ("unit", ("万元", "元", "亿元", "千元"))
    ]


def test_a_unit_of_another_dimension_is_asked_about(library: Library) -> None:
    mapping = mapped(library, a_table(("统一社会信用代码", "营业收入（人）"), (*ROW[:1], 1.0)))
    assert [question.kind for question in mapping.questions] == ["unit"]
    assert "换算成万元" in mapping.questions[0].zh


def test_a_name_of_two_metrics_is_a_question_and_a_persons_answer_settles_it(library: Library) -> None:
    table = a_table(("统一社会信用代码", "研发费用（万元）"), (*ROW[:1], 1.0))
    mapping = mapped(library, table)
    assert [question.choices for question in mapping.questions] == [("rd_book", "rd_tax")]
    answered = assign(mapping, library, table, 1, metric="rd_book")
    assert not answered.questions
    assert metrics(answered) == [("rd_book", "万元", "2026-01/2026-09")]


def test_an_unknown_column_is_listed_with_near_names_and_left_out(library: Library) -> None:
    table = a_table(
        ("统一社会信用代码", "营业收入（万元）", "净利润总额（万元）", "董事长"), (*ROW[:2], 1.0, "王")
    )
    mapping = mapped(library, table)
    said = {issue.cell: issue.mend_zh for issue in mapping.issues if issue.code == "column_unmatched"}
    assert "净利润" in said["C1"]
    assert "没有相近" in said["D1"]
    assert not mapping.questions


def test_growth_columns_are_computed_not_imported(library: Library) -> None:
    table = a_table(("统一社会信用代码", "营业收入（万元）", "营业收入同比增长（%）"), (a_code(1), 1.0, 2.0))
    mapping = mapped(library, table)
    assert [column.role for column in mapping.columns] == ["uscc", "metric", "growth"]


def test_two_columns_for_one_thing_are_asked_about(library: Library) -> None:
    mapping = mapped(
        library, a_table(("统一社会信用代码", "营业收入（万元）", "营收（元）"), (a_code(1), 1.0, 2.0))
    )
    assert [question.kind for question in mapping.questions] == ["twice"]


def test_small_numbers_in_a_percent_column_are_judged_by_a_person(library: Library) -> None:
    table = a_table(("统一社会信用代码", "出口占比（%）"), (a_code(1), 0.12), (a_code(2), 0.5))
    mapping = mapped(library, table)
    assert [question.kind for question in mapping.questions] == ["fraction"]
    assert not assign(mapping, library, table, 1, fraction=True).questions


def test_percent_formatted_cells_and_numbers_above_one_need_no_question(library: Library) -> None:
    formatted = a_table(("统一社会信用代码", "出口占比（%）"), (a_code(1), 0.12), percent={1: frozenset({1})})
    above = a_table(("统一社会信用代码", "出口占比（%）"), (a_code(1), 0.12), (a_code(2), 12.0))
    assert not mapped(library, formatted).questions
    assert not mapped(library, above).questions


def test_a_period_in_the_title_is_taken_and_said_when_nobody_chose_one(library: Library) -> None:
    table = a_table(("2026年1—9月规上企业月报",), ("统一社会信用代码", "营业收入（万元）"), (a_code(1), 1.0))
    mapping = mapped(library, table, period=None)
    assert metrics(mapping) == [("revenue", "万元", "2026-01/2026-09")]
    assert [issue.code for issue in mapping.issues] == ["period_from_title"]


def test_without_any_period_the_period_is_asked(library: Library) -> None:
    mapping = mapped(
        library, a_table(("统一社会信用代码", "营业收入（万元）"), (a_code(1), 1.0)), period=None
    )
    assert [question.kind for question in mapping.questions] == ["period"]


def test_rows_without_identity_are_asked_about(library: Library) -> None:
    mapping = mapped(library, a_table(("序号", "营业收入（万元）"), (1.0, 1.0)))
    assert [question.kind for question in mapping.questions] == ["identity"]


def test_no_header_is_an_error_that_says_what_to_do(library: Library) -> None:
    with pytest.raises(IngestError, match="没有找到表头"):
        mapped(library, a_table(("一", "二"), (1.0, 2.0)))


def test_a_saved_mapping_fits_the_next_month_in_any_order_of_columns(library: Library) -> None:
    first = a_table(("统一社会信用代码", "研发费用（万元）", "营业收入"), (a_code(1), 1.0, 2.0))
    mapping = mapped(library, first)
    answered = assign(mapping, library, first, 1, metric="rd_tax")
    saved = Mapping.from_json(assign(answered, library, first, 2, unit="万元").as_json())
    second = a_table(("营业收入", "统一社会信用代码", "研发费用（万元）"), (2.0, a_code(1), 1.0))
    again = map_headers(second, library, "enterprise", Period.parse("2026-01/2026-10"), saved=saved)
    assert not again.questions
    assert metrics(again) == [("revenue", "万元", "2026-01/2026-10"), ("rd_tax", "万元", "2026-01/2026-10")]


def test_a_column_of_last_time_that_is_missing_now_is_reported(library: Library) -> None:
    first = mapped(
        library, a_table(("统一社会信用代码", "营业收入（万元）", "净利润（万元）"), (a_code(1), 1.0, 2.0))
    )
    again = map_headers(
        a_table(("统一社会信用代码", "营业收入（万元）"), (a_code(1), 1.0)),
        library,
        "enterprise",
        REPORT,
        saved=first,
    )
    assert [issue.code for issue in again.issues] == ["column_missing"]


def test_a_mapping_survives_json(library: Library) -> None:
    mapping = mapped(
        library, a_table(("统一社会信用代码", "营业收入（万元）", "出口占比（%）"), (a_code(1), 1.0, 12.0))
    )
    again = Mapping.from_json(mapping.as_json())
    assert again.columns == mapping.columns
    assert again.first_row == mapping.first_row


@pytest.mark.parametrize("data", [{}, {"version": 9}, {"version": 1}, {"version": 1, "columns": [{"x": 1}]}])
def test_a_broken_saved_mapping_says_to_map_again(data: dict[str, object]) -> None:
    with pytest.raises(IngestError, match="重新对一次"):
        Mapping.from_json(data)


def test_the_sheet_with_more_known_headers_scores_higher(library: Library) -> None:
    score = header_score(library, "enterprise")
    assert score([("统一社会信用代码", "营业收入")], ()) > score([("说明", "甲")], ())


def test_a_long_table_is_recognised_by_its_indicator_column(library: Library) -> None:
    table = a_table(
        ("指标", "时期", "数值", "单位", "地区"),
        ("地区生产总值", "2025年", 432.0, "亿元", "楚雄市"),
        file="园区.xlsx",
    )
    mapping = mapped(library, table, kind="zone")
    assert mapping.layout == "long"
    assert [column.role for column in mapping.columns] == ["indicator", "period", "value", "unit", "subject"]
    assert not mapping.questions


def test_a_yearbook_with_years_side_by_side_has_several_value_columns(library: Library) -> None:
    table = a_table(("指标", "单位", "2024年", "2025年"), ("地区生产总值", "亿元", 400.0, 432.0))
    mapping = mapped(library, table, kind="zone", subject="zone/sandbox")
    assert [(column.role, column.period) for column in mapping.columns[2:]] == [
        ("value", "2024"),
        ("value", "2025"),
    ]
    assert not mapping.questions


def test_a_column_can_be_found_by_its_place() -> None:
    mapping = Mapping("wide", "enterprise", "表1", 0, 0, 1, None, (Column(0, "甲", "unknown"),))
    with pytest.raises(IngestError, match="没有第 3 列"):
        mapping.column(2)


def test_a_column_can_be_left_out_and_a_unit_of_the_sheet_serves_a_metric_chosen_later(
    library: Library,
) -> None:
    table = a_table(("单位：万元",), ("统一社会信用代码", "研发费用", "销售额"), (a_code(1), 1.0, 2.0))
    mapping = mapped(library, table)
    chosen = assign(assign(mapping, library, table, 1, metric="rd_book"), library, table, 2, role="ignored")
    assert metrics(chosen) == [("rd_book", "万元", "2026-01/2026-09")]
    assert not chosen.questions
    assert not chosen.issues


def test_a_column_of_codes_is_known_by_every_name_the_packs_give_it(library: Library) -> None:
    mapping = mapped(library, a_table(("税号", "营业收入（万元）"), (a_code(1), 1.0)))
    assert [column.role for column in mapping.columns] == ["uscc", "metric"]


def test_last_year_written_in_front_is_the_year_before_and_its_end_is_a_31_december(library: Library) -> None:
    table = a_table(
        ("统一社会信用代码", "企业名称", "营业收入（万元）", "上年同期营业收入（万元）", "上年末职工人数"),
        (*ROW, 12.0),
    )
    mapping = mapped(library, table)
    assert metrics(mapping)[:2] == [
        ("revenue", "万元", "2026-01/2026-09"),
        ("revenue", "万元", "2025-01/2025-09"),
    ]
    assert mapping.column(4).period == "2025-12-31"
