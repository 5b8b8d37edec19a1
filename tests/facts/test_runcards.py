"""A run can be repeated, and a difference is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from gaoxin.core.errors import FactError, ReplayMismatch
from gaoxin.facts.runcards import RunCard, digest, replay
from tests.facts.builders import day


def a_card(results: Mapping[str, Any]) -> RunCard:
    return RunCard(
        packs={"national": "2026.11"},
        snapshot="ab" * 32,
        parameters={"rate": Decimal("0.08"), "zones": ("楚雄", "大庆"), "until": date(2026, 9, 30)},
        seed=7,
        code_version="0.1.0",
        created=day(0),
        results={},
    ).of(results)


RESULTS = {"winners": pl.DataFrame({"subject": ["a", "b"], "amount": [1, None]}), "total": Fraction(1, 3)}


def test_a_card_comes_back_from_its_file(tmp_path: Path) -> None:
    card = a_card(RESULTS)
    card.save(tmp_path / "card.json")
    again = RunCard.load(tmp_path / "card.json")
    assert again.results == card.results
    assert again.parameters["rate"] == {"decimal": "0.08"}
    assert (again.packs, again.snapshot, again.seed, again.created) == (card.packs, card.snapshot, 7, day(0))


def test_an_equal_run_gives_its_results() -> None:
    assert replay(a_card(RESULTS), lambda card: RESULTS)["total"] == Fraction(1, 3)


def test_a_different_run_names_what_differs() -> None:
    other = {"winners": pl.DataFrame({"subject": ["a", "b"], "amount": [1, 0]}), "ranks": [1, 2]}
    with pytest.raises(ReplayMismatch) as caught:
        replay(a_card(RESULTS), lambda card: other)
    context = caught.value.context
    assert (context["changed"], context["gone"], context["new"]) == (["winners"], ["total"], ["ranks"])
    assert "不同：winners" in caught.value.zh


def test_missing_and_zero_are_two_results() -> None:
    assert digest(pl.DataFrame({"a": [None]}, schema={"a": pl.Int64})) != digest(pl.DataFrame({"a": [0]}))
    assert digest(None) != digest(0)
    assert digest(Decimal("0.10")) != digest(Decimal("0.1"))


def test_sets_have_no_order_and_lists_have() -> None:
    assert digest({"b", "a"}) == digest({"a", "b"})
    assert digest(["b", "a"]) != digest(["a", "b"])


def test_what_cannot_be_written_exactly_is_refused() -> None:
    with pytest.raises(FactError, match="不能写入"):
        digest(float("nan"))
    with pytest.raises(FactError, match="object"):
        digest(object())


def test_a_file_that_is_no_card_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "card.json"
    for text in ("{", "{}", '{"format": 1, "packs": {}}', '{"format": 9}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(FactError):
            RunCard.load(path)
