"""How fast do long rows become a snapshot? (快照速度)

    python bench/freeze_rows.py [SUBJECTS [COLUMNS]]

Rows come in batches of 100,000 as a database gives them, subject by subject. Prints seconds of wall clock and
CPU, making the rows included (0.2 s), and the peak memory of the process. 20,000 subjects × 300 columns, 6
million values, is the size to meet in 30 seconds.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from gaoxin.facts.snapshots import freeze, open_snapshot

BATCH = 100_000


def batches(subjects: int, columns: int) -> Iterator[pl.DataFrame]:
    figures = pl.DataFrame(
        {
            "metric": [f"metric_{number // 3}" for number in range(columns)],
            "period": [str(2023 + number % 3) for number in range(columns)],
        }
    ).with_columns(
        kind=pl.lit("enterprise"), value_type=pl.lit("money"), dimension=pl.lit("money"), op=pl.lit("=")
    )
    step = max(1, BATCH // columns)
    for first in range(0, subjects, step):
        codes = [f"enterprise/{number:08d}" for number in range(first, min(subjects, first + step))]
        yield (
            pl.DataFrame({"subject": codes})
            .join(figures, how="cross")
            .with_columns(number=(pl.int_range(pl.len()) + first) * 100)
        )


def main() -> None:
    subjects, columns = (int(word) for word in [*sys.argv[1:], "20000", "300"][:2])
    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = time.perf_counter(), time.process_time()
        manifest = freeze(batches(subjects, columns), Path(folder) / "snapshot")
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        opened = time.perf_counter()
        open_snapshot(Path(folder) / "snapshot")
        opened = time.perf_counter() - opened
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = f"{wall:.1f} s wall, {cpu:.1f} s CPU, peak {peak:.0f} MB, open {opened:.2f} s"
    print(f"{manifest.values:,} values: {times}")


if __name__ == "__main__":
    main()
