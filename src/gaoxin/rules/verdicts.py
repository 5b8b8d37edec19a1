"""What a rule says of a subject, and what each of its conditions says (结论).

Missing is not no: a condition is not met only where that is certain. What is open waits for an expert if
nothing but judgements are missing, else for data.
"""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum


class Verdict(StrEnum):
    """A rule about a subject."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    PENDING_EXPERT = "pending_expert"

    @property
    def zh(self) -> str:
        return _VERDICTS[self][0]

    @property
    def en(self) -> str:
        return _VERDICTS[self][1]


class ConditionVerdict(StrEnum):
    """A condition about a subject. A direct route that holds makes what it replaces not applicable."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NEEDS_EXPERT = "needs_expert"
    NOT_APPLICABLE = "not_applicable"

    @property
    def zh(self) -> str:
        return _CONDITIONS[self][0]

    @property
    def en(self) -> str:
        return _CONDITIONS[self][1]


_VERDICTS = {
    Verdict.PASS: ("符合", "qualifies"),
    Verdict.FAIL: ("不符合", "does not qualify"),
    Verdict.UNKNOWN: ("资料不足", "not enough data"),
    Verdict.PENDING_EXPERT: ("待专家", "waits for experts"),
}
_CONDITIONS = {
    ConditionVerdict.MET: ("符合", "met"),
    ConditionVerdict.NOT_MET: ("不符合", "not met"),
    ConditionVerdict.UNKNOWN: ("资料不足", "not enough data"),
    ConditionVerdict.NEEDS_EXPERT: ("待专家", "needs an expert"),
    ConditionVerdict.NOT_APPLICABLE: ("不适用", "not applicable"),
}


def verdict_of(value: bool | None, open: Set[str], experts: Set[str]) -> Verdict:
    """The verdict for all conditions together; `open` are the metrics that can still change it."""
    if value is not None:
        return Verdict.PASS if value else Verdict.FAIL
    return Verdict.PENDING_EXPERT if open <= experts else Verdict.UNKNOWN


def condition_verdict(
    value: bool | None, open: Set[str], experts: Set[str], *, replaced: bool = False
) -> ConditionVerdict:
    """The verdict of one condition. `replaced`: a direct route stands in for it and holds."""
    if replaced:
        return ConditionVerdict.NOT_APPLICABLE
    if value is not None:
        return ConditionVerdict.MET if value else ConditionVerdict.NOT_MET
    return ConditionVerdict.NEEDS_EXPERT if open <= experts else ConditionVerdict.UNKNOWN
