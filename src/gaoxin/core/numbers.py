"""Which number does this cell hold?

`parse_number` reads one cell of a workbook or one field of a form: full-width digits, thousands separators,
accounting brackets. It never guesses: 约9千 is refused with the number to write instead.
Chinese numerals (四百三十二亿) are read by `gaoxin.core.numerals`; units and percent signs
belong to `gaoxin.core.quantities`.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext

from gaoxin.core.errors import NumberError
from gaoxin.core.numerals import parse_chinese_number

__all__ = [
    "LARGEST",
    "is_blank",
    "is_placeholder",
    "parse_chinese_number",
    "parse_number",
    "plain",
    "spoken_number",
]

LARGEST = Decimal(10) ** 18
MOST_DECIMALS = 40
_LONGEST = 80

_SCALES: dict[str, Decimal] = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10) ** 4,
    "十万": Decimal(10) ** 5,
    "百万": Decimal(10) ** 6,
    "千万": Decimal(10) ** 7,
    "亿": Decimal(10) ** 8,
    "十亿": Decimal(10) ** 9,
    "百亿": Decimal(10) ** 10,
    "千亿": Decimal(10) ** 11,
    "万亿": Decimal(10) ** 12,
}
_SPACES = " \u00a0\u2009\u202f\u3000"
_PLACEHOLDER = re.compile(
    r"-{1,3}|—{1,2}|–|/|\\|\.|…|\.\.\.|\*|\?|#?n/a|na|null|none|nil|暂?无|无数据|空|缺失?|未报|不详|未知"
)
_EXCEL_ERRORS = frozenset(
    ["#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!", "#spill!", "#calc!", "#getting_data"]
)
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*(?:\.\d+)?", re.ASCII)
_BRACKETED = re.compile(r"\(\s*([\d., ]+)\s*\)", re.ASCII)
_LEADING = re.compile(r"([+-]?\d[\d,]*(?:\.\d+)?)\s*(.*)", re.DOTALL | re.ASCII)
_HEDGES = re.compile(
    "大约|大概|约|近|左右|上下|多|余|几|数|超过|超|突破|不足|不到|以上|以下|至少|最多|[><≥≤≈~]"
)


def is_blank(cell: object) -> bool:
    """True for an empty cell: None, or text that is only spaces. Blank is missing, never zero."""
    return cell is None or (isinstance(cell, str) and not cell.strip(_SPACES + "\t\r\n\ufeff"))


def is_placeholder(cell: object) -> bool:
    """True for a mark that stands for *no figure*: —, /, N/A, 无, 未报. Missing too, but somebody said so."""
    return isinstance(cell, str) and _PLACEHOLDER.fullmatch(_halve(cell).strip().lower()) is not None


def parse_number(cell: object, *, allow_scale: bool = False) -> Decimal:
    """The number a cell holds, exactly as written.

    Units: none; with `allow_scale`, a closing 千, 万, 亿 … multiplies (1,234万 -> 12340000).
    Missing: blank cells and placeholders raise with `context["reason"]` `blank` or `placeholder`; test with
    `is_blank` and `is_placeholder` first when missing is allowed.
    Raises: NumberError; `context` has reason, text and, where one can be told, suggestion.
    """
    if isinstance(cell, bool):
        raise _refuse(
            cell, "not_a_number", "这里要填数字，不是“是”或“否”", "a number is needed, not yes or no"
        )
    if isinstance(cell, int):
        return _bounded(Decimal(min(cell, 10**19) if cell > 0 else max(cell, -(10**19))), cell)
    if isinstance(cell, float):
        return _bounded(Decimal(int(cell)) if cell.is_integer() else Decimal(repr(cell)), cell)
    if isinstance(cell, Decimal):
        return _bounded(cell, cell)
    if is_blank(cell):
        raise _refuse(cell, "blank", "这里没有填数字；没有数据请留空，不要填 0", "there is no number here")
    if not isinstance(cell, str):
        raise _refuse(cell, "not_a_number", "这里要填数字", f"a number is needed, not {type(cell).__name__}")
    if len(cell) > _LONGEST:
        raise _refuse(cell, "not_a_number", "内容太长，这里只填一个数字", "too long for a number")
    text = _halve(cell).strip()
    number = _read(text)
    if number is not None:
        return _bounded(number, cell)
    if allow_scale:
        scaled = _read_scaled(text)
        if scaled is not None:
            return _bounded(scaled, cell)
    raise _diagnose(text, cell)


def _halve(text: str) -> str:
    """Full-width forms made half-width; nothing else folded, since ² is not 2 and ① is not 1."""
    out: list[str] = []
    for char in text.strip("\ufeff"):
        point = ord(char)
        if 0xFF01 <= point <= 0xFF5E:
            out.append(chr(point - 0xFEE0))
        elif char in _SPACES or char in "\t\r\n":
            out.append(" ")
        elif char == "\u2212":
            out.append("-")
        else:
            out.append(char)
    return "".join(out)


def _read(text: str) -> Decimal | None:
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", "").replace(" ", ""))
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:
        inner = _read(bracketed.group(1).strip())
        return None if inner is None else inner.copy_negate()
    return None


def _read_scaled(text: str) -> Decimal | None:
    for scale in sorted(_SCALES, key=len, reverse=True):
        if text.endswith(scale):
            number = _read(text[: -len(scale)].strip())
            return None if number is None else _times(number, _SCALES[scale])
    return None


def _times(number: Decimal, factor: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = 120
        return number * factor


def _bounded(number: Decimal, cell: object) -> Decimal:
    if not number.is_finite():
        raise _refuse(cell, "not_finite", "不是有限的数，请改填实际数字", "not a finite number")
    if number == 0:
        return Decimal(0) if number.is_signed() else number
    if number.adjusted() > 18 or abs(number) > LARGEST:
        raise _refuse(cell, "too_large", "数字太大，请核对单位和位数", "too large; check unit and digits")
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent > 0:
        return Decimal(int(number))
    if exponent < -MOST_DECIMALS:
        raise _refuse(
            cell,
            "too_precise",
            f"小数超过 {MOST_DECIMALS} 位，请按需要的位数四舍五入后再填",
            f"more than {MOST_DECIMALS} decimals; round it first",
        )
    return number


def _diagnose(text: str, cell: object) -> NumberError:
    """Why the text is no number, with the number to write where it can be told."""
    lowered = text.lower()
    if lowered in _EXCEL_ERRORS:
        return _refuse(
            cell,
            "excel_error",
            f"公式出错（{text}），请在表里改好公式后重传，或直接填数字",
            f"the formula failed ({text}); repair it or write the number",
        )
    if _PLACEHOLDER.fullmatch(lowered):
        return _refuse(
            cell, "placeholder", "没有数据请留空，不要填符号或文字", "leave it empty when there is no figure"
        )
    if text.startswith(("=", "@")):
        return _refuse(
            cell, "formula", "这里是公式文字，请填算好的数字", "the text of a formula; write its result"
        )
    if re.fullmatch(r"[+-]?(nan|inf|infinity|snan)\d*", lowered):
        return _refuse(cell, "not_finite", "不是有限的数，请改填实际数字", "not a finite number")
    if text.endswith("番"):  # nearly two doublings are below 4 times and never 2
        return _refuse(
            cell,
            "doublings",
            "翻番不是数字：翻一番请写 2、翻两番请写 4，单位写倍；“近”“超过”另记为上限、下限",
            "doublings are no number: one is 2, two are 4, in 倍; nearly and over are bounds",
        )
    suggestion = _suggest(text)
    hint_zh = f"，如 {suggestion}" if suggestion is not None else ""
    hint_en = f", e.g. {suggestion}" if suggestion is not None else ""
    if re.fullmatch(r"[+-]?[0-9][0-9, ]*(\.[0-9, ]*)?", text):
        return _refuse(
            cell,
            "grouping",
            "千分位不对：每三位一个逗号，或者不写逗号",
            "bad thousands separators: one every three digits, or none",
        )
    if text.endswith(("%", "‰", "％")):
        return _refuse(
            cell,
            "percent",
            f"不要带百分号，请只填数字{hint_zh}",
            f"leave the percent sign out{hint_en}",
            suggestion,
        )
    if re.fullmatch(r"[0-9.,]+\s*(-|–|—|~|至|到)\s*[0-9.,]+.*", text):
        return _refuse(
            cell, "range", "这里只能填一个数字，不能填范围或日期", "one number, not a range or a date"
        )
    if _HEDGES.search(text):
        return _refuse(
            cell, "approximate", f"请填数字{hint_zh}", f"write one exact number{hint_en}", suggestion
        )
    if suggestion is not None:
        return _refuse(
            cell,
            "unit",
            f"请填数字，如 {suggestion}；单位写在表头",
            f"write the number only, e.g. {suggestion}; the unit belongs in the header",
            suggestion,
        )
    return _refuse(cell, "not_a_number", "这里要填数字", "a number is needed here")


def spoken_number(text: str) -> tuple[Decimal, Decimal, str] | None:
    """What somebody who wrote 约9千 or 3999.99万元 most likely meant: the number, the greatest size among its
    words (万 is 10000, no word is 1), and what stands behind (元). None where it cannot be told.
    """
    bare = _HEDGES.sub("", _halve(text).strip().rstrip("%‰")).strip().lstrip("¥￥$+").strip()
    leading = _LEADING.fullmatch(bare)
    if leading is None:
        numerals = re.match(r"[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+", bare)
        if numerals is None or numerals.group() in _SCALES:
            return None
        try:
            number = parse_chinese_number(numerals.group())
        except NumberError:
            return None
        size = max((_SCALES[sign] for sign in numerals.group() if sign in _SCALES), default=Decimal(1))
        return number, size, bare[numerals.end() :].strip()
    read = _read(leading.group(1))
    if read is None:
        return None
    tail = leading.group(2)
    if tail and (tail[0].isdigit() or tail[0] in "-–—~.,/:" or re.search(r"\d", tail)):
        return None
    for scale in sorted(_SCALES, key=len, reverse=True):
        if tail.startswith(scale):
            return _times(read, _SCALES[scale]), _SCALES[scale], tail.removeprefix(scale).strip()
    return read, Decimal(1), tail.strip()


def _suggest(text: str) -> str | None:
    """The plain number that was most likely meant, for people to copy."""
    spoken = spoken_number(text)
    return None if spoken is None else plain(spoken[0])


def plain(number: Decimal) -> str:
    """Digits as they are typed: no exponent, no .0 of a whole number."""
    return format(number.to_integral_value() if number == number.to_integral_value() else number, "f")


def _refuse(cell: object, reason: str, zh: str, en: str, suggestion: str | None = None) -> NumberError:
    if isinstance(cell, int) and cell.bit_length() > 200:  # Python refuses to print very long integers
        shown = f"{'-' if cell < 0 else ''}2^{cell.bit_length() - 1}…"
    else:
        shown = "" if cell is None else str(cell)
    shown = shown if len(shown) <= 40 else shown[:40] + "…"
    if shown.strip():
        zh, en = f"“{shown}”读不出数字：{zh}", f"cannot read “{shown}” as a number: {en}"
    return NumberError(zh, en, reason=reason, text=shown, suggestion=suggestion)
