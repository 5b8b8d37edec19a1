"""The packs as the running process knows them, and the short numbers of their metrics (目录).

Packs are content of the installation: they are read once in the life of a process. A new version comes
with a restart.
"""

from __future__ import annotations

from functools import lru_cache

from gaoxin.packs.library import Library, open_library
from gaoxin.packs.schemas import Metric, ObservationSpec
from gaoxin.web.ledger import models


@lru_cache(maxsize=1)
def library() -> Library:
    """All shipped packs. Raises: PackError if they are not sound."""
    return open_library()


def metric(code: str) -> Metric:
    """What a metric means; one that a later pack dropped is still shown, by its code."""
    known = library().metrics.get(code)
    if known is not None:
        return known
    return Metric(
        id=code,
        zh=code,
        en=code,
        period_type="flow_year",
        subjects=("zone", "region", "enterprise", "industry", "project"),
    )


@lru_cache(maxsize=1)
def _written() -> dict[str, ObservationSpec]:
    return {spec.id: spec for spec in library().observations}


def spec_of(ref: str | None) -> ObservationSpec | None:
    """The pack entry an observation was loaded from; `C007#2` is the second version of `C007`."""
    return _written().get(ref.partition("#")[0]) if ref else None


def metric_ids(codes: tuple[str, ...] | None = None) -> dict[str, int]:
    """code → short number, of all metrics or of these."""
    rows = models.Metric.objects.all() if codes is None else models.Metric.objects.filter(code__in=codes)
    return dict(rows.values_list("code", "id"))
