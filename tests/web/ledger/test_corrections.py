"""Recording and correcting: the old figure stays, the second to correct learns who was first (登记、更正)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from gaoxin.core.errors import FactError, GaoxinError
from gaoxin.web.accounts.models import Role
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.ledger import models, selectors, services
from gaoxin.web.ledger.services import when
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
WAN = 10_000 * 100  # 1万元 in fen


def numbers(reader, subject, **more) -> list[int | None]:
    return [figure.value.number for figure in selectors.standing(reader, subject, **more)]


def test_an_entry_stands_with_its_source_and_author() -> None:
    clerk, firm, paper = a_statistician(name="陈敏"), an_enterprise(), a_source("2024年统计年报")
    row = an_entry(clerk, firm, "120", source=paper, locator="第3页", written="120万元")
    [figure] = selectors.standing(clerk, firm)
    assert (figure.observation_id, figure.value.number) == (row.pk, 120 * WAN)
    assert (figure.source_title, figure.locator, figure.written) == ("2024年统计年报", "第3页", "120万元")
    assert (figure.recorded_by, figure.status, figure.versions) == ("陈敏", "reported", ())


def test_before_the_correction_the_old_figure_stood_and_still_can_be_read() -> None:
    clerk, firm = a_statistician(), an_enterprise()
    old = an_entry(clerk, firm, "120")
    new = a_correction(clerk, old, "140")
    assert numbers(clerk, firm) == [140 * WAN]
    assert numbers(clerk, firm, as_of=old.batch.at) == [120 * WAN]
    assert numbers(clerk, firm, as_of=new.batch.at) == [140 * WAN]
    [figure] = selectors.standing(clerk, firm)
    assert [version.observation_id for version in figure.versions] == [old.pk]
    assert figure.reason == "数据更正:原表串行"
    assert selectors.figure(clerk, old.pk).observation_id == new.pk
    assert [event.what for event in selectors.history(clerk, old.pk)] == ["recorded", "corrected"]


def test_the_second_to_correct_is_told_who_was_first_and_when() -> None:
    first, second, firm = a_statistician(name="陈敏"), a_statistician(name="李明"), an_enterprise()
    old = an_entry(first, firm, "120")
    new = a_correction(first, old, "140")
    with pytest.raises(MoveRefused, match=f"已由陈敏于{when(new.batch.at)}更正") as refused:
        a_correction(second, old, "150")
    assert refused.value.context["observation"] == new.pk
    assert numbers(first, firm) == [140 * WAN]


def test_after_a_withdrawal_in_between_a_replaced_figure_is_still_not_corrected_again() -> None:
    """120 ← 130 ← 140, then 130 is withdrawn: 140 goes on replacing 120."""
    clerk, firm = a_statistician(), an_enterprise()
    first = an_entry(clerk, firm, "120")
    between = a_correction(clerk, first, "130")
    last = a_correction(clerk, between, "140")
    services.withdraw_batch(by=clerk, batch_id=between.batch_id, reason="看错行")
    with pytest.raises(MoveRefused) as refused:
        a_correction(clerk, first, "150")
    assert refused.value.context["observation"] == last.pk
    assert numbers(clerk, firm) == [140 * WAN]


def test_a_withdrawn_correction_lets_the_former_figure_stand_and_be_corrected_again() -> None:
    clerk, firm = a_statistician(), an_enterprise()
    old = an_entry(clerk, firm, "120")
    wrong = a_correction(clerk, old, "140")
    gone = services.withdraw_batch(by=clerk, batch_id=wrong.batch_id, reason="改错了")
    assert numbers(clerk, firm) == [120 * WAN]
    assert numbers(clerk, firm, as_of=wrong.batch.at) == [140 * WAN]
    with pytest.raises(MoveRefused, match=f"于{when(gone.at)}撤回"):
        a_correction(clerk, wrong, "141")
    a_correction(clerk, old, "130")
    assert numbers(clerk, firm) == [130 * WAN]


def test_a_withdrawn_entry_leaves_nothing_and_can_be_entered_again() -> None:
    clerk, firm, paper = a_statistician(), an_enterprise(), a_source()
    row = an_entry(clerk, firm, "120", source=paper)
    services.withdraw_batch(by=clerk, batch_id=row.batch_id, reason="填错企业")
    assert selectors.standing(clerk, firm) == []
    with pytest.raises(NotFound, match="已撤回"):
        selectors.figure(clerk, row.pk)
    an_entry(clerk, firm, "130", source=paper)
    assert numbers(clerk, firm) == [130 * WAN]


def test_a_batch_is_withdrawn_once() -> None:
    clerk, firm = a_statistician(name="陈敏"), an_enterprise()
    row = an_entry(clerk, firm)
    services.withdraw_batch(by=clerk, batch_id=row.batch_id, reason="填错")
    with pytest.raises(MoveRefused, match=r"已由陈敏于.*撤回"):
        services.withdraw_batch(by=clerk, batch_id=row.batch_id, reason="填错")


def test_what_a_source_said_is_entered_once() -> None:
    clerk, firm, paper = a_statistician(), an_enterprise(), a_source()
    an_entry(clerk, firm, "120", source=paper)
    with pytest.raises(FactError, match="已经登记过"):
        an_entry(clerk, firm, "130", source=paper)


# --- what a correction keeps and what it does not


def test_a_corrected_figure_has_to_be_checked_anew() -> None:
    clerk, chief, firm = a_statistician(), a_director(), an_enterprise()
    old = services.record_entry(
        by=clerk, subject=firm.code, metric="revenue", period="2024", value="120", unit="万元",
        source=a_source().code, status="verified",
    )  # fmt: skip
    services.check_observation(by=chief, observation_id=old.pk)
    a_correction(clerk, old, "140")
    [figure] = selectors.standing(clerk, firm)
    assert (figure.status, figure.checked_by) == ("reported", "")


def test_a_place_in_one_document_is_no_place_in_another() -> None:
    clerk, firm = a_statistician(), an_enterprise()
    old = an_entry(clerk, firm, "120", locator="第3页")
    same = a_correction(clerk, old, "130", written="130万元")
    other = a_correction(clerk, same, "140", source=a_source().code)
    assert (same.locator, other.locator) == ("第3页", "")


@pytest.mark.parametrize(
    ("told", "place", "witnessed"),
    [
        ({}, "", False),  # only the reason speaks for 130
        ({"locator": "第3页"}, "", False),  # the page where 120 stands
        ({"locator": "第9页"}, "第9页", True),
        ({"written": "130万元"}, "第3页", True),
    ],
)
def test_the_old_document_is_no_witness_of_a_value_it_does_not_state(
    told: dict, place: str, witnessed: bool
) -> None:
    clerk, firm = a_statistician(), an_enterprise()
    old = an_entry(clerk, firm, "120", locator="第3页", written="120万元")
    new = a_correction(clerk, old, "130", **told)
    [figure] = selectors.standing(clerk, firm)
    assert (new.locator, figure.locator, figure.witnessed) == (place, place, witnessed)
    assert figure.versions[0].witnessed  # 120 does stand there


def test_another_document_is_the_witness_of_a_correction() -> None:
    clerk, firm = a_statistician(), an_enterprise()
    a_correction(clerk, an_entry(clerk, firm, "120", locator="第3页"), "130", source=a_source().code)
    [figure] = selectors.standing(clerk, firm)
    assert (figure.locator, figure.witnessed) == ("", True)


def test_a_correction_does_not_make_the_period_surer() -> None:
    clerk = a_statistician(zones=("chuxiong",))
    old = models.Observation.objects.get(ref="C018")
    assert old.period_confidence == "to_confirm"
    assert a_correction(clerk, old, "6").period_confidence == "to_confirm"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reason": "  "}, "理由"),
        ({"reason_code": "pack"}, "理由"),
        ({"reason_code": "mood"}, "理由"),
        ({"value": "120"}, "没有需要更正的"),
        ({"value": ""}, "数值为空"),
        ({"unit": "家"}, "不能填家"),
        ({"status": "synthetic"}, "状态"),
        ({"status": "derived"}, "状态"),
        ({"status": "perhaps"}, "状态"),
        ({"source": "nowhere"}, "没有编号为“nowhere”的来源"),
    ],
)
def test_a_correction_that_makes_no_sense_says_why(wrong: dict, words: str) -> None:
    clerk, firm = a_statistician(), an_enterprise()
    old = an_entry(clerk, firm, "120")
    known = {"value": "140"} | wrong
    with pytest.raises(FactError, match=words):
        a_correction(clerk, old, known.pop("value"), **known)
    assert numbers(clerk, firm) == [120 * WAN]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"metric": "no_such_metric"}, "no_such_metric"),
        ({"metric": "gdp", "unit": "亿元"}, "不是.*这类主体的指标"),
        ({"period": "去年冬天"}, "去年冬天"),
        ({"unit": ""}, "要写单位"),
        ({"unit": "人"}, "不能填人"),
        ({"value": "很多"}, "很多"),
        ({"value": "99999999999999999"}, "太大"),
        ({"figure": "guess"}, "数字类别"),
        ({"status": "derived"}, "状态"),
        ({"status": "synthetic"}, "不能混用"),
        ({"figure": "growth"}, "不能填万元"),
        ({"figure": "rank", "unit": "%"}, "不能填%"),
        ({"of": "region/" + "9" * 200}, "太长"),
        ({"group": "省级高新区" * 40}, "太长"),
        ({"locator": "第3页" * 60}, "太长"),
        ({"base": "2" * 121}, "太长"),
        ({"population": 3_000_000_000, "figure": "rank", "unit": "位", "value": "3"}, "参评"),
    ],
)
def test_an_entry_that_makes_no_sense_says_why(wrong: dict, words: str) -> None:
    known = {
        "subject": an_enterprise().code, "metric": "revenue", "period": "2024", "value": "120",
        "unit": "万元", "source": a_source().code,
    }  # fmt: skip
    before = models.Batch.objects.count()
    with pytest.raises(GaoxinError, match=words):
        services.record_entry(by=a_statistician(), **(known | wrong))
    assert models.Batch.objects.count() == before


@pytest.mark.parametrize(
    ("figure", "value", "unit"),
    [("growth", "8.5", "%"), ("multiple", "3", "倍"), ("rank", "3", "位"),
     ("target", "10", "%"), ("change", "2", "万元")],
)  # fmt: skip
def test_other_kinds_of_figures_have_their_own_units(figure: str, value: str, unit: str) -> None:
    clerk, firm = a_statistician(), an_enterprise()
    row = an_entry(clerk, firm, value, unit=unit, figure=figure)
    [held] = selectors.standing(clerk, firm, figure=None)
    assert (held.observation_id, held.figure, held.unit) == (row.pk, figure, unit)


# --- who


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.STATISTICIAN}))
def test_only_statisticians_write_figures(role: str) -> None:
    clerk, firm = a_statistician(), an_enterprise()
    other = an_account(role, enterprise=firm if role == Role.ENTERPRISE_USER else None)
    row = an_entry(clerk, firm)
    with pytest.raises(PermissionDenied):
        an_entry(other, firm, period="2023")
    with pytest.raises(PermissionDenied):
        a_correction(other, row, "140")
    with pytest.raises(PermissionDenied):
        services.withdraw_batch(by=other, batch_id=row.batch_id, reason="不喜欢")


def test_nobody_checks_the_own_entry() -> None:
    clerk, colleague, firm = a_statistician(), a_statistician(name="李明"), an_enterprise()
    row = an_entry(clerk, firm)
    with pytest.raises(FactError, match="不能复核自己录入的数"):
        services.check_observation(by=clerk, observation_id=row.pk)
    services.check_observation(by=colleague, observation_id=row.pk)
    [figure] = selectors.standing(clerk, firm)
    assert figure.checked_by == "李明"
    with pytest.raises(MoveRefused, match=r"已由李明于.*复核"):
        services.check_observation(by=a_director(), observation_id=row.pk)


def test_a_replaced_figure_is_not_checked() -> None:
    clerk, firm = a_statistician(), an_enterprise()
    old = an_entry(clerk, firm)
    a_correction(clerk, old, "140")
    with pytest.raises(MoveRefused, match="更正"):
        services.check_observation(by=a_director(), observation_id=old.pk)


def test_a_figure_of_the_region_a_zone_lies_in_is_entered_and_withdrawn_by_its_clerk() -> None:
    """潍坊高新区 lies in 潍坊市 (370700), which lies in 山东省; 楚雄市 is none of its business."""
    clerk = a_statistician()
    region = models.Subject.objects.get(code="region/370700")
    row = an_entry(clerk, region, "7600", metric="gdp", unit="亿元")
    services.withdraw_batch(by=clerk, batch_id=row.batch_id, reason="填错年份")
    assert not selectors.standing(clerk, region, metrics=["gdp"], period="2024")


def test_a_figure_of_a_far_region_is_read_but_not_written() -> None:
    here, there = a_statistician(), a_statistician(zones=("chuxiong",))
    region = models.Subject.objects.get(code="region/532301")
    row = an_entry(there, region, "500", metric="gdp", unit="亿元")
    assert selectors.figure(here, row.pk).value.number == 500 * 10_000 * WAN
    for act in (
        lambda: an_entry(here, region, "600", metric="gdp", unit="亿元"),
        lambda: a_correction(here, row, "600"),
        lambda: services.check_observation(by=here, observation_id=row.pk),
        lambda: services.withdraw_batch(by=here, batch_id=row.batch_id, reason="不对"),
    ):
        with pytest.raises(NotFound):
            act()


def test_packs_are_not_withdrawn_by_hand() -> None:
    clerk = a_statistician()
    batch = models.Batch.objects.get(kind="pack", zone=zone())
    with pytest.raises(FactError, match="内容包"):
        services.withdraw_batch(by=clerk, batch_id=batch.pk, reason="不喜欢")
