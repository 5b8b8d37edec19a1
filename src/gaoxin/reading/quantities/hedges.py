"""Is the figure exact, a bound or a rough one (修饰词：近、超、以上、左右)?

Words before and after the number become one comparison. 达, 达到 and 为 say nothing about it: 超过 突破 过 余
多 are >, 以上 至少 >=, 不足 近 不到 <, 以内 至多 <=, 左右 约 ~.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gaoxin.reading.amounts import Op

_WORDS: tuple[tuple[Op, str], ...] = (
    ("<", "不足 不到 未满 不满 低于 少于 小于 接近 将近 近 逼近 未超过"),
    (">", "超过 超出 超越 突破 超 过 逾 高于 多于 大于 跨过 越过 跨越 迈过 高过 破"),
    (">=", "满 至少 最少 不少于 不低于 不小于 最低 上 迈上 跃上 站上 登上"),
    ("<=", "至多 最多 不超过 不高于 不多于 不大于 最高 最长 不得超过 不突破 未突破"),
    ("~", "大约 约为 约 大概 大致 大体 约合 约达 约占 几近 估计"),
)
_BEFORE: dict[str, Op] = {word: op for op, words in _WORDS for word in words.split()}
_HEDGE_BEFORE = re.compile(
    f"(?P<word>{'|'.join(sorted(_BEFORE, key=len, reverse=True))})(?:了|达到|达|人民币)?$"
)
# 签约126亿元, 最近, 通过3家, 赶超: the sign belongs to the word before it
_ENDS_A_WORD = {
    "约": "签节合违公条契制预履特邀婚解",
    "近": "最附邻临靠亲新远",
    "过": "通经不越度见曾走渡透太错难",
    "超": "赶反高",
    "破": "突冲打爆击侦识",
    "满": "未不圆充丰足饱期届",
    "上": "以马加路网线晚早地海北天身桌世会岸迈跃站登历楼市同如向至线",
}
_AFTER: tuple[tuple[re.Pattern[str], Op], ...] = (
    (re.compile(r"\(不含\)以上"), ">"),
    (re.compile(r"\(不含\)以下"), "<"),
    (re.compile(r"(?:及|或|\(含\)|\(含[^()]{1,8}\))?以上(?!市公司|市企业|市后备|述|下)|封底"), ">="),
    (re.compile(r"起(?![来点步草到航底始重诉因源码飞跑伏])"), ">="),
    (
        re.compile(r"(?:及|或|\(含\)|\(含[^()]{1,8}\))?以下|以内|之内|封顶|内(?![部外容资生涵蒙需循陆环存])"),
        "<=",
    ),
    (re.compile(r"左右(?![手岸])|上下(?![游联班一级结])|前后(?=[,。;、])"), "~"),
    (re.compile(r"有余|开外|出头|大关|余(?![额量热缺款地杭姚])|强(?=[,。;、)])"), ">"),
    (re.compile(r"多(?![元种样层式功边极媒数少次年彩规])"), ">"),
    (re.compile(r"(?:不到|不足)(?=[,。;、)])"), "<"),
    (re.compile(r"之多|不等"), "="),
)
# 不足全市1%: the whole stands between the bound and the number
_APART = re.compile(
    r"(?P<word>不足|不到|超过|超|约占|约|接近)(?:[\u4e00-\u9fff]{1,5}[市省州区县国园盟]的?|总[数量]的?|全部的?|[\u4e00-\u9fff]{1,5}的)$"
)
_LASTED = re.compile(r"(?:历时|用时|耗时|长达|时间|历经|为期|经过|期限|平均|缩短|需)$")
_LONGEST_BEFORE = 8


@dataclass(frozen=True, slots=True)
class Hedge:
    """`op` with the words that made it; the amount reaches from `start` to `end` with them."""

    start: int
    end: int
    op: Op
    words: str


def hedged(text: str, start: int, end: int, *, is_time: bool = False) -> Hedge:
    """What the words around [start, end) make of it; "=" where there are none.

    A bound is stronger than 约: 约3倍以上 is a lower bound. 近三年 is the last three years, not fewer.
    """
    first, word = _before(text, start, is_time)
    before = _BEFORE.get(word)
    for pattern, after in _AFTER:
        match = pattern.match(text, end)
        if match is None or (match[0] == "内" and not is_time):
            continue
        stronger = before is None or (before == "~" and after != "=")
        return Hedge(first, match.end(), after if stronger or before is None else before, word + match[0])
    return Hedge(first, end, before or "=", word)


def _before(text: str, start: int, is_time: bool) -> tuple[int, str]:
    """The bound before a number and where it begins; one that stands apart does not move the beginning."""
    found = _HEDGE_BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
    if found is not None:
        word, place = found["word"], found.start()
        is_recent = word == "近" and is_time and not _LASTED.search(text, max(0, place - 3), place)
        is_preposition = word == "上" and text[start] not in "十百千万亿"
        if is_recent or is_preposition or _ends_a_word(text, place, word):
            return start, ""
        return place, word
    apart = _APART.search(text, max(0, start - 12), start)
    if apart is None or _ends_a_word(text, apart.start(), apart["word"]):
        return start, ""
    return start, apart["word"]


def _ends_a_word(text: str, place: int, word: str) -> bool:
    return place > 0 and text[place - 1] in _ENDS_A_WORD.get(word, "")
