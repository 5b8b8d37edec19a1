"""The front page of a zone shows what the sources say, and no more than they say (总览)."""

from __future__ import annotations

import re

import pytest

from gaoxin.web.ledger.models import Observation
from tests.web.builders import a_director, a_source, a_statistician, an_account, an_entry, zone
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
EVERYWHERE = ("chuxiong", "weifang", "daqing", "sandbox")


def page(signed_in: SignedIn, address: str, role: str = "director") -> str:
    """The page without white space between tags, as somebody sees it."""
    answer = signed_in(an_account(role, EVERYWHERE)).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_chuxiong_shows_its_gdp_with_unit_period_and_share_of_the_city(signed_in: SignedIn) -> None:
    body = page(signed_in, "/zones/chuxiong/")
    assert "<b>299.54</b><span>亿元</span>" in body
    assert "占楚雄市" in body
    assert "53.2%" in body
    assert "<h1>楚雄高新区 2021 年</h1>" in body


def test_the_city_behind_a_share_is_an_interval_with_a_dashed_ring(signed_in: SignedIn) -> None:
    # 432 ± 0.5 over 87.9 % ± 0.05 %: 431.5/0.8795 = 490.6, 432.5/0.8785 = 492.3
    body = page(signed_in, "/zones/chuxiong/")
    assert "490.61–492.32 亿元" in body
    assert "（推算）" in body or 'class="gx-ring derived"' in body


def test_a_place_that_no_source_fills_is_worked_out_where_a_rule_can(signed_in: SignedIn) -> None:
    # new provincial platforms: 2 + 1 + 1 + 1 = 5, stated by nobody
    body = page(signed_in, "/zones/chuxiong/")
    part = body[body.index("新增省级平台") :][:900]
    assert "<b>5</b>" in part
    assert "gx-ring derived" in part


def test_a_bound_keeps_its_sign_and_the_word_that_made_it_so(signed_in: SignedIn) -> None:
    body = page(signed_in, "/zones/daqing/")
    assert '<span class="op">&gt;</span><b>1700</b><span>亿元</span>' in body
    assert "突破" in body


def test_a_growth_of_another_kind_does_not_stand_beside_a_level(signed_in: SignedIn) -> None:
    # 潍柴: more than 300 billion in some year; its > 30 % is compound, per year, and stands elsewhere
    body = page(signed_in, "/zones/weifang/")
    cell = body[body.index("潍柴汇总营业收入") :].partition('<div class="gx-fig">')[0]
    assert "<b>3000</b>" in cell
    assert "30%" not in cell


def test_a_share_worked_out_under_a_figure_is_named_a_share(signed_in: SignedIn) -> None:
    # 2/19 of the people are at most 2/19 of 2 = 5.26 %: 常住人口占比, not 常住人口
    body = page(signed_in, "/zones/weifang/")
    assert "常住人口占比" in body[: body.index("5.26")][-600:]


def test_a_fraction_stays_a_fraction_and_about(signed_in: SignedIn) -> None:
    assert "约 1/10" in page(signed_in, "/zones/weifang/")


def test_what_nobody_reported_is_a_word_and_not_a_number(signed_in: SignedIn) -> None:
    body = page(signed_in, "/zones/chuxiong/")
    row = body[body.index("绿色化工") :][:400]
    assert row.count("未报") >= 2


def test_disagreeing_sources_are_both_shown_with_or(signed_in: SignedIn) -> None:
    clerk = a_statistician(EVERYWHERE)
    an_entry(
        clerk,
        zone("chuxiong"),
        "310",
        metric="gdp",
        unit="亿元",
        period="2021",
        source=a_source(zone="chuxiong"),
    )
    body = page(signed_in, "/zones/chuxiong/")
    hero = body[body.index('id="hero"') :][:2500]
    assert "<b>299.54</b>" in hero
    assert "<b>310</b>" in hero
    assert "<span>或</span>" in hero
    assert "裁定" in hero


def test_a_corrected_figure_says_what_was_reported_first(signed_in: SignedIn) -> None:
    from gaoxin.web.ledger.models import Observation
    from tests.web.builders import a_correction

    clerk = a_statistician(EVERYWHERE)
    a_correction(clerk, Observation.objects.get(ref="C007"), "431.6", reason="统计局核定")
    body = page(signed_in, "/zones/chuxiong/")
    assert "<b>431.6</b>" in body
    assert "<s>432</s>" in body


def test_titles_are_side_by_side_and_never_summed(signed_in: SignedIn) -> None:
    body = page(signed_in, "/zones/weifang/")
    for held in ("34", "43", "82"):
        assert f"<b>{held}</b>" in body
    assert ">159<" not in body  # 34 + 43 + 82


def test_open_questions_lead_to_where_they_are_settled(signed_in: SignedIn) -> None:
    browser = signed_in(a_director(EVERYWHERE))
    body = browser.get("/zones/chuxiong/").content.decode()
    part = body[body.index('id="questions"') :]
    assert "第三个辅助产业有两种写法" in part
    link = part[part.index('href="/data/conflicts/') + 6 :].split('"')[0]
    assert browser.get(link).status_code == 200


def test_the_period_can_be_changed_and_a_year_without_figures_says_so(signed_in: SignedIn) -> None:
    body = page(signed_in, "/zones/chuxiong/?period=2019")
    assert "<h1>楚雄高新区 2019 年</h1>" in body
    assert "未报" in body


@pytest.mark.parametrize("period", ["昨天", "2021-13", "<script>"])
def test_what_is_no_period_is_not_found(signed_in: SignedIn, period: str) -> None:
    answer = signed_in(a_director(EVERYWHERE)).get("/zones/chuxiong/", {"period": period})
    assert answer.status_code == 404
    assert "<script>" not in answer.content.decode()


@pytest.mark.parametrize("slug", ["chuxiong", "weifang", "daqing", "sandbox"])
def test_synthetic_zones_carry_the_band_and_real_ones_do_not(signed_in: SignedIn, slug: str) -> None:
    body = page(signed_in, f"/zones/{slug}/")
    assert ('class="gx-synth"' in body) == (slug == "sandbox")
    assert ("gx-is-synth" in body) == (slug == "sandbox")


def test_a_bank_user_sees_public_figures_and_no_doors_to_others(signed_in: SignedIn) -> None:
    body = page(signed_in, "/zones/chuxiong/", "bank_user")
    assert "<b>299.54</b>" in body
    for closed in ("/subjects/", "/data/", "/checks/", "export.xlsx"):
        assert closed not in body


def test_the_sentence_of_one_year_is_not_said_of_another(signed_in: SignedIn) -> None:
    browser = signed_in(a_director(("chuxiong",)))
    own = browser.get("/zones/chuxiong/?period=2021").content.decode()
    assert "一半以上" in own
    other = browser.get("/zones/chuxiong/?period=2022").content.decode()
    assert "一半以上" not in other


def test_a_period_with_one_figure_shows_that_figure(signed_in: SignedIn) -> None:
    clerk = a_statistician(("chuxiong",))
    an_entry(clerk, zone("chuxiong"), "12.34", metric="gdp", unit="亿元", period="1999")
    body = signed_in(clerk).get("/zones/chuxiong/?period=1999").content.decode()
    assert "12.34" in body
    assert "未报" not in body


def test_the_table_of_industries_follows_a_ruling_at_once(signed_in: SignedIn) -> None:
    browser = signed_in(a_director(("chuxiong",)))
    assert "现代服务业 或 先进制造" in browser.get("/zones/chuxiong/").content.decode()
    row = Observation.objects.get(ref="C015")
    desk = browser.get(f"/data/conflicts/{row.pk}/").content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', desk)
    assert seen is not None
    told = {"stands": row.pk, "seen": seen.group(1), "reason": "按正文"}
    browser.post(f"/data/conflicts/{row.pk}/", told)
    body = browser.get("/zones/chuxiong/").content.decode()
    assert "现代服务业 或 先进制造" not in body
