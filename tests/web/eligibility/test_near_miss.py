"""The near-miss board: who is where, the cheapest way, filters, what leaves the house, who may see it."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gaoxin.core.workdays import CalendarYear, WorkCalendar
from gaoxin.packs.schemas.actions import LeadTime
from gaoxin.rules.verdicts import Verdict
from gaoxin.web.accounts.models import Role
from gaoxin.web.eligibility import services
from gaoxin.web.eligibility.boards import board
from gaoxin.web.eligibility.lead import latest_start
from gaoxin.web.eligibility.models import Standing
from gaoxin.web.eligibility.residents import residents
from gaoxin.web.eligibility.ways import way
from gaoxin.web.ledger.freezing import freeze_ledger
from gaoxin.web.ledger.models import AuditEvent
from tests.web.builders import an_account, an_enterprise_user
from tests.web.conftest import SignedIn
from tests.web.eligibility.policy_builders import HERE, a_firm, a_policy

pytestmark = pytest.mark.django_db
BOARD = "/policies/near/C9/?zone=sandbox"
MAY = {Role.SCIENCE_OFFICER, Role.DIRECTOR, Role.FINANCE_OFFICER, Role.STATISTICIAN, Role.AUDITOR}
PAGES = (
    "/policies/near/",
    "/policies/near/C9/",
    "/policies/near/C9/library/",
    "/policies/lists/",
    "/policies/titles/",
    "/policies/clauses/",
    "/policies/clauses/C9/",
)


def test_everybody_is_in_exactly_one_group() -> None:
    held = a_policy()
    found = board(residents(held.run), "C9")
    groups = {code: firm.group for code, firm in found.by_code.items()}
    assert groups == {
        held.pays.code: "pass",
        held.flat.code: "one",
        held.bare.code: "stuck",
        held.mute.code: "open",
    }
    assert found.counts == {"one": 1, "open": 1, "two": 0, "more": 0, "stuck": 1, "pass": 1}


def test_the_board_says_what_the_standings_say() -> None:
    held = a_policy()
    for rule in held.run.rules:
        found = board(residents(held.run), rule)
        rows = Standing.objects.filter(until=None, rule=rule, subject__zone=held.run.zone).select_related(
            "subject"
        )
        for row in rows:
            firm = found.by_code[row.subject.code]
            assert (firm.group == "pass") == (row.verdict == Verdict.PASS), (rule, row.subject)
            assert list(firm.not_met) == row.not_met
            assert list(firm.missing) == row.missing


def test_the_cheapest_way_is_told_with_cost_time_and_latest_start() -> None:
    # 400 万元 is not above 400: one step of 10 万元 at 0.5 万元, thirty working days
    held = a_policy()
    found = board(residents(held.run), "C9")
    told = way(found, found.by_code[held.flat.code], date(2026, 12, 31))
    assert told.cost == 5_000
    assert told.cost_words == "0.5"
    assert told.takes == "30 个工作日"
    assert [step.partition("：")[2] for step in told.steps] == ["10 万元"]
    assert told.start is not None
    assert told.start.day < date(2026, 12, 1)


def test_who_lacks_what_no_action_brings_is_told_so() -> None:
    held = a_policy()
    found = board(residents(held.run), "C9")
    told = way(found, found.by_code[held.bare.code], date(2026, 12, 31))
    assert told.cost is None
    assert "没有办法可做" in told.dead


def test_who_is_open_is_asked_for_the_figure_that_settles_it() -> None:
    held = a_policy()
    found = board(residents(held.run), "C9")
    assert "资质称号" in way(found, found.by_code[held.mute.code], date(2026, 12, 31)).ask


def test_a_latest_start_beyond_the_published_calendar_is_provisional() -> None:
    # 2026 has no holidays here: ten working days before Thursday 2026-12-31 is Thursday the 17th
    year = CalendarYear(2026, frozenset(), frozenset(), {}, "测试通知")
    calendar, today = WorkCalendar([year]), date(2026, 11, 23)
    ten = LeadTime(n=10, unit="working_day")
    sure = latest_start(ten, date(2026, 12, 31), today, calendar)
    assert (sure.day, sure.provisional, sure.late) == (date(2026, 12, 17), False, False)
    # ten weekdays before Friday 2027-01-15 is Friday the 1st; whether that is a holiday nobody knows yet
    later = latest_start(ten, date(2027, 1, 15), today, calendar)
    assert (later.day, later.provisional) == (date(2027, 1, 1), True)
    assert latest_start(LeadTime(n=1, unit="year"), date(2026, 12, 31), today, calendar).late


def test_the_page_lists_who_is_near_and_the_filters_change_that(signed_in: SignedIn) -> None:
    held = a_policy()
    browser = signed_in(held.officer)
    usual = browser.get(BOARD).content.decode()
    assert "平研机械" in usual
    assert "未报软件" in usual
    assert "增研电子" not in usual
    assert "合成数据" in usual
    passed = browser.get(f"{BOARD}&short=pass").content.decode()
    assert "增研电子" in passed
    assert "平研机械" not in passed
    assert "平研机械" in browser.get(f"{BOARD}&q=pyjx").content.decode()
    assert "没有找到" in browser.get(f"{BOARD}&q=不存在").content.decode()


def test_a_day_that_is_none_is_refused_in_words(signed_in: SignedIn) -> None:
    held = a_policy()
    answer = signed_in(held.officer).get(f"{BOARD}&by=明年")
    assert answer.status_code == 404
    assert "不是日期" in answer.content.decode()


def test_the_export_has_filter_data_date_source_and_watermark(signed_in: SignedIn) -> None:
    held = a_policy()
    answer = signed_in(held.officer).get("/policies/near/C9/export.xlsx?zone=sandbox")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    text = "\n".join(cells)
    for words in ("合成数据", "差几项：1 项、资料不足", "数据截至", "定稿快照", "平研机械", "练习用估计"):
        assert words in text
    assert "无证材料" not in text
    assert AuditEvent.objects.filter(action="export.near-miss", by=held.officer).exists()


def test_a_notice_tells_one_firm_what_to_do(signed_in: SignedIn) -> None:
    held = a_policy()
    code = held.flat.code.partition("/")[2]
    browser = signed_in(held.officer)
    body = browser.get(f"/policies/near/C9/notices/?zone=sandbox&firm={code}").content.decode()
    for words in ("平研机械", "研发费用比前一年增加", "0.5 万元", "以主管部门认定为准"):
        assert words in body
    assert "未报软件" not in body
    assert browser.get("/policies/near/C9/notices/?zone=sandbox").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ENTERPRISE_USER])
def test_the_policy_desk_is_for_those_who_work_on_policy(signed_in: SignedIn, role: str) -> None:
    a_policy()
    browser = signed_in(an_account(role, HERE))
    told = {path: browser.get(f"{path}?zone=sandbox").status_code for path in PAGES}
    assert set(told.values()) == ({200} if role in MAY else {403}), told


def test_a_firm_sees_nothing_of_the_policy_desk(signed_in: SignedIn) -> None:
    held = a_policy()
    browser = signed_in(an_enterprise_user(held.pays))
    assert {browser.get(path).status_code for path in PAGES} == {403}


def test_an_officer_of_another_zone_sees_nothing(signed_in: SignedIn) -> None:
    a_policy()
    browser = signed_in(an_account(Role.SCIENCE_OFFICER, ("weifang",)))
    assert {browser.get(f"{path}?zone=sandbox").status_code for path in PAGES} == {404}


def test_a_zone_that_was_not_judged_says_what_comes_next(signed_in: SignedIn) -> None:
    browser = signed_in(an_account(Role.SCIENCE_OFFICER, HERE))
    for path in PAGES[:-1]:
        assert "还没有判定过" in browser.get(f"{path}?zone=sandbox").content.decode(), path


@pytest.mark.parametrize("path", PAGES)
def test_more_firms_need_no_more_queries(signed_in: SignedIn, path: str) -> None:
    held = a_policy()
    browser = signed_in(held.officer)

    def asked() -> int:
        browser.get(f"{path}?zone=sandbox")
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(f"{path}?zone=sandbox").status_code == 200
        return len(seen)

    few = asked()
    for number in range(6):
        a_firm(held.clerk, f"平研{number}机械", "400", '{"kind": "hnte", "valid_from": "2024-12-01"}')
    freeze_ledger()
    services.evaluate(held.run.zone, on=held.run.on)
    assert asked() <= few + 1
    assert few <= 45
