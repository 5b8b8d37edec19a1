"""The data of an evaluation: years × units × indicators, with names (面板数据).

Read from a CSV with one unit a row (formats of the reference) or built from arrays. Missing cells are NaN and
stay NaN; nothing is filled here.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gaoxin.core.errors import FrameworkError
from gaoxin.core.spelling import did_you_mean
from gaoxin.indicators.files import text_of
from gaoxin.indicators.frameworks.tree import Framework

Array = npt.NDArray[np.float64]
_CODES, _NAMES, _YEARS = ("code", "uCode"), ("name", "uName"), ("year", "Time")


@dataclass(frozen=True)
class Panel:
    """Raw values of units over years.

    Shapes: `x` (years, units, leaves of the framework); each of `extra` (years, units), the denominators and
    other columns; each of `groups` (units,) of texts, "" where none. `years` is (None,) for data without one.
    Missing: NaN. A unit that is absent in a year has NaN in all its cells.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    years: tuple[int | None, ...]
    leaves: tuple[str, ...]
    x: Array
    extra: Mapping[str, Array]
    groups: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        shape = (len(self.years), len(self.units), len(self.leaves))
        if self.x.shape != shape:
            raise ValueError(f"x is {self.x.shape}, not years × units × leaves {shape}")

    def only(self, units: Sequence[int]) -> Panel:
        """The same for some of the units, by position."""
        keep = np.asarray(units, dtype=np.intp)
        return replace(
            self,
            units=tuple(self.units[i] for i in keep),
            names=tuple(self.names[i] for i in keep),
            x=self.x[:, keep, :],
            extra={code: held[:, keep] for code, held in self.extra.items()},
            groups={code: tuple(held[i] for i in keep) for code, held in self.groups.items()},
        )

    def unit(self, code: str) -> int:
        """The position of a unit. Raises: FrameworkError with near spellings."""
        try:
            return self.units.index(code)
        except ValueError:
            zh, en = did_you_mean(code, self.units)
            raise FrameworkError(f"数据里没有 {code}。{zh}", f"The data has no unit {code}. {en}") from None


def read_panel(framework: Framework, path: str | Path) -> Panel:
    """The panel in a CSV file.

    Raises: FrameworkError naming the column and row for a missing indicator, a cell that is no number, or a
    unit that stands twice in a year, and for no file.
    """
    file = Path(path)
    return parse_panel(framework, text_of(path), name=file.name)


def parse_panel(framework: Framework, text: str, *, name: str = "data.csv") -> Panel:
    """The same from the text of the file."""
    import csv

    lines = [
        (line, row)
        for line, row in enumerate(csv.reader(io.StringIO(text)), start=1)
        if any(cell.strip() for cell in row)
    ]
    rows = [row for _, row in lines]
    if len(rows) < 2:
        raise FrameworkError(f"{name}：没有数据行", f"{name}: there are no rows of data")
    heads = [head.strip() for head in rows[0]]
    place = {head: index for index, head in enumerate(heads)}
    for head in place:
        if head and heads.count(head) > 1:
            raise FrameworkError(f"{name}：列 {head} 写了两次", f"{name}: the column {head} stands twice")
    code_at = _first(place, _CODES)
    if code_at is None:
        raise FrameworkError(f"{name}：缺少 code 或 uCode 列", f"{name}: a column code or uCode is needed")
    leaves = [leaf.code for leaf in framework.leaves]
    for leaf in leaves:
        if leaf not in place:
            zh, en = did_you_mean(leaf, heads)
            raise FrameworkError(f"{name}：缺少指标列 {leaf}。{zh}", f"{name}: no column for {leaf}. {en}")
    name_at, year_at = _first(place, _NAMES), _first(place, _YEARS)
    units, years = _order(rows[1:], code_at), _years(lines[1:], year_at, name)
    roles = {column.code: column.role for column in framework.columns}
    wanted = {node.denominator for node in framework.nodes} | {c for c in roles if roles[c] == "denominator"}
    fixed = {*_CODES, *_NAMES, *_YEARS}
    others = [head for head in heads if head not in fixed and head not in leaves]

    def _holds_texts(head: str) -> bool:
        return roles.get(head) == "group" or (head not in wanted and _is_text(rows[1:], place[head]))

    texts = [head for head in others if _holds_texts(head)]
    numbers = [head for head in others if head not in texts]
    x = np.full((len(years), len(units), len(leaves)), np.nan)
    extra = {head: np.full((len(years), len(units)), np.nan) for head in numbers}
    groups = {head: [""] * len(units) for head in texts}
    names = dict.fromkeys(units, "")
    unit_at = {unit: index for index, unit in enumerate(units)}
    seen: set[tuple[int, int]] = set()
    for line, row in lines[1:]:
        cells = [*(cell.strip() for cell in row), *[""] * (len(heads) - len(row))]
        if not cells[code_at]:
            raise FrameworkError(
                f"{name}:{line} 没有单位编号", f"{name}:{line} the code of the unit is missing"
            )
        i = unit_at[cells[code_at]]
        t = years.index(_year(cells[year_at], f"{name}:{line}")) if year_at is not None else 0
        if (t, i) in seen:
            unit, year = units[i], years[t] or ""
            raise FrameworkError(
                f"{name}:{line} {unit} {year} 写了两次", f"{name}:{line} {unit} {year} stands twice"
            )
        seen.add((t, i))
        names[units[i]] = cells[name_at] if name_at is not None else units[i]
        for k, leaf in enumerate(leaves):
            x[t, i, k] = _number(cells[place[leaf]], name, line, leaf)
        for head in numbers:
            extra[head][t, i] = _number(cells[place[head]], name, line, head)
        for head in texts:
            groups[head][i] = cells[place[head]] or groups[head][i]
    return Panel(
        units=tuple(units),
        names=tuple(names[unit] or unit for unit in units),
        years=tuple(years),
        leaves=tuple(leaves),
        x=x,
        extra=extra,
        groups={head: tuple(held) for head, held in groups.items()},
    )


def panel_of(
    framework: Framework,
    x: npt.ArrayLike,
    units: Iterable[str],
    *,
    years: Iterable[int | None] = (None,),
    extra: Mapping[str, npt.ArrayLike] | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Panel:
    """A panel from arrays: `x` (units, leaves) or (years, units, leaves); `extra` accordingly."""
    held = np.array(x, dtype=np.float64)
    held = held[None] if held.ndim == 2 else held
    codes = tuple(units)
    columns = {code: np.array(column, dtype=np.float64) for code, column in (extra or {}).items()}
    return Panel(
        units=codes,
        names=codes,
        years=tuple(years),
        leaves=tuple(leaf.code for leaf in framework.leaves),
        x=held,
        extra={code: column[None] if column.ndim == 1 else column for code, column in columns.items()},
        groups={code: tuple(held) for code, held in (groups or {}).items()},
    )


def _first(place: Mapping[str, int], heads: Iterable[str]) -> int | None:
    return next((place[head] for head in heads if head in place), None)


def _order(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    return list(dict.fromkeys(row[at].strip() if at < len(row) else "" for row in rows))


def _years(lines: Sequence[tuple[int, Sequence[str]]], at: int | None, name: str) -> list[int | None]:
    if at is None:
        return [None]
    years = {_year(row[at].strip() if at < len(row) else "", f"{name}:{line}") for line, row in lines}
    return [*sorted(years)]


def _year(cell: str, where: str) -> int:
    try:
        return int(cell)
    except ValueError:
        raise FrameworkError(
            f"{where} 年份不是整数：{cell}", f"{where} the year is no integer: {cell}"
        ) from None


def _is_text(rows: Sequence[Sequence[str]], at: int) -> bool:
    return any(not _reads(row[at].strip()) for row in rows if at < len(row))


def _reads(cell: str) -> bool:
    try:
        _plain(cell)
    except ValueError:
        return False
    return True


def _plain(cell: str) -> float:
    if cell in ("", "NA", "NaN", "nan"):
        return float("nan")
    number = float(cell)
    if np.isinf(number):
        raise ValueError("infinite")
    return number


def _number(cell: str, name: str, line: int, column: str) -> float:
    try:
        return _plain(cell)
    except ValueError:
        raise FrameworkError(
            f"{name}:{line} {column} 不是数：{cell}（缺数请留空）",
            f"{name}:{line} {column} is no number: {cell} (leave missing cells blank)",
        ) from None
