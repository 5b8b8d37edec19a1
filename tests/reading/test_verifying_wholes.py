"""A share whose whole the facts do not have: the verdict says which figure is missing."""

from __future__ import annotations

from tests.reading.verifying_builders import CITY, a_draft, a_fact, a_percent, checked, only

OUTPUT = a_fact("F1", "enterprise_output", "432")


def test_a_whole_that_is_another_quantity_is_named_alone() -> None:
    share = a_percent("48.1%", "enterprise_output", "share", of="规模以上工业总产值")
    verdict = only(checked(a_draft("高新技术企业产值占规模以上工业总产值的48.1%。", share), OUTPUT))
    assert (verdict.cause, verdict.zh) == ("no_whole", "没有规模以上工业总产值的数，算不出占比")


def test_a_whole_that_is_a_place_is_named_with_the_metric() -> None:
    share = a_percent("48.1%", "enterprise_output", "share", of="楚雄市", of_code=CITY)
    verdict = only(checked(a_draft("高新技术企业产值占楚雄市的48.1%。", share), OUTPUT))
    assert (verdict.cause, verdict.zh) == ("no_whole", "没有楚雄市的高新技术企业产值，算不出占比")
