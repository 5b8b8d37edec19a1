"""Where a figure comes from: the card beside a ring, the page of a figure, the page of a document (来源)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from gaoxin.packs.schemas.observation import Locator
from gaoxin.web.ledger.catalogue import library
from gaoxin.web.ledger.models import Observation
from gaoxin.web.ledger.packs import load_packs
from gaoxin.web.pages import names
from tests.web.builders import (
    a_correction,
    a_director,
    a_source,
    a_statistician,
    an_account,
    an_enterprise,
    an_enterprise_user,
    an_entry,
)
from tests.web.conftest import SignedIn

pytestmark = pytest.mark.django_db


def test_a_card_names_document_place_wording_firmness_scope_and_hand(signed_in: SignedIn) -> None:
    gdp = Observation.objects.get(ref="C011")
    body = signed_in(a_director(("chuxiong",))).get(f"/observations/{gdp.pk}/card").content.decode()
    for part in (
        "299.54 亿元",
        "第3段第1句",
        "299.54亿元",
        "引用或报送",
        "口径",
        "还没有第二人复核",
        "无更正记录",
    ):
        assert part in body, part
    assert f"#o{gdp.pk}" in body  # the place in the document
    assert "<html" not in body  # a fragment


def test_the_card_of_a_derived_figure_shows_rule_formula_and_inputs(signed_in: SignedIn) -> None:
    browser = signed_in(a_director(("chuxiong",)))
    body = browser.get("/derived/implied_whole(C007,C008)/card").content.decode()
    assert "490.61–492.32 亿元" in body
    assert "规模以上工业总产值 ÷ 规模以上工业总产值占比" in body
    assert "432 亿元" in body
    assert "87.9%" in body


@pytest.mark.parametrize(
    "name", ["implied_whole(C007,C012)", "nonsense(C007)", "x" * 300, "implied_whole(C007,C9999)"]
)
def test_a_derived_figure_that_does_not_follow_is_not_found(signed_in: SignedIn, name: str) -> None:
    assert signed_in(a_director(("chuxiong",))).get(f"/derived/{name}/card").status_code == 404


def test_a_correction_shows_on_the_card_of_the_old_and_the_new_observation(signed_in: SignedIn) -> None:
    clerk = a_statistician(("chuxiong",))
    old = Observation.objects.get(ref="C007")
    new = a_correction(clerk, old, "431.6", reason="按核定数改")
    browser = signed_in(clerk)
    for pk in (old.pk, new.pk):
        body = browser.get(f"/observations/{pk}/card").content.decode()
        assert "431.6 亿元" in body
        assert "<s>432 亿元</s>" in body
        assert "按核定数改" in body


def test_the_page_of_a_figure_tells_its_history_newest_first(signed_in: SignedIn) -> None:
    clerk = a_statistician(("chuxiong",), name="陈岚")
    new = a_correction(clerk, Observation.objects.get(ref="C007"), "431.6")
    body = signed_in(clerk).get(f"/observations/{new.pk}/").content.decode()
    told = body[body.index("gx-tl") :]
    assert told.index("更正") < told.index("登记")
    assert "陈岚" in told


def test_a_second_person_checks_a_figure_and_nobody_checks_the_own_one(signed_in: SignedIn) -> None:
    clerk, director = a_statistician(("chuxiong",)), a_director(("chuxiong",), name="周敏")
    firm = an_enterprise(zone="chuxiong")
    entry = an_entry(clerk, firm)
    refused = signed_in(clerk).post(f"/data/checked/{entry.pk}/")
    assert refused.status_code == 422
    assert "不能复核自己录入的数" in refused.content.decode()
    assert signed_in(director).post(f"/data/checked/{entry.pk}/").status_code == 302
    assert "周敏" in signed_in(clerk).get(f"/observations/{entry.pk}/card").content.decode()


def test_a_document_lists_what_was_taken_from_it_and_strikes_out_the_corrected(signed_in: SignedIn) -> None:
    clerk = a_statistician(("chuxiong",))
    a_correction(clerk, Observation.objects.get(ref="C007"), "431.6")
    body = signed_in(clerk).get("/sources/article_chuxiong/").content.decode()
    assert "第3段第1句" in body
    assert '<s class="gx-diff-old">432 亿元</s>' in body
    assert "已更正" in body


def test_restricted_figures_of_a_firm_stay_hidden_from_desks_that_may_not_read_them(
    signed_in: SignedIn,
) -> None:
    clerk = a_statistician(("chuxiong",))
    firm = an_enterprise(zone="chuxiong")
    secret = an_entry(clerk, firm, "640", metric="credit_score", unit="分")
    page = f"/subjects/{firm.code}/"
    window = signed_in(an_account("window_officer", ("chuxiong",)))
    assert window.get(page).status_code == 200
    assert "640" not in window.get(page).content.decode()
    assert window.get(f"/observations/{secret.pk}/card").status_code == 404
    assert window.get(f"/observations/{secret.pk}/").status_code == 404


def test_an_enterprise_user_cannot_guess_the_figures_of_another_firm(signed_in: SignedIn) -> None:
    clerk = a_statistician(("chuxiong",))
    own, other = an_enterprise(zone="chuxiong"), an_enterprise(zone="chuxiong")
    mine, theirs = an_entry(clerk, own), an_entry(clerk, other)
    browser = signed_in(an_enterprise_user(own))
    assert browser.get(f"/observations/{mine.pk}/card").status_code == 200
    assert browser.get(f"/observations/{theirs.pk}/card").status_code == 404
    assert browser.get(f"/observations/{theirs.pk}/").status_code == 404
    assert browser.get(f"/subjects/{other.code}/").status_code == 404
    assert browser.get("/search", {"q": other.name}).content.decode().count(other.code) == 0


def test_what_people_type_is_shown_as_text(signed_in: SignedIn) -> None:
    clerk = a_statistician(("chuxiong",))
    firm = an_enterprise("<b>甲</b>公司", zone="chuxiong")
    entry = an_entry(
        clerk, firm, written="<i>1</i>", note="<script>alert(1)</script>", source=a_source("<u>表</u>")
    )
    for address in (
        f"/subjects/{firm.code}/",
        f"/observations/{entry.pk}/",
        f"/observations/{entry.pk}/card",
    ):
        body = signed_in(clerk).get(address).content.decode()
        for raw in ("<b>甲</b>", "<i>1</i>", "<script>alert", "<u>表</u>"):
            assert raw not in body, (address, raw)


# --- what is said of doubtful, corrected and older figures


def test_the_card_of_a_derived_figure_shows_the_interval_each_input_was_taken_as(signed_in: SignedIn) -> None:
    # 432 rounds from 431.5 up to 432.5, 87.9 from 87.85 up to 87.95
    browser = signed_in(a_director(("chuxiong",)))
    body = browser.get("/derived/implied_whole(C007,C008)/card").content.decode()
    assert "取 [431.5, 432.5) 亿元" in body
    assert "取 [87.85, 87.95) %" in body


def test_an_inferred_period_is_said_on_the_card_also_after_a_correction(signed_in: SignedIn) -> None:
    clerk = a_statistician(("chuxiong",))
    old = Observation.objects.get(ref="C018")
    browser = signed_in(clerk)
    assert "时期为推定" in browser.get(f"/observations/{old.pk}/card").content.decode()
    new = a_correction(clerk, old, "6")
    assert "时期为推定" in browser.get(f"/observations/{new.pk}/card").content.decode()
    sure = Observation.objects.get(ref="C007")
    assert "时期为推定" not in browser.get(f"/observations/{sure.pk}/card").content.decode()


def test_a_correction_without_words_of_its_own_does_not_borrow_the_place(signed_in: SignedIn) -> None:
    clerk = a_statistician(("chuxiong",))
    new = a_correction(clerk, Observation.objects.get(ref="C007"), "440", reason="局核定")
    body = signed_in(clerk).get(f"/observations/{new.pk}/card").content.decode()
    assert "更正人所述理由" in body
    assert "局核定" in body
    assert "第3段第1句" not in body
    stated = a_correction(clerk, new, "441", locator="第4段第2句", written="441亿元")
    body = signed_in(clerk).get(f"/observations/{stated.pk}/card").content.decode()
    assert "更正人所述理由" not in body
    assert "第4段第2句" in body


def test_the_form_of_a_correction_does_not_offer_the_old_place(signed_in: SignedIn) -> None:
    old = Observation.objects.get(ref="C007")
    body = signed_in(a_statistician(("chuxiong",))).get(f"/data/correct/{old.pk}/").content.decode()
    assert 'value="第3段第1句"' not in body


def test_a_version_shows_its_own_place_whatever_the_packs_say_now(signed_in: SignedIn) -> None:
    # a load of other packs made C007#2; this process still knows the packs that say paragraph 3
    told = next(spec for spec in library().observations if spec.id == "C007")
    other = told.model_copy(
        update={"value": "440", "written": "440亿元", "locator": Locator(paragraph=5), "note": None}
    )
    changed = tuple(other if spec is told else spec for spec in library().observations)
    load_packs(replace(library(), observations=changed))
    new = Observation.objects.get(ref="C007#2")
    body = signed_in(a_director(("chuxiong",))).get(f"/observations/{new.pk}/card").content.decode()
    assert "440亿元" in body
    assert "第5段" in body
    assert "第3段第1句" not in body


def test_a_remark_is_translated_only_where_the_packs_still_say_it() -> None:
    # the packs now say paragraph 3, sentence 1; a version that said otherwise is not translated by them
    with translation.override("en"):
        assert names.locator_of("C007", "第3段第1句") == "paragraph 3, sentence 1"
        assert names.locator_of("C007#2", "第9段") == "第9段"
        assert names.locator_of("C007", "") == ""
        told = names.spec_of("C001")
        assert told is not None
        assert told.note is not None
        assert names.note_of("C001", told.note.zh) == told.note.en
        assert names.note_of("C001#2", "按标题记") == "按标题记"
        assert names.note_of("C001", "") == ""
