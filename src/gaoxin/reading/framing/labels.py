"""Of what is a figure the size: which words name its metric (指标短语)?

The label is the phrase as written: before the figure (规模以上工业产值432亿元), after it (3个招商分局,
1/4的高新技术产值), or with an earlier figure of the sentence (…，同比增长25.5%). Which metric of the
catalogue it means is decided in `gaoxin.reading.linking`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gaoxin.core.units import Dimension
from gaoxin.reading.framing.phrases import ASSESSED, phrase_after, phrase_before, tidy, without_times
from gaoxin.reading.framing.spots import Spot

# Nouns that say nothing without the figure before them.
GENERIC = re.compile(
    r"^(?:总数|总量|数量|总额|总规模|规模|总投资|投资额|投资总额|计划总投资|增速|增幅|降幅|涨幅|占比|比重|份额|比例|排名|位次|增长率|投入强度|数|年均复合增长率|年均增速|年均增长率|总人数|余额|金额|税收占比|产值|增加值|总产值|营业收入|利润|成交额|交易额|签约额|协议金额|总面积)$"
)
_SCOPE = re.compile(
    r"^(?:全部)?(?:规模以上|规上|限额以上|限上)(?:工业|服务业|批发零售业|批零业|文化企业|高新技术)?(?:企业)?"
)
_SCOPED = re.compile(
    r"^(?:利润总额|营业收入|主营业务收入|利税总额|利润|税金总额|资产总计|产销率|亏损企业|亏损面|亏损额)$"
)
# 其中民营企业增长7.8%: whose growth, not of what.
_HOLDER = re.compile("(?:企业|[^就创]业|经济)$")
_MEASURE = re.compile("(?:进出口总?[值额]?|增加值|总产值|产值|投资|营业收入|利润总额|利润|出口额?|零售额)$")
_BY_CLASS = re.compile("(?:其中|分|按|从)[^,。;]{0,12}(?:看|分|来看)?,|其中")
_PLAIN_OUTPUT = re.compile(r"^(?:产值|总产值|增加值|工业总产值)$")
_STOCK_WORDS = re.compile(r"^(?:总数|总量|累计总?数?|总计)$")
_FLOW = re.compile(r"^(?:新增长?|新增增长|新认定|净增长?|新引进|新建|新培育|新设立?|新登记|新)")
_STATE = re.compile(
    r"^(?:新开工|已?开工|已?竣工|已?投产|竣工投产|建成投产|已?签约|已?注册|在建|完工|续建|新建)$"
)
# 净增…27家,达到143家: what was reached is the stock.
_REACHED = re.compile("(?:累计|达到|达|总计|共计?|增至|增加到)$")
_MOVES = re.compile("(?:跃升|上升|提升|前进|前移|升|下降|后移|退|到|至|跃居|攀升)")
_MEASURES = re.compile(
    "(?:总量|总额|规模|数量|增速|增幅|占比)(?:[和与、](?:总量|总额|规模|数量|增速|增幅|占比))+"
)
_FOUNDED = re.compile("成立|创立|始建|创建|建区|设立|组建|获批|升级|晋升|批准")
_RANKS_OF_NAMES = re.compile("(?:国家|省|市|州|区|县)级")
_EMPTY = re.compile(
    "^(?:前|后|前的|来|来的|之|未|超额|前进|跃升|前移|这一|这一比重|这一比例|这一数字|的|内|间|以来|还|仍|时|年)$"
)
_LAST_YEAR = re.compile(r"(?:上年|去年)(?:同期)?")
_LEVEL_NAME = re.compile(r"(?:级|字号|以上|[“”])$")
_QUALIFIERS = re.compile(
    r"^(?:全部|各类|各级|各项|(?:山东|云南|[一-龥]{2,3})?省级?以上|市级以上|国家级|省级|市级|亿元以上|新增|新认定)+"
)


def tell_label(spot: Spot, heads: Sequence[Spot], heading: str = "") -> None:
    """Fills the label, and `about` where the label belongs to an earlier figure.

    `heads`: the figures before it in the paragraph that carry a label. `heading`: of the section; 总量
    under 地区生产总值 is of that.
    """
    if spot.item:
        spot.label, spot.own_label = spot.item, True
        return
    own = _own(spot)
    own = "税收" if own == "税" else own
    own = "" if _EMPTY.match(own) or _LAST_YEAR.fullmatch(own) or _is_denominator(spot) else own
    if not own or not spot.text.startswith(own, max(0, spot.label_end - len(own))):
        spot.label_end = 0
    if spot.kind == "share" and any(own == m.name for m in spot.mentions if m.kind == "region"):
        own = ""  # 占楚雄州10%、楚雄市33%: the denominator stands alone
    head = heads[-1] if heads and heads[-1].sentence_index == spot.sentence_index else None
    if head is None and "其中" in spot.lead and heads and spot.sentence_index - heads[-1].sentence_index == 1:
        head = heads[-1]
    if not own and (own := _before_colon(spot)):
        spot.label, spot.own_label = _under(heading, own), True
        return
    if not own:
        if spot.amount.dimension is Dimension.rank or spot.amount.noun == "位":
            head = _rank_before(spot, head) or head
        head = head or _sentence_before(spot, heads)
        if head is not None:
            spot.about, spot.label = head, head.label
            if spot.is_counted and _REACHED.search(spot.lead):
                spot.label = _FLOW.sub("", head.label).removesuffix("新增")
            return
        spot.label = _clause_before(spot)
        spot.own_label = bool(spot.label)
        return
    spot.own_label = True
    spot.label = own if head is not None else _under(heading, own)
    is_output = spot.kind == "level" and spot.amount.dimension is Dimension.money
    if _HOLDER.search(own) and (spot.kind == "growth" or is_output):
        spot.label = own + _measure_spoken_of(spot, heads)
        return
    if head is None:
        return
    if (
        spot.kind == "share"
        and spot.clause is not head.clause
        and head.label.startswith(own)
        and len(own) >= 2
    ):
        # 税收收入15.2亿元,税收占比80.2%
        spot.about, spot.own_label, spot.label = head, False, head.label
        return
    if own.endswith("合计"):
        spot.label = head.label  # 四个产业合计占…: of what was told of each
        return
    scope = _SCOPE.match(head.label)
    if _SCOPED.match(own) and scope is not None:
        spot.label = scope.group() + own
    elif _PLAIN_OUTPUT.match(own):
        _name_output(spot, own, heads)
    elif own in ("总投资", "计划总投资", "投资") and spot.tail.startswith("的"):
        spot.label = own  # 总投资25亿元的…项目: its own
    elif (GENERIC.match(own) or _MEASURES.fullmatch(own)) and not _SCOPED.match(own):
        _join_generic(spot, own, head)
    elif _RANKS_OF_NAMES.fullmatch(own) and spot.is_counted:
        spot.label = own + _QUALIFIERS.sub("", head.label)
    elif _after_within(spot) and (_STATE.match(own) or _LEVEL_NAME.search(own)):
        noun = _QUALIFIERS.sub("", head.label)
        spot.label = own + (noun[-2:] if _STATE.match(own) else noun)
    elif _STATE.match(own) and spot.between.startswith(("、", "和")) and spot.is_counted:
        spot.label = own + head.label[-2:]
    elif flow := _shared_flow(spot, own, head):
        spot.label = flow + own


def _under(heading: str, own: str) -> str:
    """总量, 增速 under the heading 地区生产总值."""
    bare = re.fullmatch("总量|总额|增速|增幅|规模|总数|数量|同比|完成", own) is not None
    return heading if bare and 2 <= len(heading) <= 14 else own


def _shared_flow(spot: Spot, own: str, head: Spot) -> str:
    """新增…4户、…2户: the verb of the first holds for the second."""
    flow = _FLOW.match(head.label)
    listed = spot.between.startswith(("、", "和", "及", "与"))
    if flow is None or not listed or spot.amount.dimension is not head.amount.dimension:
        return ""
    return "" if re.match("新|净|累计|总|共", own) else flow.group().replace("增长", "")


def _measure_spoken_of(spot: Spot, heads: Sequence[Spot]) -> str:
    """增加值 of 其中民营企业增长7.8%, or of 分门类看,制造业增长8.8% in the next sentence."""
    for head in reversed(heads[-6:]):
        near = spot.sentence_index - head.sentence_index
        if near > 1:
            break
        measure = _MEASURE.search(head.label)
        if measure is not None and (near == 0 or _BY_CLASS.match(spot.text, spot.sentence.start)):
            return measure.group()
    return ""


def _is_denominator(spot: Spot) -> bool:
    """占国内的66%、国际的25%: what stands between is the denominator."""
    before = spot.before
    return (
        spot.kind == "share"
        and before is not None
        and before.kind == "share"
        and before.clause is spot.clause
        and "占" in before.lead
        and re.fullmatch("[、和与][一-龥]{2,8}的?", spot.lead) is not None
        and not spot.tail.startswith("的")
    )


def _join_generic(spot: Spot, own: str, head: Spot) -> None:
    if _STOCK_WORDS.match(own):
        spot.about = head
        spot.label = _FLOW.sub("", head.label) + own
    elif _MEASURES.fullmatch(own) or own in (
        "增速",
        "增幅",
        "降幅",
        "涨幅",
        "占比",
        "比重",
        "份额",
        "比例",
        "排名",
        "位次",
        "增长率",
    ):
        spot.about, spot.own_label, spot.label = head, False, head.label
    else:
        stem = re.sub("数量$", "", head.label)
        spot.label = stem.removesuffix(own[:2]) + own


def _name_output(spot: Spot, own: str, heads: Sequence[Spot]) -> None:
    """其中,9月当月实现产值…: the output spoken of before, where the subject is the same."""
    if not _after_within(spot) or (spot.subject is not None and spot.subject.kind == "industry"):
        return
    for head in reversed(heads[-6:]):
        if head.label.endswith(own) and head.subject == spot.subject:
            spot.label = head.label
            return


def _after_within(spot: Spot) -> bool:
    return "其中" in spot.lead or "其中" in spot.text[max(spot.sentence.start, spot.start - 16) : spot.start]


def _rank_before(spot: Spot, head: Spot | None) -> Spot | None:
    """居…第4位、…第2位; 位列第7位,较上年前移5位: all of one ranking."""
    before = spot.before
    for _ in range(6):
        if before is None or before is head:
            return None
        if before.amount.form == "rank" and before.label:
            return before
        before = before.before
    return None


def _sentence_before(spot: Spot, heads: Sequence[Spot]) -> Spot | None:
    """同比增长…, 占… at the head of a sentence speak of the sentence before."""
    if (
        heads
        and spot.sentence_index - heads[-1].sentence_index == 1
        and (
            spot.kind in ("growth", "change", "share")
            or (spot.kind == "target" and spot.is_percent)
            or (_OF_THE_MONTH.search(spot.lead) is not None and _is_same_sort(spot, heads[-1]))
        )
    ):
        return heads[-1]
    return None


_OF_THE_MONTH = re.compile("[当单本][月季]")


def _is_same_sort(spot: Spot, head: Spot) -> bool:
    return spot.amount.dimension is head.amount.dimension


def _own(spot: Spot) -> str:
    amount = spot.amount
    before = phrase_before(spot)
    if spot.is_population:
        among = re.sub("(?:中|里).*$", "", phrase_after(spot))
        return re.sub("(?:综合)?(?:考评|考核|评价|评估|测评|评比)(?:排名)?$", "", among) or among
    if amount.form == "rank":
        named = amount.core_end - amount.core_start <= 4 or spot.core[-2:-1] == "最"
        names_after = named and not _MOVES.match(spot.tail)
        assessed = ASSESSED.search(spot.opening)
        after = phrase_after(spot) if names_after else ""
        return before or after or (assessed.group() if assessed else "")
    if amount.form in ("quality", "ratio", "year"):
        founded = _FOUNDED.search(spot.lead) or _FOUNDED.search(spot.tail)
        words = before or phrase_after(spot) or ("" if founded is None else founded.group())
        return words if amount.form == "year" else ""
    if amount.form == "label" or spot.written.endswith("级") or spot.tail.startswith("级"):
        return _with_closing_noun(spot, phrase_after(spot)) or before
    if amount.dimension is Dimension.time:
        return before or phrase_after(spot)
    if spot.tail.startswith("的") and (spot.kind == "share" or not before):
        after = phrase_after(spot)
        if after and not re.match(r"(?:目标|比重|比例|份额|速度|增速|水平|任务)", after):
            return after
    if _AIM.match(before):
        return ""
    if spot.is_counted and spot.lead.endswith("的") and before and not spot.is_from:
        return before + phrase_after(spot)
    if spot.is_counted and re.search("[上里内中]$", before) and _NOUN.match(spot.tail):
        return phrase_after(spot)
    if spot.is_counted and "、" in before and _THING.match(spot.tail):
        # A、B两个配套项目: what stands before is counted, what stands after says as what
        return phrase_after(spot)
    is_part = spot.is_percent or amount.dimension is Dimension.percentage_point
    if not before and not is_part and (spot.is_counted or _NOUN.match(spot.tail)):
        return phrase_after(spot)
    return before


_AIM = re.compile(r"(?:年度|全年|年初|序时|预期|距|增长)*(?:目标|任务|计划|预期|进度|预算)(?:任务|还|差)?$")
_THING = re.compile("[一-龥]{0,8}(?:项目|企业|平台|产业|园区|集群|基地|公司|领域|机构|品牌|产品)")
_NOUN = re.compile(r"[一-龥“](?!比|较|、)(?<![增占同较比是大])")
_CLOSING_NOUN = re.compile("(?:产业)?(?:集群|基地|园区|平台|产业)$")


def _with_closing_noun(spot: Spot, words: str) -> str:
    """千亿元级汽车制造和五百亿元级新能源装备两大替代产业集群: both are clusters."""
    words = words.removeprefix("级")
    if spot.amount.form == "label" or not words or _CLOSING_NOUN.search(words):
        return words
    later = spot.after
    for _ in range(4):
        if later is None or later.clause is not spot.clause:
            break
        if later.amount.form == "label" and (noun := _CLOSING_NOUN.search(later.tail)) is not None:
            return words + noun.group()
        later = later.after
    return words


def _before_colon(spot: Spot) -> str:
    """GDP:512.3亿元: the label stands before the colon."""
    if spot.clause_index == 0 or (
        spot.before is not None and spot.before.clause_index >= spot.clause_index - 1
    ):
        return ""
    clause = spot.sentence.clauses[spot.clause_index - 1]
    if clause.mark != ":" or clause.end - clause.start > 24:
        return ""
    return tidy(without_times(spot, clause.start, min(clause.end, clause.start + 80)), spot)


def _clause_before(spot: Spot) -> str:
    """The subject phrase of the clause before, where no figure carries the label: 地均GDP达到…水平，是…倍."""
    for index in range(spot.clause_index - 1, max(-1, spot.clause_index - 3), -1):
        clause = spot.sentence.clauses[index]
        words = without_times(spot, clause.start, min(clause.end, clause.start + 80))
        found = re.match(
            r"(?P<noun>[^,。;]{2,24}?)(?:达到|达|位居|居|实现|突破|超过|高于|保持|是|为|稳居|比|较)", words
        )
        if found is not None:
            return tidy(found["noun"], spot)
    return ""
