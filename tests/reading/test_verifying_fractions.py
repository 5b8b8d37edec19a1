"""A fraction of the source in the place of a percentage of the text."""

from __future__ import annotations

import pytest

from tests.reading.verifying_builders import CITY, a_draft, a_fact, a_percent, checked, only


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1/10", "10%"),
        ("1/7", "1/7"),  # 14.2857…%: no whole percentage says the same
    ],
)
def test_a_percentage_stays_one_where_the_fraction_is_a_whole_percentage(written: str, expected: str) -> None:
    fact = a_fact("F1", "gdp", written, "%", figure="share", of=CITY)
    draft = a_draft("占楚雄市的20%。", a_percent("20%", "gdp", "share", of="楚雄市", of_code=CITY))
    assert only(checked(draft, fact)).expected == expected
