"""The command line and the pages say the same words of a figure."""

from __future__ import annotations

import pytest

from gaoxin.facts.records import FIGURE_KINDS
from gaoxin.facts.records import STATUSES as RECORDED
from gaoxin.facts.wording import (
    KINDS,
    STATUSES,
    figure_name,
    formula_words,
    period_doubt,
    said,
    witness,
)
from tests.facts.builders import a_derivation, a_metric, metrics_of

METRICS = metrics_of(a_metric("gdp", zh="地区生产总值", en="GDP"), a_metric("output", zh="产值", en="Output"))


def test_every_kind_and_status_of_an_observation_has_its_words() -> None:
    assert set(KINDS) == FIGURE_KINDS
    assert set(STATUSES) == RECORDED
    for pair in (*KINDS.values(), *STATUSES.values()):
        assert all(pair)


@pytest.mark.parametrize(
    ("metric", "figure", "lang", "name"),
    [
        ("产值", "level", "zh", "产值"),
        ("产值", "share", "zh", "产值占比"),
        ("Output", "share", "en", "Output, share"),
        ("规上工业增加值增速", "growth", "zh", "规上工业增加值增速"),  # not 增速增速
    ],
)
def test_a_metric_and_a_kind_of_figure_make_one_name(metric: str, figure: str, lang: str, name: str) -> None:
    assert figure_name(metric, figure, lang) == name


def test_a_formula_is_told_in_names_signs_and_periods() -> None:
    rule = a_derivation(
        {"metric": "*"},
        {
            "level": {"metric": "*"},
            "level_before": {"metric": "*", "period": "previous"},
            "whole": {"metric": "gdp", "subject": "of"},
        },
        "(level - level_before) * 2 / whole",
    )
    assert formula_words(rule, "output", METRICS, "zh") == "(产值 − 上年产值) × 2 ÷ 总体地区生产总值"
    assert (
        formula_words(rule, "output", METRICS, "en")
        == "(Output − Output a year before) × 2 ÷ GDP of the whole"
    )


def test_what_is_certain_is_not_remarked_upon() -> None:
    assert period_doubt("verified", derived=False, lang="zh") == ""
    assert period_doubt("to_confirm", derived=False, lang="zh") == "时期为推定，来源没有写明"
    assert period_doubt("to_confirm", derived=True, lang="zh") == "所用的数里有时期为推定的"
    assert witness("《公报》", witnessed=True, lang="zh") == "《公报》"
    assert said(STATUSES["derived"], "en") == "Derived"
