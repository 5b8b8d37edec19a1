"""The cheapest path: exact, without a superfluous step, and said in full."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gaoxin.compute.reference import Row
from gaoxin.core.errors import RuleError
from gaoxin.packs.schemas import Action
from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.routes import NoPath, Path, cheapest
from gaoxin.rules.verdicts import Verdict
from tests.core.calendars import published
from tests.rules.route_builders import (
    a_rule,
    an_action,
    compiled,
    counts_of,
    facts,
    same_as_trying_everything,
)

WAN = 10_000

# What random rules are made of: shares, bands, growth, facts; the years are those of 2026-06-30.
ATOMS = (
    "staff_total_avg[Y-1] <= 12人",
    "sti_staff_tsme[Y-1] / staff_total_avg[Y-1] >= 30%",
    "sti_staff_tsme[Y-1] / (staff_total_avg[Y-1] - 6人) > 50%",
    "rd_tax[Y-1] / sales_income[Y-1] >= 5%",
    "rd_tax[Y-1] >= 7万元",
    "sales_income[Y-1] <= 102万元",
    "sales_income[Y-1] > 101万元",
    "growth(sales_income[Y-3], sales_income[Y-1], 2) >= 1%",
    "min(ip_class1, ip_class2) >= 2件",
    "ip_class1 * 2 + ip_class2 >= 5件",
    "ip_class1 = 2件",
    "if(sales_income[Y-1] > 101万元, rd_tax[Y-1] >= 6万元, ip_class1 >= 3件)",
    "resident_enterprise",
    "not on_abnormal_list",
    "total >= 60分",
    "staff_points > 0分",
    "total < 90分",
)  # fmt: skip
SCORES = {
    "total": {
        "zh": "合计",
        "en": "Total",
        "parts": [
            {"id": "staff_points", "zh": "人员", "en": "Staff", "max": "20", "bands": {
                "of": "sti_staff_tsme[Y-1] / staff_total_avg[Y-1]",
                "at_least": [["40%", "20"], ["30%", "10"]], "otherwise": "0"}},
            {"id": "rd_points", "zh": "研发", "en": "R&D", "max": "50", "bands": {
                "of": "rd_tax[Y-1] / sales_income[Y-1]",
                "at_least": [["7%", "50"], ["6%", "30"], ["5%", "20"]], "otherwise": "0"}},
            {"id": "ip_points", "zh": "成果", "en": "Results", "max": "30", "ladder": [
                {"when": "ip_class1 >= 2件", "points": "30"}, {"when": "ip_class2 >= 3件", "points": "20"}],
                "otherwise": "0"},
        ],
    }
}  # fmt: skip
FIGURES = ("staff_total_avg", "sti_staff_tsme", "rd_tax", "sales_income", "ip_class1", "ip_class2")

texts = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: (
        st.builds(
            lambda parts, word: "(" + f" {word} ".join(parts) + ")",
            st.lists(inner, min_size=2, max_size=3),
            st.sampled_from(["and", "or"]),
        )
        | inner.map(lambda text: f"not ({text})")
    ),
    max_leaves=4,
)


@st.composite
def action_lists(draw: st.DrawFn) -> list[Action]:
    found = []
    for at in range(draw(st.integers(1, 4))):
        cost = draw(st.sampled_from(["0", "1", "2", "3.5"]))
        lead = {"n": draw(st.sampled_from([5, 20])), "unit": "working_day"}
        if draw(st.integers(0, 4)) == 0:
            metric, to = draw(st.sampled_from([("resident_enterprise", True), ("on_abnormal_list", False)]))
            found.append(an_action(f"a{at}", metric, cost, to=to, lead_time=lead))
        else:
            found.append(
                an_action(
                    f"a{at}",
                    draw(st.sampled_from(FIGURES)),
                    cost,
                    direction=draw(st.sampled_from(["up", "up", "down"])),
                    most=draw(st.sampled_from(["1", "2", "5"])),
                    step=draw(st.sampled_from(["1", "1", "2"])),
                    lead_time=lead,
                )
            )
    return found


def a_subject(draw: st.DrawFn) -> Row:
    written: dict[str, Any] = {
        "staff_total_avg": {2025: draw(st.sampled_from([7, 10, 13]))},
        "sti_staff_tsme": {2025: draw(st.sampled_from([0, 2, 3]))},
        "rd_tax": {2025: draw(st.sampled_from([1, 4, 6]))},
        "sales_income": {
            2023: draw(st.sampled_from([0, 98, 100])),
            2025: draw(st.sampled_from([1, 99, 101])),
        },
        "ip_class1": draw(st.sampled_from([0, 1])),
        "ip_class2": draw(st.sampled_from([0, 2])),
        "resident_enterprise": draw(st.booleans()),
        "on_abnormal_list": draw(st.booleans()),
    }
    if draw(st.booleans()):
        del written[draw(st.sampled_from(sorted(written)))]
    return facts(**written)


@st.composite
def questions(draw: st.DrawFn) -> tuple[CompiledRule, Row, list[Action]]:
    conditions = {f"T{at}": draw(texts) for at in range(1, draw(st.integers(2, 4)))}
    return a_rule(conditions, scores=SCORES), a_subject(draw), draw(action_lists())


@settings(max_examples=150, deadline=None)
@given(questions())
def test_small_rules_have_the_path_that_trying_everything_finds(
    question: tuple[CompiledRule, Row, list[Action]],
) -> None:
    same_as_trying_everything(*question)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_long_runs_of_steps_are_found_by_halving_as_by_trying_each(data: st.DataObject) -> None:
    rule = a_rule({"T1": data.draw(texts), "T2": data.draw(texts)}, scores=SCORES)
    actions = [
        an_action(
            name,
            data.draw(st.sampled_from(FIGURES)),
            data.draw(st.sampled_from(["1", "0.7"])),
            direction=data.draw(st.sampled_from(["up", "down"])),
            step=data.draw(st.sampled_from(["1", "0.5"])),
            most=most,
        )
        for name, most in (("a", "60"), ("b", "5"))
    ]
    same_as_trying_everything(rule, a_subject(data.draw), actions)


# The technology SME of the examples: 9 of 100 science staff, R&D of 3.5 %, two class II rights.
def a_technology_sme(**other: Any) -> Row:
    return facts(
        **{
            "resident_enterprise": True, "product_restricted": False, "industry_code": "C3562",
            "on_abnormal_list": False, "on_dishonest_list": False, "incidents": [], "titles": [],
            "awards": [], "platforms": [], "standards_led": [],
            "staff_total_avg": {2025: 100}, "sti_staff_tsme": {2025: 9},
            "sales_income": {2025: 2000}, "total_assets": {2025: 3000}, "cost_expense": {2025: 1900},
            "rd_tax": {2025: 70}, "ip_class1": 0, "ip_class2": 2,
        } | other
    )  # fmt: skip


STAFF = an_action("staff", "sti_staff_tsme", "2", most="12")
RD = an_action("rd", "rd_tax", "10", step="10", most="6")
SOFTWARE = an_action("software", "ip_class2", "1", most="3", lead_time={"n": 3, "unit": "month"})
PATENT = an_action("patent", "ip_class1", "9", most="1", lead_time={"n": 1, "unit": "year"})
SME_ACTIONS = [STAFF, RD, SOFTWARE, PATENT]


@settings(max_examples=12, deadline=None)
@given(
    st.integers(0, 26), st.sampled_from([0, 70, 100]), st.integers(0, 4), st.sampled_from([None, 2000, 3000]),
    st.booleans(),
)  # fmt: skip
def test_the_real_technology_sme_rule_has_the_path_that_trying_everything_finds(
    staff: int, rd: int, rights: int, cost: int | None, listed: bool
) -> None:
    row = a_technology_sme(
        sti_staff_tsme={2025: staff}, rd_tax={2025: rd}, ip_class2=rights, on_abnormal_list=listed,
        **({"cost_expense": {2025: cost}} if cost else {}),
    )  # fmt: skip
    actions = [
        an_action("staff", "sti_staff_tsme", "2", step="3", most="4"),
        an_action("rd", "rd_tax", "10", step="10", most="5"),
        an_action("software", "ip_class2", "1", most="2"),
        an_action("patent", "ip_class1", "9", most="1"),
        an_action("clear", "on_abnormal_list", "0.5", to=False),
    ]
    same_as_trying_everything(compiled("TSME"), row, actions)


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 12), st.integers(300, 340), st.integers(1, 3))
def test_the_real_high_tech_rule_has_the_path_that_trying_everything_finds(
    staff: int, rd: int, years: int
) -> None:
    # sales of 2,500, 2,600 and 2,700: 7,800 in all, of which 5 % are 390
    row = facts(
        est_date="2015-01-01", ip_class1=1, ip_class2=0, ip_class2_used_hnte=0, core_ip_owned=True,
        tech_field="new_materials", incidents=[], staff_total_avg={2025: 120}, sti_staff_hnte={2025: staff},
        rd_hnte={2023: 100, 2024: 120, 2025: rd - 220}, rd_hnte_domestic={2023: 50, 2024: 60, 2025: 60},
        sales_income={2023: 2500, 2024: 2600, 2025: 2700}, hitech_income={2025: 1500},
        gross_income={2025: 2750}, nontax_income={2025: 0}, transformations={2023: 2, 2024: 2, 2025: years},
        net_assets={2023: 1000, 2024: 1100, 2025: 1250}, ip_has_self_developed=True,
    )  # fmt: skip
    actions = [
        an_action("staff", "sti_staff_hnte", "2", step="2", most="4"),
        an_action("rd", "rd_hnte", "10", step="30", most="4"),
        an_action("home", "rd_hnte_domestic", "1", step="20", most="3"),
        an_action("income", "hitech_income", "5", step="100", most="3"),
        an_action("sales", "sales_income", "1", step="200", most="1", direction="down"),
    ]
    same_as_trying_everything(compiled("HNTE"), row, actions)


@settings(max_examples=5, deadline=None)
@given(st.integers(90, 110), st.sampled_from([2400, 2700]), st.booleans())
def test_the_real_specialised_rule_has_the_path_that_trying_everything_finds(
    rd: int, main: int, listed: bool
) -> None:
    row = facts(
        on_abnormal_list=listed, on_dishonest_list=False, incidents=[], awards=[], platforms=[],
        titles=[{"kind": "tsme", "valid_from": "2026-01-01", "valid_to": "2026-12-31"}], segment_years=5,
        revenue={2024: 3100, 2025: 3300}, main_revenue={2025: main}, liabilities={2025: 4100},
        total_assets={2025: 5000}, rd_book={2024: 99, 2025: rd}, ip_class1_leading_used=0,
        zjtx_score={2026: 48}, equity_events=[], industry_code="C3562", staff_total_avg={2025: 80},
        staff_year_end={2025: 80},
    )  # fmt: skip
    actions = [
        an_action("rd", "rd_book", "10", step="5", most="3"),
        an_action("rd_before", "rd_book", "8", step="1", most="1", period="Y-2"),
        an_action("main", "main_revenue", "4", step="120", most="2"),
        an_action("debt", "liabilities", "3", step="60", most="2", direction="down"),
        an_action("right", "ip_class1_leading_used", "0.3", most="1"),
        an_action("score", "zjtx_score", "0.2", step="2", most="1", period="Y"),
        an_action("clear", "on_abnormal_list", "0.5", to=False),
    ]
    same_as_trying_everything(compiled("ZJTX26"), row, actions)


def test_the_path_of_a_technology_sme_is_worked_by_hand() -> None:
    # Now: staff 9 % = 0 points, R&D 70 ÷ 2,000 = 3.5 % = 20, two class II rights = 12: 32 of 60.
    # A patent makes 30 of 12 for 9, R&D of 80 (4 %) 30 of 20 for 10, one technician 4 of 0 for 2:
    # 30 + 30 + 4 = 64 for 21. Without the patent, two programs make 24 for 2, and 24 + 30 + 4 = 58 lack 2:
    # staff of 15 % is 8 points for 12: 62 for 24; R&D of 100 (5 %) is 40 points for 30: 68 for 34.
    # Without R&D: 30 + 20 needs 12 points for staff, 20 %, eleven technicians for 22: 62 for 31.
    path = cheapest(compiled("TSME"), a_technology_sme(), SME_ACTIONS)
    assert isinstance(path, Path)
    assert counts_of(path.steps) == {"patent": 1, "rd": 1, "staff": 1}
    assert path.cost == 21 * WAN
    assert path.after.verdict is Verdict.PASS
    assert [step.serves for step in path.steps] == [("T5",), ("T5",), ("T5",)]
    assert {step.action.id: (step.before, step.after) for step in path.steps} == {
        "patent": (0, 1),
        "rd": (70 * WAN, 80 * WAN),
        "staff": (9, 10),
    }
    assert path.longest is not None
    assert (path.longest.n, path.longest.unit) == (1, "year")


def test_no_step_of_a_path_can_be_left_out_and_no_count_lowered() -> None:
    row = a_technology_sme(rd_tax={2025: 0}, ip_class2=0, total_assets={2025: 20_030}, on_abnormal_list=True)
    actions = [
        *SME_ACTIONS,
        an_action("assets", "total_assets", "1", step="10", direction="down", most="9"),
        an_action("clear", "on_abnormal_list", "0", to=False),
        an_action("sales", "sales_income", "3", step="100", direction="down", most="8"),
    ]
    path = cheapest(compiled("TSME"), row, actions)
    assert isinstance(path, Path)
    counts = counts_of(path.steps)
    assert {"assets", "clear"} <= set(counts)
    by_id = {action.id: action for action in actions}
    for name, count in counts.items():
        most = {other: held - (other == name) for other, held in counts.items()}
        fewer = [
            by_id[other].model_copy(update={"most": str(held)})
            for other, held in most.items()
            if held and by_id[other].direction != "set"
        ]
        settled = [by_id[other] for other, held in most.items() if held and by_id[other].direction == "set"]
        assert isinstance(cheapest(compiled("TSME"), row, [*fewer, *settled]), NoPath), (name, count)


def test_who_qualifies_already_has_a_path_without_steps() -> None:
    path = cheapest(compiled("TSME"), a_technology_sme(ip_class1=1, sti_staff_tsme={2025: 30}), SME_ACTIONS)
    assert isinstance(path, Path)
    assert (path.steps, path.cost, path.longest, path.done, path.conditional) == ((), 0, None, None, False)


def test_an_open_condition_stays_open_and_makes_the_path_conditional() -> None:
    row = a_technology_sme(ip_class1=1, sti_staff_tsme={2025: 9}, product_restricted=None)
    path = cheapest(compiled("TSME"), row, SME_ACTIONS)
    assert isinstance(path, Path)
    # 0 + 20 + 30 = 50: one technician is 4 points, and 54 are not enough; with R&D of 80 it is 64
    assert counts_of(path.steps) == {"rd": 1, "staff": 1}
    assert [(held.id, held.missing) for held in path.open] == [("T3", ("product_restricted",))]
    assert path.after.verdict is Verdict.UNKNOWN


def test_an_action_on_a_figure_that_is_not_known_is_skipped_and_named() -> None:
    row = a_technology_sme(rd_tax={2025: 0}, cost_expense={2025: 1900}, ip_class2=None, ip_class1=0)
    found = cheapest(compiled("TSME"), row, SME_ACTIONS)
    assert [held.action.id for held in found.skipped] == ["software"]
    assert found.skipped[0].zh == "做software：这项数据未报，不知道从多少算起"
    assert found.skipped[0].en.startswith("Do software: the figure is not reported")


def test_a_condition_no_action_can_mend_is_named() -> None:
    found = cheapest(compiled("TSME"), a_technology_sme(resident_enterprise=False), SME_ACTIONS)
    assert isinstance(found, NoPath)
    assert (found.blocked, found.together) == (("T1",), ())


def test_conditions_that_exclude_each_other_are_named_together() -> None:
    rule = a_rule(
        {"T1": "ip_class1 >= 2件", "T2": "ip_class1 <= 2件 and ip_class1 != 2件 or ip_class2 > 9件"}
    )
    found = cheapest(rule, facts(ip_class1=1, ip_class2=0), [an_action("patent", "ip_class1")])
    assert isinstance(found, NoPath)
    assert (found.blocked, found.together) == ((), ("T1",))


def test_a_figure_is_never_moved_to_where_its_share_has_no_value() -> None:
    # one step down to sales of zero would only hide the share, not meet it
    rule = a_rule({"T1": "rd_tax[Y-1] / sales_income[Y-1] >= 5%"})
    row = facts(rd_tax={2025: 0}, sales_income={2025: 1})
    assert isinstance(cheapest(rule, row, [an_action("less", "sales_income", direction="down")]), NoPath)


def test_a_figure_stays_inside_its_bounds() -> None:
    rule = a_rule({"T1": "sti_staff_tsme[Y-1] < 0人"})
    action = an_action("less", "sti_staff_tsme", direction="down")
    assert isinstance(cheapest(rule, facts(sti_staff_tsme={2025: 2}), [action]), NoPath)


def test_two_actions_on_one_figure_follow_each_other() -> None:
    rule = a_rule({"T1": "sti_staff_tsme[Y-1] >= 8人"})
    actions = [an_action("count", "sti_staff_tsme", "1"), an_action("hire", "sti_staff_tsme", "20", most="9")]
    path = cheapest(rule, facts(sti_staff_tsme={2025: 4}), actions)
    assert isinstance(path, Path)
    # three can be counted in for 1 each, the fourth must be hired for 20
    assert [(s.action.id, s.before, s.after, s.cost) for s in path.steps] == [
        ("count", 4, 7, 3 * WAN),
        ("hire", 7, 8, 20 * WAN),
    ]


def test_ties_go_to_fewer_actions_then_to_the_shorter_time_then_to_the_ids() -> None:
    rule = a_rule({"T1": "ip_class1 + ip_class2 >= 2件"})
    row = facts(ip_class1=0, ip_class2=0)
    slow, quick = {"n": 1, "unit": "year"}, {"n": 3, "unit": "month"}

    def chosen(*actions: Action) -> list[str]:
        path = cheapest(rule, row, actions)
        assert isinstance(path, Path)
        return [step.action.id for step in path.steps]

    one, two = an_action("a", "ip_class1", most="1"), an_action("b", "ip_class2", most="2")
    assert chosen(one, two) == ["b"]
    a, b = an_action("a", "ip_class1", lead_time=slow), an_action("b", "ip_class2", lead_time=quick)
    assert chosen(a, b) == ["b"]
    assert chosen(an_action("b", "ip_class1"), an_action("a", "ip_class2")) == ["a"]


def test_any_number_of_steps_is_found_without_looking_at_each() -> None:
    # without `most` up to 5,000,000 万元: 3 % of 1,234,567 万元 are 37,037.01, less 1 makes 37,036.01
    rule = a_rule({"T1": "rd_tax[Y-1] / sales_income[Y-1] >= 3%"})
    row = facts(rd_tax={2025: 1}, sales_income={2025: 1_234_567})
    path = cheapest(rule, row, [an_action("rd", "rd_tax", "1", most=None)])
    assert isinstance(path, Path)
    assert counts_of(path.steps) == {"rd": 37_037}


def test_too_many_steps_to_be_exact_are_refused_in_words() -> None:
    rule = a_rule({"T1": "rd_tax[Y-1] * sales_income[Y-1] / (rd_tax[Y-1] + sales_income[Y-1]) = 7万元"})
    row = facts(rd_tax={2025: 1}, sales_income={2025: 1})
    actions = [an_action("rd", "rd_tax", most=None), an_action("sales", "sales_income", most=None)]
    with pytest.raises(RuleError, match="写明最多步数") as raised:
        cheapest(rule, row, actions)
    assert "too many steps" in raised.value.en


def test_an_action_meant_for_another_rule_is_not_taken() -> None:
    rule = a_rule({"T1": "ip_class1 >= 1件"})
    row = facts(ip_class1=0)
    assert isinstance(cheapest(rule, row, [an_action("p", "ip_class1", applies_to=["TSME"])]), NoPath)
    assert isinstance(cheapest(rule, row, [an_action("p", "ip_class1", applies_to=["DEMO"])]), Path)


def test_the_last_step_is_done_when_the_longest_is_counted_in_working_days() -> None:
    rule = a_rule({"T1": "ip_class1 >= 1件", "T2": "not on_abnormal_list"})
    actions = [
        an_action("patent", "ip_class1", lead_time={"n": 3, "unit": "working_day"}),
        an_action("clear", "on_abnormal_list", to=False, lead_time={"n": 1, "unit": "month"}),
    ]
    row = facts(ip_class1=0, on_abnormal_list=True)
    path = cheapest(rule, row, actions, start=date(2026, 7, 31), calendar=published())
    assert isinstance(path, Path)
    # Friday 31 July + 3 working days = Wednesday 5 August; a month after 31 July is 31 August
    assert {step.action.id: step.done for step in path.steps} == {
        "clear": date(2026, 8, 31),
        "patent": date(2026, 8, 5),
    }
    assert path.done == date(2026, 8, 31)


def test_a_day_of_an_unpublished_year_is_not_guessed() -> None:
    rule = a_rule({"T1": "ip_class1 >= 1件"})
    slow = an_action("patent", "ip_class1", lead_time={"n": 300, "unit": "working_day"})
    path = cheapest(rule, facts(ip_class1=0), [slow], start=date(2026, 7, 31), calendar=published())
    assert isinstance(path, Path)
    assert path.done is None
    assert path.longest is not None


def test_costs_are_exact() -> None:
    rule = a_rule({"T1": "ip_class1 >= 3件"})
    path = cheapest(rule, facts(ip_class1=0), [an_action("p", "ip_class1", "1/3")])
    assert isinstance(path, Path)
    assert path.cost == Fraction(3 * WAN, 3)
