"""The weights of siblings: as the framework gives them, or found in the data or in judgements (权重).

`steps/weights.py` has the formulas. Data are the scaled values of the siblings; of aggregates, their scores.
Where each year is scaled by itself, each year has its own weights; otherwise all years share them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from gaoxin.core.errors import FrameworkError
from gaoxin.core.issues import Issue
from gaoxin.core.spelling import did_you_mean
from gaoxin.indicators.files import text_of
from gaoxin.indicators.frameworks.tree import Framework, Node
from gaoxin.indicators.panels import Array
from gaoxin.indicators.recipes import Weight
from gaoxin.indicators.steps import weights as forms

_FROM_DATA = ("entropy", "critic", "stdev", "gini", "pca")
_PARTS = ("given", "equal", *_FROM_DATA, "ahp")


@dataclass
class Weigher:
    """Weights for one parent after another; what is said on the way is kept in `notes` and `judgements`.

    `rows`: for each year, the positions of the years it learns from.
    """

    framework: Framework
    step: Weight
    folder: Path
    rows: Sequence[Sequence[int]]
    base: float = 0.0
    notes: list[Issue] = field(default_factory=list)
    judgements: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        step = self.step
        if step.method == "optimised":
            raise FrameworkError(
                f"赋权方法 optimised 还没有实现，可用 {'、'.join(_PARTS)}、combined",
                f"weights: optimised is not built; use {', '.join(_PARTS)} or combined",
                step="weight",
            )
        for part in step.parts:
            if part not in _PARTS:
                zh, en = did_you_mean(part, _PARTS)
                raise FrameworkError(
                    f"combined 不能由 {part} 组成。{zh}", f"combined cannot take {part}. {en}", step="weight"
                )
        if step.file is None and "ahp" in step.parts:
            raise FrameworkError("ahp 需要 file: 判断矩阵文件", "ahp needs file: FILE", step="weight")
        uses = step.method == "ahp" or "ahp" in step.parts
        self._matrices = read_judgements(self.folder / str(step.file), self.framework) if uses else {}

    def of(self, parent: Node, z: Array) -> Array:
        """The weights of the children of a node, which sum to 1.

        Shapes: z (years, units, children) → (years, children).
        Raises: FrameworkError naming the parent where they cannot be had.
        """
        if self.step.method == "combined":
            parts = [self._by(method, parent, z) for method in self.step.parts]
            if any((np.prod([part[t] for part in parts], axis=0) == 0).all() for t in range(z.shape[0])):
                raise self._fail(parent, "几套权重没有共同的非零项", "the sets share no weight above 0")
            return np.stack(
                [forms.combined([part[t] for part in parts], self.step.alpha) for t in range(z.shape[0])]
            )
        return self._by(self.step.method, parent, z)

    def _by(self, method: str, parent: Node, z: Array) -> Array:
        years, _, count = z.shape
        if method == "equal":
            return np.tile(forms.equal(count), (years, 1))
        if method == "given" or (method == "ahp" and parent.code not in self._matrices):
            return np.tile(self._given(parent), (years, 1))
        if method == "ahp":
            return np.tile(self._judged(parent), (years, 1))
        learnt: dict[tuple[int, ...], Array] = {}
        out = np.empty((years, count))
        for t, rows in enumerate(self.rows):
            key = tuple(rows)
            if key not in learnt:
                learnt[key] = self._from_data(method, parent, z[list(key)].reshape(-1, count))
            out[t] = learnt[key]
        return out

    def _from_data(self, method: str, parent: Node, z: Array) -> Array:
        if z.shape[1] == 1:
            return np.ones(1)
        if method in ("entropy", "gini"):
            z = z - self.base
            size = np.nanmax(np.abs(z), initial=0.0)
            z = np.where(np.abs(z) < 1e-12 * size, 0.0, z)
        if method == "gini" and np.nanmin(z, initial=0.0) < 0:
            raise self._fail(parent, "基尼权重不能用负值", "Gini weights need values that are not negative")
        try:
            if method == "critic":
                found = forms.critic(z, self.step.ddof)
            elif method == "stdev":
                found = forms.stdev(z, self.step.ddof)
            else:
                found = {"entropy": forms.entropy, "gini": forms.gini, "pca": forms.pca}[method](z)
        except FrameworkError as error:
            raise self._fail(parent, error.zh, error.en) from None
        return np.asarray(found)

    def _given(self, parent: Node) -> Array:
        children = self.framework.children(parent.code)
        weights = [child.weight for child in children]
        if any(weight is None for weight in weights):
            self._say(
                "evaluation.weights_unknown",
                f"{parent.zh}（{parent.code}）的下级权重不全，按等权计算，结果只能称自评模拟得分",
                f"weights under {parent.code} are not all known: taken as equal, the score is simulated",
            )
            return forms.equal(len(children))
        held = np.array([weight or 0.0 for weight in weights])
        if not held.sum() > 0:
            raise self._fail(parent, "下级权重合计为 0", "the weights below it sum to 0")
        return np.asarray(held / held.sum())

    def _judged(self, parent: Node) -> Array:
        judged = forms.ahp(self._matrices[parent.code])
        codes = [child.code for child in self.framework.children(parent.code)]
        worst = [codes[k] for k in judged.worst]
        self.judgements[parent.code] = {
            "largest": judged.largest,
            "index": judged.index,
            "ratio": judged.ratio,
            "consistent": judged.is_consistent,
            "worst": worst,
        }
        if not judged.is_consistent:
            self._say(
                "evaluation.judgements_inconsistent",
                f"{parent.code} 的判断矩阵一致性比率 {judged.ratio:.4f}，不小于 0.10；"
                f"最不一致的是 {worst[0]} 与 {worst[1]}",
                f"judgements under {parent.code}: consistency ratio {judged.ratio:.4f} is not below 0.10; "
                f"the least consistent is {worst[0]} against {worst[1]}",
            )
        return judged.weights

    def _say(self, code: str, zh: str, en: str) -> None:
        note = Issue(code, "warning", zh, en)
        if note not in self.notes:
            self.notes.append(note)

    def _fail(self, parent: Node, zh: str, en: str) -> FrameworkError:
        method = self.step.method
        return FrameworkError(
            f"赋权 {method}，{parent.zh}（{parent.code}）：{zh}",
            f"weight {method}, {parent.code}: {en}",
            step="weight",
            node=parent.code,
        )


def read_judgements(path: Path, framework: Framework) -> dict[str, Array]:
    """Matrices of pairwise judgements by parent, in the order of its children.

    YAML: `PARENT: [[1, 2], [1/2, 1]]` in the order of the framework. CSV: the codes of siblings in the first
    row and the first column, in any order; one file, one set of siblings. Fractions may be written 1/3.
    Raises: FrameworkError naming the parent or cell.
    """
    text = text_of(path)
    if path.suffix.lower() in (".yaml", ".yml"):
        return _from_yaml(text, path.name, framework)
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text)) if any(row)]
    codes = rows[0][1:] if rows else []
    nodes = [framework.node(code) for code in codes]
    parents = {node.parent for node in nodes}
    parent = next(iter(parents)) if len(parents) == 1 else None
    if parent is None or {c.code for c in framework.children(parent)} != set(codes):
        raise FrameworkError(
            f"{path.name}：表头应是同一上级的全部下级编号",
            f"{path.name}: the head must name all children of one node",
        )
    if [row[0] for row in rows[1:]] != codes:
        raise FrameworkError(
            f"{path.name}：行与列的编号和次序应相同",
            f"{path.name}: rows and columns must have the same order",
        )
    matrix = _matrix([row[1:] for row in rows[1:]], path.name, parent, len(codes))
    order = [codes.index(child.code) for child in framework.children(parent)]
    return {parent: matrix[np.ix_(order, order)]}


def _from_yaml(text: str, name: str, framework: Framework) -> dict[str, Array]:
    import yaml

    try:
        held = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise FrameworkError(f"{name}：不是正确的 YAML：{error}", f"{name}: no YAML: {error}") from None
    if not isinstance(held, Mapping):
        raise FrameworkError(f"{name}：应写成 上级编号: 判断矩阵", f"{name}: write PARENT: matrix")
    out = {}
    for code, rows in held.items():
        parent = framework.node(str(code)).code
        out[parent] = _matrix(rows, name, parent, len(framework.children(parent)))
    return out


def _matrix(rows: Any, name: str, parent: str, count: int) -> Array:
    if not isinstance(rows, list) or len(rows) != count or any(len(row) != count for row in rows):
        raise FrameworkError(
            f"{name}：{parent} 的判断矩阵应为 {count} 行 {count} 列",
            f"{name}: the judgements under {parent} must be {count} × {count}",
        )
    try:
        return np.array([[float(Fraction(str(cell))) for cell in row] for row in rows])
    except (ValueError, ZeroDivisionError):
        raise FrameworkError(
            f"{name}：{parent} 的判断矩阵里有不是数的格子", f"{name}: a judgement under {parent} is no number"
        ) from None
