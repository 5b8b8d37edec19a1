"""What things are called in the language of the page (名称): packs know both languages, the ledger knows
Chinese.
"""

from __future__ import annotations

import re

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gaoxin.core.periods import Period
from gaoxin.core.visible import shown
from gaoxin.facts import wording
from gaoxin.packs.schemas import Metric, ObservationSpec
from gaoxin.packs.schemas.base import Wording
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.models import Source, Subject
from gaoxin.web.pages.scope import language

_SUBJECTS = {
    "zone": gettext_noop("高新区"),
    "region": gettext_noop("地区"),
    "enterprise": gettext_noop("企业"),
    "industry": gettext_noop("产业"),
    "project": gettext_noop("项目"),
    "person": gettext_noop("人员"),
    "platform": gettext_noop("平台"),
    "parcel": gettext_noop("地块"),
    "fund": gettext_noop("基金"),
    "chain_node": gettext_noop("产业链环节"),
}

_DOCUMENTS = {
    "news": gettext_noop("报道"),
    "notice": gettext_noop("通知"),
    "law": gettext_noop("法规"),
    "yearbook": gettext_noop("年鉴"),
    "bulletin": gettext_noop("公报"),
    "form": gettext_noop("报表"),
    "standard": gettext_noop("标准"),
    "register": gettext_noop("名录"),
    "other": gettext_noop("其他文件"),
}
_NUMBER_THEN_WORD = re.compile(r"([0-9])([\u4e00-\u9fff])")
_WORD_THEN_NUMBER = re.compile(r"([\u4e00-\u9fff])([0-9])")


def subject_name(code: str, fallback: str = "") -> str:
    """The name of a subject; of an enterprise, the registered one."""
    known = catalogue.library().subjects.get(code)
    return known.label(language()) if known is not None else shown(fallback or code)


def name_of(subject: Subject) -> str:
    """The same for a row at hand; invented firms say so after their name."""
    known = catalogue.library().subjects.get(subject.code)
    name = known.label(language()) if known is not None else ""
    if not name:
        name = shown(subject.name_en if language() == "en" and subject.name_en else subject.name)
    if subject.synthetic and subject.kind != "zone":
        name += _("（演示）")
    return name


def source_title(code: str, fallback: str = "") -> str:
    known = catalogue.library().sources.get(code)
    return known.label(language()) if known is not None else shown(fallback or code)


def title_of(source: Source) -> str:
    known = catalogue.library().sources.get(source.code)
    if known is not None:
        return known.label(language())
    return shown(source.title_en if language() == "en" and source.title_en else source.title)


def metric_name(metric: Metric) -> str:
    return metric.label(language())


def figure_name(metric: Metric, figure: str) -> str:
    """规上工业产值, 规上工业产值占比, 规上工业产值增速 …"""
    return wording.figure_name(metric_name(metric), figure, language())


def kind_name(figure: str) -> str:
    """What kind of figure it is, as a word of a table."""
    return wording.said(wording.KINDS[figure], language()) if figure in wording.KINDS else figure


def subject_kind(kind: str) -> str:
    return _(_SUBJECTS[kind]) if kind in _SUBJECTS else kind


def document_kind(kind: str) -> str:
    return _(_DOCUMENTS[kind]) if kind in _DOCUMENTS else kind


def status_name(status: str) -> str:
    return wording.said(wording.STATUSES[status], language()) if status in wording.STATUSES else status


def period_name(period: Period) -> str:
    """2021 年, 2021 年末 for the last day of a year."""
    if language() == "zh" and period.form == "day" and (period.start.month, period.start.day) == (12, 31):
        return f"{period.year} 年末"
    if language() == "en" and period.form == "day" and (period.start.month, period.start.day) == (12, 31):
        return f"end of {period.year}"
    return spaced(period.label(language()))


def spaced(text: str) -> str:
    """A half space between a number and the Chinese around it: 2021 年 9 月."""
    return _NUMBER_THEN_WORD.sub(r"\1 \2", _WORD_THEN_NUMBER.sub(r"\1 \2", text))


def word(wording: Wording | None) -> str:
    return wording.label(language()) if wording is not None else ""


def spec_of(ref: str) -> ObservationSpec | None:
    return catalogue.spec_of(ref or None)


def note_of(ref: str, note: str) -> str:
    """The remark as recorded; in the language of the page where the pack still says it so."""
    spec = spec_of(ref)
    told = spec.note if spec is not None else None
    return word(told) if told is not None and told.zh == note else note


def group_of(ref: str, group: str) -> str:
    spec = spec_of(ref)
    told = spec.group if spec is not None else None
    return word(told) if isinstance(told, Wording) and told.zh == group else group


def locator_of(ref: str, locator: str) -> str:
    spec = spec_of(ref)
    told = spec.locator if spec is not None else None
    return told.label(language()) if told is not None and told.label("zh") == locator else locator


def subject_url(subject: Subject) -> str:
    """The page of a subject: a zone has its front page."""
    kind, _slash, rest = subject.code.partition("/")
    return reverse("zone", args=[rest]) if kind == "zone" else reverse("subject", args=[kind, rest])
