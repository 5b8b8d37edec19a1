"""Which number do these Chinese numerals write?

`parse_chinese_number` reads numerals that are written out in full (四百三十二亿, 二〇二一, 壹佰). Cells and
form fields in Arabic digits are read by `gaoxin.core.numbers`.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext

from gaoxin.core.errors import NumberError

_LONGEST = 80
_SCALES = {"万": 10**4, "亿": 10**8, "万亿": 10**12}
_DIGITS: dict[str, int] = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
    "貳": 2,
    "陸": 6,
}
_STEPS: dict[str, int] = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}


def parse_chinese_number(text: str) -> Decimal:
    """A number in Chinese numerals: 四百三十二亿, 十二, 三点五亿, 二〇二一 (digit by digit), 壹佰.

    Raises: NumberError for anything not written out in full: 一万五 (15 000 or 10 005?), 二三百, 百分之五.
    """
    whole = text.strip()
    sign = whole.startswith("负")
    body = whole[1:] if sign else whole
    try:
        number = _chinese(body)
    except ValueError as error:
        raise NumberError(
            f"“{whole[:40]}”不是写全的中文数字，请写成阿拉伯数字",
            f"“{whole[:40]}” is no complete Chinese numeral; write Arabic digits",
            reason="chinese",
            text=whole[:40],
            detail=str(error),
            suggestion=None,
        ) from None
    number = number if number % 1 else number.quantize(Decimal(1))
    return number.copy_negate() if sign and number else number


def _chinese(body: str) -> Decimal:
    if not body or len(body) > _LONGEST:
        raise ValueError("empty or too long")
    if "点" in body:
        head, _, tail = body.partition("点")
        scale = 1
        for name in ("万亿", "亿", "万"):
            if tail.endswith(name):
                tail, scale = tail[: -len(name)], _SCALES[name]
                break
        if not tail or any(char not in _DIGITS for char in tail):
            raise ValueError("digits expected after 点")
        decimals = "".join(str(_DIGITS[char]) for char in tail)
        return _times(Decimal(f"{_chinese(head)}.{decimals}"), scale)
    if len(body) > 1 and all(char in _DIGITS for char in body):
        return Decimal("".join(str(_DIGITS[char]) for char in body))
    return Decimal(_up_to_trillions(body))


def _times(number: Decimal, factor: int) -> Decimal:
    with localcontext() as context:
        context.prec = 120
        return number * factor


def _up_to_trillions(body: str) -> int:
    head, found, tail = body.rpartition("亿")
    if not found:
        return _below_yi(body)
    if "亿" in head:
        raise ValueError("亿 twice")
    return _below_yi(head) * 10**8 + _rest(tail, 10**8, _below_yi)


def _below_yi(body: str) -> int:
    head, found, tail = body.rpartition("万")
    if not found:
        return _below_wan(body)
    if "万" in head:
        raise ValueError("万 twice")
    return _below_wan(head) * 10**4 + _rest(tail, 10**4, _below_wan)


def _rest(tail: str, ceiling: int, read: Callable[[str], int]) -> int:
    if not tail:
        return 0
    if len(tail) == 1 and tail in _DIGITS:
        raise ValueError("colloquial ending: 一万五")
    value = read(tail)
    if value >= ceiling or value == 0:
        raise ValueError("out of order")
    return value


def _below_wan(body: str) -> int:
    """零, 十二, 三百零五, 一千二百三十四."""
    total, last_step, index = 0, 10**4, 0
    skipped = False
    if body in ("零", "〇"):
        return 0
    if not body:
        raise ValueError("number expected before 万 or 亿")
    while index < len(body):
        char = body[index]
        if char in "零〇":
            if skipped or index == len(body) - 1:
                raise ValueError("零 out of place")
            skipped, index = True, index + 1
            continue
        if char in _STEPS and _STEPS[char] == 10 and total == 0 and not skipped:
            digit = 1
        elif char in _DIGITS:
            digit, index = _DIGITS[char], index + 1
        else:
            raise ValueError(f"unexpected {char}")
        if index == len(body):
            if last_step > 10 and last_step < 10**4 and not skipped:
                raise ValueError("colloquial ending: 三百五")
            return total + digit
        step = _STEPS.get(body[index])
        if step is None or step >= last_step:
            raise ValueError("out of order")
        total, last_step, index, skipped = total + digit * step, step, index + 1, False
    return total
