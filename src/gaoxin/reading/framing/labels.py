"""Of what is a figure the size: which words name its metric (指标短语)?

The label is the phrase as written: before the figure (规模以上工业产值432亿元), after it (3个招商分局,
1/4的高新技术产值), or with an earlier figure of the sentence (…，同比增长25.5%). Which metric of the catalogue
it means is decided in `gaoxin.reading.linking`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gaoxin.core.units import Dimension
from gaoxin.reading.framing.kinds import FILLERS
from gaoxin.reading.framing.spots import Spot
from gaoxin.reading.naming import Mention
from gaoxin.reading.times import Time

_LEFT = re.compile(
    r"^(?:[\s,:;、。()“”'\"·—>🔹👉•●◆■▲★]|[一二三四五六七八九十]是|[0-9]+[.、]|其中|同时|此外|另外|与此同时|并且|而且|但|累计|合计|总计"
    r"|这[片个家些]?(?!一)|距|要|再(?!生|造|制)|实现|完成(?!投资)|达成|拥有|共有|共(?!享|同|建|产|和|计)|建有|设有|现有|有(?!效|色|机)|集聚了?|聚集了?|形成|贡献了?|建成|设立|组建|成立|搭建|推出|定制了?|打造|出台|制定"
    r"|以(?!上)|将|把|使|对(?!外|口|接)|安排了?|为|在(?!建|谈|校|岗|孵|库|册|园)|从(?!业)|由|于|和|与|及|并|也|还|又|且|而|其|已经|已(?!投|建|开|签|注|竣|完|获)|现(?!代|金|价)|先后|成功|积极|全力|大力|着力|努力|加快|进一步|持续"
    r"|预计|力争|确保|奋力|争取到|全年|当年|当月|当期|我们|通过|据统计|初步核算|经初步核算|初步统计|分行业看|分产业看|按经营地分|按.{1,8}分|从.{1,8}看"
    r"|建设(?!用地|项目)|仅|均|主要|目前|期间|一是|二是|三是|较快|平均(?!工资|利率|浓度|水平|寿命))"
)
_RIGHT = re.compile(
    r"(?:达到|达|为|是|有|(?<![签合])约|近|超过|超|突破|实现|完成|共有|共|合计|累计|总计|分别|均|已|(?<!许)可|将|(?<!社)会|在|保持|稳定|控制|至|到|增长|增加|提高|提升|下降|降低|降|升"
    r"|减少|缩减|压缩|压减|精简|回落|大幅|进一步|由|从|同比|环比|(?<!占)比|较|首次|连续|预计|只|仅|就|了|的|也|等|分为|高达|占有|拥有|集聚|设立|组建|建成|成立|推出|打造"
    r"|一举|成功|仍|还|聚集|汇聚|吸引|上涨|位居|居|位列|排名(?=第)|(?<!安)排|(?<!系)列|名列|稳居|跃居|迈上|站上|迈过|跨过|直逼|力争|确保|要|不超过|不低于|合理|区间|接近|不足|不到|逾|保持在|和|与|及|作为|作|安排|、|,|:|\s|“|\()$"
)
# What stands between the metric and 增长: the base and how it was computed.
_COMPARED = re.compile(
    r"(?:按(?:可比|不变|现行)价格?(?:计算|核算)?|同比|环比|同口径|名义|实际(?=增长|下降)|(?:(?<![同环占])比|较)[^,。;、]{1,14}|(?:[两三四五]年)?年?平?均(?:复合)?(?:增速|增长)?|累计|当月|分别|均|自然|可比|首次|由(?:负|正)转(?:正|负)|仅)?$"
)
_GROWTH_TAIL = re.compile(
    r"(?:(?:高于|低于|快于|慢于|好于|优于|高出|超出|拉动|带动|领先|落后|超(?=序时|计划|目标|时序|进度))[^,。;]{1,18}"
    r"|(?:(?<![同环占])比|较|同比|环比)[^,。;]{0,16}?(?:多|少|高|低|快|慢|增|减|降|升)(?:了|出)?"
    r"|(?:增长|增加|增产|增收|净增长?|提高|提升|上升|上涨|回升|攀升|扩大|加快|递增|翻|涨|增|前移|前进|跃升|下降|降低|减少|减产|回落|下滑|下跌|压减|压缩|缩减|缩短|精简|收窄|萎缩|负增长|放缓|下调|节约|后移|减|降|跌|倍增|成倍|成交?倍))"
    rf"(?:了|率|幅度?|速度?)?(?:到|至|为)?{FILLERS}$"
)
_CHANGE_TAIL = re.compile(_GROWTH_TAIL.pattern.replace("|拉动|带动|领先|落后", ""))
_RATE_LABEL = re.compile(r"(?:增速|增幅|增长率|涨幅|降幅|跌幅)" + FILLERS + "$")
_RANKED = re.compile(
    r"(?:在[^,。;]{0,30}?中)?(?:的)?(?:稳居|位居|跃居|居|位列|名列|列|排名|排位|排在|排|位次|升至|跃升至?|进入|跻身|成为|是|获批建设|荣获|获得|获|获评)[^,。;]*$"
)
_FROM = re.compile(r"(?<!自)[由从](?!事)[^,。;、]{0,14}$")
_TO_LEVEL = re.compile(
    r"(?:进一步|大幅|逐步)?(?:增加|增长|提高|提升|上升|上涨|扩大|降低?|下降|缩减|压缩|压减|缩短|精简|减少|调整|优化|跃升|合并|回落|上调|下调|升|变)"
    rf"(?:到|至|为){FILLERS}$"
)
_SHARED = re.compile(r"(?:占(?!比|有|地|用|领|全部$)(?:了|到|据)?|贡献了?)(?P<of>[^,。;、]*)$")
_SHARE_WORD = re.compile(r"(?:所占比重|所占比例|占比|比重)$")
_TIMES_OF = re.compile(r"(?:是|为|相当于|放大|达到?|超过)[^,。;]*$")
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
_HOLDER = re.compile("(?:企业|制造业|工业|服务业|产业|行业|加工业|经济|采矿业|建筑业)$")
_MEASURE = re.compile("(?:增加值|总产值|产值|投资|营业收入|利润总额|利润|出口额?|零售额)$")
_PLAIN_OUTPUT = re.compile(r"^(?:产值|总产值|增加值|工业总产值)$")
_STOCK_WORDS = re.compile(r"^(?:总数|总量|累计总?数?|总计)$")
_FLOW = re.compile(r"^(?:新增长?|新增增长|新认定|净增长?|新引进|新建|新培育|新设立?|新登记|新)")
_LISTED = re.compile(r"(?P<names>[^,。;:()]*?)等(?:共|近|约)?$")
_STATE = re.compile(
    r"^(?:新开工|已?开工|已?竣工|已?投产|竣工投产|建成投产|已?签约|已?注册|在建|完工|续建|新建)$"
)
_EMPTY = re.compile("^(?:前|后|前的|来|来的|之|的|内|间|以来|还|仍|时|年)$")
_LEVEL_NAME = re.compile(r"(?:级|字号|以上|[“”])$")
_QUALIFIERS = re.compile(
    r"^(?:全部|各类|各级|各项|(?:山东|云南|[一-龥]{2,3})?省级?以上|市级以上|国家级|省级|市级|亿元以上|新增|新认定)+"
)
_AFTER_STOP = re.compile(
    r"[,。;:、()!?]|合并|整合|压减|依次|入选|加速|正在|达成|投入使用|同比|占(?=全|[一-龥]{2}市)|共同|稳步|顺利|有序|快速|蓬勃|被(?!投)|获批|,|全面|成为(?!的)"
)
_AFTER_STOP_OF_RANK = re.compile("[,。;:()!?]")
_LONGEST = 30


def tell_label(
    spot: Spot,
    following: Sequence[Spot],
    heads: Sequence[Spot],
    times: Sequence[Time],
    mentions: Sequence[Mention],
) -> None:
    """Fills the label, and `about` where the label belongs to an earlier figure.

    `following`: the figures after it; `heads`: those before it in the paragraph that carry a label.
    """
    if spot.item:
        spot.label, spot.own_label = spot.item, True
        return
    own = _own(spot, following, times, mentions)
    own = "" if _EMPTY.match(own) else own
    if not own or not spot.text.startswith(own, max(0, spot.label_end - len(own))):
        spot.label_end = 0
    if spot.kind == "share" and any(own == mention.name for mention in mentions if mention.kind == "region"):
        own = ""  # 占楚雄州10%、楚雄市33%: the denominator stands alone
    head = heads[-1] if heads and heads[-1].sentence_index == spot.sentence_index else None
    if head is None and "其中" in spot.lead and heads and spot.sentence_index - heads[-1].sentence_index == 1:
        head = heads[-1]
    if not own and (own := _before_colon(spot, times, mentions)):
        spot.label, spot.own_label = own, True
        return
    if not own:
        if spot.amount.dimension is Dimension.rank:
            head = _rank_before(spot, head) or head
        head = head or _sentence_before(spot, heads)
        if head is not None:
            spot.about, spot.label = head, head.label
            return
        spot.label = _clause_before(spot, times, mentions)
        spot.own_label = bool(spot.label)
        return
    spot.own_label = True
    spot.label = own
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
    scope = _SCOPE.match(head.label)
    if _SCOPED.match(own) and scope is not None:
        spot.label = scope.group() + own
    elif spot.kind == "growth" and _HOLDER.search(own) and (measure := _MEASURE.search(head.label)):
        spot.label = own + measure.group()
    elif _PLAIN_OUTPUT.match(own):
        _name_output(spot, own, heads)
    elif GENERIC.match(own) and not _SCOPED.match(own):
        _join_generic(spot, own, head)
    elif _after_within(spot) and (_STATE.match(own) or _LEVEL_NAME.search(own)):
        noun = _QUALIFIERS.sub("", head.label)
        spot.label = own + (noun[-2:] if _STATE.match(own) else noun)
    elif spot.between.startswith(("、", "和", "及", "与")) and (flow := _FLOW.match(head.label)):
        if not re.match(r"新|净|累计|总|共", own) and spot.amount.dimension is head.amount.dimension:
            spot.label = flow.group().replace("增长", "") + own


def _join_generic(spot: Spot, own: str, head: Spot) -> None:
    if _STOCK_WORDS.match(own):
        spot.about = head
        spot.label = _FLOW.sub("", head.label) + own
    elif own in ("增速", "增幅", "降幅", "涨幅", "占比", "比重", "份额", "比例", "排名", "位次", "增长率"):
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
    while before is not None:
        if before is head:
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
        and spot.kind in ("growth", "change", "share")
    ):
        return heads[-1]
    return None


def _own(spot: Spot, following: Sequence[Spot], times: Sequence[Time], mentions: Sequence[Mention]) -> str:
    amount = spot.amount
    before = phrase_before(spot, times, mentions)
    if spot.is_population:
        return re.sub("(?:中|里).*$", "", phrase_after(spot, following))
    if amount.form == "rank":
        return before or (phrase_after(spot, following) if amount.core_end - amount.core_start <= 4 else "")
    if amount.form in ("quality", "ratio", "year"):
        return (before or phrase_after(spot, following)) if amount.form == "year" else ""
    if amount.form == "label" or spot.written.endswith("级") or spot.tail.startswith("级"):
        return _with_closing_noun(spot, phrase_after(spot, following)) or before
    if amount.dimension is Dimension.time:
        return before or phrase_after(spot, following)
    if spot.tail.startswith("的") and (spot.kind == "share" or not before):
        after = phrase_after(spot, following)
        if after and not re.match(r"(?:目标|比重|比例|份额|速度|增速|水平|任务)", after):
            return after
    if _AIM.match(before):
        return ""
    if spot.is_counted and spot.lead.endswith("的") and before:
        return before + phrase_after(spot, following)
    if spot.is_counted and re.search("[上里内中]$", before) and _NOUN.match(spot.tail):
        return phrase_after(spot, following)
    if spot.is_counted and "、" in before and _THING.match(spot.tail):
        # A、B两个配套项目: what stands before is counted, what stands after says as what
        return phrase_after(spot, following)
    if not before and not spot.is_percent and amount.dimension is not Dimension.percentage_point:
        if spot.is_counted or _NOUN.match(spot.tail):
            return phrase_after(spot, following)
    return before


_AIM = re.compile(r"(?:年度|全年|年初|序时|预期|距|增长)*(?:目标|任务|计划|预期|进度)(?:任务|还|差)?$")
_THING = re.compile("[一-龥]{0,8}(?:项目|企业|平台|产业|园区|集群|基地|公司|领域|机构|品牌|产品)")
_NOUN = re.compile(r"[一-龥“](?!比|较|、)(?<![增占同较比是大])")
_ASSESSED = re.compile("(?:综合)?(?:考评|考核|评价|评估|测评|竞争力|评比)(?:排名|得分|结果)?(?=中)")
_CLOSING_NOUN = re.compile("(?:产业)?(?:集群|基地|园区|平台|产业)$")


def _with_closing_noun(spot: Spot, words: str) -> str:
    """千亿元级汽车制造和五百亿元级新能源装备两大替代产业集群: both are clusters."""
    words = words.removeprefix("级")
    if spot.amount.form == "label" or not words or _CLOSING_NOUN.search(words):
        return words
    later = spot.after
    while later is not None and later.clause is spot.clause:
        if later.amount.form == "label" and (noun := _CLOSING_NOUN.search(later.tail)) is not None:
            return words + noun.group()
        later = later.after
    return words


def phrase_before(spot: Spot, times: Sequence[Time], mentions: Sequence[Mention]) -> str:
    """The noun phrase before the figure, without times, subject, verbs and comparisons."""
    start = spot.start - len(spot.lead)
    earlier = spot.before
    if spot.amount.form == "rank" and earlier is not None and earlier.is_population:
        words = _without_times(spot.text, earlier.start - len(earlier.lead), earlier.start, times)
        words = _without_group(words, earlier.start - len(earlier.lead), earlier, mentions)
        assessed = _ASSESSED.search(spot.text[earlier.end : spot.start])
        return tidy(words, spot, mentions) or ("" if assessed is None else assessed.group())
    while (
        earlier is not None
        and earlier.clause is spot.clause
        and (earlier.is_threshold or _is_in_name(earlier, spot))
        and not re.match("[、,和与]", spot.text[earlier.end : spot.start])
    ):
        start = earlier.start - len(earlier.lead)
        earlier = earlier.before if earlier.is_threshold else None
    if not spot.is_threshold and spot.before is not None and start >= spot.before.end:
        start = max(start, _label_end(spot))
    words = _without_times(spot.text, start, spot.start, times)
    if spot.is_from:
        words = _FROM.sub("", words)
    words = _TO_LEVEL.sub("", words)
    words, _ = _enumerated(words, spot)
    words = re.sub(r"^.*?、.*等(?=[一二两三四五六七八九十0-9]+[大类个项])", "", words)
    if spot.kind == "share" or (spot.kind == "target" and spot.is_percent):
        words = _SHARED.sub("", words)
        bare = _trimmed(words)
        words = _SHARE_WORD.sub("", bare) or bare
    if spot.amount.form == "rank":
        words = _RANKED.sub("", _without_group(words, start, spot, mentions))
    elif spot.kind == "multiple" and spot.amount.form == "number" and not _GROWTH_TAIL.search(words):
        words = _TIMES_OF.sub("", words)
    elif spot.kind in ("growth", "change", "multiple", "target") or (
        spot.is_percent and spot.kind == "share"
    ):
        points = spot.is_percent or spot.amount.dimension is Dimension.percentage_point
        cut = _GROWTH_TAIL.search(words) if points else _CHANGE_TAIL.search(words)
        if cut is not None:
            words = words[: cut.start()]
            words = words[: m.start()] if (m := _COMPARED.search(words)) else words
        elif rate := _RATE_LABEL.search(words):
            words = words[: rate.start()] or words
    return tidy(words, spot, mentions)


def _label_end(spot: Spot) -> int:
    """Where the label of the figure before ends, if that stands between the two."""
    before = spot.before
    return before.label_end if before is not None and before.clause is spot.clause else 0


def tidy(words: str, spot: Spot, mentions: Sequence[Mention]) -> str:
    """Strips subject, connecting words and verbs from both ends of a phrase."""
    subject = "" if spot.subject is None else spot.subject.name
    names = [m.name for m in mentions if m.kind != "region" or m.short or m.name == subject]
    words = re.sub(r"(企业|产业|行业|单位)(?:累计|共)?(?:实现|完成)", r"\1", words)
    for _ in range(14):
        before = words
        words = _LEFT.sub("", words)
        for name in names:
            if words.startswith(name) and not words[len(name) :].startswith(
                ("级", "”", "专家", "名牌", "科技")
            ):
                words = words[len(name) :]
                words = words[1:] if words.startswith("的") else words
                break
        words = _RIGHT.sub("", words)
        if words == before:
            break
    if len(words) > 12 and (cut := re.search("(?:计划|项目|意向)?总投资额?$", words)) is not None:
        words = cut.group()
    if len(words) > _LONGEST:
        words = re.split(r"[的、:]", words)[-1] or words
    return words[-_LONGEST:].strip("“”() 的")


def _trimmed(words: str) -> str:
    """Without the verbs at its end."""
    for _ in range(8):
        before = words
        words = _RIGHT.sub("", words)
        if words == before:
            break
    return words


def _without_group(words: str, start: int, spot: Spot, mentions: Sequence[Mention]) -> str:
    """综合考核结果在山东省160个开发区中居: without whom it is ranked among."""
    for mention in reversed(mentions):
        if start < mention.start and mention.end <= spot.start and mention.kind == "region":
            at = words.rfind(mention.name)
            return words[:at] if at > 0 else words
        if mention.start == start and mention.kind == "region" and mention.end <= spot.start:
            return ""
    return words


def _without_times(text: str, start: int, end: int, times: Sequence[Time]) -> str:
    out, at = [], start
    for time in times:
        if time.role == "name" or time.end <= start or time.start >= end or time.role == "base":
            continue
        out.append(text[at : max(at, time.start)])
        at = min(max(at, time.end), end)
    out.append(text[at:end])
    return "".join(out)


def _enumerated(words: str, spot: Spot) -> tuple[str, tuple[str, ...]]:
    """A、B、C等 before a count: the names, and nothing left of the phrase."""
    found = _LISTED.search(words)
    if found is None or not spot.is_counted:
        return words, ()
    names = tuple(name.strip("“” ") for name in found["names"].split("、") if name.strip("“” "))
    return words[: found.start()], names


def names_listed(spot: Spot, times: Sequence[Time]) -> tuple[str, ...]:
    """What is enumerated before a count of it: A、B、C等三大产业, A、B为主导…的“2主3辅”."""
    words = _without_times(spot.text, spot.clause.start, spot.start, times)
    _, names = _enumerated(words, spot)
    if names:
        first = _LEFT.sub("", re.sub(r"^.*(?:在|以|围绕|推动|促成|包括|建设|落实|组建)", "", names[0]))
        return tuple(name for name in (first, *names[1:]) if name)
    if spot.amount.form == "label" and (role := re.search("[主辅]$", spot.core)):
        sentence = spot.text[spot.sentence.start : spot.start]
        found = re.search(rf"(?P<names>[^,。;:]*?)为{role.group()}", sentence) or re.search(
            r"(?P<names>[^,。;:]*?)为主的", sentence
        )
        if found is not None:
            return tuple(name for name in re.split("[、和]", found["names"]) if name)
    return ()


def _is_quoted(spot: Spot) -> bool:
    """It stands inside quotation marks: “山东十大科技成果”."""
    return "“" in spot.opening and spot.opening.rfind("“") > spot.opening.rfind("”")


def _is_in_name(earlier: Spot, spot: Spot) -> bool:
    """A count inside the name of what is counted: “两类”人才1人, 三大主导产业产值."""
    return earlier.amount.form == "label" or (
        _is_quoted(earlier) and re.search("”(?![、和与及])", spot.text[earlier.end : spot.start]) is not None
    )


def phrase_after(spot: Spot, following: Sequence[Spot]) -> str:
    """The noun a figure stands before: 3个招商分局, 1/5的规模以上工业利润."""
    end = spot.clause.end
    for later in following:
        if later.start >= end:
            break
        named = _is_quoted(later) or later.amount.form == "quality"
        if not named and (spot.is_threshold or not later.is_threshold):
            end = later.start
            break
    words = spot.text[spot.end : end].lstrip("的余多 “”)")
    stop = (_AFTER_STOP if spot.amount.form != "rank" else _AFTER_STOP_OF_RANK).search(words)
    words = words[: stop.start()] if stop else words
    words = re.sub(r"(?:和|与|及|并|以及)$", "", words.rstrip("“” ")).strip("“” ")[:_LONGEST]
    counted_next = spot.after is not None and spot.after.start == end and spot.after.is_counted
    if counted_next and len(words) > 4:
        words = re.sub("(?:已?开工|竣工|投产|签约|完工|复工|建成)$", "", words)
    if words and not spot.is_threshold:
        spot.label_end = spot.text.index(words, spot.end) + len(words)
    return words


def _before_colon(spot: Spot, times: Sequence[Time], mentions: Sequence[Mention]) -> str:
    """GDP:512.3亿元: the label stands before the colon."""
    if (
        spot.clause_index == 0
        or spot.before is not None
        and spot.before.clause_index >= spot.clause_index - 1
    ):
        return ""
    clause = spot.sentence.clauses[spot.clause_index - 1]
    if clause.mark != ":" or clause.end - clause.start > 24:
        return ""
    return tidy(_without_times(spot.text, clause.start, clause.end, times), spot, mentions)


def _clause_before(spot: Spot, times: Sequence[Time], mentions: Sequence[Mention]) -> str:
    """The subject phrase of the clause before, where no figure carries the label: 地均GDP达到…水平，是…的3倍."""
    for index in range(spot.clause_index - 1, max(-1, spot.clause_index - 3), -1):
        clause = spot.sentence.clauses[index]
        words = _without_times(spot.text, clause.start, clause.end, times)
        found = re.match(
            r"(?P<noun>[^,。;]{2,24}?)(?:达到|达|位居|居|实现|突破|超过|高于|保持|是|为|稳居|比|较)", words
        )
        if found is not None:
            return tidy(found["noun"], spot, mentions)
    return ""
