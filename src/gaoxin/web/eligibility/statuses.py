"""Whether a rule is in force, past, coming, a draft, or only described (规则状态)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gaoxin.packs.schemas.rule import Rule
from gaoxin.web.eligibility.words import Face

STATUSES: Mapping[str, Face] = {
    "in_force": Face("yes", "yes", _("执行中")),
    "transitional": Face("soon", "soon", _("过渡期")),
    "superseded": Face("na", "history", _("已被替代")),
    "draft": Face("expert", "file", _("草案")),
    "description": Face("na", "book", _("只作说明")),
}


def status_of(rule: Rule) -> Face:
    """The status of a rule, in colour, icon and word."""
    return STATUSES[rule.status]
