"""One figure as it is written, before anybody asks what it is a figure of (数量)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from gaoxin.core.units import Dimension

Op = Literal["=", ">", "<", ">=", "<=", "~"]
Form = Literal[
    "number",  # 432亿元, 四百三十二亿, 35天, 25.5%, 3个百分点, 3—5家
    "fraction",  # 1/4, 三分之一, 三成五
    "doubling",  # 翻一番, 近两番, 翻倍
    "rank",  # 第4位, 首位, 第一, 首个, 唯一, 前列, 前十
    "ratio",  # 一对一, 2:1
    "label",  # 2主, 3辅, 四位一体, 十大, 十二条: a count inside a name
    "quality",  # 达到南方发达省份水平, 一流, 之一, 破零: compared, without a number
    "year",  # 1992年建区: a year that is itself the figure
]


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity read out of a block.

    `start`, `end`: in the block, with the hedges that touch it (不足1%, 3倍以上, 近两番, 2%左右, 超过30%);
    `core_start`, `core_end`: number and unit without them (1%, 3倍). 达 and 达到 are never part of it.
    Units: `value` and `high` in the base unit of `dimension` (元, 天, 1 for ratios and 百分点, 平方米 …),
    exact. A count keeps the classifier it was written with in `noun` (家, 户, 个, 项, 条); `written_unit` is
    the unit as written (亿元, 万平方米, GWH). `decimals`: digits printed after the point, in `written_unit`.
    A unit the ledger cannot convert has no dimension; `noun` then names its base unit (元/立方米).
    Missing: `value` is None for a quality without a number; `high` is None unless a range was written
    (3—5家: value 3, high 5). A rank without a number (前列) has value None and form rank.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    form: Form
    value: Fraction | None
    op: Op
    dimension: Dimension | None
    high: Fraction | None = None
    noun: str = ""
    written_unit: str = ""
    decimals: int = 0
    hedge: str = ""
