"""Search by name, pinyin initials, credit code (搜索): subjects, metrics and documents."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Q
from pypinyin import Style, lazy_pinyin

from gaoxin.packs.schemas import Metric
from gaoxin.web.ledger import catalogue, scope
from gaoxin.web.ledger.models import Source, Subject
from gaoxin.web.ledger.search import matches
from gaoxin.web.pages.selectors import known_to

_SHORTEST = 1


def subjects_like(reader: object, text: str, *, limit: int = 8, zone: Subject | None = None) -> list[Subject]:
    """Subjects the reader may see whose name, alias, initials or code fits; zones first, then the best
    fit.
    """
    asked = text.strip().lower()
    if len(asked) < _SHORTEST:
        return []
    seen = scope.visible_subjects(reader)
    if zone is not None:
        seen = seen.filter(Q(pk=zone.pk) | Q(zone=zone) | Q(kind="region"))
    rows = list(seen.filter(matches(asked)).select_related("zone")[: limit * 4])
    return sorted(rows, key=lambda s: (_rank(s, asked), len(s.name)))[:limit]


def _rank(subject: Subject, asked: str) -> tuple[int, int]:
    kind = 0 if subject.kind == "zone" else 1
    if subject.name.lower().startswith(asked) or subject.initials.startswith(asked):
        return kind, 0
    return kind, 1


@lru_cache(maxsize=1)
def _metric_words() -> list[tuple[str, str, Metric]]:
    """Everything a metric is called, its initials, and the metric."""
    held = []
    for metric in catalogue.library().metrics.values():
        spoken = [metric.zh, metric.en, *metric.aliases]
        initials = " ".join(
            "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)) for name in (metric.zh, *metric.aliases)
        )
        held.append((" ".join(spoken).lower(), initials.lower(), metric))
    return held


def metrics_like(text: str, *, limit: int = 8, kind: str | None = None) -> list[Metric]:
    asked = text.strip().lower()
    if not asked:
        return []
    found = [
        (not spoken.startswith(asked), len(metric.zh), metric)
        for spoken, initials, metric in _metric_words()
        if (asked in spoken or asked in initials) and (kind is None or kind in metric.subjects)
    ]
    return [metric for _first, _length, metric in sorted(found, key=lambda row: row[:2])][:limit]


def sources_like(reader: object, text: str, *, limit: int = 5) -> list[Source]:
    """Documents of the reader's zones by title."""
    account = scope.enter(reader)
    asked = text.strip()
    if len(asked) < 2:
        return []
    zones = scope.zone_ids(account)
    library = catalogue.library()
    packs = {pack.id for pack in library.packs.values() if pack.zone in set(_codes(zones))}
    ours = [code for code, source in library.sources.items() if source.origin.pack in packs]
    rows = known_to(account, Source.objects.filter(Q(zone__in=zones) | Q(code__in=ours)))
    return list(rows.filter(Q(title__icontains=asked) | Q(title_en__icontains=asked))[:limit])


def _codes(zones: tuple[int, ...]) -> list[str]:
    return list(Subject.objects.filter(pk__in=zones).values_list("code", flat=True))
