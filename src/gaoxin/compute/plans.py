"""Which columns a population gets from some trees, stage by stage (求值计划).

A plan is made once for a rule version and an evaluation day and applied to any frame; what it adds is told
by `Shape`: a truth is one column, a number two (num ÷ den), a score four; each has its open set in
`name.open`. Where the judgements of experts are told apart, `name.data` says of a truth whether its open set
holds anything else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Generic

from gaoxin.compute import tree
from gaoxin.compute.engines import NARROW, E, Engine
from gaoxin.compute.rendering import Number, Piece, Rendering, Score, Truth
from gaoxin.compute.tree import Leaf, Node, Type
from gaoxin.core.errors import ExpressionError

MOST_BITS = 63


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of one output.

    `den`, `high_den`: the divisor where it is the same for every subject; else it is a column. `low`, `high`:
    the bounds of a number's numerator. `data`: whether `name.data` is told of a truth.
    """

    name: str
    type: Type
    den: int | None = None
    high_den: int | None = None
    low: int | None = None
    high: int | None = None
    data: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        ends = ("",) if self.type == "number" else (".lo", ".hi") if self.type == "score" else ()
        dens = (self.den, self.high_den)
        parts = [self.name] if self.type == "truth" else []
        parts += [f"{self.name}.data"] if self.data else []
        for end, den in zip(ends, dens, strict=False):
            parts += [f"{self.name}{end}.num", *([f"{self.name}{end}.den"] if den is None else [])]
        return (*parts, f"{self.name}.open")


@dataclass(frozen=True, slots=True)
class Plan(Generic[E]):
    """`needs`: the inputs, with the fields that are read of each event list. `stages`: columns to add."""

    needs: tuple[Leaf, ...]
    fields: Mapping[str, tuple[tree.Field, ...]]
    stages: tuple[tuple[tuple[str, E], ...], ...]
    shapes: Mapping[str, Shape]

    @property
    def outputs(self) -> tuple[str, ...]:
        return tuple(column for shape in self.shapes.values() for column in shape.columns)


def open_bits(metrics: frozenset[str] | set[str]) -> dict[str, int]:
    """The bit of each metric, in the order of their ids. Raises: ExpressionError beyond 63 metrics."""
    if len(metrics) > MOST_BITS:
        raise ExpressionError(
            f"一条规则最多用 {MOST_BITS} 个指标，这里用了 {len(metrics)} 个；请把规则拆开",
            f"a rule reads at most {MOST_BITS} metrics, this one reads {len(metrics)}; split it",
        )
    return {metric: bit for bit, metric in enumerate(sorted(metrics))}


def make_plan(
    outputs: Mapping[str, Node],
    engine: Engine[E],
    bits: Mapping[str, int],
    experts: Collection[str] | None = None,
) -> Plan[E]:
    """Render some named trees. `experts`: the metrics that are judgements, to tell what waits for data.

    Raises: ExpressionError, naming the output, where exact arithmetic would need more than 38 digits.
    """
    rendering = Rendering(engine, bits, shared=_shared(outputs))
    shapes: dict[str, Shape] = {}
    last: list[tuple[str, Piece[E]]] = []
    for name, node in outputs.items():
        try:
            done = rendering.of(node)
        except ExpressionError as error:
            raise ExpressionError(f"{name}：{error.zh}", f"{name}: {error.en}") from error
        if isinstance(done, Truth):
            shapes[name] = Shape(name, "truth", data=engine.planes and experts is not None)
            last.append((name, done.value))
            if engine.planes and experts is not None:
                data = [bit for metric, bit in bits.items() if metric not in experts]
                last.append((f"{name}.data", rendering.any_of(done.open, data)))
        elif isinstance(done, Number):
            shapes[name] = Shape(name, "number", done.den.constant, low=done.num.low, high=done.num.high)
            last += _pair(rendering, name, done)
        elif isinstance(done, Score):
            shapes[name] = Shape(name, "score", done.low.den.constant, done.high.den.constant)
            last += [*_pair(rendering, f"{name}.lo", done.low), *_pair(rendering, f"{name}.hi", done.high)]
        else:
            raise TypeError(f"output {name} is a {node.type}")
        last.append((f"{name}.open", rendering.packed(done.open)))
    stages = [list(stage) for stage in rendering.stages]
    deepest = max((piece.stage for _, piece in last), default=0)
    stages += [[] for _ in range(deepest - len(stages) + 1)]
    stages.append([(name, piece.expr) for name, piece in last])
    needs = tree.leaves(*outputs.values())
    return Plan(needs, _fields(outputs), tuple(tuple(stage) for stage in stages if stage), shapes)


def _pair(rendering: Rendering[E], name: str, number: Number[E]) -> list[tuple[str, Piece[E]]]:
    """Narrow at least: what a plan tells has no smaller width."""
    parts = [("num", number.num), *([("den", number.den)] if number.den.constant is None else [])]
    return [(f"{name}.{end}", rendering.as_width(part, max(NARROW, part.width))) for end, part in parts]


def _shared(outputs: Mapping[str, Node]) -> frozenset[Node]:
    """What more than one place reads, inputs and constants apart."""
    plain = (tree.Leaf, tree.Constant, tree.Day, tree.Settled, tree.Range)
    readers = Counter(outputs.values())
    for node in tree.walk(*outputs.values()):
        readers.update(set(node.children()))
    return frozenset(node for node, count in readers.items() if count > 1 and not isinstance(node, plain))


def _fields(outputs: Mapping[str, Node]) -> dict[str, tuple[tree.Field, ...]]:
    found: dict[str, dict[str, tree.Field]] = {}
    for node in tree.walk(*outputs.values()):
        if isinstance(node, tree.Exists | tree.Sum):
            assert isinstance(node.events, Leaf)
            inner = (node.where, node.value) if isinstance(node, tree.Sum) else (node.where,)
            held = found.setdefault(node.events.column, {})
            held.update({part.name: part for part in tree.walk(*inner) if isinstance(part, tree.Field)})
    return {column: tuple(held[name] for name in sorted(held)) for column, held in found.items()}
