"""Figures that meet in a sum are moved together, and the path stays the one that trying everything finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gaoxin.packs.schemas import Action
from gaoxin.rules.routes import Path, cheapest
from tests.rules.route_builders import a_rule, an_action, counts_of, facts, same_as_trying_everything

WAN = 10_000


@st.composite
def actions_on_research_over_years(draw: st.DrawFn) -> list[Action]:
    """Two actions on R&D of last year, one on the year before, one on domestic R&D, one on staff."""
    found = []
    for name, metric, period in (
        ("collect", "rd_hnte", "Y-1"), ("spend", "rd_hnte", "Y-1"), ("before", "rd_hnte", "Y-2"),
        ("home", "rd_hnte_domestic", "Y-1"), ("staff", "sti_staff_hnte", "Y-1"),
    ):  # fmt: skip
        found.append(
            an_action(
                name,
                metric,
                draw(st.sampled_from(["0", "0.5", "1", "5"])),
                period=period,
                direction=draw(st.sampled_from(["up", "up", "up", "down"])),
                step=draw(st.sampled_from(["1", "2", "3"])),
                most=draw(st.sampled_from(["1", "2", "3"])),
                lead_time={"n": draw(st.sampled_from([5, 20])), "unit": "working_day"},
            )
        )
    # long enough to be halved: with the others of R&D a sum of up to fifteen values and more
    at = draw(st.sampled_from([1, 2]))
    found[at] = found[at].model_copy(update={"most": "9"})
    return found


# Shares of sums over years: the figures of R&D meet in a sum, unless the last one reads one by itself.
RESEARCH = (
    "sum(rd_hnte[Y-3..Y-1] since est_date) / sum(sales_income[Y-3..Y-1] since est_date) >= 5%",
    "sum(rd_hnte_domestic[Y-3..Y-1] since est_date) / sum(rd_hnte[Y-3..Y-1] since est_date) >= 60%",
    "sti_staff_hnte[Y-1] / staff_total_avg[Y-1] >= 10% or sum(rd_hnte[Y-3..Y-1] since est_date) > 25万元",
    "rd_hnte[Y-1] - rd_hnte[Y-2] <= 3万元",
)


@settings(max_examples=60, deadline=None)
@given(
    actions_on_research_over_years(), st.sampled_from(["2015-01-01", "2024-03-01", "2025-03-01", None]),
    st.sampled_from([0, 3, 6]), st.sampled_from([0, 4, 9]), st.integers(0, 1), st.integers(3, 4),
)  # fmt: skip
def test_research_that_meets_in_a_sum_has_the_path_that_trying_everything_finds(
    actions: list[Action], founded: str | None, rd: int, home: int, staff: int, conditions: int
) -> None:
    rule = a_rule(
        {f"T{at}": test for at, test in enumerate(RESEARCH[:conditions], 1)},
        scope={"rd_expenditure": ["rd_hnte", "rd_hnte_domestic"], "sti_staff": ["sti_staff_hnte"],
               "headcount": ["staff_total_avg"], "income": ["sales_income"]},
    )  # fmt: skip
    # sales of 300 in all, of which 5 % are 15; 60 % of 15 are 9
    row = facts(
        rd_hnte={2023: 1, 2024: 2, 2025: rd}, rd_hnte_domestic={2023: 0, 2024: 1, 2025: home},
        sales_income={2023: 90, 2024: 100, 2025: 110}, staff_total_avg={2025: 20},
        sti_staff_hnte={2025: staff}, **({"est_date": founded} if founded else {}),
    )  # fmt: skip
    same_as_trying_everything(rule, row, actions)


def test_research_of_many_steps_is_collected_before_it_is_spent() -> None:
    # R&D of 60 + 70 + 80 = 210 of sales of 9,000: 5 % are 450, 240 lack. Ten steps of 10 can be collected for
    # 0.5 each in either year: 200 for 10; the last 40 are spent, four steps for 40. Of 450, 60 % at home are
    # 270; there are 150, and the 120 that lack are shifted in twelve steps for 12: 62 in all.
    rule = a_rule(
        {"T1": RESEARCH[0], "T2": RESEARCH[1]},
        scope={"rd_expenditure": ["rd_hnte", "rd_hnte_domestic"], "income": ["sales_income"]},
    )
    row = facts(
        est_date="2015-01-01", rd_hnte={2023: 60, 2024: 70, 2025: 80},
        rd_hnte_domestic={2023: 50, 2024: 50, 2025: 50}, sales_income={2023: 3000, 2024: 3000, 2025: 3000},
    )  # fmt: skip
    actions = [
        an_action("collect", "rd_hnte", "0.5", step="10", most="10"),
        an_action("before", "rd_hnte", "0.5", step="10", most="10", period="Y-2"),
        an_action("spend", "rd_hnte", "10", step="10", most="100"),
        an_action("home", "rd_hnte_domestic", "1", step="10", most="50"),
    ]
    path = cheapest(rule, row, actions)
    assert isinstance(path, Path)
    assert counts_of(path.steps) == {"collect": 10, "before": 10, "spend": 4, "home": 12}
    assert path.cost == 62 * WAN


def test_a_larger_step_that_goes_further_for_less_is_taken() -> None:
    # from 0 to at least 2: two steps of 1 cost 20, one step of 3 costs 1 and goes to 3
    rule = a_rule({"T1": "rd_tax[Y-1] >= 2万元"})
    actions = [an_action("small", "rd_tax", "10", most="9"), an_action("large", "rd_tax", "1", step="3")]
    path = cheapest(rule, facts(rd_tax={2025: 0}), actions)
    assert isinstance(path, Path)
    assert counts_of(path.steps) == {"large": 1}
