"""What the search box looks through: names, pinyin initials and credit codes (检索).

A query in Chinese is looked for anywhere in name and aliases; one in Latin letters and digits at the start
of the credit code, anywhere in the pinyin initials, and anywhere in the English name. Two characters are
enough. The text searched is one short column in one index, so a zone of 20,000 enterprises is looked
through in milliseconds on either database, without extensions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Q
from pypinyin import Style, lazy_pinyin

_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{4,18}", re.IGNORECASE)
_LATIN = re.compile(r"[a-z0-9]+", re.IGNORECASE)


@lru_cache(maxsize=65536)
def initials(name: str) -> str:
    """高新区 → gxq; letters and digits stay, everything else is left out."""
    letters = lazy_pinyin(_plain(name), style=Style.FIRST_LETTER, errors=lambda rest: list(rest))
    return "".join(letter for letter in "".join(letters).lower() if letter.isascii() and letter.isalnum())[
        :200
    ]


def search_fields(
    name: str, name_en: str = "", aliases: Iterable[str] = (), uscc: str | None = None
) -> dict[str, str]:
    """`initials` sorts a list by name as a Chinese reader expects; `search` is looked through."""
    names = [name, *aliases]
    parts = [*names, name_en, *dict.fromkeys("^" + initials(one) for one in names)]
    return {"initials": initials(name), "search": "|".join(_plain(part).lower() for part in parts if part)}


def _plain(text: str) -> str:
    """Full-width letters, digits and signs as the usual ones (全角转半角)."""
    return unicodedata.normalize("NFKC", text)


def matches(query: str) -> Q:
    """Condition on Subject for what was typed; an empty query matches everything."""
    words = _plain(query).lower().split()
    if "\0" in query:
        return Q(pk__in=[])
    found = Q()
    for word in words[:5]:
        condition = Q(search__contains=word)
        if _CODE.fullmatch(word) and any(c.isdigit() for c in word):
            condition |= Q(uscc__startswith=word.upper())
        found &= condition
    return found
