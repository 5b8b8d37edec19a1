"""Two sources that disagree: both are shown, a person rules; what a ruling cannot cover (冲突、裁定)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from gaoxin.core.errors import FactError
from gaoxin.web.accounts.models import Role
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.ledger import models, selectors, services
from gaoxin.web.ledger.contested import conflicts, rulings
from tests.web.builders import (
    a_correction,
    a_director,
    a_source,
    a_statistician,
    an_account,
    an_enterprise,
    an_entry,
    zone,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return a_statistician()


@pytest.fixture
def firm():
    return an_enterprise()


@pytest.fixture
def rivals(clerk, firm) -> tuple[models.Observation, models.Observation]:
    """120万元 says the yearbook, 140万元 the tax form."""
    yearbook, form = a_source("2024年统计年鉴"), a_source("纳税申报表")
    return an_entry(clerk, firm, "120", source=yearbook), an_entry(clerk, firm, "140", source=form)


def only(reader, firm) -> selectors.Figure:
    [figure] = selectors.standing(reader, firm)
    return figure


def test_both_are_shown_and_neither_stands(clerk, firm, rivals) -> None:
    figure = only(clerk, firm)
    assert figure.is_conflict
    assert figure.standing is None
    shown = {figure.source_title, *(other.source_title for other in figure.others)}
    assert shown == {"2024年统计年鉴", "纳税申报表"}
    assert [held.key for held in conflicts(clerk, zone())] == [figure.key]


def test_sources_that_agree_are_no_conflict(clerk, firm) -> None:
    an_entry(clerk, firm, "120")
    an_entry(clerk, firm, "120")
    assert not only(clerk, firm).is_conflict
    assert conflicts(clerk, zone()) == []


def test_a_ruling_with_its_reason_stands(clerk, firm, rivals) -> None:
    _, form = rivals
    ruling = services.rule_conflict(by=a_director(name="周正"), stands=form.pk, reason="以纳税申报表为准")
    figure = only(clerk, firm)
    assert (figure.observation_id, figure.is_conflict) == (form.pk, False)
    assert figure.ruling is not None
    assert (figure.ruling.reason, figure.ruling.by) == ("以纳税申报表为准", "周正")
    assert conflicts(clerk, zone()) == []
    assert [held.key for held in rulings(clerk, zone())] == [figure.key]
    before = selectors.standing(clerk, firm, as_of=form.batch.at)
    assert [held.is_conflict for held in before] == [True]
    assert ruling.at > form.batch.at


def test_a_newer_ruling_wins_and_the_older_stays_in_the_history(clerk, firm, rivals) -> None:
    yearbook, form = rivals
    services.rule_conflict(by=clerk, stands=form.pk, reason="先看申报表")
    services.rule_conflict(by=clerk, stands=yearbook.pk, reason="年鉴已修订")
    assert only(clerk, firm).observation_id == yearbook.pk
    told = [(event.what, event.reason) for event in selectors.history(clerk, yearbook.pk)]
    assert told[-2:] == [("ruled", "先看申报表"), ("ruled", "年鉴已修订")]


def test_a_correction_does_not_inherit_the_ruling(clerk, firm, rivals) -> None:
    yearbook, form = rivals
    services.rule_conflict(by=clerk, stands=form.pk, reason="以纳税申报表为准")
    a_correction(clerk, form, "150")
    figure = only(clerk, firm)
    assert (figure.is_conflict, figure.ruling) == (True, None)
    assert figure.lapsed is not None
    assert figure.lapsed.reason == "以纳税申报表为准"
    assert [held.key for held in conflicts(clerk, zone())] == [figure.key]
    assert yearbook.pk in {figure.observation_id, *(other.observation_id for other in figure.others)}


def test_a_correction_that_ends_the_disagreement_needs_no_ruling(clerk, firm, rivals) -> None:
    yearbook, _ = rivals
    a_correction(clerk, yearbook, "140")
    assert not only(clerk, firm).is_conflict
    assert conflicts(clerk, zone()) == []


def test_a_third_source_that_disagrees_opens_the_question_again(clerk, firm, rivals) -> None:
    services.rule_conflict(by=clerk, stands=rivals[0].pk, reason="年鉴")
    an_entry(clerk, firm, "160")
    figure = only(clerk, firm)
    assert (figure.is_conflict, len(figure.others)) == (True, 2)


def test_a_withdrawal_of_one_side_ends_the_conflict(clerk, firm, rivals) -> None:
    yearbook, form = rivals
    services.withdraw_batch(by=clerk, batch_id=yearbook.batch_id, reason="抄错年份")
    assert (only(clerk, firm).observation_id, only(clerk, firm).is_conflict) == (form.pk, False)
    assert conflicts(clerk, zone()) == []


def test_who_rules_on_what_has_changed_meanwhile_is_asked_to_look_again(clerk, firm, rivals) -> None:
    yearbook, form = rivals
    seen = [yearbook.pk, form.pk]
    an_entry(clerk, firm, "160")
    with pytest.raises(MoveRefused, match="刚刚有了变化"):
        services.rule_conflict(by=clerk, stands=form.pk, reason="以申报表为准", seen=seen)
    new = a_correction(clerk, form, "150")
    with pytest.raises(MoveRefused):
        services.rule_conflict(by=clerk, stands=form.pk, reason="以申报表为准")
    services.rule_conflict(by=clerk, stands=new.pk, reason="以申报表为准")
    assert only(clerk, firm).observation_id == new.pk


def test_a_ruling_needs_a_reason_and_a_disagreement(clerk, firm, rivals) -> None:
    with pytest.raises(FactError, match="理由"):
        services.rule_conflict(by=clerk, stands=rivals[0].pk, reason=" ")
    alone = an_entry(clerk, firm, "7", period="2022")
    with pytest.raises(FactError, match="没有需要裁定的分歧"):
        services.rule_conflict(by=clerk, stands=alone.pk, reason="就这样")


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.STATISTICIAN, Role.DIRECTOR}))
def test_only_statisticians_and_the_director_rule(role: str, clerk, firm, rivals) -> None:
    account = an_account(role, enterprise=firm if role == Role.ENTERPRISE_USER else None)
    with pytest.raises(PermissionDenied):
        services.rule_conflict(by=account, stands=rivals[0].pk, reason="我说了算")


def test_nobody_rules_in_another_zone(clerk, firm, rivals) -> None:
    stranger = a_statistician(zones=("chuxiong",))
    with pytest.raises(NotFound):
        services.rule_conflict(by=stranger, stands=rivals[0].pk, reason="我说了算")
    assert conflicts(stranger, zone("weifang")) == []
    assert conflicts(stranger, zone("chuxiong")) == conflicts(
        a_director(zones=("chuxiong",)), zone("chuxiong")
    )


def test_a_figure_in_conflict_is_left_out_of_columns(clerk, firm, rivals) -> None:
    from gaoxin.web.ledger.frames import Wanted, standing

    numbered = models.Metric.objects.get(code="revenue").pk
    held = standing(Wanted(pairs=[(numbered, "2024")]))
    assert firm.pk not in held.plain["subject_id"].to_list()
    assert held.disputed == 1
