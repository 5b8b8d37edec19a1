"""Choices of metrics in the language of the page."""

from __future__ import annotations

import pytest
from django.utils import translation

from gaoxin.web.eligibility.choices import choice_word, title_word

FIELDS = {"new_materials": "新材料", "hnte": "高新技术企业"}


def test_a_chinese_page_says_what_the_pack_says() -> None:
    with translation.override("zh-hans"):
        assert choice_word(FIELDS, "new_materials") == "新材料"
        assert title_word("kind", "hnte") == "高新技术企业"
        assert title_word("level", "national") == "国家级"


@pytest.mark.parametrize(
    ("field", "code"), [("kind", "hnte"), ("kind", "zjtx"), ("kind", "xjr"), ("level", "national")]
)
def test_an_english_page_says_no_chinese(field: str, code: str) -> None:
    with translation.override("en"):
        told = title_word(field, code)
        assert told.isascii()
        assert told != code or field == "level"


def test_a_code_that_nobody_names_is_shown_in_its_own_words() -> None:
    with translation.override("en"):
        assert choice_word(FIELDS, "new_materials") == "new materials"
        assert title_word("kind", "ip_demo") == "ip demo"
