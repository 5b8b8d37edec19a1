"""The title ledger: who holds what, what runs out, how a year changed it, what next year takes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from gaoxin.core.errors import RuleError
from gaoxin.core.intervals import Interval
from gaoxin.rules.attrition import attrition, required_new
from gaoxin.rules.title_flows import (
    Movement,
    explain_gap,
    lapsed_for_good,
    stock_flow,
    whole_bases,
    year_flow,
)
from gaoxin.rules.titles import TitleCount, TitleLedger
from gaoxin.rules.verdicts import Verdict

ON = date(2025, 12, 31)


def a_title(
    first: str | None, last: str | None, kind: str = "hnte", level: str = "national"
) -> dict[str, object]:
    return {
        "kind": kind,
        "level": level,
        "cert_no": "GR1",
        "valid_from": date.fromisoformat(first) if first else None,
        "valid_to": date.fromisoformat(last) if last else None,
    }


def a_ledger(**lists: list[dict[str, object]] | None) -> TitleLedger:
    return TitleLedger.of(lists)


def test_both_days_of_a_title_are_included() -> None:
    ledger = a_ledger(a=[a_title("2022-12-31", "2025-12-30")])
    days = ("2022-12-30", "2022-12-31", "2025-12-30", "2025-12-31")
    counted = [ledger.count("hnte", date.fromisoformat(day)).firms for day in days]
    assert counted == [0, 1, 1, 0]


def test_a_firm_with_two_certificates_counts_once_and_a_missing_list_is_open() -> None:
    ledger = a_ledger(
        a=[a_title("2023-01-01", "2025-12-31"), a_title("2025-06-01", "2028-05-31")],
        b=[],
        c=None,
        d=[a_title(None, "2027-01-01")],
        e=[a_title("2024-01-01", None)],
    )
    assert ledger.count("hnte", ON) == TitleCount("hnte", None, "stock", ON, firms=2, open=2)
    assert ledger.open_firms("hnte", ON) == {"c", "d"}
    assert ledger.holders("hnte", ON)["a"].last == date(2028, 5, 31)


def test_a_ledger_reads_a_population_frame() -> None:
    element = pl.Struct(
        {
            "kind": pl.String,
            "level": pl.String,
            "cert_no": pl.String,
            "valid_from": pl.Date,
            "valid_to": pl.Date,
        }
    )
    frame = pl.DataFrame(
        {"subject": ["a", "b", "c"], "titles": [[a_title("2024-01-01", "2026-12-31")], [], None]},
        schema={"subject": pl.String, "titles": pl.List(element)},
    )
    ledger = TitleLedger.of_frame(frame)
    assert ledger.kinds == ("hnte",)
    assert ledger.unknown == {"c"}
    assert ledger.count("hnte", ON).firms == 1


def test_titles_levels_new_and_net_are_never_added() -> None:
    """34 hidden champions, 43 gazelles and 82 SRDI firms are not 159 firms; one may be all three."""
    champions = TitleCount("champion", "provincial", "stock", ON, 34)
    for other in (
        TitleCount("zjtx", "provincial", "stock", ON, 82),
        TitleCount("champion", "national", "stock", ON, 43),
        TitleCount("champion", "provincial", "new", ON, 1),
        TitleCount("champion", "provincial", "net", ON, 1),
    ):
        with pytest.raises(RuleError, match="相加"):
            champions + other
    assert (champions + TitleCount("champion", "provincial", "stock", ON, 6, 1)).firms == 40


def test_firms_with_any_of_some_titles_are_counted_once() -> None:
    ledger = a_ledger(
        a=[a_title("2024-01-01", "2026-12-31"), a_title("2025-01-01", "2025-12-31", "tsme")],
        b=[a_title("2025-01-01", "2025-12-31", "tsme")],
    )
    assert ledger.any_of(["hnte", "tsme"], ON) == {"a", "b"}


def test_the_calendar_lists_every_month_and_says_what_is_renewed() -> None:
    ledger = a_ledger(
        a=[a_title("2023-02-01", "2026-01-31")],
        b=[a_title("2023-01-11", "2026-01-10"), a_title("2026-01-11", "2029-01-10")],
        c=[a_title("2023-03-05", "2026-03-04")],
        d=[a_title("2023-04-01", "2026-04-01")],
    )
    calendar = ledger.expiry_calendar("hnte", date(2026, 1, 1), date(2026, 3, 31))
    assert [(m.year, m.month, len(m.expiries), len(m.running_out)) for m in calendar] == [
        (2026, 1, 2, 1),
        (2026, 2, 0, 0),
        (2026, 3, 1, 1),
    ]
    assert [each.title.subject for each in calendar[0].expiries] == ["b", "a"]


def test_the_identity_of_a_year_holds_firm_by_firm() -> None:
    """Start: kept, lapsed, renewed = 3. + new 2 (new, passing) − lapsed 3 (lapsed, renewed, passing)
    + re-recognised 2 (renewed, regained) = 4 = kept, renewed, new, regained.
    """
    ledger = a_ledger(
        kept=[a_title("2023-11-01", "2026-10-31")],
        lapsed=[a_title("2022-11-01", "2025-10-31")],
        renewed=[a_title("2022-11-01", "2025-10-31"), a_title("2025-12-01", "2028-11-30")],
        new=[a_title("2025-11-01", "2028-10-31")],
        regained=[a_title("2020-11-01", "2023-10-31"), a_title("2025-11-01", "2028-10-31")],
        passing=[a_title("2025-02-01", "2025-11-30")],
        long_gone=[a_title("2019-11-01", "2022-10-31")],
        none=[],
        unknown=None,
    )
    flow = year_flow(ledger, "hnte", 2025)
    assert (flow.last, flow.new, flow.lapsed, flow.re_recognised, flow.now) == (3, 2, 3, 2, 4)
    assert flow.holds
    assert flow.firms == {
        "kept": Movement.KEPT,
        "lapsed": Movement.LAPSED,
        "renewed": Movement.RENEWED,
        "new": Movement.NEW,
        "regained": Movement.REGAINED,
        "passing": Movement.PASSING,
    }
    assert flow.moved(Movement.LAPSED, Movement.PASSING) == ("lapsed", "passing")
    assert flow.open == {"unknown"}


def test_new_and_net_of_a_year_are_two_measures() -> None:
    ledger = a_ledger(a=[a_title("2022-11-01", "2025-10-31")], b=[a_title("2025-11-01", "2028-10-31")])
    flow = year_flow(ledger, "hnte", 2025)
    assert (flow.newly.firms, flow.net.firms) == (1, 0)
    with pytest.raises(RuleError):
        flow.newly + flow.net


def test_a_span_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(RuleError, match="早于"):
        stock_flow(a_ledger(), "hnte", ON, ON)


def test_a_gap_to_an_official_list_is_explained_firm_by_firm() -> None:
    ledger = a_ledger(
        agreed=[a_title("2024-01-01", "2026-12-31")],
        over=[a_title("2022-11-01", "2025-10-31")],
        later=[a_title("2026-02-01", "2029-01-31")],
        undated=[a_title(None, None)],
        never=[],
        unknown=None,
        unlisted=[a_title("2025-01-01", "2027-12-31")],
    )
    listed = ["agreed", "over", "later", "undated", "never", "unknown", "stranger"]
    lines = {line.subject: (line.listed, line.zh) for line in explain_gap(ledger, "hnte", ON, listed)}
    assert lines == {
        "over": (True, "证书已于 2025-10-31 到期"),
        "later": (True, "证书自 2026-02-01 起有效"),
        "undated": (True, "证书没有起始日期"),
        "never": (True, "台账里没有这个称号"),
        "unknown": (True, "没有登记称号清单"),
        "stranger": (True, "台账里没有这家企业"),
        "unlisted": (False, "名单里没有，台账有效期自 2025-01-01 至 2027-12-31"),
    }


def daqing() -> TitleLedger:
    """229 holders at the end of 2020, of which 67 run out in 2021 and are gone; 86 new in 2021."""
    lists: dict[str, list[dict[str, object]]] = {}
    lists |= {f"gone{n}": [a_title("2018-11-01", "2021-10-31")] for n in range(67)}
    lists |= {f"kept{n}": [a_title("2019-12-01", "2022-11-30")] for n in range(229 - 67)}
    lists |= {f"new{n}": [a_title("2021-11-01", "2024-10-31")] for n in range(86)}
    return TitleLedger.of(lists)


def test_daqing_86_new_and_19_net_leave_67_lapsed() -> None:
    """229 + 86 − 67 + 0 = 248; 248 − 229 = 19 net; 86 is not 19."""
    assert whole_bases(248, printed("0.0825", "0.0835")) == (229,)
    assert lapsed_for_good(229, 86, 248) == 67
    flow = year_flow(daqing(), "hnte", 2021)
    assert (flow.last, flow.new, flow.lapsed, flow.re_recognised, flow.now) == (229, 86, 67, 0, 248)
    assert flow.holds
    assert flow.net.firms == 19


def test_daqing_needed_86_new_for_19_net() -> None:
    """At the end of 2020: of 67 running out in 2021 all fail, 19 + 67 = 86 are needed."""
    on = date(2020, 12, 31)
    verdicts = {f"gone{n}": Verdict.FAIL for n in range(67)}
    forecast = attrition(daqing(), "hnte", on, verdicts)
    assert (forecast.holding, len(forecast.expiring), forecast.failing, forecast.open) == (229, 67, 67, 0)
    assert forecast.required_new(19) == (86, 86)


def test_185_registered_technology_smes_after_26_7_percent_come_from_146() -> None:
    """185 ÷ 146 = 1.26712, which prints as 26.7 %; 145 gives 27.6 %, 147 gives 25.9 %."""
    assert whole_bases(185, printed("0.2665", "0.2675")) == (146,)


def test_numbers_that_cannot_belong_together_are_refused() -> None:
    with pytest.raises(RuleError, match="不是净增"):
        lapsed_for_good(229, 10, 248)
    with pytest.raises(RuleError):
        whole_bases(248, Interval.everything())


def test_a_forecast_is_an_interval_while_verdicts_are_open() -> None:
    """Four run out and are not renewed: pass, fail, unknown, not asked. 1 to 3 lapse: 5 net needs 6 to 8."""
    soon = [a_title("2023-03-01", "2026-02-28")]
    ledger = a_ledger(
        passes=soon,
        fails=soon,
        open=soon,
        unasked=soon,
        renewed=[*soon, a_title("2026-03-01", "2029-02-28")],
        later=[a_title("2024-01-01", "2027-01-01")],
    )
    verdicts = {"passes": Verdict.PASS, "fails": Verdict.FAIL, "open": Verdict.UNKNOWN}
    forecast = attrition(ledger, "hnte", ON, verdicts)
    assert forecast.until == date(2026, 12, 31)
    assert [each.title.subject for each in forecast.expiring] == ["fails", "open", "passes", "unasked"]
    assert (forecast.holding, forecast.passing, forecast.failing, forecast.open) == (6, 1, 1, 2)
    assert forecast.lapsing == (1, 3)
    assert forecast.required_new(5) == (6, 8)


def test_a_year_after_a_leap_day_ends_on_the_28th() -> None:
    assert attrition(a_ledger(), "hnte", date(2024, 2, 29), {}).until == date(2025, 2, 28)


def test_a_shrinking_target_needs_no_new_ones() -> None:
    assert required_new(-5, 3) == 0


def printed(low: str, high: str) -> Interval:
    """Everything a printed rate stands for: half a digit to both sides, the upper end left out."""
    return Interval(Fraction(low), Fraction(high), hi_open=True)
