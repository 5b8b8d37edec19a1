"""Subjects as rows and as a population frame: the same values, in base units and as stored integers (行与表).

`frame_of` is how a handful of subjects meets an engine; whole populations come from snapshots.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import polars as pl

from gaoxin.compute.polars_frames import dtype_of
from gaoxin.compute.reference import Element, Plain, Row, Value
from gaoxin.compute.tree import Field, Leaf


def frame_of(
    rows: Mapping[str, Row], leaves: Iterable[Leaf], fields: Mapping[str, Sequence[Field]]
) -> pl.DataFrame:
    """A frame with a row per subject and the columns of some inputs.

    Units: base units in, integers at the storage scale out. Missing: null.
    Raises: ValueError for a number with more decimals than are stored.
    """
    columns: list[pl.Series] = [pl.Series("subject", list(rows), dtype=pl.String)]
    for leaf in leaves:
        held = fields.get(leaf.column, ())
        values = [_stored(leaf, row.get(leaf.column), held) for row in rows.values()]
        columns.append(pl.Series(leaf.column, values, dtype=dtype_of(leaf, held)))
    return pl.DataFrame(columns)


def row_of(
    frame: pl.DataFrame, at: int, leaves: Iterable[Leaf], fields: Mapping[str, Sequence[Field]]
) -> Row:
    """One row of a population frame in base units; a column the frame lacks is missing."""
    found: dict[str, Value] = {}
    for leaf in leaves:
        if leaf.column in frame.columns:
            found[leaf.column] = _told(leaf, frame[leaf.column][at], fields.get(leaf.column, ()))
    return found


def _stored(leaf: Leaf | Field, value: Value, fields: Sequence[Field] = ()) -> object:
    if value is None or not isinstance(value, Fraction | Sequence) or isinstance(value, str):
        return value
    if isinstance(value, Fraction):
        scaled = value * 10**leaf.scale
        if scaled.denominator != 1:
            raise ValueError(f"{value} has more than {leaf.scale} decimals")
        return scaled.numerator
    return [{field.name: _stored(field, element.get(field.name)) for field in fields} for element in value]


def _told(leaf: Leaf | Field, value: object, fields: Sequence[Field]) -> Value:
    if value is None or not isinstance(value, int | pl.Series) or isinstance(value, bool):
        return value  # type: ignore[return-value]
    if isinstance(value, pl.Series):
        return [_element(element, fields) for element in value.to_list()]
    return Fraction(value, 10**leaf.scale)


def _element(element: Mapping[str, object], fields: Sequence[Field]) -> Element:
    found: dict[str, Plain] = {}
    for field in fields:
        told = _told(field, element.get(field.name), ())
        assert not isinstance(told, Sequence) or isinstance(told, str)
        found[field.name] = told
    return found
