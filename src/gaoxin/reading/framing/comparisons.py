"""Is a figure exact, a bound or a guess, and what is it compared with (约数、界限与比较基准)?

Hedges that touch a figure are read with it (不足1%, 2%左右). Here are the verbs that stand apart: 突破了,
不低于, 迈过…大关. The base of growth and change (较2012年, 比上年末, 同比) is found here as well.
"""

from __future__ import annotations

import re

from gaoxin.core.errors import PeriodError
from gaoxin.core.periods import Period
from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Op
from gaoxin.reading.framing.spots import Spot
from gaoxin.reading.framing.targets import is_planned
from gaoxin.reading.times import Time

_BEFORE: tuple[tuple[Op, re.Pattern[str]], ...] = (
    ("<=", re.compile(r"(?:不超过|不高于|不多于|不得超过|至多|最多|最高(?:可?达|不超过)?|上限为?)[了到]?$")),
    (">=", re.compile(r"(?:不低于|不少于|不小于|不得低于|至少|最低|最少|迈上|站上|跨上|登上|踏上)了?$")),
    (">", re.compile(r"(?:突破|超过|超出|跨过|迈过|越过|跨越|逾|超越|冲破|首超)(?:了|到)?$")),
    ("<", re.compile(r"(?:不足|不到|低于|少于|小于|接近|将近|逼近|直逼)了?$")),
    ("~", re.compile(r"(?:约为?|大约|大概|大致|近似)$")),
)
_MARKS_AFTER: tuple[tuple[Op, re.Pattern[str]], ...] = (
    ("<=", re.compile(r"(?:以内|之内|以下|及以下|内)(?!容|外|部|涵)")),
    (">=", re.compile(r"(?:以上|及以上|之上|起)")),
    ("~", re.compile(r"(?:左右|上下)")),
)
_OPS_OF: dict[str, Op] = {
    **dict.fromkeys(("不足", "不到", "未到"), "<"),
    **dict.fromkeys(("不低于", "不少于"), ">="),
    "超过": ">",
    "不超过": "<=",
}
_OF_LESS = re.compile(r"(?P<word>不足|不到|未到|不超过|超过|不低于|不少于)[^,。;、]{1,12}的$")
_CROSSED = re.compile(r"[^,。;]{0,6}(?:大关|关口)")


def tell_op(spot: Spot) -> None:
    """Fills op from the verb before the figure, where the figure carries no hedge of its own."""
    if spot.amount.hedge.startswith("未达") and is_planned(spot):
        spot.op = "="  # 未达到3.5%的目标: the aim itself is exact
        return
    if spot.amount.op != "=" or spot.value is None:
        return
    lead = spot.lead
    if spot.amount.dimension is not Dimension.percentage_point and spot.amount.form != "rank":
        if spot.kind in ("share", "multiple") and (far := _OF_LESS.search(lead)) is not None:
            spot.op = _OPS_OF[far["word"]]
            return
        for op, pattern in _BEFORE:
            if pattern.search(lead):
                spot.op = op
                return
    for op, pattern in _MARKS_AFTER:
        if pattern.match(spot.tail):
            spot.op = op
            return
    if _CROSSED.match(spot.tail) and spot.amount.dimension in (Dimension.money, Dimension.count, None):
        spot.op = ">"
    elif spot.joins and spot.before is not None and _shares_verb(spot, spot.before):
        spot.op = spot.before.op


def signed_op(spot: Spot) -> Op:
    """The comparison of the signed figure: 下降超过3% is less than −3 %, 下降不足3% more than that."""
    falls = spot.value is not None and spot.value < 0 and spot.kind in ("growth", "change")
    return _TURNED.get(spot.op, spot.op) if falls and not spot.lead.endswith(("-", "−")) else spot.op


_TURNED: dict[Op, Op] = {">": "<", "<": ">", ">=": "<=", "<=": ">="}


def _shares_verb(spot: Spot, before: Spot) -> bool:
    """连续超过2000亿元、3000亿元: the verb governs both."""
    return (
        before.op in (">", ">=", "<", "<=")
        and before.amount.dimension is spot.amount.dimension
        and before.amount.hedge not in _AFTER_HEDGES
        and before.between.strip() != ""
        and not before.amount.hedge.endswith(("余", "多"))
    )


_AFTER_HEDGES = frozenset({"以上", "以下", "以内", "左右", "余", "多", "上下"})

_SAME_PERIOD = re.compile(
    r"同比|(?:比|较|高于|低于|[与同]).{0,2}(?:上年|去年)?同期|比上年|较上年(?!末|底)|比去年(?!末|底)|较去年(?!末|底)"
)
_LAST_PERIOD = re.compile(r"环比|(?:比|较)上[月季]")
_AGAINST = re.compile(
    r"(?:(?<![同环占可])比|较|高于|低于|快于|慢于|好于|高出|超|领先于?)(?P<base>[^,。;、]{1,16}?)"
    r"(?:增长|增加|提高|提升|下降|降低|减少|上升|回落|翻|净增|多|少|高|低|快|慢|前移|后移|加快|收窄|压缩|缩短|扩大)?了?(?:近|约|超|出)?$"
)


def tell_base(spot: Spot) -> None:
    """Fills the base of growth, change and multiples: what it is compared with and of which period."""
    if spot.kind not in ("growth", "change", "multiple") and not (
        spot.kind == "target" and spot.amount.dimension is Dimension.percentage_point
    ):
        return
    first = (
        spot.clause.start if spot.before is None or spot.before.clause is not spot.clause else spot.before.end
    )
    bases = [time for time in spot.times if time.role == "base" and first <= time.start < spot.start]
    words = spot.lead
    if bases:
        base = bases[-1]
        spot.of_period = _year_before(spot.period, base) or base.period
        if spot.of is None:
            spot.of = base.text
    elif _LAST_PERIOD.search(words):
        spot.of_period = _moved(spot.period, steps=-1)
    elif _SAME_PERIOD.search(words) or (spot.kind == "growth" and re.search("[年平]均", words) is None):
        spot.of_period = _moved(spot.period, years=-1)
    before = spot.before
    if spot.of is None and spot.joins and before is not None and before.kind == spot.kind:
        spot.of, spot.of_code = before.of, before.of_code
        spot.of_period = spot.of_period or before.of_period
    if spot.of is None and (against := _AGAINST.search(words)) is not None:
        spot.of = against["base"].strip("的") or None


def _year_before(period: Period | None, base: Time) -> Period | None:
    """上年末 or 年初 without a date of publication: counted from the figure's own period."""
    named = re.search("[0-9〇二一]{4}", base.text) is not None
    if period is None or named or base.years_away not in (-1, None):
        return None
    if base.form == "same" or base.form == "year":
        return _moved(period, years=-1)
    yearly = base.years_away == -1 or base.text == "年初"
    if base.form == "as_of" and yearly and re.search("[末底初]$", base.text):
        return Period.of_day(Period.of_year(period.year - 1).end)
    return None


def _moved(period: Period | None, *, years: int = 0, steps: int = 0) -> Period | None:
    if period is None:
        return None
    try:
        return period.shift(years=years, steps=steps)
    except PeriodError:
        return None
