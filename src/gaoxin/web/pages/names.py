"""What things are called in the language of the page (名称): packs know both languages, the ledger knows
Chinese.
"""

from __future__ import annotations

import re

from django.urls import reverse
from django.utils.translation import gettext as _

from gaoxin.core.periods import Period
from gaoxin.facts.records import Key
from gaoxin.packs.schemas import Metric, ObservationSpec
from gaoxin.packs.schemas.base import Wording
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.models import Source, Subject
from gaoxin.web.pages.scope import language

_NUMBER_THEN_WORD = re.compile(r"([0-9])([\u4e00-\u9fff])")
_WORD_THEN_NUMBER = re.compile(r"([\u4e00-\u9fff])([0-9])")


def subject_name(code: str, fallback: str = "") -> str:
    """The name of a subject; of an enterprise, the registered one."""
    known = catalogue.library().subjects.get(code)
    return known.label(language()) if known is not None else fallback or code


def name_of(subject: Subject) -> str:
    """The same for a row at hand; invented firms say so after their name."""
    known = catalogue.library().subjects.get(subject.code)
    name = known.label(language()) if known is not None else ""
    if not name:
        name = subject.name_en if language() == "en" and subject.name_en else subject.name
    if subject.synthetic and subject.kind != "zone":
        name += _("（演示）")
    return name


def source_title(code: str, fallback: str = "") -> str:
    known = catalogue.library().sources.get(code)
    return known.label(language()) if known is not None else fallback or code


def title_of(source: Source) -> str:
    known = catalogue.library().sources.get(source.code)
    if known is not None:
        return known.label(language())
    return source.title_en if language() == "en" and source.title_en else source.title


def metric_name(metric: Metric) -> str:
    return metric.label(language())


def figure_name(metric: Metric, figure: str) -> str:
    """规上工业产值, 规上工业产值占比, 规上工业产值增速 …"""
    name = metric_name(metric)
    patterns = {
        "growth": _("%s增速"),
        "share": _("%s占比"),
        "rank": _("%s位次"),
        "multiple": _("%s倍数"),
        "change": _("%s变化"),
        "target": _("%s目标"),
        "comparable_base": _("%s可比基数"),
    }
    pattern = patterns.get(figure)
    return pattern % name if pattern and not name.endswith(pattern.replace("%s", "")) else name


def kind_name(figure: str) -> str:
    """What kind of figure it is, as a word of a table."""
    return {
        "level": _("水平值"),
        "growth": _("增速"),
        "share": _("占比"),
        "rank": _("位次"),
        "multiple": _("倍数"),
        "change": _("变化量"),
        "duration": _("时长"),
        "target": _("目标"),
        "list": _("清单"),
        "comparable_base": _("可比基数"),
    }.get(figure, figure)


def subject_kind(kind: str) -> str:
    return {
        "zone": _("高新区"),
        "region": _("地区"),
        "enterprise": _("企业"),
        "industry": _("产业"),
        "project": _("项目"),
        "person": _("人员"),
        "platform": _("平台"),
        "parcel": _("地块"),
        "fund": _("基金"),
        "chain_node": _("产业链环节"),
    }.get(kind, kind)


def document_kind(kind: str) -> str:
    return {
        "news": _("报道"),
        "notice": _("通知"),
        "law": _("法规"),
        "yearbook": _("年鉴"),
        "bulletin": _("公报"),
        "form": _("报表"),
        "standard": _("标准"),
        "register": _("名录"),
        "other": _("其他文件"),
    }.get(kind, kind)


def status_name(status: str) -> str:
    return {
        "verified": _("统计核定"),
        "reported": _("引用或报送，未经统计核定"),
        "estimated": _("估计"),
        "derived": _("推算"),
        "synthetic": _("合成，不是真实数据"),
    }.get(status, status)


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


def note_of(ref: str, fallback: str) -> str:
    """The remark on an observation; one typed in by a person has one language only."""
    spec = spec_of(ref)
    return word(spec.note) if spec is not None and spec.note is not None else fallback


def group_of(ref: str, fallback: str) -> str:
    spec = spec_of(ref)
    if spec is not None and isinstance(spec.group, Wording):
        return word(spec.group)
    return fallback


def locator_of(ref: str, fallback: str) -> str:
    spec = spec_of(ref)
    return spec.locator.label(language()) if spec is not None else fallback


def key_name(key: Key) -> str:
    """Subject · metric · period, for lists of conflicts and audit rows."""
    metric = catalogue.metric(key.metric)
    period = period_name(Period.parse(key.period))
    return f"{figure_name(metric, key.figure)} · {period}"


def subject_url(subject: Subject) -> str:
    """The page of a subject: a zone has its front page."""
    kind, _slash, rest = subject.code.partition("/")
    return reverse("zone", args=[rest]) if kind == "zone" else reverse("subject", args=[kind, rest])
