"""With which stored figure is a new one compared (和哪一期比)?

First the same period: then it is a second submission. Else the period before that a statistician would put
beside it: last year for a year, the months before for a year to date, the same month last year for a month,
the latest earlier day for a stock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from gaoxin.core.errors import PeriodError
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.draft import DraftColumn

CURRENT = {
    "subject": pl.String,
    "metric": pl.String,
    "period": pl.String,
    "figure": pl.String,
    "of": pl.String,
    "number": pl.Int64,
    "text": pl.String,
}
_KEYS = ["metric", "period", "figure", "of"]
STATES = frozenset({"date", "category", "event_list"})
_STOCKS = frozenset({"stock_at_date", "stock_year_end", "score", "expert_score", "external_score"}) | STATES


def comparable_periods(period: Period, period_type: str, stored: Iterable[Period]) -> list[Period]:
    """The stored periods to compare with, best first; the same period is not among them."""
    earlier = sorted({each for each in stored if each.end < period.end}, reverse=True)
    if period_type in _STOCKS or period.form == "day":
        return [
            each
            for each in earlier
            if each.form in ("day", "year", "month", "quarter", "half", "year_to_date")
        ]
    if period.form == "year_to_date":
        this_year = [each for each in earlier if each.form == "year_to_date" and each.start == period.start]
        january = [each for each in earlier if each.form == "month" and each.start == period.start]
        return [*this_year, *january, *(each for each in earlier if each == period.previous())]
    wanted = [period.previous()]
    if period.form in ("month", "quarter", "half"):
        wanted.append(period.shift(steps=-1))
    return [each for each in wanted if each in earlier]


class Stored:
    """The standing values of the ledger, by what they are about; asked column by column, so that little is
    held twice.

    Shapes: `current` (subject, metric, period, number, text; figure and of where they are not level and
    none).
    """

    def __init__(self, current: pl.DataFrame, columns: Sequence[DraftColumn]) -> None:
        metrics = sorted({column.metric for column in columns})
        held = _completed(current).filter(pl.col("metric").is_in(metrics))
        self._parts = held.partition_by(_KEYS, as_dict=True, include_key=False)
        self._periods: dict[tuple[str, str, str], list[Period]] = {}
        for metric, period, figure, of in self._parts:
            try:
                self._periods.setdefault((metric, figure, of), []).append(Period.parse(period))
            except PeriodError:
                continue
        self.codes = pl.Enum(
            sorted({period for _, period, _, _ in self._parts} | {column.period for column in columns})
        )

    def against(self, column: DraftColumn, cells: pl.DataFrame) -> pl.DataFrame:
        """The cells of one column with what they are compared with: `against`, `against_text`,
        `base_period`.

        Shapes: cells (row, subject, …) -> the same with three columns more. Missing: null where nothing
        comparable is stored.
        """
        left = cells
        found: list[pl.DataFrame] = []
        for code in self._candidates(column):
            part = self._parts.get((column.metric, code, column.figure, column.of))
            if part is None or left.is_empty():
                continue
            stored = part.unique("subject", keep="last").rename({"number": "against", "text": "against_text"})
            hit = left.join(stored, on="subject", how="inner")
            found.append(hit.with_columns(base_period=pl.lit(code, self.codes)))
            left = left.join(stored, on="subject", how="anti")
        bare = left.with_columns(
            against=pl.lit(None, pl.Int64),
            against_text=pl.lit(None, pl.String),
            base_period=pl.lit(None, self.codes),
        )
        return pl.concat([*found, bare]).sort("row")

    def expected(self, columns: Sequence[DraftColumn]) -> list[str]:
        """Subjects that reported these figures for this or the period before, in order; states such as an
        address do not count.
        """
        flows = [column for column in columns if column.period_type not in _STOCKS] or list(columns)
        found: set[str] = set()
        for column in flows:
            for code in self._candidates(column)[:2]:
                part = self._parts.get((column.metric, code, column.figure, column.of))
                found.update(part["subject"] if part is not None else ())
        return sorted(found)

    def _candidates(self, column: DraftColumn) -> list[str]:
        """Codes of the same period and of those comparable with it, best first."""
        period = Period.parse(column.period)
        stored = self._periods.get((column.metric, column.figure, column.of), ())
        return [period.code, *(each.code for each in comparable_periods(period, column.period_type, stored))]


def _completed(current: pl.DataFrame) -> pl.DataFrame:
    """The stored values with every column of `CURRENT`; a missing figure is a level, a missing denominator
    none.
    """
    added = {
        "figure": pl.lit("level"),
        "of": pl.lit(""),
        "number": pl.lit(None, pl.Int64),
        "text": pl.lit(None, pl.String),
    }
    missing = [value.alias(name) for name, value in added.items() if name not in current.columns]
    return current.with_columns(missing).select([pl.col(name).cast(dtype) for name, dtype in CURRENT.items()])
