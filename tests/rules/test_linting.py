"""Fair-competition lint: what must be looked at before a clause is published."""

from datetime import date

import pytest

from gaoxin.core.errors import RuleError
from gaoxin.rules.competition import POINTS
from gaoxin.rules.linting import Review, lint, lint_text, open_flags, publishable, require_publishable
from tests.rules.clause_builders import clause


def points(text: str) -> list[str]:
    return [flag.point.id for flag in lint_text(text)]


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("按企业当年缴纳税收的 50% 给予奖励", "tax_tied"),
        ("按地方财政贡献的 80% 奖励", "tax_tied"),
        ("注册地迁入本区的给予 100 万元", "moves_registration"),
        ("享受政策后五年内不得迁出", "moves_registration"),
        ("在本区注册的企业", "registered_here"),
        ("仅限本地企业申报", "one_province"),
        ("支持示范精密仪器有限公司建设", "named_firm"),
        ("优先采购本区企业的产品", "procurement_bias"),
        ("本地产品在招标中优先", "procurement_bias"),
        ("外资企业上浮 20%", "ownership"),
        ("国产设备最高补贴 50%", "origin"),
    ],
)
def test_text_that_treats_firms_differently_is_flagged(text: str, point: str) -> None:
    assert point in points(text)


@pytest.mark.parametrize(
    "text",
    [
        "奖励不与缴纳税收挂钩",
        "在本区有实际经营场所和项目，不论注册地",
        "按研发投入的 10% 给予补贴，最高 200 万元",
        "各类所有制企业一视同仁，国有企业同样适用",
        "具有独立法人资格的有限责任公司",
        "在园区经营的企业",
    ],
)
def test_text_that_does_not_is_left_alone(text: str) -> None:
    assert points(text) == []


def test_tree_is_looked_at_as_well_as_the_text() -> None:
    # C4 asks for zone_flag in its test and does not say registration in its texts
    flags = lint(clause("C4"))
    assert [(flag.point.id, flag.place) for flag in flags] == [("registered_here", "C4.1")]
    assert "zone_flag" in flags[0].quote


def test_field_of_a_list_is_looked_at() -> None:
    assert ("origin", "amount") in {(flag.point.id, flag.place) for flag in lint(clause("C14"))}


def test_registration_is_told_apart_from_operating_and_from_moving() -> None:
    registered = next(flag for flag in lint(clause("C1")) if flag.point.id == "registered_here")
    assert "在园区经营是给钱的理由，注册地不是" in registered.zh
    assert [point.id for point in POINTS].index("moves_registration") != [p.id for p in POINTS].index(
        "registered_here"
    )


def test_flag_names_the_article_a_rewrite_and_that_it_is_to_be_confirmed() -> None:
    (flag,) = lint_text("按缴纳税收的一半奖励")
    assert "国务院令第783号" in flag.zh
    assert "第十条" in flag.zh
    assert "建议：" in flag.zh
    assert "Decree No. 783" in flag.en
    assert flag.confidence == "to_confirm"


def test_names_of_firms_are_found_however_they_are_written() -> None:
    assert [flag.quote for flag in lint_text("支持阳光电源扩产", firms=["阳光电源"])] == ["阳光电源"]


def test_clause_without_flags_may_be_published() -> None:
    assert lint(clause("C9")) == ()
    assert publishable(())


def test_open_flag_without_a_review_record_stops_publication() -> None:
    flags = lint(clause("C1"))
    assert not publishable(flags)
    with pytest.raises(RuleError, match="没有公平竞争审查记录"):
        require_publishable(flags)
    reviews = [Review(flag.id, "审查员", date(2026, 5, 1), "符合第十二条") for flag in flags]
    assert publishable(flags, reviews)
    assert open_flags(flags, reviews[1:]) == flags[:1]


def test_review_without_a_reason_or_of_another_wording_does_not_count() -> None:
    (flag,) = lint_text("按缴纳税收的一半奖励", rule="C0")
    assert not publishable([flag], [Review(flag.id, "审查员", date(2026, 5, 1), " ")])
    (other,) = lint_text("按纳税额的一半奖励", rule="C0")
    assert not publishable([other], [Review(flag.id, "审查员", date(2026, 5, 1), "可以")])
