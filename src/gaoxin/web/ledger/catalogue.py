"""The packs as the running process knows them (目录).

Packs are content of the installation: they are read once in the life of a process. A new version comes
with a restart.
"""

from __future__ import annotations

from functools import lru_cache

from gaoxin.packs.library import Library, open_library
from gaoxin.packs.schemas import Metric, ObservationSpec


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
    """The pack entry an observation was loaded from, as the packs state it now.

    `C007#2` is the second version of `C007`: what an older version said stands in its row, not here.
    """
    return _written().get(ref.partition("#")[0]) if ref else None
