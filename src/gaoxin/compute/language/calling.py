"""The functions: min, max, whole, if, band, known, passes; all others are sent on to where they are built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gaoxin.compute.language import dating, events, syntax, windows
from gaoxin.compute.language.scopes import Table
from gaoxin.compute.language.wording import node_words
from gaoxin.compute.tree import Choose, Extreme, Known, Node, Settled, Step, Whole, made

if TYPE_CHECKING:
    from gaoxin.compute.language.building import Building


def call(building: Building, part: syntax.Call) -> Node:
    match part.function:
        case "sum" | "mean" | "least" | "most":
            return windows.window(building, part)
        case "min" | "max":
            return _extreme(building, part)
        case "whole":
            (of,) = building.arguments(part, 1, "whole(x)")
            return made(Whole, building.number(of))
        case "if":
            return _choose(building, part)
        case "band":
            return _band(building, part)
        case "known":
            return _known(building, part)
        case "valid":
            return events.valid(building, part)
        case "days" | "year" | "day" | "within":
            return dating.built(building, part)
        case "growth":
            raise building.text.error(
                part.at,
                "growth 只能比较，如 growth(revenue[Y-4], revenue[Y-1], 3) >= 20%",
                "growth is only compared: growth(revenue[Y-4], revenue[Y-1], 3) >= 20%",
            )
    running = "年份或清单" if part.function == "count" else "清单" if part.function == "exists" else "年份"
    raise building.text.error(
        part.at,
        f"{part.function} 要写成 {part.function}(变量 in {running}: 条件)",
        f"write {part.function}(name in years or list: condition)",
    )


def _extreme(building: Building, part: syntax.Call) -> Node:
    if len(part.parts) < 2:
        raise building.text.error(
            part.at, f"{part.function} 至少要两个数", f"{part.function} takes two numbers or more"
        )
    first = building.number(part.parts[0])
    rest = (building.number(each, first.dims) for each in part.parts[1:])
    op: Literal["min", "max"] = part.function  # type: ignore[assignment]
    return made(Extreme, op, (first, *rest))


def _choose(building: Building, part: syntax.Call) -> Node:
    test, yes, no = building.arguments(part, 3, "if(条件, 是则, 否则)")
    asked, first = building.truth(test), building.node(yes)
    if first.type not in ("number", "truth", "score"):
        zh, en = node_words(first)
        raise building.text.error(yes.at, f"if 只能选数、判断或得分，不能选{zh}", f"if cannot choose {en}")
    second = building.typed(no, first.type)
    if first.dims != second.dims:
        raise building.unfit(no.at, first.dims, second.dims)
    if isinstance(asked, Settled):
        return first if asked.value else second
    return made(Choose, asked, first, second)


def _band(building: Building, part: syntax.Call) -> Node:
    named, of = building.arguments(part, 2, "band($表, x)")
    table = building.held(named) if isinstance(named, syntax.Parameter) else None
    if not isinstance(table, Table):
        raise building.text.error(
            named.at,
            "band 的第一项要是分档表 $参数",
            "the first input of band is a $table",
            expected="a $table",
        )
    node = building.number(of, table.of_dims)
    return made(Step, node, table.steps, table.otherwise, table.rising, table.closed, table.dims)


def _known(building: Building, part: syntax.Call) -> Node:
    (of,) = building.arguments(part, 1, "known(x)")
    node = building.node(of)
    if node.type == "score":
        raise building.text.error(
            of.at, "得分总有范围，不问 known", "a score always has a range; known is not asked"
        )
    return made(Known, node)


def passes(building: Building, part: syntax.Passes) -> Node:
    if building.element:
        raise building.text.error(
            part.at, "清单条件里不能用 passes", "passes is not used inside a list condition"
        )
    if part.rule not in building.scope.rules:
        raise building.text.error(
            part.at,
            f"没有规则 {part.rule}",
            f"there is no rule {part.rule}",
            known=building.scope.rules,
            word=part.rule,
            found=part.rule,
        )
    verdict = building.scope.verdicts(part.rule)
    building.used.update(verdict.parameters)
    return verdict.node
