"""Exact numbers as the law writes them: quoted, with or without a unit (精确数)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from gaoxin.core.errors import UnitError
from gaoxin.core.units import Unit, unit
from gaoxin.packs.schemas.base import wrong

_NUMBER = r"-?\d{1,18}(?:\.\d{1,12})?"
_AMOUNT = re.compile(rf"({_NUMBER}) ?(\D\S{{0,19}})?")


def _nonzero_divisor(text: str) -> str:
    _, _, divisor = text.partition("/")
    if divisor and int(divisor) == 0:
        raise wrong(f"{text} 的分母是 0", f"{text} divides by zero")
    return text


def _known_unit(text: str) -> str:
    found = _AMOUNT.fullmatch(text)
    if found is not None and found[2]:
        try:
            unit(found[2])
        except UnitError as error:
            raise wrong(error.zh, error.en) from None
    return text


Exact = Annotated[
    str,
    StringConstraints(pattern=rf"^(?:{_NUMBER}|-?\d{{1,12}}/\d{{1,12}})\Z"),
    AfterValidator(_nonzero_divisor),
    Field(examples=["0.05", "500", "2/3"]),
]
Amount = Annotated[
    str,
    StringConstraints(pattern=rf"^{_NUMBER} ?(?:\D\S{{0,19}})?\Z"),
    AfterValidator(_known_unit),
    Field(examples=["30%", "20000", "4件"]),
]


def exact(text: str) -> Fraction:
    """The number of an `Exact` text."""
    return Fraction(text)


def amount(text: str) -> tuple[Fraction, Unit | None]:
    """Number and unit of an `Amount` text, the number as written: "30%" is 30 and %."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise ValueError(f"not an amount: {text!r}")
    return Fraction(found[1]), unit(found[2]) if found[2] else None


def in_base_units(text: str) -> Fraction:
    """The number of an `Amount` text in base units; a bare number is as written."""
    number, held = amount(text)
    return number * held.factor if held is not None else number


def strictly_sorted(thresholds: Sequence[str], *, falling: bool) -> None:
    """Refuse thresholds that do not run one way, or do not measure one thing.

    `falling`: each smaller than the one before; otherwise each larger.
    Raises: PydanticCustomError, for the schema whose field they are.
    """
    kinds = {(held.dimension, held.kind) if held else None for _, held in map(amount, thresholds)}
    if len(kinds) > 1:
        raise wrong(
            f"分档界限的单位不一致：{'、'.join(thresholds)}",
            f"the thresholds are in different units: {', '.join(thresholds)}",
            "全部用同一类单位",
            "write all of them in units alike",
        )
    marks = [in_base_units(text) for text in thresholds]
    for earlier, later, text in zip(marks, marks[1:], thresholds[1:], strict=False):
        if later >= earlier if falling else later <= earlier:
            zh, en = ("从高到低", "from the highest down") if falling else ("从低到高", "from the lowest up")
            raise wrong(
                f"分档界限没有{zh}排列：{text} 的位置不对",
                f"the thresholds are not sorted {en}: {text} is out of place",
                f"按{zh}逐档写，每个界限只写一次",
                f"write the bands {en}, each threshold once",
            )
