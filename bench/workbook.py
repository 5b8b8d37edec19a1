"""Write the workbook of the import benchmark: 20,000 enterprises × 100 figures, as a zone would receive it.

Every column is one metric of one year with the year and the unit in its header, the way a statistics bureau
sends it; names and credit codes are fictional (unassigned region), values are seeded, so two runs import the
same file.
"""

from __future__ import annotations

import argparse
import random
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from gaoxin.core.identifiers import uscc_check_digit
from gaoxin.packs.library import open_library

YEARLY = {"flow_year", "stock_year_end", "average_year", "count_year"}
YEARS = (2025, 2024, 2023, 2022)


def columns(count: int) -> list[tuple[str, bool]]:
    """The first `count` (header, is money) pairs over yearly numeric enterprise metrics of the catalogue."""
    library = open_library(["national"])
    metrics = [
        metric
        for metric in library.metrics.values()
        if "enterprise" in metric.subjects
        and metric.period_type in YEARLY
        and str(metric.dimension) in {"money", "count"}
    ]
    pairs = [
        (
            f"{year}年{metric.zh}" + ("（万元）" if str(metric.dimension) == "money" else ""),
            str(metric.dimension) == "money",
        )
        for year in YEARS
        for metric in metrics
    ]
    if len(pairs) < count:
        raise SystemExit(f"the catalogue gives only {len(pairs)} columns, {count} are needed")
    return pairs[:count]


def write(path: Path, enterprises: int, figures: int, seed: int) -> None:
    """Write the workbook; money has up to two decimals of 万元, counts are whole."""
    draw = random.Random(seed)
    headers = columns(figures)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("企业年报")
    sheet.write_row(0, 0, ["企业名称", "统一社会信用代码", *(header for header, _ in headers)])
    for row in range(1, enterprises + 1):
        body = f"91990000MA{row:07d}"
        sheet.write_string(row, 0, f"测算企业{row:05d}")
        sheet.write_string(row, 1, body + uscc_check_digit(body))
        for column, (_, money) in enumerate(headers, start=2):
            value = Decimal(draw.randrange(1, 10**8)) / 100 if money else Decimal(draw.randrange(0, 2000))
            sheet.write_number(row, column, float(value))
    book.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--enterprises", type=int, default=20_000)
    parser.add_argument("--figures", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    write(chosen.path, chosen.enterprises, chosen.figures, chosen.seed)
