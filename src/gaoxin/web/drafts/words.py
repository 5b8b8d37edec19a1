"""What the pages of drafts call things (核稿用语): verdicts with their marks, icons and chips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gaoxin.core.errors import PeriodError
from gaoxin.packs.schemas import Metric
from gaoxin.web.drafts.models import DraftFigure
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.reading import parse_period
from gaoxin.web.pages import names
from gaoxin.web.pages.scope import language


@dataclass(frozen=True, slots=True)
class Mark:
    """How a verdict looks: class of the mark in the text, kind of the chip, icon and tone, word."""

    css: str
    chip: str
    icon: str
    tone: str
    word: str | Promise


VERDICTS: dict[str, Mark] = {
    "mismatch": Mark("mis", "no", "no", "bad", gettext_lazy("不一致")),
    "inconsistent": Mark("inc", "soon", "scale", "warn", gettext_lazy("前后矛盾")),
    "unsupported": Mark("uns", "unknown", "unk", "unk", gettext_lazy("查无依据")),
    "match": Mark("ok", "yes", "yes", "ok", gettext_lazy("一致")),
}
ACTS = {"replace": gettext_lazy("已替换"), "keep": gettext_lazy("保留原文")}


def reason(row: DraftFigure) -> str:
    return row.zh if language() == "zh" or not row.en else row.en


def verdict_word(verdict: str) -> str:
    return str(VERDICTS[verdict].word) if verdict in VERDICTS else _("没有读到")


def metric_of(claim: dict[str, Any]) -> Metric | None:
    return catalogue.library().metrics.get(claim.get("metric") or "")


def figure_title(claim: dict[str, Any]) -> str:
    """州外到位资金增速, of the metric where it is known, otherwise the words of the text."""
    metric = metric_of(claim)
    if metric is None:
        return str(claim.get("label") or "") or _("没有认出指标")
    return names.figure_name(metric, str(claim["kind"]))


def subject_words(claim: dict[str, Any]) -> str:
    code = str(claim.get("subject_code") or "")
    return (
        names.subject_name(code, str(claim.get("subject") or "")) if code else str(claim.get("subject") or "")
    )


def period_words(claim: dict[str, Any]) -> str:
    code = str(claim.get("period") or "")
    if not code:
        return ""
    try:
        return names.period_name(parse_period(code))
    except PeriodError:
        return code


def whole_words(claim: dict[str, Any]) -> str:
    code = str(claim.get("of_code") or "")
    return names.subject_name(code, str(claim.get("of") or "")) if code else str(claim.get("of") or "")


def shown_title(claim: dict[str, Any]) -> SafeString:
    """`figure_title` for a page: words of the text are marked as Chinese."""
    known = metric_of(claim) is not None or not claim.get("label")
    return _said(figure_title(claim), known=known)


def shown_subject(claim: dict[str, Any]) -> SafeString:
    return _said(subject_words(claim), known=bool(claim.get("subject_code")))


def shown_whole(claim: dict[str, Any]) -> SafeString:
    return _said(whole_words(claim), known=bool(claim.get("of_code")))


def _said(words: str, *, known: bool) -> SafeString:
    if known or not words:
        return format_html("{}", words)
    return format_html('<span lang="zh-Hans">{}</span>', words)


def headline(counts: dict[str, int], handled: int = 0) -> str:
    """36 个数字，7 处要改，5 处已处理，2 处查无依据. `handled`: of those to change, replaced or kept."""
    total = sum(counts.values())
    wrong = counts.get("mismatch", 0) + counts.get("inconsistent", 0)
    unknown = counts.get("unsupported", 0)
    if not total:
        return _("没有读到数字")
    parts = [_("%d 个数字") % total, _("%d 处要改") % wrong if wrong else _("没有要改的")]
    if handled:
        parts.append(_("%d 处已处理") % handled)
    if unknown:
        parts.append(_("%d 处查无依据") % unknown)
    return ("，" if language() == "zh" else ", ").join(parts)
