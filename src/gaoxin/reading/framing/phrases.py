"""Which words around a figure are its noun phrase (指标短语的边界)?

`phrase_before` and `phrase_after` cut away what belongs to something else: times, the subject, verbs, what a
figure is compared with or a share of. Which of the two is the label is decided in
`gaoxin.reading.framing.labels`.
"""

from __future__ import annotations

import re

from gaoxin.core.units import Dimension
from gaoxin.reading.framing.kinds import FILLERS
from gaoxin.reading.framing.spots import NEAR, Spot

_LEFT = re.compile(
    r"^(?:【[^】]{1,10}】|[\s,:;、。()“”'\"·—>🔹👉•●◆■▲★]|[一二三四五六七八九十]是|[0-9]+[.、]|其中|同时|此外|另外|与此同时|并且|而且|但|累计|合计|总计"
    r"|这[片个家些]?(?![一样])|像[^,。]{2,12}这样的|这样的|有望|距|要|再(?!生|造|制)|实现|完成(?!投资)|达成|拥有|共有|共(?!享|同|建|产|和|计)|建有|设有|现有|有(?!效|色|机)|集聚了?|聚集了?|形成|贡献了?|建成(?!区)|设立|组建|成立|搭建|推出|定制了?|打造|出台|制定"
    r"|以(?!上)|将|把|使|对(?!外|口|接)|安排了?|为|在(?!建|谈|校|岗|孵|库|册|园|保|研|产|营|职|读|线|售|运)|从(?!业)|由|于|和|与|及|并|也|还|又|且|而|其|已经|已(?!投|建|开|签|注|竣|完|获)|现(?!代|金|价)|先后|成功|积极|全力|大力|着力|努力|加快|进一步|持续"
    r"|预计|力争|确保|奋力|争取到|全年|当年|当月|当期|我们|通过|(?:邻近|相邻|毗邻|所在|(?:公司|企业|项目)所在)的|据统计|初步核算|经初步核算|初步统计|分行业看|分产业看|按经营地分|按.{1,8}分|从.{1,8}看"
    r"|建设(?!用地|项目)|仅|均|主要|目前|期间|一是|二是|三是|较快|平均(?!工资|利率|浓度|水平|寿命))"
)
_SORT_OF_ENTERPRISE = re.compile("(?:龙头|骨干|重点|链主|民营|代表性?|上市|领军|标杆)企业")
_RIGHT = re.compile(
    r"(?:(?:预期|发展)?目标|达到|达|为|是|有|(?<![签合])约|近|超过|超|突破|实现|完成|共有|共|合计|累计|总计|分别|平均|(?<![户人地亩年日月单平])均|已|(?<!许)可|将|(?<!社)会|在|保持|稳定|控制|至|到|(?<!经济)增长|增加|提高|提升|下降|降低|降|升"
    r"|减少|缩减|压缩|压减|精简|回落|大幅|小幅|微幅|略有|(?<![小显细])微|(?<![战策谋侵简忽省概])略|进一步|由|从|同比|环比|(?<!占)比|较|首次|连续|预计|只|仅|就|了|的|也|等|分为|高达|占有|拥有|集聚|设立|组建|建成|成立|推出|打造"
    r"|一举|始终|一直|连年|连跨|连续跨越|跨越|成功|仍|还|聚集|汇聚|吸引|上涨|位居|居|位列|排名(?=第)|(?<!安)排|(?<!系)列|名列|稳居|跃居|迈上|站上|迈过|跨过|直逼|力争|确保|要|不超过|不低于|合理|区间|接近|不足|不到|逾|保持在|和|与|及|作为|作|安排|、|,|:|\s|“|\(|[+↑↓-])$"
)
# What stands between the metric and 增长: the base and how it was computed.
_COMPARED = re.compile(
    r"(?:按?(?:可比|不变|现行)价格?(?:计算|核算)?|同比|环比|同口径|名义|实际(?=增长|下降)|(?:(?<![同环占可])比|较)[^,。;、]{1,14}|(?:[两三四五]年)?年?平?均(?:复合)?(?:增速|增长)?|累计|当月|分别|均|自然|可比|首次|由(?:负|正)转(?:正|负)|仅)?$"
)
_GROWTH_TAIL = re.compile(
    r"(?:(?:高于|低于|快于|慢于|好于|优于|高出|超出|拉动|带动|领先|落后|超(?=序时|计划|目标|时序|进度))[^,。;]{1,18}"
    r"|(?:(?<![同环占可])比|较|同比|环比)[^,。;]{0,16}?(?:多|少|高|低|快|慢|增|减|降|升)(?:了|出)?"
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
    r"(?:进一步|大幅|逐步)?(?:增加|增长|提高|提升|上升|上涨|扩大|降低?|下降|缩减|压缩|压减|缩短|精简|减少|调整|优化|跃升|合并|回落|上调|下调|发展|回升|攀升|扩|增|减|压|降|升|变|涨|跃|恢复)"
    rf"(?:到|至|为){FILLERS}的?$"
)
_REMARK = re.compile(r"\([^()]*(?:下同|人民币|口径|快报|预计)[^()]*\)?")
_ONCE_BUILT = re.compile(
    "^.{0,10}(?:达产|投产|建成|达效|满产|投用)后,?(?:预计|可|将)*(?:实现|形成|新增|达到|贡献)?"
)
_AMOUNTS_TO = re.compile(r"(?:每年)?(?:不低于|不少于|不超过|相当于|恢复到|恢复至)[^,。;、]{1,12}的$")
_SHARED = re.compile(r"(?:占(?!比|有|地|用|领|全部$)(?:了|到|据)?|贡献了?)(?P<of>[^,。;、]*)$")
_SHARE_WORD = re.compile(r"(?:所占比重|所占比例|占比|比重)$")
_TIMES_OF = re.compile(r"(?:是|为|相当于|放大|达到?|超过)[^,。;]*$")
_LISTED = re.compile(r"(?P<names>[^,。;:()]*?)等(?:共|近|约)?$")
_AFTER_STOP = re.compile(
    r"[,。;:、()!?]|分别|合并|整合|压减|依次|入选|加速|正在|达成|投入使用|同比|占(?=全|[一-龥]{2}市)|共同|稳步|顺利|有序|快速|蓬勃|被(?!投)|获批|,|全面|成为(?!的)"
)
_AFTER_STOP_OF_RANK = re.compile("[,。;:()!?]")
_LONGEST = 30
ASSESSED = re.compile(
    "(?:(?:综合)?(?:考评|考核|评价|评估|测评|竞争力|评比|实力|发展水平)(?:排名|得分|结果)?|综合(?:排名|排位))(?=中|$)"
)


def phrase_before(spot: Spot) -> str:
    """The noun phrase before the figure, without times, subject, verbs and comparisons."""
    start = spot.start - len(spot.lead)
    earlier = spot.before
    if spot.amount.form == "rank" and earlier is not None and earlier.is_population:
        words = without_times(spot, earlier.start - len(earlier.lead), earlier.start)
        words = _without_group(words, earlier.start - len(earlier.lead), earlier)
        assessed = ASSESSED.search(spot.text[earlier.end : spot.start])
        return tidy(words, spot) or ("" if assessed is None else assessed.group())
    for _ in range(3):
        if (
            earlier is None
            or earlier.clause is not spot.clause
            or not (earlier.is_threshold or _is_in_name(earlier, spot))
            or re.match("[、,和与]", spot.text[earlier.end : spot.start])
        ):
            break
        start = earlier.start - len(earlier.lead)
        earlier = earlier.before if earlier.is_threshold else None
    if not spot.is_threshold and spot.before is not None and start >= spot.before.end:
        start = max(start, _label_end(spot))
    words = without_times(spot, start, spot.start)
    if spot.is_from:
        words = _FROM.sub("", words)
    words = _TO_LEVEL.sub("", words)
    words, _ = _enumerated(words, spot)
    words = re.sub(r"^.*?、.*等(?=[一二两三四五六七八九十0-9]+[大类个项])", "", words)
    if spot.kind == "share" or (spot.kind == "target" and spot.is_percent and "占" in words):
        words = _AMOUNTS_TO.sub("", words)
        words = _SHARED.sub("", words)
        bare = _trimmed(words)
        words = _SHARE_WORD.sub("", bare) or bare
    if spot.amount.form == "rank":
        words = _RANKED.sub("", _without_group(words, start, spot))
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
    return tidy(words, spot)


def _label_end(spot: Spot) -> int:
    """Where the label of the figure before ends, if that stands between the two."""
    before = spot.before
    return before.label_end if before is not None and before.clause is spot.clause else 0


def tidy(words: str, spot: Spot) -> str:
    """Strips subject, connecting words and verbs from both ends of a phrase."""
    subject = "" if spot.subject is None else spot.subject.name
    names = [
        m.name
        for m in spot.mentions
        if m.kind not in ("region", "industry", "project") or m.short or m.name == subject
    ]
    words = re.sub(r"(企业|产业|行业|单位)(?:累计|共)?(?:实现|完成)", r"\1", words)
    words = _REMARK.sub("", _ONCE_BUILT.sub("", words))
    for _ in range(14):
        before = words
        words = _LEFT.sub("", words)
        called = _SORT_OF_ENTERPRISE.match(words)
        if called is not None and words.startswith(tuple(names), called.end()):
            words = words[called.end() :]
        for name in names:
            if words.startswith(name) and not words[len(name) :].startswith(
                ("级", "”", "专家", "名牌", "科技")
            ):
                words = words[len(name) :]
                words = re.sub("^内?的?(?!资)", "", words)
                break
        words = _RIGHT.sub("", words)
        if words == before:
            break
    if len(words) > 12 and (cut := re.search("(?:计划|项目|意向)?总投资额?$", words)) is not None:
        words = cut.group()
    if len(words) > _LONGEST:
        words = re.split(r"[的、:]", words)[-1] or words
    words = words[-_LONGEST:].strip("“”() 的")
    return words + ")" if words.count("(") > words.count(")") else words


def _trimmed(words: str) -> str:
    """Without the verbs at its end."""
    for _ in range(8):
        before = words
        words = _RIGHT.sub("", words)
        if words == before:
            break
    return words


def _without_group(words: str, start: int, spot: Spot) -> str:
    """综合考核结果在山东省160个开发区中居: without whom it is ranked among."""
    for mention in reversed(spot.mentions):
        if start < mention.start and mention.end <= spot.start and mention.kind == "region":
            at = words.rfind(mention.name)
            return words[:at] if at > 0 else words
        if mention.start == start and mention.kind == "region" and mention.end <= spot.start:
            return ""
    return words


def without_times(spot: Spot, start: int, end: int) -> str:
    """The characters [start, end) but for the times among them; at most NEAR of them, the last."""
    text, start = spot.text, max(start, end - NEAR)
    out, at = [], start
    for time in spot.times:
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


def names_listed(spot: Spot) -> tuple[str, ...]:
    """What is enumerated before a count of it: A、B、C等三大产业, A、B为主导…的“2主3辅”."""
    words = without_times(spot, spot.clause.start, spot.start)
    _, names = _enumerated(words, spot)
    if names:
        first = _LEFT.sub("", re.sub(r"^.*(?:在|以|围绕|推动|促成|包括|建设|落实|组建)", "", names[0]))
        return tuple(name for name in (first, *names[1:]) if name)
    if spot.amount.form == "label" and (role := re.search("[主辅]$", spot.core)):
        sentence = spot.text[max(spot.sentence.start, spot.start - 160) : spot.start]
        found = re.search(rf"(?P<names>[^,。;:]*?)为{role.group()}", sentence) or re.search(
            r"(?P<names>[^,。;:]*?)为主的", sentence
        )
        if found is not None:
            return tuple(name for name in re.split("[、和]", found["names"]) if name)
    if spot.is_counted and not re.search("[主辅]$", spot.core) and "、" in words:
        last = re.split("[,;:]", words)[-1]
        parts = [name.strip("“” ") for name in re.split("、|和|与|以及", last)]
        if len(parts) == spot.value:
            return tuple(parts)
    return ()


def _is_quoted(spot: Spot) -> bool:
    """It stands inside quotation marks: “山东十大科技成果”."""
    return "“" in spot.opening and spot.opening.rfind("“") > spot.opening.rfind("”")


def _is_in_name(earlier: Spot, spot: Spot) -> bool:
    """A count inside the name of what is counted: “两类”人才1人, 三大主导产业产值."""
    return earlier.amount.form == "label" or (
        _is_quoted(earlier) and re.search("”(?![、和与及])", spot.text[earlier.end : spot.start]) is not None
    )


def phrase_after(spot: Spot) -> str:
    """The noun a figure stands before: 3个招商分局, 1/5的规模以上工业利润."""
    end = min(spot.clause.end, spot.end + 2 * _LONGEST)
    later = spot.after
    while later is not None and later.start < end:
        named = _is_quoted(later) or later.amount.form == "quality"
        if not named and (spot.is_threshold or not later.is_threshold):
            end = later.start
            break
        later = later.after
    words = spot.text[spot.end : end].lstrip("的余多 “”)")
    if words.startswith("、"):
        return ""
    stop = (_AFTER_STOP if spot.amount.form != "rank" else _AFTER_STOP_OF_RANK).search(words)
    words = words[: stop.start()] if stop else words
    words = re.sub(r"(?:和|与|及|并|以及)$", "", words.rstrip("“” ")).strip("“” ")[:_LONGEST]
    words = re.sub("当?中$", "", words) if spot.is_counted else words
    counted_next = spot.after is not None and spot.after.start == end and spot.after.is_counted
    if counted_next and len(words) > 4:
        words = re.sub("(?:已?开工|竣工|投产|签约|完工|复工|建成)$", "", words)
    if words and not spot.is_threshold:
        spot.label_end = spot.text.index(words, spot.end) + len(words)
    return words
