"""What runs over the elements of a list: exists, count, sum, valid (事项清单).

Inside, only the fields of the element, numbers, days and parameters have a meaning. A field an element lacks
is missing, except in `valid`: without a last day it holds on, without a first day it has held ever since.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from gaoxin.compute.dims import dims_of_symbol
from gaoxin.compute.language import syntax
from gaoxin.compute.language.places import Spot
from gaoxin.compute.language.scopes import FieldSpec, MetricSpec
from gaoxin.compute.tree import (
    Compare,
    Comparison,
    Constant,
    Day,
    Exists,
    Field,
    Known,
    Logic,
    Node,
    Not,
    Settled,
    Sum,
    made,
    walk,
)  # fmt: skip

if TYPE_CHECKING:
    from gaoxin.compute.language.building import Building

_THINGS = dims_of_symbol("个")


def over_elements(building: Building, part: syntax.OverElements) -> Node:
    """exists(e in xs: …), count(e in xs: …), sum(e in xs: value if …)."""
    text = building.text
    if building.element:
        raise text.error(
            part.at,
            "清单条件里不能再查清单，请拆成两条",
            "a list condition cannot look into another list; split it",
        )
    building.free(part.variable, part.at)
    spec = building.scope.metrics.get(part.events.id)
    if spec is None or spec.type != "events":
        lists = [one.id for one in building.scope.metrics.values() if one.type == "events"]
        raise text.error(
            part.events.at,
            f"“{part.events.id}”不是清单",
            f"“{part.events.id}” is no list",
            expected="a list",
            found=part.events.id,
            known=lists,
            word=part.events.id,
        )
    held = building.metric(spec.id, part.events.at, None)
    inside = building.with_element(part.variable, spec)
    if part.function == "exists":
        return made(Exists, held, inside.truth(part.body))
    if part.function == "count":
        return made(Sum, held, inside.truth(part.body), made(Constant, Fraction(1), _THINGS, ""))
    where = inside.truth(part.condition) if part.condition else made(Settled, True)
    return made(Sum, held, where, inside.number(part.body))


def field_of(building: Building, part: syntax.FieldOf) -> Node:
    """e.amount."""
    if not building.element or part.variable != building.element[0]:
        raise building.text.error(
            part.at,
            f"“{part.variable}”没有字段，字段只在 exists、count、sum 里用",
            f"“{part.variable}” has no fields; they are used inside exists, count and sum",
            found=part.variable,
        )
    return _field(building, building.element[1], part.field, part.field_at)


def _field(building: Building, spec: MetricSpec, name: str, at: Spot) -> Field:
    found = spec.elements.get(name)
    if found is None:
        known = tuple(spec.elements)
        raise building.text.error(
            at,
            f"{spec.id} 没有字段“{name}”，只有 {'、'.join(known)}",
            f"{spec.id} has no field “{name}”, only {', '.join(known)}",
            expected=", ".join(known),
            found=name,
            known=known,
            word=name,
        )
    return _node(found)


def _node(spec: FieldSpec) -> Field:
    return made(Field, spec.name, spec.type, spec.dims, spec.scale, spec.low, spec.high)


def choices(building: Building, node: Node) -> tuple[str, ...]:
    """The texts a field may hold; empty = any."""
    if isinstance(node, Field) and building.element:
        return building.element[1].elements[node.name].choices
    return ()


def reads_fields(node: Node) -> bool:
    """Does a tree depend on the element it is asked about?"""
    return any(isinstance(part, Field) for part in walk(node))


def valid(building: Building, part: syntax.Call) -> Node:
    """valid(e), valid(e, day): the first and the last day included."""
    text = building.text
    named = part.parts[0] if part.parts else None
    element = building.element
    if not element or not isinstance(named, syntax.Name) or named.id != element[0] or len(part.parts) > 2:
        raise text.error(
            part.at,
            "valid 写成 valid(e)，e 是 exists、count、sum 里的变量",
            "write valid(e), where e is the name bound by exists, count or sum",
        )
    day: Node = made(Day, building.scope.on)
    if len(part.parts) == 2:
        day = building.typed(part.parts[1], "date")
    ends: tuple[tuple[str, Comparison], ...] = (("valid_from", "<="), ("valid_to", ">="))
    parts = []
    for name, op in ends:
        held = _field(building, element[1], name, named.at)
        absent = made(Not, made(Known, held))
        parts.append(made(Logic, "any", (absent, made(Compare, op, held, day))))
    return made(Logic, "all", tuple(parts))
