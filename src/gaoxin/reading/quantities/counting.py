"""Does this number with its unit state anything (是不是数据)?

一 before a classifier is an article more often than a count; 二 before one is an ordinal; 百年 and 千亩 are
figures of speech unless something bounds them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount
from gaoxin.reading.quantities.numbers import Number
from gaoxin.reading.quantities.units import Measure

_BOUND_BEFORE = re.compile(
    r"(?:近|超|超过|突破|逾|过|不足|不到|约|达|达到|上|跨越|迈上|迈入|迈向|冲刺|向|跃上|接近|低于|高于|每年|打造|培育|壮大|为)$"
)
_LEVEL_AFTER = re.compile(r"级|以上|大关|台阶|规模|产业|集群|园区|俱乐部|左右|以下")
_ONE_THING_BEFORE = re.compile(
    r"(?:仅|只有|只需|仅需|新增|减少|缩减至|压缩至|压减至|压缩到|精简至|整合为|合并为|减至|降至|降为|总共)$"
)
_ONE_TIME_BEFORE = re.compile(
    r"(?:仅|只需|仅需|不到|不足|近|超|超过|约|为期|历时|用时|提前|缩短|缩短至|缩短到|缩减至|压缩至|压缩到|压减至|压减到|降至|至|最快|最长|"
    r"短短|时间|减少|延长|每满)$"
)
_ONE_TIME_AFTER = re.compile(r"以?来|[以之]?内|左右|以上|多|半|期|办结|办成|完成")
_SLOGAN_BEFORE = re.compile(r"(?:“[^”。]*|(?:实行|坚持|按照|推行|落实|做到|明确|确定)[^,。;]*)$")
_CONGRESS_AFTER = re.compile(
    r"以来|精神|报告|召开|代表|胜利|闭幕|开幕|期间|和|及|提出|确定|作出|部署|擘画|历次|对|关于|将|以"
)
_CLAUSE_ENDS = re.compile(r"[,。;、)]|$")
_DOCTRINE_AFTER = re.compile(
    r"一|坚定|坚持|毫不|必须|务必|绝不|决不|不准|严禁|走在前|维护|确立|意识|自信|到位(?!资金)"
)
_SESSION_AFTER = re.compile(r"会议|全会|全体|党代会|代表大会|人代会|常委会|常务会|集体")
_SESSIONS_BEFORE = re.compile(r"连续|举办|召开|共|已|办")
_SCHOOL_AFTER = re.compile(r"义务教育|一贯制|制")
_SERIAL_AT = re.compile(r"(?:^|[。;!?:\n“(])$")


def is_counted(text: str, number: Number, unit: Measure, end: int, *, in_range: bool = False) -> bool:
    """Whether a number and its unit are a figure where they stand; `in_range`: the end of 三至五家."""
    before = text[max(0, number.start - 4) : number.start]
    if before.endswith("第") or _is_part_of_name(text, number, unit, end, before):
        return False
    if unit.label:
        return _is_label(text, number, unit, end)
    if unit.noun == "期":
        return _is_phase(text, number)
    return not number.is_chinese or in_range or _is_spelt_count(text, number, unit, end, before)


_AGO = re.compile(
    "(?:之|以)?前(?=[,，。;；、的]|[增提降减上下翻多少高低]|[^0-9一二三四五六七八九十后沿列移进往来端])"
)


def _is_part_of_name(text: str, number: Number, unit: Measure, end: int, before: str) -> bool:
    """前三个月, 五年前, 九年义务教育, 五个一, 七个方面, 四届七次会议, A座12层."""
    written = unit.written
    if unit.dimension is Dimension.time and written in ("个月", "年", "天", "周", "个季度"):
        if before[-1:] in ("前", "头", "首") or _AGO.match(text, end) is not None:
            return True
        return written == "年" and (number.value >= 1000 or _SCHOOL_AFTER.match(text, end) is not None)
    if written == "个":
        is_doctrine = _DOCTRINE_AFTER.match(text, end) is not None
        return is_doctrine or (number.is_chinese and text.startswith("方面", end))
    if written == "届" or (written == "次" and _SESSION_AFTER.match(text, end) is not None):
        return _SESSIONS_BEFORE.search(before) is None
    return written == "层" and before[-1:] in tuple("座栋楼幢")


def _is_label(text: str, number: Number, unit: Measure, end: int) -> bool:
    """三大主导产业, 十强产业, 500强; 一大批, 二十大精神, 李三强 are none."""
    if number.size or number.more or number.decimals or not 1 < number.value <= 1000:
        return False
    if unit.written != "大":
        return number.value >= 10
    named = "\u4e00" <= text[end : end + 1] <= "\u9fff" or text[end : end + 1] in ("“", "”", "《")
    is_congress = _CONGRESS_AFTER.match(text, end) is not None
    return named and not is_congress and number.value <= 100 and text[number.start : number.end] != "二"


def _is_phase(text: str, number: Number) -> bool:
    """一期工程, 二期项目; 新一期 is any."""
    before = text[max(0, number.start - 1) : number.start]
    return number.value <= 20 and before not in tuple("上下新每这那第某各同近往本") and not number.more


def _is_spelt_count(text: str, number: Number, unit: Measure, end: int, before: str) -> bool:
    """Chinese numerals before a unit: 两家, 三十天; not 百年, 二类, 零次, 一个."""
    dimension = unit.dimension
    if number.bare and not number.more:
        is_large = dimension in (Dimension.money, Dimension.power, Dimension.mass, Dimension.area)
        return _BOUND_BEFORE.search(before) is not None or (is_large and is_level(text, end))
    written = text[number.start : number.end]
    if written == "一":
        return _is_one(text, unit, end, before)
    if dimension is Dimension.count and written in ("二", "零", "〇"):
        return False
    spelt_by_digits = len(written) > 1 and all(sign in "零〇一二三四五六七八九" for sign in written)
    return number.high is not None or not spelt_by_digits


def _is_one(text: str, unit: Measure, end: int, before: str) -> bool:
    if before[-1:] in tuple("每各某这那哪另"):
        return False
    if unit.dimension is Dimension.count:
        # kept for now where it may be an item of a list; `counts_one` looks at its neighbours
        return text[end : end + 1] != text[end - 1 : end]
    if unit.dimension is not Dimension.time or unit.written in ("个工作日", "工作日", "个小时", "小时"):
        return True
    return _ONE_TIME_BEFORE.search(before) is not None or _ONE_TIME_AFTER.match(text, end) is not None


def counts_one(text: str, found: Sequence[Amount]) -> list[Amount]:
    """Without every 一 that is an article: it stays in a list of counts, and after 新增, 仅, 减至."""
    return [
        amount
        for index, amount in enumerate(found)
        if not _may_be_article(text, amount) or _in_list(text, found, index)
    ]


def _may_be_article(text: str, amount: Amount) -> bool:
    if amount.form != "number" or amount.dimension is not Dimension.count or amount.noun == "期":
        return False
    if text[amount.core_start] != "一" or amount.value != 1 or amount.high is not None or amount.hedge:
        return False
    return _ONE_THING_BEFORE.search(text, max(0, amount.core_start - 4), amount.core_start) is None


def _in_list(text: str, found: Sequence[Amount], index: int) -> bool:
    """One of several counts parted by 、: 从一条路、一座楼、一个片区; 二等奖5项、三等奖一项."""
    amount = found[index]
    if index and _after_a_mark(text[found[index - 1].end : amount.start]):
        return _CLAUSE_ENDS.match(text, amount.end) is not None or _listed(text, found[index - 1], amount)
    following = found[index + 1] if index + 1 < len(found) else None
    return following is not None and _listed(text, amount, following)


def _after_a_mark(between: str) -> bool:
    return len(between) <= 10 and between.count("、") == 1 and "," not in between


def _listed(text: str, first: Amount, second: Amount) -> bool:
    """Two counts in a row; two of 一 in quotation marks or after 实行 are a slogan (“一个项目、一个专班”)."""
    between = text[first.end : second.start]
    if not (_after_a_mark(between) and between.endswith("、")):
        return False
    if any(near.form != "number" or near.dimension is not Dimension.count for near in (first, second)):
        return False
    if first.value == second.value == 1 and "的" in between:
        return False  # 一个重要的、一座美丽的城市
    is_slogan = _SLOGAN_BEFORE.search(text, max(0, first.start - 24), first.start) is not None
    return not (first.value == second.value == 1 and is_slogan)


def is_level(text: str, end: int) -> bool:
    """百亿元级, 千亿元台阶: a magnitude that is reached."""
    return _LEVEL_AFTER.match(text, end) is not None


def is_serial(text: str, number: Number) -> bool:
    """1、 at the head of a sentence numbers it."""
    return _SERIAL_AT.search(text[max(0, number.start - 1) : number.start]) is not None
