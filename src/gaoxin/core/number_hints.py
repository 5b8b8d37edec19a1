"""Which number belongs in a field whose unit is known, when words were typed into it (怎么填)?

`core.numbers` refuses 3999.99万 and names the number as such, 39999900; in a field of 万元 whoever copies
that number is wrong by a factor of 10,000. Here the example is put into the unit of the field, or left out.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from gaoxin.core.errors import NumberError, UnitError
from gaoxin.core.numbers import plain, spoken_number
from gaoxin.core.quantities import Unit, round_half_up, unit

_SIZES = "十百千万亿"
_MOST_PLACES = 10
_SPOKEN = ("unit", "approximate")


def in_field_unit(text: str, field: Unit) -> str | None:
    """The digits to type: 3999.99万, 3999.99万元 and 39999900元 are 3999.99 in a field of 万元.

    Missing: None where the words name a unit that does not convert, where no finite decimal comes out, and
    where two readings are likely: 9千 in a field of 万元 may be 9千元 or 9千万元.
    """
    spoken = spoken_number(text)
    if spoken is None:
        return None
    number, size, tail = spoken
    if not tail and size == 1:
        return plain(number)
    said = _unit(tail or field.symbol.lstrip(_SIZES))
    if said is None or not said.converts_to(field):
        return None
    if not tail and said.factor * Fraction(size) < field.factor:
        return None
    return _digits(Fraction(number) * said.factor / field.factor)


def restated(error: NumberError, text: str, field: Unit | str) -> NumberError:
    """The refusal with its example in the unit of the field; other refusals come back as they are."""
    held = unit(field) if isinstance(field, str) else field
    if error.context.get("reason") not in _SPOKEN:
        return error
    example = in_field_unit(text, held)
    name, name_en = held.symbol, held.en or held.symbol
    own_zh = "" if name == "1" else f"这一格的单位是{name}，"
    own_en = "" if name == "1" else f"this field is in {name_en}; "
    zh = f"请填 {example}" if example else "请只填数字"
    en = f"write {example}" if example else "write the number only"
    said = error.context.get("text") or text.strip()
    return NumberError(
        f"“{said}”读不出数字：{own_zh}{zh}",
        f"cannot read “{said}” as a number: {own_en}{en}",
        **{**error.context, "suggestion": example},
    )


def _unit(symbol: str) -> Unit | None:
    try:
        return unit(symbol)
    except UnitError:
        return None


def _digits(number: Fraction) -> str | None:
    places = next((p for p in range(_MOST_PLACES) if (number * 10**p).denominator == 1), None)
    return None if places is None else plain(Decimal(round_half_up(number, places)))
