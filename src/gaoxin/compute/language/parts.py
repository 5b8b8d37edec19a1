"""Score parts (得分项): the mappings of a pack, to score trees.

    bands: {of: EXPR, at_least: [["30%", "20"], …], otherwise: "0"}     or table: $name instead of the bands
    ladder: [{when: TRUTH, points: "30"}, {when: TRUTH, part: {…}}, …], otherwise: "0" or a part
    linear: {of: EXPR, from: "0%", to: "10%", points: "50"}             straight, from 0 to points
    steps: {of: EXPR, each: "2年", points: "1", most: "5"}
    of: EXPR, points: ["0", "15"]                                       points given from outside
    judged: METRIC, points: ["0", "6"]                                  an expert's points; or bands or ladder
    best_of: […], worst_of: […], parts: […] with cap: "30"

A bare number of points is in 分; thresholds are written with the unit of what they measure. `max` says how
many points a part can give, and is held against what it does give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gaoxin.compute.language import forms, tables
from gaoxin.compute.language.pieces import POINT, Piece, Places
from gaoxin.compute.language.places import Place
from gaoxin.compute.language.scopes import Built, Scope
from gaoxin.compute.language.tables import mishap
from gaoxin.compute.tree import (
    Best,
    Choose,
    Compare,
    Comparison,
    Constant,
    Judged,
    Leaf,
    Node,
    Points,
    Range,
    Total,
    made,
)  # fmt: skip

WAYS = ("bands", "ladder", "linear", "steps", "judged", "of", "best_of", "worst_of", "parts")
_COMPARED: Mapping[str, Comparison] = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}


@dataclass(frozen=True, slots=True)
class BuiltPart:
    """A part of a score: its tree, the parameters it rests on, the least and the most points it can give.

    `inner`: the parts it is made of.
    """

    id: str
    node: Node
    parameters: frozenset[str]
    low: Fraction
    high: Fraction
    inner: tuple[BuiltPart, ...] = ()

    def walk(self) -> Iterator[BuiltPart]:
        """All parts below and the part itself, parts before wholes."""
        for part in self.inner:
            yield from part.walk()
        yield self

    @property
    def parts(self) -> dict[str, Built]:
        """Every part that has an id, itself among them, ready for the names of a scope."""
        return {part.id: Built(part.node, part.parameters) for part in self.walk() if part.id}


def build_part(
    part: Mapping[str, Any], scope: Scope, place: Place | Places | None = None, *, id: str = ""
) -> BuiltPart:
    """The score of a part and of all parts inside it.

    `place`: where the part stands; or, for each path inside it (("bands", "of")), where that stands.
    Raises: ExpressionError.
    """
    where = place or Place()
    places: Places = where if callable(where) else (lambda path: where)
    built = _Part(scope, places, ()).built(part, id)
    ids = [each.id for each in built.walk() if each.id]
    twice = sorted({id for id in ids if ids.count(id) > 1})
    if twice:
        raise mishap(
            places(()), f"编号 {twice[0]} 用了两次", f"the id {twice[0]} stands twice", found=twice[0]
        )
    return built


@dataclass(frozen=True, slots=True)
class _Part(Piece):
    """A part, on its way to a score."""

    def built(self, part: Mapping[str, Any], id: str = "") -> BuiltPart:
        self.mapping(part)
        name = part.get("id", id)
        fresh = _Part(self.scope, self.places, self.path)
        node, inner = fresh.score(part)
        low, high = ends(node)
        if "max" in part and high > (most := fresh.at("max").fixed(part["max"], POINT)):
            raise mishap(
                self.place,
                f"这一项最多能得 {high} 分，超过 max {most} 分",
                f"this part can give {high} points, more than its max of {most}",
                expected=str(most),
                found=str(high),
            )
        used = frozenset(fresh.used).union(*(each.parameters for each in inner))
        return BuiltPart(name, node, used, low, high, inner)

    def score(self, part: Mapping[str, Any]) -> tuple[Node, tuple[BuiltPart, ...]]:
        ways = [way for way in WAYS if way in part]
        if "judged" in ways:
            return self.judged(part), ()
        if len(ways) != 1:
            raise mishap(
                self.place,
                f"得分项要写 {'、'.join(WAYS)} 其中一种，这里有 {len(ways)} 种",
                f"a score part needs exactly one of {', '.join(WAYS)}; found {len(ways)}",
                expected=", ".join(WAYS),
                found=", ".join(ways),
            )
        match ways[0]:
            case "bands":
                return forms.bands(self.at("bands"), part["bands"]), ()
            case "ladder":
                return self.ladder(part, judged=False)
            case "linear":
                return forms.linear(self.at("linear"), part["linear"]), ()
            case "steps":
                return forms.steps(self.at("steps"), part["steps"]), ()
            case "of":
                low, high = self.at("points").pair(self.want(part, "points"))
                return made(Points, self.at("of").number(part["of"], POINT), low, high), ()
        inner = self.inner(ways[0], part[ways[0]])
        nodes = tuple(each.node for each in inner)
        if ways[0] == "parts":
            cap = self.at("cap").fixed(part["cap"], POINT) if "cap" in part else None
            return made(Total, nodes, cap), inner
        return made(Best, "max" if ways[0] == "best_of" else "min", nodes), inner

    def inner(self, way: str, parts: Any) -> tuple[BuiltPart, ...]:
        if not isinstance(parts, Sequence) or isinstance(parts, str) or not parts:
            raise mishap(self.place, f"{way} 是空的，至少写一项", f"{way} is empty; write one part at least")
        return tuple(self.at(way, index).built(part) for index, part in enumerate(parts))

    def ladder(self, part: Mapping[str, Any], *, judged: bool) -> tuple[Node, tuple[BuiltPart, ...]]:
        rungs = part["ladder"]
        if not isinstance(rungs, Sequence) or isinstance(rungs, str) or not rungs:
            raise mishap(
                self.place, "ladder 是空的，至少写一档", "the ladder is empty; write one rung at least"
            )
        if "otherwise" not in part:
            raise tables.no_otherwise(self.place)
        inner: list[BuiltPart] = []
        chosen = []
        for index, rung in enumerate(rungs):
            at = self.at("ladder", index)
            at.mapping(rung)
            building, parsed = at.at("when").building(at.text(at.want(rung, "when")))
            test = building.truth(parsed)
            held = rung["part"] if "part" in rung else at.want(rung, "points")
            chosen.append((test, at.at("part" if "part" in rung else "points").rung(held, judged, inner)))
        node = self.at("otherwise").rung(part["otherwise"], judged, inner)
        for test, yes in reversed(chosen):
            node = made(Choose, test, yes, node)
        return node, tuple(inner)

    def rung(self, written: Any, judged: bool, inner: list[BuiltPart]) -> Node:
        if isinstance(written, Mapping) and not judged:
            built = self.built(written)
            inner.append(built)
            return built.node
        low, high = self.pair(written)
        if low < high and not judged:
            raise mishap(
                self.place,
                "得分是范围，要有专家来定：请写 judged",
                "points are a range, and an expert must choose: write judged",
            )
        return made(Range, low, high, POINT)

    # Judged

    def judged(self, part: Mapping[str, Any]) -> Node:
        at = self.at("judged")
        building, parsed = at.building(at.text(part["judged"]))
        leaf = building.number(parsed, POINT)
        if not isinstance(leaf, Leaf) or not leaf.expert:
            raise building.text.error(
                parsed.at,
                "judged 要写一个专家评分指标",
                "judged takes a metric an expert scores",
                expected="an expert score",
            )
        ways = [way for way in ("points", "bands", "ladder") if way in part]
        if len(ways) != 1:
            raise mishap(
                self.place,
                "judged 要配 points、bands 或 ladder 其中一种，说明得分范围",
                "judged needs exactly one of points, bands or ladder to say the range",
                found=", ".join(ways),
            )
        if ways == ["points"]:
            low, high = self.at("points").pair(part["points"])
            allowed: Node = made(Range, low, high, POINT)
        elif ways == ["ladder"]:
            allowed, _ = self.ladder(part, judged=True)
        else:
            allowed = self.at("bands").judged_bands(part["bands"])
        return made(Judged, leaf, allowed)

    def judged_bands(self, bands: Mapping[str, Any]) -> Node:
        self.mapping(bands)
        of = self.at("of").number(self.want(bands, "of"))
        kind, steps = forms.marks(self, bands, of)
        if "otherwise" not in bands:
            raise tables.no_otherwise(self.place)
        node = self.at("otherwise").rung(bands["otherwise"], True, [])
        for index, (mark, value) in reversed(list(enumerate(steps))):
            test = made(Compare, _COMPARED[kind], of, made(Constant, mark, of.dims, ""))
            node = made(Choose, test, self.at(kind, index).rung(value, True, []), node)
        return node


def ends(score: Node) -> tuple[Fraction, Fraction]:
    """The least and the most points a score can give to anybody."""
    match score:
        case Range(low=low, high=high) | Points(low=low, high=high):
            return low, high
        case Judged(range=allowed):
            return ends(allowed)
        case Choose(yes=yes, no=no):
            pairs = [ends(yes), ends(no)]
            return min(low for low, _ in pairs), max(high for _, high in pairs)
        case Total(parts=parts, cap=cap):
            pairs = [ends(part) for part in parts]
            low = sum((low for low, _ in pairs), Fraction(0))
            high = sum((high for _, high in pairs), Fraction(0))
            return (low, high) if cap is None else (min(low, cap), min(high, cap))
        case Best(op=op, parts=parts):
            choose = max if op == "max" else min
            pairs = [ends(part) for part in parts]
            return choose(low for low, _ in pairs), choose(high for _, high in pairs)
    raise TypeError(f"{type(score).__name__} is no score")
