"""Comparisons without a place, and doublings and halves in words (水平、之一、翻番、过半).

达到……水平, 之一, 一流, 破零 state a bound and no number; 十八大以来 a span without a length; 翻番, 过半,
一半 have their number in the word.
"""

from __future__ import annotations

import re
from fractions import Fraction

from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount, Op
from gaoxin.reading.quantities.figures import figure, plain
from gaoxin.reading.quantities.hedges import Hedge, hedged

START = re.compile(
    r"之一|一流|破零|“?零”?的?突破|水平|大以来|翻番|翻了?(?:[0-9]{1,4}(?:\.[0-9]{1,2})?)?倍|"
    r"过半|超半数|近半数?|半数以上|一半"
)
_TIMES = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GOAL = re.compile(
    r"(?:冲刺|建设|打造|争创|创建|迈向|建成|争当|迈进|跻身|奋进|成为|创|建|进入|向|瞄准|冲击|挺进)"
    r"(?:成|为|成为)?(?P<place>世界|国际|国内|全国|全球|全省|亚洲|行业)?$"
)
_ONE_OF = re.compile(
    r"最|全国|全球|世界|国家|国内|全省|全市|全州|亚洲|国际|[省市州]|"
    r"[0-9一二三四五六七八九十](?:大|个|家|强)"
)
_CLAUSE_MARK = re.compile(r"[,。;:!?]")
_REACHED = re.compile(
    r"(?P<verb>达到了?|达|接近|超过了?|超出|优于|高于|低于|好于|赶上|追平|处于)"
    r"(?P<what>[\u4e00-\u9fff“”]{2,18}?)水平$"
)
_YARDSTICK = re.compile(
    r"国|省|市|州|世界|全球|国际|发达|平均|先进|领先|行业|历史|同期|地区|经济体|一流|中等|标杆"
)
_NUMBER_FOLLOWS = re.compile(r"的?[0-9一二三四五六七八九十两]|[线性]")
_REACHED_OPS: dict[str, Op] = {
    "接近": "<",
    "低于": "<",
    "超过": ">",
    "超过了": ">",
    "超出": ">",
    "优于": ">",
    "高于": ">",
    "好于": ">",
}
_CONGRESS = re.compile(r"(?:十[一二三四五六七八九]|二十|二十一)$")
_HALVES: dict[str, Op] = {"过半": ">", "超半数": ">", "近半": "<", "近半数": "<", "半数以上": ">="}
_HALF_OF_TIME = frozenset("年个天小日")


def standard(text: str, place: int) -> tuple[Amount | None, int]:
    """The standard, doubling or half whose word stands at `place`, and where reading goes on."""
    found = START.match(text, place)
    if found is None:
        return None, place + 1
    word, end = found[0], found.end()
    amount: Amount | None
    if word == "之一":
        amount = _one_of(text, place, end)
    elif word == "一流":
        amount = _first_class(text, place, end)
    elif "零" in word:
        amount = plain(place, end, Fraction(0), Dimension.count, form="quality", op=">")
    elif word == "水平":
        amount = _reached(text, end)
    elif word == "大以来":
        congress = _CONGRESS.search(text, max(0, place - 3), place)
        amount = (
            None if congress is None else plain(congress.start(), end, None, Dimension.time, form="quality")
        )
    elif word.startswith("翻"):
        amount = _doubled(text, place, end)
    elif word in _HALVES:
        amount = _half_bounded(text, place, end)
    else:
        amount = _half(text, place, end)
    return amount, end


def _first_class(text: str, place: int, end: int) -> Amount | None:
    """冲刺一流园区, 建设世界一流的园区; 争创一流 alone is a slogan."""
    aimed = _GOAL.search(text, max(0, place - 10), place)
    following = text[end : end + 1]
    names_what = "\u4e00" <= following <= "\u9fff" and following != "的"
    if aimed is None or not (names_what or aimed["place"]):
        return None
    return plain(place, end, None, None, form="quality")


def _one_of(text: str, place: int, end: int) -> Amount | None:
    clause = _CLAUSE_MARK.split(text[max(0, place - 30) : place])[-1]
    return plain(place, end, None, None, form="quality") if _ONE_OF.search(clause) else None


def _reached(text: str, end: int) -> Amount | None:
    """达到发达国家水平, 高于全国平均水平; not where a number says by how much."""
    found = _REACHED.search(text, max(0, end - 26), end)
    if found is None or _YARDSTICK.search(found["what"]) is None or _NUMBER_FOLLOWS.match(text, end):
        return None
    op = _REACHED_OPS.get(found["verb"], ">=")
    return plain(found.start("what"), end, None, None, form="quality", op=op)


def _doubled(text: str, start: int, end: int) -> Amount:
    """翻番, 翻倍: twice as much, roughly unless the words around it bound it."""
    times = _TIMES.search(text, start, end)
    value = Fraction(2) if times is None else Fraction(times[0])
    hedge = hedged(text, start, end)
    op: Op = hedge.op if hedge.words else "~"
    return figure(
        hedge, (start, end), value, Dimension.multiple, form="doubling", op=op, noun="倍", written="倍"
    )


def _half_bounded(text: str, start: int, end: int) -> Amount | None:
    """过半, 近半; 双过半 (时间过半, 任务过半) is a slogan, 近半年 a time."""
    before = text[max(0, start - 2) : start]
    if before in ("时间", "任务") or "双" in before or text[end : end + 1] in _HALF_OF_TIME:
        return None
    word = text[start:end]
    hedge = Hedge(start, end, _HALVES[word], word)
    core = (start + (word[0] in "过近超"), end)
    return figure(hedge, core, Fraction(1, 2), Dimension.ratio, form="fraction", written="半")


def _half(text: str, start: int, end: int) -> Amount | None:
    if text.startswith("是", end):
        return None
    hedge = hedged(text, start, end)
    op: Op = hedge.op if hedge.words else "~"
    return figure(hedge, (start, end), Fraction(1, 2), Dimension.ratio, form="fraction", op=op, written="半")
