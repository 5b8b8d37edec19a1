"""Where in a line of characters do quantities stand (逐字扫描)?

One pass from left to right. Each place where a quantity may begin is looked at once, with a bounded window
before and after it; digits and numerals that turn out to be none are stepped over whole. So the time grows
with the length of the text, whatever it holds.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount, Form, Op
from gaoxin.reading.quantities.counting import counts_one, is_counted, is_level
from gaoxin.reading.quantities.dates import date, founding_year
from gaoxin.reading.quantities.figures import figure, plain
from gaoxin.reading.quantities.hedges import hedged
from gaoxin.reading.quantities.idioms import idiom
from gaoxin.reading.quantities.lists import shared_unit, with_shared_bounds
from gaoxin.reading.quantities.numbers import NUMERALS, Number, arabic, chinese, number_at
from gaoxin.reading.quantities.ordinals import START as WORD
from gaoxin.reading.quantities.ordinals import ordinal
from gaoxin.reading.quantities.parts import Found, half_time, named, part, per_hundred, ratio
from gaoxin.reading.quantities.rows import UnitFound, cell, fills_cell, unit_in_next_cell
from gaoxin.reading.quantities.units import Measure, measure

_BEGINS = re.compile(rf"{WORD.pattern}|[0-9{NUMERALS}半]")
_DIGIT_RUN = re.compile(r"[0-9]++(?:[,.-][0-9]++){0,8}+")
_NUMERAL_RUN = re.compile(rf"[{NUMERALS}]++")
_RANGE = re.compile(r"[-—~]{1,2}|至|到")
_SEVERAL = re.compile(r"个(?P<more>多|余|半)(?=月|小时|星期|工作日)")
_UNTIL_NOW = re.compile(r"以?来")
_SCORED = re.compile(
    r"(?:指数|得分|评分|分值|总分|PMI|系数|比值|比率|均值|中位数|综合分|容积率|收入比|之比|密度|强度)[^,。;、0-9]{0,6}$"
)
_MAGNITUDE_OF = re.compile(r"级(?!联)|产业|集群|规模|园区|俱乐部|台阶|大关|企业|镇|县")
_SIZES = ("万", "亿", "万亿", "百万", "千万", "百亿", "千亿")
_MONEY_BEFORE = re.compile(
    r"(?:投资|资金|产值|收入|税|奖励|补助|补贴|营收|利润|融资|贷款|金额|总额|费用?|市值|估值|资本|资产|交易额|投入)"
    r"[^,。;、0-9]{0,5}$"
)
_ENDS_HERE = re.compile(r"$|[,。;:)]|以上|以下|以内|左右|的")
_PEOPLE_BEFORE = re.compile(r"(?:人口|用户|客流|客流量|游客|旅客)[^,。;、0-9]{0,4}$")
_PROJECTS_AFTER = re.compile(r"以[上下]的?[\u4e00-\u9fff]{0,4}(?:项目|企业)")
_CODE_BEFORE = re.compile(r"[A-Za-z_#№@.]-?$")
_CODE_AFTER = re.compile(r"[A-Za-z年月日]")
_NUMBER_BEFORE_MINUS = re.compile(r"[0-9A-Za-z%)]$")
_SIGNED = (Dimension.ratio, Dimension.percentage_point, Dimension.money, Dimension.money_usd)
_GRADED = (Dimension.money, Dimension.power)
_VAGUE = "余多几"


def scan(text: str, *, is_row: bool = False) -> list[Amount]:
    """The amounts of a block in order; `is_row` where it is a row of a table, its cells parted by tabs."""
    found: list[Amount] = []
    place = taken = 0
    while (match := _BEGINS.search(text, place)) is not None:
        amounts, place = _at(text, match.start(), is_row)
        for amount in amounts:
            if amount.start >= taken:
                found.append(amount)
                taken = amount.end
        place = max(place, match.start() + 1, taken if amounts else 0)
    return with_shared_bounds(text, counts_one(text, found))


def _at(text: str, place: int, is_row: bool) -> Found:
    """The amounts that begin at `place` and where reading goes on."""
    if WORD.match(text, place) is not None:
        amount, end = ordinal(text, place)
        return ([] if amount is None else [amount]), end
    if text[place] == "半":
        return half_time(text, place)
    if text[place] in "0123456789":
        return _from_digits(text, place, is_row)
    return _from_numerals(text, place, is_row)


def _from_digits(text: str, place: int, is_row: bool) -> Found:
    run = _DIGIT_RUN.match(text, place)
    assert run is not None
    if _CODE_BEFORE.search(text, max(0, place - 2), place):
        return [], run.end()
    year = founding_year(text, place)
    if year is not None:
        value, end = year
        return [plain(place, end, Fraction(value), None, form="year", noun="年", written="年")], end
    stop = date(text, place)
    if stop is not None:
        return [], stop
    found = named(text, place) or ratio(text, place)
    if found is not None:
        return found
    number = arabic(text, place)
    if number is None:
        return [], run.end()
    amounts, end = _quantity(text, number, is_row)
    return amounts, (end if amounts else max(run.end(), number.end))


def _from_numerals(text: str, place: int, is_row: bool) -> Found:
    run = _NUMERAL_RUN.match(text, place)
    assert run is not None
    skipped = idiom(text, place) or date(text, place)
    if skipped is not None:
        return [], skipped
    found = named(text, place) or per_hundred(text, place)
    if found is not None:
        return found
    if text.startswith(("百分点", "千分点"), place):
        return [], place + 3
    if text[place] in "十百千万亿" and text[place - 1 : place] in ("数", "几"):
        return [], run.end()
    number = chinese(text, place)
    if number is None:
        return [], run.end()
    amounts, end = _quantity(text, number, is_row)
    return amounts, (end if amounts else run.end())


def _quantity(text: str, number: Number, is_row: bool) -> Found:
    """A number with what follows it."""
    found = part(text, number)
    if found is not None:
        return found
    unit = _unit_after(text, number, is_row)
    found = _ranged(text, number, unit, is_row)
    if found is not None:
        return found
    if unit is None:
        return _without_unit(text, number, is_row)
    if not is_counted(text, number, unit.measure, unit.end):
        return [], number.end
    return _written(text, number, unit)


def _unit_after(text: str, number: Number, is_row: bool) -> UnitFound | None:
    end = number.end
    several = _SEVERAL.match(text, end)
    if several is not None:
        known = measure("个" + text[several.end() : several.end() + 3], 0, after_chinese=False)
        if known is not None and known[0].dimension is Dimension.time:
            return UnitFound(known[0], several.end() + known[1] - 1, several["more"])
    at = end + 1 if text[end : end + 1] == " " else end
    known = measure(text, at, after_chinese=number.is_chinese)
    if known is not None:
        return UnitFound(*known)
    return unit_in_next_cell(text, end) if is_row else None


def _ranged(text: str, low: Number, unit: UnitFound | None, is_row: bool) -> Found | None:
    """3—5家, 30%-40%, 10到15天, 10-20万元; None where no range is written."""
    at = low.end if unit is None else unit.end
    joint = _RANGE.match(text, at)
    if joint is None or low.high is not None:
        return None
    if unit is not None and text[low.start - 1 : low.start] in ("由", "从", "自"):
        return None
    high = number_at(text, joint.end())
    upper = None if high is None else _unit_after(text, high, is_row)
    if high is None or high.high is not None or upper is None:
        return None
    known = upper.measure
    if unit is not None and (unit.measure.dimension, unit.measure.noun) != (known.dimension, known.noun):
        return None
    lowest = low.value * (known.factor if unit is None else unit.measure.factor)
    if unit is None and high.size and not low.size and not low.is_chinese:
        size = arabic("1" + high.size, 0)
        if size is not None and low.value * size.value <= high.value:
            lowest *= size.value
    highest = high.value * known.factor
    if highest <= lowest or not is_counted(text, high, known, upper.end, in_range=True):
        return None
    hedge = hedged(text, low.start, upper.end, is_time=known.dimension is Dimension.time)
    amount = figure(
        hedge,
        (low.start, upper.end),
        lowest,
        known.dimension,
        form="label" if known.label else "number",
        high=highest,
        noun=known.noun,
        written=high.size + known.written,
        decimals=max(low.decimals, high.decimals),
    )
    return [amount], hedge.end


def _written(text: str, number: Number, unit: UnitFound) -> Found:
    """A number with its unit and the words around both."""
    known, end = unit.measure, unit.end
    value, more = number.value, number.more or unit.more
    is_time = known.dimension is Dimension.time
    if more == "半":
        value, more = value + Fraction(1, 2), ""
    elif is_time and text[end : end + 1] == "半" and value.denominator == 1:
        value, end = value + Fraction(1, 2), end + 1
    sign, start = _sign(text, number.start, known)
    hedge = hedged(text, start, end, is_time=is_time)
    op: Op = hedge.op
    if op == "=" and more:
        op = ">"
    if op == "=" and number.bare and is_level(text, end):
        op = ">="
    if is_time and not hedge.words and _UNTIL_NOW.match(text, end) is not None:
        op = "~" if op == "=" else op
    if op == "=" and text.startswith("级", end) and known.dimension in _GRADED:
        op, hedge = ">=", replace(hedge, end=end + 1, words="级")
    if more and more not in hedge.words:
        hedge = replace(hedge, words=hedge.words + more)
    form: Form = "label" if known.label else "number"
    amount = figure(
        hedge,
        (start, end),
        sign * value * known.factor,
        known.dimension,
        form=form,
        op=op,
        high=None if number.high is None else number.high * known.factor,
        noun=known.noun,
        written=(number.size or _size_in_numerals(text, number)) + known.written,
        decimals=number.decimals,
    )
    return [amount], hedge.end


def _size_in_numerals(text: str, number: Number) -> str:
    """亿 of 四百三十二亿."""
    if not number.is_chinese:
        return ""
    body = text[number.start : number.end].rstrip(_VAGUE)
    return next((size for size in ("万亿", "亿", "万") if body.endswith(size)), "")


def _sign(text: str, start: int, known: Measure) -> tuple[int, int]:
    """-3.2%, 负3.2% and 负增长3.2% are below zero; a dash after digits or letters is none."""
    if known.dimension not in _SIGNED or not start:
        return 1, start
    if text[max(0, start - 3) : start] == "负增长":
        return -1, start
    before = text[start - 1]
    if before == "负":
        return -1, start - 1
    if before == "-" and not _NUMBER_BEFORE_MINUS.search(text, max(0, start - 2), start - 1):
        return -1, start - 1
    return 1, start


def _without_unit(text: str, number: Number, is_row: bool) -> Found:
    """千亿级 · the first numbers of 3、5和8家 · a cell of a table · 投资1000万以上 · 指数为102.3."""
    start, end = number.start, number.end
    if number.value >= 10**8 and _MAGNITUDE_OF.match(text, end) is not None:
        return _magnitude(text, number)
    left_out = _unit_left_out(text, number)
    if left_out:
        known = measure(left_out, 0, after_chinese=False)
        assert known is not None  # 元 and 人 are units
        return _written(text, number, UnitFound(known[0], end))
    if number.is_chinese:
        return [], end
    shared = shared_unit(text, number)
    if shared is not None:
        hedge = hedged(text, start, end)
        if hedge.end > end:
            return [], end
        amount = figure(
            hedge,
            (start, end),
            number.value * shared.factor,
            shared.dimension,
            noun=shared.noun,
            written=shared.written,
            decimals=number.decimals,
        )
        return [amount], end
    if is_row and fills_cell(text, number):
        return [cell(text, number)], end
    if _SCORED.search(text, max(0, start - 14), start) and not _CODE_AFTER.match(text, end):
        hedge = hedged(text, start, end)
        return [figure(hedge, (start, end), number.value, None, decimals=number.decimals)], hedge.end
    return [], end


def _unit_left_out(text: str, number: Number) -> str:
    """投资1000万以上, 人口达50万: the unit that goes without saying; "" where none does."""
    size = number.size or _size_in_numerals(text, number)
    if size not in _SIZES or number.bare or not _ENDS_HERE.match(text, number.end):
        return ""
    window = max(0, number.start - 10), number.start
    if _MONEY_BEFORE.search(text, *window) or _PROJECTS_AFTER.match(text, number.end):
        return "元"
    return "人" if _PEOPLE_BEFORE.search(text, *window) else ""


def _magnitude(text: str, number: Number) -> Found:
    """千亿级产业, 百亿企业: at least that much money."""
    start, end = number.start, number.end
    hedge = hedged(text, start, end)
    op: Op = hedge.op if hedge.words else ">="
    if not hedge.words:
        hedge = replace(hedge, end=end + text.startswith("级", end), words="级")
    return [figure(hedge, (start, end), number.value, Dimension.money, op=op, written="亿元")], hedge.end
