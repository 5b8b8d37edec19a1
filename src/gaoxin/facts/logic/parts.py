"""L1 and L2: a part is not larger than its whole, and parts make up their total (部分与总体)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from gaoxin.facts.findings import Finding
from gaoxin.facts.logic.registry import found, in_order, seeks
from gaoxin.facts.records import Subject
from gaoxin.facts.standing import StandingFacts
from gaoxin.facts.values import at_most, sum_of

if TYPE_CHECKING:
    from gaoxin.packs.schemas import LogicRule


@seeks("L1")
def part_within_whole(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """Every metric that names its whole (`within`), against that whole, same subject and period."""
    for metric in facts.metrics.values():
        if metric.within is None or metric.within not in facts.metrics:
            continue
        whole_metric = facts.metrics[metric.within]
        zh, en = f"“{metric.zh}”不大于“{whole_metric.zh}”", f"{metric.en} within {whole_metric.en}"
        for part in facts.all(metric=metric.id, figure="level"):
            whole = facts.figure(part.subject, whole_metric.id, part.period)
            if whole is None or not (part.value.is_number and whole.value.is_number):
                continue
            verdict = in_order(at_most(part.value, whole.value), part, whole)
            yield found(rule, verdict, zh, en, (part, whole))


@seeks("L2")
def regions_make_up_their_parent(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """Subjects of one parent never exceed it together, for metrics that add up.

    That they make it up exactly holds only where every child is known, which the catalogue does not say;
    declared instances of the rule state exact sums.
    """
    for (parent, _), family in _families(facts.facts.subjects).items():
        for whole in facts.of_subject(parent):
            metric = facts.metrics[whole.metric]
            if metric.aggregation != "sum" or not whole.value.is_number:
                continue
            stated = (facts.figure(code, metric.id, whole.period) for code in family)
            children = [part for part in stated if part is not None and part.value.is_number]
            if len(children) < 2:
                continue
            truth = sum_of(part.value for part in children).le(whole.value.interval())
            zh = f"各部分“{metric.zh}”之和不大于总体"
            en = f"the parts of {metric.en} together within the whole"
            yield found(rule, in_order(truth, *children, whole), zh, en, (*children, whole))


def _families(subjects: Mapping[str, Subject]) -> dict[tuple[str, str], list[str]]:
    """Parents with two children or more of one kind: a zone and a county may overlap, two counties do not."""
    found_: dict[tuple[str, str], list[str]] = {}
    for code, subject in sorted(subjects.items()):
        if subject.parent:
            found_.setdefault((subject.parent, subject.kind), []).append(code)
    return {family: codes for family, codes in sorted(found_.items()) if len(codes) > 1}
