"""A place in a part of the ranked is never worse than the place among all (位次)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.inside.registry import Clash, checks
from gaoxin.reading.verifying.inside.topics import days, subject, topic

# Places stated in one sentence; more of them are a table.
_MOST = 12


@checks("ranks")
def rank_within_rank(desk: Desk) -> Iterator[Clash]:
    """4th of 160 zones cannot be 5th among the high-tech zones of the same 160."""
    held: dict[tuple[object, ...], list[int]] = {}
    for position, claim, _ in desk.numbers():
        if claim.kind == "rank" and claim.amount.form == "rank" and claim.group:
            key = (claim.sentence, topic(claim), subject(claim), days(claim.period))
            held.setdefault(key, []).append(position)
    for positions in held.values():
        for wide, narrow in permutations(positions[:_MOST], 2):
            one, other = desk.claims[wide], desk.claims[narrow]
            if not _is_part(other.group, one.group):
                continue
            assert one.value is not None
            assert other.value is not None
            if other.value > one.value:
                filled = {"outer": desk.bare(wide), "inner": desk.bare(narrow)}
                working = f"{one.group}第{desk.bare(wide)}，{other.group}第{desk.bare(narrow)}"
                yield Clash(Cause.RANK_WITHIN, (narrow, wide), filled, working=working)


# Kinds of zones, the narrower one inside the wider one.
_INSIDE = (("高新区", "开发区"), ("经开区", "开发区"), ("国家级高新区", "高新区"), ("国家高新区", "高新区"))


def _is_part(narrow: str, wide: str) -> bool:
    """山东省高新区 among 山东省160个开发区: a kind that lies in the other, of one region."""
    if narrow == wide:
        return False
    for part, whole in _INSIDE:
        if narrow.endswith(part) and wide.endswith(whole) and not wide.endswith(part):
            region = narrow.removesuffix(part)
            return not region or wide.startswith(region[:2])
    return False
