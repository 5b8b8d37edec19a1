"""Which parts, ratios and doublings are written (分数、比、成、番)?

1/4, 三分之一, 百分之三十, 三成五, 5.2:40.1:54.7, 翻两番, 半日; the counts inside names: “2主3辅”, 四位一体.
"""

from __future__ import annotations

import re
from fractions import Fraction

from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount, Op
from gaoxin.reading.quantities.figures import figure, plain
from gaoxin.reading.quantities.hedges import hedged
from gaoxin.reading.quantities.numbers import DIGITS, NUMERALS, Number, number_at

Found = tuple[list[Amount], int]

_BASES = {"百": (100, "%"), "千": (1000, "‰"), "万": (10_000, "")}
_PER_HUNDRED = re.compile(r"(?P<base>百|千|万)分之")
_TENTHS = re.compile(rf"成(?P<half>[半{DIGITS[1:10]}])?(?![立功为本果员长交熟绩就套型品都份分效人才像])")
_TIMES_TWO = re.compile(r"番(?![茄薯号禺])")
_FRACTION = re.compile(r"/(?P<under>[1-9][0-9]{0,3})(?![0-9/.年月-])")
_PART = r"[0-9]{1,2}(?:\.[0-9]{1,2})?"
_STRUCTURE = re.compile(rf"{_PART}:{_PART}:{_PART}(?![0-9:])")
_RATIO = re.compile(r"(?P<a>[0-9]{1,4}(?:\.[0-9]{1,3})?):(?P<b>[0-9]{1,4}(?:\.[0-9]{1,3})?)(?![0-9:])")
_RATIO_BEFORE = re.compile(r"比|配|按|以$")
_RATIO_AFTER = re.compile(r"的?(?:比|配|等额)")
_ONE_TO_ONE = re.compile(r"[一1][对比][一1](?![0-9])")
_BODY = re.compile(r"[二三四五六七八九2-9]位一体")
_LABELS = re.compile(
    r"(?P<a>[0-9]{1,2})(?P<x>[\u4e00-\u9fff])(?P<b>[0-9]{1,2})(?P<y>[\u4e00-\u9fff])(?=[”’])"
)
_HALF = re.compile(r"半个?(?P<unit>日|天|年|月|小时|工作日)(?![报度会代])")
_NO_HALF_AFTER = frozenset("上下前后大多过近一两三四五六七八九十年月个天0123456789")
_HALVES = {
    "日": Fraction(1, 2),
    "天": Fraction(1, 2),
    "年": Fraction(1, 2),
    "月": Fraction(1, 24),
    "小时": Fraction(1, 48),
    "工作日": Fraction(1, 2),
}


def named(text: str, place: int) -> Found | None:
    """一对一, 四位一体 and the two counts of a name in quotation marks: “2主3辅”."""
    before = text[place - 1 : place]
    found = _ONE_TO_ONE.match(text, place)
    if found is not None and before not in tuple("0123456789" + NUMERALS):
        return [plain(place, found.end(), Fraction(1), Dimension.ratio, form="ratio")], found.end()
    found = _BODY.match(text, place)
    number = number_at(text, place) if found is not None else None
    if found is not None and number is not None:
        one = plain(place, found.end(), number.value, Dimension.count, form="label", written="位一体")
        return [one], found.end()
    found = _LABELS.match(text, place) if before in ("“", "‘") else None
    if found is None:
        return None
    return [
        plain(
            found.start(count),
            found.end(name),
            Fraction(found[count]),
            Dimension.count,
            form="label",
            noun="个",
            written=found[name],
        )
        for count, name in (("a", "x"), ("b", "y"))
    ], found.end()


def ratio(text: str, place: int) -> Found | None:
    """三次产业结构 5.2:40.1:54.7, three shares where they make a hundred; 2:1 where it is called a ratio."""
    found = _STRUCTURE.match(text, place)
    if found is not None:
        return _structure(found), found.end()
    found = _RATIO.match(text, place)
    if found is None:
        return None
    before, after = text[max(0, place - 6) : place], text[found.end() : found.end() + 4]
    second = Fraction(found["b"])
    if not second or not (_RATIO_BEFORE.search(before) or _RATIO_AFTER.match(after)):
        return [], found.end()
    value = Fraction(found["a"]) / second
    return [plain(place, found.end(), value, Dimension.ratio, form="ratio")], found.end()


def _structure(found: re.Match[str]) -> list[Amount]:
    pieces = found[0].split(":")
    values = [Fraction(piece) for piece in pieces]
    if abs(sum(values, Fraction(0)) - 100) > 1:
        return []
    amounts, start = [], found.start()
    for piece, value in zip(pieces, values, strict=True):
        end = start + len(piece)
        decimals = len(piece.partition(".")[2])
        amounts.append(plain(start, end, value / 100, Dimension.ratio, decimals=decimals))
        start = end + 1
    return amounts


def per_hundred(text: str, place: int) -> Found | None:
    """百分之三十, 千分之五, 百分之三点五."""
    found = _PER_HUNDRED.match(text, place)
    if found is None:
        return None
    number = number_at(text, found.end())
    if number is None:
        return [], found.end()
    base, sign = _BASES[found["base"]]
    hedge = hedged(text, place, number.end)
    amount = figure(
        hedge,
        (place, number.end),
        number.value / base,
        Dimension.ratio,
        op=">" if number.more and hedge.op == "=" else None,
        high=None if number.high is None else number.high / base,
        written=sign,
        decimals=number.decimals,
    )
    return [amount], hedge.end


def part(text: str, number: Number) -> Found | None:
    """What follows the number makes it a part: 三分之一, 1/4, 三成五, 两番; None where nothing does."""
    end = number.end
    if number.value > 1 and text.startswith("分之", end):
        over = number_at(text, end + 2)
        if over is None or over.value >= 10 * number.value:
            return [], end + 2
        return _fraction(text, number.start, over.end, over.value / number.value)
    slash = None if number.is_chinese or number.decimals or number.size else _FRACTION.match(text, end)
    if slash is not None and 0 < number.value < int(slash["under"]):
        return _fraction(text, number.start, slash.end(), number.value / int(slash["under"]))
    if number.size or number.value.denominator != 1:
        return None
    tenths = _TENTHS.match(text, end)
    if tenths is not None and 1 <= number.value <= 10:
        return _tenths(text, number, tenths)
    if _TIMES_TWO.match(text, end) and 1 <= number.value <= 12:
        start = number.start
        return _doublings(text, number) if "翻" in text[max(0, start - 6) : start] else None
    return None


def _fraction(text: str, start: int, end: int, value: Fraction) -> Found:
    hedge = hedged(text, start, end)
    op: Op = hedge.op if hedge.words else "~"
    return [
        figure(hedge, (start, end), value, Dimension.ratio, form="fraction", op=op, written="分数")
    ], hedge.end


def _tenths(text: str, number: Number, found: re.Match[str]) -> Found:
    value = number.value / 10
    if found["half"]:
        digit = 5 if found["half"] == "半" else DIGITS.index(found["half"]) - 1
        value += Fraction(digit, 100)
    hedge = hedged(text, number.start, found.end())
    amount = figure(
        hedge,
        (number.start, found.end()),
        value,
        Dimension.ratio,
        form="fraction",
        high=None if number.high is None else number.high / 10,
        written="成",
    )
    return [amount], hedge.end


def _doublings(text: str, number: Number) -> Found:
    """翻一番 is twice, 翻两番 four times; 近两番 is less."""
    end = number.end + 1
    hedge = hedged(text, number.start, end)
    value = Fraction(2) ** int(number.value)
    amount = figure(
        hedge, (number.start, end), value, Dimension.multiple, form="doubling", noun="倍", written="番"
    )
    return [amount], hedge.end


def half_time(text: str, place: int) -> Found:
    """半日, 半年, 半个月, 半小时; 上半年 and 下半年 are times of the year."""
    found = _HALF.match(text, place)
    if found is None or text[place - 1 : place] in _NO_HALF_AFTER:
        return [], place + 1
    if found["unit"] == "月" and "个" not in found[0]:
        return [], place + 1
    hedge = hedged(text, place, found.end(), is_time=True)
    value = _HALVES[found["unit"]]
    return [figure(hedge, (place, found.end()), value, Dimension.time, written=found[0])], hedge.end
