"""The figure of a metric with a similar name or another scope: 企业 and 产业, 规上 and 全口径 (口径)."""

from __future__ import annotations

from collections.abc import Iterator

from gaoxin.reading.verifying.asking import ask
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.comparing import same_kind
from gaoxin.reading.verifying.mixed.registry import (
    FEWEST_ANYWHERE,
    FEWEST_DIGITS,
    Suspicion,
    suspects,
)
from gaoxin.reading.verifying.verdicts import Verdict, conclude


@suspects(40)
def another_metric(suspicion: Suspicion) -> Verdict | None:
    """The number is that of another metric of the same subject."""
    claim, desk = suspicion.claim, suspicion.desk
    if claim.metric is None:
        return None
    for other in _others(suspicion):
        asked = ask(claim, other, desk.index, desk.sentence(suspicion.position))
        for fact in suspicion.matching((*asked.right, *asked.near)):
            expected, replacement = suspicion.correction()
            names = {"other": desk.index.metric_name(other), "own": desk.index.metric_name(claim.metric)}
            en = {
                "other": desk.index.metric_name(other, "en"),
                "own": desk.index.metric_name(claim.metric, "en"),
            }
            return conclude(
                suspicion.position,
                Cause.WRONG_SCOPE if desk.index.overlap(claim.metric, other) else Cause.WRONG_METRIC,
                names,
                en,
                expected=expected,
                replacement=replacement,
                facts=suspicion.facts(fact),
                workings=_scopes(suspicion, other),
            )
    return None


def _others(suspicion: Suspicion) -> Iterator[str]:
    """Metrics that are easily mixed up; with digits enough, any of the subject."""
    claim, index = suspicion.claim, suspicion.desk.index
    assert claim.metric is not None
    near = index.confusable(claim.metric)
    for other in near:
        overlapping = index.overlap(claim.metric, other) and suspicion.digits >= FEWEST_DIGITS
        if suspicion.is_telling or overlapping:
            yield other
    if suspicion.digits < FEWEST_ANYWHERE:
        return
    dimension = index.dimension(claim.metric)
    for other in index.metrics_of(claim.subject_code):
        if other != claim.metric and other not in near and same_kind(index.dimension(other), dimension):
            yield other


def _scopes(suspicion: Suspicion, other: str) -> tuple[tuple[str, str], ...]:
    """The definitions of both, for the evidence card."""
    metrics = suspicion.desk.index.metrics
    held = [metrics.get(name) for name in (suspicion.claim.metric or "", other)]
    return tuple(
        (f"口径：{metric.zh}", metric.scope.zh) for metric in held if metric is not None and metric.scope
    )
