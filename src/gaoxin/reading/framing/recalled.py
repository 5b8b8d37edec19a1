"""Enterprises named in full once are called by less afterwards (企业简称).

恒川轴承股份有限公司 is 恒川轴承 in the next paragraph. The short form is what is left of the full name
without its legal form; it is looked for in the whole text, since a title often has it before the full name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gaoxin.reading.blocks import Block
from gaoxin.reading.naming import Mention, Names

_LEGAL_FORM = re.compile(
    r"(?:(?:科技|实业|控股|集团|股份|技术)*(?:有限责任公司|有限公司|股份公司)|集团(?:公司)?)$"
)
_SHORTEST, _LONGEST, _MOST = 3, 10, 24


def with_short_forms(
    blocks: Sequence[Block], found: Sequence[Sequence[Mention]], names: Names
) -> list[tuple[Mention, ...]]:
    """The mentions of every block, and those of enterprises by their short forms, in order."""
    called = _short_forms(found, names)
    if not called:
        return [tuple(mentions) for mentions in found]
    return [
        tuple(_added(block.stretch.read, mentions, called))
        for block, mentions in zip(blocks, found, strict=True)
    ]


def _short_forms(found: Sequence[Sequence[Mention]], names: Names) -> dict[str, Mention]:
    """The full mention by short form. A form that two enterprises share, or that has a meaning of its own, is
    left out.
    """
    out: dict[str, Mention] = {}
    for mentions in found:
        for mention in mentions:
            if mention.kind != "enterprise" or mention.short:
                continue
            short = _LEGAL_FORM.sub("", mention.name)
            if short == mention.name or not _SHORTEST <= len(short) <= _LONGEST or names.named(short):
                continue
            if short.endswith(("市", "州", "县", "区", "省", "集团")) or len(out) >= _MOST:
                continue
            out.setdefault(short, mention)
    return out


def _added(text: str, mentions: Sequence[Mention], called: dict[str, Mention]) -> Iterable[Mention]:
    taken = {at for mention in mentions for at in range(mention.start, mention.end)}
    same = {(mention.start, mention.end) for mention in mentions}
    out = [mention for mention in mentions if mention.name not in called or mention.codes]
    for short, full in called.items():
        at = text.find(short)
        while at >= 0:
            end = at + len(short)
            if (at, end) in same or (at not in taken and end - 1 not in taken):
                out.append(Mention(at, end, short, full.codes, "enterprise", full=full.name))
            at = text.find(short, end)
    held: list[Mention] = []
    for mention in sorted(out, key=lambda one: (one.start, -one.end)):
        if not held or mention.start >= held[-1].end:
            held.append(mention)
    return held
