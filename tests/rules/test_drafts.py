"""Numbers of a draft, as somebody writes them."""

from datetime import date
from fractions import Fraction

import pytest

from gaoxin.compute.language import Parameter, Table
from gaoxin.core.errors import RuleError
from gaoxin.rules.drafts import draft, step_of
from tests.rules.clause_builders import clause


def value(rule: str, name: str, written: str) -> object:
    held = draft(clause(rule), {name: written}).values[name]
    return held.value if isinstance(held, Parameter) else held


@pytest.mark.parametrize(
    ("rule", "name", "written", "expected"),
    [
        ("C1", "cap", "4000万元", 40_000_000),
        ("C1", "cap", "0.4亿元", 40_000_000),
        ("C9", "rate", "0.08", Fraction(8, 100)),
        ("C9", "rate", "8%", Fraction(8, 100)),
        ("C1", "uplift", "1.5", Fraction(3, 2)),
        ("C4", "memory", "2年", 2),
        ("C4", "last_bill", "2026-12-31", date(2026, 12, 31)),
    ],
)
def test_value_is_read_with_its_unit(rule: str, name: str, written: str, expected: object) -> None:
    assert value(rule, name, written) == expected


def test_table_keeps_its_direction_and_its_rest() -> None:
    table = value("C1", "rates", "3000万元:2%，1亿元:4%")
    assert isinstance(table, Table)
    assert table.steps == ((100_000_000, Fraction(4, 100)), (30_000_000, Fraction(2, 100)))
    assert (table.otherwise, table.rising, table.closed) == (0, True, True)


@pytest.mark.parametrize(
    ("rule", "name", "written"),
    [
        ("C1", "cap", "4000"),
        ("C1", "cap", "4000人"),
        ("C4", "last_bill", "12月31日"),
        ("C1", "rates", "3000:2%"),
        ("C1", "rates", "3000万元:1%,3000万元:2%"),
    ],
)
def test_what_cannot_be_read_is_refused_with_an_example(rule: str, name: str, written: str) -> None:
    with pytest.raises(RuleError) as caught:
        draft(clause(rule), {name: written})
    assert "应写作" in caught.value.zh
    assert caught.value.context["parameter"] == name


@pytest.mark.parametrize(
    ("rule", "name", "step"),
    [
        ("C1", "least_investment", 1_000_000),  # 3000 万元: 100 万元
        ("C3", "cap", 100_000),  # 200 万元: 10 万元
        ("C9", "rate", Fraction(1, 100)),  # 30 %: 1 point
        ("C3", "least_growth", Fraction(1, 1000)),  # 8 %: 0.1 point
        ("C4", "memory", 1),  # whole years
    ],
)
def test_step_is_a_tenth_of_the_leading_place(rule: str, name: str, step: Fraction) -> None:
    compiled = clause(rule)
    held = compiled.values[name]
    assert isinstance(held, Parameter)
    assert step_of(compiled.rule.parameters[name], held) == step
