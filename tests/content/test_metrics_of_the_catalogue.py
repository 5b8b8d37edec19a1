"""The catalogue: every enterprise metric that the rules bind, with the headings people really write."""

import csv

import pytest

from gaoxin.packs.library import Library, open_library
from gaoxin.packs.matching import names_of, normalise
from tests.content.reading import beside

FOUR_RD = ("rd_hnte", "rd_tax", "rd_book", "rd_stat")
VALUE_TYPES = {
    "CNY": "money",
    "person": "number",
    "item": "number",
    "point": "number",
    "year": "number",
    "ratio": "ratio",
    "bool": "boolean",
    "date": "date",
    "code": "code",
    "list": "list",
}
HEADINGS = {
    "营业收入(万元)": ("revenue", "万元"),
    "营业收入（千元）": ("revenue", "千元"),
    "主营业务收入": ("main_revenue", None),
    "期末从业人员（人）": ("staff_year_end", "人"),
    "全年月平均职工总数": ("staff_total_avg", None),
    "资产总计（万元）": ("total_assets", "万元"),
    "负债合计": ("liabilities", None),
    "所有者权益合计": ("net_assets", None),
    "净利润/万元": ("net_profit", "万元"),
    "研发费用(利润表)": ("rd_book", None),
    "加计扣除研发费用（万元）": ("rd_tax", "万元"),
    "R&D经费内部支出（千元）": ("rd_stat", "千元"),
    "高企研发费用": ("rd_hnte", None),
    "高新技术产品（服务）收入（万元）": ("hitech_income", "万元"),
    "有效发明专利（件）": ("ip_invention", "件"),
    "技术合同成交额（万元）": ("tech_contract", "万元"),
    "统一社会信用代码": ("uscc", None),
    "企业名称": ("subject_name", None),
    "单位详细名称": ("subject_name", None),
    "联系电话": ("contact_phone", None),
    "成立时间": ("est_date", None),
}


@pytest.fixture(scope="module")
def national() -> Library:
    return open_library(["national"])


def bound() -> list[dict[str, str]]:
    with beside("domain", "metrics.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_bound_metric_is_in_the_catalogue_under_its_name(national: Library) -> None:
    rows = bound()
    assert len(rows) == 131
    for row in rows:
        metric = national.metric(row["id"])
        assert metric.zh == row["zh"]
        assert metric.period_type == row["period_type"], row["id"]
        assert metric.value_type == VALUE_TYPES[row["unit"]], row["id"]
        assert (metric.scope.zh if metric.scope else "") == row["basis"], row["id"]
        assert "enterprise" in metric.subjects


def test_yearly_figures_have_headings_to_be_recognised_by(national: Library) -> None:
    for row in bound():
        metric = national.metric(row["id"])
        if metric.is_numeric and metric.period_type not in ("expert_score", "external_score"):
            assert len(metric.aliases) >= 2, metric.id


def test_money_of_enterprises_is_shown_in_wan_yuan(national: Library) -> None:
    money = [
        m for m in national.metrics.values() if m.value_type == "money" and m.subjects == ("enterprise",)
    ]
    assert {m.unit for m in money if m.id != "aggregate_revenue"} == {"万元"}


@pytest.mark.parametrize(("heading", "meant"), HEADINGS.items())
def test_a_heading_names_one_metric(national: Library, heading: str, meant: tuple[str, str | None]) -> None:
    match = national.find_metric(heading, "enterprise")
    assert match.metric is not None, match.candidates
    assert (match.metric.id, match.unit) == meant


def test_no_two_metrics_answer_to_one_name(national: Library) -> None:
    assert list(national.metric_names.shared_names()) == []


def test_the_four_research_expenditures_share_no_name(national: Library) -> None:
    names = [names_of(national.metric(name)) for name in FOUR_RD]
    for number, mine in enumerate(names):
        assert all(not mine & other for other in names[number + 1 :])
    assert all("interchangeable" in (national.metric(name).comment or "") for name in FOUR_RD)


@pytest.mark.parametrize("heading", ["研发费用", "研发投入", "研究开发费用", "研发经费"])
def test_a_bare_research_heading_is_not_guessed(national: Library, heading: str) -> None:
    match = national.find_metric(heading, "enterprise")
    assert match.metric is None


def test_output_by_enterprise_and_by_industry_are_two_metrics(national: Library) -> None:
    by_enterprise = national.metric("high_tech_enterprise_output")
    by_industry = national.metric("high_tech_industry_output")
    assert by_enterprise.scope
    assert by_industry.scope
    assert by_enterprise.scope.zh != by_industry.scope.zh
    assert by_industry.id in by_enterprise.not_additive_with


@pytest.mark.parametrize("one", ["gazelles", "srdi_enterprises", "hidden_champions"])
def test_titles_that_overlap_are_never_added(national: Library, one: str) -> None:
    others = {"gazelles", "srdi_enterprises", "hidden_champions"} - {one}
    assert others <= set(national.metric(one).not_additive_with)


def test_conduct_is_restricted_and_accounts_are_internal(national: Library) -> None:
    for name in ("incidents", "credit_score", "on_dishonest_list", "on_abnormal_list", "heavy_penalty_flag"):
        assert national.metric(name).sensitivity == "restricted"
    for metric in national.metrics.values():
        if metric.value_type == "money" and metric.subjects == ("enterprise",) and metric.form != "营业执照":
            assert metric.sensitivity != "public" or metric.id == "aggregate_revenue", metric.id


OPEN_RD = (
    "研发费用",
    "研发费用合计",
    "研究开发费用（万元）",
    "研究开发费用合计",
    "研发经费支出",
    "研发投入（千元）",
)


@pytest.mark.parametrize("heading", OPEN_RD)
def test_a_research_heading_without_scope_offers_all_four_scopes(national: Library, heading: str) -> None:
    match = national.find_metric(heading, "enterprise")
    assert match.metric is None
    assert {metric.id for metric in match.candidates} == set(FOUR_RD)


@pytest.mark.parametrize(
    ("heading", "offered"),
    [
        ("从业人员", {"staff_total_avg", "staff_year_end"}),
        ("科技人员", {"sti_staff_hnte", "sti_staff_tsme"}),
        ("总收入", {"revenue", "sales_income", "gross_income"}),
        ("固定资产投资（万元）", {"fixed_invest"}),  # of a project, not of the year: a person decides
        ("计划总投资", {"plan_invest_total"}),  # most often that of a project, not of the three-year plan
    ],
)
def test_a_heading_that_leaves_the_scope_open_is_asked_about(
    national: Library, heading: str, offered: set[str]
) -> None:
    match = national.find_metric(heading, "enterprise")
    assert match.metric is None
    assert {metric.id for metric in match.candidates} == offered


def test_no_unclear_name_is_also_the_name_of_a_metric(national: Library) -> None:
    names = {(kind, name) for m in national.metrics.values() for kind in m.subjects for name in names_of(m)}
    unclear = {
        (kind, normalise(name))
        for m in national.metrics.values()
        for kind in m.subjects
        for name in m.unclear_names
    }
    assert not names & unclear


@pytest.mark.parametrize(
    ("heading", "metric", "unit"),
    [
        ("人均GDP（元）", "gdp_per_capita_yuan", "元"),
        ("人均GDP（元/人）", "gdp_per_capita_yuan", "元/人"),
        ("人均GDP(折美元)", "gdp_per_capita", None),
    ],
)
def test_gdp_per_head_is_in_yuan_unless_it_says_dollars(
    national: Library, heading: str, metric: str, unit: str | None
) -> None:
    match = national.find_metric(heading, "zone")
    assert match.metric is not None
    assert (match.metric.id, match.unit) == (metric, unit)


def test_what_came_in_the_year_is_no_part_of_what_is_left_at_its_end(national: Library) -> None:
    for flow, stock in (
        ("new_market_entities", "market_entities"),
        ("newly_recognised_high_tech_enterprises", "high_tech_enterprises"),
    ):
        assert national.metric(flow).within is None
        assert stock in national.metric(flow).not_additive_with
