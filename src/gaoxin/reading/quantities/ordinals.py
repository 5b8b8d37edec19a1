"""Which places in an order does a text claim (位次)?

第4位, 第一个, 前十, 首个, 唯一, 榜首, 前列, 世界首创, 全球最大. 第三条, 第二产业, 第一书记 and the like
number or name something else. Standards and halves are read in `standards`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount, Op
from gaoxin.reading.quantities import standards
from gaoxin.reading.quantities.figures import figure, plain
from gaoxin.reading.quantities.hedges import Hedge
from gaoxin.reading.quantities.numbers import number_at
from gaoxin.reading.quantities.places import PLACE, place_before

START = re.compile(
    r"第(?=[0-9一二三四五六七八九十百])|前(?=[0-9一二三四五六七八九十百])|"
    r"首[位个家座条台款只单例批创项支艘架份部套件]|唯一|前列|前茅|榜首|之首|最[大高长快多强深早优佳]|"
    rf"{standards.START.pattern}"
)
_PLACED = re.compile(r"[位名](?!于|列|单|称)|大(?!会|学|于|道|街|量)|强")
_THING = re.compile(r"[个家座条台款只单例项支艘架份部套件批]")
_OTHER_THING = re.compile(
    r"个(?:百年|五年|月|季度|工作日|交易日|周|学期|方面|阶段|环节|层次|问题|意见)|项(?:工作|任务|议程|内容)|"
    r"条(?!生产线|高速|铁路|产线|航线|公路|线|高铁)|部分|件事|批次?(?:主题教育|学习)|单元"
)
# 第一 before these names a person, a part, a time or a branch
_FIRST_ELSE = re.compile(
    r"第一(?:书记|时间|产业|现场|步|线|课|轮|阶段|节|章|条|款|项|部分|季度|天|年|届|次|期|版|页|卷|集|篇|"
    r"师|中学|中等|小学|高中|医院|人民医院|附属|责任人|人称|财经|者|方面?|组|审|副|学期|军|炮|种|财季|桶|"
    r"号|环|类|级|层|幕|眼|印象|手|师范|实验|建筑|汽车|重型|拖拉机|机床|大街|大道|路|街|社区|村|小组|"
    r"分局|分公司|工程|航务|曲线|任|口|枪|炉|车间|单元|幼儿园|初级|议题|议程|主题|个月|周|财|海|公里|"
    r"被告|原告|审判|支部|党支部|党小组|联队|巡视|督导|督察|检查|考核|工作组|要务|要素)"
)
_RANKED = re.compile(
    r"(?:居|列|位|排|排名|名次|位次|由|从|占|获|夺|进入|跻身|迈入|升至|跃居|升到|全球|世界|亚洲|国内|行业|"
    r"[省市州区县国]|园区|增速|总量|总分|成绩|[为至到])$"
)
_PHRASE_ENDS = re.compile(r"$|[,。;:、!?)”》\t ]|的|和|与|及|并|比|且|跃|上?升|提升|下?降|退|前进")
_AMONG = re.compile(r"[位名强甲](?!单)|列")
_EARLIER = re.compile(r"个?(?:季度|月|年|天|日|周|期|半|后|款|项|条|者|次|任|届|[0-9]*[-—~至到])|‰|个百分点")
_FRONT_VERB = re.compile(
    r"(?:跻身|位居|位列|名列|稳居|居于|居|列|进入|迈入|升至|处于|走在了?|保持|排在?|站在|迈进|挺进|冲进|"
    rf"(?:{PLACE}))[\u4e00-\u9fff0-9“”]{{0,18}}$"
)
_FRONT_IDIOM = re.compile(r"(?:走在|走|站在|时代|排|冲在|想在|最|赛道)$")
_CLAUSE_MARK = re.compile(r"[,。;:!?、]")
_SIZE_OF = r"(?:规模|产能|单体|总量|同类)?"
_BEST_OF = re.compile(rf"(?:{PLACE}){_SIZE_OF}$")

Found = tuple[Amount | None, int]


def ordinal(text: str, place: int) -> Found:
    """The rank or standard whose word begins at `place`, and where reading goes on."""
    found = START.match(text, place)
    if found is None:
        return None, place + 1
    word, end = found[0], found.end()
    reader = _READERS.get(word[0] if word[0] in "首最" else word)
    if reader is not None:
        return reader(text, place, end)
    return standards.standard(text, place)


def _rank(
    start: int, end: int, value: Fraction | None = Fraction(1), *, noun: str = "位", written: str = ""
) -> Amount:
    return plain(start, end, value, Dimension.rank, form="rank", noun=noun, written=written or noun)


def _numbered(text: str, place: int, _end: int) -> Found:
    number = number_at(text, place + 1)
    if number is None or number.value.denominator != 1 or number.size or number.more:
        return None, place + 2
    value, end = number.value, number.end
    if number.high is not None:
        return None, end
    placed = _PLACED.match(text, end)
    if placed is not None:
        return _from_the_end(text, place, placed.end(), value, placed[0]), placed.end()
    other = _OTHER_THING.match(text, end)
    if other is not None:
        return None, other.end()
    is_other = _FIRST_ELSE.match(text, place) is not None
    thing = _THING.match(text, end)
    if thing is not None:
        return (None if is_other else _rank(place, thing.end(), value, noun=thing[0])), thing.end()
    if text.startswith(("梯队", "方阵"), end):
        return _rank(place, end + 2, None), end + 2
    if text[place - 1 : place] in ("", *"。;:!?") and text[end : end + 1] in (",", "、"):
        return None, end  # 第一, at the head of a sentence numbers it
    ranked = _RANKED.search(text, max(0, place - 6), place) or _is_from_the_end(text, place)
    if _PHRASE_ENDS.match(text, end) is not None and (ranked or value == 1):
        return _from_the_end(text, place, end, value, "位"), end
    if text[place + 1 : end] == "一" and not is_other and "\u4e00" <= text[end : end + 1] <= "\u9fff":
        return _rank(place, end, value), end
    return None, end


def _is_from_the_end(text: str, place: int) -> bool:
    return text[max(0, place - 2) : place] == "倒数"


def _from_the_end(text: str, start: int, end: int, value: Fraction, written: str) -> Amount:
    if not _is_from_the_end(text, start):
        return _rank(start, end, value, written=written)
    hedge = Hedge(start - 2, end, "=", "倒数")
    return figure(hedge, (start, end), value, Dimension.rank, form="rank", noun="位", written=written)


def _among_the_first(text: str, place: int, _end: int) -> Found:
    """前十, 前10位, 前三甲, 前5%; 前三季度 and 前两年 are times."""
    number = number_at(text, place + 1)
    if number is None or number.high is not None or number.value.denominator != 1:
        return None, place + 1
    end = number.end
    op: Op = "<="
    if text.startswith("%", end):
        hedge = Hedge(place, end + 1, op, "前")
        core = (place + 1, end + 1)
        return figure(hedge, core, number.value / 100, Dimension.ratio, written="%"), end + 1
    counted = _AMONG.match(text, end)
    if counted is not None:
        end = counted.end()
    elif _EARLIER.match(text, end) or number.value == 1 or not _PHRASE_ENDS.match(text, end):
        return None, place + 1
    hedge = Hedge(place, end, op, "前")
    core = (place + 1, end)
    return figure(hedge, core, number.value, Dimension.rank, form="rank", noun="位", written="位"), end


def _first(text: str, place: int, end: int) -> Found:
    """首位, 首个, 首创; 放在首位 and 首创精神 claim no place."""
    word, following, before = text[place:end], text[end : end + 1], text[max(0, place - 2) : place]
    if word == "首位":
        idle = before in ("放在", "摆在", "置于", "作为", "列为") or following in ("度", "产")
        return (None if idle else _rank(place, end)), end
    if word == "首创":
        idle = following in ("精", "集", "股", "置", "证") or before == "基层"
        return (None if idle else _rank(place, end)), end
    idle = (word[1] in "部件条项单份" and following in ("分", "事", "位")) or (
        word == "首只" and following in ("有", "要")
    )
    return (None if idle else _rank(place, end, noun=word[1])), end


def _only(text: str, place: int, end: int) -> Found:
    return (None if text[end : end + 1] in tuple("性标代编码识") else _rank(place, end)), end


def _top(text: str, place: int, end: int) -> Found:
    return _rank(place, end), end


def _front(text: str, place: int, end: int) -> Found:
    """位居全国前列, 名列前茅; 走在前列 alone is an idiom."""
    if text.startswith("前茅", place):
        start = place - 2 if text[max(0, place - 2) : place] == "名列" else place
        return _rank(start, end, None), end
    clause = _CLAUSE_MARK.split(text[max(0, place - 24) : place])[-1]
    idle = _FRONT_IDIOM.search(clause) or text[end : end + 1] == "腺" or not _FRONT_VERB.search(clause)
    return (None if idle else _rank(place, end, None)), end


def _best(text: str, place: int, end: int) -> Found:
    """全球最大, 全省规模最大: the place is said right before."""
    found = _BEST_OF.search(text, max(0, place - 12), place)
    if found is None:
        return None, end
    return _rank(place_before(text, found.start(), place, _SIZE_OF), end), end


_READERS: dict[str, Callable[[str, int, int], Found]] = {
    "第": _numbered,
    "前": _among_the_first,
    "首": _first,
    "唯一": _only,
    "榜首": _top,
    "之首": _top,
    "前列": _front,
    "前茅": _front,
    "最": _best,
}
