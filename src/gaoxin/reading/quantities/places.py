"""Words for the whole among which something is first (范围)."""

from __future__ import annotations

import re
from functools import cache

PLACE = (
    r"全球|世界|国际|全国|国内|亚洲|全省|全市|全区|全县|全州|全盟|本省|我省|本市|我市|我国|中国|行业|同行业|"
    r"业内|西部|东部|中部|长江经济带|长三角|京津冀|大湾区|"
    r"[\u4e00-\u9fff]{2}地区|[\u4e00-\u9fff]{1,6}(?:省|市|州|(?<!地)区|县|园|盟|旗|群|圈|带)"
)


@cache
def _whole(tail: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{PLACE}){tail}")


def place_before(text: str, start: int, end: int, tail: str = "") -> int:
    """Where the shortest place begins that fills the characters up to `end`: 全球 of 成为全球最大."""
    for first in range(end - 2, start - 1, -1):
        if _whole(tail).fullmatch(text, first, end):
            return first
    return start
