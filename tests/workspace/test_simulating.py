"""Clauses simulated and settled by a workspace. Sums in 万元."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import gaoxin as gx
from gaoxin.core.errors import FactError, PeriodError, RuleError
from tests.rules.clause_builders import a_crowd

# 5 % of 100000 is 5000, the cap; 2 % of 5000 is 100.
FIRMS = {"enterprise/1": {"fixed_invest": 100_000}, "enterprise/2": {"fixed_invest": 5000}}
ON = "2026-04-01"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> gx.Workspace:
    folder: Path = tmp_path_factory.mktemp("zone")
    (folder / "gaoxin.toml").write_text('packs = ["weifang", "examples"]\n', "utf-8")
    return gx.open(folder)


def yuan(wan: int) -> Decimal:
    return Decimal(wan * 10_000)


def test_values_as_written_are_draft_a(workspace: gx.Workspace) -> None:
    done = workspace.simulate("C1", a_crowd("C1", FIRMS), on=ON, cap="4000万元")
    assert done.costs()["low"].to_list() == [yuan(5100), yuan(4100)]
    assert done.losers()["subject"].to_list() == ["enterprise/1"]


def test_drafts_may_be_named_and_a_budget_given(workspace: gx.Workspace) -> None:
    drafts = {"lower": {"cap": "4000万元"}, "lowest": {"cap": "900万元"}}
    done = workspace.simulate("C1", a_crowd("C1", FIRMS), on=ON, drafts=drafts, budget="500万元")
    assert done.costs()["draft"].to_list() == ["law", "lower", "lowest"]
    # 500 of 1000: half of 900 and of 100
    assert done.shares("lowest")["share"].to_list() == [yuan(450), yuan(50)]


def test_card_says_how_to_run_it_again(workspace: gx.Workspace) -> None:
    crowd = a_crowd("C1", FIRMS)
    first, second = (workspace.simulate("C1", crowd, on=ON, cap="4000万元") for _ in range(2))
    assert first.card.results == second.card.results
    assert first.card.parameters["drafts"] == {"A": {"cap": "4000万元"}}


def test_facts_of_the_packs_are_taken_where_none_are_given(workspace: gx.Workspace) -> None:
    done = workspace.simulate("C1", on=ON)
    # the packs know names of firms and no investment: everybody is open
    told = done.costs().row(0, named=True)
    assert (told["passes"], told["low"], told["base"]) == (0, 0, None)
    assert told["open"] > 0


def test_enterprise_is_settled_under_the_clauses_of_the_zone(workspace: gx.Workspace) -> None:
    found = workspace.settle("2", a_crowd("C1", FIRMS), on=ON)
    # C1 and C2 of Weifang, C16 of the nation; the examples of other places do not apply here
    assert [line.rule for line in found.lines] == ["C1", "C16", "C2"]
    assert found["C1"].counted.low == 100 * 10_000 * 100
    assert found.card is not None
    assert found.card.parameters["clauses"] == ["C1", "C16", "C2"]


def test_clauses_may_be_named(workspace: gx.Workspace) -> None:
    crowd = a_crowd("C4", {"enterprise/1": {}})
    found = workspace.settle("enterprise/1", crowd, clauses=["C4"], on=ON)
    # half of 600; the list of payments is known and empty
    assert found.total.exact
    assert found.total.low == 300 * 10_000 * 100


def test_payments_that_nobody_knows_leave_the_sum_open(workspace: gx.Workspace) -> None:
    crowd = a_crowd("C4", {"enterprise/1": {"benefits_paid": None}})
    found = workspace.settle("enterprise/1", crowd, clauses=["C4"], on=ON)
    assert found.total.low == 0


def test_unknown_enterprise_is_named_with_near_ones(workspace: gx.Workspace) -> None:
    with pytest.raises(FactError, match="enterprise/3"):
        workspace.settle("enterprise/3", a_crowd("C1", FIRMS), clauses=["C1"], on=ON)


def test_several_zones_leave_open_whose_clauses_are_meant(tmp_path: Path) -> None:
    (tmp_path / "gaoxin.toml").write_text('packs = ["weifang", "chuxiong"]\n', "utf-8")
    with pytest.raises(RuleError, match="写明按哪些条款"):
        gx.open(tmp_path).settle("enterprise/1", a_crowd("C1", FIRMS), on=ON)


@pytest.mark.parametrize("budget", ["500", "500人", "很多", "-1万元", "0.001元"])
def test_budget_that_is_no_money_is_refused(workspace: gx.Workspace, budget: str) -> None:
    with pytest.raises(RuleError, match="应带单位"):
        workspace.simulate("C1", a_crowd("C1", FIRMS), on=ON, budget=budget)


def test_day_that_is_none_is_refused(workspace: gx.Workspace) -> None:
    with pytest.raises(PeriodError, match="2026-03-31"):
        workspace.simulate("C1", a_crowd("C1", FIRMS), on="April")


def test_near_misses_say_what_a_pass_is_worth(workspace: gx.Workspace) -> None:
    # R&D did not grow; the cheapest way books 10 万元 more, of which 30 % are paid
    firms = {"flat": {"rd_tax": {2025: 600, 2024: 600}}, "grown": {}}
    found = workspace.match("C9", a_crowd("C9", firms), on=ON).near_misses()
    told = found.df().row(0, named=True)
    assert (told["subject"], told["cost"]) == ("flat", Decimal("5000.00"))
    assert (told["value"], told["value_high"]) == (yuan(3), yuan(3))
    assert told["deadline"] is None


def test_last_day_to_apply_is_told_with_the_near_misses(workspace: gx.Workspace) -> None:
    firms = {"slow": {"rd_q1": {2026: 4200, 2025: 4000}}}
    told = workspace.match("C3", a_crowd("C3", firms), on=ON).near_misses().df().row(0, named=True)
    assert told["deadline"] == date(2026, 4, 27)


def test_passes_are_priced_by_the_clauses_of_the_zone_alone(workspace: gx.Workspace) -> None:
    # the one open zone is Weifang: C9 of Hainan prices no certificate there
    found = workspace.match("HNTE", a_crowd("C9", {"one": {}}), on=ON)
    assert [one.id for one in found.pricing.clauses] == ["C1", "C16", "C2"]
