"""The rules over a resident population, everything told: verdicts, conditions, scores, what is missing, money.

python ours.py three|all|reform|one|path POPULATION
python ours.py aggregate POPULATION             from Parquet, sums and counts only
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

if sys.argv[1:2] == ["three"]:
    # one thread, as OpenFisca has: two share caches, and their CPU seconds would count the waiting
    os.environ["POLARS_MAX_THREADS"] = "1"

import polars as pl
from population import ON, THREE, columns, every_rule

from gaoxin.compute.language import Parameter
from gaoxin.compute.rows import row_of
from gaoxin.packs.library import open_library
from gaoxin.rules.book import RuleBook
from gaoxin.rules.compiling import MONEY, Compiler
from gaoxin.rules.explaining import explain
from gaoxin.rules.judging import judge
from gaoxin.rules.matching import RuleColumns


def timed(work: Callable[[], object], times: int = 3) -> tuple[float, float]:
    """The best of some runs: wall clock and CPU seconds."""
    best = (float("inf"), float("inf"))
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        best = min(best, (time.perf_counter() - wall, time.process_time() - cpu), key=lambda pair: pair[1])
    return best


def told(name: str, wall: float, cpu: float, **more: object) -> None:
    print(json.dumps({"name": name, "wall": wall, "cpu": cpu, **more}))


def three(frame: pl.DataFrame) -> None:
    held = columns(THREE)
    frames = [rule.apply(frame.lazy()).collect() for rule in held]
    wall, cpu = timed(lambda: [rule.apply(frame.lazy()).collect() for rule in held])
    sums = {
        f"{rule.compiled.id}.{name}": int(result[name].cast(pl.Int64).sum())
        for rule, result in zip(held, frames, strict=True)
        for name in result.columns
        if name == "verdict" or name.startswith("c:") or name == "amount"
    }
    told("gaoxin", wall, cpu, rows=frame.height, sums=sums)


def everything(frame: pl.DataFrame) -> None:
    held = columns(every_rule())
    wall, cpu = timed(lambda: [rule.apply(frame.lazy()).collect().height for rule in held], 1)
    told("gaoxin, every rule", wall, cpu, rows=frame.height, rules=len(held))


def reform(frame: pl.DataFrame) -> None:
    """A changed parameter of the subsidy, compiled and run again on the resident population."""
    book = RuleBook(open_library())

    def again() -> None:
        changed = {"C9.rate": Parameter("C9.rate", Fraction(40, 100))}
        rule = RuleColumns.of(Compiler(book, ON, overrides=changed).compiled("C9"))
        rule.apply(frame.lazy()).select(pl.col("amount").sum(), pl.len()).collect()

    assert MONEY
    wall, cpu = timed(again)
    told("reform re-run", wall, cpu, rows=frame.height)


def one(frame: pl.DataFrame) -> None:
    """One enterprise, every rule, explained."""
    library = open_library()
    compiler = Compiler(RuleBook(library), ON)
    held = [compiler.compiled(name) for name in every_rule()]
    plans = {rule.id: RuleColumns.of(rule).plan for rule in held}

    def explained(at: int) -> None:
        for rule in held:
            row = row_of(frame[at : at + 1], 0, rule.leaves, plans[rule.id].fields)
            explain(judge(rule, row), library.metrics)

    explained(0)
    wall, cpu = timed(lambda: explained(1), 5)
    told("one enterprise, every rule, explained", wall, cpu, rules=len(held))


def aggregate(files: str) -> None:
    """From Parquet, only sums: the amount of the subsidy and how many get it."""
    (rule,) = columns(["C9"])
    wall, cpu = timed(
        lambda: (
            rule.apply(pl.scan_parquet(files))
            .select(pl.col("amount").sum(), (pl.col("verdict") == 1).sum().alias("pass"), pl.len())
            .collect(engine="streaming")
        ),
        1,
    )
    told("aggregate simulation", wall, cpu)


def main() -> None:
    what, place = sys.argv[1], Path(sys.argv[2])
    files = str(place / "*.parquet")
    if what == "aggregate":
        aggregate(files)
        return
    frame = pl.read_parquet(files).rechunk()
    {"three": three, "all": everything, "reform": reform, "one": one}[what](frame)


if __name__ == "__main__":
    main()
