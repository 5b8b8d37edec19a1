"""A cell with an event list is read out in words, on pages and in exports alike."""

from __future__ import annotations

import pytest
from django.utils import translation

from gaoxin.facts.values import Value
from gaoxin.packs.library import Library, open_library
from gaoxin.web.pages.quantity_words import value_words

GR = (
    '{"kind": "hnte", "level": "national", "cert_no": "GR202499000012",'
    ' "valid_from": "2024-12-01", "valid_to": "2027-11-30"}'
)
KX = '{"kind": "tsme", "cert_no": "KX1", "valid_from": "2025-06-01", "valid_to": "2026-05-31"}'


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(["national"])


def cell(library: Library, text: str, lang: str) -> str:
    with translation.override("zh-hans" if lang == "zh" else "en"):
        return value_words(Value.of_text(text), "", lang, metric=library.metrics["titles"]).text


def test_a_cell_of_titles_reads_as_chinese(library: Library) -> None:
    assert cell(library, f"{GR}\n{KX}", "zh") == (
        "高新技术企业 国家级 GR202499000012 有效期 2024-12-01 至 2027-11-30；"
        "科技型中小企业 KX1 有效期 2025-06-01 至 2026-05-31"
    )


def test_an_english_page_has_it_in_english(library: Library) -> None:
    said = cell(library, GR, "en")
    assert said.endswith("national GR202499000012 valid 2024-12-01 to 2027-11-30")
    assert said.isascii()


def test_known_none_reads_as_none(library: Library) -> None:
    assert cell(library, "[]", "zh") == "无"
    assert cell(library, "[]", "en") == "none"
