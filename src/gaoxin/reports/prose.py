"""How is a figure written in the running text of a brief (行文中的数字)?

The hedge a source printed is kept in words: a lower bound is 超过1700亿元, never 1700亿元. Tables and pages
print figures through `gaoxin.facts.rendering`.
"""

from __future__ import annotations

import re
from fractions import Fraction

from gaoxin.core.periods import Period
from gaoxin.core.quantities import Dimension, Unit, round_half_up
from gaoxin.core.quantities import unit as unit_named
from gaoxin.facts.records import Observation
from gaoxin.facts.values import Value

_BEFORE = {">": "超过", "<": "不足", "<=": "不超过"}
_AFTER = {">=": "以上", "~": "左右"}
_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
_COUNTED = frozenset({"工作日", "月"})
_MOST_DECIMALS, _MOST_COMPUTED = 6, 2


def written(obs: Observation) -> str:
    """The figure as a sentence carries it: 432亿元, 超过1700亿元, 2%左右, 1/4, 第4位, 生物医药、新材料.

    Units: those the source used. Rounding: the digits the source printed; a computed figure has at most two
    decimals.
    """
    value = obs.value
    if not value.is_number:
        return "、".join(_day_words(item) for item in value.items)
    if value.is_fraction:
        return str(value.text)
    assert value.dimension is not None
    unit = _unit(obs, value.dimension)
    if value.op == "[]":
        ends = [_digits(Fraction(end), value, unit) for end in (value.number, value.high) if end is not None]
        return "至".join(ends) + _after_number(unit)
    assert value.number is not None
    figure = _digits(Fraction(value.number), value, unit)
    if value.dimension is Dimension.rank:
        return f"第{figure}位"
    if figure == "0.5" and unit.symbol in _COUNTED:
        figure = "半"
    return _BEFORE.get(value.op, "") + figure + _after_number(unit) + _AFTER.get(value.op, "")


def growth(obs: Observation) -> str:
    """同比增长13.6%, 同比下降3.2%, 与上年持平; over several years 年均增长超过30%."""
    value = obs.value
    assert value.number is not None
    years = obs.period.end.year - obs.period.start.year
    way = "年均" if years else "同比"
    if value.number == 0 and value.op == "=":
        return "与上年持平" if not years else "年均持平"
    if value.number >= 0:
        return f"{way}增长{written(obs)}"
    turned = {">": "<", "<": ">", ">=": "<=", "<=": ">="}.get(value.op, value.op)
    size = Value(turned, -value.number, step=value.step, dimension=value.dimension)  # type: ignore[arg-type]
    unit = _unit(obs, value.dimension or Dimension.ratio)
    body = _digits(Fraction(-value.number), size, unit) + _after_number(unit)
    return f"{way}下降{_BEFORE.get(turned, '')}{body}{_AFTER.get(turned, '')}"


def rank(obs: Observation, region: str) -> str:
    """在山东省160个开发区中居第4位; 居第4位 where the ranked group is not known."""
    place = "首位" if obs.value.number == 1 and obs.value.op == "=" else written(obs)
    group = obs.group.strip()
    if not group:
        return f"在{region}居{place}" if region else f"居{place}"
    rest = group.removeprefix(region) if region else group
    whole = f"{region}{obs.population}个{rest}" if obs.population else group
    return f"在{whole}中居{place}"


def period_words(period: Period) -> str:
    """2021年, 2021年上半年, 2021年1至9月."""
    return period.label("zh").replace("–", "至")


def period_end_words(period: Period) -> str:
    """截至2021年底, 截至2021年9月底, 截至2021年9月15日."""
    end = period.end
    if (end.month, end.day) == (12, 31):
        return f"截至{end.year}年底"
    if period.form == "day" and period.end.day < 28:
        return f"截至{end.year}年{end.month}月{end.day}日"
    return f"截至{end.year}年{end.month}月底"


def _day_words(item: str) -> str:
    """1992 reads 1992年, 2018-02 2018年2月, 2018-02-28 2018年2月28日; other texts stay."""
    if _DAY.fullmatch(item) is None:
        return item
    return "".join(f"{int(part)}{mark}" for part, mark in zip(item.split("-"), "年月日", strict=False))


def _unit(obs: Observation, dimension: Dimension) -> Unit:
    symbol = obs.unit or ("%" if dimension is Dimension.ratio else dimension.base)
    found = unit_named(symbol)
    return unit_named("%") if dimension is Dimension.ratio and found.factor == 1 else found


def _digits(stored: Fraction, value: Value, unit: Unit) -> str:
    assert value.dimension is not None
    figure = stored / 10**value.dimension.scale / unit.factor
    return format(round_half_up(figure, _places(figure, value, unit)), "f")


def _places(figure: Fraction, value: Value, unit: Unit) -> int:
    assert value.dimension is not None
    if value.step:
        step = Fraction(value.step, 10**value.dimension.scale) / unit.factor
        return next((p for p in range(_MOST_DECIMALS) if Fraction(1, 10**p) <= step), _MOST_DECIMALS)
    exact = (p for p in range(_MOST_COMPUTED) if (figure * 10**p).denominator == 1)
    return next(exact, _MOST_COMPUTED)


def _after_number(unit: Unit) -> str:
    """万美元/人 reads 万美元 after a figure per head; a working day is counted with 个."""
    symbol = unit.symbol.partition("/")[0]
    return f"个{symbol}" if symbol in _COUNTED else symbol
