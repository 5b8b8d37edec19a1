"""What an engine cannot do, with the reason: one table (各引擎做不到的运算).

A rendering that meets such a case refuses it before anything runs; nothing is approximated instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from gaoxin.core.errors import Unsupported


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an engine cannot do it, and what a pack author can do instead."""

    zh: str
    en: str


UNSUPPORTED: Mapping[tuple[str, str], Reason] = {
    ("spark", "whole"): Reason(
        "Spark 的整除（DIV）只给出 64 位整数，这里的商可能更大；请给指标写上更小的取值范围（bounds）",
        "integral division (DIV) gives 64-bit numbers only and the quotient may be larger; give the metrics "
        "narrower bounds",
    ),
    ("spark", "parse"): Reason(
        "生成的 SQL 不能被解析回来，说明算式里有 Spark 不认识的写法",
        "the SQL cannot be read back, so the expression holds something Spark has no word for",
    ),
}


def refuse(dialect: str, operation: str) -> NoReturn:
    """Raises: Unsupported with the reason of the table."""
    reason = UNSUPPORTED[dialect, operation]
    raise Unsupported(dialect, operation, reason.zh, reason.en)
