"""Broken texts, each with the words and the place its error must give."""

from __future__ import annotations

import re

import pytest

from gaoxin.compute.dims import dims_of_symbol
from gaoxin.compute.language import Place, build, names_used
from gaoxin.compute.tree import Type
from gaoxin.core.errors import ExpressionError
from tests.compute.language.words import SCOPE, part_of, with_names

TOTAL = with_names(**part_of({"id": "total", "of": "province_points", "points": ["0", "15"]}).parts)


def refused(text: str, expect: Type = "truth", place: Place | None = None) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        build(text, TOTAL, expect, place)
    return caught.value


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        # units
        ("staff[Y-1] > 3万元", 14, "应是人，却是金额"),
        ("revenue[Y-1] >= 2000", 17, "应是金额，却是无单位（比率），请写明单位，如 2000万元"),
        ("2000 <= revenue[Y-1]", 9, "应是无单位（比率），却是金额，请写明单位，如 2000万元"),
        ("staff[Y-1] >= 500", 15, "应是人，却是无单位（比率），请写明单位，如 500人"),
        ("market_share >= 10万元", 17, "应是无单位（比率），却是金额"),
        ("revenue[Y-1] / staff[Y-1] >= 3万元", 30, "应是金额÷人，却是金额"),
        ("revenue[Y-1] + staff[Y-1] > 0元", 16, "应是金额，却是人"),
        ("revenue[Y-1] > 5斤", 16, "不认识单位“斤”"),
        ("revenue[Y-1] > 5万", 16, "不认识单位“万”，请写明是万元、万人还是万户"),
        ("revenue[Y-1] > 5 万元", 18, "却是“万元”；单位紧跟数字，如 2000万元"),
        ("min(revenue[Y-1], staff[Y-1]) > 0元", 19, "应是金额，却是人"),
        ("if(zone_flag, 1万元, 0) > 0元", 20, "应是金额，却是无单位（比率），请写明单位，如 2000万元"),
        ("total >= 60", 10, "应是评分，却是无单位（比率），请写明单位，如 60分"),
        ("days(est_date, ON) >= 1年", 23, "单位不合"),
        ("segment_years >= 365天", 18, "单位不合"),
        ("growth(revenue[Y-2], staff[Y-1], 1) >= 5%", 22, "应是金额，却是人"),
        ("growth(revenue[Y-2], revenue[Y-1], 1) >= 5万元", 42, "单位不合"),
        ("band($rates, staff[Y-1]) > 5%", 14, "应是金额，却是人"),
        # names
        ("revenu[Y-1] > 0元", 1, "不认识“revenu”：没有这个指标、定义或得分，是不是想写 revenue"),
        ("zone_flg", 1, "是不是想写 zone_flag"),
        ("staff[Y-1] <= $most_staf", 15, "没有参数 $most_staf，是不是想写 most_staff"),
        ("passes(SIZ)", 1, "没有规则 SIZ"),
        ("sun(revenue[Y-3..Y-1]) > 0元", 1, "没有函数“sun”"),
        ("sum > 0", 1, "函数要写括号：sum(…)"),
        ("total[Y-1] > 0分", 1, "total 是定义，没有年份"),
        ("$rates > 5%", 1, "$rates 是分档表，请写 band($rates, x)"),
        ("$excluded = 'C16'", 1, "$excluded 是一组代码，请用 in 或 starts"),
        ("industry_code in $most_staff", 18, "$most_staff 不是一组代码"),
        ("band($most_staff, staff[Y-1]) > 0", 6, "band 的第一项要是分档表"),
        # years
        ("revenue > 0元", 1, "revenue 按年取值，请写年份，如 revenue[Y-1]"),
        ("ip_class1[Y-1] > 0件", 1, "ip_class1 没有年份，请去掉方括号"),
        ("revenue[X-1] > 0元", 9, "“X”不是年份"),
        ("revenue[Y-3..Y-1] > 0元", 9, "年份范围要写在窗口里，如 sum(revenue[Y-3..Y-1])"),
        ("sum(revenue[Y-1..Y-3]) > 0元", 13, "2025 到 2023 没有年份，请从早到晚写"),
        ("sum(revenue[Y-90..Y-1]) > 0元", 13, "窗口最多 60 年"),
        ("revenue[Y-900] > 0元", 9, "年份 1126 不在 1900–2200 之内"),
        ("sum(revenue[Y-1]) > 0元", 1, "窗口写成 sum(指标[Y-3..Y-1])"),
        ("sum(revenue[Y-1], 2元) > 0元", 1, "两个数取大小用 min、max"),
        ("sum(staff[Y-3..Y-1] since staff[Y-1]) > 0人", 27, "这里要日期，却是人"),
        ("each(y in Y-2..Y-1: each(z in Y-2..Y-1: revenue[z] > 0元))", 21, "年份里不能再套年份"),
        ("each(y in Y-1: revenue[y] > 0元)", 11, "这里要年份范围，如 Y-2..Y-1"),
        ("each(Y in Y-2..Y-1: revenue[Y] > 0元)", 1, "变量名“Y”已有含义"),
        ("each(staff in Y-2..Y-1: true)", 1, "变量名“staff”已有含义"),
        ("each(y in Y-2..Y-1: revenue[y])", 21, "这里要判断，却是金额，请写成比较"),
        ("sum(y in Y-2..Y-1: revenue[y] > 0元) > 1", 31, "这里要数，却是判断"),
        ("each(revenue[Y-1])", 1, "each 要写成 each(变量 in 年份: 条件)"),
        ("min(staff[Y-1]) > 1人", 1, "min 至少要两个数"),
        ("min(1, 2 since est_date) > 1", 16, "since 只用于窗口"),
        ("growth(revenue[Y-4], revenue[Y-1], 3)", 1, "growth 只能比较"),
        ("growth(revenue[Y-4], revenue[Y-1], 3) <= 20%", 39, "growth 只能用 >= 或 > 比较"),
        ("growth(revenue[Y-4], revenue[Y-1], 0) > 20%", 36, "年数应是 1 到 10 的整数"),
        ("growth(revenue[Y-4], revenue[Y-1]) > 20%", 1, "growth 要 3 个参数"),
        ("growth(revenue[Y-4], revenue[Y-1], staff[Y-1]) > 20%", 36, "单位不合"),
        # scopes of statistics
        ("rd_stat[Y-1] > 0元", 1, "HNTE 要求 rd_hnte（高企口径），这里写了 rd_stat（统计口径）"),
        ("loans[Y-1] > 0元", 1, "HNTE 没有声明 finance 用哪个口径，请在 scope 写 finance: [loans]"),
        # lists
        ("exists(e in titles: e.kid = 'hnte')", 23, "titles 没有字段“kid”，只有 kind、valid_from、valid_to"),
        ("exists(e in titles: e.kid = 'hnte')", 23, "是不是想写 kind"),
        ("exists(e in titles: e.kind = 'hnt')", 30, "没有“hnt”这个取值，可取 hnte、tsme、zjtx，是不是"),
        ("exists(e in titels: true)", 13, "“titels”不是清单，是不是想写 titles"),
        ("exists(e in staff: true)", 13, "“staff”不是清单"),
        ("exists(e in titles: exists(f in awards: true))", 21, "清单条件里不能再查清单"),
        ("exists(e in titles: staff[Y-1] > 0人)", 21, "titles 的条件里只能用 e 的字段、数字和参数"),
        ("exists(e in titles: est_date > ON)", 21, "只能用 e 的字段"),
        ("exists(e in titles: total > 0分)", 21, "只能用 e 的字段"),
        ("exists(e in titles: passes(SIZE))", 21, "清单条件里不能用 passes"),
        ("exists(e in titles: e)", 21, "请写 e 的字段，如 e.date"),
        ("exists(e in titles: f.kind = 'hnte')", 21, "“f”没有字段"),
        ("e.kind = 'hnte'", 1, "“e”没有字段，字段只在 exists、count、sum 里用"),
        ("exists(e in awards: valid(e))", 27, "awards 没有字段“valid_from”"),
        ("valid(titles)", 1, "valid 写成 valid(e)"),
        ("exists(titles)", 1, "exists 要写成 exists(变量 in 清单: 条件)"),
        ("each(e in titles: true)", 1, "each 不能用于清单，请用 exists、sum、count"),
        ("exists(y in Y-2..Y-1: true)", 1, "exists 不能用于年份"),
        ("count(e in awards: true if true) > 0项", 25, "count 只写条件，不写 if"),
        ("sum(e in equity_events: e.investor) > 0元", 25, "这里要数，却是文字"),
        ("titles", 1, "这里要判断，却是清单"),
        ("titles = titles", 8, "清单不能比较，清单请用 exists、count 或 sum"),
        ("within(est_date, 3人)", 18, "within 的长度要写成 3年、6月 或 365天"),
        ("within(est_date, 9999年)", 18, "时间太长"),
        ("within(est_date, 0天)", 18, "within 的长度要写成"),
        ("within(staff[Y-1], 3年)", 8, "这里要日期，却是人"),
        ("day(Y, 2, 30) > ON", 1, "没有 2026-2-30 这一天"),
        ("days(est_date) > 1天", 1, "days 要 2 个参数，写成 days(起, 止)，这里有 1 个"),
        # types
        ("staff[Y-1]", 1, "这里要判断，却是人，请写成比较，如 x >= 5%"),
        ("zone_flag = true", 11, "判断不能比较，判断直接写 x 或 not x"),
        ("zone_flag > 5", 13, "判断不能与无单位（比率）比较"),
        ("est_date > 2020", 12, "日期不能与无单位（比率）比较"),
        ("est_date + 3年 > ON", 1, "这里要数，却是日期"),
        ("industry_code > 'C'", 15, "文字只能用 = 或 !=，不能用 >"),
        ("industry_code = industry_code", 15, "文字与引号里的值比较"),
        ("staff[Y-1] = 'C35'", 1, "这里要文字，却是人"),
        ("staff[Y-1] in ('a')", 1, "这里要文字，却是人"),
        ("tech_field in ('aerospce')", 16, "可取 new_materials、aerospace、none，是不是想写 aerospace"),
        ("'C35'", 1, "文字只用于"),
        ("total + 1分 > 0分", 1, "这里要数，却是得分，得分只能与分数线比较"),
        ("total > total", 7, "得分不能比较"),
        ("total > province_points", 9, "这里要固定的数"),
        ("known(total)", 7, "得分总有范围"),
        ("if(zone_flag, est_date, ON) > ON", 15, "if 只能选数、判断或得分"),
        ("if(zone_flag, 1元, true) > 0元", 19, "这里要数，却是判断"),
        ("not staff[Y-1]", 5, "这里要判断，却是人"),
        ("1 / 0 > 0", 3, "除数是 0"),
        ("1 / (1 - 1) > 0", 3, "除数是 0"),
        # writing
        ("", 1, "这里应是一个值（指标、数字、$参数或括号），却是结尾"),
        ("zone_flag and", 14, "却是结尾"),
        ("1 < 2 < 3", 7, "比较不能连写"),
        ("(1 < 2", 7, "这里应是“)”，却是结尾"),
        ("1 < 2)", 6, "这里应是运算符或结尾，却是“)”"),
        ("staff[Y-1] == 5人", 13, "相等写一个 ="),
        ("staff[Y-1] ≥ 5人", 12, "看不懂“≥”，请写 >="),
        ("zone_flag && zone_flag", 11, "看不懂“&”，请写 and"),
        ("staff【Y-1] > 5人", 6, "请写 ["),
        ("market_share > 5 %", 18, "单位紧跟数字，如 5%"),
        ("industry_code = 'C35", 17, "引号没有成对"),
        ("industry_code in (C35)", 19, "这里应是引号里的文字，如 'national'，却是“C35”"),
        ("staff[Y-1.5] > 5人", 9, "不带单位的整数"),
        ("est_date > 2026-02-30", 12, "没有 2026-02-30 这一天"),
        ("1 > 1234567890123456789012345678901", 5, "最多 30 位"),
        ("--1 > 0", 2, "这里应是一个数"),
        ("passes()", 7, "passes 里要写一条规则的编号"),
        ("passes(A and B)", 7, "passes 里要写一条规则的编号"),
        ("(" * 50 + "1" + ")" * 50, 41, "括号套得太深"),
        ("1 + " * 1100 + "1 > 0", 1, "表达式过长，最多 4000 个字符"),
    ],
)  # fmt: skip
def test_a_broken_text_says_where_and_how_to_mend_it(text: str, column: int, words: str) -> None:
    error = refused(text)
    assert (error.context["line"], error.context["column"]) == (1, column), error.zh
    assert f"第 1 行第 {column} 列：" in error.zh
    assert words in error.zh
    assert f"line 1, column {column}: " in error.en
    assert not re.search(r"[\u4e00-\u9fff]{4}", re.sub(r"“.*?”|\$?[\w.]+\(.*\)", "", error.en)), error.en


def test_the_place_is_that_in_the_file() -> None:
    error = refused("zone_flag and\n  staff[Y-1] <= 5万元", place=Place("packs/TSME.yaml", 30, 7))
    # the second line of the text, and the 17th character of it, seen from column 7
    assert error.context["file"] == "packs/TSME.yaml"
    assert (error.context["line"], error.context["column"]) == (31, 23)
    assert (error.context["expected"], error.context["found"]) == ("person", "money")


def test_the_type_and_the_dimension_that_are_asked_for_are_held() -> None:
    assert "这里要数，却是判断" in refused("zone_flag", "number").zh
    with pytest.raises(ExpressionError, match="应是金额，却是人"):
        build("staff[Y-1]", SCOPE, "number", dims=dims_of_symbol("万元"))


def test_a_definition_named_like_a_metric_is_refused() -> None:
    scope = with_names(zone_flag=build("1 < 2", SCOPE))
    with pytest.raises(ExpressionError, match="既是指标又是本规则的定义"):
        build("zone_flag", scope)


def test_names_used_refuses_what_cannot_be_read() -> None:
    with pytest.raises(ExpressionError, match="第 1 行第 4 列"):
        names_used("a +")
