"""Words and faces of verdicts, aspects and categories (结论的样子)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gaoxin.rules.verdicts import ConditionVerdict, Verdict


class Face(NamedTuple):
    """Colour, icon and word: always all three."""

    kind: str
    icon: str
    word: str | Promise


YES, NO = Face("yes", "yes", _("符合")), Face("no", "no", _("不符合"))
UNKNOWN, EXPERT = Face("unknown", "unk", _("资料不足")), Face("expert", "exp", _("待专家"))
NOT_APPLICABLE = Face("na", "na", _("不适用"))
LEGEND = (YES, NO, UNKNOWN, EXPERT, NOT_APPLICABLE)

VERDICTS: Mapping[str, Face] = {
    Verdict.PASS: YES,
    Verdict.FAIL: NO,
    Verdict.UNKNOWN: UNKNOWN,
    Verdict.PENDING_EXPERT: EXPERT,
}
CONDITIONS: Mapping[str, Face] = {
    ConditionVerdict.MET: YES,
    ConditionVerdict.NOT_MET: NO,
    ConditionVerdict.UNKNOWN: UNKNOWN,
    ConditionVerdict.NEEDS_EXPERT: EXPERT,
    ConditionVerdict.NOT_APPLICABLE: NOT_APPLICABLE,
}
# The columns of the matrix, in this order; a column no rule has is left out.
ASPECTS: Mapping[str, str | Promise] = {
    "base": _("基本条件"),
    "scale": _("规模"),
    "staff": _("人员"),
    "rd": _("研发"),
    "ip": _("知识产权"),
    "income": _("收入结构"),
    "score": _("综合得分"),
    "market": _("市场"),
    "title": _("称号"),
    "project": _("项目"),
    "compliance": _("合规"),
}
CATEGORIES: Mapping[str, str | Promise] = {
    "title": _("称号资质"),
    "size": _("规模类型"),
    "deduction": _("税收优惠"),
    "clause": _("兑现条款"),
    "points": _("积分"),
    "description": _("只作说明"),
}
EXAMPLE = _("外地样例")
# One verdict for several conditions of one aspect: the first of these that any of them has.
WORST = (
    ConditionVerdict.NOT_MET,
    ConditionVerdict.UNKNOWN,
    ConditionVerdict.NEEDS_EXPERT,
    ConditionVerdict.MET,
    ConditionVerdict.NOT_APPLICABLE,
)
