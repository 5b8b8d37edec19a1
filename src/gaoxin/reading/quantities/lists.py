"""What numbers in a list lend to one another (并列的数).

3、5和8家 share the unit of the last; 超过2000亿元、3000亿元 share the bound of the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gaoxin.reading.amounts import Amount
from gaoxin.reading.quantities.counting import is_counted, is_serial
from gaoxin.reading.quantities.dates import date
from gaoxin.reading.quantities.numbers import Number, arabic
from gaoxin.reading.quantities.units import Measure, measure

_ITEM = r"[0-9]{1,12}+(?:\.[0-9]{1,4}+)?+[百千万亿]{0,2}+"
_CHAIN = re.compile(rf"(?:(?:、|和|与|以?及|,)(?P<last>{_ITEM})){{1,12}}+")
_CHAIN_OF_WHOLES = re.compile(rf"(?:(?:、|和|与|以?及)(?P<last>{_ITEM})){{1,12}}+")
_LISTED = ("、", "和", "与", "及")


def shared_unit(text: str, number: Number) -> Measure | None:
    """The unit that the last number of a list lends to those before it; 10万、30万、100万元 lend 元 alone."""
    chain = (_CHAIN if number.decimals else _CHAIN_OF_WHOLES).match(text, number.end)
    if chain is None or is_serial(text, number) or date(text, chain.start("last")) is not None:
        return None
    last = arabic(text, chain.start("last"))
    if last is None:
        return None
    unit = measure(text, last.end, after_chinese=False)
    return None if unit is None else _lent(text, number, last, unit)


def _lent(text: str, number: Number, last: Number, unit: tuple[Measure, int]) -> Measure | None:
    found, end = unit
    if not is_counted(text, last, found, end):
        return None
    size = arabic("1" + last.size, 0) if last.size and not number.size else None
    factor = found.factor * (1 if size is None else size.value)
    return Measure((number.size or last.size) + found.written, found.dimension, factor, found.noun)


def with_shared_bounds(text: str, found: Sequence[Amount]) -> list[Amount]:
    """The bound before the first of a list holds for those after it, unless they have their own."""
    kept = list(found)
    leader: Amount | None = None
    for index, amount in enumerate(kept):
        own = amount.hedge not in ("", "大关")
        listed = index > 0 and text[kept[index - 1].end : amount.start] in _LISTED
        if own or not listed:
            leads = own and amount.start < amount.core_start and amount.op != "="
            leader = amount if leads else None
        elif leader is not None and leader.dimension is amount.dimension:
            kept[index] = replace(amount, op=leader.op, hedge=amount.hedge or leader.hedge)
    return kept
