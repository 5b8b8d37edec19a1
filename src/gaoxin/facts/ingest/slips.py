"""Was a number written in another unit than its column says (疑似单位错)?

The usual slip: 元 in a column of 万元. A value is suspect when dividing (or multiplying) it by the ratio of
the two units brings it near the figure it is compared with; without such a figure, when it stands far
outside its column and the conversion brings it back. The evidence is put in one sentence per column, with
how other subjects changed. Nothing is converted here: a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import polars as pl

from gaoxin.core.quantities import round_half_up
from gaoxin.facts.ingest.draft import DraftColumn

# Sizes in which the figures of one dimension are written, as powers of ten.
_SIZES: dict[str, dict[str, int]] = {
    "money": {"元": 0, "千元": 3, "万元": 4, "亿元": 8},
    "money_usd": {"美元": 0, "万美元": 4, "亿美元": 8},
    "count": {"人": 0, "万人": 4, "户": 0, "万户": 4, "个": 0, "万个": 4, "件": 0, "万件": 4},
}
_WORDS = {
    3: "除以 1000",
    4: "除以 1 万",
    5: "除以 10 万",
    8: "除以 1 亿",
    -3: "乘以 1000",
    -4: "乘以 1 万",
    -5: "乘以 10 万",
    -8: "乘以 1 亿",
}
_ENGLISH = {power: f"{'divided' if power > 0 else 'multiplied'} by {10 ** abs(power):,}" for power in _WORDS}
_FAR, _ENOUGH, _COMPARED = 30, 20, 2_000


@dataclass(frozen=True, slots=True)
class SlipGroup:
    """The suspected slips of one column in one direction, with the evidence. `power`: divide by 10 to this
    power.
    """

    column: int
    power: int
    written: str
    meant: str
    rows: int
    basis: str
    zh: str
    en: str
    evidence_zh: str
    evidence_en: str


def find_slips(cells: pl.DataFrame, column: DraftColumn) -> tuple[pl.DataFrame, list[SlipGroup]]:
    """Suspected slips of one column (row, power, converted) and their groups.

    Shapes: cells (row, new, against, settled) with new and against at storage scale; `settled` cells are
    left alone.
    Missing: nothing to compare with falls back on the column, if it has at least 20 figures.
    """
    found = pl.DataFrame(schema={"row": pl.UInt32, "power": pl.Int8, "converted": pl.Int64})
    groups: list[SlipGroup] = []
    sizes = _SIZES.get(column.dimension or "", {})
    if column.unit not in sizes or column.figure != "level":
        return found, groups
    filled = cells.filter(pl.col("new").is_not_null() & (pl.col("new") != 0))
    for meant, size in sizes.items():
        power = sizes[column.unit] - size
        if power not in _WORDS or meant.lstrip("千万亿") != column.unit.lstrip("千万亿"):
            continue
        for basis in ("against", "column"):
            left = filled.filter(~pl.col("settled")).join(found, on="row", how="anti")
            hit = _by_stored(left, power) if basis == "against" else _by_column(left, filled, power)
            if hit.is_empty():
                continue
            found = pl.concat([found, hit.select("row", pl.lit(power, pl.Int8).alias("power"), "converted")])
            groups.append(_group(column, power, meant, basis, hit, filled))
    return found, groups


def _converted(cells: pl.DataFrame, power: int) -> pl.DataFrame:
    """Cells that can be converted exactly within 64 bits, with the converted value."""
    factor = 10 ** abs(power)
    if power > 0:
        return cells.filter(pl.col("new") % factor == 0).with_columns(converted=pl.col("new") // factor)
    small = pl.col("new").abs() <= (2**63 - 1) // factor
    return cells.filter(small).with_columns(converted=pl.col("new") * factor)


def _by_stored(cells: pl.DataFrame, power: int) -> pl.DataFrame:
    """Off by the factor, and within half of the compared figure once converted."""
    held = _converted(cells.filter(pl.col("against").is_not_null() & (pl.col("against") != 0)), power)
    return held.filter((pl.col("converted") - pl.col("against")).abs() <= pl.col("against").abs() // 2)


def _by_column(cells: pl.DataFrame, column: pl.DataFrame, power: int) -> pl.DataFrame:
    """Without a compared figure: 30 times beyond nineteen in twenty of the column, and among them once
    converted.
    """
    alone = cells.filter(pl.col("against").is_null() & (pl.col("new") > 0))
    if alone.is_empty() or column.height < _ENOUGH:
        return _converted(alone.clear(), power)
    sizes = column.filter(pl.col("new") > 0)["new"]
    low, high = int(sizes.quantile(0.05, "lower") or 0), int(sizes.quantile(0.95, "higher") or 0)
    far = pl.col("new") > high * _FAR if power > 0 else pl.col("new") < low // _FAR
    return _converted(alone.filter(far), power).filter(pl.col("converted").is_between(low, high))


def _group(
    column: DraftColumn, power: int, meant: str, basis: str, found: pl.DataFrame, mine: pl.DataFrame
) -> SlipGroup:
    count = found.height
    zh = f"{count} 行像是把“{meant}”填进了“{column.unit}”列（{column.metric_zh}）。"
    en = f"{count} rows look as if {meant} had been entered in a column of {column.unit} ({column.metric})."
    if basis == "column":
        evidence = (
            f"{_WORDS[power]}后，落在本列多数企业的范围内。",
            f"{_ENGLISH[power]}, they lie where most figures of the column lie.",
        )
    else:
        changes = sorted(_changes(found, "converted"))
        others = mine.join(found, on="row", how="anti").filter(~pl.col("settled") & (pl.col("against") != 0))
        usual = sorted(_changes(others.head(_COMPARED), "new"))
        evidence = _sentence(power, changes, usual)
    return SlipGroup(column.number, power, column.unit, meant, count, basis, zh, en, *evidence)


def _changes(cells: pl.DataFrame, name: str) -> list[Fraction]:
    known = cells.filter(pl.col("against").is_not_null() & pl.col(name).is_not_null()).select(name, "against")
    return [Fraction(new - base, abs(base)) for new, base in known.iter_rows()]


def _sentence(power: int, changes: list[Fraction], usual: list[Fraction]) -> tuple[str, str]:
    """除以 1 万后，和上期相差 11%–14%，与其他企业一致。"""
    low, high = _percent(changes[0]), _percent(changes[-1])
    span = (
        f"{low}%"
        if low == high
        else f"{low}%–{high}%"
        if low >= 0
        else f"{low}% 到 {high}%".replace("-", "−")
    )
    zh, en = (
        f"{_WORDS[power]}后，和上期相差 {span}",
        f"{_ENGLISH[power]}, they differ from the period before by {span}",
    )
    if len(usual) < _ENOUGH:
        return zh + "。", en + "."
    few, most = usual[len(usual) // 20], usual[-1 - len(usual) // 20]
    if _percent(few) <= low and high <= _percent(most):
        return zh + "，与其他企业一致。", en + ", as other enterprises do."
    others = f"{_percent(few)}% 到 {_percent(most)}%".replace("-", "−")
    return f"{zh}；其他企业多在 {others}。", f"{en}; most others lie within {others}."


def _percent(change: Fraction) -> Decimal:
    return round_half_up(change * 100, 0)
