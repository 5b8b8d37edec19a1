"""Which functions hold a text against itself, and what they report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.desk import Desk


@dataclass(frozen=True)
class Clash:
    """Figures that cannot all be right.

    `positions`: all of them, the one that is blamed first unless the facts bear it out. `zh`, `en`: what
    fills the words of the cause. `numbers`: what a position should be if the others are right, in base units.
    `firm`: holds even where a fact agrees with the figure, because the text itself shows the contradiction.
    """

    cause: Cause
    positions: tuple[int, ...]
    zh: Mapping[str, str] = field(default_factory=dict)
    en: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[int, Fraction] = field(default_factory=dict)
    working: str = ""
    firm: bool = False
    blames_all: bool = False


@dataclass(frozen=True)
class Borne:
    """A figure that follows from others of the text: 126亿元 ÷ 18 = 7亿元. It agrees if they do."""

    position: int
    inputs: tuple[int, ...]
    working: str


Check = Callable[[Desk], Iterator[Clash | Borne]]
_CHECKS: dict[str, Check] = {}


def checks(name: str) -> Callable[[Check], Check]:
    """Enter a function that finds clashes."""

    def entered(check: Check) -> Check:
        if name in _CHECKS:
            raise ValueError(f"{name} is entered already")
        _CHECKS[name] = check
        return check

    return entered


def clashes(desk: Desk) -> Iterator[Clash | Borne]:
    """What every check finds, in the order they were entered."""
    for check in _CHECKS.values():
        yield from check(desk)
