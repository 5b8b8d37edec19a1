"""What is said of a figure and its provenance, in both languages (溯源用语): one table for every door.

The command line and the pages say the same words: kinds of figures, how firm one is, whether it stands, and
a formula with the names people use. Metrics bring their own names; values are worded in
`gaoxin.facts.rendering`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Derivation, Metric

Pair = tuple[str, str]

# A metric and a kind of figure together: 规上工业产值增速.
_NAMED: Mapping[str, Pair] = {
    "growth": ("%s增速", "%s, growth"),
    "share": ("%s占比", "%s, share"),
    "rank": ("%s位次", "%s, rank"),
    "multiple": ("%s倍数", "%s, multiple"),
    "change": ("%s变化", "%s, change"),
    "target": ("%s目标", "%s, target"),
    "comparable_base": ("%s可比基数", "%s, comparable base"),
}
KINDS: Mapping[str, Pair] = {
    "level": ("水平值", "Level"),
    "growth": ("增速", "Growth"),
    "share": ("占比", "Share"),
    "rank": ("位次", "Rank"),
    "multiple": ("倍数", "Multiple"),
    "change": ("变化量", "Change"),
    "duration": ("时长", "Duration"),
    "target": ("目标", "Target"),
    "list": ("清单", "List"),
    "comparable_base": ("可比基数", "Comparable base"),
}
STATUSES: Mapping[str, Pair] = {
    "verified": ("统计核定", "Checked by statistics"),
    "reported": ("引用或报送，未经统计核定", "Quoted or submitted, not checked by statistics"),
    "estimated": ("估计", "Estimated"),
    "derived": ("推算", "Derived"),
    "synthetic": ("合成，不是真实数据", "Synthetic, not real data"),
}
STATES: Mapping[str, Pair] = {
    "standing": ("有效", "stands"),
    "agrees": ("与有效值一致", "agrees with what stands"),
    "overruled": ("裁定不采用", "ruled out"),
    "disputed": ("来源不一致，尚未裁定", "sources disagree, no ruling"),
    "superseded": ("已被更正", "superseded"),
    "withdrawn": ("已撤回", "withdrawn"),
    "unused": ("已有公布数，仅作对照", "a stated figure exists; for comparison"),
}
_UNSURE: Pair = ("时期为推定，来源没有写明", "Period inferred; the source does not state it")
_UNSURE_INPUT: Pair = ("所用的数里有时期为推定的", "The period of a figure it uses is inferred")
_BY_REASON: Pair = (
    "更正人所述理由（%s 载的是更正前的数）",
    "the reason given for the correction (%s states the former value)",
)
_TAKEN: Pair = ("取 %s", "taken as %s")
_IN_PERIOD: Mapping[str, Pair] = {
    "previous": ("上年%s", "%s a year before"),
    "base": ("基期%s", "%s in the base period"),
}
_OF_WHOLE: Pair = ("总体%s", "%s of the whole")
_SIGNS = str.maketrans({"*": "×", "/": "÷", "-": "−"})
_WORD = re.compile(r"[A-Za-z0-9_]+")


def said(pair: Pair, lang: str) -> str:
    return pair[lang != "zh"]


def figure_name(metric: str, figure: str, lang: str) -> str:
    """规上工业产值, 规上工业产值占比 …; a metric whose name ends so already keeps it."""
    if figure not in _NAMED:
        return metric
    pattern = said(_NAMED[figure], lang)
    return metric if metric.endswith(pattern.removeprefix("%s")) else pattern % metric


def period_doubt(period_confidence: str, *, derived: bool, lang: str) -> str:
    """What to say of a period that no source states; nothing where it is certain."""
    if period_confidence == "verified":
        return ""
    return said(_UNSURE_INPUT if derived else _UNSURE, lang)


def witness(document: str, *, witnessed: bool, lang: str) -> str:
    """What stands behind a figure: its document, or where that does not state it, the reason given."""
    return document if witnessed else said(_BY_REASON, lang) % document


def taken_as(interval: str, lang: str) -> str:
    """取 [431.5, 432.5) 亿元"""
    return said(_TAKEN, lang) % interval


def formula_words(rule: Derivation, metric: str, metrics: Mapping[str, Metric], lang: str) -> str:
    """The formula with the names of its inputs as people call them: 地区生产总值 ÷ 地区生产总值占比.

    `metric`: what "*" stands for where the rule was applied.
    """
    spoken = {}
    for name, pattern in rule.inputs.items():
        code = metric if pattern.metric == "*" else pattern.metric
        known = metrics.get(code)
        word = figure_name(known.label(lang) if known is not None else code, pattern.figure, lang)
        if pattern.subject == "of":
            word = said(_OF_WHOLE, lang) % word
        if pattern.period in _IN_PERIOD:
            word = said(_IN_PERIOD[pattern.period], lang) % word
        spoken[name] = word
    signed = rule.formula.translate(_SIGNS)
    return _WORD.sub(lambda found: spoken.get(found[0], found[0]), signed)
