"""The little language in which a sentence of a brief names its figures (简报句式).

    {period}，{zone}实现地区生产总值{gdp}[，占{city}的{gdp:share of city}][，{gdp:growth}]。

Braces hold a figure (metric, figure after a colon, `of` a place) or a name (`zone`, `period` …). What stands
in square brackets is said only if all its figures are known. Read here and nowhere else, so that the gates
and the reports engine agree on what a sentence asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from gaoxin.core.errors import PackError
from gaoxin.core.spelling import did_you_mean
from gaoxin.packs.schemas.observation import FigureKind

PLACES = ("zone", "city", "prefecture", "province")
NAMES = (*PLACES, "subject", "period", "period_end", "last_period")
_SLOT = re.compile(r"([a-z][a-z0-9_]*)(?::([a-z_]+))?(?: of ([a-z]+))?")
_FIGURES = frozenset(get_args(FigureKind))


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class NameOf:
    """A name that depends on whom and when the brief is about; one of NAMES."""

    what: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure: `metric` of the subject, `figure` kind, `of` one of PLACES or ""."""

    metric: str
    figure: str
    of: str


@dataclass(frozen=True, slots=True)
class Aside:
    """Said only if every figure directly in it is known."""

    parts: tuple[Part, ...]


Part = Words | NameOf | Slot | Aside


def parse_sentence(text: str) -> tuple[Part, ...]:
    """The parts of a sentence in order.

    Raises: PackError naming the character, for an open bracket, an unknown name or an empty aside.
    """
    parts, end = _parts(text, 0, depth=0)
    if end != len(text):
        raise _wrong(text, end, "多了一个“]”", "one ] too many")
    return parts


def slots(parts: tuple[Part, ...]) -> Iterator[Slot]:
    """Every figure a sentence asks for, asides included."""
    for part in parts:
        if isinstance(part, Slot):
            yield part
        elif isinstance(part, Aside):
            yield from slots(part.parts)


def _parts(text: str, start: int, *, depth: int) -> tuple[tuple[Part, ...], int]:
    found: list[Part] = []
    at = start
    while at < len(text):
        sign = text[at]
        if sign == "]":
            if depth == 0:
                break
            return tuple(found), at
        if sign == "[":
            inner, close = _parts(text, at + 1, depth=depth + 1)
            if close >= len(text):
                raise _wrong(text, at, "“[”没有配对的“]”", "this [ is never closed")
            if not any(isinstance(part, Slot) for part in inner):
                raise _wrong(text, at, "方括号里没有数字", "no figure stands directly in this bracket")
            found.append(Aside(inner))
            at = close + 1
        elif sign == "{":
            close = text.find("}", at)
            if close < 0:
                raise _wrong(text, at, "“{”没有配对的“}”", "this { is never closed")
            found.append(_slot(text, at, text[at + 1 : close].strip()))
            at = close + 1
        else:
            stop = min((text.find(mark, at) for mark in "[]{" if text.find(mark, at) >= 0), default=len(text))
            found.append(Words(text[at:stop]))
            at = stop
    return tuple(found), at


def _slot(text: str, at: int, inside: str) -> Part:
    if inside in NAMES:
        return NameOf(inside)
    match = _SLOT.fullmatch(inside)
    if match is None:
        raise _wrong(
            text, at, f"看不懂“{{{inside}}}”，请写 {{指标:数值性质 of 地方}}", f"cannot read {{{inside}}}"
        )
    metric, figure, of = match[1], match[2] or "level", match[3] or ""
    if figure not in _FIGURES:
        hint = did_you_mean(figure, _FIGURES)
        raise _wrong(text, at, f"没有数值性质 {figure}；{hint[0]}", f"unknown figure {figure}; {hint[1]}")
    if of and of not in PLACES:
        hint = did_you_mean(of, PLACES)
        raise _wrong(text, at, f"没有地方 {of}；{hint[0]}", f"unknown place {of}; {hint[1]}")
    return Slot(metric, figure, of)


def _wrong(text: str, at: int, zh: str, en: str) -> PackError:
    near = text[max(0, at - 6) : at + 10]
    return PackError(f"简报句式第 {at + 1} 个字符处（{near}）：{zh}", f"character {at + 1} ({near}): {en}")
