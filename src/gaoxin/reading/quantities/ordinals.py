"""Ranks, firsts and standards without a number (位次、首创、水平).

第4位, 第一个, 首个, 唯一, 前列, 前十, 世界首创, 全球最大 have a place in an order; 之一, 一流, 破零 and
达到……水平 compare without one. 第三条, 第二产业, 第一书记 and the like number or name something else.
"""

from __future__ import annotations

import re
from fractions import Fraction

from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount, Form, Op
from gaoxin.reading.quantities.hedges import hedged
from gaoxin.reading.quantities.numbers import arabic, chinese

_PLACES = (
    r"全球|世界|国际|全国|国内|亚洲|全省|全市|全区|全县|全州|全盟|本省|我省|本市|我市|我国|中国|行业|同行业|业内|西部|东部|中部|"
    r"长江经济带|长三角|京津冀|大湾区|[\u4e00-\u9fff]{1,6}(?:省|市|州|区|县|园|盟|旗|群|圈|带)"
)
START = re.compile(
    r"第(?=[0-9一二三四五六七八九十百])|首[位个家座条台款只单例批创项支艘架份部套件]|唯一|前列|前茅|榜首|前(?=[0-9一二三四五六七八九十百])|"
    r"最[大高长快多强深早优佳]|之一|一流|破零|零的突破|零突破|水平|大以来|"
    r"翻番|翻[了]?[0-9.]*倍|过半|超半数|近半数?|半数以上|一半"
)
_NUMBER_OF = re.compile(r"[位名](?!于|列|单|称)|大(?!会|学|于|道|街|量)|强")
_THINGS = re.compile(r"[个家座条台款只单例项支艘架份部套件批]")
_NOT_THINGS = re.compile(
    r"个(?:百年|五年|月|季度|工作日|交易日|周|学期|方面|阶段|环节|层次|问题|五年规划|意见)|条(?!生产线|高速|铁路|产线|航线|公路|线|高铁)|项(?:工作|任务|议程|内容)|部分|件事|"
    r"批次?(?:主题教育|学习)|单元"
)
_FIRST_ELSE = re.compile(
    r"第一(?:书记|时间|产业|现场|步|线|课|轮|阶段|节|章|条|款|项|部分|季度|天|年|届|次|期|版|页|卷|集|篇|师|中学|中等|小学|高中|医院|"
    r"人民医院|附属|责任人|人称|财经|者|方面?|组|审|副|学期|军|炮|种|财季|桶|号|环|类|级|层|幕|眼|印象|手|届|期|师范|实验|"
    r"建筑|汽车|重型|拖拉机|机床|大街|大道|路|街|社区|村|组|小组|分局|分公司|工程|航务|曲线|任|名(?!次)单|口|枪|炉|车间|单元|幼儿园|初级|"
    r"议题|议程|主题|个月|周|财|海|公里|被告|原告|审判|支部|党支部|党小组|联队|巡视|督导|督察|检查|考核|工作组|要务|要素)"
)
_RANK_VERB = re.compile(
    r"(?:居|列|位|排|排名|名次|位次|占|获|夺|进入|跻身|迈入|升至|跃居|跃升至|升到|全省|全国|全市|全球|世界|亚洲|国内|行业|省|市|州|区|县|园区|增速|总量|总分|成绩|[为至到])$"
)
_END_OF_PHRASE = re.compile(r"$|[,。;:、!?)”》\t ]|的|和|与|及|,|并|,?比|且")
_FRONT_VERB = re.compile(
    rf"(?:跻身|位居|位列|名列|稳居|居于|居|列|进入|迈入|升至|处于|走在了?|保持|排在?|站在|迈进|挺进|冲进|(?:{_PLACES}))[\u4e00-\u9fff0-9“”]{{0,18}}$"
)
_FRONT_IDIOM = re.compile(r"(?:走在|干在实处、?走在|走|站在|时代|排|冲在|想在|最|赛道)$")
_BEST = re.compile(rf"(?:{_PLACES})(?:规模|产能|单体|总量|同类)?$")
_GOAL = re.compile(
    r"(?:冲刺|建设|打造|争创|创建|迈向|建成|争当|勇争|争创|迈进|跻身|奋进|成为|创|建|进入|向|瞄准|冲击|挺进)(?:成|为|成为)?"
    r"(?:世界|国际|国内|全国|全球|全省|亚洲|一批|具有|行业)?$"
)
_OUT_OF = re.compile(
    r"最|全国|全球|世界|国家|国内|全省|全市|全州|亚洲|国际|[0-9一二三四五六七八九十]+(?:大|个|家|强)|[省市州]"
)
_LEVEL = re.compile(
    r"(?P<verb>达到了?|达|接近|超过了?|超出|优于|高于|低于|好于|赶上|追平|处于)(?P<what>[\u4e00-\u9fff“”]{2,18}?)的?(?P<word>水平)$"
)
_STANDARD = re.compile(
    r"国|省|市|州|世界|全球|国际|发达|平均|先进|领先|行业|历史|同期|地区|经济体|一流|中等|标杆"
)
_LEVEL_OPS: dict[str, Op] = {
    "接近": "<",
    "低于": "<",
    "超过": ">",
    "超过了": ">",
    "超出": ">",
    "优于": ">",
    "高于": ">",
    "好于": ">",
}
_CONGRESS = re.compile(r"(?:党的)?(?:十[一二三四五六七八九]|二十|二十一)$")


def ordinal(text: str, place: int) -> tuple[Amount | None, int]:
    """The rank or standard that begins (or whose word stands) at `place`, and where reading goes on."""
    if text[place] == "第":
        return _numbered(text, place)
    found = START.match(text, place)
    if found is None:
        return None, place + 1
    word, end = found[0], found.end()
    amount: Amount | None = None
    if word == "前":
        return _among_the_first(text, place)
    if word[0] == "首":
        amount = _first(text, place, end, word)
    elif word == "唯一":
        if text[end : end + 1] not in ("性", "标", "代", "编", "码", "识"):
            amount = _rank(text, place, end, Fraction(1))
    elif word == "榜首":
        amount = _rank(text, place, end, Fraction(1))
    elif word in ("前列", "前茅"):
        before = text[max(0, place - 24) : place]
        clause = re.split(r"[,。;:!?、]", before)[-1] if word == "前列" else before
        idle = _FRONT_IDIOM.search(clause) or text[end : end + 1] == "腺"
        if not idle and (word == "前茅" or _FRONT_VERB.search(clause)):
            start = place - 2 if text.startswith("名列前茅", place - 2) else place
            amount = _rank(text, start, end, None)
    elif word[0] == "最":
        best = _BEST.search(text, max(0, place - 12), place)
        if best is not None:
            start = _place_before(text, best.start(), place)
            amount = _rank(text, start, end, Fraction(1))
    elif word == "之一":
        clause = re.split(r"[,。;:!?]", text[max(0, place - 30) : place])[-1]
        if _OUT_OF.search(clause):
            amount = _quality(place, end, None, "=")
    elif word == "一流":
        if _GOAL.search(text, max(0, place - 10), place):
            amount = _quality(place, end, None, "=")
    elif word in ("破零", "零的突破", "零突破"):
        amount = _quality(place, end, Fraction(0), ">", Dimension.count)
    elif word == "水平":
        amount = _standard(text, end)
    elif word == "大以来":
        congress = _CONGRESS.search(text, max(0, place - 5), place)
        if congress is not None:
            numeral = congress.start() + (2 if congress[0].startswith("党的") else 0)
            amount = _quality(numeral, end, None, "=", Dimension.time)
    elif word.startswith("翻"):
        amount = _doubled(text, place, end, word)
    else:
        amount = _half(text, place, end, word)
    return amount, end


def _rank(text: str, start: int, end: int, value: Fraction | None, op: Op = "=", noun: str = "位") -> Amount:
    return Amount(start, end, start, end, "rank", value, op, Dimension.rank, noun=noun, written_unit=noun)


def _quality(
    start: int, end: int, value: Fraction | None, op: Op, dimension: Dimension | None = None
) -> Amount:
    return Amount(start, end, start, end, "quality", value, op, dimension)


def _numbered(text: str, place: int) -> tuple[Amount | None, int]:
    number = (arabic if text[place + 1].isdigit() else chinese)(text, place + 1)
    if number is None or number.value.denominator != 1 or number.size or number.more:
        return None, place + 2
    end = number.end
    if number.high is not None:
        return None, end
    value = number.value
    counted = _NUMBER_OF.match(text, end)
    before = text[max(0, place - 6) : place]
    if counted is not None:
        return _last_or(text, place, counted.end(), value, counted[0]), counted.end()
    thing = _THINGS.match(text, end)
    other = _NOT_THINGS.match(text, end)
    if other is not None:
        return None, other.end()
    if thing is not None and _FIRST_ELSE.match(text, place) is None:
        return _rank(text, place, thing.end(), value, noun=thing[0]), thing.end()
    if thing is not None:
        return None, thing.end()
    if text.startswith(("梯队", "方阵"), end):
        return _rank(text, place, end + 2, None), end + 2
    is_ranked = _RANK_VERB.search(before) is not None
    if _END_OF_PHRASE.match(text, end) is not None and (
        is_ranked or value == 1 or text.startswith("倒数", place - 2)
    ):
        return _last_or(text, place, end, value, "位"), end
    if (
        text[place + 1 : end] == "一"
        and _FIRST_ELSE.match(text, place) is None
        and "\u4e00" <= text[end : end + 1] <= "\u9fff"
    ):
        return _rank(text, place, end, value), end
    return None, end


def _last_or(text: str, start: int, end: int, value: Fraction, noun: str) -> Amount:
    if not text.startswith("倒数", start - 2) or start < 2:
        return _rank(text, start, end, value, noun="位" if noun in "名大强" else noun)
    return Amount(
        start - 2,
        end,
        start,
        end,
        "rank",
        value,
        "=",
        Dimension.rank,
        noun="位",
        written_unit=noun,
        hedge="倒数",
    )


_FRONT_ELSE = re.compile(
    r"个?(?:季度|月|年|天|日|周|期|半|后|款|项|条|者|次|任|届|者|[0-9]*[-—~至到])|%|‰|个百分点"
)


def _among_the_first(text: str, place: int) -> tuple[Amount | None, int]:
    """前十, 前10位, 前三甲; 前三季度 and 前两年 are times."""
    number = (arabic if text[place + 1].isdigit() else chinese)(text, place + 1)
    if number is None or number.high is not None or number.value.denominator != 1:
        return None, place + 1
    end = number.end
    if text.startswith("%", end):
        percent = Amount(
            place,
            end + 1,
            place + 1,
            end + 1,
            "number",
            number.value / 100,
            "<=",
            Dimension.ratio,
            written_unit="%",
            hedge="前",
        )
        return percent, end + 1
    counted = re.compile(r"[位名强甲](?!单)|列").match(text, end)
    if counted is not None:
        end = counted.end()
    elif _FRONT_ELSE.match(text, end) or number.value == 1 or _END_OF_PHRASE.match(text, end) is None:
        return None, place + 1
    return (
        Amount(
            place,
            end,
            place + 1,
            end,
            "rank",
            number.value,
            "<=",
            Dimension.rank,
            noun="位",
            written_unit="位",
            hedge="前",
        ),
        end,
    )


def _first(text: str, place: int, end: int, word: str) -> Amount | None:
    following, before = text[end : end + 1], text[max(0, place - 2) : place]
    if word == "首位":
        placed = before in ("放在", "摆在", "置于", "作为", "列为") or following in ("度", "产")
        return None if placed else _rank(text, place, end, Fraction(1))
    if word == "首创":
        return (
            None
            if following in ("精", "集", "股", "置", "证") or before == "基层"
            else _rank(text, place, end, Fraction(1))
        )
    if word in ("首部", "首件", "首条", "首项", "首单", "首份") and following in ("分", "事", "位"):
        return None
    if word == "首只" and following in ("有", "要"):
        return None
    return _rank(text, place, end, Fraction(1), noun=word[1])


def _place_before(text: str, start: int, place: int) -> int:
    """全球 of 全球最大: the shortest place that stands right before it."""
    for first in range(place - 2, start - 1, -1):
        if re.fullmatch(rf"(?:{_PLACES})(?:规模|产能|单体|总量|同类)?", text[first:place]):
            return first
    return start


def _standard(text: str, end: int) -> Amount | None:
    found = _LEVEL.search(text, max(0, end - 26), end)
    if found is None or _STANDARD.search(found["what"]) is None:
        return None
    rest = text[end : end + 6]
    if re.match(r"的?[0-9一二三四五六七八九十两]|[线性]", rest):
        return None
    return _quality(found.start("what"), end, None, _LEVEL_OPS.get(found["verb"], ">="))


def _doubled(text: str, start: int, end: int, word: str) -> Amount | None:
    if word == "翻番":
        value = Fraction(2)
    else:
        times = re.search(r"[0-9]+(?:\.[0-9]+)?", word)
        if times is not None:
            if len(times[0]) > 6:
                return None
            value = Fraction(times[0])
        else:
            value = Fraction(2)
    hedge = hedged(text, start, end)
    op: Op = hedge.op if hedge.words else "~"
    return Amount(
        hedge.start,
        hedge.end,
        start,
        end,
        "doubling",
        value,
        op,
        Dimension.multiple,
        noun="倍",
        written_unit="倍",
        hedge=hedge.words,
    )


def _half(text: str, start: int, end: int, word: str) -> Amount | None:
    """一半, 近半, 过半: a half with its hedge."""
    before = text[max(0, start - 2) : start]
    form: Form = "fraction"
    ops: dict[str, Op] = {"过半": ">", "超半数": ">", "近半": "<", "近半数": "<", "半数以上": ">="}
    if word in ops:
        if (
            before in ("时间", "任务", "双“", "“双")
            or before.endswith("双")
            or text[end : end + 1] in ("年", "个", "天", "小")
        ):
            return None
        core = start + 1 if word[0] in "过近超" else start
        return Amount(
            start,
            end,
            core,
            end,
            form,
            Fraction(1, 2),
            ops[word],
            Dimension.ratio,
            written_unit="半",
            hedge=word,
        )
    if text.startswith("是", end):
        return None
    hedge = hedged(text, start, end)
    return Amount(
        hedge.start,
        hedge.end,
        start,
        end,
        form,
        Fraction(1, 2),
        hedge.op if hedge.words else "~",
        Dimension.ratio,
        written_unit="半",
        hedge=hedge.words,
    )
