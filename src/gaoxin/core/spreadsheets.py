"""May this text be put into a cell, or would a spreadsheet run it (公式注入)?

Everything gaoxin writes for Excel or as CSV passes here. A name such as `=HYPERLINK(…)` that somebody typed
into a form must arrive in the next person's spreadsheet as text. In CSV an apostrophe makes it text
(`safe_cell`). In .xlsx the type of the cell does: open XlsxWriter workbooks with `XLSX_OPTIONS`, and no
text becomes a formula, a link or a number.
"""

from __future__ import annotations

import re
from typing import Final, TypeVar

T = TypeVar("T")

XLSX_OPTIONS: Final[dict[str, bool]] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

# The full-width signs are folded to the half-width ones by Chinese and Japanese editions of Excel.
_RUNS = re.compile(r"^[\s\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?")


def runs_as_formula(text: str) -> bool:
    """True when a spreadsheet that opens the text from a CSV file may take it for a formula; a plain number
    is none.
    """
    return bool(_RUNS.match(text)) and _NUMBER.fullmatch(text) is None


def safe_cell(value: T) -> T | str:
    """The value as it may be written into CSV: a text that would run gets an apostrophe in front, all else
    stays as it is.
    """
    if isinstance(value, str) and runs_as_formula(value):
        return f"'{value}"
    return value


def safe_sheet_name(name: str, taken: tuple[str, ...] = ()) -> str:
    """A name Excel accepts for a sheet: no []:*?/\\, at most 31 characters, not one of `taken`."""
    bare = re.sub(r"[\[\]:*?/\\]", "-", name).strip("'")[:31] or "表"
    held, number = bare, 2
    while held.lower() in {each.lower() for each in taken}:
        ending = f"({number})"
        held, number = bare[: 31 - len(ending)] + ending, number + 1
    return held
