"""The money of several clauses for one enterprise; sums in 万元 unless said otherwise."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from gaoxin.rules.judging import Judgement, judge
from gaoxin.rules.payslips import line_text, told
from gaoxin.rules.settling import Money, Settlement, settle
from tests.rules.clause_builders import ON, WAN, a_row, clause, judged


def settled(*names: str, paid: Any = (), on: Any = ON, **facts: Any) -> Settlement:
    return settle(judged(*names, **facts), on, paid)


def paid(clause: str, amount: int, year: int = 2026, matter: str = "") -> dict[str, Any]:
    return {
        "clause": clause,
        "amount": Fraction(amount * 10_000),
        "year": Fraction(year),
        "matter": matter,
        "level": None,
        "contract": None,
    }


def wan(low: int, high: int | None = None) -> Money:
    return Money(low * WAN, (low if high is None else high) * WAN)


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("C1", 100),  # 5000 is in the band from 5000: 2 % of 5000
        ("C3", 200),  # 1 % × (30000 − 4000) = 260, capped at 200
        ("C4", 300),  # 50 % × 600; the bill of 8 August is before the window
        ("C9", 90),  # 30 % × (900 − 600)
        (
            "C14",
            250,
        ),  # max(200, 150) + max(50, 20): 500 × 50 % = 250 → 200; 500 × 30 % = 150; 100 × 50 % = 50
        ("C16", 600),
    ],
)
def test_each_clause_pays_what_its_formula_gives(name: str, amount: int) -> None:
    line = settled(name)[name]
    assert (line.fate, line.counted) == ("counted", wan(amount))


def test_clauses_of_different_matters_add_up() -> None:
    # 100 + 200 + 300 + 90 + 250 + 600
    assert settled("C1", "C3", "C4", "C9", "C14", "C16").total == wan(1540)


def test_amount_before_the_cap_is_told() -> None:
    line = settled("C3")["C3"]
    assert (line.before_cap, line.cap) == (2_600_000, 2_000_000)
    assert "算得 260 万元，封顶 200 万元" in line_text(line)
    assert "comes to 260 ten thousand yuan, capped at 200" in line_text(line, "en")


def test_ceiling_is_told_as_at_most() -> None:
    assert "最多 100 万元" in line_text(settled("C1")["C1"])
    assert told(settled("C1"))[1] == "合计 最多 100 万元"


def test_computed_amount_is_no_ceiling() -> None:
    assert "可得 90 万元" in line_text(settled("C9")["C9"])
    assert told(settled("C9"))[1] == "合计 90 万元"


def test_failed_clause_names_its_conditions() -> None:
    line = settled("C9", titles=[])["C9"]
    assert (line.fate, line.counted) == ("not_met", wan(0))
    assert line_text(line).endswith("不符合 C9.1")


def test_yearly_cap_is_less_what_was_paid_this_year() -> None:
    # the cap of 500 less 350 of this year leaves 150; 90 of last year do not count
    line = settled("C4", paid=[paid("C4", 350), paid("C4", 90, 2025)])["C4"]
    assert (line.left, line.counted) == (wan(150), wan(150))


def test_used_up_yearly_cap_pays_nothing() -> None:
    line = settled("C4", paid=[paid("C4", 500)])["C4"]
    assert (line.fate, line.counted) == ("used_up", wan(0))


def test_unknown_payments_leave_a_yearly_cap_open() -> None:
    line = settled("C4", paid=None)["C4"]
    assert line.counted == wan(0, 300)


def test_once_only_clause_is_not_paid_twice() -> None:
    line = settled("C16", paid=[paid("C16", 300, 2024)])["C16"]
    assert (line.fate, line.counted) == ("had_before", wan(0))
    assert "只能享受一次" in line_text(line)


def test_once_only_clause_stays_open_while_payments_are_not_known() -> None:
    assert settled("C16", paid=None)["C16"].counted == wan(0, 600)


def test_stages_add_up_and_say_when() -> None:
    stages = settled("C16")["C16"].stages
    assert [(stage.zh, stage.amount) for stage in stages] == [
        ("启动时", wan(300)),
        ("绩效考核合格后", wan(300)),
    ]


def test_clawback_and_unconfirmed_numbers_are_named() -> None:
    held = settled("C16")
    assert "实际投资不到 2000 万元的，应当收回" in line_text(held["C16"])
    assert {"C16.plan_above", "C16.support"} <= set(held.unconfirmed)


def test_passed_deadline_is_a_flag_and_changes_nothing() -> None:
    late = settled("C3", on=date(2026, 4, 28))["C3"]
    assert late.late
    assert late.counted == wan(200)
    assert not settled("C3", on=date(2026, 4, 27))["C3"].late


def test_open_verdict_lies_between_nothing_and_all() -> None:
    line = settled("C9", titles=None)["C9"]
    assert line.counted == wan(0, 90)
    assert "资料不足，缺" in line_text(line)


def test_open_amount_of_a_pass_has_the_ends_of_its_inputs() -> None:
    # with or without the fifth more: 2 % × 5000 = 100, × 1.2 = 120
    line = settled("C1", invest_uplift_flag=None)["C1"]
    assert line.counted == wan(100, 120)
    assert line.missing == ("invest_uplift_flag",)


def test_amount_without_a_cap_has_no_bound_while_its_list_is_missing() -> None:
    line = settled("C14", compute_contracts=None)["C14"]
    assert line.counted == Money(0, None)
    assert "上限说不定" in line_text(line)
    assert settled("C9", "C14", compute_contracts=None).total == Money(90 * WAN, None)


def test_payment_of_another_clause_for_the_same_matter_is_pointed_out() -> None:
    line = settled("C9", paid=[paid("C99", 40, matter="rd-growth")])["C9"]
    assert line.paid_for_matter == 400_000
    assert "请核对是否重复" in line_text(line)


def of_one(judgement: Judgement, **changes: Any) -> Judgement:
    """The same clause with another matter or group."""
    rule = judgement.compiled.rule
    assert rule.benefit is not None
    changed = rule.model_copy(update={"benefit": rule.benefit.model_copy(update=changes)})
    return replace(judgement, compiled=replace(judgement.compiled, rule=changed))


def test_same_matter_at_two_levels_is_paid_once_at_the_higher() -> None:
    # the district pays 100, the province 90
    held = settle([of_one(one, matter="same") for one in judged("C1", "C9")], ON, [])
    assert held.total == wan(100)
    assert (held["C1"].fate, held["C9"].fate, held["C9"].counted) == ("counted", "no_double", wan(0))
    assert "不重复享受" in line_text(held["C9"])
    assert "优于 C9" in line_text(held["C1"])


def test_of_a_pick_one_group_the_best_is_chosen_and_the_others_listed() -> None:
    held = settle([of_one(one, group="choice") for one in judged("C3", "C4", "C9")], ON, [])
    assert held.total == wan(300)
    assert [line.fate for line in held.lines] == ["not_chosen", "counted", "not_chosen"]
    assert held["C4"].against == ("C3", "C9")
    assert "择一享受，选 C4" in line_text(held["C9"])


def test_choice_that_waits_for_data_says_so() -> None:
    # 100 for certain, or between nothing and 90: settled; against 0 to 200 it is not
    sure = settle([of_one(one, matter="same") for one in judged("C1", "C9", titles=None)], ON, [])
    assert sure["C1"].fate == "counted"
    drawn = [of_one(one, matter="same") for one in judged("C1", "C3", in_stat_directory=None)]
    open_ = settle(drawn, ON, [])
    assert open_.total == wan(100, 200)
    assert [line.fate for line in open_.lines] == ["undecided", "undecided"]
    assert "数据补齐后才能定" in line_text(open_["C3"])


def test_settlement_as_a_frame_is_in_yuan() -> None:
    frame = settled("C9", "C14", compute_contracts=None).df()
    assert frame["counted_low"].to_list() == [900_000, 0]
    assert frame["counted_high"].to_list() == [900_000, None]


def test_rule_that_pays_nothing_has_no_line() -> None:
    assert settle([judge(clause("TSME"), a_row())], ON).lines == ()
