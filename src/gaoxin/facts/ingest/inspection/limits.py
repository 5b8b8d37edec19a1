"""How much a file may hold before it is refused, and the words of a refusal (上限与拒收)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gaoxin.core.errors import IngestError

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The size of a file that one process can read without harm to its neighbours.

    Units: bytes, except `entries`, `ratio` (unpacked ÷ packed), `cells` (rows × columns of the used area),
    `columns`, `unusable` (cells). `legacy` is the size limit of .xls, whose text cannot be measured before
    it is read.
    """

    file: int = 100 * MIB
    legacy: int = 20 * MIB
    unpacked: int = 1024 * MIB
    ratio: int = 250
    ratio_from: int = 20 * MIB
    entries: int = 5_000
    cells: int = 6_000_000
    columns: int = 2_000
    text: int = 1024 * MIB
    unusable: int = 50_000


class FileRefused(IngestError):
    """A file that is not read at all, with the reason and what to send instead (拒收)."""

    code = "file_refused"

    def __init__(self, reason: str, zh: str, en: str) -> None:
        super().__init__(zh, en, reason=reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What the values of a sheet do not tell: which cells have none they should have, and which are
    percentages.

    Shapes: rows and columns from 0. `unusable`: (row, column) → the error (`#DIV/0!`) or `formula` for a
    formula without a stored result. `percent`: column → rows whose number format is a percentage.
    """

    rows: int = 0
    columns: int = 0
    unusable: Mapping[tuple[int, int], str] = field(default_factory=dict)
    percent: Mapping[int, frozenset[int]] = field(default_factory=dict)


FORMULA = "formula"


def megabytes(size: int) -> str:
    """1536 KiB → `1.5 MB`, as file managers print it."""
    return f"{size / MIB:.1f}".removesuffix(".0") + " MB"


def refuse_area(name: str, rows: int, columns: int, limits: Limits) -> None:
    """Raises: FileRefused when the used area of a sheet could not be held in memory."""
    if columns > limits.columns or rows * columns > limits.cells:
        raise FileRefused(
            "too_many_cells",
            f"工作表“{name}”用到 {rows} 行 × {columns} 列，超过上限（{limits.columns} 列、{limits.cells} "
            "格）。"
            "请删去右侧和下方多余的内容，或分成几个文件。",
            f"Sheet {name!r} uses {rows} rows × {columns} columns, over the limit of {limits.columns} "
            "columns and "
            f"{limits.cells} cells. Delete stray content at the right and bottom, or split the file.",
        )


def refuse_unusable(name: str, count: int, limits: Limits) -> None:
    """Raises: FileRefused when the program that wrote the sheet never computed its formulas."""
    if count > limits.unusable:
        raise FileRefused(
            "formulas_without_values",
            f"工作表“{name}”有 {limits.unusable} 处以上的公式没有算出结果。请用 Excel 或 WPS 打开，"
            "保存一次，再导入。",
            f"Sheet {name!r} has more than {limits.unusable} formulas without a result. Open it in Excel or "
            "WPS, save, import again.",
        )
