"""A small world for the language: metrics, parameters and rows that speak the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from gaoxin.compute.dims import Dims
from gaoxin.compute.language import (
    Built,
    BuiltPart,
    FieldSpec,
    MetricSpec,
    Parameter,
    Scope,
    build,
    build_part,
    read_table,
)  # fmt: skip
from gaoxin.compute.reference import Outcome, Reading, Row, Value
from gaoxin.compute.tree import Type

ON = date(2026, 6, 30)
WAN = Fraction(10_000)

LIST = (
    MetricSpec("est_date", "date"),
    MetricSpec("zone_flag", "truth"),
    MetricSpec("industry_code", "text"),
    MetricSpec("tech_field", "text", choices=("new_materials", "aerospace", "none")),
    MetricSpec.number("staff", "人", yearly=True),
    MetricSpec.number("sti_staff", "人", yearly=True),
    MetricSpec.number("sales_income", "万元", yearly=True),
    MetricSpec.number("revenue", "万元", yearly=True),
    MetricSpec.number("net_assets", "万元", yearly=True),
    MetricSpec.number("liabilities", "万元", yearly=True, low=Fraction(0)),
    MetricSpec.number("total_assets", "万元", yearly=True, low=Fraction(0)),
    MetricSpec.number("rd_hnte", "万元", yearly=True, zh="高企口径", scope_family="rd_expenditure"),
    MetricSpec.number("rd_stat", "万元", yearly=True, zh="统计口径", scope_family="rd_expenditure"),
    MetricSpec.number("loans", "万元", yearly=True, scope_family="finance"),
    MetricSpec.number("transformations", "项", yearly=True),
    MetricSpec.number("ip_class1", "件"),
    MetricSpec.number("ip_class2", "件"),
    MetricSpec.number("segment_years", "年"),
    MetricSpec.number("market_rank", "位"),
    MetricSpec.number("market_share", "%"),
    MetricSpec.number("province_points", "分", low=Fraction(0), high=Fraction(15)),
    MetricSpec.number("expert_system", "分", expert=True),
    MetricSpec.number("expert_ip", "分", expert=True),
    MetricSpec.number("expert_results", "分", expert=True),
    MetricSpec.events(
        "titles",
        FieldSpec("kind", "text", choices=("hnte", "tsme", "zjtx")),
        FieldSpec("valid_from", "date"),
        FieldSpec("valid_to", "date"),
    ),
    MetricSpec.events(
        "awards",
        FieldSpec("level", "text", choices=("national", "provincial", "municipal")),
        FieldSpec("date", "date"),
        FieldSpec.number("rank"),
    ),
    MetricSpec.events(
        "equity_events",
        FieldSpec("date", "date"),
        FieldSpec.number("amount", "元"),
        FieldSpec("investor", "text"),
        FieldSpec("paid", "truth"),
    ),
)
METRICS: Mapping[str, MetricSpec] = {spec.id: spec for spec in LIST}
SCOPE = Scope(
    rule="HNTE",
    on=ON,
    metrics=METRICS,
    parameters={
        "most_staff": Parameter.number("HNTE.most_staff", "500", "人"),
        "pass_mark": Parameter.number("HNTE.pass_mark", "60", "分"),
        "window": Parameter.number("HNTE.window", "3", "年"),
        "first_day": Parameter("HNTE.first_day", date(2025, 8, 9)),
        "excluded": Parameter("HNTE.excluded", ("C16", "F51")),
        "rates": read_table(
            "HNTE.rates", {"at_most": [["5000", "5"], ["20000", "4"]], "otherwise": "3"}, "%", "万元"
        ),
    },
    declared={"rd_expenditure": ("rd_hnte",)},
)


def with_names(scope: Scope = SCOPE, **names: Built) -> Scope:
    return replace(scope, names={**scope.names, **names})


def told(
    text: str,
    row: Row | None = None,
    *,
    scope: Scope = SCOPE,
    expect: Type = "truth",
    dims: Dims | None = None,
) -> Outcome:
    """What a text comes out as for a row."""
    return Reading(row or {})[build(text, scope, expect, dims=dims).node]


def number(text: str, row: Row | None = None, scope: Scope = SCOPE) -> Value:
    return told(text, row, scope=scope, expect="number").value


def scored(part: Mapping[str, object], row: Row | None = None, scope: Scope = SCOPE) -> Outcome:
    """What a score part comes out as for a row."""
    return Reading(row or {})[part_of(part, scope).node]


def part_of(part: Mapping[str, object], scope: Scope = SCOPE) -> BuiltPart:
    return build_part(part, scope)


def wan(**values: int | str) -> dict[str, Value]:
    """Columns in 万元: revenue_2025=1728 → {"revenue@2025": 17,280,000 元}."""
    return {f"{name[:-5]}@{name[-4:]}": Fraction(value) * WAN for name, value in values.items()}


def counted(**values: int | str) -> dict[str, Value]:
    """Columns of counts, and of numbers without a year."""
    return {
        (f"{name[:-5]}@{name[-4:]}" if name[-4:].isdigit() else name): Fraction(value)
        for name, value in values.items()
    }
