"""A phrase is linked to the metric it names, or to none: scope, flow and origin decide, not likeness."""

import time

import pytest

from gaoxin.core.units import Dimension
from gaoxin.packs.library import open_library
from gaoxin.reading.linking import Link, Linker, Question


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(open_library(["national"]).metrics)


def found(
    linker: Linker, label: str, dimension: str | None, kind: str = "level", subject: str = "zone"
) -> Link:
    held = None if dimension is None else Dimension[dimension]
    return linker.find(Question(label, held, kind, subject or None))


NAMED = [
    # names, aliases, and names among words that any figure may carry
    ("地区生产总值", "money", "gdp"),
    ("全年实现地区生产总值(GDP)", "money", "gdp"),
    ("全市规模以上工业企业实现利润总额", "money", "above_designated_industrial_profit"),
    ("招商引资州外到位资金", "money", "funds_in_place_outside_prefecture"),
    ("实际到位省外资金", "money", "funds_in_place_outside_province"),
    ("城镇居民人均可支配收入", "money", "urban_disposable_income_per_head"),
    ("农村居民人均可支配收入", "money", "rural_disposable_income_per_head"),
    ("居民人均可支配收入", "money", "disposable_income_per_head"),
    ("每万人口发明专利拥有量", "count", "invention_patents_per_10k"),
    ("全社会用电量", "energy", "total_electricity_use"),
    ("工业用电量", "energy", "industrial_electricity_use"),
    ("研发经费投入强度", "ratio", "rd_intensity"),
    ("金融机构本外币各项存款余额", "money", "deposit_balance"),
    ("亿元以上签约项目", "count", "projects_signed_over_100m"),
    ("城镇登记失业率", "ratio", "registered_unemployment_rate"),
    ("货运量", "mass", "freight_volume"),
]


@pytest.mark.parametrize(("label", "dimension", "metric"), NAMED)
def test_a_phrase_of_a_communique_names_its_metric(
    linker: Linker, label: str, dimension: str, metric: str
) -> None:
    assert found(linker, label, dimension).metric == metric


APART = [
    ("高新技术产业产值", "money", "high_tech_industry_output"),
    ("高新技术企业产值", "money", "high_tech_enterprise_output"),
    ("固定资产投资", "money", "fixed_asset_investment"),
    ("规模以上固定资产投资", "money", "above_designated_fixed_asset_investment"),
    ("工业投资", "money", "industrial_investment"),
    ("工业增加值", "money", "industrial_value_added"),
    ("规上工业增加值", "money", "above_designated_industrial_value_added"),
    ("高新技术企业总数", "count", "high_tech_enterprises"),
    ("新认定高新技术企业", "count", "newly_recognised_high_tech_enterprises"),
    ("市场主体总数", "count", "market_entities"),
    ("新增市场主体", "count", "new_market_entities"),
    ("省外到位资金", "money", "funds_in_place_outside_province"),
    ("市外到位资金", "money", "funds_in_place_outside_city"),
    ("协议投资额", "money", "contracted_investment"),
    ("省级重点实验室", "count", "provincial_key_laboratories"),
    ("国家重点实验室", "count", "national_key_laboratories"),
    ("进出口总额", "money", "imports_and_exports"),
    ("出口总额", "money", "exports"),
]


@pytest.mark.parametrize(("label", "dimension", "metric"), APART)
def test_one_word_parts_two_metrics(linker: Linker, label: str, dimension: str, metric: str) -> None:
    assert found(linker, label, dimension).metric == metric


@pytest.mark.parametrize(
    ("label", "dimension"),
    [
        ("酒店业增加值", "money"),  # a branch of its own, in no catalogue
        ("高新技术企业利润", "money"),
        ("净增高新技术企业", "count"),  # neither the stock nor the newly recognised
        ("县外到位资金", "money"),
        ("市级重点实验室", "count"),
        ("财政收入", "money"),  # taxes of all levels, or the budget of the place
        ("服务满意的企业家", "count"),
    ],
)
def test_what_the_catalogue_does_not_have_is_not_guessed(linker: Linker, label: str, dimension: str) -> None:
    assert found(linker, label, dimension).metric is None


def test_an_unlinked_phrase_keeps_candidates_best_first(linker: Linker) -> None:
    link = found(linker, "财政收入", "money")
    assert link.metric is None
    assert set(link.candidates[:2]) == {"tax_revenue", "general_public_budget_revenue"}
    assert len(link.candidates) <= 5


def test_a_name_the_catalogue_leaves_open_is_linked_only_to_what_says_the_same(linker: Linker) -> None:
    link = found(linker, "税收", "money")
    assert link.metric == "tax_revenue"
    assert "general_public_budget_tax_revenue" in link.candidates
    assert link.confidence < found(linker, "税收收入", "money").confidence


@pytest.mark.parametrize(
    ("label", "dimension", "metric"),
    [
        ("进出口总额", "money_usd", "imports_and_exports_usd"),
        ("实际使用外资", "money_usd", "actual_foreign_investment"),
        ("实际使用外资", "money", "actual_foreign_investment_yuan"),
        ("人均GDP", "money_usd", "gdp_per_capita"),
        ("人均GDP", "money", "gdp_per_capita_yuan"),
    ],
)
def test_the_unit_parts_metrics_of_one_name(linker: Linker, label: str, dimension: str, metric: str) -> None:
    assert found(linker, label, dimension).metric == metric


def test_a_number_of_another_dimension_is_never_linked(linker: Linker) -> None:
    assert found(linker, "高新技术企业", "area").metric is None
    assert found(linker, "常住人口", "money").metric is None


@pytest.mark.parametrize("kind", ["growth", "share", "change", "multiple", "rank"])
def test_growth_shares_and_ranks_belong_to_the_metric_they_are_of(linker: Linker, kind: str) -> None:
    assert found(linker, "高新技术企业总数", "ratio", kind).metric == "high_tech_enterprises"


def test_a_share_word_is_no_part_of_the_name(linker: Linker) -> None:
    assert found(linker, "高新技术产值占比", "ratio", "share").metric == "high_tech_industry_output"


@pytest.mark.parametrize(
    ("subject", "metric"),
    [("enterprise", "revenue"), ("zone", "total_operating_revenue"), ("region", None), ("industry", None)],
)
def test_whose_figure_it_is_decides_between_scopes(linker: Linker, subject: str, metric: str | None) -> None:
    assert found(linker, "营业收入", "money", subject=subject).metric == metric


def test_the_output_of_an_industry_is_said_with_or_without_its_name(linker: Linker) -> None:
    assert found(linker, "产值", "money", subject="industry").metric == "industry_output"
    assert found(linker, "高端装备产业产值", "money", subject="zone").metric == "industry_output"
    assert found(linker, "产值", "money", subject="zone").metric is None


@pytest.mark.parametrize(
    ("quote", "metric"), [("2主", "leading_industries"), ("3辅", "auxiliary_industries")]
)
def test_classifiers_of_an_industrial_system_are_industries(linker: Linker, quote: str, metric: str) -> None:
    link = linker.find(Question("产业体系", Dimension.count, subject="zone", form="label", quote=quote))
    assert link.metric == metric


@pytest.mark.parametrize("quote", ["首个", "唯一", "第一家"])
def test_firsts_claim_precedence_whatever_they_are_first_in(linker: Linker, quote: str) -> None:
    link = linker.find(
        Question("中药配方颗粒重点实验室", kind="rank", subject="zone", form="rank", quote=quote)
    )
    assert link.metric == "precedence_claim"


def test_exact_names_are_surer_than_partial_ones(linker: Linker) -> None:
    exact = found(linker, "社会消费品零售总额", "money", subject="region")
    among_words = found(linker, "全市累计实现社会消费品零售总额", "money", subject="region")
    unlinked = found(linker, "酒店业增加值", "money", subject="region")
    assert exact.confidence > among_words.confidence > 0.75 > unlinked.confidence


def test_a_label_of_nothing_links_to_nothing(linker: Linker) -> None:
    assert found(linker, "", "money") == Link(None, (), 0.0)


def test_a_warm_link_takes_less_than_fifty_microseconds(linker: Linker) -> None:
    found(linker, "社会消费品零售总额", "money")
    began = time.perf_counter()
    for _ in range(1_000):
        found(linker, "社会消费品零售总额", "money")
    assert (time.perf_counter() - began) / 1_000 < 50e-6
