"""Band tables (分档表): thresholds and what each band is worth, checked before anybody relies on them.

at_least: [["20000万元", "5%"], ["15000万元", "4%"]]     from the best band down, the threshold included
above: …                                                 the same, the threshold not included
at_most: [["5000万元", "5%"], ["20000万元", "4%"]]       from the lowest up, the threshold included
below: …                                                 the same, the threshold not included
otherwise: "0%"                                          outside all of them
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from gaoxin.compute.dims import dims_of_symbol
from gaoxin.compute.language.places import Place, Spot, Written
from gaoxin.compute.language.reach import Reach
from gaoxin.compute.language.scopes import Table
from gaoxin.core.errors import ExpressionError
from gaoxin.core.units import unit

# key → (bands reach up, the threshold belongs to its band)
KINDS: Mapping[str, tuple[bool, bool]] = {
    "at_least": (True, True),
    "above": (True, False),
    "at_most": (False, True),
    "below": (False, False),
}
START = Spot(1, 1, 0)


def mishap(place: Place, zh: str, en: str, **context: Any) -> ExpressionError:
    """The error at the beginning of a place."""
    return Written("", place).error(START, zh, en, **context)


def read_table(
    id: str, written: Mapping[str, Any], symbol: str | None, of_symbol: str | None, place: Place | None = None
) -> Table:
    """A table parameter whose numbers are written in `symbol`, its thresholds in `of_symbol`.

    Raises: ExpressionError; UnitError for a unit nobody knows.
    """
    where = place or Place()
    kind, pairs = band_list(written, where)
    factor = unit(symbol).factor if symbol else Fraction(1)
    of_factor = unit(of_symbol).factor if of_symbol else Fraction(1)
    steps = tuple((_plain(mark, where) * of_factor, _plain(value, where) * factor) for mark, value in pairs)
    if "otherwise" not in written:
        raise no_otherwise(where)
    rising, closed = KINDS[kind]
    check_marks([mark for mark, _ in steps], rising, closed, None, where)
    otherwise = _plain(written["otherwise"], where) * factor
    return Table(id, steps, otherwise, rising, closed, dims_of_symbol(of_symbol), dims_of_symbol(symbol))


def band_list(written: Mapping[str, Any], place: Place) -> tuple[str, list[tuple[Any, Any]]]:
    """Which kind of bands a mapping holds, and its (threshold, value) pairs. Raises: ExpressionError."""
    kinds = [kind for kind in KINDS if kind in written]
    if len(kinds) != 1:
        raise mishap(
            place,
            f"分档要写 {'、'.join(KINDS)} 其中一种，这里有 {len(kinds)} 种",
            f"bands need exactly one of {', '.join(KINDS)}; found {len(kinds)}",
            expected=", ".join(KINDS),
            found=", ".join(kinds),
        )
    held = written[kinds[0]]
    if not isinstance(held, Sequence) or isinstance(held, str) or not held:
        raise mishap(place, "分档表是空的，至少写一档", "the band table is empty; write one band at least")
    for each in held:
        if not isinstance(each, Sequence) or isinstance(each, str) or len(each) != 2:
            raise mishap(
                place,
                f"每一档要写 [界限, 值]，这里是 {each!r}",
                f"a band is [threshold, value], found {each!r}",
                found=repr(each),
            )
    return kinds[0], [(each[0], each[1]) for each in held]


def no_otherwise(place: Place) -> ExpressionError:
    """The error of bands that do not say what lies outside them."""
    return mishap(
        place, "请写 otherwise：不在任何一档时是多少", "write otherwise: what holds outside every band"
    )


def check_marks(
    marks: Sequence[Fraction], rising: bool, closed: bool, bounds: Reach | None, place: Place
) -> None:
    """Refuse bands that overlap, are out of order, or that no value can reach."""
    for index in range(1, len(marks)):
        earlier, later = marks[index - 1], marks[index]
        if earlier == later:
            raise mishap(
                place,
                f"第 {index + 1} 档与前一档界限相同，两档重叠",
                f"band {index + 1} has the threshold of the one before; they overlap",
                found=str(later),
            )
        if (later > earlier) == rising:
            raise mishap(
                place,
                f"第 {index + 1} 档没有按顺序，界限要{'从高到低' if rising else '从低到高'}写",
                f"band {index + 1} is out of order; write thresholds {'downwards' if rising else 'upwards'}",
                found=str(later),
            )
    if bounds is None:
        return
    near, far = (bounds.low, bounds.high) if rising else (bounds.high, bounds.low)
    for index, mark in enumerate(marks):
        before = marks[index - 1] if index else None
        if before is not None and near is not None and _holds(near, before, rising, closed):
            raise _dead(index, bounds, place)
        if far is not None and not _holds(far, mark, rising, closed):
            raise _dead(index, bounds, place)


def _holds(value: Fraction, mark: Fraction, rising: bool, closed: bool) -> bool:
    """Does a value belong to the band of that threshold?"""
    if value == mark:
        return closed
    return (value > mark) == rising


def _dead(index: int, bounds: Reach, place: Place) -> ExpressionError:
    zh, en = _words(bounds)
    return mishap(
        place,
        f"第 {index + 1} 档永远到不了：这个数{zh}（基本单位）",
        f"band {index + 1} can never be reached: the number is {en} (base units)",
        found=str(index + 1),
    )


def _words(bounds: Reach) -> tuple[str, str]:
    zh, en = [], []
    if bounds.low is not None:
        zh.append(f"不小于 {bounds.low}")
        en.append(f"at least {bounds.low}")
    if bounds.high is not None:
        zh.append(f"不大于 {bounds.high}")
        en.append(f"at most {bounds.high}")
    return "、".join(zh), ", ".join(en)


def _plain(written: Any, place: Place) -> Fraction:
    """A number as written, exactly."""
    try:
        if isinstance(written, str | int) and not isinstance(written, bool):
            return Fraction(written)
    except (ValueError, ZeroDivisionError):
        pass
    raise mishap(
        place,
        f"“{written}”不是数，请写成带引号的十进制数",
        f"“{written}” is no number; write a decimal in quotes",
        found=str(written),
    )
