"""What kind of statement is a figure: a level, growth, a share, a rank (论断类别)?

The words that touch a figure decide: 增长25.5% is growth, 降至2% a level, 占…的83% a share, 提高2.3个百分点
and 净增19家 a change. Words further off only name the metric. The sign of growth and change is read here too,
since it comes from the same verb.
"""

from __future__ import annotations

import re

from gaoxin.core.units import Dimension
from gaoxin.reading.claims import Kind
from gaoxin.reading.framing.spots import Spot

# Words that may stand between a verb and its figure.
FILLERS = (
    r"(?:了|约|近|超过|超|可达|高达|达到|达|为|至少|仅|只|均|分别|大约|将近|逾|接近|突破|在|保持|稳定|控制|左右"
    r"|不足|不到|的是|:|\s)*"
)
_UP = (
    "增长|增加|增产|增收|净增长|净增|提高|提升|上升|上涨|回升|攀升|扩大|加快|递增|扩张|上浮|增|涨|前移|前进"
    "|跃升|上移|上行|增多|拉动|升高|高出|高于|快于|好于|优于|超出|超"
)
_DOWN = (
    "下降|降低|减少|减产|回落|下滑|下跌|压减|压缩|缩减|缩短|缩小|精简|收窄|萎缩|负增长|放缓|下调|节约|节省"
    "|后移|后退|下移|下行|低于|慢于|少于|落后|降|减|跌|退"
)
_TO = "到|至|为|成"
_VERB = re.compile(rf"(?P<verb>{_DOWN}|{_UP})(?:了)?(?P<to>{_TO})?{FILLERS}$")
_MORE = re.compile(
    rf"(?:比|较|同比|环比)[^,。;、]{{0,16}}?(?P<verb>[多少高低快慢增减降升])(?:了|出)?{FILLERS}$"
)
_COMPARED = re.compile(r"(?P<verb>高于|低于|快于|慢于|好于|高出|高|低|快|慢|超)[^,。;]{1,18}$")
_RATE_NOUNS = re.compile(
    r"(?P<down>降幅|跌幅|下降率|降低率)|增速|增幅|增长率|涨幅|增长幅度|增长速度|升幅|同比|环比"
)
_RATE_AFTER = re.compile(r"的?(?:[^,。;、]{0,4})?(?:增长率|增速|增幅|速度(?:增长|递增)?|增长|涨幅)")
_ADDED = re.compile(rf"(?:新增|新增加|增加值|新增长|新增增长|增加投资|增资|增量)(?:的)?{FILLERS}$")
# A percentage of these is the size of the thing itself, no part of a whole.
_PRICES = re.compile(r"成本|利率|费率|税率|利息|贴息率|年化|收益率|回报率|浓度|含量")
_RANK_MOVES = re.compile(
    r"(?:前移|前进|上升|提升|提高|跃升|上移|后移|后退|下降|下滑|下移|进|退|升|降)(?:了)?$"
)
_DOUBLED = re.compile("倍增|翻倍|成倍|加倍|倍")
_NARROWED = re.compile(r"收窄|缩小")
_FALLING = re.compile(r"降幅|跌幅|下降率|减幅")


def tell_kind(spot: Spot) -> None:
    """Fills kind, value and the sign of it."""
    spot.kind, negative, factor_more = _kind(spot)
    if spot.value is None:
        return
    if negative and spot.value > 0:
        spot.value = -spot.value
        spot.high = None if spot.high is None else -spot.high
    if factor_more:
        spot.value += 1
        spot.high = None if spot.high is None else spot.high + 1


def _kind(spot: Spot) -> tuple[Kind, bool, bool]:
    """The kind, whether the figure falls, and whether n times more is meant (增长1.5倍)."""
    amount = spot.amount
    lead = spot.lead
    match amount.form:
        case "rank":
            return "rank", False, False
        case "doubling":
            return _doubling(spot), False, False
        case "ratio":
            return "multiple", False, False
        case "label" | "year":
            return ("rank" if amount.dimension is Dimension.rank else "level"), False, False
        case "quality":
            return _quality(spot), False, False
    if amount.dimension is Dimension.percentage_point:
        return "change", _points_fall(spot), False
    if amount.dimension is Dimension.rank:
        moved = _RANK_MOVES.search(lead)
        return (
            ("change", bool(re.search("后|下|退|降", moved.group())), False)
            if moved
            else ("rank", False, False)
        )
    verb = spot.verb = verb_before(spot)
    if amount.dimension is Dimension.multiple:
        grew = (
            verb is not None and verb not in _DOWN.split("|") and not verb.startswith(("高于", "超", "拉动"))
        )
        return "multiple", False, grew
    if spot.is_percent:
        return _percent(spot, verb)
    if verb is not None and not _ADDED.search(lead):
        falls = verb in _DOWN.split("|") or verb in ("少", "低", "慢", "减", "降")
        return "change", falls, False
    return ("duration" if amount.dimension is Dimension.time else "level"), False, False


def verb_before(spot: Spot) -> str | None:
    """The verb of change that touches the figure, unless it leads to a level (增加到, 降至)."""
    found = _VERB.search(spot.lead)
    if found is not None:
        return None if found["to"] else found["verb"]
    more = _MORE.search(spot.lead)
    if more is not None:
        return more["verb"]
    if spot.joins and spot.before is not None and spot.before.amount.dimension is spot.amount.dimension:
        return spot.before.verb
    return None


_SIGNED = re.compile(r"[(,、]?(?P<sign>[+\-↑↓▲▼])$")


def _before_colon(spot: Spot) -> str:
    """增速 of 增速:7.3%."""
    if spot.lead.strip() or spot.clause_index == 0:
        return ""
    clause = spot.sentence.clauses[spot.clause_index - 1]
    return spot.text[max(clause.start, clause.end - 14) : clause.end] if clause.mark == ":" else ""


def _percent(spot: Spot, verb: str | None) -> tuple[Kind, bool, bool]:
    lead = spot.lead or _before_colon(spot)
    signed = _SIGNED.search(lead)
    if signed is not None:
        return "growth", signed["sign"] in "-↓▼", False
    if spot.written[0] in "+-" and lead.endswith("("):
        return "growth", False, False
    rate = next(iter(reversed(list(_RATE_NOUNS.finditer(lead[-14:])))), None)
    if verb is not None:
        if verb.startswith(("高于", "低于", "超", "高出")) or _ADDED.search(lead):
            return ("growth" if rate else "share"), False, False
        return "growth", verb in _DOWN.split("|"), False
    if rate is not None and re.fullmatch(rf"{FILLERS}", lead[-14:][rate.end() :]):
        return "growth", bool(rate["down"]), False
    if rate is not None and re.fullmatch(
        r"[由从]?[^,。;、]{0,6}(?:降|回落|升|提高|加快|放缓)(?:到|至)" + FILLERS, lead[-14:][rate.end() :]
    ):
        return "growth", bool(rate["down"]), False
    if _RATE_AFTER.match(spot.tail) and spot.amount.form == "number":
        return "growth", False, False
    if (
        spot.joins
        and spot.before is not None
        and spot.before.is_percent
        and spot.before.kind in ("growth", "share")
    ):
        return spot.before.kind, (spot.before.value or 0) < 0, False
    if _PRICES.search(lead) or (_PRICES.search(spot.opening) and re.search(rf"(?:{_TO}){FILLERS}$", lead)):
        return "level", False, False
    return "share", False, False


def _points_fall(spot: Spot) -> bool:
    found = _VERB.search(spot.lead) or _MORE.search(spot.lead) or _COMPARED.search(spot.lead)
    if found is None and spot.joins and spot.before is not None:
        return (spot.before.value or 0) < 0
    if found is None:
        return False
    verb = found["verb"]
    if _NARROWED.search(verb):
        return not _FALLING.search(spot.lead) and "差距" not in spot.lead and "降" not in spot.lead[:-4]
    return verb in _DOWN.split("|") or verb in ("低", "少", "慢", "降", "减")


def _doubling(spot: Spot) -> Kind:
    """翻番 is a multiple; 翻倍, 翻倍增长 says how a thing grew."""
    if "番" in spot.core:
        return "multiple"
    return "growth" if _DOUBLED.search(spot.written) else "multiple"


_ONE_OF = re.compile("之一|前列|一流|领先")
_SPAN = re.compile("以来|年来|时期")


def _quality(spot: Spot) -> Kind:
    """The kind of what is bounded: 之一 and 前列 rank, 达到…水平 bounds a level."""
    if _SPAN.search(spot.written):
        return "duration"
    return "rank" if _ONE_OF.search(spot.written) else "level"
