"""Metrics and parameters of packs as the language reads them: units, bounds, the day that counts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from gaoxin.compute.language import Parameter, Table
from gaoxin.core.errors import RuleError
from gaoxin.facts.metric_specs import metric_spec
from gaoxin.packs.schemas import Metric
from gaoxin.packs.schemas.rule_parameter import RuleParameter
from gaoxin.rules.compiling import value_day
from gaoxin.rules.vocabulary import parameter_value, vocabulary
from tests.facts.builders import a_metric, metrics_of
from tests.rules.law_builders import SURE, a_law, a_parameter


def a_firm_metric(**more: Any) -> Metric:
    return a_metric("m", more.pop("unit", "万元"), **{"subjects": ("enterprise",), **more})


def a_limit(*lines: tuple[str | None, str | None, str], unit: str = "万元") -> RuleParameter:
    return RuleParameter.model_validate(a_parameter(unit, *lines))


def test_only_metrics_of_enterprises_are_words_of_the_language() -> None:
    firm, zone = a_firm_metric(), a_metric("z", subjects=("zone",))
    assert set(vocabulary(metrics_of(firm, zone))) == {"m"}


def test_bounds_are_told_in_base_units() -> None:
    spec = metric_spec(a_firm_metric(value_type="money", bounds={"low": "-1", "high": "2.5"}))
    assert (spec.low, spec.high, spec.scale) == (-10_000, 25_000, 2)  # −1 and 2.5 万元; fen


def test_one_stated_bound_leaves_the_usual_one_on_the_other_side() -> None:
    spec = metric_spec(a_firm_metric(value_type="money", bounds={"low": "0"}))
    assert (spec.low, spec.high) == (0, 5 * 10**12)


def test_a_share_without_unit_is_a_bare_ratio_at_twelve_decimals() -> None:
    assert metric_spec(a_firm_metric(unit=None, value_type="ratio")).scale == 12


def test_an_experts_points_are_marked_as_a_judgement() -> None:
    assert metric_spec(a_firm_metric(unit="分", period_type="expert_score")).expert
    assert not metric_spec(a_firm_metric(unit="分", period_type="external_score")).expert


def test_money_inside_a_list_is_kept_in_fen_and_ranks_are_whole() -> None:
    elements = [
        {"name": "amount", "zh": "金额", "en": "Amount", "type": "money"},
        {"name": "rank", "zh": "位次", "en": "Rank", "type": "rank"},
        {"name": "kind", "zh": "种类", "en": "Kind", "type": "code", "choices": {"a": "甲"}},
    ]
    metric = Metric.model_validate(
        {"id": "m", "zh": "m", "en": "m", "period_type": "event_list", "value_type": "list",
         "subjects": ["enterprise"], "elements": elements}
    )  # fmt: skip
    fields = metric_spec(metric).elements
    assert (fields["amount"].scale, fields["rank"].scale, fields["kind"].choices) == (2, 0, ("a",))


def test_a_parameter_changes_on_its_day() -> None:
    limit = a_limit(("2020-01-01", "2025-12-31", "300"), ("2026-01-01", None, "0.5"))
    before, after = (
        parameter_value("R", "most", limit, day) for day in (date(2025, 12, 31), date(2026, 1, 1))
    )
    assert isinstance(before, Parameter)
    assert isinstance(after, Parameter)
    assert (before.value, after.value) == (3_000_000, 5_000)  # 300 and 0.5 万元 in 元
    assert before.id == "R.most"


def test_a_day_on_which_nothing_holds_is_refused_not_filled() -> None:
    with pytest.raises(RuleError, match="没有取值"):
        parameter_value("R", "most", a_limit(("2020-01-01", None, "300")), date(2019, 12, 31))


def test_a_table_has_marks_and_values_in_base_units() -> None:
    line = {"from": "2020-01-01", "table": {"at_least": [["2", "10"], ["1", "5"]], "otherwise": "0"}, **SURE}
    written = {"zh": "比例", "en": "Rate", "unit": "%", "of_unit": "亿元", "values": [line]}
    table = parameter_value("R", "rates", RuleParameter.model_validate(written), date(2026, 1, 1))
    assert isinstance(table, Table)
    assert table.steps == ((2 * 10**8, Fraction(1, 10)), (10**8, Fraction(1, 20)))
    assert (table.otherwise, table.rising, table.closed) == (0, True, True)


@pytest.mark.parametrize(
    ("form", "rising", "closed"),
    [("at_least", True, True), ("above", True, False), ("at_most", False, True), ("below", False, False)],
)
def test_the_four_directions_of_a_table_are_told_apart(form: str, rising: bool, closed: bool) -> None:
    line = {"from": "2020-01-01", "table": {form: [["1", "5"]], "otherwise": "0"}, **SURE}
    written = {"zh": "比例", "en": "Rate", "unit": "%", "of_unit": "亿元", "values": [line]}
    table = parameter_value("R", "rates", RuleParameter.model_validate(written), date(2026, 1, 1))
    assert isinstance(table, Table)
    assert (table.rising, table.closed) == (rising, closed)


def test_a_parameter_of_a_tax_year_has_the_value_of_the_last_day_of_the_year_before() -> None:
    law = a_law(parameters={"most": a_parameter("人", ("2020-01-01", None, "5"), dated_by="last_year_end")})
    assert value_day(law, law.parameters["most"], date(2026, 7, 1)) == date(2025, 12, 31)


def test_a_text_asked_outside_its_days_has_the_values_of_its_first_or_last_day() -> None:
    law = a_law(
        effective={"from": "2020-01-01", "until": "2025-12-31"},
        parameters={"most": a_parameter("人", ("2020-01-01", "2025-12-31", "5"))},
    )
    days = [date(2019, 5, 1), date(2023, 5, 1), date(2026, 5, 1)]
    told = [value_day(law, law.parameters["most"], day) for day in days]
    assert told == [date(2020, 1, 1), date(2023, 5, 1), date(2025, 12, 31)]
