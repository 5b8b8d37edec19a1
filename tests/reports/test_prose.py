"""Figures in running text: nothing of the hedge is lost, nothing is added to the digits."""

import pytest

from gaoxin.core.periods import Period
from gaoxin.facts.values import Value
from gaoxin.reports.prose import growth, period_end_words, period_words, rank, written
from tests.facts.builders import an_observation


@pytest.mark.parametrize(
    ("text", "unit", "op", "words"),
    [
        ("432", "亿元", "=", "432亿元"),
        ("207.90", "亿元", "=", "207.90亿元"),
        ("19190", "户", "=", "19190户"),
        ("1700", "亿元", ">", "超过1700亿元"),
        ("3", "倍", ">=", "3倍以上"),
        ("1", "%", "<", "不足1%"),
        ("5", "%", "<=", "不超过5%"),
        ("2", "%", "~", "2%左右"),
        ("2", "万美元/人", "=", "2万美元"),
        ("35", "天", "=", "35天"),
        ("1", "工作日", "=", "1个工作日"),
        ("0.5", "工作日", "=", "半个工作日"),
        ("4", "位", "=", "第4位"),
        ("1/7", "分数", "=", "1/7"),
    ],
)
def test_figure_keeps_digits_unit_and_hedge(text: str, unit: str, op: str, words: str) -> None:
    assert written(an_observation(value=text, unit=unit, op=op)) == words


def test_account_to_the_fen_is_told_in_two_decimals_of_its_unit() -> None:
    held = Value.of("4121181000.37", "元", exact=True)
    assert written(an_observation(value=held, unit="亿元")) == "41.21亿元"


def test_range_names_both_ends() -> None:
    held = Value.between("3", "5", "家")
    assert written(an_observation(value=held, unit="家")) == "3至5家"


def test_list_and_day_read_as_words() -> None:
    assert (
        written(an_observation(value=Value.of_items(["新材料", "生物医药"]), unit="")) == "新材料、生物医药"
    )
    assert written(an_observation(value=Value.of_text("2018-02-28"), unit="")) == "2018年2月28日"


@pytest.mark.parametrize(
    ("text", "op", "words"),
    [
        ("13.6", "=", "同比增长13.6%"),
        ("-3.2", "=", "同比下降3.2%"),
        ("0", "=", "与上年持平"),
        ("30", ">", "同比增长超过30%"),
        # above −2 % is a fall of less than 2 %
        ("-2", ">", "同比下降不足2%"),
    ],
)
def test_growth_says_which_way(text: str, op: str, words: str) -> None:
    assert growth(an_observation(value=text, unit="%", op=op, figure="growth")) == words


def test_growth_over_several_years_is_a_yearly_mean() -> None:
    obs = an_observation(value="30", unit="%", op=">", figure="growth", period="2012/2021")
    assert growth(obs) == "年均增长超过30%"


def test_rank_names_the_group_and_how_many_there_were() -> None:
    obs = an_observation(value="4", unit="位", figure="rank", group="山东省开发区", population=160)
    assert rank(obs, "山东省") == "在山东省160个开发区中居第4位"


def test_first_rank_without_a_known_number_of_rivals() -> None:
    obs = an_observation(value="1", unit="位", figure="rank", group="各县市区")
    assert rank(obs, "") == "在各县市区中居首位"


@pytest.mark.parametrize(
    ("code", "during", "at_end"),
    [
        ("2021", "2021年", "截至2021年底"),
        ("2021H1", "2021年上半年", "截至2021年6月底"),
        ("2024-01/2024-09", "2024年1至9月", "截至2024年9月底"),
        ("2021-12-31", "2021年12月31日", "截至2021年底"),
        ("2021-09-15", "2021年9月15日", "截至2021年9月15日"),
    ],
)
def test_periods_as_prose_writes_them(code: str, during: str, at_end: str) -> None:
    period = Period.parse(code)
    assert (period_words(period), period_end_words(period)) == (during, at_end)
