"""Near misses: who, how far, the cheapest way, and what to ask first."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from gaoxin.compute.reference import Row
from gaoxin.compute.rows import frame_of
from gaoxin.packs.schemas import Action
from gaoxin.rules.book import RuleBook
from gaoxin.rules.cases import CaseRunner
from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.gaps import gaps
from gaoxin.rules.gates import case_of
from gaoxin.rules.matching import RuleColumns, match
from gaoxin.rules.near_misses import NearMisses
from gaoxin.rules.routes import NoPath, Path
from tests.rules.route_builders import ON, a_rule, an_action, facts, national

CONDITIONS = {
    "T1": "rd_tax[Y-1] / sales_income[Y-1] >= 5%",
    "T2": "ip_class1 >= 2件",
    "T3": "not on_abnormal_list",
    "T4": "total >= 60分",
}
SCORES = {
    "total": {"zh": "合计", "en": "Total", "parts": [
        {"id": "rd_points", "zh": "研发", "en": "R&D", "max": "60", "bands": {
            "of": "rd_tax[Y-1] / sales_income[Y-1]", "at_least": [["3%", "60"], ["2%", "40"]],
            "otherwise": "20"}},
        {"id": "ip_points", "zh": "成果", "en": "Results", "max": "10",
         "ladder": [{"when": "ip_class2 >= 1件", "points": "10"}], "otherwise": "0"}]},
}  # fmt: skip
RD, PATENT = an_action("rd", "rd_tax", "5"), an_action("patent", "ip_class1", "9")
CLEAR = an_action("clear", "on_abnormal_list", "0.5", to=False)


def a_firm(rd: Any = 5, **other: Any) -> Row:
    """A firm with sales of 100 万元 and R&D of 5 that meets everything."""
    held = {"rd_tax": {2025: rd}, "sales_income": {2025: 100}, "ip_class1": 2, "ip_class2": 1}
    return facts(**{**held, "on_abnormal_list": False, **other})


def near(firms: Mapping[str, Row], rule: CompiledRule | None = None, **more: Any) -> NearMisses:
    rule = rule or a_rule(CONDITIONS, scores=SCORES)
    columns = RuleColumns.of(rule)
    population = frame_of(firms, columns.plan.needs, columns.plan.fields).lazy()
    return NearMisses(match([rule], population, ON), rule.id, population, **more)


FIRMS = {
    "passes": a_firm(),
    "short_of_rd": a_firm(4),
    "listed": a_firm(on_abnormal_list=True),
    "shorter_of_rd": a_firm(3, ip_class2=None),
    "two": a_firm(4, ip_class1=1),
    "three": a_firm(0, ip_class1=0, on_abnormal_list=True),
    "open": a_firm(None),
}
ACTIONS: tuple[Action, ...] = (RD, PATENT, CLEAR)


def test_the_list_is_ranked_by_number_then_cost_then_gap_then_code() -> None:
    found = near(FIRMS, actions=ACTIONS)
    assert [(row.subject, row.not_met) for row in found.rows] == [
        ("listed", ("T3",)),  # 0.5
        ("short_of_rd", ("T1",)),  # one step of 1 万元: 5
        ("shorter_of_rd", ("T1",)),  # two steps: 10
        ("two", ("T1", "T2")),  # 5 + 9
    ]
    assert [row.cost for row in found.rows] == [5_000, 50_000, 100_000, 140_000]


def test_equal_costs_are_ranked_by_the_gap_and_equal_gaps_by_the_code() -> None:
    # 4 and 3 of 100 against 5 %: gaps 0.2 and 0.4; a step is as large as needed for either
    step = an_action("rd", "rd_tax", "5", step="2")
    found = near({"z": a_firm(4), "b": a_firm(3), "a": a_firm(3)}, actions=(step,))
    assert [(row.subject, row.cost) for row in found.rows] == [("z", 50_000), ("a", 50_000), ("b", 50_000)]
    assert [row.gap for row in found.rows] == pytest.approx([0.2, 0.4, 0.4])


def test_more_conditions_are_listed_when_they_are_asked_for_and_filtered_by_number() -> None:
    found = near(FIRMS, actions=ACTIONS, at_most=4)
    assert found.rows[-1].subject == "three"
    assert found.rows[-1].not_met == ("T1", "T2", "T3", "T4")
    assert [row.subject for row in found.of(2)] == ["two"]
    # passes and open miss none
    assert dict(found.counts.iter_rows()) == {0: 2, 1: 3, 2: 1, 4: 1}


def test_a_condition_that_is_open_is_counted_apart() -> None:
    (row,) = near({"a": a_firm(4, ip_class1=None)}).rows
    assert (row.not_met, row.open) == (("T1",), ("T2",))


def test_the_margin_of_a_single_failing_condition_is_told() -> None:
    found = near(FIRMS, actions=ACTIONS)
    (margin,) = found.rows[1].margins(national().metrics)
    assert (margin.measured, margin.mark, margin.gap) == ("4%", "≥ 5%", "差 1 个百分点")
    assert found.rows[3].margins(national().metrics) == ()


def test_paths_are_worked_out_for_the_first_rows_only() -> None:
    found = near(FIRMS, actions=ACTIONS, paths=2)
    # the gaps are 0.2, 0.4 and a whole: the first two have a path, listed would be cheaper but has none
    assert [(row.subject, row.path is not None) for row in found.rows] == [
        ("short_of_rd", True),
        ("shorter_of_rd", True),
        ("listed", False),
        ("two", False),
    ]


def test_without_an_action_the_rows_are_there_without_a_path() -> None:
    found = near({"a": a_firm(4)})
    assert isinstance(found.rows[0].path, NoPath)
    assert found.rows[0].cost is None


def test_a_refusal_to_count_is_kept_with_its_row() -> None:
    rule = a_rule({"T1": "rd_tax[Y-1] * sales_income[Y-1] / 1万元 = 7万元"})
    actions = (an_action("rd", "rd_tax", most=None), an_action("s", "sales_income", most=None))
    (row,) = near({"a": facts(rd_tax={2025: 1}, sales_income={2025: 1})}, rule, actions=actions).rows
    assert row.path is None
    assert row.refusal is not None


def test_the_table_has_costs_in_yuan_and_lists_of_conditions() -> None:
    told = near(FIRMS, actions=ACTIONS).df()
    assert told["cost"].to_list()[:2] == [Decimal("5000.00"), Decimal("50000.00")]
    assert told["not_met"].to_list()[-1] == ["T1", "T2"]
    assert told.columns == [
        "subject", "number", "not_met", "open", "gap", "lacking", "cost", "done", "value", "value_high",
        "deadline",
    ]  # fmt: skip
    assert told["value"].null_count() == told.height  # nothing prices the demonstration


def test_the_histogram_counts_points_lacking_at_best() -> None:
    firms = {
        "reached": a_firm(4),  # 60 + 10
        "ten": a_firm(2),  # 40 + 10: 10 short
        "ten_too": a_firm(2, ip_class2=None),  # 40 + [0, 10]: at best 10 short
        "thirty": a_firm(1),  # 20 + 10: 30 short
        "forty": a_firm(1, ip_class2=0),  # 20: 40 short
        "open": a_firm(None),  # at best reached
    }
    found = near(firms)
    assert found.histogram(20).rows() == [(0, 20, 2), (20, 40, 1), (40, 60, 1)]
    assert found.histogram(10).rows() == [(10, 20, 2), (30, 40, 1), (40, 50, 1)]


def test_a_rule_without_a_score_has_an_empty_histogram() -> None:
    assert near({"a": facts(ip_class1=0)}, a_rule({"T1": "ip_class1 >= 1件"})).histogram().is_empty()


def test_gaps_follow_alternatives_growth_and_facts() -> None:
    rule = a_rule(
        {
            "T1": "rd_tax[Y-1] >= 10万元 or ip_class1 >= 4件",
            "T2": "not (rd_tax[Y-1] < 10万元 or ip_class1 < 4件)",
            "T3": "growth(sales_income[Y-2], sales_income[Y-1], 1) >= 20%",
            "T4": "resident_enterprise",
            "T5": "if(ip_class1 > 2件, rd_tax[Y-1] > 40万元, rd_tax[Y-1] > 0万元)",
        }
    )
    row = facts(rd_tax={2025: 8}, ip_class1=3, sales_income={2024: 100, 2025: 90}, resident_enterprise=False)
    columns = RuleColumns.of(rule)
    frame = frame_of({"a": row, "b": {}}, columns.plan.needs, columns.plan.fields)
    found = gaps(rule, frame.lazy()).row(0)[1:]
    # T1 the nearer of 2/10 and 1/4; T2 the farther; T3 90 against 120: 30/120; T4 a whole; T5 32/40
    assert found == pytest.approx((0.2, 0.25, 0.25, 1.0, 0.8))
    assert gaps(rule, frame.lazy()).row(1)[1:] == (None,) * 5


def test_gaps_agree_with_the_judgement_in_every_case_of_the_packs() -> None:
    runner, library = CaseRunner(RuleBook(national())), national()
    asked = [case_of(held.rule, case) for held in library.rule_cases.values() for case in held.cases]
    for case in asked:
        judgement = runner.judged(case)
        needs = RuleColumns.of(judgement.compiled).plan
        frame = frame_of({"a": judgement.reading.row}, needs.needs, needs.fields)
        measured = gaps(judgement.compiled, frame.lazy()).row(0, named=True)
        for held in judgement.compiled.conditions:
            value, gap = judgement.reading[held.effective].value, measured[held.id]
            expected = gap is None if value is None else gap == 0 if value else gap is not None
            assert expected, (case.rule, case.name, held.id, value, gap)
    assert asked


def test_what_settles_most_is_asked_first_and_what_settles_nothing_is_never_asked() -> None:
    rule = a_rule({"T1": "ip_class1 >= 1件", "T2": "resident_enterprise", "T3": "not on_abnormal_list"})
    firms = {
        "lacks_rights": facts(resident_enterprise=True, on_abnormal_list=False),
        "lacks_rights_too": facts(resident_enterprise=True, on_abnormal_list=False),
        "lacks_seat": facts(ip_class1=1, on_abnormal_list=False),
        "lacks_both": facts(on_abnormal_list=False),
        "fails_anyway": facts(ip_class1=1, on_abnormal_list=True),
        "fails_on_rights": facts(ip_class1=0, on_abnormal_list=False),
    }
    asked = near(firms, rule).questions
    # rights settle two by themselves, three are concerned; the seat then settles one alone and lacks_both
    assert [(q.metric, q.settles, q.alone, q.concerns) for q in asked] == [
        ("ip_class1", 2, 2, 3),
        ("resident_enterprise", 2, 1, 2),
    ]


def test_an_expert_is_asked_after_data_that_settles_as_many() -> None:
    rule = a_rule({"T1": "core_ip_owned", "T2": "resident_enterprise"})
    found = near({"a": facts(core_ip_owned=True), "b": facts(resident_enterprise=True)}, rule).questions
    assert [(q.metric, q.expert) for q in found] == [("resident_enterprise", False), ("core_ip_owned", True)]


def test_a_path_of_the_list_is_the_path_of_the_subject() -> None:
    found = near(FIRMS, actions=ACTIONS)
    path = found.of(2)[0].path
    assert isinstance(path, Path)
    assert [(step.action.id, step.count) for step in path.steps] == [("patent", 1), ("rd", 1)]
