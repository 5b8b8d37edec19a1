"""What a correction would change (更正的影响): derived figures and verdicts before and after, worked out
and not stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gaoxin.facts.values import Value
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.pages.implied import Implied, derived_view
from gaoxin.web.pages.verdicts import Checks, FindingView


@dataclass(frozen=True, slots=True)
class Change:
    """One figure or verdict that would come out differently."""

    name: str
    before: str
    after: str
    loud: bool = False


def consequences(zone: str, figures: Iterable[Figure], target: Figure, new: Value, unit: str) -> list[Change]:
    """Everything that follows from putting `new` in the place of `target`; empty if nothing depends on it."""
    before = list(figures)
    after = [
        replace(figure, value=new, unit=unit) if figure.observation_id == target.observation_id else figure
        for figure in before
    ]
    return [*_derived(before, after), *_verdicts(zone, before, after)]


def _derived(before: Sequence[Figure], after: Sequence[Figure]) -> list[Change]:
    old = {obs.id: obs for obs in Implied(before).observations}
    new = {obs.id: obs for obs in Implied(after).observations}
    changes = []
    for name in sorted(old.keys() | new.keys()):
        one, other = old.get(name), new.get(name)
        if one is not None and other is not None and one.value == other.value:
            continue
        shown = other or one
        assert shown is not None
        view = derived_view(shown)
        changes.append(
            Change(
                f"{view.label} · {view.period}",
                derived_view(one).text if one is not None else "–",
                derived_view(other).text if other is not None else "–",
            )
        )
    return changes


def _verdicts(zone: str, before: Sequence[Figure], after: Sequence[Figure]) -> list[Change]:
    old = {finding.id: finding for finding in Checks(zone, before).findings}
    new = {finding.id: finding for finding in Checks(zone, after).findings}
    changes = []
    for name, finding in new.items():
        was = old[name]
        if (was.verdict, was.results) != (finding.verdict, finding.results):
            changes.append(
                Change(finding.title, _line(was), _line(finding), loud=was.verdict != finding.verdict)
            )
    return changes


def _line(finding: FindingView) -> str:
    return f"{finding.word} · {finding.detail}" if finding.detail else finding.word
