"""Keeps signs that nobody sees out of names and titles (看不见的字符).

A sign that turns the direction of writing, joins nothing or shows nothing lets one name look like another.
What a person types is refused with its place; what a spreadsheet carries along is left out; what was stored
before is shown with a mark in its place.
"""

from __future__ import annotations

import unicodedata

from gaoxin.core.errors import GaoxinError

MARK = "\N{REPLACEMENT CHARACTER}"
# controls, formats (directions, joiners, byte order marks), unassigned, private
_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
# letters and symbols that are drawn as nothing: Hangul fillers, an empty Braille cell
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


class InvisibleSign(GaoxinError):
    """A name or a title contains a sign that nobody sees (context: position, sign)."""

    code = "invisible_sign"


def is_invisible(sign: str) -> bool:
    """Spaces and line ends are seen by what they part."""
    return not sign.isspace() and (unicodedata.category(sign) in _CATEGORIES or sign in _BLANK)


def without_invisible(text: str) -> str:
    """The text as it looks."""
    return "".join(sign for sign in text if not is_invisible(sign))


def shown(text: str) -> str:
    """The text with a mark where a sign nobody sees stands, so that two names never look the same."""
    return "".join(MARK if is_invisible(sign) else sign for sign in text)


def visible_line(text: str, zh: str, en: str) -> str:
    """What was typed as one line, spaces put in order. `zh`, `en`: what the text is (姓名, name).

    Raises: InvisibleSign, with the place of the first one.
    """
    line = " ".join(text.split())
    for position, sign in enumerate(line, start=1):
        if is_invisible(sign):
            raise InvisibleSign(
                f"{zh}的第 {position} 个字符看不见（U+{ord(sign):04X}），会让人认错。请删掉它，重新输入。",
                f"Sign {position} of the {en} cannot be seen (U+{ord(sign):04X}) and misleads the reader. "
                "Delete it and type again.",
                position=position,
                sign=f"U+{ord(sign):04X}",
            )
    return line
