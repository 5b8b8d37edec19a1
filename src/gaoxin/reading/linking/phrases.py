"""A metric phrase taken apart, and how alike two of them are (指标短语).

The name of a metric and the words of a text are cut in the same way, so that what is dropped here is dropped
on both sides. Which words are dropped, and which decide, is written in `gaoxin.reading.linking.words`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from gaoxin.reading.linking.words import FILLERS, MARKS, TERMS

_DROPPED = re.compile(r"[\s“”‘’\"'「」『』《》〈〉【】,，。;；:：·—－\-、()]+")
_TWICE = re.compile(r"([一-龥]{2,4})\1")
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州"
    "|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆"
)
# 云南省级 keeps its 省级; 云南省 and 楚雄州 at the head only say where.
_WHERE = re.compile(
    rf"(?:{_PROVINCES})(?=省[级部重专工]|省“)"
    rf"|^(?:{_PROVINCES})(?:省(?!外)|市|自治区)?"
    r"|^[一-龥]{2,4}(?:高新区|经开区|开发区|新区)(?=.)"
    r"|^(?!.{0,2}[上城股超都]市)[一-龥]{2,3}[市州县](?![外级场区值民政容面内])"
)
_Kind = Literal["mark", "term", "filler"]
# What a difference of one mark leaves of the likeness: two values, or one where the other phrase has none.
_CONTRADICTED, _UNSAID = 0.4, 0.65
_MARK_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase in its parts.

    `bare`: the letters without marks of punctuation and white space, lower case. `marks`: (group, value).
    `terms` in the spelling of the table; `rest`: what no table knows, in order. `weight`: letters that count.
    """

    bare: str
    marks: frozenset[tuple[str, str]]
    terms: frozenset[str]
    rest: str
    weight: int

    @property
    def words(self) -> tuple[object, ...]:
        """Equal for phrases that say the same."""
        return self.marks, self.terms, self.rest

    @property
    def names_something(self) -> bool:
        """Whether there is more to it than qualifiers (新增, 省级)."""
        return bool(self.terms or self.rest or {group for group, _ in self.marks} - _QUALIFIERS)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a phrase of a text is to a name: 0..1.

    `unsaid`: letters of the name that the text does not say; `unheard`: letters of the text that the name
    does not have. `clash`: the phrases differ in a mark and cannot mean the same.
    """

    score: float
    unsaid: int
    unheard: int
    clash: bool


def bare(text: str) -> str:
    """The letters that are compared: half width, lower case, without quotes, brackets and white space.

    A word that stands twice in a row, as where two labels were put together (经费投入投入强度), is said once.
    """
    return _TWICE.sub(r"\1", _DROPPED.sub("", unicodedata.normalize("NFKC", text).lower()))


def phrase(text: str) -> Phrase:
    letters = bare(text)
    marks: set[tuple[str, str]] = set()
    terms: set[str] = set()
    rest: list[str] = []
    placeless = _WHERE.sub("", letters) or letters
    at = 0
    while at < len(placeless):
        for spelling, follows, kind, group, value in _BY_FIRST.get(placeless[at], ()):
            if placeless.startswith(spelling, at) and (
                not follows or placeless.startswith(follows, at + len(spelling))
            ):
                if kind == "mark":
                    marks.add((group, value))
                elif kind == "term":
                    terms.add(value)
                at += len(spelling)
                break
        else:
            rest.append(placeless[at])
            at += 1
    left = "".join(rest)
    weight = len(left) + sum(map(_weight, terms)) + _MARK_WEIGHT * len(marks)
    return Phrase(letters, frozenset(marks), frozenset(terms), left, weight)


_QUALIFIERS = frozenset({"size", "stage", "level", "origin", "per", "promise", "reached"})


def _weight(term: str) -> int:
    """Letters of a term; 企业 is often left out (规上工业企业利润, 规上工业利润) and weighs little."""
    return 1 if term == "企业" else len(term)


def likeness(said: Phrase, name: Phrase) -> Likeness:
    """How alike the words of a text are to the name of a metric."""
    if said.bare == name.bare:
        return Likeness(1.0, 0, 0, False)
    if not said.weight or not name.weight:
        return Likeness(0.0, name.weight, said.weight, True)
    unheard, unsaid = _left_over(said.rest, name.rest)
    unheard += sum(map(_weight, said.terms - name.terms))
    unsaid += sum(map(_weight, name.terms - said.terms))
    differing = said.marks ^ name.marks
    everything = said.weight + name.weight
    share = 1 - (unheard + unsaid + _MARK_WEIGHT * len(differing)) / everything
    if differing:
        ours, theirs = (
            {group for group, _ in said.marks - name.marks},
            {g for g, _ in name.marks - said.marks},
        )
        share *= _CONTRADICTED if ours & theirs else _UNSAID
    return Likeness(max(0.0, share), unsaid, unheard, bool(differing))


def _left_over(said: str, name: str) -> tuple[int, int]:
    """Letters of each that the other does not have, counted in pairs so that order matters a little."""
    if said == name:
        return 0, 0
    if not said or not name:
        return len(said), len(name)
    if name in said:
        return len(said) - len(name), 0
    if said in name:
        return 0, len(name) - len(said)
    ours, theirs = _pairs(said), _pairs(name)
    shared = (ours & theirs).total()
    return (
        round(len(said) * (1 - shared / max(1, ours.total()))),
        round(len(name) * (1 - shared / max(1, theirs.total()))),
    )


def _pairs(letters: str) -> Counter[str]:
    if len(letters) < 2:
        return Counter([letters])
    return Counter(letters[at : at + 2] for at in range(len(letters) - 1))


_Entry = tuple[str, tuple[str, ...], _Kind, str, str]


def _entries() -> Iterable[_Entry]:
    for group, values in MARKS.items():
        for value, spellings in values.items():
            for spelling in spellings:
                yield (*_with_follows(spelling), "mark", group, value)
    for value, spellings in TERMS.items():
        for spelling in spellings:
            yield (*_with_follows(spelling), "term", "", value)
    for spelling in FILLERS:
        yield (*_with_follows(spelling), "filler", "", "")


def _with_follows(spelling: str) -> tuple[str, tuple[str, ...]]:
    """合同(?=外资|利用) counts only before 外资 or 利用."""
    word, _, follows = spelling.partition("(?=")
    return bare(word), tuple(follows.rstrip(")").split("|")) if follows else ()


def _by_first() -> dict[str, tuple[_Entry, ...]]:
    found: dict[str, list[_Entry]] = {}
    for entry in _entries():
        found.setdefault(entry[0][0], []).append(entry)
    # The longer spelling first; of equal ones, one that looks ahead.
    return {
        first: tuple(sorted(entries, key=lambda entry: (-len(entry[0]), not entry[1])))
        for first, entries in found.items()
    }


_BY_FIRST = _by_first()
