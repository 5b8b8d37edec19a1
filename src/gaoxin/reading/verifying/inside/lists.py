"""Names that are listed against the count of them, and one named set listed in two ways (名单).

A list that ends in 等 may be shorter than its count, never longer. 2主3辅 names its parts by 为主 and 为辅.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.inside.registry import Clash, checks
from gaoxin.reading.verifying.inside.topics import subject

_ROLE = re.compile(r"([主辅])")
_ROLES = re.compile(r"(?P<names>[^，。；;：:“”\"]+?)(?:等)?为(?P<role>主导|主体|主|辅助|辅)(?![要管办任])")
_AND = re.compile(r"[、]|以及|和|与|及")
_OPENING = re.compile(r"^.*?(?:以|形成了?|构建了?|打造了?|坚持|聚焦|围绕|推进|依托|建立了?|的)以?(?=.{2,})")
_ENDING = re.compile(r"(?:等|产业|行业)+$")
_AND_SO_ON = re.compile(r"等[^、，。；]{0,6}$")
_THINGS = re.compile(r"[\u4e00-\u9fff]{0,4}?(产业|项目|企业|平台|园区|领域|基地|载体|集群|方面)")
_JOINED = re.compile(r"以及|和|与|及")
_JUST_BEFORE = re.compile(
    r"(?P<names>(?:[^，。；、：:;“”\"0-9]{2,24}、)+[^，。；、：:;“”\"0-9]{2,16}?)(?P<open>等)?(?:这|共)?$"
)
_EACH = re.compile(r"[\u4e00-\u9fff]{0,4}?(?:产业集群|产业链|主导产业|支柱产业|领域|板块|方面|片区)")
_FEWEST, _SEVERAL = 2, 3
_LONGEST_NAME, _LONGEST_LIST = 12, 120
_COMPARED = 40  # lists of one set that a list is held against


@dataclass(frozen=True, slots=True)
class Listed:
    """Names listed for a count.

    `fewest`: how few they are if 和 stands inside names. `is_open`: 等, there may be more. `role`: 主 or 辅
    of a set of two parts, `is_joint` where one list stands for both.
    """

    position: int
    names: tuple[str, ...]
    fewest: int
    is_open: bool
    role: str
    is_joint: bool


@checks("lists")
def lists_and_counts(desk: Desk) -> Iterator[Clash]:
    """列了 4 个产业, and two lists of one set."""
    held = [
        found
        for position, claim, _ in desk.numbers()
        if (found := _listed(desk, position, claim)) is not None
    ]
    yield from _miscounted(desk, held)
    yield from _two_lists(desk, held)


def names_of(desk: Desk, position: int) -> tuple[str, ...]:
    """The names listed for a count, where they are its own and complete; else nothing."""
    found = _listed(desk, position, desk.claims[position])
    return () if found is None or found.is_joint or found.fewest != len(found.names) else found.names


def _listed(desk: Desk, position: int, claim: Claim) -> Listed | None:
    role = _role(desk, position, claim)
    if role:
        return _of_role(desk, position, role)
    if claim.kind != "level" or claim.value is None or claim.amount.form not in ("number", "label"):
        return None
    found = _JUST_BEFORE.search(desk.since_last(position, _LONGEST_LIST))
    if found is not None:
        names, fewest = _names(found["names"], claim.subject)
        if len(names) >= _FEWEST:
            return Listed(position, names, fewest, bool(found["open"]), "", False)
    if len(claim.listed) >= _FEWEST:
        is_open = bool(_AND_SO_ON.search(desk.before(position, 12)))
        joined = sum(1 for _ in _JOINED.finditer(desk.since_last(position, _LONGEST_LIST)))
        return Listed(position, claim.listed, len(claim.listed) - joined, is_open, "", False)
    return None


def _role(desk: Desk, position: int, claim: Claim) -> str:
    """主 of 2主, 辅 of 3辅."""
    if claim.amount.form != "label":
        return ""
    found = _ROLE.search(desk.quote(position))
    return found[1] if found else ""


def _of_role(desk: Desk, position: int, role: str) -> Listed | None:
    """The names before 为主 and 为辅 in the sentence, up to the figure."""
    lists: dict[str, tuple[tuple[str, ...], int, bool]] = {}
    for found in _ROLES.finditer(desk.before(position, _LONGEST_LIST * 2)):
        names, fewest = _names(found["names"], desk.claims[position].subject)
        if len(names) >= _FEWEST:
            lists[found["role"][0]] = (names, fewest, "等为" in found[0])
    if len(lists) > 1 and role in lists:
        return Listed(position, *lists[role], role, False)
    if len(lists) == 1:
        (only,) = lists.values()
        return Listed(position, *only, role, True)
    return None


def _names(words: str, owner: str | None) -> tuple[tuple[str, ...], int]:
    """The names of a list, and how few there may be: 和 may join two of them or stand inside one.

    `owner`: whose they are; its name may stand before the first.
    """
    parts = [part.strip() for part in _AND.split(words) if part.strip()]
    if parts:
        if owner and owner in parts[0]:
            parts[0] = parts[0].rpartition(owner)[2] or parts[0]
        parts[0] = _OPENING.sub("", parts[0]) or parts[0]
    joined = sum(1 for _ in _JOINED.finditer(words))
    return tuple(_ENDING.sub("", part) or part for part in parts), len(parts) - joined


def _miscounted(desk: Desk, held: list[Listed]) -> Iterator[Clash]:
    for found in held:
        quantity = desk.said(found.position)
        if quantity is None or quantity.op != "=":
            continue
        count = _joint_count(desk, held, found) if found.is_joint else quantity.value
        if count is None:
            continue
        several = len(found.names)
        if found.fewest <= count <= several or (found.is_open and several < count):
            continue
        if not found.role and several < count and not _names_each(desk, found):
            continue
        noun = "产业" if found.role else _noun(desk, found.position)
        filled = {"count": str(several), "noun": noun}
        working = "、".join(found.names)
        if not found.is_joint or found.role == "辅":
            yield Clash(Cause.LIST_COUNT, (found.position,), filled, working=working, firm=True)


def _names_each(desk: Desk, found: Listed) -> bool:
    """A short list must name each of them: 三大主导产业, 4个产业集群; 8个项目 may go by kinds."""
    claim = desk.claims[found.position]
    if claim.amount.form == "label" or claim.amount.noun == "大":
        return True
    several = len(found.names) >= _SEVERAL and all(len(name) <= _LONGEST_NAME for name in found.names)
    return several and _EACH.match(desk.after(found.position)) is not None


def _joint_count(desk: Desk, held: list[Listed], found: Listed) -> Fraction | None:
    """2 + 3, where one list stands for both parts."""
    sentence = desk.claims[found.position].sentence
    both = {
        other.role: desk.claims[other.position].value
        for other in held
        if other.role and other.is_joint and desk.claims[other.position].sentence == sentence
    }
    values = list(both.values())
    if set(both) != {"主", "辅"} or None in values:
        return None
    return sum((value for value in values if value is not None), Fraction(0))


def _noun(desk: Desk, position: int) -> str:
    found = _THINGS.match(desk.after(position))
    return found[1] if found else desk.claims[position].label or "名称"


def _two_lists(desk: Desk, held: list[Listed]) -> Iterator[Clash]:
    """The same set, named in two places with different members."""
    sets: dict[tuple[str, str], list[tuple[frozenset[str], tuple[int, ...]]]] = {}
    for key, names, positions in _sets(desk, held):
        sets.setdefault(key, []).append((names, positions))
    for said in sets.values():
        for place, (first, here) in enumerate(said):
            for second, there in said[place + 1 : place + 1 + _COMPARED]:
                if first == second or len(first) != len(second) or not first & second:
                    continue
                apart = "／".join("、".join(sorted(part)) for part in (first - second, second - first))
                working = "；".join("、".join(sorted(part)) for part in (first, second))
                both = (there[-1], here[-1])
                yield Clash(
                    Cause.TWO_LISTS, both, {"names": apart}, working=working, firm=True, blames_all=True
                )
                break
            else:
                continue
            break


def _sets(
    desk: Desk, held: list[Listed]
) -> Iterator[tuple[tuple[str, str], frozenset[str], tuple[int, ...]]]:
    """Complete lists: those of one sentence's 主 and 辅 together, others by themselves."""
    joined: dict[tuple[int, int], dict[int, frozenset[str]]] = {}
    for found in held:
        claim = desk.claims[found.position]
        if found.is_open and len(found.names) != claim.value:
            continue
        names = frozenset(_ENDING.sub("", name) or name for name in found.names)
        if found.role:
            joined.setdefault(claim.sentence, {})[found.position] = names
        elif claim.label:
            yield (subject(claim), claim.label), names, (found.position,)
    for parts in joined.values():
        if len(parts) < _FEWEST:
            continue
        first = next(iter(parts))
        everything = frozenset[str]().union(*parts.values())
        yield (subject(desk.claims[first]), "主辅"), everything, tuple(sorted(parts))
