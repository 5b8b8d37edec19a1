"""An amount from its number, its unit and the words around it."""

from __future__ import annotations

from fractions import Fraction

from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount, Form, Op
from gaoxin.reading.quantities.hedges import Hedge


def figure(
    hedge: Hedge,
    core: tuple[int, int],
    value: Fraction | None,
    dimension: Dimension | None,
    *,
    form: Form = "number",
    op: Op | None = None,
    high: Fraction | None = None,
    noun: str = "",
    written: str = "",
    decimals: int = 0,
) -> Amount:
    """The amount whose number and unit stand at `core`; `op` where it is not simply that of the hedge."""
    return Amount(
        start=hedge.start,
        end=hedge.end,
        core_start=core[0],
        core_end=core[1],
        form=form,
        value=value,
        op=hedge.op if op is None else op,
        dimension=dimension,
        high=high,
        noun=noun,
        written_unit=written,
        decimals=decimals,
        hedge=hedge.words,
    )


def plain(
    start: int,
    end: int,
    value: Fraction | None,
    dimension: Dimension | None,
    *,
    form: Form = "number",
    op: Op = "=",
    noun: str = "",
    written: str = "",
    decimals: int = 0,
) -> Amount:
    """An amount that no word around it bounds."""
    alone = Hedge(start, end, op, "")
    return figure(
        alone, (start, end), value, dimension, form=form, noun=noun, written=written, decimals=decimals
    )
