"""How far a whole population is from each condition, as a share of what is asked (差距).

A gap is 0 where a condition holds. Of conditions that must all hold the largest counts, of alternatives the
smallest. A fact that is not so is a whole gap, 1, as is any distance from a mark of zero. What is open has no
gap. Gaps are floats: they sort and are shown, they decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from gaoxin.compute import polars_frames, tree
from gaoxin.compute.plans import Plan
from gaoxin.compute.tree import Node
from gaoxin.rules.compiling import CompiledRule

_WHOLE = 1.0


def gaps(compiled: CompiledRule, population: pl.LazyFrame) -> pl.DataFrame:
    """The gap of every condition of a rule: columns subject and one per condition id.

    Missing: null where the condition is open.
    """
    asked: dict[str, Node] = {}
    exprs = {held.id: _Gaps(asked).of(held.effective) for held in compiled.conditions}
    plan = polars_frames.plan(asked, compiled.bits)
    frame = polars_frames.apply(plan, population).with_columns(_plain(plan))
    return frame.select("subject", **exprs).collect()


def _plain(plan: Plan[pl.Expr]) -> list[pl.Expr]:
    """The numbers of a plan as floats, by the name of the output."""
    found = []
    for name, shape in plan.shapes.items():
        ends = {"number": ((name, "", shape.den),), "truth": ()}.get(
            shape.type, ((f"{name}.lo", ".lo", shape.den), (f"{name}.hi", ".hi", shape.high_den))
        )
        for told, end, den in ends:
            below = pl.lit(float(den)) if den else pl.col(f"{name}{end}.den").cast(pl.Float64)
            found.append((pl.col(f"{name}{end}.num").cast(pl.Float64) / below).alias(told))
    return found


@dataclass(frozen=True)
class _Gaps:
    """Turns truths into gaps; what they are measured by is put into `asked`."""

    asked: dict[str, Node] = field(repr=False)

    def of(self, node: Node, *, wanted: bool = True) -> pl.Expr:
        if isinstance(node, tree.Not):
            return self.of(node.of, wanted=not wanted)
        if isinstance(node, tree.Logic) and node.parts:
            parts = [self.of(part, wanted=wanted) for part in node.parts]
            every = (node.op == "all") == wanted
            joint = pl.max_horizontal(parts) if every else pl.min_horizontal(parts)
            return self._if_open(node, joint, wanted)
        if isinstance(node, tree.Choose):
            yes, no = self.of(node.yes, wanted=wanted), self.of(node.no, wanted=wanted)
            joint = pl.when(self._column(node.test)).then(yes).otherwise(no)
            return self._if_open(node, joint, wanted)
        return self._if_open(node, self._distance(node), wanted)

    def _if_open(self, node: Node, gap: pl.Expr, wanted: bool) -> pl.Expr:
        holds = self._column(node) == wanted
        return pl.when(holds).then(0.0).when(holds.not_()).then(gap)

    def _distance(self, node: Node) -> pl.Expr:
        if isinstance(node, tree.Compare) and node.left.type == "number":
            return _relative(self._column(node.left), self._column(node.right))
        if isinstance(node, tree.Reaches):
            end = "hi" if node.op in (">", ">=") else "lo"
            score = self._column(node.score, end)
            return _relative(score, pl.lit(float(node.mark)))
        if isinstance(node, tree.Growth):
            rate = 1.0 + self._column(node.rate)
            return _relative(self._column(node.end), self._column(node.base) * rate.pow(node.years))
        return pl.lit(_WHOLE)

    def _column(self, node: Node, end: str = "") -> pl.Expr:
        names: Mapping[Node, str] = {held: name for name, held in self.asked.items()}
        name = names.get(node) or f"g{len(self.asked)}"
        self.asked[name] = node
        return pl.col(f"{name}.{end}" if end else name)


def _relative(measured: pl.Expr, mark: pl.Expr) -> pl.Expr:
    """A distance as a share of the mark; 0 for who stands on a mark that does not count."""
    return pl.when(mark == 0).then(_WHOLE).otherwise((measured - mark).abs() / mark.abs())
