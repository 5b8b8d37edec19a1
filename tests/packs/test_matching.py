"""Column headers and the metrics they name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin.packs.matching import MetricIndex, normalise, split_unit
from gaoxin.packs.schemas import Metric


def a_metric(id: str, zh: str, *aliases: str, subjects: tuple[str, ...] = ("enterprise",)) -> Metric:
    return Metric.model_validate(
        {"id": id, "zh": zh, "en": id.replace("_", " "), "aliases": aliases, "unit": "元"}
        | {"period_type": "flow_year", "subjects": subjects, "value_type": "money"}
    )


REVENUE = a_metric("revenue", "营业收入", "营业总收入", "主营收入")
MAIN = a_metric("main_revenue", "主营业务收入")
RD = a_metric("rd_hnte", "研究开发费用(高企口径)", "高企研发费用")
RD_TAX = a_metric("rd_tax", "研发费用(加计扣除口径)", "研发费用")
OUTPUT = a_metric("output", "产值", subjects=("zone",))
INDEX = MetricIndex([REVENUE, MAIN, RD, RD_TAX, OUTPUT])


@pytest.mark.parametrize(
    ("header", "metric", "unit"),
    [
        ("营业收入", REVENUE, None),
        (" 营业 收入\n", REVENUE, None),
        ("营业收入（万元）", REVENUE, "万元"),
        ("营业收入[单位：千元]", REVENUE, "千元"),
        ("营业收入【万元】", REVENUE, "万元"),
        ("营业收入/万元", REVENUE, "万元"),
        ("营业总收入", REVENUE, None),
        ("REVENUE", REVENUE, None),
        ("Ｒｅｖｅｎｕｅ（亿元）", REVENUE, "亿元"),
        ("研究开发费用（高企口径）", RD, None),
        ("研究开发费用（高企口径）（万元）", RD, "万元"),
        ("研究开发费用（万元）（高企口径）", RD, "万元"),
        ("研发费用", RD_TAX, None),
    ],
)
def test_header_names_its_metric(header: str, metric: Metric, unit: str | None) -> None:
    match = INDEX.find(header, "enterprise")
    assert (match.metric, match.unit) == (metric, unit)
    assert match.candidates == ()


def test_other_scope_in_brackets_is_not_the_same_metric() -> None:
    match = INDEX.find("研发费用（统计口径）", "enterprise")
    assert match.metric is None
    assert RD_TAX in match.candidates


def test_part_of_a_name_is_only_a_suggestion() -> None:
    match = INDEX.find("业务收入（万元）", "enterprise")
    assert (match.metric, match.unit, match.candidates) == (None, "万元", (MAIN,))


def test_beginning_of_a_name_comes_before_its_inside() -> None:
    # 主营 begins 主营收入 (revenue) and 主营业务收入 (main_revenue); the shorter name is nearer.
    assert INDEX.find("主营", "enterprise").candidates == (REVENUE, MAIN)


def test_metrics_of_another_kind_of_subject_are_not_offered() -> None:
    assert INDEX.find("产值", "zone").metric is OUTPUT
    assert INDEX.find("产值", "enterprise").metric is None


def test_name_that_two_metrics_claim_chooses_neither() -> None:
    one, two = a_metric("one", "甲", "合计"), a_metric("two", "乙", "合计")
    index = MetricIndex([one, two])
    assert index.find("合计", "enterprise").metric is None
    assert index.find("合计", "enterprise").candidates == (one, two)
    assert [(kind, name) for kind, name, _ in index.shared_names()] == [("enterprise", "合计")]


@pytest.mark.parametrize("header", ["", " ", "（）", "（万元）", "序号", "/"])
def test_header_that_names_nothing_has_no_metric(header: str) -> None:
    assert INDEX.find(header, "enterprise").metric is None


def test_unit_keeps_its_case() -> None:
    assert split_unit("用电量（GWh）") == ("用电量", "GWh")


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=30))
def test_any_header_gets_an_answer(text: str) -> None:
    INDEX.find(text, "enterprise")
