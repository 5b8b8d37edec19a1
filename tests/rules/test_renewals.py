"""Titles that run out: whether the rule for a renewal would grant them again."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from gaoxin.packs.library import open_library
from gaoxin.rules.book import RuleBook
from gaoxin.rules.compiling import Compiler
from gaoxin.rules.renewals import renewal_rules, renewals
from gaoxin.rules.verdicts import Verdict
from tests.rules.law_builders import a_condition, a_law, compiled

ON = date(2026, 6, 30)
STAFF = compiled(a_law("DEMO", a_condition("T1", "staff_total_avg[Y-1] <= 500人")))  # grants tsme
SCALE = 10 ** STAFF.leaves[0].scale  # as headcounts are stored


def a_title(last: str | None, kind: str = "tsme", first: str = "2024-01-01") -> dict[str, Any]:
    return {
        "kind": kind,
        "level": None,
        "cert_no": None,
        "valid_from": date.fromisoformat(first),
        "valid_to": None if last is None else date.fromisoformat(last),
    }


def population(**firms: tuple[int | None, list[dict[str, Any]] | None]) -> pl.DataFrame:
    element = pl.Struct(
        {
            "kind": pl.String,
            "level": pl.String,
            "cert_no": pl.String,
            "valid_from": pl.Date,
            "valid_to": pl.Date,
        }
    )
    return pl.DataFrame(
        {
            "subject": list(firms),
            "staff_total_avg@2025": [None if staff is None else staff * SCALE for staff, _ in firms.values()],
            "titles": [held for _, held in firms.values()],
        },
        schema={"subject": pl.String, "staff_total_avg@2025": pl.Int64, "titles": pl.List(element)},
    )


def test_each_title_that_runs_out_is_judged_by_its_rule() -> None:
    soon = "2026-09-01"
    frame = population(
        passes=(40, [a_title(soon)]),
        fails=(501, [a_title(soon)]),
        silent=(None, [a_title(soon)]),
        lasting=(40, [a_title("2029-01-01")]),
        renewed=(40, [a_title(soon), a_title("2028-09-01", first="2026-05-01")]),
        nothing=(40, []),
        untold=(40, None),
    )
    found = renewals(frame, {"tsme": STAFF})
    told = {each.title.subject: (each.verdict, each.not_met, each.missing) for each in found}
    assert told == {
        "passes": (Verdict.PASS, (), ()),
        "fails": (Verdict.FAIL, ("T1",), ()),
        "silent": (Verdict.UNKNOWN, (), ("staff_total_avg",)),
    }


def test_a_title_without_a_rule_and_a_frame_without_titles_are_not_judged() -> None:
    frame = population(one=(40, [a_title("2026-09-01", kind="hnte")]))
    assert renewals(frame, {"tsme": STAFF}) == ()
    assert renewals(frame.drop("titles"), {"tsme": STAFF}) == ()


def test_the_version_is_the_one_for_a_renewal() -> None:
    # in 2026 little giants are renewed by the older text; for SRDI SMEs no document says which holds
    found = renewal_rules(Compiler(RuleBook(open_library()), ON, "renewal"))
    assert found["xjr"].id == "XJR63"
    assert "zjtx" not in found
    assert found["hnte"].id == "HNTE"
