"""Domain builders for the tests of verifying: a text with its figures, and the facts of a small zone."""

from __future__ import annotations

import re
from array import array
from datetime import date
from fractions import Fraction
from typing import Any

from gaoxin.core.periods import Period
from gaoxin.core.quantities import unit as unit_named
from gaoxin.core.units import Dimension
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.records import Observation, Subject
from gaoxin.packs.schemas import Derivation, Metric
from gaoxin.reading.amounts import Amount
from gaoxin.reading.blocks import Block, Sentence
from gaoxin.reading.claims import Claim
from gaoxin.reading.reader import Reading
from gaoxin.reading.stretches import Stretch
from gaoxin.reading.verifying import Checked, Verdict, verify
from tests.facts.builders import a_derivation, a_fact_base, a_metric, an_observation, metrics_of

ZONE, CITY, PREFECTURE = "zone/chuxiong", "region/532301", "region/532300"
_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_COUNTED = frozenset("家户个项人名条只座")


def a_figure(quote: str, metric: str | None = "gdp", unit: str = "亿元", **more: Any) -> dict[str, Any]:
    """A figure of the text: `quote` stands in it; of the zone's GDP in 2021 unless told otherwise.

    `core`: number and unit without hedges. `value` in base units, read from the digits if left out.
    """
    return {"quote": quote, "metric": metric, "unit": unit, **more}


def a_draft(text: str, *figures: dict[str, Any], published: date | None = None) -> Reading:
    """The text as it would be read, its figures given in text order."""
    block = Block(
        "paragraph", Stretch(text, array("i", range(len(text)))), 0, 1, (Sentence(0, len(text), ()),)
    )
    claims, after = [], 0
    for figure in figures:
        claim = _claim(text, after, dict(figure))
        claims.append(claim)
        after = claim.end
    return Reading(text, (block,), tuple(claims), published)


def _claim(text: str, after: int, given: dict[str, Any]) -> Claim:
    quote, symbol, metric = given.pop("quote"), given.pop("unit"), given.pop("metric")
    start = text.index(quote, after)
    core = given.pop("core", quote)
    core_start = text.index(core, start)
    found = _NUMBER.search(core)
    decimals = given.pop("decimals", len(found[1] or "") if found else 0)
    held = unit_named(symbol) if symbol else None
    value = given.pop("value", None)
    if value is None and found and not given.get("no_value"):
        value = Fraction(found[0].replace(",", "")) * (held.factor if held else 1)
    given.pop("no_value", None)
    dimension = given.pop("dimension", held.dimension if held else None)
    amount = Amount(
        start,
        start + len(quote),
        core_start,
        core_start + len(core),
        given.pop("form", "number"),
        None if value is None else abs(Fraction(value)),
        given.get("op", "="),
        dimension,
        high=given.get("high"),
        noun=given.pop("noun", symbol[-1:] if symbol[-1:] in _COUNTED else ""),
        written_unit=symbol,
        decimals=decimals,
        hedge=given.pop("hedge", quote.replace(core, "")),
    )
    period = given.pop("period", "2021")
    of_period = given.pop("of_period", None)
    code = given.pop("subject", ZONE)
    sentence = _sentence(text, start)
    return Claim(
        quote,
        start,
        start + len(quote),
        0,
        amount,
        sentence,
        given.pop("kind", "level"),
        None if value is None else Fraction(value),
        given.pop("op", "="),
        symbol,
        given.pop("label", metric or ""),
        subject=given.pop("name", {ZONE: "楚雄高新区", CITY: "楚雄市", PREFECTURE: "楚雄州"}.get(code, code)),
        subject_code=code if "/" in code else "",
        metric=metric,
        period=None if period is None else Period.parse(period),
        of_period=None if of_period is None else Period.parse(of_period),
        period_stated=given.pop("period_stated", True),
        confidence=given.pop("confidence", 0.9),
        **given,
    )


def _sentence(text: str, at: int) -> tuple[int, int]:
    start = max(text.rfind(mark, 0, at) for mark in "。！？\n") + 1
    ends = [end for mark in "。！？\n" if (end := text.find(mark, at)) >= 0]
    return start, min(ends) + 1 if ends else len(text)


def a_percent(quote: str, metric: str | None = "gdp", kind: str = "growth", **more: Any) -> dict[str, Any]:
    return a_figure(quote, metric, "%", kind=kind, dimension=Dimension.ratio, **more)


def a_count(
    quote: str, metric: str | None = "market_entities", unit: str = "户", **more: Any
) -> dict[str, Any]:
    return a_figure(quote, metric, unit, **more)


def a_rank(quote: str, value: int, metric: str = "assessment", **more: Any) -> dict[str, Any]:
    known = {"kind": "rank", "form": "rank", "dimension": Dimension.rank}
    return a_figure(quote, metric, "位", value=value, **(known | more))


def catalogue() -> dict[str, Metric]:
    """What the tests measure; titles overlap, and two outputs differ in scope."""
    stock = {"unit": "家", "period_type": "stock_year_end"}
    return metrics_of(
        a_metric("gdp", zh="地区生产总值", aliases=("GDP",)),
        a_metric("primary", zh="第一产业增加值", within="gdp"),
        a_metric("secondary", zh="第二产业增加值", within="gdp"),
        a_metric("tertiary", zh="第三产业增加值", within="gdp"),
        a_metric("industrial_output", zh="规模以上工业总产值"),
        a_metric("enterprise_output", zh="高新技术企业产值", not_additive_with=("industry_output",)),
        a_metric("industry_output", zh="高新技术产业产值", not_additive_with=("enterprise_output",)),
        a_metric("revenue", zh="营业总收入"),
        a_metric("funds", zh="州外到位资金"),
        a_metric("market_entities", "户", zh="市场主体", period_type="stock_year_end"),
        a_metric("high_tech_enterprises", zh="高新技术企业", not_additive_with=("gazelles", "srdi"), **stock),
        a_metric("gazelles", zh="瞪羚企业", not_additive_with=("srdi", "champions"), **stock),
        a_metric("champions", zh="隐形冠军企业", not_additive_with=("srdi",), **stock),
        a_metric("srdi", zh="专精特新企业", **stock),
        a_metric("platforms", zh="省级以上研发平台", **stock),
        a_metric("national_platforms", zh="国家级研发平台", within="platforms", **stock),
        a_metric("projects", "个", zh="签约项目", period_type="count_year"),
        a_metric("contracted", zh="协议投资额"),
        a_metric("financing_cost", "%", zh="企业融资成本"),
        a_metric("approval_days", "天", zh="审批时限"),
        a_metric("assessment", "位", zh="综合考核"),
        a_metric("industries", "个", zh="辅助产业"),
    )


def checked(
    draft: Reading, *facts: Observation, derivations: tuple[Derivation, ...] = (), **more: Any
) -> Checked:
    """The draft against some facts."""
    base = a_fact_base(*facts)
    base.add_subject(Subject("region/530000", "云南省"))
    return verify(draft, base, catalogue(), derivations, **more)


def only(found: Checked, position: int = 0) -> Verdict:
    return found.verdicts[position]


def causes(found: Checked) -> list[str]:
    return [verdict.cause for verdict in found.verdicts]


def a_fact(id: str, metric: str, value: str, unit: str = "亿元", **more: Any) -> Observation:
    return an_observation(id, value, unit, metric=metric, **more)


__all__ = [
    "CITY",
    "PREFECTURE",
    "ZONE",
    "FactBase",
    "a_count",
    "a_derivation",
    "a_draft",
    "a_fact",
    "a_figure",
    "a_percent",
    "a_rank",
    "catalogue",
    "causes",
    "checked",
    "only",
]
