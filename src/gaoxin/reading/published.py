"""When was a text published, where it plainly says so (发布日期)?

Only a day written for that purpose counts: behind 发布日期 or 成文日期, on a line of its own, behind the
editor of a bulletin, in the dateline of an agency, or below the title of a report to a congress. A day in a
sentence is no day of publication.
"""

from __future__ import annotations

import re
from datetime import date
from unicodedata import normalize

_DAY = r"((?:19|20)[0-9]{2})\s?(?:年|[-/.])\s?([01]?[0-9])\s?(?:月|[-/.])\s?([0-3]?[0-9])\s?日?"
_NUMERAL = "一二三四五六七八九"
_CHINESE_DAY = rf"([二一][〇零○{_NUMERAL}]{{3}})年([{_NUMERAL}十]{{1,2}})月([{_NUMERAL}十]{{1,3}})日"
_CLOCK = r"(?:\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
_WORDS = "发布|发文|成文|印发|公开|刊发|发表|更新|公布"
_LABELLED = re.compile(rf"(?:{_WORDS})(?:日期|时间)\s*:?\s*{_DAY}")
_WEAK_LABEL = re.compile(rf"^\s*(?:日期|时间)\s*:\s*{_DAY}")
_ALONE = re.compile(rf"^[\s(【\[—–-]*{_DAY}{_CLOCK}[\s)】\]]*(?:讯)?$")
_ALONE_CHINESE = re.compile(rf"^[\s(]*{_CHINESE_DAY}[\s)]*$")
_AGENCY = re.compile(rf"(?:社|网|报|台)[一-龥]{{0,6}}?\s?{_DAY}\s?(?:电|讯)")
# 某某服务中心编    2024年10月11日: who edits a bulletin, a gap, and its day.
_EDITED = re.compile(rf"^[^,。;:!?0-9]{{2,40}}\s{_DAY}[\s)】]*$")
_REPORT = re.compile(rf"^[\s—–(-]*{_DAY}在.{{2,40}}(?:会议|大会)上")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_FIRST_LINES, _LAST_LINES = 20, 8
_LONGEST_LINE = 120


def published_on(text: str) -> date | None:
    """The day of publication. Missing: None where the text does not plainly state it."""
    lines = [line for line in _ends(text) if len(line) <= _LONGEST_LINE]
    for pattern in (_LABELLED, _REPORT, _AGENCY, _WEAK_LABEL, _ALONE, _EDITED):
        for line in lines:
            found = pattern.search(line)
            if found and (day := _day(*(int(part) for part in found.groups()))) is not None:
                return day
    for line in lines:
        found = _ALONE_CHINESE.search(line)
        if found and (day := _chinese_day(*found.groups())) is not None:
            return day
    return None


def _ends(text: str) -> list[str]:
    """The first and the last lines that are not empty, and the head of the first paragraph."""
    head = [line.strip() for line in normalize("NFKC", text[:4000]).splitlines() if line.strip()]
    tail = [line.strip() for line in normalize("NFKC", text[-1500:]).splitlines() if line.strip()]
    lines = [*head[:_FIRST_LINES], *tail[-_LAST_LINES:]]
    return [line if len(line) <= _LONGEST_LINE else line[:60] for line in lines]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _chinese_day(year: str, month: str, day: str) -> date | None:
    digits = [_DIGITS[sign] for sign in year]
    return _day(int("".join(map(str, digits))), _up_to_99(month), _up_to_99(day))


def _up_to_99(numeral: str) -> int:
    """十二 · 三十 · 五."""
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return _DIGITS[numeral] if len(numeral) == 1 else 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS.get(ones, 0) if len(ones) < 2 else 0)
