"""The national titles: which text an application falls under, and what is only pointed out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from gaoxin.compute import polars_frames
from gaoxin.compute.language import MetricSpec, Scope, build_part
from gaoxin.compute.rows import frame_of
from gaoxin.core.errors import RuleError
from gaoxin.packs.library import open_library
from gaoxin.rules.book import RuleBook
from gaoxin.rules.cases import Case, CaseRunner
from gaoxin.rules.judging import Judgement


@cache
def book() -> RuleBook:
    return RuleBook(open_library())


def judged(rule: str, on: date, facts: dict[str, Any], application: Any = "new") -> Judgement:
    return CaseRunner(book()).judged(Case(rule, "flags", on, "万元", facts, {}, application))


@pytest.mark.parametrize(
    ("family", "on", "words"),
    [("ZJTX", date(2026, 6, 1), "专精特新中小企业"), ("XJR", date(2027, 1, 1), "小巨人")],
)
def test_a_renewal_for_which_the_documents_are_silent_is_refused(family: str, on: date, words: str) -> None:
    with pytest.raises(RuleError, match="没有写明") as told:
        book().select(family, on, "renewal")
    assert words in told.value.zh


def test_one_version_of_each_family_is_in_force_on_a_day() -> None:
    def versions(on: date, application: Any) -> set[str]:
        return {rule.id for rule in book().in_force(on, application) if rule.family in ("ZJTX", "XJR")}

    assert versions(date(2026, 3, 31), "new") == {"ZJTX63", "XJR63"}
    assert versions(date(2026, 4, 1), "new") == {"ZJTX26", "XJR26"}
    assert versions(date(2026, 4, 1), "renewal") == {"XJR63"}


def test_a_growth_rate_that_would_fall_short_as_a_compound_rate_is_pointed_out() -> None:
    # 0 % and 10 %: mean 5 %; compound √1.1 − 1 = 4.88 %
    facts = {"main_revenue": {2023: 1000, 2024: 1000, 2025: 1100}}
    told = judged("XJR63", date(2026, 2, 10), facts)
    assert {held.id: str(held.verdict) for held in told.conditions}["XO3"] == "met"
    assert told.flags["F1"] is True
    # 6 % and 6 %: both readings agree
    facts = {"main_revenue": {2023: 1000, 2024: 1060, 2025: "1123.6"}}
    assert judged("XJR63", date(2026, 2, 10), facts).flags["F1"] is False


def test_research_that_reaches_its_bound_in_two_years_only_is_pointed_out() -> None:
    facts = {"revenue": {2025: 4000}, "rd_book": {2024: 1600, 2025: 1400}}  # 3000 in two years
    assert judged("XJR63", date(2026, 2, 10), facts).flags["F2"] is True
    facts["rd_book"] = {2024: 1599, 2025: 1400}
    assert judged("XJR63", date(2026, 2, 10), facts).flags["F2"] is False


def test_points_for_rights_that_do_not_fit_their_number_are_pointed_out() -> None:
    facts = {"ip_class1": 0, "ip_class2": 2, "ip_class2_used_hnte": 0, "hnte_ip_quantity": 3}
    told = judged("HNTE", date(2026, 9, 1), facts)
    assert told.flags["F2"] is True  # two class II rights: 1 to 2
    assert told.scores["ip_quantity"] == (Fraction(3), Fraction(3))  # given is given
    facts["ip_class2"] = 4  # 3 to 4
    assert judged("HNTE", date(2026, 9, 1), facts).flags["F2"] is False


def test_a_title_granted_in_one_year_lasts_as_the_text_says() -> None:
    lasting = {name: book().library.rules[name].grants for name in ("HNTE", "TSME", "ZJTX26", "XJR26")}
    years = {name: grant.valid.years for name, grant in lasting.items() if grant and grant.valid}
    assert years == {"HNTE": 3, "TSME": 1, "ZJTX26": 3, "XJR26": 3}


def test_a_ladder_of_forty_rungs_is_rendered() -> None:
    # were the open set of each rung spelled out in the next, this would be 2⁴⁰ expressions
    metrics = {f"m{number}": MetricSpec.number(f"m{number}", "件") for number in range(40)}
    rungs = [{"when": f"m{number} >= 1件", "points": str(40 - number)} for number in range(40)]
    part = build_part({"id": "p", "ladder": rungs, "otherwise": "0"}, Scope("T", date(2026, 6, 30), metrics))
    plan = polars_frames.plan({"p": part.node}, {name: at for at, name in enumerate(sorted(metrics))})
    frame = frame_of(
        {"case": {"m0": Fraction(0), "m1": Fraction(0), "m2": Fraction(1)}}, plan.needs, plan.fields
    )
    told = polars_frames.apply(plan, frame.lazy()).collect().row(0, named=True)
    assert (told["p.lo.num"], told["p.hi.num"], told["p.open"]) == (38, 38, 0)
