"""Which choice and which weights each replication takes: drawn from a seed, or from a table (抽样)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gaoxin.core.errors import FrameworkError
from gaoxin.core.spelling import did_you_mean
from gaoxin.indicators.files import text_of
from gaoxin.indicators.frameworks.tree import Framework
from gaoxin.indicators.panels import Array
from gaoxin.indicators.uncertainty.spec import Factor, Spec

Index = npt.NDArray[np.int64]


def choices_of(spec: Spec, sets: Array | None) -> dict[str, Index]:
    """By factor, the choice (from 0) of each replication; of weights, the set, or zeros where they are drawn.

    Raises: FrameworkError for a table without a factor, or an index out of range.
    """
    counts = {
        name: len(factor.choices) if not factor.is_weights else (1 if sets is None else sets.shape[0])
        for name, factor in spec.factors.items()
    }
    if spec.table is None:
        generator = np.random.default_rng([spec.seed, 0])
        return {name: generator.integers(0, count, spec.draws) for name, count in counts.items()}
    path = Path(spec.folder) / spec.table
    rows = list(csv.DictReader(io.StringIO(text_of(path))))
    if not rows:
        raise FrameworkError(f"{path.name}：没有抽样行", f"{path.name}: there are no draws")
    out = {}
    for name, count in counts.items():
        if spec.factors[name].is_weights and sets is None:
            raise FrameworkError(
                f"给了抽样表，权重因素 {name} 就要用 sets: 文件 给出各套权重",
                f"with a table of draws the weights {name} must come from sets: FILE",
            )
        if name not in rows[0]:
            zh, en = did_you_mean(name, rows[0])
            raise FrameworkError(f"{path.name}：缺少列 {name}。{zh}", f"{path.name}: no column {name}. {en}")
        out[name] = np.array(
            [_index(row[name], count, f"{path.name}:{line} {name}") for line, row in enumerate(rows, start=2)]
        )
    return out


def read_sets(path: Path, framework: Framework) -> Array:
    """Sets of weights, one a row, one column a node; NaN for a node that is not in the file.

    Shapes: → (sets, nodes). Raises: FrameworkError for an unknown node or a weight that is none.
    """
    rows = list(csv.DictReader(io.StringIO(text_of(path))))
    place = {node.code: k for k, node in enumerate(framework.nodes)}
    out = np.full((len(rows), len(place)), np.nan)
    for line, row in enumerate(rows):
        for code, cell in row.items():
            if code == "set":
                continue
            k = place[framework.node(code).code]
            try:
                out[line, k] = float(cell)
            except ValueError:
                out[line, k] = -1.0
            if not 0 <= out[line, k] < np.inf:
                where = f"{path.name}:{line + 2} {code}"
                raise FrameworkError(f"{where} 不是权重：{cell}", f"{where} is no weight: {cell}")
    if not rows:
        raise FrameworkError(f"{path.name}：没有权重", f"{path.name}: there are no weights")
    return out


def vary(
    weights: Array,
    factor: Factor | None,
    framework: Framework,
    rows: Index,
    generator: np.random.Generator,
    sets: Array | None,
) -> Array:
    """The weights of every node in some replications; siblings sum to 1.

    Shapes: weights (nodes,) → (rows, nodes); `rows` are the sets to take, or as many draws to make.
    Raises: FrameworkError naming the node whose children get no weight.
    """
    out = np.tile(weights, (rows.size, 1))
    if factor is None:
        return out
    if sets is not None:
        given = sets[rows]
        out = np.where(np.isnan(given), out, given)
    else:
        levels = set(factor.levels)
        free = np.array([not levels or framework.level(node.code) in levels for node in framework.nodes])
        if factor.noise is not None:
            drawn = 1 + factor.noise * generator.uniform(-1, 1, out.shape)
            out = np.where(free, out * drawn, out)
        else:
            shape = np.maximum((factor.concentration or 1.0) * weights, 1e-12)
            out = np.where(free, generator.standard_gamma(shape, out.shape), out)
    for parent in framework.upwards:
        at = _places(framework, parent.code)
        total = out[:, at].sum(axis=1, keepdims=True)
        if not (total > 0).all():
            raise FrameworkError(
                f"{parent.code} 的下级权重合计为 0",
                f"the weights under {parent.code} sum to 0",
                node=parent.code,
            )
        out[:, at] /= total
    return out


def _places(framework: Framework, code: str) -> list[int]:
    place: Mapping[str, int] = {node.code: k for k, node in enumerate(framework.nodes)}
    return [place[child.code] for child in framework.children(code)]


def _index(cell: str | None, count: int, where: str) -> int:
    try:
        number = int(cell or "")
    except ValueError:
        number = 0
    if not 1 <= number <= count:
        raise FrameworkError(f"{where} 应是 1 到 {count}：{cell}", f"{where} must be 1 to {count}: {cell}")
    return number - 1
