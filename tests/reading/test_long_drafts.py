"""A draft four times as long takes about four times the work, whatever it repeats.

Work is counted in calls of functions, not in seconds, so that a busy machine changes nothing. Were every
figure held against every other, four times the length would be sixteen times the work.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from types import FrameType

import pytest

import gaoxin as gx

PUBLISHED = date(2022, 9, 20)
HEAD = "2021年，楚雄高新区实现规上工业总产值10亿元，"
MOST_TIMES = 6
SHORT = 700
REPEATED = {
    "a draft about a zone": (Path(__file__).parent / "planted" / "chuxiong_year.txt").read_text("utf-8"),
    "shares": "占楚雄州的1%、占楚雄市的2%、",
    "parts": "企业1家，其中2家占1%，",
    "totals": "共1个、",
    "ranks": "均居第1位，",
    "lists": "甲、乙、丙3个产业，",
    "cells": "1\t",
    "headings": "\n标题一\n楚雄高新区企业1家。",
}


@cache
def workspace() -> gx.Workspace:
    return gx.open()


def calls(work: Callable[[], object]) -> int:
    """How many functions were called."""
    count = 0

    def counted(_frame: FrameType, event: str, _given: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    earlier = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(earlier)
    return count


@pytest.mark.parametrize("flood", REPEATED.values(), ids=REPEATED)
def test_four_times_the_length_is_about_four_times_the_work(flood: str) -> None:
    def text(length: int) -> str:
        return (HEAD + flood * (length // len(flood) + 1))[:length]

    def check(length: int) -> object:
        return workspace().verify(text(length), published=PUBLISHED)

    check(SHORT)  # what is looked up once is looked up now
    check(4 * SHORT)
    assert calls(lambda: check(4 * SHORT)) < MOST_TIMES * calls(lambda: check(SHORT))


def test_different_values_of_one_figure_are_held_against_a_bounded_number_of_others() -> None:
    """Each sentence gives the same total another value: every pair of them would be a contradiction."""

    def text(several: int) -> str:
        return "".join(f"2021年，楚雄高新区规上工业总产值{1000 + 7 * n}亿元。" for n in range(several))

    def check(several: int) -> object:
        return workspace().verify(text(several), published=PUBLISHED)

    check(200)
    assert calls(lambda: check(200)) < MOST_TIMES * calls(lambda: check(50))


def test_the_last_of_many_values_is_held_against_the_first() -> None:
    """A figure stated sixty times, the last time with another value, clashes with what was said before."""
    same = "2021年，青川高新区完成规上工业总产值250亿元。"
    checked = workspace().verify(same * 60 + same.replace("250", "370"), published=date(2022, 2, 1))
    assert checked.verdicts[-1].verdict == "inconsistent"
