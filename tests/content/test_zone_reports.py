"""Headings of the monthly reports of zones, each with the metric it must mean."""

import pytest

from gaoxin.core.periods import Period
from gaoxin.facts.ingest.draft import draft
from gaoxin.facts.ingest.headers import map_headers
from gaoxin.facts.ingest.identity import KnownSubject, KnownSubjects
from gaoxin.facts.ingest.reading import may_be_negative
from gaoxin.packs.library import Library, open_library
from tests.facts.ingest.builders import a_table

HEADINGS = {
    "规上工业增加值（亿元）": "above_designated_industrial_value_added",
    "规模以上工业总产值（万元）": "above_designated_industrial_output",
    "规上工业企业利润总额（亿元）": "above_designated_industrial_profit",
    "固定资产投资额（亿元）": "fixed_asset_investment",
    "工业投资（亿元）": "industrial_investment",
    "技改投资（亿元）": "technical_renovation_investment",
    "出口总额（亿元）": "exports",
    "外贸进出口总额（亿元）": "imports_and_exports",
    "实际利用外资（万美元）": "actual_foreign_investment",
    "合同外资（亿美元）": "contracted_foreign_investment",
    "省外到位资金（亿元）": "funds_in_place_outside_province",
    "州外到位资金（亿元）": "funds_in_place_outside_prefecture",
    "税收收入（万元）": "tax_revenue",
    "一般公共预算收入（万元）": "general_public_budget_revenue",
    "其中：税收收入（万元）": "general_public_budget_tax_revenue",
    "社会消费品零售总额（亿元）": "retail_sales",
    "技术合同成交额（亿元）": "technology_contract_value",
    "技术交易额（亿元）": "technology_transaction_value",
    "新开工项目（个）": "projects_started",
    "竣工项目数（个）": "projects_completed",
    "新增规上企业数（户）": "new_above_designated_enterprises",
    "规上工业企业（个）": "above_designated_industrial_enterprises",
    "期末从业人员（万人）": "employed_persons",
    "亩均税收（万元/亩）": "tax_per_mu",
    "有效发明专利（件）": "invention_patents_in_force",
    "高新技术企业数（个）": "high_tech_enterprises",
    "高企（家）": "high_tech_enterprises",
    "社零增速（%）": "retail_sales",
    "科技型中小企业数（家）": "registered_technology_smes",
    "国家级科技企业孵化器（家）": "national_incubators",
}


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(["national"])


@pytest.mark.parametrize(("heading", "metric"), HEADINGS.items(), ids=list(HEADINGS))
def test_heading_of_a_report_is_known_with_its_unit(heading: str, metric: str, library: Library) -> None:
    held = map_headers(
        a_table(("园区", heading), ("演练区", 12.0)), library, "zone", Period.parse("2026-01/2026-09")
    )
    assert held.column(1).metric == metric
    assert not held.questions


ENTERPRISE = {
    "工业总产值（万元）": "gross_output",
    "利润总额（万元）": "total_profit",
    "上缴税金（万元）": "taxes_paid",
    "应交增值税（万元）": "value_added_tax_payable",
    "出口额（万元）": "export_value",
    "出口额（美元）（万美元）": "export_value_usd",
    "用电量（万千瓦时）": "electricity_used",
    "应付职工薪酬（千元）": "wages_payable",
}


@pytest.mark.parametrize(("heading", "metric"), ENTERPRISE.items(), ids=list(ENTERPRISE))
def test_heading_of_an_everyday_return_is_known(heading: str, metric: str, library: Library) -> None:
    held = map_headers(
        a_table(("统一社会信用代码", heading), ("", 1.0)), library, "enterprise", Period.parse("2025")
    )
    assert held.column(1).metric == metric
    assert not held.questions


def test_losses_and_tax_credits_may_be_negative(library: Library) -> None:
    assert all(may_be_negative(library.metric(id)) for id in ("total_profit", "value_added_tax_payable"))
    assert not may_be_negative(library.metric("taxes_paid"))


def test_exports_in_dollars_are_no_exports_in_yuan(library: Library) -> None:
    held = map_headers(
        a_table(("统一社会信用代码", "出口额（万美元）"), ("", 1.0)),
        library,
        "enterprise",
        Period.parse("2025"),
    )
    assert [question.kind for question in held.questions] == ["unit"]


def test_revenue_without_its_budget_is_asked_about(library: Library) -> None:
    held = map_headers(
        a_table(("园区", "财政收入（亿元）"), ("演练区", 1.0)), library, "zone", Period.parse("2025")
    )
    (question,) = held.questions
    assert question.kind == "metric"
    assert set(question.choices) == {"tax_revenue", "general_public_budget_revenue"}


def test_enterprises_counted_by_the_piece_are_enterprises(library: Library) -> None:
    """248 个 high-tech enterprises are 248 家; 3 家 incubators are 3 个; 1.2 万个 are 12 000."""
    rows = (
        ("园区", "高新技术企业数（个）", "国家级科技企业孵化器（家）", "市场主体（万个）"),
        ("演练区", 248, 3, 1.2),
    )
    zones = KnownSubjects.of([KnownSubject("zone/drill", "演练区")])
    table = a_table(*rows)
    held = draft(table, map_headers(table, library, "zone", Period.parse("2025")), library, zones)
    assert held.cells["number"].to_list() == [248_000_000, 3_000_000, 12_000_000_000]
    assert not held.problems


def test_people_are_not_counted_as_enterprises(library: Library) -> None:
    held = map_headers(
        a_table(("园区", "期末从业人员（家）"), ("演练区", 1.0)), library, "zone", Period.parse("2025")
    )
    assert [question.kind for question in held.questions] == ["unit"]


def test_every_everyday_metric_says_scope_and_form(library: Library) -> None:
    bare = [
        metric.id
        for metric in library.metrics.values()
        if metric.origin.file.endswith("zone_reports.yaml") and (metric.scope is None or metric.form is None)
    ]
    assert not bare
