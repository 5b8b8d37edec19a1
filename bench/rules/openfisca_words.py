"""What the OpenFisca peer says its rules with: three-valued truths, numbers that may be missing, ladders."""

# fmt: off
from __future__ import annotations

from datetime import date

import numpy as np


class Tri:
    """A three-valued truth: certainly yes, certainly no."""

    def __init__(self, yes, no):
        self.yes, self.no = yes, no

    def __and__(self, other):
        return Tri(self.yes & other.yes, self.no | other.no)

    def __or__(self, other):
        return Tri(self.yes | other.yes, self.no & other.no)

    def __invert__(self):
        return Tri(self.no, self.yes)


class Num:
    """Numbers that may be missing."""

    def __init__(self, value, known):
        self.value, self.known = value, known

    def __add__(self, other):
        return Num(self.value + other.value, self.known & other.known)

    def __sub__(self, other):
        return Num(self.value - other.value, self.known & other.known)

    def __truediv__(self, other):
        some = other.value != 0
        return Num(np.divide(self.value, other.value, out=np.zeros_like(self.value), where=some), self.known & other.known & some)

    def at_least(self, mark):
        return Tri(self.known & (self.value >= mark), self.known & ~(self.value >= mark))

    def above(self, mark):
        return Tri(self.known & (self.value > mark), self.known & ~(self.value > mark))


def where(test: Tri, yes: Num, no: Num) -> Num:
    return Num(np.where(test.yes, yes.value, no.value), (test.yes & yes.known) | (test.no & no.known))


def ladder(tests: list[Tri], points: list[tuple[int, int]], rest: tuple[int, int]):
    low = np.select([test.yes for test in tests], [np.float32(low) for low, _ in points], np.float32(rest[0]))
    high = np.select([~test.no for test in tests], [np.float32(high) for _, high in points], np.float32(rest[1]))
    return low, high


def bands(of: Num, marks: list[tuple[float, int]]):
    return ladder([of.at_least(mark) for mark, _ in marks], [(value, value) for _, value in marks], (0, 0))


def day(*parts: int) -> int:
    return (date(*parts) - date(1970, 1, 1)).days
