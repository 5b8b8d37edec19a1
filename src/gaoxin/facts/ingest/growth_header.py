"""Does a header speak of the growth of a metric, and of which (增速列)?

规上工业增加值增速(%), a 同比增长 below or beside its metric, and 累计同比 are growths over the same period
of the year before, as zones publish them. Other changes (环比, 增减额, 年均增长, 百分点) are told apart and
refused in words: the ledger holds no such figure, and a guess would be taken for a published growth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gaoxin.facts.ingest.header_text import HeaderText, read_header

_TAIL = re.compile(
    r"[-—_:,、(]*"
    r"(?:按?(?:可比价格?|可比口径|不变价格?)(?:计算)?|名义|实际)?"
    r"(?:(?P<against>同比|(?:[比较](?:上年|去年|上一年))(?:同期|同月|同季)?|比同期)"
    r"(?:增长率?|增长速度|增速|增幅|增减率?|增减幅度?|升降|±|[+]/?-|变化率|变动率)?"
    r"|增长率|增长速度|增长幅度|增长|增速|增幅|增减率|增减幅度?|增减|±|[+]/?-)"
    r"(?P<percent>[(]?[%‰][)]?)?[)]*$"
)
_REFUSED: tuple[tuple[str, str, str], ...] = (
    (r"环比|[比较]上[月季期]", "环比", "a growth over the period before"),
    (r"年均|年平均|平均增|复合", "年均增速", "a mean growth over several years"),
    (r"(?:目标|计划|预期|预计)(?:同比)?增|增[长速]?目标", "增速目标", "a growth that is planned"),
    (r"贡献|拉动", "贡献率", "a contribution to growth"),
    (
        r"百分点|(?:增减|增长|增加)[额量数]|增量",
        "变化量",
        "a change and no growth rate",
    ),
)


@dataclass(frozen=True, slots=True)
class GrowthHeader:
    """A header that speaks of growth. `names`: what is left of its levels, the metric among them if it is
    named. `unit`: as written, never taken from the level above, where it belongs to the amount.
    """

    names: tuple[str, ...]
    unit: str | None
    texts: tuple[HeaderText, ...]


def read_growth(parts: Sequence[str]) -> GrowthHeader | None:
    """The levels of a header without the words of growth; None if they speak of none, or of a change that
    is not a growth over the year before.
    """
    if refusal("".join(parts)):
        return None
    for place in range(len(parts) - 1, -1, -1):
        text = read_header(parts[place])
        found = _TAIL.search(text.name)
        if found is None:
            continue
        rest = read_header(text.name[: found.start()] or "-")
        told = HeaderText(rest.name, text.unit, text.period or rest.period, text.rule or rest.rule, True)
        unit = text.unit or (found["percent"].strip("()") if found["percent"] else None)
        levels = [told if at == place else read_header(part) for at, part in enumerate(parts)]
        return GrowthHeader(tuple(level.name for level in levels if level.name), unit, tuple(levels))
    return None


def is_bare_growth(name: str) -> bool:
    """True for 同比增长 or ±% by itself: a level of a header that names no metric."""
    found = _TAIL.search(name)
    return found is not None and found.start() == 0


def refusal(header: str) -> tuple[str, str] | None:
    """What kind of change a header speaks of that is no growth over the year before, in both languages."""
    bare = read_header(header).name
    for pattern, zh, en in _REFUSED:
        if re.search(pattern, bare) or (zh == "变化量" and read_header(header).unit == "百分点"):
            return zh, en
    return None
