"""Score parts: what they give with everything known, and what they leave open."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from gaoxin.compute.language import build, build_part, names_used_in_part
from gaoxin.compute.language.places import Place
from gaoxin.compute.reference import Outcome
from gaoxin.core.errors import ExpressionError
from tests.compute.language.words import SCOPE, counted, part_of, scored, told, wan, with_names

STAFF = {
    "id": "staff_points",
    "max": "20",
    "bands": {
        "of": "sti_staff[Y-1] / staff[Y-1]",
        "at_least": [["30%", "20"], ["25%", "16"], ["10%", "4"]],
        "otherwise": "0",
    },
}
SYSTEM = {"id": "system", "judged": "expert_system", "points": ["0", "6"]}
IP = {
    "id": "ip",
    "judged": "expert_ip",
    "ladder": [
        {"when": "ip_class1 >= 1件", "points": ["7", "8"]},
        {"when": "ip_class2 >= 5件", "points": ["5", "6"]},
    ],
    "otherwise": "0",
}
RESULTS = {
    "id": "results",
    "judged": "expert_results",
    "bands": {
        "of": "mean(transformations[Y-3..Y-1] since est_date)",
        "at_least": [["5项", ["25", "30"]], ["4项", ["19", "24"]]],
        "otherwise": ["0", "18"],
    },
}


def ends(outcome: Outcome) -> tuple[Fraction, Fraction | None, frozenset[str]]:
    return outcome.low, outcome.high, outcome.open


NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(("some", "points"), [(30, 20), (29, 16), (25, 16), (10, 4), (9, 0), (0, 0)])
def test_bands_include_their_lower_bound(some: int, points: int) -> None:
    assert ends(scored(STAFF, counted(sti_staff_2025=some, staff_2025=100))) == (points, points, NONE)


def test_a_missing_number_leaves_the_whole_range_of_its_bands() -> None:
    assert ends(scored(STAFF, counted(staff_2025=100))) == (0, 20, {"sti_staff"})


@pytest.mark.parametrize(("share", "points"), [(50, 5), (51, 3), (60, 3), (70, 1), (71, 0)])
def test_bands_that_reach_down_include_their_upper_bound(share: int, points: int) -> None:
    part = {
        "bands": {
            "of": "liabilities[Y-1] / total_assets[Y-1]",
            "at_most": [["50%", "5"], ["60%", "3"], ["70%", "1"]],
            "otherwise": "0",
        }
    }
    assert scored(part, wan(liabilities_2025=share, total_assets_2025=100)).value == points


def test_open_bands_do_not_include_their_threshold() -> None:
    above = {"bands": {"of": "market_share", "above": [["10%", "5"]], "otherwise": "1"}}
    below = {"bands": {"of": "market_share", "below": [["10%", "5"]], "otherwise": "1"}}
    assert scored(above, {"market_share": Fraction(1, 10)}).value == 1
    assert scored(below, {"market_share": Fraction(1, 10)}).value == 1
    assert scored(below, {"market_share": Fraction(9, 100)}).value == 5


def test_the_best_of_two_paths_does_not_wait_for_one_that_cannot_win() -> None:
    part = {
        "best_of": [
            {"id": "a", "bands": {"of": "market_share", "at_least": [["10%", "50"]], "otherwise": "0"}},
            {"id": "b", "bands": {"of": "segment_years", "at_least": [["3年", "40"]], "otherwise": "0"}},
        ]
    }
    assert ends(scored(part, {"market_share": Fraction(1, 5)})) == (50, 50, NONE)
    assert ends(scored(part, {"market_share": Fraction(0)})) == (0, 40, {"segment_years"})
    worst = {"worst_of": part["best_of"]}
    assert ends(scored(worst, {"market_share": Fraction(0)})) == (0, 0, NONE)
    assert ends(scored(worst, {"market_share": Fraction(1, 5)})) == (0, 40, {"segment_years"})


def test_a_ladder_gives_the_first_rung_that_holds() -> None:
    part = {
        "ladder": [
            {"when": "ip_class1 >= 1件", "points": "30"},
            {"when": "ip_class2 >= 4件", "points": "24"},
            {"when": "ip_class2 >= 1件", "points": "6"},
        ],
        "otherwise": "0",
    }
    assert scored(part, counted(ip_class1=1, ip_class2=9)).value == 30
    assert scored(part, counted(ip_class1=0, ip_class2=4)).value == 24
    assert scored(part, counted(ip_class1=0, ip_class2=0)).value == 0
    assert ends(scored(part, counted(ip_class1=0))) == (0, 24, {"ip_class2"})
    # class I alone is missing: 24 without, 30 with
    assert ends(scored(part, counted(ip_class2=5))) == (24, 30, {"ip_class1"})


def test_a_rung_may_be_a_part_of_its_own() -> None:
    bands = {"of": "segment_years", "at_least": [["3年", "3"]], "otherwise": "1"}
    part = {
        "ladder": [{"when": "industry_code starts ('C',)", "part": {"id": "years", "bands": bands}}],
        "otherwise": "0",
    }
    assert scored(part, {"industry_code": "C3562", **counted(segment_years=3)}).value == 3
    assert ends(scored(part, {"industry_code": "C3562"})) == (1, 3, {"segment_years"})
    assert ends(scored(part, {"industry_code": "F51"})) == (0, 0, NONE)
    assert set(part_of(part).parts) == {"years"}


def test_an_expert_gives_points_inside_the_range_the_facts_allow() -> None:
    assert ends(scored(SYSTEM)) == (0, 6, {"expert_system"})
    assert ends(scored(SYSTEM, counted(expert_system=4))) == (4, 4, NONE)
    assert ends(scored(IP, counted(ip_class1=1))) == (7, 8, {"expert_ip"})
    assert ends(scored(IP, counted(ip_class1=1, expert_ip=7))) == (7, 7, NONE)
    # a band of one value needs no expert
    assert ends(scored(IP, counted(ip_class1=0, ip_class2=0))) == (0, 0, NONE)
    assert ends(scored(IP, counted(ip_class1=0))) == (0, 6, {"ip_class2", "expert_ip"})


def test_an_expert_inside_bands() -> None:
    row = {"est_date": date(2025, 1, 1)}
    # one operating year: the mean is the year
    assert ends(scored(RESULTS, {**row, **counted(transformations_2025=5)})) == (25, 30, {"expert_results"})
    assert ends(scored(RESULTS, {**row, **counted(transformations_2025=4)})) == (19, 24, {"expert_results"})
    assert ends(scored(RESULTS, row)) == (0, 30, {"transformations", "expert_results"})


def test_points_given_from_outside_stand_for_their_range_while_unknown() -> None:
    part = {"of": "province_points", "points": ["0", "15"]}
    assert ends(scored(part)) == (0, 15, {"province_points"})
    assert ends(scored(part, counted(province_points=11))) == (11, 11, NONE)


@pytest.mark.parametrize(("share", "points"), [("0.05", 25), ("0.1", 50), ("0.3", 50), ("0", 0), ("-0.1", 0)])
def test_a_straight_line_stays_between_nothing_and_all(share: str, points: int) -> None:
    part = {"linear": {"of": "market_share", "from": "0%", "to": "10%", "points": "50"}}
    assert scored(part, {"market_share": Fraction(share)}).value == points
    assert ends(scored(part)) == (0, 50, {"market_share"})


@pytest.mark.parametrize(
    ("years", "points"), [("0", 0), ("1.99", 0), ("2", 1), ("5", 2), ("10", 5), ("40", 5)]
)
def test_steps_count_only_what_is_complete(years: str, points: int) -> None:
    part = {"steps": {"of": "segment_years", "each": "2年", "points": "1", "most": "5"}}
    assert scored(part, counted(segment_years=years)).value == points


def test_a_total_is_capped_and_reaches_from_the_least_to_the_most() -> None:
    total = {"id": "total", "cap": "10", "parts": [SYSTEM, IP]}
    built = part_of(total)
    assert (built.low, built.high) == (0, 10)
    assert list(built.parts) == ["system", "ip", "total"]
    # 6 + 7..8, capped at 10
    assert ends(scored(total, counted(expert_system=6, ip_class1=1))) == (10, 10, NONE)
    assert ends(scored(total, counted(ip_class1=1))) == (7, 10, {"expert_system", "expert_ip"})


def test_a_score_reaches_a_mark_certainly_possibly_or_not() -> None:
    built = part_of({"id": "total", "parts": [SYSTEM, IP]})
    scope = with_names(**built.parts)
    row = counted(ip_class1=1)
    # [7, 14]
    assert told("total >= 7分", row, scope=scope).value is True
    assert told("total > 14分", row, scope=scope).value is False
    assert told("total > 7分", row, scope=scope).open == {"expert_system", "expert_ip"}
    assert told("60分 <= total", row, scope=scope).value is False
    assert told("total >= $pass_mark", row, scope=scope).value is False
    assert told("ip > 0分", counted(ip_class1=0, ip_class2=0), scope=scope).value is False
    assert build("total >= $pass_mark", scope).parameters == {"HNTE.pass_mark"}


def test_points_may_be_parameters_and_are_remembered() -> None:
    part = {
        "id": "p",
        "ladder": [{"when": "staff[Y-1] <= $most_staff", "points": "$pass_mark"}],
        "otherwise": "0",
    }
    built = part_of(part)
    assert built.parameters == {"HNTE.most_staff", "HNTE.pass_mark"}
    assert built.high == 60
    assert part_of({"id": "t", "parts": [part, SYSTEM]}).parameters == built.parameters
    assert part_of({"id": "t", "parts": [part, SYSTEM]}).parts["system"].parameters == frozenset()


def test_a_part_knows_the_names_it_uses() -> None:
    used = names_used_in_part({"id": "t", "zh": "合计", "parts": [STAFF, SYSTEM, IP], "cap": "$cap"})
    assert used.names == {"sti_staff", "staff", "expert_system", "expert_ip", "ip_class1", "ip_class2"}
    assert used.parameters == {"cap"}


def test_an_error_in_a_part_stands_where_its_text_stands() -> None:
    def places(path: tuple[str | int, ...]) -> Place:
        return Place("x.yaml", 40 if path == ("parts", 1, "ladder", 0, "when") else 1, 9)

    broken = {**IP, "ladder": [{"when": "ip_class9 >= 1件", "points": "8"}]}
    with pytest.raises(ExpressionError, match="第 40 行第 9 列") as caught:
        build_part({"parts": [SYSTEM, broken]}, SCOPE, places)
    assert caught.value.context["file"] == "x.yaml"


_BANDS = {"of": "market_share", "at_least": [["30%", "20"], ["20%", "10"]], "otherwise": "0"}


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"bands": {**_BANDS, "at_least": []}}, "分档表是空的"),
        (
            {"bands": {**_BANDS, "at_least": [["30%", "20"], ["30%", "10"]]}},
            "第 2 档与前一档界限相同，两档重叠",
        ),
        (
            {"bands": {**_BANDS, "at_least": [["20%", "20"], ["30%", "10"]]}},
            "第 2 档没有按顺序，界限要从高到低写",
        ),
        (
            {"bands": {"of": "market_share", "at_most": [["30%", "1"], ["20%", "2"]], "otherwise": "0"}},
            "从低到高",
        ),
        ({"bands": {**_BANDS, "at_least": [["30%"]]}}, r"每一档要写 \[界限, 值\]"),
        ({"bands": {**_BANDS, "at_least": [["30", "20"], ["20件", "10"]]}}, "单位不合"),
        ({"bands": {**_BANDS, "above": [["30%", "20"]]}}, "其中一种，这里有 2 种"),
        ({"bands": {"of": "market_share", "otherwise": "0"}}, "其中一种，这里有 0 种"),
        ({"bands": {"of": "market_share", "at_least": [["30%", "20"]]}}, "请写 otherwise"),
        ({"bands": {"at_least": [["30%", "20"]], "otherwise": "0"}}, "缺少 of"),
        ({"bands": {**_BANDS, "of": "industry_code"}}, "这里要数，却是文字"),
        (
            {"bands": {"of": "province_points", "at_least": [["16分", "5"]], "otherwise": "0"}},
            "第 1 档永远到不了：这个数不小于 0、不大于 15",
        ),
        (
            {"bands": {"of": "province_points", "at_least": [["0分", "5"], ["-1分", "2"]], "otherwise": "0"}},
            "第 2 档永远到不了",
        ),
        (
            {"bands": {"of": "province_points", "above": [["15分", "5"]], "otherwise": "0"}},
            "第 1 档永远到不了",
        ),
        (
            {
                "bands": {
                    "of": "liabilities[Y-1] / total_assets[Y-1]",
                    "at_most": [["-1%", "5"]],
                    "otherwise": "0",
                }
            },
            "第 1 档永远到不了：这个数不小于 0",
        ),
        ({"bands": {"of": "market_share", "table": "$rates"}}, "单位不合"),
        ({"bands": {"of": "market_share", "table": "market_share"}}, r"table 要写 \$分档表"),
        ({"max": "19", **{k: v for k, v in STAFF.items() if k != "max"}}, "最多能得 20 分，超过 max 19 分"),
        ({"ladder": [], "otherwise": "0"}, "ladder 是空的"),
        ({"ladder": [{"when": "zone_flag", "points": "1"}]}, "请写 otherwise"),
        ({"ladder": [{"points": "1"}], "otherwise": "0"}, "缺少 when"),
        ({"ladder": [{"when": "zone_flag", "points": ["1", "2"]}], "otherwise": "0"}, "请写 judged"),
        ({"ladder": [{"when": "market_share", "points": "1"}], "otherwise": "0"}, "这里要判断，却是无单位"),
        ({"judged": "expert_system"}, "judged 要配 points、bands 或 ladder"),
        ({"judged": "market_share", "points": ["0", "6"]}, "单位不合"),
        ({"judged": "province_points", "points": ["0", "6"]}, "judged 要写一个专家评分指标"),
        ({"judged": "expert_system", "points": ["6", "0"]}, "得分范围反了"),
        ({"judged": "expert_system", "points": ["6"]}, r"得分范围要写 \[最低, 最高\]"),
        ({"linear": {"of": "market_share", "from": "1%", "to": "1%", "points": "5"}}, "from 与 to 相同"),
        ({"linear": {"of": "market_share", "from": "1%", "points": "5"}}, "缺少 to"),
        ({"steps": {"of": "segment_years", "each": "0年", "points": "1", "most": "5"}}, "都要大于 0"),
        ({"steps": {"of": "segment_years", "each": "2", "points": "1", "most": "5"}}, "单位不合"),
        ({"of": "market_share", "points": ["0", "5"]}, "单位不合"),
        ({"of": "province_points"}, "缺少 points"),
        ({"parts": []}, "parts 是空的"),
        ({"parts": ["staff"]}, "得分项要写成键和值"),
        ({"best_of": []}, "best_of 是空的"),
        ({"parts": [SYSTEM, SYSTEM]}, "编号 system 用了两次"),
        ({"zh": "什么都没有"}, "其中一种，这里有 0 种"),
        ({"bands": _BANDS, "parts": [STAFF]}, "其中一种，这里有 2 种"),
        ({"of": "province_points", "points": [0.5, "5"]}, "这里要算式或带引号的数"),
        ({"of": "province_points", "points": ["0", "market_share"]}, "单位不合"),
        ({"of": "province_points", "points": ["0", "province_points"]}, "这里要固定的数"),
    ],
)
def test_a_part_that_makes_no_sense_says_how_to_mend_it(part: dict[str, object], words: str) -> None:
    with pytest.raises(ExpressionError, match=words):
        part_of(part)
