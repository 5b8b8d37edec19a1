"""The files of an evaluation (输出文件): one CSV a stage, the trace and the card, as the reference says."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from gaoxin.core.errors import FrameworkError
from gaoxin.indicators.evaluation import STAGES, Evaluation
from gaoxin.indicators.panels import Array
from gaoxin.indicators.uncertainty.run import Uncertainty

FILES = (
    *(f"{stage}.csv" for stage in STAGES),
    "scores.csv",
    "ranks.csv",
    "weights.csv",
    "trace.csv",
    "card.json",
)


def write(evaluation: Evaluation, folder: str | Path) -> tuple[Path, ...]:
    """Every file, in a folder that is made if missing; those of an earlier run are replaced.

    Units: 15 significant digits, ranks whole. Missing: an empty cell. `weights.csv` has the weight of each
    node among its siblings as it was for each unit, after missing children were left out.
    Raises: FrameworkError if the folder cannot be written.
    """
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        _write_all(place, evaluation)
    except OSError as error:
        raise _closed(place, error) from None
    return tuple(place / name for name in FILES)


def _closed(place: Path, error: OSError) -> FrameworkError:
    reason = error.strerror or str(error)
    return FrameworkError(f"写不进目录 {place}（{reason}）", f"cannot write to {place} ({reason})")


def _write_all(place: Path, evaluation: Evaluation) -> None:
    for stage in STAGES:
        _table(place / f"{stage}.csv", evaluation, evaluation.panel.leaves, evaluation.stages[stage])
    for name in ("scores", "ranks"):
        _table(place / f"{name}.csv", evaluation, evaluation.nodes, getattr(evaluation, name))
    _table(place / "weights.csv", evaluation, evaluation.nodes, evaluation.used)
    with (place / "trace.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("code", "year", "indicator", "step", "what"))
        out.writerows(
            (one.code, "" if one.year is None else one.year, one.indicator, one.step, one.what)
            for one in evaluation.trace
        )
    card = json.dumps(evaluation.card, ensure_ascii=False, indent=1, allow_nan=False)
    (place / "card.json").write_text(card + "\n", "utf-8")


def write_uncertainty(found: Uncertainty, evaluation: Evaluation, folder: str | Path) -> tuple[Path, ...]:
    """`uncertainty_ranks.csv` and `uncertainty_scores.csv`, one row a replication, one column a unit; the
    ranks of each unit are summed up in the card.

    Raises: FrameworkError if the folder cannot be written.
    """
    place = Path(folder)
    names = ("uncertainty_ranks.csv", "uncertainty_scores.csv")
    try:
        for name, held in zip(names, (found.ranks, found.scores), strict=True):
            with (place / name).open("w", encoding="utf-8", newline="") as file:
                out = csv.writer(file, lineterminator="\n")
                out.writerow(found.units)
                out.writerows([number(value) for value in row] for row in held.tolist())
        card = json.dumps(evaluation.card | {"uncertainty": found.card}, ensure_ascii=False, indent=1)
        (place / "card.json").write_text(card + "\n", "utf-8")
    except OSError as error:
        raise _closed(place, error) from None
    return tuple(place / name for name in names)


def number(value: float) -> str:
    """15 significant digits; empty for a missing value."""
    return "" if np.isnan(value) else f"{value + 0.0:.15g}"


def _table(path: Path, evaluation: Evaluation, codes: Sequence[str], x: Array) -> None:
    panel = evaluation.panel
    is_panel = len(panel.years) > 1
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code", *(["year"] if is_panel else []), *codes])
        for t, year in enumerate(panel.years):
            for i, unit in enumerate(panel.units):
                head = [unit, str(year)] if is_panel else [unit]
                out.writerow([*head, *(number(value) for value in x[t, i].tolist())])
