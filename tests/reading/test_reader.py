"""The whole pipeline on sentences of its own: what each figure is of, where it stands, when, and how fast."""

import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from gaoxin.core.errors import PeriodError
from gaoxin.facts.records import Subject
from gaoxin.packs.library import open_library
from gaoxin.reading.claims import Claim
from gaoxin.reading.reader import Reader
from gaoxin.workspace import workspace

SUBJECTS = (
    Subject("zone/qinghe", "青禾高新区", parent="region/qinghe"),
    Subject("region/qinghe", "青禾市", parent="region/370000"),
    Subject("region/370000", "山东省"),
    Subject("industry/qinghe-electronics", "电子信息产业", parent="zone/qinghe"),
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(open_library(["national"]).metrics, SUBJECTS)


def read(reader: Reader, text: str, published: date | None = date(2024, 3, 1)) -> dict[str, Claim]:
    """The claims by what is written; the texts here write no figure twice."""
    return {claim.quote: claim for claim in reader.read(text, published).claims}


def test_a_level_its_growth_and_its_share_are_of_one_metric(reader: Reader) -> None:
    held = read(reader, "2023年，青禾高新区完成规上工业总产值512.6亿元，同比增长9.3%，占青禾市的41%。")
    assert [claim.kind for claim in held.values()] == ["level", "growth", "share"]
    assert {claim.metric for claim in held.values()} == {"above_designated_industrial_output"}
    assert {claim.period and claim.period.code for claim in held.values()} == {"2023"}
    assert held["41%"].of == "青禾市"


def test_what_is_new_in_an_enumeration_is_new_throughout(reader: Reader) -> None:
    held = read(reader, "2023年，青禾高新区新增规上工业企业12户、规上服务业企业5户。")
    assert held["12户"].metric == "new_above_designated_industrial_enterprises"
    assert held["5户"].metric == "new_above_designated_service_enterprises"


def test_a_total_after_a_flow_is_the_stock(reader: Reader) -> None:
    held = read(reader, "2023年，青禾高新区新增市场主体1420户，总数达18600户。")
    assert held["1420户"].metric == "new_market_entities"
    assert held["18600户"].metric == "market_entities"


def test_taxes_within_the_budget_are_those_of_the_budget(reader: Reader) -> None:
    held = read(reader, "2023年，青禾市一般公共预算收入86.4亿元，其中税收收入61.2亿元。")
    assert held["61.2亿元"].metric == "general_public_budget_tax_revenue"


def test_profit_after_a_scope_is_of_that_scope(reader: Reader) -> None:
    text = "2023年，青禾高新区规模以上工业企业实现营业收入498亿元，增长6.2%；利润总额31.5亿元，增长4.4%。"
    held = read(reader, text)
    assert held["498亿元"].metric == "above_designated_industrial_revenue"
    assert held["31.5亿元"].metric == "above_designated_industrial_profit"
    assert held["4.4%"].metric == "above_designated_industrial_profit"


def test_a_scope_said_of_one_figure_is_not_lent_to_another_with_its_own_name(reader: Reader) -> None:
    held = read(reader, "2023年，青禾高新区规上工业利润31.5亿元，工业增加值120亿元，税收收入22亿元。")
    assert held["120亿元"].metric == "industrial_value_added"
    assert held["22亿元"].metric == "tax_revenue"


def test_income_of_the_country_after_that_of_the_town(reader: Reader) -> None:
    held = read(reader, "2023年，青禾市城镇居民人均可支配收入48210元，农村居民24630元。")
    assert held["24630元"].metric == "rural_disposable_income_per_head"


def test_a_multiple_of_dollars_stays_in_dollars(reader: Reader) -> None:
    held = read(reader, "2023年，青禾高新区人均GDP达1.8万美元，是青禾市平均水平的1.6倍。")
    assert held["1.8万美元"].metric == "gdp_per_capita"
    assert held["1.6倍"].metric == "gdp_per_capita"


def test_the_output_of_an_industry_is_about_that_industry(reader: Reader) -> None:
    held = read(reader, "2023年，青禾高新区电子信息产业实现产值98.3亿元。")
    assert held["98.3亿元"].metric == "industry_output"
    assert held["98.3亿元"].subject_code == "industry/qinghe-electronics"


def test_the_three_industries_of_one_phrase_are_taken_in_turn(reader: Reader) -> None:
    held = read(reader, "2023年，青禾市三次产业增加值分别为21.3亿元、84.6亿元和96.1亿元。")
    assert [claim.metric for claim in held.values()] == [
        "primary_industry_value_added",
        "secondary_industry_value_added",
        "tertiary_industry_value_added",
    ]


def test_another_classifier_counts_another_thing(reader: Reader) -> None:
    held = read(reader, "目前，青禾高新区拥有4项国家科技进步奖一等奖和3家独角兽企业。")
    assert held["4项"].metric == "national_sci_tech_progress_first_prizes"
    assert held["3家"].metric == "unicorns"


def test_projects_are_counted_by_what_became_of_them(reader: Reader) -> None:
    held = read(reader, "2023年，青禾高新区23个项目签约，9个项目建成投产。")
    assert held["23个"].metric == "signed_projects"
    assert held["9个"].metric == "projects_in_production"


def test_a_net_increase_is_a_change_of_the_stock(reader: Reader) -> None:
    held = read(reader, "2023年，青禾高新区净增高新技术企业19家。")
    assert (held["19家"].kind, held["19家"].metric) == ("change", "high_tech_enterprises")


def test_those_who_are_reached_are_not_those_who_exist(reader: Reader) -> None:
    held = read(reader, "2023年，青禾高新区减税降费6.2亿元，惠及市场主体1.4万户。")
    assert held["6.2亿元"].metric == "tax_and_fee_relief"
    assert held["1.4万户"].metric is None


def test_a_year_of_founding_is_known_by_what_stands_behind_it(reader: Reader) -> None:
    held = read(reader, "1996年建区，2011年升级为国家高新区。青禾高新区发展迅速。")
    assert held["2011年"].metric == "national_zone_year"


def test_an_enterprise_has_the_metrics_of_enterprises(reader: Reader) -> None:
    held = read(reader, "2023年，远帆重工集团有限公司实现营业收入32.7亿元。")
    assert held["32.7亿元"].metric == "revenue"


def test_nothing_is_linked_that_the_catalogue_does_not_have(reader: Reader) -> None:
    held = read(reader, "2023年，青禾高新区举办沙龙36场，发放宣传册2.4万册。")
    assert {claim.metric for claim in held.values()} == {None}


def test_offsets_count_in_the_file_across_a_broken_line(reader: Reader) -> None:
    text = (
        "投资稳步增长。项目建设全面提速，要素保障更加有力。"
        "2023年，青禾高新区完成固定资产投资108.8亿\n\n元，增长14.1%。"
    )
    claims = reader.read(text, date(2024, 3, 1)).claims
    assert [text[claim.start : claim.end] for claim in claims] == ["108.8亿\n\n元", "14.1%"]
    assert claims[0].metric == "fixed_asset_investment"


def test_claims_stand_in_text_order_and_do_not_overlap(reader: Reader) -> None:
    text = "2023年，青禾市进出口总额84.6亿元，其中出口61.2亿元、进口23.4亿元，分别增长5.1%、7.2%和0.6%。"
    claims = reader.read(text, date(2024, 3, 1)).claims
    assert len(claims) == 6
    assert all(before.end <= after.start for before, after in pairwise(claims))


@pytest.mark.parametrize(
    ("given", "year"), [(date(2024, 3, 1), "2023"), (None, "2021")], ids=["argument", "found in the text"]
)
def test_the_argument_goes_before_the_day_in_the_text(reader: Reader, given: date | None, year: str) -> None:
    text = "发布日期：2022-01-20\n\n去年，青禾高新区实现地区生产总值210亿元。"
    reading = reader.read(text, given)
    assert reading.published == (given or date(2022, 1, 20))
    period = reading.claims[-1].period
    assert period is not None
    assert period.code == year


def test_without_a_day_a_relative_year_stays_open(reader: Reader) -> None:
    reading = reader.read("去年，青禾高新区实现地区生产总值210亿元。")
    assert reading.published is None
    assert reading.claims[0].period is None


def test_confidence_is_a_probability_and_higher_where_a_metric_was_found(reader: Reader) -> None:
    held = read(reader, "2023年，青禾高新区实现地区生产总值210亿元，举办沙龙36场。")
    assert 0 <= held["36场"].confidence < 0.6 < held["210亿元"].confidence <= 1


@pytest.mark.parametrize("text", ["", "\n\n", "青禾高新区坚持发展高科技。", "。，；：", "%%%亿元亿元"])
def test_a_text_without_figures_has_no_claims(reader: Reader, text: str) -> None:
    assert reader.read(text).claims == ()


def test_ten_thousand_characters_are_read_in_a_third_of_a_second(reader: Reader) -> None:
    sentence = (
        "{y}年，青禾高新区完成规上工业总产值{n}.6亿元，同比增长9.{m}%，占青禾市的4{m}%，产业结构持续优化，"
        "营商环境更加便利，企业活力不断增强，为全市高质量发展提供了有力支撑。\n"
    )
    text = "".join(sentence.format(y=2000 + n % 24, n=100 + n, m=n % 10) for n in range(200))[:10_000]
    taken = []
    for _ in range(3):
        began = time.process_time()
        assert len(reader.read(text).claims) > 300
        taken.append(time.process_time() - began)
    assert min(taken) < 0.3


# Through the workspace


def test_a_workspace_reads_a_text_and_a_file(tmp_path: Path) -> None:
    text = "2021年，楚雄高新区实现地区生产总值299.54亿元。"
    path = tmp_path / "draft.txt"
    path.write_text(text, encoding="gb18030")
    opened = workspace.open()
    for given in (text, path, str(path)):
        (claim,) = opened.read(given).claims
        assert (claim.metric, claim.subject_code, claim.value) == ("gdp", "zone/chuxiong", 29_954_000_000)


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PeriodError, match="2022-09-30"):
        workspace.open().read("今年，地区生产总值210亿元。", published="九月")


# What a list or a flow leaves to its neighbours


def test_rank_and_newness_hold_for_a_whole_list(reader: Reader) -> None:
    text = "2023年，青禾高新区新增省级企业技术中心5个、工程研究中心3个、重点实验室2个。"
    assert [claim.metric for claim in reader.read(text).claims] == [
        "new_provincial_technology_centres",
        "new_provincial_engineering_research_centres",
        "new_provincial_key_laboratories",
    ]


def test_what_was_added_is_of_what_there_is(reader: Reader) -> None:
    held = read(reader, "2023年，青禾高新区规上工业企业达到281家，新增17家。")
    assert held["17家"].metric == "new_above_designated_industrial_enterprises"


def test_a_batch_of_any_list_is_no_innovation_base(reader: Reader) -> None:
    held = read(reader, "2023年，青禾高新区1家企业入围第七批绿色工厂名单。")
    assert held["第七批"].metric is None


def test_another_measure_is_nobodys_name(reader: Reader) -> None:
    held = read(reader, "2023年，恒川轴承股份有限公司实现销售收入18亿元，利税2.7亿元。")
    assert (held["2.7亿元"].subject, held["2.7亿元"].metric) != ("利税", held["18亿元"].metric)
    assert held["2.7亿元"].subject == "恒川轴承股份有限公司"
