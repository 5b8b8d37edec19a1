"""Briefs of a few sentences over a few facts."""

from gaoxin.core.periods import Period
from gaoxin.facts.records import Observation
from gaoxin.packs.schemas import Brief as Spec
from gaoxin.reports.briefs import Brief, compose
from tests.facts.builders import a_fact_base, a_metric, metrics_of

METRICS = metrics_of(
    a_metric("industrial_output", zh="规上工业总产值"),
    a_metric("gdp", zh="地区生产总值"),
    a_metric("enterprises", "家", zh="高新技术企业", period_type="stock_year_end"),
    a_metric("assessment", "位", zh="综合考核"),
    a_metric("since", None, zh="建区年份", period_type="date", value_type="date"),
)


def a_spec(*sentences: str, **more: object) -> Spec:
    """A brief of one paragraph; `required`: the number of the sentence that always stands."""
    required, each = more.get("required"), more.get("each")
    said = [
        {"text": text, "required": number == required, "each": each} for number, text in enumerate(sentences)
    ]
    return Spec.model_validate(
        {
            "kind": "brief",
            "id": "demo",
            "zh": "简报",
            "en": "Brief",
            "title": "{zone}{period}情况",
            "sections": [{"heading": "工业", "paragraphs": [{"sentences": said}]}],
        }
    )


def a_brief(spec: Spec, *observations: Observation, period: str = "2021") -> Brief:
    return compose(spec, "zone/chuxiong", Period.parse(period), a_fact_base(*observations), METRICS)
