"""L1 and L2: a part is not larger than its whole, and parts make up their total (部分与总体)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gaoxin.core.intervals import Interval
from gaoxin.facts.findings import Finding
from gaoxin.facts.logic.registry import found, in_order, seeks
from gaoxin.facts.records import Observation
from gaoxin.facts.standing import StandingFacts

if TYPE_CHECKING:
    from gaoxin.packs.schemas import LogicRule


@seeks("L1")
def part_within_whole(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """Every metric that names its whole (`within`), against that whole, same subject and period."""
    for metric in facts.metrics.values():
        if metric.within is None or metric.within not in facts.metrics:
            continue
        whole_metric = facts.metrics[metric.within]
        for part in facts.all(metric=metric.id, figure="level"):
            whole = facts.figure(part.subject, whole_metric.id, part.period)
            if whole is None or not (part.value.is_number and whole.value.is_number):
                continue
            truth = part.value.interval().le(whole.value.interval())
            zh = f"“{metric.zh}”不大于“{whole_metric.zh}”"
            yield found(
                rule, in_order(truth, part, whole), zh, f"{metric.en} within {whole_metric.en}", (part, whole)
            )


@seeks("L2")
def regions_make_up_their_parent(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """Subjects of one parent never exceed it together, for metrics that add up.

    That they make it up exactly holds only where every child is known, which the catalogue does not say;
    declared instances of the rule state exact sums.
    """
    subjects = facts.facts.subjects
    for metric in facts.metrics.values():
        if metric.aggregation != "sum":
            continue
        # A zone and a county may overlap, so only children of one kind are set against the parent.
        families: dict[tuple[str, str, str], list[Observation]] = {}
        for part in facts.all(metric=metric.id, figure="level"):
            subject = subjects.get(part.subject)
            if subject is not None and subject.parent and part.value.is_number:
                families.setdefault((subject.parent, subject.kind, part.period.code), []).append(part)
        for (parent, _, _), children in sorted(families.items()):
            whole = facts.figure(parent, metric.id, children[0].period)
            if whole is None or not whole.value.is_number or len(children) < 2:
                continue
            truth = _sum(children).le(whole.value.interval())
            zh, en = (
                f"各部分“{metric.zh}”之和不大于总体",
                f"the parts of {metric.en} together within the whole",
            )
            yield found(rule, in_order(truth, *children, whole), zh, en, (*children, whole))


def _sum(parts: Sequence[Observation]) -> Interval:
    return sum((part.value.interval() for part in parts[1:]), parts[0].value.interval())
