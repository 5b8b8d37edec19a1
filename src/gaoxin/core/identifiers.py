"""Is this code well formed, and if not, which character is wrong?

统一社会信用代码 (GB 32100) with its check digit, and region codes (GB/T 2260, and the twelve digits of the
statistics offices). Names of regions come from packs; here only form, level and parent are known.
"""

from __future__ import annotations

import re
from typing import Literal

from stdnum.cn import uscc as _uscc

from gaoxin.core.errors import IdentifierError

RegionLevel = Literal["province", "prefecture", "county", "township", "village"]

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_LENGTH = 18
# Registering bodies of GB 32100: 1–9, the military commission (A), agriculture (N), others (Y).
_AUTHORITIES = "123456789ANY"
_LOOKALIKES = {"I": "1", "O": "0", "S": "5", "V": "U 或 Y", "Z": "2"}
_PROVINCES = frozenset(
    (
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
    )
)
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\-'’`]+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+|\d+\.0*")


def check_uscc(text: object) -> str:
    """The unified social credit code (统一社会信用代码) in capitals, half-width, without spaces.

    Raises: IdentifierError that names the position of the wrong character and what it should be.
    Source: GB 32100-2015.
    """
    if isinstance(text, (int, float)):
        raise _spoilt_by_spreadsheet(text)
    code = _tidy(text)
    if len(code) != _USCC_LENGTH and _SCIENTIFIC.fullmatch(code):
        raise _spoilt_by_spreadsheet(text)
    if not code:
        raise _wrong_uscc(text, "没有填统一社会信用代码", "no credit code is given")
    if len(code) != _USCC_LENGTH:
        old = "；15 位的是旧注册号，请填执照上的 18 位代码" if len(code) == 15 and code.isdigit() else ""
        raise _wrong_uscc(
            text,
            f"统一社会信用代码应有 18 位，这里有 {len(code)} 位{old}，请对照执照核对",
            f"a credit code has 18 characters, this one has {len(code)}; compare it with the licence",
            length=len(code),
        )
    for position, char in enumerate(code, start=1):
        _check_character(text, position, char)
    expected = uscc_check_digit(code[:17])
    if code[17] != expected:
        raise _wrong_uscc(
            text,
            f"最后一位应是 {expected}，请对照执照核对",
            f"the last character should be {expected}; compare it with the licence",
            position=_USCC_LENGTH,
            expected=expected,
        )
    return code


def uscc_check_digit(first17: str) -> str:
    """The 18th character that belongs to the first 17.

    Raises: IdentifierError when these are not 17 characters of the code's alphabet.
    """
    if len(first17) != _USCC_LENGTH - 1 or any(char not in USCC_ALPHABET for char in first17):
        raise _wrong_uscc(
            first17, "校验位要由前 17 位算出，请核对前 17 位", "the check digit needs 17 valid characters"
        )
    return _uscc.calc_check_digit(first17)


def region_code(text: object) -> str:
    """A region code (区划代码) of six digits, or of twelve below the county.

    Nine digits are completed and twelve that end in 000000 are cut to six, so that one region has one code.
    Raises: IdentifierError that names what is wrong.
    """
    code = _tidy(str(text) if isinstance(text, int) and not isinstance(text, bool) else text)
    if len(code) == 9 and _all_digits(code):
        code += "000"
    if len(code) not in (6, 12) or not _all_digits(code):
        raise _wrong_region(text, "区划代码应是 6 位或 12 位数字", "a region code has 6 or 12 digits")
    if len(code) == 12 and code.endswith("000000"):
        code = code[:6]
    if int(code[:2]) not in _PROVINCES:
        raise _wrong_region(
            text,
            f"前两位 {code[:2]} 不是省级代码",
            f"{code[:2]} is no province",
            position=1,
            expected="11–82",
        )
    pairs = (code[:2], code[2:4], code[4:6], code[6:9], code[9:])
    ended = False
    for index, pair in enumerate(pairs):
        empty = not pair.strip("0")
        if ended and not empty:
            position = sum(len(p) for p in pairs[:index]) + 1
            raise _wrong_region(
                text,
                f"第 {position} 位起应为 0：上一级是 00，下面不能再有编号",
                f"zeros are expected from position {position} on",
                position=position,
                expected="0",
            )
        ended = ended or empty
    return code


def region_level(code: str) -> RegionLevel:
    """How deep a region lies, from its code."""
    full = region_code(code)
    if len(full) == 12:
        return "township" if full.endswith("000") else "village"
    if full.endswith("0000"):
        return "province"
    return "prefecture" if full.endswith("00") else "county"


def region_parent(code: str) -> str | None:
    """The code of the region above; None above a province."""
    full = region_code(code)
    match region_level(full):
        case "province":
            return None
        case "prefecture":
            return full[:2] + "0000"
        case "county":
            return full[:4] + "00"
        case "township":
            return full[:6]
    return full[:9] + "000"


def _check_character(text: object, position: int, char: str) -> None:
    where = f"第 {position} 位"
    if char in _LOOKALIKES:
        likely = _LOOKALIKES[char]
        raise _wrong_uscc(
            text,
            f"{where}是字母 {char}，信用代码不用 I、O、S、V、Z，可能是 {likely}，请对照执照核对",
            f"character {position} is {char}, a letter credit codes do not use; perhaps {likely[0]}",
            position=position,
            expected=likely,
        )
    if position == 1 and char not in _AUTHORITIES:
        expected, kind = _AUTHORITIES, f"登记部门代码（{_AUTHORITIES}）"
    elif 3 <= position <= 8 and not ("0" <= char <= "9"):
        expected, kind = "0-9", "区划代码的数字"
    elif char not in USCC_ALPHABET:
        expected, kind = USCC_ALPHABET, "数字或大写字母"
    else:
        return
    raise _wrong_uscc(
        text,
        f"{where}是“{char}”，应为{kind}，请对照执照核对",
        f"character {position} is “{char}”; expected one of {expected}",
        position=position,
        expected=expected,
    )


def _tidy(text: object) -> str:
    if not isinstance(text, str):
        return ""
    half = "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in text)
    return _INVISIBLE.sub("", half).upper()


def _all_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _spoilt_by_spreadsheet(text: object) -> IdentifierError:
    return _wrong_uscc(
        text,
        "代码被表格当成了数字，后几位已丢失，请把这一列设为文本后重新填写",
        "the spreadsheet turned the code into a number and lost its last digits; format the column as text",
    )


def _wrong_uscc(text: object, zh: str, en: str, **context: object) -> IdentifierError:
    return IdentifierError(zh, en, text=str(text)[:40], **context)


def _wrong_region(text: object, zh: str, en: str, **context: object) -> IdentifierError:
    shown = str(text)[:40]
    return IdentifierError(f"“{shown}”：{zh}", f"“{shown}”: {en}", text=shown, **context)
