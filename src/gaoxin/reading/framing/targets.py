"""Is a figure achieved or aimed at (实绩还是目标)?

力争, 目标, 到2025年 and the like open an aim; how far it reaches depends on the word: to the end of the
sentence (力争), or of the clause (全力打造). A heading such as 下一步打算 opens one for its whole section.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from gaoxin.reading.framing.spots import NEAR, Spot
from gaoxin.reading.times import Time

_BY_SENTENCE = re.compile(
    r"力[争爭]|力求|争取(?:到|在|实现|达到|突破|完成|新增|引进|年|全年|用|让|使)|确保(?!安全|了)|(?:发展|预期|主要|总体|奋斗|工作|年度|的)目标(?:是|为|:|任务)|目标(?:是|为|:)"
    r"|努力(?:实现|达到|完成|使|培育|打造|建成|突破|把|将|让|建设)|奋力(?:实现|打造|冲刺|推动|突破)|(?:奋力|全力|加速|加快)?冲刺"
    r"|(?<![即必须])将(?:累计|投资|实现|达到|突破|建成|新增|引进|力争|继续|培育|打造|投入|完成|新建|由[^,。]{1,16}提升|超过|聚集|带动|形成|全面|实施|再|投产|可|有望)"
    r"|(?:^|[,;。]|我们|就)要(?:确保|突破|达到|实现|新增|力争|把|完成|建成|保持|在|让|使|引进)|有望|(?:拟|计划)(?:(?:20[0-9]{2}|今|明)年)?(?:到|于|用|在|新建|新增|引进|培育|实现|完成|筹集|安排|发放|招引|组织|再投|投用|改造|三年|总?投资[^,。;]{1,12}建设)"
    r"|规划到|(?:全面)?(?:达产|投产|建成|投用|投运|达效|满产)(?:后|以后)|建成投产后|预计(?:可|将|达产|投产|建成|年产|年产值|新增|到|20[0-9]{2}年|明年|实现年)"
    r"|主要预期目标|预期目标|展望|任务:|(?:目标不变|任务不减)[^。]{0,8}[:,]"
)
_BY_CLAUSE = re.compile(
    r"(?:全力|着力|奋力|加快|努力|致力于?|倾力|精心|积极|聚力|合力)(?:打造|培育|建设|创建|争创|推进)|打造(?![了出成的过])(?=[全世国一]|千|百|两个|[0-9])"
)
_PLANNED = re.compile(
    r"(?:年度|全年|年初|预期|既定|规划|十[四五]五)[^,。;、]{0,4}(?:目标|任务|计划)(?:任务|目标)?(?:是|为)?$"
)
_AIM_AFTER = re.compile(
    r"的?(?:年度|全年|预期性?|既定|增长|发展|奋斗|规划|约束性|控制)*(?:目标|任务)(?!的[0-9])"
)
_REACHED = re.compile(r"了|已(?!知)|累计|同比")


def mark_targets(found: Sequence[Spot], published: date | None, *, in_section: bool) -> None:
    """Marks the figures a sentence aims at. `in_section`: its heading speaks of aims and tasks to come."""
    for spot in found:
        text, sentence = spot.text, spot.sentence
        first = max(sentence.start, spot.start - 5 * NEAR)
        before = text[first : spot.amount.core_start]
        begun = next(iter(reversed(list(_BY_SENTENCE.finditer(before)))), None)
        past = _last_past(spot, published)
        if begun is not None and first + begun.start() >= past - 24:
            spot.in_target = not _achieved(before[begun.start() :])
        elif (
            _BY_CLAUSE.search(spot.opening)
            or _aims_ahead(spot, published, past)
            or (in_section and past < sentence.start)
        ):
            spot.in_target = True
        if is_planned(spot):
            spot.in_target = True


def is_planned(spot: Spot) -> bool:
    """完成年度任务102亿元的57.3%, 距全年6%的目标: the plan itself, which is for the whole year."""
    return _PLANNED.search(spot.lead) is not None or (
        _AIM_AFTER.match(spot.tail) is not None
        and re.search(r"[距离与完成实现低高于达年的]", spot.lead) is not None
    )


def _last_past(spot: Spot, published: date | None) -> int:
    """Where the last time before the figure stands that is over; -1 without one."""
    at = -1
    for time in spot.times:
        if time.start < spot.start and time.role == "at" and time.form not in ("same", "rhetorical", "since"):
            over = time.period is not None and published is not None and time.period.end < published
            if over or (published is None and time.years_away in (-1, -2)) or time.form == "now":
                at = time.start
    return at


def _achieved(words: str) -> bool:
    """确保了, 力争…已: the aim has been reached."""
    return re.search(r"^(?:将|要)?[^,。;]{0,6}了[^,。;]*$", words) is not None


def _aims_ahead(spot: Spot, published: date | None, past: int) -> bool:
    """到2025年 or 明年 before the figure, that time not over when the document appeared, and none that is
    over told since (`past`: where the last of those stands).
    """
    return any(
        max(spot.sentence.start, past) <= time.start < spot.start and _lies_ahead(time, spot, published)
        for time in spot.times
    )


def _lies_ahead(time: Time, spot: Spot, published: date | None) -> bool:
    if time.years_away == 1:
        return True
    if time.period is None:
        return False
    if time.role == "until":
        reached = _REACHED.search(spot.text[time.end : spot.start]) is not None
        return not reached and (published is None or time.period.end > published)
    begins_later = published is not None and time.period.start > published
    return begins_later and time.role == "at" and time.form in ("year", "plan")


_AIMS = re.compile(r"目标|任务|计划(?!执行)|打算|下一步|下步|思路|展望|安排|部署|重点工作|举措")
_DONE = re.compile(r"完成情况|执行情况|回顾|总结|进展|成效|成绩|情况")


def heads_aims(heading: str) -> bool:
    """True for a heading of what is to come: 2025年重点任务, 下一步打算."""
    return _AIMS.search(heading) is not None and _DONE.search(heading) is None
