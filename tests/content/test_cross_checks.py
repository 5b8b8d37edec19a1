"""What the figures of the articles imply: 39 rows with verdicts that come from the figures."""

from dataclasses import replace
from decimal import Decimal

import pytest

from gaoxin.facts.checks import evaluate_all
from gaoxin.facts.derivations import derive_all
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.logic import evaluate_rules
from gaoxin.facts.records import Source, Subject
from gaoxin.facts.values import Value
from gaoxin.packs.library import Library, open_library
from tests.facts.builders import an_observation

# Row of the list of implications → the verdict that follows from the printed figures.
VERDICTS = {
    **dict.fromkeys((1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 14, 15, 19, 21, 22, 23, 32, 36, 37, 38), "ok"),
    **dict.fromkeys((7, 18, 30, 33, 34, 35), "gap"),
    **dict.fromkeys((10, 24, 25, 26), "flag"),
    13: "coarse",  # a share in whole per cent
    **dict.fromkeys((16, 27, 28), "info"),
    **dict.fromkeys((17, 39), "not_additive"),
    20: "note",  # 86 is no net growth
    29: "not_comparable",  # all land and construction land
    31: "undetermined",  # depends on the rounding of 20,000 dollars
}
# Correcting these figures must change the verdict: (observation, value, unit, check, verdict before, after).
CORRECTIONS = [
    ("C037", "100", "亿元", "chuxiong.funds_exceed_investment", "flag", "ok"),
    ("C031", "40", "%", "chuxiong.nested_regions", "ok", "flag"),
    ("D017", "12.1", "%", "daqing.same_digits", "flag", "ok"),
    ("D016", "136", "亿元", "daqing.research_intensity", "flag", "undetermined"),
    ("D024", "15", "家", "daqing.recognised_and_net", "note", "ok"),
    ("D026", "8.35", "%", "daqing.high_tech_enterprises_before", "ok", "flag"),
    ("W040", "81", "家", "weifang.national_platforms", "ok", "flag"),
    ("W034", "3", "家", "weifang.large_enterprises", "ok", "flag"),
    ("W003", "5", "位", "weifang.ranks", "ok", "flag"),
]


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(["weifang", "daqing", "chuxiong"])


def verdicts(library: Library, facts: FactBase) -> dict[str, str]:
    return {finding.check: finding.verdict for finding in evaluate_all(library, facts)}


def test_every_row_is_declared_once(library: Library) -> None:
    numbers = sorted(check.no for check in library.cross_checks.values() if check.no is not None)
    assert numbers == list(range(1, 40))


def test_every_row_has_its_verdict(library: Library) -> None:
    found = verdicts(library, FactBase.from_library(library))
    by_row = {check.no: found[check.id] for check in library.cross_checks.values() if check.no is not None}
    assert by_row == VERDICTS


def test_every_check_has_a_case_worked_by_hand(library: Library) -> None:
    asked = {case.check for case in library.cases}
    assert set(library.cross_checks) <= asked
    assert all(case.reason for case in library.cases)


def test_the_lists_that_contradict_each_other_are_found(library: Library) -> None:
    found = verdicts(library, FactBase.from_library(library))
    assert found["chuxiong.auxiliary_lists"] == "inconsistent"
    assert found["chuxiong.leading_lists"] == "ok"
    assert found["chuxiong.role_of_new_materials"] == "flag"
    assert found["chuxiong.enterprise_or_industry"] == "not_comparable"


def test_a_bound_is_never_a_level(library: Library) -> None:
    found = verdicts(library, FactBase.from_library(library))
    assert found["daqing.revenue_is_a_bound"] == "bound"
    assert found["weifang.weichai_thresholds"] == "bound"


@pytest.mark.parametrize(("name", "value", "unit", "check", "before", "after"), CORRECTIONS)
def test_the_verdict_follows_the_figure(
    library: Library, name: str, value: str, unit: str, check: str, before: str, after: str
) -> None:
    specs = tuple(
        spec.model_copy(update={"value": value, "unit": unit}) if spec.id == name else spec
        for spec in library.observations
    )
    assert str(Decimal(value)) == value
    assert Value.of(value, unit).is_number
    assert verdicts(library, FactBase.from_library(library))[check] == before
    changed = replace(library, observations=specs)
    assert verdicts(changed, FactBase.from_library(changed))[check] == after


def test_a_threshold_that_nobody_confirmed_is_named_with_the_result(library: Library) -> None:
    facts = FactBase.from_library(library)
    found = {finding.check: finding for finding in evaluate_all(library, facts)}
    assert found["daqing.research_intensity"].unconfirmed
    assert len(found["weifang.gdp_per_head"].unconfirmed) == 3
    assert not found["chuxiong.implied_city_gdp"].unconfirmed


def test_an_increase_is_no_wider_than_level_and_growth_make_it(library: Library) -> None:
    # level × g / (1 + g): 13.55 × 0.1355 / 1.1355 = 1.617, 13.65 × 0.1365 / 1.1365 = 1.639;
    # level less base would leave 1.53 to 1.73
    derived = derive_all(library.derivations.values(), FactBase.from_library(library), library.metrics)
    spans = {obs.id: obs.value.interval() for obs in derived}
    span = spans["increase(D016,D017)"]
    assert span.lo is not None
    assert span.hi is not None
    assert round(float(span.lo) / 1e8, 3) == 1.617
    assert round(float(span.hi) / 1e8, 3) == 1.639


def test_what_is_printed_of_a_bound_does_not_rule_out_the_plain_quotient(library: Library) -> None:
    # 50 of 500 is 10 %, printed as rounded it may be 50.5 of 500: "< 10%" would deny both
    found = {f.check: f for f in evaluate_all(library, FactBase.from_library(library))}
    assert found["daqing.project_in_cluster_target"].result("most").render() == "< 10.1%"


ROUNDED = {"total_assets": "1235", "liabilities": "235", "net_assets": "1001"}


@pytest.mark.parametrize(("net", "verdict"), [("1001", "ok"), ("1001.5", "ok"), ("1001.51", "flag")])
def test_net_assets_may_differ_by_what_three_rounded_amounts_can(
    library: Library, net: str, verdict: str
) -> None:
    # 1235 − 235 = 1000 万元; three halves of a unit are 1.5
    base = FactBase()
    base.add_source(Source("return", "return"))
    base.add_subject(Subject("enterprise/x", "x"))
    for metric, amount in (ROUNDED | {"net_assets": net}).items():
        held = Value.of(amount, "万元", exact=True)
        base.record(
            an_observation(metric, held, "万元", metric=metric, subject="enterprise/x", source="return")
        )
    (found,) = [f for f in evaluate_rules(library, base) if f.rule == "L2"]
    assert (found.verdict, bool(found.unconfirmed)) == (verdict, True)
