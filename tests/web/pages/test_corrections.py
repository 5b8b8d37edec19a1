"""Correct, rule, enter, withdraw: what a clerk does by hand, through the pages (更正、裁定、录入、撤回)."""

from __future__ import annotations

import pytest

from gaoxin.web.ledger.models import AuditEvent, Batch, Observation, Source
from tests.web.builders import (
    a_correction,
    a_director,
    a_source,
    a_statistician,
    an_enterprise,
    an_entry,
    zone,
)
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db
HERE = ("chuxiong",)


def told(value: str = "431.6", **more: str) -> dict[str, str]:
    """What stands in the form of a correction of C007."""
    return {
        "op": "=", "value": value, "unit": "亿元", "reason_code": "census", "reason": "四经普修订",
        "source": "article_chuxiong", "locator": "第 3 段", "written": "", **more,
    }  # fmt: skip


# --- correction


def test_a_correction_first_shows_what_would_change(signed_in: SignedIn) -> None:
    # 431.6 ± 0.05 over 87.9 % ± 0.05 %: 431.55/0.8795 = 490.676, 431.65/0.8785 = 491.349
    old = Observation.objects.get(ref="C007")
    answer = signed_in(a_statistician(HERE)).post(f"/data/correct/{old.pk}/", told(step="preview"))
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "490.61–492.32 亿元" in body
    assert "490.67–491.35 亿元" in body
    assert "确认更正" in body
    assert Observation.objects.filter(supersedes__old=old).count() == 0  # nothing recorded yet


def test_a_confirmed_correction_is_recorded_with_its_reason(signed_in: SignedIn) -> None:
    old = Observation.objects.get(ref="C007")
    answer = signed_in(a_statistician(HERE)).post(
        f"/data/correct/{old.pk}/", told(step="record"), follow=True
    )
    assert "已更正" in answer.content.decode()
    assert "四经普修订" in answer.content.decode()
    assert Observation.objects.get(pk=old.pk).number == old.number  # the old row is untouched
    assert AuditEvent.objects.filter(action="observation.correct").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "约九千"}, "约九千"),
        ({"value": ""}, ""),
        ({"unit": "户"}, "不能"),
        ({"reason": ""}, ""),
        ({"value": "432"}, "一样"),
        ({"value": "nan"}, "nan"),
    ],
)
def test_what_cannot_be_recorded_comes_back_under_its_field(
    signed_in: SignedIn, typed: dict[str, str], said: str
) -> None:
    old = Observation.objects.get(ref="C007")
    answer = signed_in(a_statistician(HERE)).post(
        f"/data/correct/{old.pk}/", told(**typed) | {"step": "record"}
    )
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "还有地方要改" in body
    assert said in body
    assert not Observation.objects.filter(supersedes__old=old).exists()


def test_who_comes_second_is_led_to_the_present_figure(signed_in: SignedIn) -> None:
    clerk = a_statistician(HERE, name="甲")
    old = Observation.objects.get(ref="C007")
    new = a_correction(clerk, old, "431.6")
    answer = signed_in(a_statistician(HERE, name="乙")).get(f"/data/correct/{old.pk}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/data/correct/{new.pk}/"


def test_who_comes_second_keeps_what_was_typed_and_sees_who_was_first(signed_in: SignedIn) -> None:
    old = Observation.objects.get(ref="C007")
    a_correction(a_statistician(HERE, name="甲"), old, "431.6")
    answer = signed_in(a_statistician(HERE, name="乙")).post(
        f"/data/correct/{old.pk}/", told("431.7", step="record", reason="乙的依据", seen=str(old.pk))
    )
    body = answer.content.decode()
    assert "甲 " in body
    assert "已改为 431.6 亿元" in body
    assert 'value="431.7"' in body
    assert "乙的依据" in body
    assert Observation.objects.filter(supersedes__old=old).count() == 1  # only the first


# --- a slip of the unit


def a_firm_of(value: str) -> Observation:
    return an_entry(
        a_statistician(HERE), an_enterprise(zone="chuxiong"), value, unit="万元", source=a_source()
    )


def a_new(value: str, row: Observation, **more: str) -> dict[str, str]:
    return told(value, unit="万元", source=row.source.code, seen=str(row.pk), **more)


def test_yuan_typed_for_ten_thousand_yuan_are_shown_in_one_unit_with_the_factor(signed_in: SignedIn) -> None:
    row = a_firm_of("3953.32")
    browser = signed_in(a_statistician(HERE))
    # 39 533 200 ÷ 3953.32 = 10 000
    body = browser.post(f"/data/correct/{row.pk}/", a_new("39533200", row, step="preview")).content.decode()
    assert "是原数的 10\u2009000 倍，像是把元填进了万元" in body
    assert "<b> 39\u2009533\u2009200</b>" in body
    browser.post(f"/data/correct/{row.pk}/", a_new("39533200", row, step="record"))
    assert not Observation.objects.filter(supersedes__old=row).exists()
    browser.post(f"/data/correct/{row.pk}/", a_new("39533200", row, step="record", sure="1"))
    assert Observation.objects.filter(supersedes__old=row).exists()


def test_what_was_typed_is_never_rounded(signed_in: SignedIn) -> None:
    row = a_firm_of("9999998")
    browser = signed_in(a_statistician(HERE))
    body = browser.post(f"/data/correct/{row.pk}/", a_new("9999999", row, step="preview")).content.decode()
    assert "9\u2009999\u2009998" in body
    assert "9\u2009999\u2009999" in body
    assert "1000.00" not in body
    recorded = browser.post(f"/data/correct/{row.pk}/", a_new("9999999", row, step="record"), follow=True)
    assert "<b>9\u2009999\u2009999</b>" in recorded.content.decode()


# --- ruling


def a_dispute() -> tuple[Observation, Observation]:
    """GDP of 2021: 299.54亿元 in the article, 310亿元 in another paper."""
    other = an_entry(
        a_statistician(HERE),
        zone("chuxiong"),
        "310",
        metric="gdp",
        unit="亿元",
        period="2021",
        source=a_source("年鉴"),
    )
    return Observation.objects.get(ref="C011"), other


def test_the_desk_shows_both_statements_side_by_side(signed_in: SignedIn) -> None:
    one, other = a_dispute()
    body = signed_in(a_director(HERE)).get(f"/data/conflicts/{one.pk}/").content.decode()
    for part in ("299.54 亿元", "310 亿元", "年鉴", "第3段第1句", f'value="{other.pk}"'):
        assert part in body, part


def test_a_ruling_needs_a_reason_and_a_new_one_undoes_it(signed_in: SignedIn) -> None:
    one, other = a_dispute()
    browser = signed_in(a_director(HERE))
    address, seen = f"/data/conflicts/{one.pk}/", f"{one.pk},{other.pk}"
    assert browser.post(address, {"stands": one.pk, "seen": seen, "reason": ""}).status_code == 422
    browser.post(address, {"stands": other.pk, "seen": seen, "reason": "年鉴为准"})
    assert "<b>310</b>" in browser.get("/zones/chuxiong/").content.decode()
    assert "年鉴为准" in browser.get("/data/conflicts/?zone=chuxiong").content.decode()
    browser.post(address, {"stands": one.pk, "seen": seen, "reason": "年鉴口径不同"})
    body = browser.get("/zones/chuxiong/").content.decode()
    assert "<b>299.54</b>" in body
    assert "<b>310</b>" not in body


def test_a_ruling_on_something_that_changed_meanwhile_is_refused(signed_in: SignedIn) -> None:
    one, _other = a_dispute()
    answer = signed_in(a_director(HERE)).post(
        f"/data/conflicts/{one.pk}/", {"stands": one.pk, "seen": str(one.pk), "reason": "看过"}
    )
    assert answer.status_code == 422
    assert "刚刚有了变化" in answer.content.decode()


# --- entry


def entry(**more: str) -> dict[str, str]:
    return {
        "source": a_source("2022 年公报", "chuxiong").code, "locator": "第 2 页", "written": "突破500亿元",
        "subject": "楚雄高新区", "metric": "地区生产总值", "figure": "level", "period": "2022年", "op": ">",
        "value": "500", "unit": "亿元", "of": "", "note": "", **more,
    }  # fmt: skip


def test_a_figure_is_entered_as_the_source_has_it(signed_in: SignedIn) -> None:
    answer = signed_in(a_statistician(HERE)).post("/data/enter/?zone=chuxiong", entry(), follow=True)
    body = answer.content.decode()
    assert "已登记 1 个数" in body
    assert '<span class="op">&gt;</span><b>500</b><span>亿元</span>' in body
    assert "突破500亿元" in body


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"subject": "没有的公司"}, "本区没有这个主体"),
        ({"metric": "没有的指标"}, "指标目录里没有"),
        ({"period": "某年"}, "报告期"),
        ({"value": "1,2亿"}, "亿"),
        ({"unit": "人"}, "人"),
        ({"figure": "share", "unit": "%", "value": "5"}, "占谁的"),
        ({"source": "nowhere"}, "还有地方要改"),
    ],
)
def test_a_wrong_entry_says_what_to_do_and_keeps_what_was_typed(
    signed_in: SignedIn, typed: dict[str, str], field: str
) -> None:
    before = Observation.objects.count()
    answer = signed_in(a_statistician(HERE)).post("/data/enter/?zone=chuxiong", entry(**typed))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert field in body
    assert "突破500亿元" in body
    assert Observation.objects.count() == before


def test_the_same_source_cannot_state_a_figure_twice(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE))
    once = entry()
    assert browser.post("/data/enter/?zone=chuxiong", once).status_code == 302
    again = browser.post("/data/enter/?zone=chuxiong", once | {"value": "501"})
    assert again.status_code == 422
    assert "更正" in again.content.decode()


def test_a_field_is_checked_when_it_is_left(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE))
    answer = browser.post("/data/enter/check?zone=chuxiong", entry(period="某年", field="period"))
    assert "gx-err" in answer.content.decode()
    clean = browser.post("/data/enter/check?zone=chuxiong", entry(field="period"))
    assert "gx-err" not in clean.content.decode()


def test_names_are_found_by_pinyin_initials(signed_in: SignedIn) -> None:
    an_enterprise("滇中精密机械", zone="chuxiong")
    browser = signed_in(a_statistician(HERE))
    assert "滇中精密机械" in browser.get("/data/enter/subjects?zone=chuxiong&subject=dzjm").content.decode()
    assert "州外到位资金" in browser.get("/data/enter/metrics?metric=zwdw").content.decode()


def test_a_document_is_registered_once(signed_in: SignedIn) -> None:
    browser = signed_in(a_statistician(HERE))
    form = {
        "title": "2022 年统计公报",
        "publisher": "统计局",
        "published": "2023-04-01",
        "document": "bulletin",
    }
    assert browser.post("/sources/new/?zone=chuxiong", form).status_code == 302
    assert Source.objects.get(title="2022 年统计公报").zone == zone("chuxiong")
    assert browser.post("/sources/new/?zone=chuxiong", form).status_code == 422
    hidden = browser.post("/sources/new/?zone=chuxiong", form | {"title": "统计\u202e公报"})
    assert (hidden.status_code, "文件标题的第 3 个字符看不见" in hidden.content.decode()) == (422, True)
    assert AuditEvent.objects.filter(action="source.add").count() == 1


# --- withdrawal


def test_a_batch_is_withdrawn_with_a_reason_and_once_only(signed_in: SignedIn) -> None:
    clerk = a_statistician(HERE)
    recorded = an_entry(clerk, an_enterprise(zone="chuxiong"))
    browser, address = signed_in(clerk), f"/data/withdraw/{recorded.batch_id}/"
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "录错了企业"}).status_code == 302
    assert browser.get(f"/observations/{recorded.pk}/card").status_code == 404
    assert "录错了企业" in browser.get("/data/?zone=chuxiong").content.decode()
    assert browser.post(address, {"reason": "再来一次"}).status_code == 422
    assert Batch.objects.filter(pk=recorded.batch_id).exists()
