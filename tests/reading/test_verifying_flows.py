"""A flow up to a day of the year is held against the statement of the year so far."""

import pytest

from tests.reading.verifying_builders import a_draft, a_fact, a_figure, causes, checked


@pytest.mark.parametrize(("day", "cause"), [("2021-06-30", "same"), ("2021-09-30", "wrong_period")])
def test_a_flow_up_to_a_day_is_that_of_the_year_so_far(day: str, cause: str) -> None:
    fact = a_fact("F1", "new_market_entities", "812", "户", period="2021H1")
    figure = a_figure("812户", "new_market_entities", "户", period=day)
    assert causes(checked(a_draft("新增812户。", figure), fact)) == [cause]
