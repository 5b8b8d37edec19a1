"""Does this number with its unit state anything (是不是数据)?

一 before a classifier is an article more often than a count; 二 before one is an ordinal; 百年 and 千亩 are
figures of speech unless something bounds them.
"""

from __future__ import annotations

import re

from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount
from gaoxin.reading.quantities.numbers import Number
from gaoxin.reading.quantities.units import Measure

_BOUND_BEFORE = re.compile(
    r"(?:近|超|超过|突破|逾|过|不足|不到|约|达|达到|上|跨越|迈上|迈入|迈向|冲刺|向|跃上|接近|低于|高于|每年|打造|培育|壮大|为)$"
)
_LEVEL_AFTER = re.compile(r"级|以上|大关|台阶|规模|产业|集群|园区|俱乐部|左右|以下")
_ONE_THING_BEFORE = re.compile(
    r"(?:仅|只有|只需|仅需|新增|增加|减少|缩减至|压缩至|压减至|压缩到|精简至|整合为|合并为|减至|降至|降为|共|总共|为|占)$"
)
_ONE_TIME_BEFORE = re.compile(
    r"(?:仅|只需|仅需|不到|不足|近|超|超过|约|为期|历时|用时|提前|缩短|缩短至|缩短到|缩减至|压缩至|压缩到|压减至|压减到|降至|至|最快|最长|"
    r"短短|时间|减少|延长|每满)$"
)
_ONE_TIME_AFTER = re.compile(r"以?来|[以之]?内|左右|以上|多|半|期|办结|办成|完成")
_PART_OF_YEAR_BEFORE = re.compile(r"(?:前|头|首)$")
_EACH_BEFORE = re.compile(r"[每各某这那哪另]$")
_CONGRESS_AFTER = re.compile(
    r"以来|精神|报告|召开|代表|胜利|闭幕|开幕|期间|和|及|提出|确定|作出|部署|擘画|历次|对|关于|将|以"
)
_CLAUSE_ENDS = re.compile(r"[,。;、)]|$")
_SCHOOL_AFTER = re.compile(r"义务教育|一贯制|制")
_SERIAL_AT = re.compile(r"(?:^|[。;!?:\n“(])$")


def is_counted(text: str, number: Number, unit: Measure, end: int, *, in_range: bool = False) -> bool:
    """Whether a number and its unit are a figure where they stand."""
    before = text[max(0, number.start - 4) : number.start]
    dimension = unit.dimension
    if dimension is Dimension.time:
        if unit.written in ("个月", "年", "天", "周", "个季度") and _PART_OF_YEAR_BEFORE.search(before):
            return False
        if unit.written == "年" and number.value >= 1000:
            return False
    if before.endswith("第"):
        return False
    if unit.written == "年" and _SCHOOL_AFTER.match(text, end) is not None:
        return False
    if unit.written == "个" and text.startswith("一", end):
        return False  # 五个一, 三个一批 are names
    if unit.written == "层" and before[-1:] in tuple("座栋楼幢"):
        return False
    if unit.label:
        return _is_label(text, number, unit, end)
    if unit.noun == "期":
        return _is_phase(text, number, end)
    if not number.is_chinese:
        return True
    if number.bare and not number.more:
        return bool(_BOUND_BEFORE.search(before)) or (
            dimension in (Dimension.money, Dimension.power, Dimension.mass, Dimension.area)
            and _LEVEL_AFTER.match(text, end) is not None
        )
    written = text[number.start : number.end]
    if written == "二" and dimension is Dimension.count and not in_range:
        return False
    if written in ("零", "〇") and dimension is Dimension.count:
        return False
    if written == "一" and not in_range:
        return _is_one(text, number, unit, end, before)
    if len(written) > 1 and all(sign in "零〇一二三四五六七八九" for sign in written):
        return number.high is not None
    return True


def _is_label(text: str, number: Number, unit: Measure, end: int) -> bool:
    """三大主导产业, 十强产业, 500强; 一大批, 三大于二 are none."""
    if number.size or number.more or number.decimals or number.value <= 1 or number.value > 1000:
        return False
    following = text[end : end + 1]
    if unit.written == "大" and _CONGRESS_AFTER.match(text, end) is not None:
        return False
    if unit.written == "大" and (
        number.value > 100 or not ("\u4e00" <= following <= "\u9fff" or following in ("“", "”", '"', "《"))
    ):
        return False
    return text[number.start : number.end] != "二"


def _is_phase(text: str, number: Number, end: int) -> bool:
    """一期工程, 二期项目; 新一期 is any."""
    before = text[max(0, number.start - 1) : number.start]
    return number.value <= 20 and before not in tuple("上下新每这那第某各同近往本") and not number.more


def _is_one(text: str, number: Number, unit: Measure, end: int, before: str) -> bool:
    if _EACH_BEFORE.search(before):
        return False
    if unit.dimension is Dimension.time:
        if unit.written in ("个工作日", "工作日", "个小时", "小时"):
            return True
        after = _ONE_TIME_AFTER.match(text, end)
        return _ONE_TIME_BEFORE.search(before) is not None or after is not None
    if unit.dimension is Dimension.count:
        # kept for now where it may be an item of a list; `counts_one` looks at its neighbours
        return text[end : end + 1] != text[end - 1 : end]
    return True


def counts_one(text: str, found: list[Amount]) -> list[Amount]:
    """Without every 一 that is an article: it stays in a list of counts, and after 新增, 仅, 减至."""
    kept = []
    for index, amount in enumerate(found):
        if not _is_article(text, amount) or _in_list(text, found, index):
            kept.append(amount)
    return kept


def _is_article(text: str, amount: Amount) -> bool:
    if amount.form != "number" or amount.dimension is not Dimension.count or amount.noun == "期":
        return False
    if text[amount.core_start] != "一" or amount.value != 1 or amount.high is not None:
        return False
    before = text[max(0, amount.core_start - 4) : amount.core_start]
    return amount.hedge == "" and (
        _ONE_THING_BEFORE.search(before) is None or before.endswith(("为", "占", "增加", "共"))
    )


def _in_list(text: str, found: list[Amount], index: int) -> bool:
    """One of several counts parted by 、: 从一条路、一座楼、一个片区."""
    for near in (index - 1, index + 1):
        if not 0 <= near < len(found):
            continue
        first, second = (found[near], found[index]) if near < index else (found[index], found[near])
        between = text[first.end : second.start]
        if (
            near < index
            and len(between) <= 10
            and between.startswith("、")
            and _CLAUSE_ENDS.match(text, second.end)
        ):
            return True
        if len(between) <= 10 and between.endswith("、") and between.count("、") == 1 and "," not in between:
            other = found[near]
            if other.form == "number" and other.dimension is Dimension.count:
                return True
    return False


def is_level(text: str, end: int) -> bool:
    """百亿元级, 千亿元台阶: a magnitude that is reached."""
    return _LEVEL_AFTER.match(text, end) is not None


def is_serial(text: str, number: Number) -> bool:
    """1、 at the head of a sentence numbers it."""
    return _SERIAL_AT.search(text[max(0, number.start - 1) : number.start]) is not None
