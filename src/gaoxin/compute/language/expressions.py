"""One expression, from text to tree."""

from __future__ import annotations

from gaoxin.compute.dims import Dims
from gaoxin.compute.language.building import Building
from gaoxin.compute.language.parsing import parse
from gaoxin.compute.language.places import Place, Written
from gaoxin.compute.language.scopes import Built, Scope
from gaoxin.compute.tree import Type


def build(
    text: str,
    scope: Scope,
    expect: Type | None = "truth",
    place: Place | None = None,
    *,
    dims: Dims | None = None,
) -> Built:
    """The typed tree of a text, and the parameters it rests on.

    `expect`: the type it must have, None for any; `dims`: the dimension a number must have, None for any.
    Raises: ExpressionError with file, line and column.
    """
    where = place or Place()
    parsed = parse(text, where)
    building = Building(scope, Written(text, where))
    if expect is None:
        return building.result(building.node(parsed))
    node = building.number(parsed, dims) if expect == "number" else building.typed(parsed, expect)
    return building.result(node)
