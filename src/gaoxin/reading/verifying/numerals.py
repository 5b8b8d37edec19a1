"""A number in Chinese numerals, as drafts write it: 四百三十二亿, 三点五 (中文数字).

The reverse of `gaoxin.core.numerals.parse_chinese_number`.
"""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "零一二三四五六七八九"
_STEPS = ("", "十", "百", "千")
_SCALES = ("", "万", "亿", "万亿")


def chinese(number: Decimal) -> str:
    """432 -> 四百三十二, 10 -> 十, 3.5 -> 三点五, -3 -> 负三, 10005 -> 一万零五.

    Units: none; below 10¹⁶. Raises: ValueError beyond.
    """
    sign = "负" if number < 0 else ""
    whole, _, rest = format(abs(number), "f").partition(".")
    text = _whole(int(whole))
    if rest:
        text += "点" + "".join(_DIGITS[int(digit)] for digit in rest)
    return sign + text


def _whole(number: int) -> str:
    if number >= 10**16:
        raise ValueError(f"{number} is too large for numerals")
    if number == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10**4)
        groups.append(group)
    text, gap = "", False
    for place in reversed(range(len(groups))):
        group = groups[place]
        if not group:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += _DIGITS[0]
        text += _group(group) + _SCALES[place]
        gap = False
    return text[1:] if text.startswith("一十") else text


def _group(number: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(text)
            continue
        if gap:
            text += _DIGITS[0]
        text += _DIGITS[digit] + _STEPS[place]
        gap = False
    return text
