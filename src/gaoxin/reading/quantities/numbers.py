"""Which number stands here, and how far does it reach (数)?

Arabic and Chinese numerals with their magnitudes (万, 亿, 万亿), groups of thousands, vague tens (十余,
一百多, 两三). What it is a number *of* is read in `units`; whether it is a figure at all in `counting`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from gaoxin.core.errors import NumberError
from gaoxin.core.numerals import parse_chinese_number

LONGEST = 18  # digits; a longer run is a code, not a number
DIGITS = "零〇一二三四五六七八九两"
NUMERALS = DIGITS + "十百千万亿"
_SCALES = {
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
    "百亿": 10,
} | {
    "千亿": 11,
    "万亿": 12,
}
_ARABIC = re.compile(
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}+(?!,?[0-9])|[0-9]{1,3}(?: [0-9]{3}){1,6}+(?! ?[0-9])|[0-9]++)"
    r"(?:\.[0-9]++)?+"
)
_MAGNITUDE = re.compile(
    r"(?P<more>[余多几])?(?P<scale>[十百千]?万亿|[十百千]?亿|[十百千]?万|[千百](?![分瓦克米伏焦升里卡帕赫]))?(?P<last>[余多几])?"
)
_CHINESE = re.compile(rf"[{NUMERALS}]++(?:点[{DIGITS}]++[万亿]{{0,2}})?+")
_TAIL = re.compile(r"[万亿]{1,2}")
_NEIGHBOURS = {f"{a}{b}" for a, b in zip("一二三四五六七八", "二三四五六七八九", strict=True)} | {
    "两三",
    "三五",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number written at [start, end).

    `high`: the other end of 两三家. `more`: 余, 多, 几 inside it, the number is the lower bound. `size`: the
    magnitude written after Arabic digits, as characters (亿). `bare`: a magnitude alone (千亿), counted once.
    """

    start: int
    end: int
    value: Fraction
    high: Fraction | None = None
    decimals: int = 0
    more: str = ""
    size: str = ""
    is_chinese: bool = False
    bare: bool = False


def arabic(text: str, start: int) -> Number | None:
    """Digits with their magnitude: 1,785 · 3.5万亿 · 300多万 · 10余."""
    found = _ARABIC.match(text, start)
    if found is None or found.end() - start > LONGEST + 8:
        return None
    plain = found[0].replace(",", "").replace(" ", "")
    whole, _, decimals = plain.partition(".")
    if len(whole) > LONGEST or len(decimals) > LONGEST:
        return None
    after = _MAGNITUDE.match(text, found.end())
    assert after is not None  # every part of it may be empty
    more = after["more"] or after["last"] or ""
    scale = after["scale"] or ""
    end = after.end()
    if more == "几" and not scale and not plain.endswith("0"):
        more, end = "", found.end()
    value = _exact(plain, scale)
    return Number(start, end, value, decimals=len(decimals), more=more, size=scale)


@lru_cache(maxsize=4096)
def _exact(plain: str, scale: str) -> Fraction:
    return Fraction(Decimal(plain)) * Fraction(10 ** _SCALES.get(scale, 0))


def chinese(text: str, start: int) -> Number | None:
    """Chinese numerals: 四百三十二亿 · 二〇二一 · 十余 · 一百多 · 两三 · 三四十; 几十 is no number."""
    found = _CHINESE.match(text, start)
    if found is None or found.end() - start > 24:
        return None
    body, end = found[0], found.end()
    more = text[end : end + 1] if text[end : end + 1] in tuple("余多几") else ""
    if more == "几" and not body.endswith("十"):
        more = ""
    if more:
        end += 1
        tail = _TAIL.match(text, end)
        if tail is not None and body[-1] in "十百千" + DIGITS:
            size = 10 ** _SCALES.get(tail[0], 0)
            inner = _plain(body)
            return (
                None
                if inner is None or size == 1
                else Number(start, tail.end(), inner * size, more=more, is_chinese=True)
            )
    near = _neighbours(body)
    if near is not None:
        low, high = near
        return Number(start, end, low, high=high, more=more, is_chinese=True)
    value = _plain(body)
    if value is None:
        return None
    bare = body[0] in "百千万亿"
    return Number(start, end, value, more=more, is_chinese=True, bare=bare)


def number_at(text: str, place: int) -> Number | None:
    """The number in either kind of digits."""
    if place >= len(text):
        return None
    return (arabic if text[place] in "0123456789" else chinese)(text, place)


@lru_cache(maxsize=4096)
def _neighbours(body: str) -> tuple[Fraction, Fraction] | None:
    """两三 · 七八十 · 三四百万: two digits side by side mean from one to the other."""
    if body[:2] in _NEIGHBOURS and (len(body) == 2 or body[2] in "十百千万亿"):
        low, high, tail = body[0], body[1], body[2:]
    elif len(body) >= 3 and body[0] == "十" and body[1:3] in _NEIGHBOURS and body[1:3] != "三五":
        low, high, tail = "十" + body[1], "十" + body[2], body[3:]
    else:
        return None
    first, second = _plain(low + tail), _plain(high + tail)
    return None if first is None or second is None else (first, second)


@lru_cache(maxsize=4096)
def _plain(body: str) -> Fraction | None:
    if body[0] in "百千万亿":
        body = "一" + body
    if len(body) > 1 and body[-1] in "万亿" and body[:-1] and body[-2] in "万亿" and body[-2:] != "万亿":
        return None
    size = 1
    if len(body) > 2 and body.endswith("万亿"):
        body, size = body[:-2], 10**12
    try:
        return Fraction(parse_chinese_number(body)) * size
    except NumberError:
        return None
