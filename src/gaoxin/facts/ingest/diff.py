"""What a draft would change in the ledger (核对变化).

Answers the third step of an import: what is new, changed, unchanged, missing, and what a person has to look
at. `diff` judges every figure at once; `Diff.save` puts the result into a folder (Parquet and JSON), from
which the review page reads one page at a time and `decisions.resolve` takes what is to be recorded. Figures
that are already stored are not recorded again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from gaoxin.core.errors import IngestError
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.comparable import Stored
from gaoxin.facts.ingest.consistency import handed_in_again, part_words, parts_above_wholes
from gaoxin.facts.ingest.draft import Draft, DraftColumn
from gaoxin.facts.ingest.judging import CELLS, RANK, compared_periods, judge_column, judge_rows
from gaoxin.facts.ingest.lines import Line
from gaoxin.facts.ingest.problems import CellProblem
from gaoxin.facts.ingest.progress import Cancelled, Progress, check, never, silent
from gaoxin.facts.ingest.slips import SlipGroup

VERSION = 1


@dataclass(frozen=True)
class Diff:
    """A judged draft.

    Shapes: `rows` (row, subject, name, uscc, new, state, judgement, figures); `cells` (row, column, new,
    new_text, against, against_text, base_period, judgement, power, converted), column by column; lazy, so a
    stored diff is read page by page.
    `attention`: the lines that need a decision. `gone`: subject and name of who reported before and does
    not now.
    """

    file: str
    sheet: str
    sha256: str
    kind: str
    period: str | None
    columns: tuple[DraftColumn, ...]
    rows: pl.LazyFrame
    cells: pl.LazyFrame
    slips: tuple[SlipGroup, ...]
    attention: tuple[Line, ...]
    counts: Dictionary[str, int]
    compared: Dictionary[str, int] = field(default_factory=dict)

    @property
    def compared_zh(self) -> str:
        """与 2026年1–8月已入库数据比: the period most figures are compared with."""
        if not self.compared:
            return "库里还没有可比的数"
        most = max(self.compared, key=lambda code: self.compared[code])
        return f"与 {Period.parse(most).label('zh')}已入库数据比"

    def default_decisions(self) -> dict[str, str]:
        """Decisions assumed for suspected slips; the person sees them and may change each."""
        return {line.key: line.default for line in self.attention if line.default is not None}

    def open_keys(self, decisions: Dictionary[str, str]) -> list[str]:
        """Lines that still need a decision."""
        return [line.key for line in self.attention if decisions.get(line.key) not in line.options]

    def save(self, folder: Path) -> None:
        """Write the diff into a folder of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        self.rows.collect().write_parquet(folder / "rows.parquet")
        self.cells.collect().write_parquet(folder / "cells.parquet", row_group_size=100_000)
        header = {
            "version": VERSION,
            "file": self.file,
            "sheet": self.sheet,
            "sha256": self.sha256,
            "kind": self.kind,
            "period": self.period,
            "columns": [asdict(column) for column in self.columns],
            "slips": [asdict(group) for group in self.slips],
            "attention": [line.as_dict() for line in self.attention],
            "counts": dict(self.counts),
            "compared": dict(self.compared),
        }
        (folder / "diff.json").write_text(json.dumps(header, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> Diff:
        """A saved diff; rows and figures stay on disk. Raises: IngestError when the folder holds none."""
        try:
            header: dict[str, Any] = json.loads((folder / "diff.json").read_text(encoding="utf-8"))
            if header.pop("version") != VERSION:
                raise KeyError("version")
        except (OSError, ValueError, KeyError) as error:
            raise IngestError(
                "这次导入的核对结果已经不在，请重新上传。",
                "The result of this check is no longer there; upload the file again.",
                folder=str(folder),
            ) from error
        return cls(
            columns=tuple(DraftColumn(**column) for column in header.pop("columns")),
            slips=tuple(SlipGroup(**group) for group in header.pop("slips")),
            attention=tuple(Line.from_dict(line) for line in header.pop("attention")),
            rows=pl.scan_parquet(folder / "rows.parquet"),
            cells=pl.scan_parquet(folder / "cells.parquet"),
            **header,
        )


def diff(
    draft: Draft,
    current: pl.DataFrame,
    *,
    scope: Collection[str] | None = None,
    names: Dictionary[str, str] | None = None,
    doubts: Sequence[Line] = (),
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Diff:
    """Judge every figure of the draft against what stands in the ledger.

    `current`: standing values (subject, metric, period, number and text; figure and of where they are not
    level and none).
    `scope`: the subjects that should be in the file (those of the same source last time); else those who
    reported the same figures for this or the period before. `names`: subject code → name, for those who are
    missing. `doubts`: what is already known to be doubtful about the sheet as a whole.
    Raises: ImportCancelled.
    """
    stored = Stored(current, draft.columns)
    usable = draft.rows.filter(pl.col("state") != "error").select("row", "subject", row_is_new="new")
    parts: list[pl.DataFrame] = []
    groups: list[SlipGroup] = []
    for column in draft.columns:
        check(cancelled)
        mine = draft.cells.filter(pl.col("column") == column.number).join(usable, on="row", how="inner")
        judged, slips = judge_column(column, mine.rename({"number": "new", "text": "new_text"}), stored)
        parts.append(judged)
        groups += slips
        progress("compare", column.number + 1, len(draft.columns))
    cells = pl.concat(parts, rechunk=False) if parts else pl.DataFrame(schema=CELLS)
    cells = parts_above_wholes(cells, draft.columns)
    again = handed_in_again(cells, draft.columns)
    doubts = [*doubts, *([again] if again is not None else ())]
    rows = judge_rows(draft.rows, cells)
    present = set(draft.rows["subject"].drop_nulls())
    wanted = stored.expected(draft.columns) if scope is None else sorted(scope)
    gone = [code for code in wanted if code not in present]
    attention = [*doubts, *_attention(draft, cells, rows, gone, names or {})]
    return Diff(
        draft.file,
        draft.sheet,
        draft.sha256,
        draft.kind,
        draft.period,
        draft.columns,
        rows.lazy(),
        cells.lazy(),
        tuple(groups),
        tuple(attention),
        _counts(draft, cells, rows, attention),
        compared_periods(cells),
    )


def _attention(
    draft: Draft, cells: pl.DataFrame, rows: pl.DataFrame, gone: Sequence[str], names: Dictionary[str, str]
) -> list[Line]:
    """Suspected slips first, then jumps, confirmations, who is missing, and what cannot be loaded."""
    wanted = cells.filter(pl.col("judgement").is_in(["unit_slip", "jump", "fell", "part"]))
    lines = figure_lines(wanted, rows, draft.columns, part_words(cells, draft.columns))
    lines.sort(
        key=lambda line: (
            line.judgement != "unit_slip",
            line.column if line.judgement == "unit_slip" else 0,
            line.row or 0,
        )
    )
    by_row: dict[int, list[CellProblem]] = {}
    for problem in draft.problems:
        by_row.setdefault(problem.row, []).append(problem)
    people = {row["row"]: row for row in rows.filter(pl.col("state") != "ok").iter_rows(named=True)}
    for number, row in people.items():
        found = by_row.get(number, [])
        judgement = "error" if row["state"] == "error" else "look"
        shown = [problem for problem in found if judgement == "look" or problem.severity == "error"]
        first = shown[0] if shown else None
        more = f"（这一行共 {len(shown)} 处）" if len(shown) > 1 else ""
        lines.append(
            Line(
                f"R{number}",
                judgement,
                number,
                first.cell if first else "",
                row["subject"] or "",
                row["name"] or "",
                metric_zh=first.header if first else "整行",
                period=draft.period or "",
                figures=row["figures"],
                new_text=first.written if first else "",
                zh=(first.zh + more) if first else "这一行有问题，见问题清单",
                en=first.en if first else "",
                mend_zh=first.mend_zh if first else "",
                mend_en=first.mend_en if first else "",
            )
        )
    lines += [
        Line(
            f"gone:{code}",
            "gone",
            None,
            "",
            code,
            names.get(code, code),
            metric_zh="整行",
            period=draft.period or "",
            zh="上期报过，这次表里没有",
            en="reported before, missing from this file",
        )
        for code in gone
    ]
    return lines


def figure_lines(
    cells: pl.DataFrame,
    rows: pl.DataFrame,
    columns: Sequence[DraftColumn],
    said: Dictionary[tuple[int, int], tuple[str, str]] | None = None,
) -> list[Line]:
    """Lines of single figures. For a few hundred cells at a time. `said`: what is to be said of (row, column)
    in Chinese and English.
    """
    who = rows.select("row", "subject", "name")
    lines: list[Line] = []
    for cell in cells.join(who, on="row", how="left", maintain_order="left").iter_rows(named=True):
        column = columns[cell["column"]]
        zh, en = (said or {}).get((cell["row"], cell["column"]), ("", ""))
        lines.append(
            Line(
                f"R{cell['row']}C{cell['column']}",
                cell["judgement"],
                cell["row"],
                f"{column.letters}{cell['row']}",
                cell["subject"],
                cell["name"] or "",
                column.number,
                column.metric,
                column.metric_zh,
                column.period,
                column.unit,
                cell["against"],
                cell["new"],
                cell["converted"],
                cell["against_text"] or "",
                cell["new_text"] or "",
                "" if cell["base_period"] in (None, column.period) else cell["base_period"],
                zh=zh,
                en=en,
            )
        )
    return lines


def _counts(
    draft: Draft, cells: pl.DataFrame, rows: pl.DataFrame, attention: Sequence[Line]
) -> dict[str, int]:
    """Counts of rows (`rows_…`), of figures (`figures_…`) and of lines that need a look (`attention`, slips
    apart).
    """
    counts = dict(draft.counts)
    counts |= {f"rows_{name}": 0 for name in RANK} | {f"figures_{name}": 0 for name in RANK}
    counts |= {f"rows_{name}": count for name, count in rows.group_by("judgement").len().iter_rows()}
    counts |= {f"figures_{name}": count for name, count in cells.group_by("judgement").len().iter_rows()}
    counts["gone"] = sum(1 for line in attention if line.judgement == "gone")
    counts["attention"] = sum(1 for line in attention if line.judgement != "unit_slip")
    return counts
