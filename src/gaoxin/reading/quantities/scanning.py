"""Where in a line of characters do quantities stand (逐字扫描)?

One pass from left to right. Each place where a quantity may begin is looked at once, with a bounded window
before and after it; digits and numerals that turn out to be none are stepped over whole. So the time grows
with the length of the text, whatever it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount, Form, Op
from gaoxin.reading.quantities.counting import counts_one, is_counted, is_level, is_serial
from gaoxin.reading.quantities.dates import date, founding_year
from gaoxin.reading.quantities.hedges import hedged
from gaoxin.reading.quantities.idioms import idiom
from gaoxin.reading.quantities.numbers import DIGITS, NUMERALS, Number, arabic, chinese
from gaoxin.reading.quantities.ordinals import START as WORD
from gaoxin.reading.quantities.ordinals import ordinal
from gaoxin.reading.quantities.units import Measure, measure

_BEGINS = re.compile(rf"{WORD.pattern}|[0-9{NUMERALS}半]")
_DIGIT_RUN = re.compile(r"[0-9][0-9,.]*+(?:-[0-9]++)*+")
_NUMERAL_RUN = re.compile(rf"[{NUMERALS}]++")
_PER_HUNDRED = re.compile(r"(?P<base>百|千|万)分之")
_RANGE = re.compile(r"[-—~]{1,2}|至|到")
_SEVERAL = re.compile(r"个(?P<more>多|余)(?=月|小时|星期|工作日)")
_TENTHS = re.compile(rf"成(?P<half>[半{DIGITS[1:10]}])?(?![立功为本果员长交熟绩就套型品都份分效人才像])")
_TIMES_TWO = re.compile(r"番(?![茄薯号禺])")
_ONE_TO_ONE = re.compile(r"[一1][对比][一1](?![0-9])")
_BODY = re.compile(r"[二三四五六七八九2-9]位一体")
_LABELS = re.compile(r"(?P<a>[0-9]{1,2})(?P<x>[\u4e00-\u9fff])(?P<b>[0-9]{1,2})(?P<y>[\u4e00-\u9fff])(?=[”’])")
_FRACTION = re.compile(r"/(?P<under>[1-9][0-9]{0,3})(?![0-9/.年月-])")
_PARTS = re.compile(
    r"[0-9]{1,2}(?:\.[0-9]{1,2})?:[0-9]{1,2}(?:\.[0-9]{1,2})?:[0-9]{1,2}(?:\.[0-9]{1,2})?(?![0-9:])"
)
_PAIR = re.compile(r"(?P<a>[0-9]{1,4}(?:\.[0-9]{1,3})?):(?P<b>[0-9]{1,4}(?:\.[0-9]{1,3})?)(?![0-9:])")
_AND = re.compile(r"、|和|与|及|以及|,|/")
_SCORED = re.compile(
    r"(?:指数|得分|评分|分值|总分|PMI|系数|比值|均值|中位数|综合分|容积率|收入比|之比|密度|强度)[^,。;、0-9]{0,6}$"
)
_CODE_BEFORE = re.compile(r"[A-Za-z_#№@.][-]?$")
_SIGNED = (Dimension.ratio, Dimension.percentage_point, Dimension.money, Dimension.money_usd)
_LISTED = ("、", "和", "与", "及")
_MOST_SHARING = 12


@dataclass(frozen=True, slots=True)
class _Unit:
    measure: Measure
    end: int
    more: str = ""


def scan(text: str, *, is_row: bool = False) -> list[Amount]:
    """The amounts of a block in order; `is_row` where it is a row of a table, its cells parted by tabs."""
    found: list[Amount] = []
    place = taken = 0
    while True:
        match = _BEGINS.search(text, place)
        if match is None:
            return _lists(text, found)
        place = match.start()
        amounts, place = _at(text, place, is_row)
        for amount in amounts:
            if amount.start >= taken:
                found.append(amount)
                taken = amount.end
        place = max(place, match.start() + 1, taken if amounts else 0)


def _at(text: str, place: int, is_row: bool) -> tuple[list[Amount], int]:
    sign = text[place]
    if WORD.match(text, place) is not None:
        amount, end = ordinal(text, place)
        return ([] if amount is None else [amount]), end
    if sign == "半":
        return _half_time(text, place)
    if sign.isdigit():
        return _from_digits(text, place, is_row)
    return _from_numerals(text, place, is_row)


def _from_digits(text: str, place: int, is_row: bool) -> tuple[list[Amount], int]:
    run = _DIGIT_RUN.match(text, place)
    assert run is not None
    if _CODE_BEFORE.search(text, max(0, place - 2), place):
        return [], run.end()
    year = founding_year(text, place)
    if year is not None:
        value, end = year
        return [
            Amount(place, end, place, end, "year", Fraction(value), "=", None, noun="年", written_unit="年")
        ], end
    stop = date(text, place)
    if stop is not None:
        return [], stop
    named = _named(text, place)
    if named is not None:
        return named
    parts = _PARTS.match(text, place)
    if parts is not None:
        return _structure(parts), parts.end()
    pair = _PAIR.match(text, place)
    if pair is not None:
        return _ratio(text, pair), pair.end()
    number = arabic(text, place)
    if number is None:
        return [], run.end()
    amounts, end = _quantity(text, number, is_row)
    return amounts, (end if amounts else max(run.end(), number.end))


def _from_numerals(text: str, place: int, is_row: bool) -> tuple[list[Amount], int]:
    skipped = idiom(text, place)
    if skipped is not None:
        return [], skipped
    run = _NUMERAL_RUN.match(text, place)
    assert run is not None
    stop = date(text, place)
    if stop is not None:
        return [], stop
    named = _named(text, place)
    if named is not None:
        return named
    hundred = _PER_HUNDRED.match(text, place)
    if hundred is not None:
        return _per_hundred(text, place, hundred)
    if text.startswith(("百分点", "千分点"), place):
        return [], place + 3
    if text[place] in "十百千万亿" and text[place - 1 : place] in ("数", "几", "好", "若"):
        return [], run.end()
    number = chinese(text, place)
    if number is None:
        return [], run.end()
    amounts, end = _quantity(text, number, is_row)
    return amounts, (end if amounts else max(run.end(), number.end if number.more == "" else place + 1))


def _named(text: str, place: int) -> tuple[list[Amount], int] | None:
    """一对一, 四位一体 and the pairs of a name in quotation marks: “2主3辅”."""
    found = _ONE_TO_ONE.match(text, place)
    if found is not None and text[place - 1 : place] not in tuple("0123456789" + NUMERALS):
        end = found.end()
        return [Amount(place, end, place, end, "ratio", Fraction(1), "=", Dimension.ratio)], end
    found = _BODY.match(text, place)
    if found is not None:
        number = (arabic if text[place].isdigit() else chinese)(text, place)
        end = found.end()
        if number is None:
            return None
        return [
            Amount(
                place,
                end,
                place,
                end,
                "label",
                number.value,
                "=",
                Dimension.count,
                noun="",
                written_unit="位一体",
            )
        ], end
    if text[place - 1 : place] in ("“", "‘"):
        found = _LABELS.match(text, place)
        if found is not None:
            amounts = []
            for count, name in (("a", "x"), ("b", "y")):
                number = (arabic if found[count].isdigit() else chinese)(found[count], 0)
                if number is None:
                    return None
                start, end = found.start(count), found.end(name)
                amounts.append(
                    Amount(
                        start,
                        end,
                        start,
                        end,
                        "label",
                        number.value,
                        "=",
                        Dimension.count,
                        noun="个",
                        written_unit=found[name],
                    )
                )
            return amounts, found.end()
    return None


def _per_hundred(text: str, place: int, found: re.Match[str]) -> tuple[list[Amount], int]:
    base = {"百": 100, "千": 1000, "万": 10_000}[found["base"]]
    start = found.end()
    number = None
    if start < len(text):
        number = (arabic if text[start] in "0123456789" else chinese)(text, start)
    if number is None:
        return [], start
    value = number.value / base
    hedge = hedged(text, place, number.end)
    op: Op = ">" if number.more and hedge.op == "=" else hedge.op
    high = None if number.high is None else number.high / base
    unit = {100: "%", 1000: "‰", 10_000: ""}[base]
    amount = Amount(
        hedge.start,
        hedge.end,
        place,
        number.end,
        "number",
        value,
        op,
        Dimension.ratio,
        high=high,
        written_unit=unit,
        decimals=number.decimals,
        hedge=hedge.words,
    )
    return [amount], hedge.end


def _structure(parts: re.Match[str]) -> list[Amount]:
    """三次产业结构 5.2:40.1:54.7 is three shares when they make a hundred."""
    pieces = parts[0].split(":")
    values = [Fraction(piece) for piece in pieces]
    if abs(sum(values) - 100) > 1:
        return []
    amounts, start = [], parts.start()
    for piece, value in zip(pieces, values, strict=True):
        end = start + len(piece)
        decimals = len(piece.partition(".")[2])
        amounts.append(
            Amount(
                start,
                end,
                start,
                end,
                "number",
                value / 100,
                "=",
                Dimension.ratio,
                written_unit="",
                decimals=decimals,
            )
        )
        start = end + 1
    return amounts


def _ratio(text: str, pair: re.Match[str]) -> list[Amount]:
    before, after = text[max(0, pair.start() - 6) : pair.start()], text[pair.end() : pair.end() + 4]
    second = Fraction(pair["b"])
    if not second or not (re.search(r"比|配|按|以$", before) or re.match(r"的?(?:比|配|等额)", after)):
        return []
    return [
        Amount(
            pair.start(),
            pair.end(),
            pair.start(),
            pair.end(),
            "ratio",
            Fraction(pair["a"]) / second,
            "=",
            Dimension.ratio,
        )
    ]


def _half_time(text: str, place: int) -> tuple[list[Amount], int]:
    """半日, 半天, 半年, 半个月, 半小时; 上半年 and 下半年 are times of the year."""
    found = re.compile(r"半(?:个)?(?P<unit>日|天|年|月|小时|工作日)(?![报度会代])").match(text, place)
    before = text[max(0, place - 1) : place]
    if found is None or before in tuple("上下前后大多过近一两三四五六七八九十年月个天") or before.isdigit():
        return [], place + 1
    if found["unit"] == "月" and "个" not in found[0]:
        return [], place + 1
    known = measure({"月": "个月", "日": "天"}.get(found["unit"], found["unit"]), 0, after_chinese=False)
    assert known is not None
    core = found.end()
    hedge = hedged(text, place, core, is_time=True)
    value = Fraction(1, 2) * known[0].factor
    return [
        Amount(
            hedge.start,
            hedge.end,
            place,
            core,
            "number",
            value,
            hedge.op,
            Dimension.time,
            written_unit=found[0],
            hedge=hedge.words,
        )
    ], hedge.end


def _unit_after(text: str, end: int, is_chinese: bool, is_row: bool) -> _Unit | None:
    several = _SEVERAL.match(text, end)
    if several is not None:
        known = measure("个" + text[several.end() : several.end() + 3], 0, after_chinese=is_chinese)
        if known is not None and known[0].dimension is Dimension.time:
            return _Unit(known[0], several.end() + known[1] - 1, several["more"])
    at = end + 1 if text[end : end + 1] == " " else end
    known = measure(text, at, after_chinese=is_chinese)
    if known is not None:
        return _Unit(*known)
    if is_row and text[end : end + 1] == "\t":
        stop = text.find("\t", end + 1)
        cell = text[end + 1 : stop if stop >= 0 else len(text)]
        return _unit_cell(cell, end + 1)
    return None


def _unit_cell(cell: str, start: int) -> _Unit | None:
    """A cell that holds a unit and nothing else: 亿元."""
    if not 0 < len(cell) <= 8:
        return None
    number = chinese(cell, 0) if cell[0] in "百千万亿" else None
    known = measure(cell, 0 if number is None else number.end, after_chinese=False)
    if known is None or known[1] != len(cell):
        return None
    size = 1 if number is None else number.value
    found = known[0]
    return _Unit(Measure(cell, found.dimension, found.factor * size, found.noun), start + len(cell))


def _quantity(text: str, number: Number, is_row: bool) -> tuple[list[Amount], int]:
    start, end = number.start, number.end
    under = text.startswith("分之", end)
    if under and number.value > 1 and end + 2 < len(text):
        over = (arabic if text[end + 2] in "0123456789" else chinese)(text, end + 2)
        if over is not None and over.value < 10 * number.value:
            return _fraction(text, start, over.end, over.value / number.value)
        return [], end + 2
    slash = None if number.is_chinese or number.decimals else _FRACTION.match(text, end)
    if slash is not None and 0 < number.value < int(slash["under"]):
        return _fraction(text, start, slash.end(), number.value / int(slash["under"]))
    tenths = _TENTHS.match(text, end)
    if tenths is not None and 1 <= number.value <= 10 and number.value.denominator == 1 and not number.size:
        return _tenths(text, number, tenths)
    if _TIMES_TWO.match(text, end) and 1 <= number.value <= 12 and "翻" in text[max(0, start - 6) : start]:
        return _doublings(text, number)
    unit = _unit_after(text, end, number.is_chinese, is_row)
    ranged = _ranged(text, number, unit, is_row)
    if ranged is not None:
        return ranged
    if unit is None:
        return _without_unit(text, number, is_row)
    if not is_counted(text, number, unit.measure, unit.end):
        return [], end
    return _written(text, number, unit)


def _fraction(text: str, start: int, end: int, value: Fraction) -> tuple[list[Amount], int]:
    hedge = hedged(text, start, end)
    op: Op = hedge.op if hedge.words else "~"
    amount = Amount(
        hedge.start,
        hedge.end,
        start,
        end,
        "fraction",
        value,
        op,
        Dimension.ratio,
        written_unit="分数",
        hedge=hedge.words,
    )
    return [amount], hedge.end


def _tenths(text: str, number: Number, found: re.Match[str]) -> tuple[list[Amount], int]:
    half = found["half"]
    value = number.value / 10
    if half:
        digit = Fraction(5) if half == "半" else Fraction(DIGITS.index(half) - 1)
        value += digit / 100
    high = None if number.high is None else number.high / 10
    hedge = hedged(text, number.start, found.end())
    return [
        Amount(
            hedge.start,
            hedge.end,
            number.start,
            found.end(),
            "fraction",
            value,
            hedge.op,
            Dimension.ratio,
            high=high,
            written_unit="成",
            hedge=hedge.words,
        )
    ], hedge.end


def _doublings(text: str, number: Number) -> tuple[list[Amount], int]:
    """翻一番 is twice, 翻两番 four times; 近两番 is less."""
    end = number.end + 1
    if number.value.denominator != 1:
        return [], end
    hedge = hedged(text, number.start, end)
    value = Fraction(2) ** int(number.value)
    return [
        Amount(
            hedge.start,
            hedge.end,
            number.start,
            end,
            "doubling",
            value,
            hedge.op,
            Dimension.multiple,
            noun="倍",
            written_unit="番",
            hedge=hedge.words,
        )
    ], hedge.end


def _ranged(text: str, low: Number, unit: _Unit | None, is_row: bool) -> tuple[list[Amount], int] | None:
    """3—5家, 30%-40%, 10到15天, 10-20万元; None where no range is written."""
    at = low.end if unit is None else unit.end
    joint = _RANGE.match(text, at)
    if joint is None or low.high is not None or joint.end() >= len(text):
        return None
    sign = text[joint.end()]
    if sign in "0123456789":
        high = arabic(text, joint.end())
    elif sign in NUMERALS:
        high = chinese(text, joint.end())
    else:
        return None
    if high is None or high.high is not None:
        return None
    if unit is not None and (
        re.search(r"[由从自]$", text[max(0, low.start - 1) : low.start]) or (joint[0] == "到" and False)
    ):
        return None
    upper = _unit_after(text, high.end, high.is_chinese, is_row)
    if upper is None:
        return None
    first = low.value
    if unit is None and not low.size and high.size and not low.is_chinese:
        size = arabic("1" + high.size, 0)
        if size is not None and first * size.value <= high.value:
            first *= size.value
    if unit is not None and (
        unit.measure.dimension is not upper.measure.dimension or unit.measure.noun != upper.measure.noun
    ):
        return None
    factor = upper.measure.factor
    lowest = first * (factor if unit is None else unit.measure.factor)
    highest = high.value * factor
    if highest <= lowest or not is_counted(text, high, upper.measure, upper.end, in_range=True):
        return None
    is_time = upper.measure.dimension is Dimension.time
    hedge = hedged(text, low.start, upper.end, is_time=is_time)
    form: Form = "label" if upper.measure.label else "number"
    amount = Amount(
        hedge.start,
        hedge.end,
        low.start,
        upper.end,
        form,
        lowest,
        hedge.op,
        upper.measure.dimension,
        high=highest,
        noun=upper.measure.noun,
        written_unit=high.size + upper.measure.written,
        decimals=max(low.decimals, high.decimals),
        hedge=hedge.words,
    )
    return [amount], hedge.end


def _written(text: str, number: Number, unit: _Unit) -> tuple[list[Amount], int]:
    known, end = unit.measure, unit.end
    factor = known.factor
    value, high, more = number.value, number.high, number.more or unit.more
    is_time = known.dimension is Dimension.time
    if is_time and text[end : end + 1] == "半" and number.value.denominator == 1:
        value, end = value + Fraction(1, 2), end + 1
    start = number.start
    sign, minus = _sign(text, start, known)
    hedge = hedged(text, minus, end, is_time=is_time)
    op = hedge.op
    if op == "=" and more:
        op = ">"
    if op == "=" and number.bare and is_level(text, end):
        op = ">="
    if (
        is_time
        and known.written in ("年", "个月")
        and not hedge.words
        and re.compile(r"以?来").match(text, end)
    ):
        op = "~"
    if text.startswith("级", end) and known.dimension in (Dimension.money, Dimension.power) and op == "=":
        op = ">="
        hedge = type(hedge)(hedge.start, end + 1, op, "级")
    form: Form = "label" if known.label else "number"
    amount = Amount(
        hedge.start,
        hedge.end,
        minus,
        end,
        form,
        sign * value * factor,
        op,
        known.dimension,
        high=None if high is None else high * factor,
        noun=known.noun,
        written_unit=(number.size or _chinese_size(text, number)) + known.written,
        decimals=number.decimals,
        hedge=hedge.words + (more if more not in hedge.words else ""),
    )
    return [amount], hedge.end


def _chinese_size(text: str, number: Number) -> str:
    """亿 of 四百三十二亿."""
    if not number.is_chinese:
        return ""
    tail = re.search(r"(?:万亿|亿|万)[余多几]?$", text[number.start : number.end])
    return tail[0].rstrip("余多几") if tail is not None else ""


def _sign(text: str, start: int, known: Measure) -> tuple[int, int]:
    """-3.2%, 负3.2% and 负增长3.2% are below zero; a dash after digits or letters is none."""
    if known.dimension not in _SIGNED:
        return 1, start
    if text.endswith("负增长", 0, start) or text[max(0, start - 3) : start] == "负增长":
        return -1, start
    before = text[start - 1 : start] if start else ""
    if before == "负":
        return -1, start - 1
    if before == "-" and not re.search(r"[0-9A-Za-z%)]$", text[max(0, start - 2) : start - 1]):
        return -1, start - 1
    return 1, start


def _without_unit(text: str, number: Number, is_row: bool) -> tuple[list[Amount], int]:
    """千亿级 · a cell of a table · 指数为102.3 · the first numbers of 3、5和8家."""
    start, end = number.start, number.end
    if number.value >= 10**8 and re.compile(
        r"级(?!联)|产业|集群|规模|园区|俱乐部|台阶|大关|企业|镇|县"
    ).match(text, end):
        hedge = hedged(text, start, end)
        last = end + 1 if text.startswith("级", end) else max(end, hedge.end)
        op: Op = hedge.op if hedge.words else ">="
        return [
            Amount(
                hedge.start,
                last,
                start,
                end,
                "number",
                number.value,
                op,
                Dimension.money,
                written_unit="亿元",
                hedge=hedge.words or "级",
            )
        ], last
    if number.is_chinese:
        return [], end
    shared = _shared_unit(text, number)
    if shared is not None:
        hedge = hedged(text, start, end)
        if hedge.words and hedge.end > end:
            return [], end
        return [
            Amount(
                hedge.start,
                end,
                start,
                end,
                "number",
                number.value * shared.factor,
                hedge.op,
                shared.dimension,
                noun=shared.noun,
                written_unit=shared.written,
                decimals=number.decimals,
                hedge=hedge.words,
            )
        ], end
    if is_row and _fills_cell(text, start, end):
        return _cell(text, number), end
    if _SCORED.search(text, max(0, start - 14), start) and not re.match(
        r"[A-Za-z年月日]", text[end : end + 1]
    ):
        hedge = hedged(text, start, end)
        return [
            Amount(
                hedge.start,
                hedge.end,
                start,
                end,
                "number",
                number.value,
                hedge.op,
                None,
                decimals=number.decimals,
                hedge=hedge.words,
            )
        ], hedge.end
    return [], end


def _shared_unit(text: str, number: Number) -> Measure | None:
    """The unit that the last number of a list lends to those before it."""
    if is_serial(text, number):
        return None
    end = number.end
    for _ in range(_MOST_SHARING):
        joint = _AND.match(text, end)
        if joint is None or text[joint.end() : joint.end() + 1] not in tuple("0123456789"):
            return None
        if joint[0] == "," and not number.decimals:
            return None
        if joint[0] == "/":
            return None
        if date(text, joint.end()) is not None:
            return None
        following = arabic(text, joint.end())
        if following is None:
            return None
        unit = measure(text, following.end, after_chinese=False)
        if unit is not None:
            if not is_counted(text, following, unit[0], unit[1]):
                return None
            size = arabic("1" + following.size, 0) if following.size and not number.size else None
            factor = unit[0].factor * (1 if size is None else size.value)
            return Measure((number.size or following.size) + unit[0].written, unit[0].dimension, factor, unit[0].noun)
        end = following.end
    return None


def _fills_cell(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return start > 0 and before in ("\t", "-") and after in ("", "\t")


def _cell(text: str, number: Number) -> list[Amount]:
    """A bare number in a row; the unit may stand in the cell before, or in brackets after the name."""
    head = text.rfind("\t", 0, number.start)
    before = text[text.rfind("\t", 0, head) + 1 : head]
    known = _unit_cell(before, 0)
    if known is None:
        bracket = re.search(r"\(([^()]{1,8})\)$", before)
        known = _unit_cell(bracket[1], 0) if bracket is not None else None
    sign = -1 if text[number.start - 1] == "-" else 1
    start = number.start - (sign < 0)
    if known is None:
        return [
            Amount(
                start,
                number.end,
                start,
                number.end,
                "number",
                sign * number.value,
                "=",
                None,
                decimals=number.decimals,
            )
        ]
    unit = known.measure
    return [
        Amount(
            start,
            number.end,
            start,
            number.end,
            "number",
            sign * number.value * unit.factor,
            "=",
            unit.dimension,
            noun=unit.noun,
            written_unit=unit.written,
            decimals=number.decimals,
        )
    ]


def _lists(text: str, found: list[Amount]) -> list[Amount]:
    """超过2000亿元、3000亿元大关: the bound of the first holds for those listed with it; lone 一条 are dropped."""
    kept = counts_one(text, found)
    leader: Amount | None = None
    for index, amount in enumerate(kept):
        own = amount.hedge not in ("", "大关")
        listed = index > 0 and text[kept[index - 1].end : amount.start] in _LISTED
        if own or not listed:
            leader = amount if own and amount.start < amount.core_start and amount.op != "=" else None
        elif leader is not None and leader.dimension is amount.dimension:
            kept[index] = replace(amount, op=leader.op, hedge=amount.hedge or leader.hedge)
    return kept
