"""Is the figure exact, a bound or a rough one (修饰词：近、超、以上、左右)?

Words before and after the number become one comparison. 达, 达到 and 为 say nothing about it.
Source: /docs/concepts of the reference reading: 超过 突破 过 余 多 >; 以上 至少 >=; 不足 近 不到 <; 左右 约 ~.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gaoxin.reading.amounts import Op

_BEFORE: dict[str, Op] = {
    **dict.fromkeys(
        (
            "不足",
            "不到",
            "未满",
            "不满",
            "低于",
            "少于",
            "小于",
            "接近",
            "将近",
            "近",
            "未达到",
            "未达",
            "逼近",
            "未超过",
        ),
        "<",
    ),
    **dict.fromkeys(
        (
            "超过",
            "超出",
            "超越",
            "突破",
            "超",
            "过",
            "逾",
            "高于",
            "多于",
            "大于",
            "跨过",
            "越过",
            "跨越",
            "迈过",
            "高过",
        ),
        ">",
    ),
    **dict.fromkeys(
        ("满", "至少", "最少", "不少于", "不低于", "不小于", "最低", "上", "迈上", "跃上", "站上", "登上"), ">="
    ),
    **dict.fromkeys(
        ("至多", "最多", "不超过", "不高于", "不多于", "不大于", "最高", "最长", "不得超过", "不突破"), "<="
    ),
    **dict.fromkeys(
        ("大约", "约为", "约", "大概", "大致", "大体", "约合", "约达", "约占", "几近", "估计"), "~"
    ),
}
# 签约126亿元, 最近, 通过3家, 赶超: the sign belongs to the word before it
_PART_OF_WORD = {
    "约": "签节合违公条契制预履特邀婚解",
    "近": "最附邻临靠亲新远",
    "过": "通经不越度见曾走渡透太错难",
    "超": "赶反高",
    "破": "突冲打爆击侦识",
    "满": "未不圆充丰足饱",
    "上": "以马加路网线晚早地海北天身桌世会岸迈跃站登历楼市同如向至线",
}
_HEDGE_BEFORE = re.compile(
    "(?:" + "|".join(sorted(_BEFORE, key=len, reverse=True)) + r")(?P<filler>了|达到|达|人民币)?$"
)
_AFTER: tuple[tuple[re.Pattern[str], Op], ...] = (
    (
        re.compile(
            r"及?以上(?!市公司|市企业|市后备|述|下)|或以上|起(?![来点步草到航底始重诉因源码飞跑伏])|封底"
        ),
        ">=",
    ),
    (re.compile(r"及?以下|以内|之内|封顶|内(?![部外容资生涵蒙需循陆环存])"), "<="),
    (re.compile(r"左右(?![手岸])|上下(?![游联班一级结])|前后(?=[,。;、])"), "~"),
    (
        re.compile(
            r"有余|开外|出头|大关|余(?![额量热缺款地杭姚])|多(?![元种样层式功边极媒数少次年彩规])|强(?=[,。;、)])"
        ),
        ">",
    ),
    (re.compile(r"之多|不等"), "="),
)
# 不足全市1%: the whole stands between the bound and the number
_APART = re.compile(
    r"(?P<word>不足|不到|超过|超|约占|约|接近)(?:[\u4e00-\u9fff]{1,5}[市省州区县国园盟]|总[数量]的?|全部的?)的?$"
)
_RECENT = re.compile(r"(?:历时|用时|耗时|长达|时间|历经|为期|经过|期限|平均|缩短|需)$")
LONGEST_BEFORE = 8


@dataclass(frozen=True, slots=True)
class Hedge:
    """`op` with the words that made it; the amount reaches from `start` to `end` with them."""

    start: int
    end: int
    op: Op
    words: str


def hedged(text: str, start: int, end: int, *, is_time: bool = False) -> Hedge:
    """What the words around [start, end) make of it; "=" where there are none.

    A bound is stronger than 约: 约3倍以上 is a lower bound. 近三年 is the last three years, not less than three.
    """
    before: Op | None = None
    after: Op | None = None
    words = ""
    first, last = start, end
    found = _HEDGE_BEFORE.search(text, max(0, start - LONGEST_BEFORE), start)
    if found is not None:
        word = found[0][: len(found[0]) - len(found["filler"] or "")]
        at = found.start()
        previous = text[at - 1] if at else ""
        part = previous and previous in _PART_OF_WORD.get(word, "")
        if word == "上" and text[start] not in "十百千万亿":
            part = "上"
        recent = word == "近" and is_time and not _RECENT.search(text, max(0, at - 3), at)
        if not part and not recent:
            before, first, words = _BEFORE[word], at, word
    else:
        apart = _APART.search(text, max(0, start - 12), start)
        if apart is not None and text[apart.start() - 1 : apart.start()] not in tuple(
            _PART_OF_WORD.get(apart["word"], "")
        ):
            before, words = _BEFORE[apart["word"]], apart["word"]
    for pattern, op in _AFTER:
        match = pattern.match(text, end)
        if match is None or (match[0] == "内" and not is_time):
            continue
        after, last, words = op, match.end(), words + match[0]
        break
    if before in (None, "~") and after not in (None, "="):
        return Hedge(first, last, after, words)
    return Hedge(first, last, before or after or "=", words)
