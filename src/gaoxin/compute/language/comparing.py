"""What compares: =, !=, <, <=, >, >=, in, starts, growth (比较)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from gaoxin.compute.dims import NONE
from gaoxin.compute.language import events, syntax
from gaoxin.compute.language.scopes import Table
from gaoxin.compute.language.syntax import Syntax
from gaoxin.compute.language.wording import node_words
from gaoxin.compute.tree import (
    Choose,
    Compare,
    Comparison,
    Constant,
    Day,
    Growth,
    Leaf,
    Member,
    Node,
    Not,
    Reaches,
    made,
)

if TYPE_CHECKING:
    from gaoxin.compute.language.building import Building

_MIRRORED: Mapping[str, Comparison] = {"<": ">", "<=": ">=", "=": "=", "!=": "!=", ">=": "<=", ">": "<"}
_MOST_GROWTH_YEARS = 10


def compare(building: Building, part: syntax.Operation) -> Node:
    if isinstance(part.left, syntax.Call) and part.left.function == "growth":
        return _growth(building, part, part.left)
    if isinstance(part.right, syntax.Text):
        return _equal_text(building, part, part.left, part.right)
    if isinstance(part.left, syntax.Text):
        return _equal_text(building, part, part.right, part.left)
    op: Comparison = part.op  # type: ignore[assignment]
    left, right = building.node(part.left), building.node(part.right)
    if left.type == "score" and right.type == "number":
        return made(Reaches, op, left, building.constant(part.right, left.dims))
    if right.type == "score" and left.type == "number":
        return made(Reaches, _MIRRORED[op], right, building.constant(part.left, right.dims))
    if left.type != right.type:
        (zh, en), (found_zh, found_en) = node_words(left), node_words(right)
        raise building.text.error(
            part.right.at,
            f"{zh}不能与{found_zh}比较",
            f"{en} cannot be compared with {found_en}",
            expected=en,
            found=found_en,
        )
    if left.type not in ("number", "date"):
        raise _uncomparable(building, part, left)
    if left.dims != right.dims:
        raise building.unfit(part.right.at, left.dims, right.dims)
    return _compared(op, left, right, {})


def _compared(op: Comparison, left: Node, right: Node, done: dict[tuple[Node, Node], Node]) -> Node:
    """The comparison, inside the branches where a side is a choice between marks: so it holds where both
    branches say so, even while the test is open (净利润超过 5 亿元, whether the mark is 2 亿元 or 4 亿元).

    `done`: pairs compared already, so that branches shared by many choices are gone through once.
    """
    pair = left, right
    if pair not in done:
        if isinstance(left, Choose) and _is_mark(left):
            branches = [(left.yes, right), (left.no, right)]
            done[pair] = made(Choose, left.test, *(_compared(op, *each, done) for each in branches))
        elif isinstance(right, Choose) and _is_mark(right):
            branches = [(left, right.yes), (left, right.no)]
            done[pair] = made(Choose, right.test, *(_compared(op, *each, done) for each in branches))
        else:
            done[pair] = made(Compare, op, left, right)
    return done[pair]


def _is_mark(node: Node) -> bool:
    """A constant, or a choice between constants."""
    if isinstance(node, Choose):
        return _is_mark(node.yes) and _is_mark(node.no)
    return isinstance(node, Constant | Day)


def _uncomparable(building: Building, part: syntax.Operation, left: Node) -> Exception:
    zh, en = node_words(left)
    mends = {
        "truth": ("判断直接写 x 或 not x", "write the truth itself, x or not x"),
        "score": ("得分只能与分数线比较", "a score is only compared with a mark"),
        "text": ("文字与引号里的值比较，如 = 'hnte'", "compare a text with one in quotes: = 'hnte'"),
        "events": ("清单请用 exists、count 或 sum", "for lists use exists, count or sum"),
    }
    mend_zh, mend_en = mends[left.type]
    return building.text.error(part.at, f"{zh}不能比较，{mend_zh}", f"{en} is not compared; {mend_en}")


def _equal_text(building: Building, part: syntax.Operation, of: Syntax, value: syntax.Text) -> Node:
    if part.op not in ("=", "!="):
        raise building.text.error(
            part.at,
            f"文字只能用 = 或 !=，不能用 {part.op}",
            f"a text is compared with = or !=, not {part.op}",
        )
    node = building.typed(of, "text")
    _choice(building, node, value)
    equal = made(Member, node, (value.value,), False)
    return equal if part.op == "=" else made(Not, equal)


def among(building: Building, part: syntax.Among) -> Node:
    node = building.typed(part.of, "text")
    if isinstance(part.among, syntax.Parameter):
        held = building.held(part.among)
        if isinstance(held, Table) or not isinstance(held.value, tuple):
            raise building.text.error(
                part.among.at, f"${part.among.id} 不是一组代码", f"${part.among.id} is no list of texts"
            )
        return made(Member, node, held.value, part.prefix)
    for value in part.among:
        if not part.prefix:
            _choice(building, node, value)
    return made(Member, node, tuple(value.value for value in part.among), part.prefix)


def _choice(building: Building, node: Node, value: syntax.Text) -> None:
    """Refuse a text that the metric or field never holds."""
    choices = _choices(building, node)
    if choices and value.value not in choices:
        raise building.text.error(
            value.at,
            f"没有“{value.value}”这个取值，可取 {'、'.join(choices)}",
            f"“{value.value}” is none of {', '.join(choices)}",
            expected=", ".join(choices),
            found=value.value,
            known=choices,
            word=value.value,
        )


def _choices(building: Building, node: Node) -> tuple[str, ...]:
    if isinstance(node, Leaf):
        return building.scope.metrics[node.metric].choices
    return events.choices(building, node)


def _growth(building: Building, part: syntax.Operation, call: syntax.Call) -> Node:
    if part.op not in (">=", ">"):
        raise building.text.error(
            part.at, "growth 只能用 >= 或 > 比较", "growth is only compared with >= or >", found=part.op
        )
    base, end, years = building.arguments(call, 3, "growth(起点, 终点, 年数)")
    start = building.number(base)
    finish = building.number(end, start.dims)
    count = building.constant(years, NONE)
    if count.denominator != 1 or not 1 <= count <= _MOST_GROWTH_YEARS:
        raise building.text.error(
            years.at,
            f"年数应是 1 到 {_MOST_GROWTH_YEARS} 的整数",
            f"years are a whole number from 1 to {_MOST_GROWTH_YEARS}",
            found=str(count),
        )
    op: Literal[">=", ">"] = part.op  # type: ignore[assignment]
    return made(Growth, op, start, finish, int(count), building.number(part.right, NONE))
