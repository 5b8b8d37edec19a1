"""From what a clerk typed to the subject or metric meant (按名称查找)."""

from __future__ import annotations

import re

from django.db.models import Q

from gaoxin.core.errors import GaoxinError
from gaoxin.packs.schemas import Metric
from gaoxin.web.ledger import catalogue, scope
from gaoxin.web.ledger.models import Subject
from gaoxin.web.ledger.search import matches
from gaoxin.web.pages import names

_CODED = re.compile(r"[（(]([a-z_]+/[A-Za-z0-9-]+|[0-9A-Z]{18})[)）]\s*\Z")
_MOST = 8


class NoMatch(GaoxinError):
    """A name means nothing here, or several things."""

    code = "no_match"


def subject_named(reader: object, zone: Subject, text: str) -> Subject:
    """The subject of this zone with that name, credit code or code; a region is everyone's.

    Raises: NoMatch naming what is near.
    """
    asked = text.strip()
    if not asked:
        raise NoMatch("填主体名称或统一社会信用代码", "Give a name or a credit code.")
    coded = _CODED.search(asked)
    key = coded[1] if coded else asked
    seen = scope.visible_subjects(reader).filter(Q(pk=zone.pk) | Q(zone=zone) | Q(kind="region"))
    exact = list(seen.filter(Q(code=key) | Q(uscc=key) | Q(name=key) | Q(name_en__iexact=key))[:_MOST])
    if len(exact) == 1:
        return exact[0]
    near = exact or list(seen.filter(matches(key))[:_MOST])
    if len(near) == 1:
        return near[0]
    listed = "、".join(names.name_of(subject) for subject in near[:3])
    if near:
        raise NoMatch(
            f"有几个主体符合：{listed}，请写全名或信用代码",
            f"Several match: {listed}. Give the full name or code.",
        )
    raise NoMatch("本区没有这个主体，请写全名或统一社会信用代码", "There is no such subject in this zone.")


def metric_named(text: str, kind: str) -> Metric:
    """The metric with that id, name or alias, for this kind of subject. Raises: NoMatch."""
    asked = text.strip()
    if not asked:
        raise NoMatch("填指标名称", "Give a metric.")
    library = catalogue.library()
    known = library.metrics.get(asked)
    if known is None:
        by_name = [m for m in library.metrics.values() if asked in (m.zh, m.en) and kind in m.subjects]
        known = by_name[0] if len(by_name) == 1 else None
    if known is None:
        known = library.find_metric(asked, kind).metric
    if known is None:
        raise NoMatch(
            "指标目录里没有这个名称，请从提示里选一个",
            "The catalogue has no such metric; choose one of the list.",
        )
    if kind not in known.subjects:
        fits = "、".join(names.subject_kind(one) for one in known.subjects)
        raise NoMatch(f"“{known.zh}”只用于{fits}", f"{known.en} is a metric of: {', '.join(known.subjects)}.")
    return known
