"""Which known word was probably meant?"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def near(word: str, known: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """Up to `most` known words that look like the one written, best first."""
    by_lower = {candidate.lower(): candidate for candidate in known}
    return tuple(by_lower[match] for match in get_close_matches(word.lower(), by_lower, n=most, cutoff=0.6))


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, str]:
    """The hint in Chinese and English; two empty texts if nothing looks alike."""
    words = near(word, known)
    if not words:
        return "", ""
    return f"是不是想写 {'、'.join(words)}？", f"did you mean {' or '.join(words)}?"
