"""The verdict of a rule and of a condition, from a truth and what keeps it open."""

from __future__ import annotations

import pytest

from gaoxin.rules.verdicts import ConditionVerdict, Verdict, condition_verdict, verdict_of

EXPERTS = frozenset({"jury", "panel"})


@pytest.mark.parametrize(
    ("value", "opened", "verdict", "condition"),
    [
        (True, set(), Verdict.PASS, ConditionVerdict.MET),
        (False, set(), Verdict.FAIL, ConditionVerdict.NOT_MET),
        (None, {"revenue"}, Verdict.UNKNOWN, ConditionVerdict.UNKNOWN),
        (None, {"jury"}, Verdict.PENDING_EXPERT, ConditionVerdict.NEEDS_EXPERT),
        (None, {"jury", "panel"}, Verdict.PENDING_EXPERT, ConditionVerdict.NEEDS_EXPERT),
        # an expert cannot settle what also wants data
        (None, {"jury", "revenue"}, Verdict.UNKNOWN, ConditionVerdict.UNKNOWN),
    ],
)
def test_open_waits_for_experts_only_where_nothing_else_is_missing(
    value: bool | None, opened: set[str], verdict: Verdict, condition: ConditionVerdict
) -> None:
    assert verdict_of(value, opened, EXPERTS) is verdict
    assert condition_verdict(value, opened, EXPERTS) is condition


@pytest.mark.parametrize("value", [True, False, None])
def test_what_a_direct_route_replaces_is_not_applicable_whatever_it_says(value: bool | None) -> None:
    told = condition_verdict(value, {"revenue"}, EXPERTS, replaced=True)
    assert told is ConditionVerdict.NOT_APPLICABLE


@pytest.mark.parametrize("kind", [Verdict, ConditionVerdict])
def test_every_verdict_has_a_name_of_its_own_in_both_languages(
    kind: type[Verdict] | type[ConditionVerdict],
) -> None:
    for names in ([told.zh for told in kind], [told.en for told in kind]):
        assert all(names)
        assert len(set(names)) == len(names)
