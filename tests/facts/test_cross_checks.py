"""The 39 implications of the source articles come out of the packs with their verdicts."""

from __future__ import annotations

import pytest

from gaoxin.core.errors import FactError
from gaoxin.facts.checks import evaluate_all
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.findings import Finding
from gaoxin.facts.logic import evaluate_rules
from gaoxin.facts.totals import total
from gaoxin.packs.library import Library, open_library

# Row of the list: verdict, then results as they are printed. Every sum is in the list itself; where the list
# rounds an end of an interval inwards, one more digit keeps it: 432.5/0.8785 = 492.316, 13.65/1700 = 0.803%.
EXPECTED: dict[int, tuple[str, dict[str, str]]] = {
    1: ("ok", {"city": "490.61–492.32 亿元"}),
    2: ("ok", {"city": "239.948–240.237 亿元"}),
    3: ("ok", {"city": "562.5–563.6 亿元"}),
    4: ("ok", {"zone": "48.07–48.19%", "city": "48.7–49.0%"}),
    5: ("ok", {"ratio": "69.25–69.42%"}),
    6: ("ok", {"rate": "23.45–23.78%", "of_output": "24.16–24.45%", "of_gdp": "8.3%"}),
    7: ("gap", {"named": "109.85–110.95 亿元", "rest": "320.55–322.65 亿元"}),
    8: ("ok", {"base": "131.62–131.81 亿元"}),
    9: ("ok", {"base": "95.269–95.441 亿元"}),
    10: ("flag", {"ratio": "152%"}),
    11: ("ok", {"mean": "7.0 亿元/个"}),
    12: ("ok", {"ratio": "36.3%"}),
    13: ("coarse", {"prefecture": "182\u2009762–202\u2009000 户"}),
    14: ("ok", {"city": "57\u2009284–59\u2009046 户"}),
    15: ("ok", {"before": "17\u2009405 户", "most": "10.3%"}),
    16: ("info", {"mean": "156 万元/户"}),
    17: ("not_additive", {}),
    18: ("gap", {}),
    19: ("ok", {"before": "229 家"}),
    20: ("note", {"net": "19 家", "left": "67 家", "of_stock": "34.7%"}),
    21: ("ok", {"city": "373–378 家"}),
    22: ("ok", {"before": "146 家"}),
    23: ("ok", {"city": "222–224 家"}),
    24: ("flag", {"base": "11.922–12.022 亿元"}),
    25: ("flag", {"intensity": "< 0.803%"}),
    26: ("flag", {"rest": "5 家", "outside": "众创空间"}),
    27: ("info", {"mean": "12.4–12.6 亿元/只"}),
    28: ("info", {}),
    29: ("not_comparable", {"of_city": "> 9.5 倍"}),
    30: ("gap", {"most": "≤ 5.3%"}),
    31: ("undetermined", {"as_printed": "1.73 倍"}),
    32: ("ok", {}),
    33: ("gap", {}),
    34: ("gap", {}),
    35: ("gap", {}),
    36: ("ok", {"share": "33.3%"}),
    37: ("ok", {"share": "12.5%"}),
    38: ("ok", {"top": "2.5%", "group_ahead": "1 个"}),
    39: ("not_additive", {}),
}


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library()


@pytest.fixture(scope="module")
def facts(library: Library) -> FactBase:
    return FactBase.from_library(library)


@pytest.fixture(scope="module")
def findings(library: Library, facts: FactBase) -> tuple[Finding, ...]:
    return evaluate_all(library, facts)


def numbered(findings: tuple[Finding, ...], no: int) -> Finding:
    (found,) = (finding for finding in findings if finding.no == no)
    return found


def named(findings: tuple[Finding, ...], check: str) -> Finding:
    (found,) = (finding for finding in findings if finding.check == check)
    return found


@pytest.mark.parametrize("no", EXPECTED)
def test_each_row_has_its_verdict_and_its_results(findings: tuple[Finding, ...], no: int) -> None:
    verdict, results = EXPECTED[no]
    found = numbered(findings, no)
    assert found.verdict == verdict
    assert {name: found.result(name).render() for name in results} == results


def test_the_list_is_complete(findings: tuple[Finding, ...]) -> None:
    assert sorted(finding.no for finding in findings if finding.no is not None) == list(range(1, 40))


def test_the_middle_of_the_implied_output_is_491_5(findings: tuple[Finding, ...]) -> None:
    assert numbered(findings, 1).result("city").middle() == "491.5 亿元"


def test_the_two_lists_of_auxiliary_industries_contradict(findings: tuple[Finding, ...]) -> None:
    found = named(findings, "chuxiong.auxiliary_lists")
    assert found.needs_attention
    assert found.result("only_opening").render() == "先进制造"
    assert found.result("only_body").render() == "现代服务业"


def test_the_article_of_chuxiong_is_in_conflict_with_itself(facts: FactBase) -> None:
    (conflict,) = facts.conflicts().values()
    assert {obs.id for obs in conflict.candidates} == {"C006", "C015"}
    assert conflict.within_one_source


def test_equal_digits_are_flagged_by_the_generic_rule_too(library: Library, facts: FactBase) -> None:
    flagged = [f.check for f in evaluate_rules(library, facts) if f.rule == "L8" and f.verdict == "flag"]
    assert flagged == ["L8(D016,D017)"]


def test_no_hard_rule_is_broken_by_what_the_articles_state(library: Library, facts: FactBase) -> None:
    broken = [f.check for f in evaluate_rules(library, facts) if f.severity == "hard" and f.needs_attention]
    assert broken == []


def test_overlapping_titles_are_never_summed(library: Library, facts: FactBase) -> None:
    titles = [facts.observation(id) for id in ("W041", "W042", "W043")]
    with pytest.raises(FactError, match="有重叠"):
        total(titles, library.metrics, facts.subjects)


def test_a_bound_is_printed_as_a_bound(facts: FactBase) -> None:
    revenue = facts.observation("D001")
    assert revenue.value.render(revenue.unit) == "> 1700 亿元"


def test_every_check_can_be_said_in_both_languages(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        assert finding.sentence("zh").endswith("。")
        assert finding.sentence("en").endswith(".")
