"""What printed figures imply, worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gaoxin.core.errors import FormulaError
from gaoxin.facts.derivations import derive, derive_all
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.records import Observation
from gaoxin.facts.standing import StandingFacts
from gaoxin.packs.schemas import Derivation
from tests.facts.builders import a_derivation, a_fact_base, a_metric, an_observation, day, metrics_of

OUTPUT = a_metric("industrial_output")
ENTERPRISES = a_metric("high_tech_enterprises", "家", period_type="stock_year_end")
METRICS = metrics_of(
    OUTPUT, ENTERPRISES, a_metric("gdp"), a_metric("gdp_per_enterprise", "万元/家", aggregation="ratio")
)

WHOLE = a_derivation(
    {"metric": "*", "subject": "of"},
    {"level": {"metric": "*"}, "share": {"metric": "*", "figure": "share"}},
    "level / share",
    id="whole",
)
BASE = a_derivation(
    {"metric": "*", "figure": "comparable_base", "period": "base"},
    {"level": {"metric": "*"}, "growth": {"metric": "*", "figure": "growth"}},
    "level / (1 + growth)",
    id="base",
)
PER_ENTERPRISE = a_derivation(
    {"metric": "gdp_per_enterprise"},
    {"gdp": {"metric": "gdp"}, "number": {"metric": "high_tech_enterprises"}},
    "gdp / number",
    id="per_enterprise",
)


def a_share(id: str, text: str, metric: str = "industrial_output", **more: object) -> Observation:
    return an_observation(id, text, "%", metric=metric, figure="share", of="region/532301", **more)


def enterprises(id: str, text: str, **more: object) -> Observation:
    return an_observation(id, text, "家", metric="high_tech_enterprises", **more)


def apply(rule: Derivation, base: FactBase) -> list[str]:
    return [derived.render() for derived in derive(rule, StandingFacts(base, METRICS))]


def test_a_level_and_its_share_imply_the_whole() -> None:
    # 431.5/0.8795 = 490.62, 432.5/0.8785 = 492.32
    base = a_fact_base(an_observation(), a_share("C008", "87.9"))
    (derived,) = derive(WHOLE, StandingFacts(base, METRICS))
    obs = derived.observation
    assert obs is not None
    assert obs.value.render("亿元") == "490.61–492.32 亿元"
    assert (obs.subject, obs.figure, obs.status, obs.of) == ("region/532301", "level", "derived", "")
    assert obs.inputs == ("C007", "C008")
    assert obs.formula == "level / share"
    assert obs.recorded_at == max(o.recorded_at for o in base.observations())


def test_a_count_is_narrowed_to_whole_numbers() -> None:
    # 248/0.665 = 372.9, 248/0.655 = 378.6: 373 to 378
    base = a_fact_base(enterprises("D025", "248"), a_share("D027", "66", "high_tech_enterprises"))
    assert apply(WHOLE, base) == ["373–378 家"]


def test_growth_implies_the_comparable_base_of_the_year_before() -> None:
    # 248/1.0835 = 228.9, 248/1.0825 = 229.1: only 229
    growth = an_observation("D026", "8.3", "%", metric="high_tech_enterprises", figure="growth")
    (derived,) = derive(BASE, StandingFacts(a_fact_base(enterprises("D025", "248"), growth), METRICS))
    assert derived.observation is not None
    assert derived.observation.period.code == "2020"
    assert derived.render() == "229 家"


def test_a_growth_that_no_whole_number_fits_gives_no_figure_and_says_so() -> None:
    growth = an_observation("D026", "33.3", "%", metric="high_tech_enterprises", figure="growth")
    (derived,) = derive(BASE, StandingFacts(a_fact_base(enterprises("D025", "10"), growth), METRICS))
    assert derived.observation is None
    assert "没有符合的整数" in derived.zh


def test_a_missing_input_gives_no_figure() -> None:
    (derived,) = derive(WHOLE, StandingFacts(a_fact_base(a_share("C008", "87.9")), METRICS))
    assert derived.observation is None
    assert derived.zh == "缺少：level"


def test_nothing_is_derived_from_what_is_disputed() -> None:
    other = an_observation("Y1", "440", source="yearbook")
    (derived,) = derive(
        WHOLE, StandingFacts(a_fact_base(an_observation(), other, a_share("C008", "87.9")), METRICS)
    )
    assert derived.observation is None
    assert "尚未裁定" in derived.zh


def test_a_ruling_lets_the_derivation_go_on() -> None:
    base = a_fact_base(
        an_observation(), an_observation("Y1", "440", source="yearbook"), a_share("C008", "87.9")
    )
    base.rule(base.observation("C007").key, "C007", "口径一致", "head", day(1))
    assert apply(WHOLE, base) == ["490.61–492.32 亿元"]


def test_a_bound_gives_a_bound() -> None:
    # 13.6亿 over more than 1700亿: below 13.65/1700 = 0.803 %
    rule = a_derivation(
        {"metric": "gdp", "figure": "share"},
        {"a": {"metric": "gdp"}, "b": {"metric": "industrial_output"}},
        "a / b",
    )
    base = a_fact_base(an_observation(value="1700", op=">"), an_observation("D016", "13.6", metric="gdp"))
    assert apply(rule, base) == ["< 0.803%"]


def test_the_unit_follows_the_size_of_the_result() -> None:
    # 2.9954亿 over 190 enterprises = 157.65万 each (2.99535亿/190 = 157.65, 2.99545亿/190 = 157.66)
    base = a_fact_base(an_observation("C011", "2.9954", metric="gdp"), enterprises("E", "190"))
    assert apply(PER_ENTERPRISE, base) == ["157.65–157.66 万元/家"]


def test_derived_figures_feed_further_derivations() -> None:
    # city: 299.54/0.532 and 248/0.66, so 562.52…563.68亿 over 373…378 = 14881…15112 per enterprise (万元)
    base = a_fact_base(
        an_observation("C011", "299.54", metric="gdp"),
        a_share("C012", "53.2", "gdp"),
        enterprises("D025", "248"),
        a_share("D027", "66", "high_tech_enterprises"),
    )
    found = {obs.id: obs for obs in derive_all([WHOLE, PER_ENTERPRISE], base, METRICS)}
    city = found["per_enterprise(whole(C011,C012),whole(D025,D027))"]
    assert city.subject == "region/532301"
    low, high = city.value.interval().lo, city.value.interval().hi
    assert low is not None
    assert high is not None
    assert abs(low / 10**4 - Fraction(299535, 1000) * 10**4 / Fraction("0.5325") / 378) < 1
    assert abs(high / 10**4 - Fraction(299545, 1000) * 10**4 / Fraction("0.5315") / 373) < 1


def test_the_result_does_not_depend_on_the_order_of_the_rules() -> None:
    base = a_fact_base(
        an_observation("C011", "299.54", metric="gdp"),
        a_share("C012", "53.2", "gdp"),
        enterprises("D025", "248"),
        a_share("D027", "66", "high_tech_enterprises"),
    )
    rules = [WHOLE, BASE, PER_ENTERPRISE]
    assert derive_all(rules, base, METRICS) == derive_all(list(reversed(rules)), base, METRICS)


def test_a_stated_figure_stands_and_the_derived_one_is_there_to_compare() -> None:
    stated = an_observation("Y1", "500", subject="region/532301", source="yearbook")
    base = a_fact_base(an_observation(), a_share("C008", "87.9"), stated)
    (derived,) = derive_all([WHOLE], base, METRICS)
    standing = StandingFacts(base, METRICS)
    standing.add(derived)
    assert standing.figure("region/532301", "industrial_output", derived.period) == stated


def test_a_figure_is_never_worked_out_from_itself() -> None:
    # level and growth give the base; the base and the growth must not give the level back
    back = a_derivation(
        {"metric": "*"},
        {
            "growth": {"metric": "*", "figure": "growth"},
            "base": {"metric": "*", "figure": "comparable_base", "period": "previous"},
        },
        "base * (1 + growth)",
        id="back",
    )
    growth = an_observation("C009", "10", "%", figure="growth")
    base = a_fact_base(an_observation(), growth)
    assert [obs.id for obs in derive_all([BASE, back], base, METRICS)] == ["base(C007,C009)"]


def test_a_rule_that_yields_its_own_input_is_refused() -> None:
    rule = a_derivation({"metric": "gdp"}, {"gdp": {"metric": "gdp"}}, "gdp + 1")
    with pytest.raises(FormulaError, match="自己推算自己"):
        list(derive(rule, StandingFacts(a_fact_base(), METRICS)))


def test_only_what_was_known_then_is_derived() -> None:
    base = a_fact_base(an_observation(), a_share("C008", "87.9", recorded_at=day(5)))
    assert derive_all([WHOLE], base, METRICS, as_of=day(3)) == ()
    assert len(derive_all([WHOLE], base, METRICS, as_of=day(6))) == 1


def test_a_year_end_stock_meets_the_flow_of_its_year() -> None:
    # 1.785亿 ± 0.0005亿 over 1785 = 9.997 to 10.003万 each; the stock is stated as of 31 December
    base = a_fact_base(
        an_observation("C011", "1.785", metric="gdp"), enterprises("E", "1785", period="2021-12-31")
    )
    assert apply(PER_ENTERPRISE, base) == ["10.00 万元/家"]
