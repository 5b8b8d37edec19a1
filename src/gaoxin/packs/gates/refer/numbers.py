"""How a number is written in a pack: plain digits, no unit, no commas, no percent sign."""

from __future__ import annotations

import re

NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,12})?\Z", re.ASCII)
FRACTION = re.compile(r"[1-9]\d{0,5}/[1-9]\d{0,5}\Z", re.ASCII)


def is_number(text: str) -> bool:
    """True for 432, -0.75 and 1/7."""
    return bool(NUMBER.match(text) or FRACTION.match(text))
