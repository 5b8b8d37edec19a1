"""The enterprise page and the catalogue: what they say, to whom, at what cost (企业页、政策目录)."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from django.conf import settings
from django.urls import reverse

from gaoxin.web.accounts.models import Role
from gaoxin.web.eligibility import services
from gaoxin.web.ledger.freezing import freeze_ledger
from gaoxin.web.ledger.models import Subject
from tests.web.builders import (
    a_statistician,
    an_account,
    an_enterprise,
    an_enterprise_user,
    an_entry,
    zone,
)
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db


def page_of(firm: Subject, query: str = "", name: str = "eligibility") -> str:
    return reverse(name, args=[firm.code.partition("/")[2]]) + query


def a_small_firm() -> Subject:
    """Science staff of 2 in 40: a share of 5 %, under the 10 % that HNTE asks."""
    firm, clerk = an_enterprise("滇东精密机械"), a_statistician()
    for metric, people in (("staff_total_avg", "40"), ("sti_staff_hnte", "2")):
        an_entry(clerk, firm, people, metric=metric, unit="人", period="2025")
    return firm


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_share_below_its_threshold_is_told_with_numbers_gap_and_source(signed_in: SignedIn) -> None:
    firm = a_small_firm()
    told = text_of(signed_in(an_account(Role.SCIENCE_OFFICER)).get(page_of(firm, "?open=HNTE&on=2026-11-22")))
    assert "科技人员占比" in told
    assert "2 ÷ 40" in told  # 2 / 40 = 5 %, 10 % asked, 5 points short
    assert "差 5 个百分点" in told
    assert "data-card=" in told
    assert reverse("rule", args=["HNTE"]) in told


def test_a_row_is_closed_until_it_is_opened(signed_in: SignedIn) -> None:
    firm, browser = a_small_firm(), signed_in(an_account(Role.SCIENCE_OFFICER))
    assert "2 ÷ 40" not in text_of(browser.get(page_of(firm, "?open=")))
    assert "2 ÷ 40" in text_of(browser.get(page_of(firm, "?open=all")))


def test_nothing_known_is_said_in_words_and_never_as_zero(signed_in: SignedIn) -> None:
    told = text_of(signed_in(an_account(Role.SCIENCE_OFFICER)).get(page_of(an_enterprise())))
    assert "称号和到账记录都未报" in told
    assert '<div class="sum">未报' in told


def test_the_page_judges_by_the_rules_of_the_day_asked_for(signed_in: SignedIn) -> None:
    # SRDI: the text of 2022 until 2026-03-31, that of 2026 from 2026-04-01
    firm, browser = an_enterprise(), signed_in(an_account(Role.SCIENCE_OFFICER))
    before = text_of(browser.get(page_of(firm, "?on=2026-03-31")))
    after = text_of(browser.get(page_of(firm, "?on=2026-04-01")))
    assert "row-ZJTX63" in before
    assert "row-ZJTX26" not in before
    assert "row-ZJTX26" in after
    assert browser.get(page_of(firm, "?on=gestern")).status_code == 404


def test_what_was_recorded_later_is_not_known_earlier(signed_in: SignedIn) -> None:
    firm = a_small_firm()
    browser = signed_in(an_account(Role.SCIENCE_OFFICER))
    assert "2 ÷ 40" not in text_of(browser.get(page_of(firm, "?open=HNTE&known=2020-01-01")))


def test_a_restricted_figure_takes_part_and_is_not_shown(signed_in: SignedIn) -> None:
    firm = an_enterprise()
    an_entry(a_statistician(), firm, "77", metric="credit_score", unit="分", period="2025")
    hidden = text_of(signed_in(an_account(Role.SCIENCE_OFFICER)).get(page_of(firm, "?open=all")))
    assert "77 分" not in hidden


def test_a_firm_sees_its_own_page_and_no_other(signed_in: SignedIn) -> None:
    mine, other = a_small_firm(), an_enterprise()
    browser = signed_in(an_enterprise_user(mine))
    assert browser.get(page_of(mine)).status_code == 200
    assert browser.get(page_of(other)).status_code == 404
    assert browser.get(page_of(other, name="eligibility-export")).status_code == 404
    assert browser.get(page_of(other, name="eligibility-ways")).status_code == 404
    told = text_of(browser.get(reverse("rule", args=["HNTE"])))
    assert "条款与执行对照" in told
    assert "家符合" not in told  # how the neighbours stand is not for a firm


def test_another_zone_and_outsiders_are_refused(signed_in: SignedIn) -> None:
    firm = an_enterprise()
    stranger = signed_in(an_account(Role.SCIENCE_OFFICER, ("daqing",)))
    assert stranger.get(page_of(firm)).status_code == 404
    for role in (Role.BANK_USER, Role.APPLICANT, Role.ADMINISTRATOR):
        assert signed_in(an_account(role)).get(page_of(firm)).status_code in (403, 404)
    for role in (Role.BANK_USER, Role.APPLICANT):
        assert signed_in(an_account(role)).get(reverse("rules")).status_code == 403


def test_the_check_up_has_every_condition_with_its_source(signed_in: SignedIn) -> None:
    firm = a_small_firm()
    answer = signed_in(an_account(Role.SCIENCE_OFFICER)).get(
        page_of(firm, "?on=2026-11-22", name="eligibility-export")
    )
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    [staff] = [row for row in rows if row[0] == "高新技术企业" and row[2] == "科技人员占比"]
    assert (staff[3], staff[5]) == ("不符合", "≥ 10%")
    assert "2 ÷ 40" in staff[4]


def test_the_catalogue_counts_the_firms_of_the_zone_and_marks_examples(signed_in: SignedIn) -> None:
    an_enterprise()
    freeze_ledger()
    services.evaluate(zone())
    told = text_of(signed_in(an_account(Role.SCIENCE_OFFICER)).get(reverse("rules") + "?zone=weifang"))
    assert "外地样例" in told
    assert "只作说明" in told
    assert "未判定" in told  # what is only described, and other places' policies


def test_a_rule_shows_its_text_its_numbers_its_versions_and_its_cases(signed_in: SignedIn) -> None:
    told = text_of(signed_in(an_account(Role.AUDITOR)).get(reverse("rule", args=["ZJTX26"])))
    for words in ("条款与执行对照", "参数与历次取值", "历次版本", "个用例证明它", "待核"):
        assert words in told
    assert signed_in(an_account(Role.AUDITOR)).get(reverse("rule", args=["NOSUCH"])).status_code == 404


def test_every_rule_of_the_packs_has_a_page(signed_in: SignedIn) -> None:
    from gaoxin.web.eligibility.zone_rules import zone_library

    browser = signed_in(an_account(Role.SCIENCE_OFFICER))
    for rule in zone_library("zone/weifang", practice=True).rules:
        assert browser.get(reverse("rule", args=[rule])).status_code == 200, rule


def test_the_pages_cost_the_same_for_more_figures(signed_in: SignedIn, django_assert_max_num_queries) -> None:
    browser, firm = signed_in(an_account(Role.SCIENCE_OFFICER)), a_small_firm()
    clerk = a_statistician()
    for year in range(2015, 2026):
        an_entry(clerk, firm, str(year), metric="revenue", period=str(year))
    with django_assert_max_num_queries(34):
        browser.get(page_of(firm, "?open=all"))
    with django_assert_max_num_queries(20):
        browser.get(reverse("rules"))


def test_the_button_asks_the_worker(signed_in: SignedIn) -> None:
    freeze_ledger()
    browser = signed_in(an_account(Role.SCIENCE_OFFICER))
    assert browser.post(reverse("evaluate"), {"back": reverse("rules")}).status_code == 302
    assert "等待后台判定" in text_of(browser.get(reverse("evaluation-state")))
    assert browser.post(reverse("evaluate")).status_code == 409
    assert signed_in(an_account(Role.AUDITOR)).post(reverse("evaluate")).status_code == 403
    assert browser.post(reverse("evaluate"), {"back": "https://elsewhere.example/"}).status_code == 409


def test_stages_and_paying_back_are_told_in_the_language_of_the_page(signed_in: SignedIn) -> None:
    browser = signed_in(an_account(Role.SCIENCE_OFFICER))
    address = reverse("rule", args=["C16"])
    assert "绩效考核合格后 50%" in text_of(browser.get(address))
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = text_of(browser.get(address))
    assert "After a good result 50%" in english
    assert "Actual investment below 20 million yuan" in english
