"""Reads the cells of one column that are not numbers: dates, yes and no, codes, texts (日期、是否、代码、
文字).

Every reader takes the cells of a column and returns one text or None per cell, plus what could not be read.
Numbers are read in `amounts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from gaoxin.core.numbers import is_blank, is_placeholder
from gaoxin.facts.ingest.problems import Problem
from gaoxin.facts.ingest.workbook import Cell
from gaoxin.packs.matching import normalise
from gaoxin.packs.schemas import Metric

_EXCEL_ZERO = date(1899, 12, 30)
_DATE = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?(?:t?\d{1,2}:\d{2}(?::\d{2})?)?")
_SERIAL = re.compile(r"[1-7]\d{4}")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YES = frozenset({"是", "true", "yes", "y", "1", "√", "✓", "对"})
_NO = frozenset({"否", "false", "no", "n", "0", "×", "✗", "不是", "非"})
LONGEST_TEXT = 2_000


@dataclass(slots=True)
class Words:
    """The texts of a column, None where missing, with the problems and what was read with help (serial
    dates, marks for missing).
    """

    texts: list[str | None]
    problems: list[Problem] = field(default_factory=list)
    serials: list[int] = field(default_factory=list)
    placeholders: list[int] = field(default_factory=list)


class NotRead(Exception):
    """A cell is not what the column holds: Chinese and English words, mend in both."""

    def __init__(self, code: str, zh: str, en: str, mend_zh: str, mend_en: str) -> None:
        super().__init__(zh)
        self.code, self.zh, self.en, self.mend_zh, self.mend_en = code, zh, en, mend_zh, mend_en


def read_words(cells: Sequence[Cell], metric: Metric) -> Words:
    """The cells of a date, boolean, code, text or list column. Missing: blank cells and marks such as — or
    无 are None.
    """
    read: Callable[[Cell], str] = {
        "date": read_date,
        "boolean": read_boolean,
        "code": _code_reader(metric),
        "list": read_list,
    }.get(metric.value_type, read_text)
    held = Words([None] * len(cells))
    for at, cell in enumerate(cells):
        if cell == "" or is_blank(cell):
            continue
        if is_placeholder(cell) and not (metric.value_type == "boolean" and normalise(str(cell)) in _NO):
            held.placeholders.append(at)
            continue
        try:
            held.texts[at] = read(cell)
        except NotRead as error:
            held.problems.append(Problem(at, error.code, error.zh, error.en, error.mend_zh, error.mend_en))
            continue
        if metric.value_type == "date" and _SERIAL.fullmatch(read_text(cell)):
            held.serials.append(at)
    return held


def read_date(cell: Cell) -> str:
    """2024年3月5日, 2024/3/5, 2024.3.5, 20240305, an Excel date or its serial number (45356) →
    `2024-03-05`.
    """
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else normalise(str(cell))
    if not isinstance(cell, bool) and _SERIAL.fullmatch(text):
        return (_EXCEL_ZERO + timedelta(days=int(text))).isoformat()
    found = _DATE.fullmatch(text) or _PACKED.fullmatch(text)
    if found is not None:
        try:
            day = date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            day = None
        if day is not None and 1850 <= day.year <= 2100:
            return day.isoformat()
        raise NotRead(
            "date",
            f"“{shown(cell)}”不是存在的日期",
            f"“{shown(cell)}” is no date of the calendar",
            "请核对年月日",
            "check year, month and day",
        )
    raise NotRead(
        "date",
        f"“{shown(cell)}”读不出日期",
        f"cannot read “{shown(cell)}” as a date",
        "请写到日，如 2024-03-05",
        "write year, month and day, e.g. 2024-03-05",
    )


def read_boolean(cell: Cell) -> str:
    """是/否, √/×, 1/0, TRUE/FALSE → `true` / `false`."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else normalise(str(cell))
    if text in _YES:
        return "true"
    if text in _NO:
        return "false"
    raise NotRead(
        "boolean",
        f"“{shown(cell)}”不是“是”或“否”",
        f"“{shown(cell)}” is neither yes nor no",
        "请填“是”或“否”，不清楚请留空",
        "write 是 or 否, leave it empty if unknown",
    )


def _code_reader(metric: Metric) -> Callable[[Cell], str]:
    """Codes as they are, or their Chinese names; without a list of choices any short code."""
    by_name = {normalise(name): code for code, name in metric.choices.items()}
    by_name |= {normalise(code): code for code in metric.choices}

    def read(cell: Cell) -> str:
        text = read_text(cell)
        if not by_name:
            if len(text) > 40:
                raise NotRead(
                    "code",
                    f"“{shown(cell)}”太长，不像代码",
                    f"“{shown(cell)}” is too long for a code",
                    "请只填代码",
                    "write the code only",
                )
            return text.upper() if text.isascii() else text
        code = by_name.get(normalise(text))
        if code is None:
            names = "、".join(list(metric.choices.values())[:8]) + ("…" if len(metric.choices) > 8 else "")
            raise NotRead(
                "code",
                f"“{shown(cell)}”不在可选范围里",
                f"“{shown(cell)}” is not one of the choices",
                f"请从这些里选：{names}",
                "choose one of: " + ", ".join(list(metric.choices)[:8]),
            )
        return code

    return read


def read_text(cell: Cell) -> str:
    """A text without surrounding space; a whole number without its `.0`."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, bool):
        return "是" if cell else "否"
    text = str(cell).strip().replace("\r\n", "\n")
    if len(text) > LONGEST_TEXT:
        raise NotRead(
            "text",
            f"文字有 {len(text)} 字，太长",
            f"the text has {len(text)} characters, too many",
            f"请缩到 {LONGEST_TEXT} 字以内",
            f"shorten it to {LONGEST_TEXT} characters",
        )
    return text


def read_list(cell: Cell) -> str:
    """Elements separated by ；or line breaks → one element per line."""
    parts = [part.strip() for part in re.split(r"[；;\n]", read_text(cell))]
    return "\n".join(part for part in parts if part)


def shown(cell: Cell) -> str:
    """A cell as a message quotes it: short, on one line."""
    text = str(cell).replace("\n", " ").strip()
    return text if len(text) <= 30 else text[:30] + "…"
