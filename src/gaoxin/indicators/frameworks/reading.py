"""A framework out of a file: YAML tree, CSV with one node a row, or COINr's iMeta (评价体系文件)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gaoxin.core.errors import FrameworkError
from gaoxin.core.spelling import did_you_mean
from gaoxin.indicators.files import text_of
from gaoxin.indicators.frameworks.tree import Column, Framework, Node, Role

_KEYS = (
    "code",
    "name",
    "name_en",
    "parent",
    "weight",
    "direction",
    "unit",
    "target",
    "denominator",
    "aggregate",
    "source",
    "verified",
)
_COINR = ("iCode", "iName", "Level", "Parent", "Weight", "Direction", "Type", "Unit", "Target", "Denominator")
_ROLES: dict[str, Role] = {"Group": "group", "Denominator": "denominator", "Other": "other"}
_TRUE, _FALSE = frozenset({"true", "yes", "1", "是"}), frozenset({"false", "no", "0", "否", ""})


def read_framework(path: str | Path) -> Framework:
    """The framework in a file, by what it holds: `.yaml`/`.yml`, or a CSV of either form.

    Raises: FrameworkError naming file and line for everything that is malformed, and for no file.
    """
    file = Path(path)
    text = text_of(file)
    if file.suffix.lower() in (".yaml", ".yml"):
        return from_yaml(text, name=file.name)
    return from_csv(text, name=file.name)


def from_csv(text: str, *, name: str = "framework.csv") -> Framework:
    """One node a row; COINr's iMeta is told by its columns iCode and Parent."""
    rows = list(csv.reader(io.StringIO(text)))
    heads = [head.strip() for head in rows[0]] if rows else []
    if "iCode" in heads:
        return _from_coinr(heads, rows[1:], name)
    _known(heads, _KEYS, name)
    for needed in ("code", "parent"):
        if needed not in heads:
            raise FrameworkError(f"{name}：缺少列 {needed}", f"{name}: the column {needed} is missing")
    nodes = [_node(row, f"{name}:{line}") for line, row in _rows(heads, rows[1:])]
    return Framework(id=Path(name).stem, zh=Path(name).stem, nodes=tuple(nodes))


def from_yaml(text: str, *, name: str = "framework.yaml") -> Framework:
    """A tree: `id`, `name`, then `nodes` (flat, with `parent`) or `tree` (nested `children`)."""
    import yaml

    try:
        held = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise FrameworkError(f"{name}：不是正确的 YAML：{error}", f"{name}: no valid YAML: {error}") from None
    if not isinstance(held, Mapping):
        raise FrameworkError(f"{name}：应是一棵指标树", f"{name}: a tree of nodes is expected")
    _known(held, ("id", "kind", "name", "name_en", "note", "nodes", "tree", "columns"), name)
    written = list(held.get("nodes") or ())
    if held.get("tree") is not None:
        written += list(_flat(held["tree"], None, name))
    nodes = []
    for number, one in enumerate(written, start=1):
        if not isinstance(one, Mapping):
            raise FrameworkError(
                f"{name}：第 {number} 个节点不是映射", f"{name}: node {number} is no mapping"
            )
        _known(one, _KEYS, f"{name} {one.get('code', number)}")
        nodes.append(_node(one, f"{name} {one.get('code', number)}"))
    columns = tuple(
        Column(str(one["code"]), str(one.get("name", one["code"])), one.get("role", "other"))
        for one in held.get("columns") or ()
    )
    stem = Path(name).stem
    return Framework(
        id=str(held.get("id", stem)),
        zh=str(held.get("name", stem)),
        en=str(held.get("name_en", "")),
        nodes=tuple(nodes),
        columns=columns,
        note=str(held.get("note", "")),
    )


def _from_coinr(heads: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> Framework:
    missing = [head for head in ("iCode", "Parent", "Type") if head not in heads]
    if missing:
        raise FrameworkError(
            f"{name}：iMeta 缺少列 {'、'.join(missing)}", f"{name}: iMeta lacks {', '.join(missing)}"
        )
    nodes, columns = [], []
    for line, row in _rows(heads, rows):
        where, kind = f"{name}:{line}", row.get("Type", "")
        if kind in ("Indicator", "Aggregate"):
            nodes.append(
                _node(
                    {
                        "code": row.get("iCode", ""),
                        "name": row.get("iName", ""),
                        "name_en": row.get("iName", ""),
                        "parent": row.get("Parent", ""),
                        "weight": row.get("Weight", ""),
                        "direction": row.get("Direction", ""),
                        "unit": row.get("Unit", ""),
                        "target": row.get("Target", ""),
                        "denominator": row.get("Denominator", ""),
                    },
                    where,
                )
            )
        elif kind in _ROLES:
            columns.append(
                Column(row["iCode"], row.get("iName", ""), _ROLES[kind], row.get("Unit", "") or "")
            )
        else:
            hint = did_you_mean(kind, ("Indicator", "Aggregate", *_ROLES))
            raise FrameworkError(
                f"{where}：不认识的 Type {kind}。{hint[0]}", f"{where}: unknown Type {kind}. {hint[1]}"
            )
    stem = Path(name).stem
    return Framework(id=stem, zh=stem, nodes=tuple(nodes), columns=tuple(columns))


def _flat(tree: Any, parent: str | None, name: str) -> Iterator[Mapping[str, Any]]:
    for one in tree if isinstance(tree, list) else [tree]:
        if not isinstance(one, Mapping) or "code" not in one:
            raise FrameworkError(
                f"{name}：{parent or '树'} 下有节点没有编号",
                f"{name}: a node under {parent or 'the tree'} has no code",
            )
        yield {key: value for key, value in one.items() if key != "children"} | {"parent": parent}
        yield from _flat(one.get("children") or [], str(one["code"]), name)


def _rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, dict[str, str]]]:
    for line, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row):
            yield line, {head: cell.strip() for head, cell in zip(heads, row, strict=False)}


def _node(row: Mapping[str, Any], where: str) -> Node:
    code = str(row.get("code") or "").strip()
    if not code:
        raise FrameworkError(f"{where}：没有编号", f"{where}: a code is missing")
    direction = _number(row.get("direction"), where, "direction")
    if direction not in (None, 1.0, -1.0):
        raise FrameworkError(f"{where}：方向应为 1 或 -1", f"{where}: the direction must be 1 or -1")
    weight = row.get("weight", 1.0) if "weight" in row else 1.0
    return Node(
        code=code,
        zh=str(row.get("name") or code),
        en=str(row.get("name_en") or ""),
        parent=str(row["parent"]) if row.get("parent") not in (None, "", "NA") else None,
        weight=_number(weight, where, "weight"),
        direction=-1 if direction == -1 else 1,
        unit=str(row.get("unit") or ""),
        target=_number(row.get("target"), where, "target"),
        denominator=str(row["denominator"]) if row.get("denominator") not in (None, "", "NA") else None,
        aggregate=str(row["aggregate"]) if row.get("aggregate") not in (None, "", "NA") else None,
        source=str(row.get("source") or ""),
        verified=_flag(row.get("verified", True), where),
        where=where,
    )


def _number(value: Any, where: str, what: str) -> float | None:
    if value is None or (isinstance(value, str) and value.strip() in ("", "NA")):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        raise FrameworkError(
            f"{where}：{what} 不是数：{value}", f"{where}: {what} is no number: {value}"
        ) from None


def _flag(value: Any, where: str) -> bool:
    text = str(value).strip().lower()
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise FrameworkError(f"{where}：verified 应为 true 或 false", f"{where}: verified must be true or false")


def _known(given: Any, known: Sequence[str], where: str) -> None:
    for key in given:
        if str(key) not in known:
            zh, en = did_you_mean(str(key), known)
            raise FrameworkError(f"{where}：不认识“{key}”。{zh}", f"{where}: unknown key {key!r}. {en}")
