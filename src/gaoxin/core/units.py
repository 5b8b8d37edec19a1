"""Which units does the zone write, and which of them convert into each other?

A unit belongs to a *dimension* (量纲), which fixes the integer scale of the ledger, and to a *kind* inside
it. Two units convert when both agree: 户 and 家 both count enterprises; 人 is a count as well, yet never
converts to 家. Storage, conversion and printing are in `gaoxin.core.quantities`.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from gaoxin.core.errors import UnitError


class Dimension(Enum):
    """What is measured. Every number is kept as an integer: `scale` decimals of the base unit.

    A density is stored in the quotient of the two base units, so that a division of stored numbers is right.
    """

    base: str
    scale: int
    zh: str

    money = ("money", "元", 2, "金额")
    money_usd = ("money_usd", "美元", 2, "美元金额")
    ratio = ("ratio", "1", 12, "比率")
    percentage_point = ("percentage_point", "1pp", 12, "百分点变化")
    count = ("count", "个", 6, "数量")
    area = ("area", "平方米", 4, "面积")
    time = ("time", "天", 6, "时长")
    energy = ("energy", "焦耳", 0, "能量")
    coal_equivalent = ("coal_equivalent", "吨标准煤", 6, "综合能耗")
    power = ("power", "瓦", 3, "功率")
    mass = ("mass", "千克", 6, "质量")
    volume = ("volume", "立方米", 6, "体积")
    length = ("length", "米", 4, "长度")
    point = ("point", "分", 6, "评分")
    multiple = ("multiple", "倍", 9, "倍数")
    rank = ("rank", "位", 0, "位次")
    money_per_area = ("money_per_area", "元/平方米", 8, "单位面积金额")
    money_per_count = ("money_per_count", "元/个", 6, "每个（每人、每户）金额")
    usd_per_count = ("usd_per_count", "美元/个", 6, "每人美元金额")
    energy_per_money = ("energy_per_money", "焦耳/元", 6, "单位产值能量")
    coal_per_money = ("coal_per_money", "吨标准煤/元", 15, "单位产值能耗")
    mass_per_money = ("mass_per_money", "千克/元", 9, "单位产值排放")
    volume_per_money = ("volume_per_money", "立方米/元", 9, "单位产值用水")
    count_per_count = ("count_per_count", "个/个", 12, "每单位数量")
    count_per_area = ("count_per_area", "个/平方米", 12, "密度")

    def __new__(cls, value: str, base: str, scale: int, zh: str) -> Dimension:
        member = object.__new__(cls)
        member._value_ = value
        member.base, member.scale, member.zh = base, scale, zh
        return member

    @property
    def en(self) -> str:
        return str(self.value).replace("_", " ")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit (单位): `factor` is its size in base units of the dimension, exactly.

    `kind` narrows the dimension: only units of one dimension and one kind convert.
    """

    symbol: str
    zh: str
    en: str
    dimension: Dimension
    factor: Fraction
    kind: str = ""

    def converts_to(self, other: Unit) -> bool:
        return self.dimension is other.dimension and self.kind == other.kind

    def __str__(self) -> str:
        return self.symbol


_MULTIPLES: tuple[tuple[str, str, int], ...] = (
    ("百", "hundred", 2),
    ("千", "thousand", 3),
    ("万", "ten thousand", 4),
    ("十万", "hundred thousand", 5),
    ("百万", "million", 6),
    ("千万", "ten million", 7),
    ("亿", "hundred million", 8),
    ("十亿", "billion", 9),
    ("百亿", "ten billion", 10),
    ("千亿", "hundred billion", 11),
    ("万亿", "trillion", 12),
)
_D = Dimension
_MU = Fraction(2000, 3)
_KWH = 3_600_000
_PERCENT = Fraction(1, 100)

# symbol, English, dimension, factor, kind
_PLAIN: tuple[tuple[str, str, Dimension, Fraction | int, str], ...] = (
    ("角", "jiao", _D.money, Fraction(1, 10), ""),
    ("分钱", "fen", _D.money, Fraction(1, 100), ""),
    ("美分", "US cents", _D.money_usd, Fraction(1, 100), ""),
    ("1", "", _D.ratio, 1, ""),
    ("%", "%", _D.ratio, _PERCENT, ""),
    ("‰", "‰", _D.ratio, Fraction(1, 1000), ""),
    ("百分点", "percentage points", _D.percentage_point, _PERCENT, ""),
    ("千分点", "per mille points", _D.percentage_point, Fraction(1, 1000), ""),
    ("基点", "basis points", _D.percentage_point, Fraction(1, 10_000), ""),
    ("公顷", "hectares", _D.area, 10_000, ""),
    ("平方公里", "square kilometres", _D.area, 1_000_000, ""),
    ("天", "days", _D.time, 1, ""),
    ("周", "weeks", _D.time, 7, ""),
    ("小时", "hours", _D.time, Fraction(1, 24), ""),
    ("分钟", "minutes", _D.time, Fraction(1, 1440), ""),
    ("工作日", "working days", _D.time, 1, "working_day"),
    ("半工作日", "half working days", _D.time, Fraction(1, 2), "working_day"),
    ("年", "years", _D.time, 1, "year"),
    ("季度", "quarters", _D.time, Fraction(1, 4), "year"),
    ("月", "months", _D.time, Fraction(1, 12), "year"),
    ("焦耳", "J", _D.energy, 1, ""),
    ("千焦", "kJ", _D.energy, 10**3, ""),
    ("兆焦", "MJ", _D.energy, 10**6, ""),
    ("吉焦", "GJ", _D.energy, 10**9, ""),
    ("太焦", "TJ", _D.energy, 10**12, ""),
    ("Wh", "Wh", _D.energy, 3600, ""),
    ("kWh", "kWh", _D.energy, _KWH, ""),
    ("MWh", "MWh", _D.energy, _KWH * 10**3, ""),
    ("GWh", "GWh", _D.energy, _KWH * 10**6, ""),
    ("TWh", "TWh", _D.energy, _KWH * 10**9, ""),
    ("瓦", "W", _D.power, 1, ""),
    ("兆瓦", "MW", _D.power, 10**6, ""),
    ("吉瓦", "GW", _D.power, 10**9, ""),
    ("克", "g", _D.mass, Fraction(1, 1000), ""),
    ("千克", "kg", _D.mass, 1, ""),
    ("升", "litres", _D.volume, Fraction(1, 1000), ""),
    ("毫米", "mm", _D.length, Fraction(1, 1000), ""),
    ("厘米", "cm", _D.length, Fraction(1, 100), ""),
    ("公里", "km", _D.length, 1000, ""),
    ("分", "points", _D.point, 1, ""),
    ("倍", "times", _D.multiple, 1, ""),
    ("位", "place", _D.rank, 1, ""),
)

# units that also occur with 百, 千, 万 … in front of them
_MULTIPLIED: tuple[tuple[str, str, Dimension, Fraction | int, str], ...] = (
    ("元", "yuan", _D.money, 1, ""),
    ("美元", "US dollars", _D.money_usd, 1, ""),
    ("平方米", "square metres", _D.area, 1, ""),
    ("亩", "mu", _D.area, _MU, ""),
    ("千瓦时", "kWh", _D.energy, _KWH, ""),
    ("千瓦", "kW", _D.power, 1000, ""),
    # Electricity becomes standard coal in two ways (当量值, 等价值), so coal is a dimension of its own.
    ("吨标准煤", "tonnes of coal equivalent", _D.coal_equivalent, 1, ""),
    ("吨", "tonnes", _D.mass, 1000, ""),
    ("立方米", "cubic metres", _D.volume, 1, ""),
    ("米", "metres", _D.length, 1, ""),
    ("家", "enterprises", _D.count, 1, "enterprise"),
    ("户", "enterprises", _D.count, 1, "enterprise"),
    ("人", "persons", _D.count, 1, "person"),
    ("名", "persons", _D.count, 1, "person"),
    ("人次", "visits", _D.count, 1, "visit"),
)
_THINGS = "个项件条只批类期座栋幢台套宗种所处起笔份场次届辆艘部张支款块间床篇册门例股枚级"

_ALIASES: dict[str, str] = {
    "人民币元": "元",
    "元人民币": "元",
    "圆": "元",
    "块钱": "元",
    "cny": "元",
    "rmb": "元",
    "yuan": "元",
    "美金": "美元",
    "usd": "美元",
    "比率": "1",
    "分数": "1",
    "ratio": "1",
    "百分比": "%",
    "pp": "百分点",
    "个百分点": "百分点",
    "bp": "基点",
    "个基点": "基点",
    "m2": "平方米",
    "m²": "平方米",
    "㎡": "平方米",
    "平米": "平方米",
    "万㎡": "万平方米",
    "万平米": "万平方米",
    "万m2": "万平方米",
    "万m²": "万平方米",
    "km2": "平方公里",
    "km²": "平方公里",
    "㎢": "平方公里",
    "平方千米": "平方公里",
    "ha": "公顷",
    "hm2": "公顷",
    "hm²": "公顷",
    "日": "天",
    "自然日": "天",
    "日历日": "天",
    "day": "天",
    "days": "天",
    "星期": "周",
    "个小时": "小时",
    "h": "小时",
    "个工作日": "工作日",
    "个半天": "半工作日",
    "年度": "年",
    "周年": "年",
    "year": "年",
    "个季度": "季度",
    "个月": "月",
    "J": "焦耳",
    "焦": "焦耳",
    "kj": "千焦",
    "mj": "兆焦",
    "gj": "吉焦",
    "tj": "太焦",
    "度": "千瓦时",
    "度电": "千瓦时",
    "万度": "万千瓦时",
    "亿度": "亿千瓦时",
    "兆瓦时": "MWh",
    "吉瓦时": "GWh",
    "太瓦时": "TWh",
    "tce": "吨标准煤",
    "吨标煤": "吨标准煤",
    "万吨标煤": "万吨标准煤",
    "W": "瓦",
    "kw": "千瓦",
    "mw": "兆瓦",
    "gw": "吉瓦",
    "g": "克",
    "kg": "千克",
    "公斤": "千克",
    "t": "吨",
    "m3": "立方米",
    "m³": "立方米",
    "㎥": "立方米",
    "方": "立方米",
    "l": "升",
    "L": "升",
    "m": "米",
    "km": "公里",
    "千米": "公里",
    "㎞": "公里",
    "item": "个",
    "person": "人",
    "point": "分",
    "名次": "位",
}

_DENSITIES: dict[tuple[Dimension, Dimension], Dimension] = {
    (_D.money, _D.area): _D.money_per_area,
    (_D.money, _D.count): _D.money_per_count,
    (_D.money_usd, _D.count): _D.usd_per_count,
    (_D.energy, _D.money): _D.energy_per_money,
    (_D.coal_equivalent, _D.money): _D.coal_per_money,
    (_D.mass, _D.money): _D.mass_per_money,
    (_D.volume, _D.money): _D.volume_per_money,
    (_D.count, _D.count): _D.count_per_count,
    (_D.count, _D.area): _D.count_per_area,
}

_MENDS: dict[str, str] = {
    "万": "请写明是万元、万人还是万户",
    "亿": "请写明是亿元还是亿人",
    "千": "请写明是千元还是千人",
    "番": "翻一番请写 2 倍，翻两番请写 4 倍",
    "成": "一成请写 10%",
    "点": "请写百分点或分",
    "个点": "请写百分点",
    "港元": "外币只登记美元，其他币种请先折算成元",
    "欧元": "外币只登记美元，其他币种请先折算成元",
    "日元": "外币只登记美元，其他币种请先折算成元",
    "半日": "请写半工作日或小时",
    "半天": "请写半工作日或小时",
}


def _table() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for symbol, en, dimension, factor, kind in _PLAIN:
        units[symbol] = Unit(symbol, symbol, en, dimension, Fraction(factor), kind)
    things = tuple((symbol, "items", _D.count, 1, "thing") for symbol in _THINGS)
    for symbol, en, dimension, factor, kind in (*_MULTIPLIED, *things):
        units[symbol] = Unit(symbol, symbol, en, dimension, Fraction(factor), kind)
        for prefix, english, exponent in _MULTIPLES:
            name = prefix + symbol
            # 千米 is 公里 by another name; two names of one unit would not be one unit
            if name not in units and name not in _ALIASES:
                size = Fraction(factor) * 10**exponent
                units[name] = Unit(name, name, f"{english} {en}", dimension, size, kind)
    return units


_UNITS = _table()
_FOLDED = {symbol.lower(): symbol for symbol in _UNITS}


@lru_cache(maxsize=1024)
def unit(symbol: str) -> Unit:
    """The unit of that name, alias or quotient (万元/亩).

    Raises: UnitError that says what to write; an unknown unit is never read as *no unit*.
    """
    name = _tidy(symbol)
    found = _lookup(name)
    if found is not None:
        return found
    if name.count("/") == 1:
        return _quotient(name, symbol)
    raise _unknown(symbol, name)


def _tidy(symbol: str) -> str:
    out = []
    for char in symbol.strip():
        point = ord(char)
        if char in " \u00a0\u2009\u202f\u3000\t":
            continue
        out.append(chr(point - 0xFEE0) if 0xFF01 <= point <= 0xFF5E else char)
    return "".join(out)


def _lookup(name: str) -> Unit | None:
    # one letter keeps its case: m is a metre, M may be a million
    folded = name.lower() if len(name) > 1 else name
    target = _ALIASES.get(name) or _ALIASES.get(folded) or name
    return _UNITS.get(target) or _UNITS.get(_FOLDED.get(folded, ""))


def _quotient(name: str, symbol: str) -> Unit:
    above_name, below_name = name.split("/")
    above, below = _lookup(above_name), _lookup(below_name)
    if above is None or below is None:
        raise _unknown(symbol, above_name if above is None else below_name)
    dimension = _DENSITIES.get((above.dimension, below.dimension))
    if dimension is None:
        raise UnitError(
            f"单位“{symbol}”没有意义：{above.dimension.zh}不能除以{below.dimension.zh}",
            f"“{symbol}” makes no unit: {above.dimension.en} per {below.dimension.en}",
            unit=symbol,
        )
    kind = "/".join(part for part in (above.kind, below.kind) if part)
    text = f"{above.symbol}/{below.symbol}"
    return Unit(text, text, f"{above.en} per {below.en}", dimension, above.factor / below.factor, kind)


def _unknown(symbol: str, name: str) -> UnitError:
    if not name:
        zh, en = "没有写单位，请写明，如 亿元、家、%", "no unit given; write one, e.g. 亿元, 家, %"
        return UnitError(zh, en, unit=symbol)
    near = near_units(name)
    mend = _MENDS.get(name)
    if mend is None:
        mend = f"是不是 {'、'.join(near)}" if near else "请写通用单位，如 亿元、家、%、平方米"
    hint = f"; did you mean {', '.join(near)}" if near else ""
    zh, en = f"不认识单位“{symbol}”，{mend}", f"unknown unit “{symbol}”{hint}"
    return UnitError(zh, en, unit=symbol, near=near)


def near_units(name: str, count: int = 3) -> tuple[str, ...]:
    """Known units spelt most like `name`."""
    return tuple(difflib.get_close_matches(name, _UNITS, n=count, cutoff=0.6))
