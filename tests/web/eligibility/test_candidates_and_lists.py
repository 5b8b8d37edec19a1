"""The candidate library, the two lists and the title ledger: dated, with reasons, equal to a full run."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gaoxin.rules.matching import RuleColumns
from gaoxin.rules.verdicts import Verdict
from gaoxin.web.eligibility import candidates, services
from gaoxin.web.eligibility.candidates import EntryRule, Said
from gaoxin.web.eligibility.residents import compiled_for, residents
from gaoxin.web.eligibility.two_lists import compared, ledger
from gaoxin.web.ledger.freezing import freeze_ledger
from gaoxin.web.ledger.models import Observation
from tests.web.builders import a_correction
from tests.web.conftest import SignedIn
from tests.web.eligibility.policy_builders import DAY, a_policy

pytestmark = pytest.mark.django_db
NEAR = EntryRule(short=1, missing=3)


def said(verdict: str, not_met: tuple[str, ...] = (), missing: tuple[str, ...] = (), at: int = 0) -> Said:
    """One standing that began so many days after the first, and holds for a day."""
    first = date(2026, 1, 1)
    return Said(1, verdict, not_met, missing, first + timedelta(at), at, first + timedelta(at + 1), at + 1)


def now(one: Said) -> Said:
    return Said(1, one.verdict, one.not_met, one.missing, one.since, one.since_run, None, None)


def test_entry_and_exit_are_dated_with_what_changed() -> None:
    names = {"T2": "规模", "T5": "得分"}
    told = [
        said("fail", ("T2", "T5"), at=0),
        said("fail", ("T5",), at=1),
        now(said("pass", at=2)),
    ]
    (stay,) = candidates.stays_of(told, NEAR, names)
    assert (stay.entered, stay.why_in) == (date(2026, 1, 2), "已达到：规模")
    assert (stay.left, stay.why_out) == (date(2026, 1, 3), "已符合，转出")


def test_who_falls_back_leaves_and_may_come_again() -> None:
    names = {"T2": "规模", "T5": "得分"}
    told = [
        said("fail", ("T5",), at=0),
        said("fail", ("T2", "T5"), at=1),
        now(said("fail", ("T5",), at=2)),
    ]
    first, second = candidates.stays_of(told, NEAR, names)
    assert (first.left, first.why_out) == (date(2026, 1, 2), "又不符合：规模")
    assert (second.entered, second.is_in) == (date(2026, 1, 3), True)


def test_a_pause_in_which_the_rule_judged_nobody_ends_the_stay() -> None:
    # held from day 0 to day 1, then not judged, judged again on day 5
    told = [said("fail", ("T5",), at=0), now(said("fail", ("T5",), at=5))]
    first, second = candidates.stays_of(told, NEAR, {"T5": "得分"})
    assert (first.left, first.why_out) == (date(2026, 1, 2), "这条规则不再判定它")
    assert (second.entered, second.is_in) == (date(2026, 1, 6), True)


def test_too_many_missing_figures_keep_a_firm_out() -> None:
    told = [now(said("unknown", (), ("rd_tax", "titles", "awards", "platforms")))]
    assert list(candidates.stays_of(told, NEAR, {})) == []
    assert len(list(candidates.stays_of(told, EntryRule(1, 4), {}))) == 1


def test_the_library_follows_the_standings_of_a_zone() -> None:
    held = a_policy()
    rule = compiled_for(held.run, "C9")
    found = candidates.library(held.officer, held.run.zone, rule, NEAR, held.run)
    inside = {stay.subject for stay in found.stays if stay.is_in}
    assert inside == {held.flat.pk, held.bare.pk, held.mute.pk}
    # 410 万元 is above 400 万元: the firm qualifies and leaves on the day of the second evaluation
    figure = Observation.objects.get(subject=held.flat, metric__code="rd_tax", period="2025")
    a_correction(held.clerk, figure, "410")
    freeze_ledger()
    second = services.evaluate(held.run.zone, on=DAY + timedelta(days=30))
    later = candidates.library(held.officer, held.run.zone, rule, NEAR, second)
    (gone,) = [stay for stay in later.stays if not stay.is_in]
    assert (gone.subject, gone.left, gone.why_out) == (held.flat.pk, date(2026, 12, 23), "已符合，转出")
    assert (later.left, later.passed, later.inside) == (1, 1, 2)


def test_both_lists_equal_a_full_run_of_the_rules() -> None:
    held = a_policy()
    facts = residents(held.run)
    for rule in held.run.rules:
        found = compared(held.run, rule)
        if found is None or found.kind != "title":
            continue
        compiled = facts.compiled(rule)
        columns = RuleColumns.of(compiled)
        kind = compiled.rule.grants.title
        holders = ledger(facts).holders(kind, held.run.on, compiled.rule.grants.level)
        verdicts = {code: facts.judge(columns, code).verdict for code in facts.pks}
        unclear = ledger(facts).open_firms(kind, held.run.on, compiled.rule.grants.level)
        assert {one.firm.subject for one in found.unfit} == {
            code for code, verdict in verdicts.items() if verdict is Verdict.FAIL and code in holders
        }
        assert {one.firm.subject for one in found.unused} == {
            code
            for code, verdict in verdicts.items()
            if verdict is Verdict.PASS and code not in holders and code not in unclear
        }


def test_a_payment_nobody_reported_is_not_a_payment_that_was_not_made() -> None:
    held = a_policy()
    found = compared(held.run, "C9")
    assert found is not None
    assert (found.unused, found.unfit, found.unknown) == ((), (), 1)


def test_the_title_page_counts_each_title_by_itself_and_balances(signed_in: SignedIn) -> None:
    held = a_policy()
    body = (
        signed_in(held.officer)
        .get("/policies/titles/?zone=sandbox&kind=hnte&year=2024&net=5")
        .content.decode()
    )
    # two firms were first recognised in 2024: 0 + 2 − 0 + 0 = 2
    assert "首次认定" in body
    assert "平研机械" in body
    assert "不平" not in body.replace("平不平", "")
    assert "1 家没有报称号清单" in body or "家没有报称号清单" in body
    # nothing runs out before 2027-11-23: a net increase of 5 needs 5 new ones
    assert "净增 5 家，要新增 <b>5</b> 家" in body


def test_the_pages_of_library_and_lists_say_why(signed_in: SignedIn) -> None:
    held = a_policy()
    browser = signed_in(held.officer)
    library = browser.get("/policies/near/C9/library/?zone=sandbox").content.decode()
    assert "首次判定时够入库条件" in library
    assert "2026-11-23" in library
    lists = browser.get("/policies/lists/?zone=sandbox&rule=C9").content.decode()
    assert "另有 1 家符合条件，是否已享有未报" in lists
    for path in ("near/C9/library", "titles"):
        address = f"/policies/{path}/export.xlsx?zone=sandbox&kind=hnte"
        assert browser.get(address).status_code == 200, path
