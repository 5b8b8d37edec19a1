"""Which function looks for the places where a rule applies (规则登记)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from gaoxin.facts.findings import Finding, Result, Verdict
from gaoxin.facts.limits import COARSE_RULE
from gaoxin.facts.records import Observation
from gaoxin.facts.standing import StandingFacts

if TYPE_CHECKING:
    from gaoxin.packs.schemas import LogicRule

Seeker = Callable[["LogicRule", StandingFacts], Iterator[Finding]]
_SEEKERS: dict[str, Seeker] = {}


def seeks(rule_id: str) -> Callable[[Seeker], Seeker]:
    """Enter a function that finds what a rule has to say about some standing figures."""

    def entered(seeker: Seeker) -> Seeker:
        if rule_id in _SEEKERS:
            raise ValueError(f"{rule_id} has a seeker already")
        _SEEKERS[rule_id] = seeker
        return seeker

    return entered


def seekers() -> Mapping[str, Seeker]:
    return dict(_SEEKERS)


def rules_with_functions() -> frozenset[str]:
    """The rules that this floor looks for without instances in a pack; L15 judges cross-checks."""
    return frozenset({*_SEEKERS, COARSE_RULE})


def found(
    rule: LogicRule,
    verdict: Verdict,
    zh: str,
    en: str,
    inputs: tuple[Observation, ...],
    results: tuple[Result, ...] = (),
    *,
    reason_zh: str = "",
    reason_en: str = "",
    unconfirmed: tuple[str, ...] = (),
    check: str = "",
) -> Finding:
    """A finding of a rule; its id names the rule and the figures, so one place always gives one id.

    `unconfirmed`: limits to be confirmed that the verdict leans on. `check`: what stands before the figures
    in the id, if not the id of the rule.
    """
    ids = tuple([obs.id for obs in inputs])
    note = rule.note
    return Finding(
        check=f"{check or rule.id}({','.join(ids)})",
        rule=rule.id,
        verdict=verdict,
        severity=rule.severity,
        zh=zh,
        en=en,
        results=results,
        inputs=ids,
        subject=inputs[0].subject if inputs else "",
        reason_zh=reason_zh,
        reason_en=reason_en,
        note_zh=note.zh if note else "",
        note_en=note.en if note else "",
        unconfirmed=unconfirmed,
    )


def in_order(truth: bool | None, *observations: Observation) -> Verdict:
    """As `judged`, but what only the rounding leaves open is in order: 432亿 of 432亿 blocks nobody.

    Bounds stay open: whether 48 lies within "over 20" is not settled.
    """
    if truth is None and not any(obs.value.is_bound for obs in observations):
        return "ok"
    return judged(truth)


def judged(truth: bool | None) -> Verdict:
    """ok, flag, or undetermined where the rounding decides."""
    return "undetermined" if truth is None else "ok" if truth else "flag"
