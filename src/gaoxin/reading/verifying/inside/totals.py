"""Parts against their total: 2 + 1 + 1 + 1 = 5, and the text says 共6个 (分项与合计).

Equal only where the text says that the parts make up the whole: 共, 合计, 三次产业, 出口 and 进口. What
stands under 其中 need not be everything, so it may only be too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from gaoxin.core.intervals import Interval
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.comparing import same_kind
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.inside.registry import Borne, Clash, checks
from gaoxin.reading.verifying.inside.topics import subject
from gaoxin.reading.verifying.wording import amount_words

_TOGETHER = re.compile(r"(?:合计|总计|共计|总共|累计共|一共|共有?|合起来)[^。；;，,、0-9]{0,12}$")
_AMONG = re.compile(r"其中|包括|包含")
_JOINED = re.compile(r"^[^。；;！!？?]{0,40}$")
_PART_AFTER = re.compile(r"[^。；;！!？?]{0,30}")
_OWN_NAMES = re.compile(r"[、和及与]")
# 三市合计, 两项共: how many are summed.
_HOW_MANY = re.compile(r"([两三四五六七八九])[\u4e00-\u9fff]{1,2}(?:合计|总计|共计|一共|共)")
_NUMERALS = "〇一两三四五六七八九"
_EACH_OF = re.compile(r"([^，。；;：:]{2,30})(?:均|都|双双|各自?)(?:已经?|达到?|实现|完成)?$")
_FEWEST = 2
_MOST = 40  # more figures than that are no list that anybody adds up; each is held against every other
# Sets of names that leave nothing out.
_WHOLE_SETS: tuple[tuple[str, ...], ...] = (
    ("第一产业", "第二产业", "第三产业"),
    ("一产", "二产", "三产"),
    ("出口", "进口"),
    ("城镇", "农村"),
    ("城镇", "乡村"),
)


@checks("totals")
def parts_make_up_total(desk: Desk) -> Iterator[Clash | Borne]:
    """Totals announced by 共, complete sets by name, and parts under 其中 that are too much."""
    for sentence in _sentences(desk):
        yield from _announced(desk, sentence)
        yield from _among(desk, sentence)
    yield from _complete_sets(desk)


def _sentences(desk: Desk) -> list[list[int]]:
    held: dict[tuple[int, int], list[int]] = {}
    for position, claim, quantity in desk.numbers():
        if claim.kind == "level" and claim.amount.form == "number" and quantity.high is None:
            held.setdefault(claim.sentence, []).append(position)
    return list(held.values())


def _announced(desk: Desk, sentence: Sequence[int]) -> Iterator[Clash | Borne]:
    """…2个、…1个、…1个，共4个."""
    for place, total in enumerate(sentence):
        if not _TOGETHER.search(desk.before(total)):
            continue
        parts: list[int] = []
        last = total
        for position in reversed(sentence[:place]):
            if not _alike(desk, position, total) or not _JOINED.match(desk.between(position, last)):
                break
            if _TOGETHER.search(desk.before(position)):
                break
            parts.insert(0, position)
            last = position
            if len(parts) > _MOST or _is_whole_list(desk, sentence, parts, total):
                break
        if not _FEWEST <= len(parts) <= _MOST or _overlapping(desk, parts) or _is_part(desk, parts):
            continue
        if not _names_its_own(desk, parts, total):
            yield from _sum(desk, total, parts, exact=True)


def _is_whole_list(desk: Desk, sentence: Sequence[int], parts: Sequence[int], total: int) -> bool:
    """其中昆明…、曲靖…、玉溪…，三市合计…: what stands before 其中 is the whole they lie in."""
    place = sentence.index(parts[0])
    if len(parts) < _FEWEST or not place or not _AMONG.search(desk.between(sentence[place - 1], parts[0])):
        return False
    told = _HOW_MANY.search(desk.before(total))
    if told is None or _NUMERALS.find(told[1]) != len(parts):
        return False
    return (desk.claims[total].value or 0) <= (desk.claims[sentence[place - 1]].value or 0)


def _names_its_own(desk: Desk, parts: Sequence[int], total: int) -> bool:
    """…12家，孵化器和众创空间共9家: a total of what it names itself, not of what stood before."""
    if _OWN_NAMES.search(desk.between(parts[-1], total).lstrip("、，")):
        return True
    largest = max(desk.claims[position].value or 0 for position in parts)
    return (desk.claims[total].value or 0) < largest


def _among(desk: Desk, sentence: Sequence[int]) -> Iterator[Clash | Borne]:
    """80家，其中…10家、…75家: together too much. Other figures may stand between whole and parts."""
    for place, first in enumerate(sentence):
        if place == 0 or not _AMONG.search(desk.between(sentence[place - 1], first)):
            continue
        near = reversed(sentence[max(0, place - _MOST) : place])
        total = next((each for each in near if _alike(desk, each, first)), None)
        if total is None:
            continue
        parts: list[int] = []
        for position in sentence[place : place + _MOST]:  # the first of them may be too much already
            words = desk.between(parts[-1], position) if parts else ""
            if not _alike(desk, position, total) or (parts and not _PART_AFTER.fullmatch(words)):
                break
            parts.append(position)
        if len(parts) >= _FEWEST and not _overlapping(desk, parts) and not _is_part(desk, parts):
            yield from _sum(desk, total, parts, exact=False)


def _complete_sets(desk: Desk) -> Iterator[Clash | Borne]:
    """三次产业增加值 and the GDP of the same subject and period."""
    held: dict[tuple[str, str], list[int]] = {}
    for position, claim, _ in desk.numbers():
        if claim.kind == "level" and claim.amount.form == "number":
            code = "" if claim.period is None else claim.period.code
            held.setdefault((subject(claim), code), []).append(position)
    for positions in held.values():
        for names in _WHOLE_SETS:
            yield from _complete(desk, positions, names)


def _complete(desk: Desk, positions: Sequence[int], names: Sequence[str]) -> Iterator[Clash | Borne]:
    found: list[int] = []
    for name in names:
        named = [position for position in positions if _label(desk, position).startswith(name)]
        if len(named) != 1 or named[0] in found:
            return
        found.append(named[0])
    rest = {_label(desk, position)[len(name) :] for name, position in zip(names, found, strict=True)}
    if len(rest) != 1:
        return
    ending = rest.pop()
    for position in positions:
        label = _label(desk, position)
        if position in found or not _alike(desk, position, found[0]):
            continue
        if _is_whole_of(label, names, ending):
            yield from _sum(desk, position, sorted(found), exact=True)
            return


def _is_whole_of(label: str, names: Sequence[str], ending: str) -> bool:
    if names[-1] in ("第三产业", "三产"):
        return label.startswith(("地区生产总值", "生产总值", "GDP", "国内生产总值")) or label in (
            "三次产业" + ending,
        )
    if names == ("出口", "进口"):
        return label.startswith(("进出口", "外贸进出口", "货物进出口"))
    return bool(ending) and label in (ending, "全部" + ending, "城乡" + ending)


def _sum(desk: Desk, total: int, parts: Sequence[int], *, exact: bool) -> Iterator[Clash | Borne]:
    span, value = Interval.exact(0), Fraction(0)
    addends = []
    for position in parts:
        quantity = desk.said(position)
        assert quantity is not None
        several = 1 if exact else _several(desk, position, total)
        if quantity.op not in ("=", "~") and not several:
            return
        several = several or 1
        span, value = span + quantity.interval * several, value + quantity.value * several
        addends.append(desk.bare(position) + (f" × {several}" if several > 1 else ""))
    whole = desk.said(total)
    assert whole is not None
    if whole.op not in ("=", "~"):
        return
    words = " + ".join(addends) + f" = {_in_unit_of(desk, total, value)}"
    if span.intersects(whole.interval):
        if exact:
            yield Borne(total, tuple(parts), words)
        return
    if not exact and not span.gt(whole.interval):
        return
    numbers = {total: value} if exact else {}
    if not exact:
        words += f" > {desk.bare(total)}"
    yield Clash(Cause.PARTS_SUM, (total, *parts), {"sum": words}, numbers=numbers, working=words)


def _several(desk: Desk, position: int, total: int) -> int:
    """昆明、曲靖均超过200亿元: 2, each of them at least so much. 0 where no such thing is said."""
    found = _EACH_OF.search(desk.since_last(position, 40))
    if found is None or desk.claims[position].op not in (">", ">="):
        return 0
    if desk.claims[position].metric not in (None, desk.claims[total].metric):
        return 0
    return len([name for name in _OWN_NAMES.split(found[1]) if name])


def _in_unit_of(desk: Desk, total: int, value: Fraction) -> str:
    return amount_words(value, desk.claims[total].amount, desk.core(total))


def _alike(desk: Desk, position: int, total: int) -> bool:
    one, other = desk.claims[position], desk.claims[total]
    if not same_kind(one.dimension, other.dimension) or one.dimension is None:
        return False
    nouns = {one.amount.noun, other.amount.noun}
    return len(nouns) == 1 or nouns <= {"家", "户"} or nouns <= {"人", "名"}


def _overlapping(desk: Desk, parts: Sequence[int]) -> bool:
    """Titles that overlap are looked at in `overlaps`."""
    metrics = [desk.claims[position].metric for position in parts]
    return any(
        one and other and desk.index.overlap(one, other)
        for place, one in enumerate(metrics)
        for other in metrics[place + 1 :]
    )


def _is_part(desk: Desk, parts: Sequence[int]) -> bool:
    """One of them is announced as part of another: their sum means nothing."""
    return any(_AMONG.search(desk.between(one, other)) for one, other in pairwise(parts))


def _label(desk: Desk, position: int) -> str:
    claim = desk.claims[position]
    if claim.label:
        return claim.label
    return desk.index.metric_name(claim.metric) if claim.metric else ""
