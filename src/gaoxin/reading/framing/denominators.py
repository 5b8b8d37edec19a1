"""Of what is a share a share, among whom is a rank a rank (占比的分母与位次的范围)?

占楚雄市的87.9%, 潍坊市1%的土地, 在山东省160个开发区中居第4位, 是其他县市区的3倍. Here too: which money
amounts are thresholds (10亿元以上项目) and which counts are populations, for other modules ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gaoxin.core.units import Dimension
from gaoxin.reading.framing.spots import Spot, Subject
from gaoxin.reading.naming import Mention

_KINDS_OF_THINGS = (
    "项目|企业|园区|产业|集群|公司|高新区|开发区|单位|法人|链主|领军|龙头|个体|客户|平台"
    "|汽车|新能源|装备|风电"
)
_THRESHOLD = re.compile(rf"(?:级|及?以上|及?以下)?的?(?:[一-龥“”]{{0,8}}?)(?:{_KINDS_OF_THINGS})")
_SIZED = re.compile("(?:级)?(?:企业|项目|产业|园区|集群)")  # 10亿元企业21家
_AMONG = re.compile(r"[^,。;]{1,22}?(?:中|里|当中)[,]?(?:综合|排|居|位|列|名|得分|评|占|脱颖|获)?")
_PLACES = re.compile(r"[一-龥()、]{0,12}(?:区|县|市|州|省|\)|城市|省份|企业)(?:中|里)?")
_WHOLE = re.compile(
    r"占(?!比|有|地|用|领)(?:了|到|据)?(?P<of>[^,。;、]{1,24}?)(?:的)?(?:比重|比例|份额|总量|总数|比)?(?:的)?(?:约|近|超|超过|达到|达|为|不足|将近|分别|提高|提升|上升|下降|到|至|均|已|高达|仅|保持在|在|的)*$"
)
_OF = re.compile(
    r"(?:是|相当于|达到|仅?为|只有|不到|不足|为)(?P<of>[^,。;、]{2,22}?)的?(?:约|近|超|超过|不到|不足|一成)*$"
)
_PLAN = re.compile(
    r"(?:完成|为|占|达到)(?:了)?(?P<of>[^,。;、]{0,10}?(?:目标|任务|计划|预期|序时进度|预算))(?:[^,。;、]{0,12})?的?$"
)
_FROM = re.compile(r"(?<!自)[由从][^,。;、]{0,14}$")
_AMOUNTS_TO = re.compile(r"(?:不低于|不少于|不超过|相当于)(?P<of>[^,。;、]{1,12})的$")
_LISTED = re.compile("[、和与](?P<of>[一-龥]{2,8})的?")
_POSSESSED = re.compile(
    r"(?:贡献了?|以|拥有|占有|创造了?|集聚了?|聚集了?|实现了?|不足|近|约|超过|吸纳了?|提供了?|用|、|和|与|\s)*$"
)
_RANK_VERB = re.compile(
    r"(?:的)?(?:综合考评|综合考核|综合评价|考核|评价|考评)?(?:中)?(?:,)?(?:均|并列|稳|综合|总体|连续[^,。;]{1,4}?年)?(?:保持)?(?:稳居|位居|跃居|居|位列|名列|列|排名|排位|排在|排|位次|由|从|前进|跃升|升至?)*(?:了|到|至)?$"
)


def mark_roles(found: Sequence[Spot]) -> None:
    """Marks thresholds (市值过千亿元的企业, 10亿元以上项目) and populations (160个开发区中)."""
    for index, spot in enumerate(found):
        later = found[index + 1] if index + 1 < len(found) else None
        sized = later is not None and later.is_counted and later.clause is spot.clause
        sized = sized and _SIZED.fullmatch(spot.tail) is not None
        hedged = spot.amount.op in (">", ">=", "<", "<=") or sized
        if (
            spot.amount.dimension in (Dimension.money, Dimension.area, Dimension.power, Dimension.money_usd)
            and (hedged or spot.tail.startswith(("级", "以上", "以下", "及以上")))
            and (match := _THRESHOLD.match(spot.tail)) is not None
            and match.end() <= 14
            and not re.search(r"(?:突破|达到|达|实现|完成|超过)了?$", spot.lead)
        ):
            spot.is_threshold = True
        if (
            later is not None
            and spot.is_counted
            and spot.amount.form == "number"
            and later.amount.form == "rank"
            and later.sentence_index == spot.sentence_index
            and _is_group(spot.text[spot.end : min(later.start, spot.end + 40)])
        ):
            spot.is_population = True


def _is_group(words: str) -> bool:
    """160个开发区中居, 10个县区: those among whom the rank that follows is one."""
    return _AMONG.match(words) is not None or _PLACES.fullmatch(words) is not None


def tell_denominator(spot: Spot, resolve: Callable[[Mention], Subject], earlier: Sequence[Spot]) -> None:
    """Fills of, of_code, group and population of shares, multiples and ranks."""
    if spot.kind == "rank" or (spot.kind == "target" and spot.amount.form == "rank"):
        _tell_group(spot, resolve)
    elif spot.kind == "share" or (spot.kind == "target" and spot.is_percent and "占" in spot.lead):
        _tell_whole(spot, resolve, earlier)
    elif spot.kind == "multiple":
        found = _OF.search(spot.lead)
        if found is not None:
            _take(spot, found["of"], spot.start - len(spot.lead) + found.start("of"), resolve)


def _tell_whole(spot: Spot, resolve: Callable[[Mention], Subject], earlier: Sequence[Spot]) -> None:
    first = spot.start - len(spot.lead)
    plan = _PLAN.search(spot.lead)
    if plan is not None:
        spot.of = plan["of"]
        return
    lead = _FROM.sub("", spot.lead) if spot.is_from else spot.lead
    found = _WHOLE.search(lead) or _AMOUNTS_TO.search(lead)
    if found is not None:
        _take(spot, found["of"].strip("的"), first + found.start("of"), resolve)
        return
    before = [m for m in spot.mentions if first <= m.start and m.end <= spot.start]
    if before:
        gap = spot.text[before[-1].end : spot.start]
        alone = _POSSESSED.match(
            spot.text[first : before[-1].start].rsplit("、", 1)[-1]
        ) or spot.lead.startswith("、")
        if re.fullmatch(r"的?(?:约|近|超|超过|不足|不到)?", gap) and (alone or spot.tail.startswith("的")):
            _take(spot, before[-1].name, before[-1].start, resolve)
            return
    previous = spot.before
    listed = _LISTED.fullmatch(spot.lead)
    if listed is not None and previous is not None and "占" in previous.lead and previous.kind == "share":
        _take(spot, listed["of"], first + listed.start("of"), resolve)
        return
    if (
        previous is not None
        and previous.kind == "share"
        and previous.of
        and (spot.joins or (spot.tail.startswith("的") and previous.tail.startswith("的")))
    ):
        spot.of, spot.of_code = previous.of, previous.of_code
        return
    found = re.search(r"(?:是|相当于|只有|不到|不足|为)(?P<of>[一-龥]{2,16}?)的?$", spot.lead)
    if found is not None and spot.amount.form == "fraction":
        _take(spot, found["of"], first + found.start("of"), resolve)
    elif "其中" in spot.lead and earlier:
        spot.of = earlier[-1].label or None


def _take(spot: Spot, words: str, at: int, resolve: Callable[[Mention], Subject]) -> None:
    """The denominator as written; its code where it begins with a name."""
    spot.of = words.strip("的 ") or None
    for mention in spot.mentions:
        if at <= mention.start < at + max(1, len(words)) and mention.start - at <= 1:
            who = resolve(mention)
            spot.of_code = who.code
            if mention.short and who.name and words.startswith(mention.name):
                spot.of = who.name + words[len(mention.name) :]
            return


def _tell_group(spot: Spot, resolve: Callable[[Mention], Subject]) -> None:
    population = spot.before if spot.before is not None and spot.before.is_population else None
    first = spot.clause.start if population is None else population.sentence.start
    inside = [
        m for m in spot.mentions if first <= m.start and m.end <= spot.start and m.kind in ("region", "zone")
    ]
    inside = [m for m in inside if m.kind == "region" or m.short == "zone"]
    if population is not None:
        stop = spot.text.find("中", population.end)
        begin = population.start
        for mention in inside:
            if mention.end <= population.start and population.start - mention.end <= 2:
                begin = mention.start
                spot.of_code = resolve(mention).code
        spot.group = spot.of = spot.text[begin : stop if population.end <= stop < spot.start else spot.start]
        value = population.value
        spot.population = int(value) if value is not None and value.denominator == 1 else None
        return
    if not inside:
        _carried_group(spot)
        return
    last = inside[-1]
    if _follows_rank(spot, last):
        _carried_group(spot)
        return
    words = spot.text[last.start : spot.start]
    words = (
        re.sub(r"(?:中|里)(?:的)?[^中里]*$", "", words)
        if re.search("[中里]", words[len(last.name) :])
        else words
    )
    words = _RANK_VERB.sub("", words)
    if len(words) > 24:
        return
    spot.group = words
    spot.of = words
    who = resolve(last)
    spot.of_code = who.code
    if last.short and who.name and words.startswith(last.name):
        spot.of = who.name + words[len(last.name) :]


def _follows_rank(spot: Spot, place: Mention) -> bool:
    before = spot.before
    return (
        before is not None
        and before.amount.form == "rank"
        and place.end <= before.start
        and before.clause is spot.clause
    )


def _carried_group(spot: Spot) -> None:
    """从第六跃升到第三: the second place is among the same as the first."""
    before = spot.before
    if before is not None and before.amount.form == "rank" and before.clause is spot.clause:
        spot.group, spot.of, spot.of_code, spot.population = (
            before.group,
            before.of,
            before.of_code,
            before.population,
        )
