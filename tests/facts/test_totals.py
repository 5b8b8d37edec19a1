"""What may be added up, and what may not."""

from __future__ import annotations

import pytest

from gaoxin.core.errors import FactError
from gaoxin.facts.records import Observation, Subject
from gaoxin.facts.totals import total, why_not_additive
from tests.facts.builders import a_metric, an_observation, metrics_of

SCOPE = {"zh": "规上", "en": "above size"}
METRICS = metrics_of(
    a_metric("output", scope=SCOPE),
    a_metric("high_tech_output", scope=SCOPE, within="output"),
    a_metric("services_output", scope=SCOPE),
    a_metric("gdp", scope={"zh": "全口径", "en": "all"}),
    a_metric("gazelles", "家", not_additive_with=("champions",)),
    a_metric("champions", "家"),
    a_metric("people", "人"),
    a_metric("intensity", "%", aggregation="ratio"),
)
SUBJECTS = {
    "zone/chuxiong": Subject("zone/chuxiong", "楚雄高新区", parent="region/532301"),
    "region/532301": Subject("region/532301", "楚雄市"),
}


def output(id: str, text: str, **more: object) -> Observation:
    return an_observation(id, text, str(more.pop("unit", "亿元")), **{"metric": "output", **more})


def test_one_metric_over_several_subjects_adds_up_with_its_rounding() -> None:
    # 432 ± 0.5 and 100.5 ± 0.05 make 531.95 to 533.05
    value = total([output("A", "432"), output("B", "100.5", subject="zone/daqing")], METRICS)
    assert value.render("亿元", decimals=2) == "531.95–533.05 亿元"


def test_exact_counts_add_up_exactly() -> None:
    counts = [output(str(n), str(n), unit="家", metric="champions", subject=f"zone/z{n}") for n in (4, 2)]
    assert total(counts, METRICS).render("家") == "6 家"


def test_several_metrics_of_one_scope_add_up() -> None:
    value = total([output("A", "432"), output("B", "100", metric="services_output")], METRICS)
    assert value.render("亿元", decimals=0) == "531–533 亿元"


@pytest.mark.parametrize(
    ("observations", "words"),
    [
        ([], "没有可以相加"),
        (
            [output("A", "1", metric="gazelles", unit="家"), output("B", "2", metric="champions", unit="家")],
            "有重叠",
        ),
        (
            [output("A", "1", metric="champions", unit="家"), output("B", "2", metric="gazelles", unit="家")],
            "有重叠",
        ),
        ([output("A", "432"), output("B", "207", metric="high_tech_output")], "包含关系"),
        ([output("A", "432"), output("B", "299", metric="gdp")], "口径不同"),
        ([output("A", "432"), output("B", "1700", op=">", subject="zone/daqing")], "上限或下限"),
        ([output("A", "87.9", unit="%", figure="share")], "占比"),
        ([output("A", "25.5", unit="%", figure="growth")], "增速"),
        ([output("A", "5", unit="%", metric="intensity")], "不能汇总"),
        ([output("A", "432"), output("B", "400", period="2020")], "报告期不同"),
        ([output("A", "432"), output("B", "432", source="yearbook")], "加两次"),
        ([output("A", "432"), output("B", "490", subject="region/532301")], "包含另一个"),
        (
            [output("A", "1", metric="champions", unit="家"), output("B", "2", metric="people", unit="人")],
            "单位不同",
        ),
    ],
)
def test_what_has_no_sum_is_refused_with_the_reason(observations: list[Observation], words: str) -> None:
    with pytest.raises(FactError, match=words) as caught:
        total(observations, METRICS, SUBJECTS)
    assert why_not_additive(observations, METRICS, SUBJECTS) is not None
    assert set(caught.value.context.get("ids", ())) <= {obs.id for obs in observations}


def test_what_adds_up_has_no_reason_against_it() -> None:
    assert why_not_additive([output("A", "432")], METRICS, SUBJECTS) is None
