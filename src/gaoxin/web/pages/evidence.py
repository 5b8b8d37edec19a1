"""The figures of a page as a fact base of floor 3, so that derivations and checks can be worked out on
them (佐证).

Observations go by their pack id where they have one (`C007`), because checks name them so; others by
their number. Former versions and
rulings come along: a check that names a corrected observation finds the correction.
"""

from __future__ import annotations

from collections.abc import Iterable

from gaoxin.facts.factbase import FactBase
from gaoxin.facts.records import Observation
from gaoxin.web.ledger.figures import Figure, Version

_NO_REASON = "–"


def name_of(said: Figure | Version) -> str:
    return said.ref or str(said.observation_id)


def fact_base(figures: Iterable[Figure]) -> FactBase:
    """Every candidate of these figures with its versions; of a conflict all sides, so that nothing is
    computed with one.
    """
    base = FactBase()
    for figure in figures:
        earlier: Version | None = None
        for version in reversed(figure.versions):
            if version.withdrawn:
                continue
            base.record(_observation(figure, version, earlier))
            earlier = version
        base.record(_observation(figure, figure, earlier))
        for other in figure.others:
            base.record(_observation(figure, other, None))
        if figure.ruling is not None and figure.others:
            ruling = figure.ruling
            base.rule(figure.key, name_of(figure), ruling.reason or _NO_REASON, ruling.by, ruling.at)
    return base


def _observation(figure: Figure, said: Figure | Version, earlier: Version | None) -> Observation:
    return Observation(
        id=name_of(said),
        subject=figure.subject_code,
        metric=figure.metric.id,
        period=figure.period,
        figure=figure.figure,
        value=said.value,
        unit=said.unit,
        source=said.source_id,
        recorded_at=said.recorded_at,
        recorded_by=said.recorded_by,
        of=figure.of,
        group=figure.group,
        population=figure.population,
        base=figure.base,
        written=said.written,
        status=said.status,
        period_confidence=said.period_confidence,
        supersedes=name_of(earlier) if earlier is not None else None,
        reason=(said.reason or _NO_REASON) if earlier is not None else "",
    )
