"""Where does a sentence end, and where a clause (断句)?

。！？ end a sentence, with the closing quotation marks after them; ， ； ： part its clauses. No mark inside
a number, a short pair of brackets or a quoted name cuts anything.
"""

from __future__ import annotations

import re

from gaoxin.reading.blocks import Clause, Sentence

_OPENING = {"(": ")", "“": "”", "‘": "’", "《": "》", "〈": "〉", "【": "】", "[": "]", "〔": "〕"}
_MARK = re.compile(r"[(“‘《〈【\[〔)”’》〉】\]〕。!?,;:\t]")
_LONGEST_NAME = 48  # a longer pair of quotation marks or brackets holds speech, not a name
_CLOSING = "”’)》】]"


def sentences(read: str, *, is_row: bool = False) -> tuple[Sentence, ...]:
    """The sentences of a block, without blanks around them; the clauses of a row of a table are its cells."""
    shielded = [] if is_row else _shielded(read)
    found: list[Sentence] = []
    clauses: list[Clause] = []
    start = begun = 0
    shield = 0
    for match in _MARK.finditer(read):
        place, mark = match.start(), match[0]
        if place < start or mark in _OPENING or mark in ")”’》〉】]〕":
            continue
        while shield < len(shielded) and shielded[shield][1] <= place:
            shield += 1
        if shield < len(shielded) and shielded[shield][0] < place:
            continue
        if _in_number(read, place, mark) or (is_row and mark in ",:" and mark != "\t"):
            continue
        _clause(clauses, read, start, place, mark)
        start = place + 1
        if mark in "。!?":
            while start < len(read) and read[start] in "。!?" + _CLOSING:
                start += 1
            _sentence(found, clauses, read, begun, start)
            clauses, begun = [], start
    _clause(clauses, read, start, len(read), "")
    _sentence(found, clauses, read, begun, len(read))
    return tuple(found)


def _clause(clauses: list[Clause], read: str, start: int, end: int, mark: str) -> None:
    while start < end and read[start] in " \t":
        start += 1
    while end > start and read[end - 1] in " \t":
        end -= 1
    if start < end:
        clauses.append(Clause(start, end, mark))


def _sentence(found: list[Sentence], clauses: list[Clause], read: str, start: int, end: int) -> None:
    while start < end and read[start] in " \t":
        start += 1
    if start < end and clauses:
        found.append(Sentence(start, end, tuple(clauses)))


def _in_number(read: str, place: int, mark: str) -> bool:
    """1,785 and 9:30 are whole; 5,12 is a list."""
    before, after = read[max(0, place - 1) : place], read[place + 1 : place + 2]
    if not (before.isdigit() and after.isdigit()):
        return False
    if mark == ":":
        return True
    group = read[place + 1 : place + 5]
    if mark != "," or not group[:3].isdigit() or len(group) < 3 or group[3:].isdigit():
        return False
    first = place - 1
    while first >= 0 and place - first <= 4 and read[first].isdigit():
        first -= 1
    return place - first <= 4


def _shielded(read: str) -> list[tuple[int, int]]:
    """The pairs of brackets and quotation marks whose marks cut nothing, outermost, in order."""
    pairs: list[tuple[int, int]] = []
    open_marks: list[tuple[str, int]] = []
    for match in _MARK.finditer(read):
        place, mark = match.start(), match[0]
        if mark in _OPENING:
            open_marks.append((_OPENING[mark], place))
            if len(open_marks) > 8:
                open_marks.pop(0)
        elif open_marks and mark in ")”’》〉】]〕":
            for depth in range(len(open_marks) - 1, -1, -1):
                if open_marks[depth][0] == mark:
                    begin = open_marks[depth][1]
                    del open_marks[depth:]
                    if place - begin <= _LONGEST_NAME and not _holds_sentence(read, begin, place):
                        pairs.append((begin, place))
                    break
    pairs.sort()
    outer: list[tuple[int, int]] = []
    for begin, end in pairs:
        if not outer or begin > outer[-1][1]:
            outer.append((begin, end))
    return outer


def _holds_sentence(read: str, begin: int, end: int) -> bool:
    return any(mark in read[begin:end] for mark in "。;")
