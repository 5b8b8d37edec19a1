"""A clause over a population: the law beside drafts. Sums in 万元."""

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gaoxin.core.errors import RuleError
from gaoxin.rules.crowds import Crowd
from gaoxin.rules.simulating import Simulator
from tests.rules.clause_builders import ON, WAN, a_crowd, a_simulator, compiler, in_wan

# Increments of 300, 1000 and 100: 30 % is 90, 300 and so 200 by the cap, and 30; one without a title; one
# whose titles are not known; one whose R&D is not known.
FIRMS: dict[str, dict[str, Any]] = {
    "a": {"rd_tax": {2025: 900, 2024: 600}, "industry_code": "C3562"},
    "b": {"rd_tax": {2025: 1600, 2024: 600}, "industry_code": "C3562"},
    "c": {"rd_tax": {2025: 700, 2024: 600}, "industry_code": "I6513"},
    "d": {"titles": [], "industry_code": "I6513"},
    "e": {"titles": None, "industry_code": "C3562"},
    "f": {"rd_tax": None},
}


def row(frame: pl.DataFrame, **held: object) -> dict[str, Any]:
    return frame.filter(**held).row(0, named=True)


def yuan(wan: int) -> Decimal:
    return Decimal(wan * 10_000).quantize(Decimal("0.01"))


def test_cost_of_the_law_is_low_base_and_high() -> None:
    cost = a_simulator("C9", FIRMS).law.cost
    assert (cost.passes, cost.open) == (3, 2)
    # low: 90 + 200 + 30. high: and 90 for e, 200 (the cap) for f. Three of four decided pass; e would get 90,
    # f the mean of the passes, 320 / 3 = 106.666666: base 320 + 3/4 × 196.666666 = 467.4999995, half up.
    assert in_wan([cost.low, cost.high]) == [320, 610]
    assert cost.base == 467_500_000
    assert cost.unbounded == 0


def test_draft_with_a_lower_cap_costs_less_and_names_its_losers() -> None:
    done = a_simulator("C9", FIRMS).run({"A": {"cap": "150万元"}})
    costs = row(done.costs(), draft="A")
    # b gets 150 instead of 200; the mean is now 270 / 3 = 90
    assert (costs["low"], costs["high"]) == (yuan(270), yuan(270 + 90 + 150))
    assert (costs["winners"], costs["losers"], costs["possible"]) == (0, 1, 1)
    assert (costs["gained"], costs["lost"]) == (0, yuan(-50))
    assert done.losers()["subject"].to_list() == ["b"]
    assert done.losers()["reasons"].to_list() == [[]]
    assert row(done.df(), change="possible")["subject"] == "f"


def test_condition_that_flips_is_the_reason() -> None:
    firms = {"small": {"fixed_invest": 2500}, "large": {"fixed_invest": 4000}}
    done = a_simulator("C1", firms).run(
        {"A": {"least_investment": "2000万元", "rates": "2000万元:1%,5000万元:2%"}}
    )
    won = done.winners()
    # 1 % of 2500
    assert won.select("subject", "difference").rows() == [("small", yuan(25))]
    assert won["reasons"].to_list() == [["C1.3: not_met → met"]]
    assert (won["verdict_before"][0], won["verdict_after"][0]) == ("fail", "pass")


def test_two_drafts_stand_side_by_side_on_the_same_facts() -> None:
    done = a_simulator("C9", FIRMS).run({"A": {"rate": "0.4"}, "B": {"rate": "20%", "cap": "100万元"}})
    # A: 120 + 200 + 40; B: 60 + 100 + 20
    assert done.costs()["low"].to_list() == [yuan(320), yuan(360), yuan(180)]
    assert set(done.df()["draft"]) == {"A", "B"}
    assert done.card.parameters["drafts"] == {"A": {"rate": "0.4"}, "B": {"rate": "20%", "cap": "100万元"}}


def test_distribution_tells_groups_and_keeps_what_is_not_known_apart() -> None:
    found = a_simulator("C9", FIRMS).run().distribution()
    industry = found.filter(dimension="industry")
    assert industry.select("group", "passes", "open").rows() == [("C", 2, 1), ("I", 1, 0), (None, 0, 1)]
    # nobody's size is known and nobody says where they are
    assert set(found["dimension"]) == {"industry"}


def test_size_class_weighs_the_open_ones() -> None:
    size = {"staff_year_end": {2025: 5}, "revenue": {2025: 100}, "industry_code": "C3562"}
    large = {"staff_year_end": {2025: 5000}, "revenue": {2025: 900_000}, "industry_code": "C3562"}
    firms = {
        "micro passes": size,
        "micro fails": {**size, "titles": []},
        "micro open": {**size, "titles": None},
        "large passes": large,
        "large open": {**large, "titles": None},
    }
    done = a_simulator("C9", firms).run()
    # 90 each: micro 90 + 1/2 × 90, large 90 + 1 × 90
    assert row(done.distribution(), group="micro")["base"] == yuan(135)
    assert row(done.distribution(), group="large")["base"] == yuan(180)
    assert row(done.costs(), draft="law")["base"] == yuan(315)


def test_nobody_decided_means_no_base() -> None:
    cost = a_simulator("C9", {"x": {"titles": None}}).law.cost
    assert (cost.low, cost.base, cost.high) == (0, None, 90 * WAN)


def test_missing_list_leaves_the_cost_without_a_bound() -> None:
    done = a_simulator("C14", {"a": {}, "b": {"compute_contracts": None}}).run()
    told = row(done.costs(), draft="law")
    # 200 + 50 for the first
    assert (told["low"], told["high"], told["bounded"], told["unbounded"]) == (yuan(250), None, yuan(250), 1)


def test_median_and_share_of_the_ten_largest() -> None:
    told = row(a_simulator("C9", FIRMS).run().costs(), draft="law")
    assert (told["median"], told["top_share"]) == (yuan(90), 1.0)
    many = {f"firm {at:02}": {"rd_tax": {2025: 700, 2024: 600}} for at in range(20)}
    told = row(a_simulator("C9", many).run().costs(), draft="law")
    # ten of twenty equal payments
    assert told["top_share"] == 0.5


def test_budget_is_shared_out_among_the_certain_claims() -> None:
    done = a_simulator("C9", FIRMS).run(budget=100 * WAN)
    # 100 of 320: 90 → 28.125, 200 → 62.5, 30 → 9.375
    assert done.shares()["share"].to_list() == [Decimal("281250.00"), yuan(62) + 5000, Decimal("93750.00")]
    assert done.shares()["share"].sum() == yuan(100)


def test_one_step_of_each_number_changes_the_cost() -> None:
    found = a_simulator("C9", FIRMS).run().marginal()
    # the cap moves by 10: b gets 210 or 190; the rate by a point: 31 % of 300 and 100 is 93 + 31, b is capped
    assert row(found, parameter="cap", step="10")["more_low"] == yuan(10)
    assert row(found, parameter="cap", step="-10")["more_low"] == yuan(-10)
    assert row(found, parameter="rate", step="1")["more_low"] == yuan(4)
    steps = a_simulator("C9", FIRMS).run().marginal(steps={"cap": "50万元"})
    assert row(steps, parameter="cap", step="50")["more_low"] == yuan(50)


def test_pieces_of_a_population_add_up_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaoxin.rules.crowds.PIECE", 2)
    whole = a_simulator("C9", FIRMS).run({"A": {"cap": "150万元"}})
    pieces = a_simulator("C9", FIRMS, totals_only=True).run({"A": {"cap": "150万元"}})
    assert whole.card.results == pieces.card.results
    with pytest.raises(RuleError, match="只算了合计"):
        pieces.df()


def test_population_is_grouped_once_and_reused() -> None:
    simulator = a_simulator("C9", FIRMS)
    assert isinstance(simulator.crowd, Crowd)
    assert simulator.run({"A": {"cap": "1万元"}}).simulator.crowd is simulator.crowd


def test_column_of_the_place_makes_a_group() -> None:
    frame = a_crowd("C9", FIRMS).with_columns(pl.Series("park", ["东园", "东园", "西园", None, None, None]))
    found = Simulator.load(compiler().book, "C9", frame, ON).run().distribution()
    assert row(found, dimension="place", group="东园")["low"] == yuan(290)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"cop": "1万元"}, "是不是想写 cap"),
        ({"cap": "100"}, "应写作 200万元"),
        ({"cap": "8%"}, "读不懂"),
        ({"rate": "很多"}, "读不懂"),
    ],
)
def test_number_that_cannot_be_read_says_how_it_is_written(written: dict[str, str], words: str) -> None:
    with pytest.raises(RuleError) as caught:
        a_simulator("C9", {"a": {}}).run({"A": written})
    assert words in caught.value.zh


def test_rule_that_pays_nothing_cannot_be_simulated() -> None:
    with pytest.raises(RuleError, match="没有金额"):
        Simulator.load(compiler().book, "TSME", pl.LazyFrame({"subject": ["a"]}), ON)


AMOUNTS = st.one_of(st.none(), st.integers(0, 50_000))
DRAWN = st.fixed_dictionaries(
    {
        "fixed_invest": AMOUNTS,
        "rd_tax": st.one_of(st.none(), st.fixed_dictionaries({2025: AMOUNTS, 2024: AMOUNTS})),
        "rd_q1": st.one_of(st.none(), st.fixed_dictionaries({2026: AMOUNTS, 2025: AMOUNTS})),
        "is_world500": st.sampled_from([None, True, False]),
        "in_stat_directory": st.sampled_from([None, True, False]),
        "invest_uplift_flag": st.sampled_from([None, True, False]),
        "staff_year_end": st.sampled_from([None, {2025: 5}, {2025: 2000}]),
        "industry_code": st.just("K7010"),
    }
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["C1", "C3", "C9"]), st.lists(DRAWN, min_size=1, max_size=6), st.integers(1, 9000))
def test_costs_are_ordered_and_a_higher_cap_never_costs_less(
    name: str, drawn: list[dict[str, Any]], cap: int
) -> None:
    simulator = a_simulator(name, {str(at): facts for at, facts in enumerate(drawn)})
    done = simulator.run({"A": {"cap": f"{cap}万元"}, "B": {"cap": f"{cap + 7}万元"}})
    for side in done.sides:
        assert side.cost.low <= side.cost.bounded
        if side.cost.base is not None:
            assert side.cost.low <= side.cost.base <= side.cost.bounded
    lower, higher = done["A"].cost, done["B"].cost
    assert lower.low <= higher.low
    assert lower.bounded <= higher.bounded
    assert lower.base is None or higher.base is None or lower.base <= higher.base
