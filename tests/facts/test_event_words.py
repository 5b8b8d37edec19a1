"""Event lists are read out, never shown as they are stored."""

from __future__ import annotations

import pytest

from gaoxin.facts.event_words import told_elements
from gaoxin.facts.values import Value
from gaoxin.packs.library import Library, open_library

GR = (
    '{"kind": "hnte", "level": "national", "cert_no": "GR202423001234",'
    ' "valid_from": "2024-12-01", "valid_to": "2027-11-30"}'
)


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(["national"])


def told(library: Library, metric: str, text: str, lang: str = "zh") -> tuple[str, ...]:
    return told_elements(text, library.metrics[metric].elements, lang)


def test_a_title_is_read_with_its_validity(library: Library) -> None:
    assert told(library, "titles", GR) == (
        "高新技术企业 国家级 GR202423001234 有效期 2024-12-01 至 2027-11-30",
    )
    assert told(library, "titles", GR, "en")[0].endswith("GR202423001234 valid 2024-12-01 to 2027-11-30")


def test_what_is_missing_is_not_mentioned(library: Library) -> None:
    assert told(library, "titles", '{"kind": "zjtx", "valid_from": "2025-01-01"}') == (
        "专精特新中小企业 自 2025-01-01 起",
    )
    assert told(library, "titles", '{"kind": "zjtx", "valid_to": "2025-01-01"}') == (
        "专精特新中小企业 有效期至 2025-01-01",
    )


def test_amounts_ranks_and_years_have_their_units(library: Library) -> None:
    equity = '{"date": "2025-05-06", "amount": "8000000", "investor": "registered_vc"}'
    assert told(library, "equity_events", equity) == ("2025-05-06 800 万元 备案创投机构",)
    award = '{"level": "provincial", "date": "2024-03-01", "rank": 2, "kind": "sci_tech"}'
    assert told(library, "awards", award) == ("省级 2024-03-01 第 2 位 科学技术奖",)
    entry = '{"list": "china500", "year": 2024}'
    assert told(library, "ranking_entries", entry) == ("中国企业500强 2024 年",)


def test_yes_and_no_say_about_what(library: Library) -> None:
    contract = '{"contract": "SL-1", "amount": "25.5", "domestic": false}'
    assert told(library, "compute_contracts", contract) == ("SL-1 25.5 元 是否境内算力：否",)


def test_a_list_known_to_be_empty_has_no_elements_and_reads_as_none(library: Library) -> None:
    assert told(library, "incidents", "[]") == ()
    held = Value.of_text("[]")
    assert held.items == ()
    assert (held.render("1"), held.render("1", "en")) == ("无", "none")


def test_what_cannot_be_read_is_never_shown_as_it_is_stored(library: Library) -> None:
    assert told(library, "titles", '{"kind": "hnte"') == ("明细读不出来，请更正",)
    assert told(library, "titles", '{"colour": "red"}', "en") == ("cannot be read; correct it",)
    assert told(library, "titles", "高新技术企业\n瞪羚") == ("高新技术企业", "瞪羚")
