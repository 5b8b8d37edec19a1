"""A brief says what the facts say, marks what they do not, and can be traced."""

import pytest

from gaoxin.core.errors import FactError
from gaoxin.core.periods import Period
from gaoxin.facts.records import Subject
from gaoxin.reports.briefs import compose
from tests.facts.builders import a_fact_base, an_observation
from tests.reports.builders import METRICS, a_brief, a_spec

OUTPUT = (
    "{period}，{zone}产值{industrial_output}"
    "[，占{city}的{industrial_output:share of city}][，{industrial_output:growth}]。"
)


def a_share(of: str = "region/532301", id: str = "C008", value: str = "87.9"):
    return an_observation(id, value, "%", figure="share", of=of)


def test_sentence_with_all_its_figures() -> None:
    made = a_brief(
        a_spec(OUTPUT), an_observation(), a_share(), an_observation("C9", "6.1", "%", figure="growth")
    )
    assert made.text == (
        "楚雄高新区2021年情况\n工业\n2021年，楚雄高新区产值432亿元，占楚雄市的87.9%，同比增长6.1%。\n"
    )
    assert [cited.observation.id for cited in made.cited] == ["C007", "C008", "C9"]
    assert next(made.sentences()).observations == ("C007", "C008", "C9")


def test_aside_without_its_figure_is_not_said() -> None:
    made = a_brief(a_spec(OUTPUT), an_observation())
    assert made.text.endswith("2021年，楚雄高新区产值432亿元。\n")
    assert made.gaps == ()


def test_share_of_the_prefecture_never_stands_in_for_that_of_the_city() -> None:
    made = a_brief(a_spec(OUTPUT), an_observation(), a_share(of="region/532300"))
    assert "87.9" not in made.text


def test_missing_figure_leaves_a_marked_gap() -> None:
    made = a_brief(a_spec(OUTPUT, required=0), a_share())
    assert "产值〔缺：2021年规上工业总产值〕，占楚雄市的87.9%" in made.text
    assert made.gaps == ("缺：2021年规上工业总产值",)


def test_sentence_of_which_nothing_is_known_is_listed_not_written() -> None:
    made = a_brief(a_spec(OUTPUT, "地区生产总值{gdp}。"), an_observation())
    assert "地区生产总值" not in made.text
    assert made.unsaid == ("地区生产总值",)


def test_figure_on_which_sources_disagree_waits_for_a_ruling() -> None:
    made = a_brief(
        a_spec("产值{industrial_output}，占{city}的{industrial_output:share of city}。"),
        an_observation(),
        an_observation("Y1", "440", source="yearbook"),
        a_share(),
    )
    assert "产值〔待裁定：2021年规上工业总产值〕" in made.text
    assert "432" not in made.text


def test_figure_of_another_year_is_not_taken() -> None:
    made = a_brief(a_spec(OUTPUT, required=0), an_observation(period="2020"))
    assert "432" not in made.text


def test_stock_at_the_last_day_belongs_to_the_year() -> None:
    stock = an_observation("E1", "248", "家", metric="enterprises", period="2021-12-31")
    assert a_brief(a_spec("高新技术企业{enterprises}。"), stock).text.endswith("高新技术企业248家。\n")


def test_stock_at_some_other_day_does_not() -> None:
    stock = an_observation("E1", "248", "家", metric="enterprises", period="2021-09-30")
    assert "248" not in a_brief(a_spec("高新技术企业{enterprises}。"), stock).text


def test_year_of_establishment_holds_from_then_on() -> None:
    since = an_observation("S1", "1992", "年", metric="since", period="1992", figure="level")
    assert "1992年建区" in a_brief(a_spec("{zone}{since}建区。"), since).text


def test_several_ranks_are_all_said_largest_group_first() -> None:
    def a_rank(id: str, place: str, group: str, population: int | None):
        return an_observation(
            id, place, "位", metric="assessment", figure="rank", group=group, population=population
        )

    made = a_brief(
        a_spec("综合考核{assessment:rank}。"),
        a_rank("R2", "2", "高新区", None),
        a_rank("R1", "4", "开发区", 160),
    )
    assert "综合考核在160个开发区中居第4位、在高新区中居第2位。" in made.text


def test_sentence_for_each_industry_of_the_zone() -> None:
    facts = a_fact_base(
        an_observation("I1", "105", subject="industry/bio"),
        an_observation("I2", "5.4", subject="industry/food"),
        an_observation("I3", "7", subject="industry/elsewhere"),
    )
    places = (
        ("bio", "生物医药", "chuxiong"),
        ("food", "绿色食品", "chuxiong"),
        ("elsewhere", "汽车", "daqing"),
    )
    for code, name, parent in places:
        facts.add_subject(Subject(f"industry/{code}", name, parent=f"zone/{parent}"))
    spec = a_spec("{subject}产业产值{industrial_output}。", each="industry")
    made = compose(spec, "zone/chuxiong", Period.of_year(2021), facts, METRICS)
    assert made.text.endswith("生物医药产业产值105亿元。绿色食品产业产值5.4亿元。\n")


def test_invented_data_is_told() -> None:
    assert a_brief(a_spec(OUTPUT), an_observation(status="synthetic")).is_synthetic
    assert not a_brief(a_spec(OUTPUT), an_observation()).is_synthetic


def test_unknown_zone_names_those_there_are() -> None:
    with pytest.raises(FactError, match="可写：楚雄高新区"):
        compose(a_spec(OUTPUT), "zone/nowhere", Period.of_year(2021), a_fact_base(), METRICS)
