"""Reads a column of numbers into the integers of the ledger, exactly and fast (数字列).

A workbook keeps numbers as binary fractions: 7125.5 万元 arrives as a float. The number that was typed is
the shortest decimal that reads as this float, and it is found for a whole column at once: with n = round(x
· 10^k), if n ÷ 10^k gives x again and n has at most 15 digits, then n · 10^-k is that decimal. (Division is
correctly rounded, n and 10^k are exact, and no two decimals of 15 digits share a float.) What fails the
test goes cell by cell through `Decimal(repr(x))`. Texts are read by `core.numbers` where they are not plain
digits.

Rounding: a number somebody typed is kept to its last digit or refused. A number of 12 digits or more that
is too fine for the ledger was computed by a formula; it is rounded to the last digit the ledger keeps, and
the column says how many were. The tail of a binary fraction (7125.500000000001) is cut without a word, as
every spreadsheet does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import polars as pl

from gaoxin.core.errors import NumberError, UnitError
from gaoxin.core.number_hints import in_field_unit, restated
from gaoxin.core.numbers import is_blank, is_placeholder, parse_number
from gaoxin.core.quantities import Unit, round_half_up, to_storage, unit
from gaoxin.facts.ingest.cells import shown
from gaoxin.facts.ingest.problems import Problem
from gaoxin.facts.ingest.workbook import Cell

_EXACT = 10**15
_SURE_DIGITS = 15
_COMPUTED_DIGITS = 12
_EASY, _NEAR_HALF = 2**42, 0.499
_PLAIN = r"^[+-]?[0-9]+(?:\.[0-9]+)?$"  # to polars \d is any digit of any script, which no float reads


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """How the numbers of one column are to be read.

    `written`: unit of the column; `kept`: unit of the metric, whose dimension the ledger uses. `fraction`:
    plain numbers of a % column are fractions of one. `percent`: places (in the column) whose number format
    is a percentage: their value is a fraction.
    """

    written: Unit
    kept: Unit
    fraction: bool = False
    allow_scale: bool = False
    may_be_negative: bool = False
    whole: bool = False
    percent: frozenset[int] = frozenset()


@dataclass(slots=True)
class Amounts:
    """The numbers of a column as integers at storage scale, null where missing or unreadable.

    `rounded`: places of computed numbers cut to the last stored digit. `placeholders`: places with a mark
    for "no figure".
    """

    numbers: pl.Series
    problems: list[Problem] = field(default_factory=list)
    rounded: list[int] = field(default_factory=list)
    placeholders: list[int] = field(default_factory=list)


def read_amounts(cells: Sequence[Cell], column: NumberColumn) -> Amounts:
    """Read one column. Missing: blank cells and marks such as — are null, never zero."""
    plain = unit("1") if column.fraction and column.written.symbol == "%" else column.written
    held = Amounts(pl.Series(dtype=pl.Int64))
    floats, texts = _split(cells)
    exponent = _exponent(plain, column.kept)
    numbers, open_places = _vectorised(floats, exponent, column.percent)
    numbers, open_places = _round_computed(floats, numbers, open_places, exponent, column.percent, held)
    text_places: list[int] = []
    if texts is not None:
        text_numbers, text_places = _vectorised_texts(texts, _exponent(column.written, column.kept))
        numbers = numbers.zip_with(numbers.is_not_null(), text_numbers)
    held.numbers = numbers
    singles: dict[int, int] = {}
    for at in sorted({*open_places, *text_places, *_others(cells)}):
        cell = cells[at]
        if is_blank(cell):
            continue
        if is_placeholder(cell):
            held.placeholders.append(at)
            continue
        try:
            singles[at] = _single(cell, at, plain, column, held)
        except (NumberError, UnitError) as error:
            held.problems.append(_problem(at, cell, error, column))
    if singles:
        held.numbers = held.numbers.scatter(list(singles), list(singles.values()))
    _refuse_impossible(held, cells, column)
    held.problems.sort(key=lambda problem: problem.at)
    return held


def _split(cells: Sequence[Cell]) -> tuple[pl.Series, pl.Series | None]:
    """The floats of the column, and its texts if it has any."""
    kinds = set(map(type, cells))
    if kinds <= {float}:
        return pl.Series(cells, dtype=pl.Float64), None
    floats = pl.Series(
        [
            cell if type(cell) is float else float(cell) if type(cell) is int and abs(cell) < 2**53 else None
            for cell in cells
        ],
        dtype=pl.Float64,
    )
    if str not in kinds:
        return floats, None
    return floats, pl.Series(
        [cell if type(cell) is str and cell else None for cell in cells], dtype=pl.String
    )


def _others(cells: Sequence[Cell]) -> list[int]:
    """Places of cells that are neither number nor text: dates, yes and no, durations, very long integers."""
    if set(map(type, cells)) <= {float, str}:
        return []
    return [
        at
        for at, cell in enumerate(cells)
        if type(cell) not in (float, str) and (type(cell) is not int or abs(cell) >= 2**53)
    ]


def _exponent(written: Unit, kept: Unit) -> int | None:
    """k with 1 written = 10^k storage units; None where the factor is no power of ten or the units do not
    convert.
    """
    if not written.converts_to(kept):
        return None
    grain = written.factor * 10**kept.dimension.scale
    if grain.denominator != 1:
        return None
    digits = str(grain.numerator)
    return len(digits) - 1 if digits == "1" + "0" * (len(digits) - 1) and len(digits) <= 23 else None


def _vectorised(
    floats: pl.Series, exponent: int | None, percent: frozenset[int]
) -> tuple[pl.Series, list[int]]:
    """Integers where exactness is proven, and the places where it is not."""
    known = floats.is_not_null()
    if exponent is None:
        return pl.repeat(None, len(floats), dtype=pl.Int64, eager=True), known.arg_true().to_list()
    # By a column, not by a number: division by a number may be done as multiplication by its inverse, which
    # rounds twice.
    power = pl.repeat(float(10**exponent), len(floats), dtype=pl.Float64, eager=True)
    scaled = (floats * power).round()
    proven = ((scaled / power) == floats) & (scaled.abs() < _EXACT)
    if percent:
        proven = proven.scatter([at for at in percent if at < len(floats)], False)
    proven = proven.fill_null(False)
    numbers = scaled.zip_with(proven, pl.repeat(None, len(floats), dtype=pl.Float64, eager=True))
    return numbers.cast(pl.Int64), (known & ~proven).arg_true().to_list()


def _round_computed(
    floats: pl.Series,
    numbers: pl.Series,
    places: list[int],
    exponent: int | None,
    percent: frozenset[int],
    held: Amounts,
) -> tuple[pl.Series, list[int]]:
    """Results of formulas, whole columns of which are common; the places that are left after them."""
    if exponent is None or not places:
        return numbers, places
    power = float(10**exponent)
    left: list[int] = []
    found: dict[int, int] = {}
    for at, value in zip(places, floats.gather(places).to_list(), strict=True):
        digits = repr(value).lstrip("-0.").replace(".", "")
        scaled = value * power
        if at in percent or "e" in digits or len(digits) < _COMPUTED_DIGITS or abs(scaled) >= _EASY:
            left.append(at)
            continue
        nearest = round(scaled)
        if abs(scaled - nearest) > _NEAR_HALF:  # halves are left to exact arithmetic
            left.append(at)
            continue
        found[at] = nearest
        if float(f"{value:.{_SURE_DIGITS}g}") != found[at] / power:
            held.rounded.append(at)
    return (numbers.scatter(list(found), list(found.values())) if found else numbers), left


def _vectorised_texts(texts: pl.Series, exponent: int | None) -> tuple[pl.Series, list[int]]:
    """Plain digits of at most 15 places are read like floats: such a float stands for its text alone."""
    known = texts.is_not_null()
    plain = (texts.str.contains(_PLAIN) & (texts.str.len_bytes() <= _SURE_DIGITS)).fill_null(False)
    floats = texts.zip_with(plain, pl.repeat(None, len(texts), dtype=pl.String, eager=True)).cast(pl.Float64)
    numbers, _ = _vectorised(floats, exponent, frozenset())
    return numbers, (known & numbers.is_null()).arg_true().to_list()


def _single(cell: Cell, at: int, plain: Unit, column: NumberColumn, held: Amounts) -> int:
    """One cell that the whole-column test did not settle. Raises: NumberError, UnitError."""
    if isinstance(cell, date | datetime | time | timedelta):
        raise NumberError(
            f"这里要填数字，单元格却是日期格式（{shown(cell)}）",
            f"a number is needed, but the cell is formatted as a date ({cell})",
        )
    if isinstance(cell, str):
        text = cell.strip()
        if text.endswith(("%", "％")) and column.kept.converts_to(unit("%")):
            return to_storage(parse_number(text[:-1]), "%", column.kept)
        return to_storage(parse_number(text, allow_scale=column.allow_scale), column.written, column.kept)
    if at in column.percent:
        if not column.kept.converts_to(unit("%")):
            raise NumberError(
                f"单元格是百分比格式，这一列的单位却是{column.written}",
                f"the cell is a percentage, but the column is in {column.written}",
            )
        plain = unit("1")
    number = parse_number(cell)
    digits = number.as_tuple().digits
    tailless = isinstance(cell, float) and len(digits) > _SURE_DIGITS
    try:
        return to_storage(Decimal(f"{cell:.{_SURE_DIGITS}g}") if tailless else number, plain, column.kept)
    except UnitError:
        if not isinstance(cell, float) or len(digits) < _COMPUTED_DIGITS:
            raise
    grain = plain.factor * 10**column.kept.dimension.scale
    rounded = int(round_half_up(Fraction(number) * grain, 0))
    if abs(rounded) >= 2**63:
        raise NumberError("数字太大，请核对单位和位数", "the number is too large; check unit and digits")
    held.rounded.append(at)
    return rounded


def _refuse_impossible(held: Amounts, cells: Sequence[Cell], column: NumberColumn) -> None:
    """Negative where there can be none, fractions of what is counted whole."""
    lowest = held.numbers.min()
    if not column.may_be_negative and isinstance(lowest, int) and lowest < 0:
        for at in (held.numbers < 0).fill_null(False).arg_true().to_list():
            held.problems.append(
                Problem(
                    at,
                    "negative",
                    f"“{shown(cells[at])}”是负数，这个指标不会小于 0",
                    f"“{shown(cells[at])}” is negative, which cannot be",
                    "请核对正负号；没有数据请留空",
                    "check the sign; leave the cell empty if there is no figure",
                )
            )
    if column.whole:
        one = int(column.kept.factor * 10**column.kept.dimension.scale)
        for at in ((held.numbers % one) != 0).fill_null(False).arg_true().to_list():
            held.problems.append(
                Problem(
                    at,
                    "not_whole",
                    f"“{shown(cells[at])}”不是整数，这个指标按{column.kept}计，只能是整数",
                    f"“{shown(cells[at])}” is not a whole number",
                    "请填整数",
                    "write a whole number",
                )
            )
    bad = {problem.at for problem in held.problems}
    if bad:
        held.numbers = held.numbers.scatter(sorted(bad), None)


def _problem(at: int, cell: Cell, error: NumberError | UnitError, column: NumberColumn) -> Problem:
    """The words of `core` already say what to do; the code says which kind of mistake it was."""
    reason = error.context.get("reason", error.code)
    if isinstance(error, NumberError) and reason == "unit":
        meant = in_field_unit(str(cell), column.written)
        return Problem(
            at,
            "number_unit",
            f"“{shown(cell)}”带了单位，这里只填数字",
            f"“{shown(cell)}” has a unit; write the number only",
            f"这一列的单位是{column.written}" + (f"，请填 {meant}" if meant else ""),
            f"the column is in {column.written.en or column.written}" + (f"; write {meant}" if meant else ""),
        )
    if isinstance(error, NumberError):
        error = restated(error, str(cell), column.written)
    mend_zh = f"这一列的单位是{column.written}" if column.written.symbol != "1" else ""
    return Problem(
        at,
        f"number_{reason}",
        error.zh,
        error.en,
        mend_zh,
        f"the column is in {column.written.en or column.written}" if mend_zh else "",
    )
