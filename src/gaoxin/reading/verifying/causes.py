"""Why a figure was judged as it was: stable codes, and their words in both languages (判定原因).

A cause never changes its code: pages, exports and tests name it. The words are templates; what fills them is
worked out where the cause is found. Chinese stays short enough for a margin note.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

Verdicts = Literal["match", "mismatch", "inconsistent", "unsupported"]
Pair = tuple[str, str]


class Cause(StrEnum):
    """One reason for a verdict."""

    # agrees
    SAME = "same"
    WEAKER = "weaker"
    WORKED_OUT = "worked_out"
    ONE_OF_SEVERAL = "one_of_several"
    # differs from the fact base
    VALUE = "value"
    ROUNDING = "rounding"
    UNIT_SLIP = "unit_slip"
    DIGITS_SWAPPED = "digits_swapped"
    SIGN = "sign"
    BOUND_LOST = "bound_lost"
    HEDGE_LOST = "hedge_lost"
    BOUND_FALSE = "bound_false"
    NOT_NEAR = "not_near"
    WRONG_PERIOD = "wrong_period"
    WRONG_DENOMINATOR = "wrong_denominator"
    SWAPPED = "swapped"
    WRONG_SUBJECT = "wrong_subject"
    WRONG_METRIC = "wrong_metric"
    WRONG_SCOPE = "wrong_scope"
    WRONG_FIGURE = "wrong_figure"
    WRONG_CURRENCY = "wrong_currency"
    DERIVED = "derived"
    LIST_DIFFERS = "list_differs"
    # differs within the text
    PARTS_SUM = "parts_sum"
    PART_OVER_WHOLE = "part_over_whole"
    STATED_TWICE = "stated_twice"
    GROWTH_LEVELS = "growth_levels"
    CHANGE_LEVELS = "change_levels"
    DOUBLING_LEVELS = "doubling_levels"
    SHARE_LEVEL = "share_level"
    SHARES_SUM = "shares_sum"
    SHARE_OVER_100 = "share_over_100"
    FALL_OVER_100 = "fall_over_100"
    NESTED_SHARES = "nested_shares"
    RANK_BEYOND = "rank_beyond"
    RANK_ZERO = "rank_zero"
    RANK_WITHIN = "rank_within"
    OVERLAPPING_TITLES = "overlapping_titles"
    LIST_COUNT = "list_count"
    TWO_LISTS = "two_lists"
    MEAN = "mean"
    NO_WHOLE_NUMBER = "no_whole_number"
    AUDIT_RULE = "audit_rule"
    # nothing to hold it against
    NO_FACT = "no_fact"
    NO_PERIOD = "no_period"
    NO_BASE = "no_base"
    NO_RANK_SOURCE = "no_rank_source"
    NO_WHOLE = "no_whole"
    NO_SUBJECT = "no_subject"
    NO_METRIC = "no_metric"
    PERIOD_UNKNOWN = "period_unknown"
    WHOLE_UNKNOWN = "whole_unknown"
    COMPOUND_GROWTH = "compound_growth"
    BASE_REVISION = "base_revision"
    BOUND_ONLY = "bound_only"
    STRONGER = "stronger"
    FINER = "finer"
    COARSE = "coarse"
    CONFLICT = "conflict"
    QUALITY = "quality"
    RHETORICAL = "rhetorical"
    TARGET = "target"
    OTHER_DIMENSION = "other_dimension"


WORDS: Mapping[Cause, Pair] = {
    Cause.SAME: ("与事实库一致", "agrees with the fact base"),
    Cause.WEAKER: ("说法成立（事实库是{fact}）", "true (the fact base has {fact})"),
    Cause.WORKED_OUT: ("复算一致", "agrees when worked out"),
    Cause.ONE_OF_SEVERAL: ("与其中一个来源一致；另有写作{fact}的", "one source agrees; another has {fact}"),
    Cause.VALUE: ("应是{fact}", "should be {fact}"),
    Cause.ROUNDING: ("四舍五入应是{fact}", "rounds to {fact}"),
    Cause.UNIT_SLIP: (
        "差{times}倍，单位或小数点错了：应是{fact}",
        "off by {times}, unit or decimal point: {fact}",
    ),
    Cause.DIGITS_SWAPPED: ("数字写颠倒了，应是{fact}", "digits swapped, should be {fact}"),
    Cause.SIGN: ("升降写反了：应是{fact}", "up and down mixed up: {fact}"),
    Cause.BOUND_LOST: ("原文是“{fact}”，丢了“{word}”", "the source says {fact}; “{word}” was lost"),
    Cause.HEDGE_LOST: ("原文是“{fact}”，丢了“{word}”", "the source says {fact}; “{word}” was lost"),
    Cause.BOUND_FALSE: ("“{said}”不成立，是{fact}", "“{said}” is not true, it is {fact}"),
    Cause.NOT_NEAR: ("是{fact}，说不上“{said}”", "it is {fact}, which is not “{said}”"),
    Cause.WRONG_PERIOD: ("这是{other}的数，{own}{fact}", "this is the figure of {other}; {own} has {fact}"),
    Cause.WRONG_DENOMINATOR: ("应是{other}，不是{own}", "of {other}, not of {own}"),
    Cause.SWAPPED: ("{pair}写反了：{name} {fact}", "{pair} swapped: {name} {fact}"),
    Cause.WRONG_SUBJECT: ("这是{other}的数，不是{own}的", "this is the figure of {other}, not of {own}"),
    Cause.WRONG_METRIC: ("这是“{other}”，不是“{own}”", "this is {other}, not {own}"),
    Cause.WRONG_SCOPE: ("口径不同：这是“{other}”，不是“{own}”", "another scope: {other}, not {own}"),
    Cause.WRONG_FIGURE: ("这是{other}，不是{own}", "this is the {other}, not the {own}"),
    Cause.WRONG_CURRENCY: ("币种不同：事实库是{fact}", "another currency: the fact base has {fact}"),
    Cause.DERIVED: ("按事实库推算是{fact}", "the facts imply {fact}"),
    Cause.LIST_DIFFERS: ("名单应是{fact}", "the list should be {fact}"),
    Cause.PARTS_SUM: ("{sum}", "{sum}"),
    Cause.PART_OVER_WHOLE: ("部分大于总体：{part} > {whole}", "part above whole: {part} > {whole}"),
    Cause.STATED_TWICE: ("文中另一处写{other}", "elsewhere the text says {other}"),
    Cause.GROWTH_LEVELS: ("按{first}和{last}算是{fact}", "{first} and {last} give {fact}"),
    Cause.CHANGE_LEVELS: ("{sum}", "{sum}"),
    Cause.DOUBLING_LEVELS: ("{first}到{last}是{fact}", "{first} to {last} is {fact}"),
    Cause.SHARE_LEVEL: ("{sum}", "{sum}"),
    Cause.SHARES_SUM: ("各项占比合计{fact}，不是100%", "the shares add up to {fact}, not 100%"),
    Cause.SHARE_OVER_100: ("占比超过100%", "a share above 100%"),
    Cause.FALL_OVER_100: ("降幅超过100%", "a fall of more than 100%"),
    Cause.NESTED_SHARES: (
        "占{outer}的比重不会大于占{inner}的",
        "the share of {outer} cannot exceed that of {inner}",
    ),
    Cause.RANK_BEYOND: ("总共只有{whole}个，排不到第{rank}", "only {whole} were ranked, no place {rank}"),
    Cause.RANK_ZERO: ("名次从第1位起", "places start at 1"),
    Cause.RANK_WITHIN: (
        "总排第{outer}，小组里不会是第{inner}",
        "place {outer} overall cannot be place {inner} in a part",
    ),
    Cause.OVERLAPPING_TITLES: (
        "“{one}”和“{other}”有重叠，不能相加",
        "{one} and {other} overlap and do not add up",
    ),
    Cause.LIST_COUNT: ("列了 {count} 个{noun}", "{count} are listed"),
    Cause.TWO_LISTS: ("名单前后不同：{names}", "two different lists: {names}"),
    Cause.MEAN: ("{sum}", "{sum}"),
    Cause.NO_WHOLE_NUMBER: (
        "按这个增速，上年不是整数{noun}",
        "this growth implies no whole number a year before",
    ),
    Cause.AUDIT_RULE: ("不符合审核关系：{rule}", "against a rule of checking: {rule}"),
    Cause.NO_FACT: ("事实库没有{subject}的{metric}", "the fact base has no {metric} of {subject}"),
    Cause.NO_PERIOD: (
        "事实库没有{period}的{metric}，只有{known}的",
        "no {metric} for {period}, only for {known}",
    ),
    Cause.NO_BASE: ("没有{period}{metric}，算不出", "no {metric} for {period}, cannot be worked out"),
    Cause.NO_RANK_SOURCE: ("没有名次来源", "no source for the place"),
    Cause.NO_WHOLE: ("没有{whole}的{metric}，算不出占比", "no {metric} of {whole}, cannot be worked out"),
    Cause.NO_SUBJECT: ("事实库没有“{subject}”", "the fact base does not know {subject}"),
    Cause.NO_METRIC: ("没认出是哪个指标", "the metric was not recognised"),
    Cause.PERIOD_UNKNOWN: (
        "文中没写时期，事实库有{known}",
        "no period in the text; the fact base has {known}",
    ),
    Cause.WHOLE_UNKNOWN: (
        "文中没写占谁的，事实库有{known}",
        "of which whole is not said; the facts have {known}",
    ),
    Cause.COMPOUND_GROWTH: (
        "缺起止年份和期数，算不出",
        "first and last year and number of years are missing",
    ),
    Cause.BASE_REVISION: (
        "按两年公布数算是{fact}，可能是基数调整",
        "published levels give {fact}; perhaps a revised base",
    ),
    Cause.BOUND_ONLY: ("事实库只有“{fact}”", "the fact base only has {fact}"),
    Cause.STRONGER: ("事实库只有“{fact}”，没有这么高的说法", "the fact base only has {fact}"),
    Cause.FINER: ("事实库是{fact}，没有这么细", "the fact base has {fact}, not that fine"),
    Cause.COARSE: ("只能推算在{fact}之间，不矛盾", "can only be worked out to {fact}; no contradiction"),
    Cause.CONFLICT: ("来源不一致，尚未裁定：{fact}", "sources disagree, no ruling: {fact}"),
    Cause.QUALITY: ("没有数字，无从核对", "no number to hold against the facts"),
    Cause.RHETORICAL: ("表述时间用，不核对", "says when, not checked"),
    Cause.TARGET: ("是目标，事实库没有依据", "a target without a source"),
    Cause.OTHER_DIMENSION: (
        "单位与事实库（{fact}）不同，不能相比",
        "another unit than the fact base ({fact})",
    ),
}

_AGREES = frozenset({Cause.SAME, Cause.WEAKER, Cause.WORKED_OUT, Cause.ONE_OF_SEVERAL})
_ORDER = list(Cause)
_FIRST_INCONSISTENT = _ORDER.index(Cause.PARTS_SUM)
_FIRST_UNSUPPORTED = _ORDER.index(Cause.NO_FACT)


def verdict_of(cause: Cause) -> Verdicts:
    """The verdict a cause leads to; each leads to one only."""
    if cause in _AGREES:
        return "match"
    place = _ORDER.index(cause)
    if place < _FIRST_INCONSISTENT:
        return "mismatch"
    return "inconsistent" if place < _FIRST_UNSUPPORTED else "unsupported"


def words(cause: Cause, zh: Mapping[str, str], en: Mapping[str, str] | None = None) -> Pair:
    """The reason in both languages; what has no English of its own is said as in Chinese."""
    held = WORDS[cause]
    return held[0].format_map(zh), held[1].format_map({**zh, **(en or {})})


VERDICT_WORDS: Mapping[str, Pair] = {
    "match": ("一致", "agrees"),
    "mismatch": ("不一致", "differs"),
    "inconsistent": ("前后矛盾", "contradicts itself"),
    "unsupported": ("查无依据", "no source"),
}
