"""Why: sentences worked by hand, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from gaoxin.compute.reference import Row
from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.explaining import ConditionExplanation, explain
from gaoxin.rules.judging import judge
from gaoxin.rules.route_words import tell, yuan
from gaoxin.rules.routes import cheapest
from gaoxin.rules.verdicts import ConditionVerdict
from tests.core.calendars import published
from tests.rules.route_builders import ON, a_rule, an_action, compiled, facts, national

SCORES = {
    "total": {"zh": "综合得分", "en": "Total", "max": "100", "parts": [
        {"id": "rd_points", "zh": "研发", "en": "R&D", "max": "60", "bands": {
            "of": "rd_tax[Y-1] / sales_income[Y-1]", "at_least": [["5%", "60"]], "otherwise": "20"}},
        {"id": "ip_points", "zh": "成果", "en": "Results", "max": "40",
         "ladder": [{"when": "ip_class1 >= 1件", "points": "40"}], "otherwise": "0"}]},
}  # fmt: skip


def sentences(test: str, row: Row, **more: Any) -> tuple[str, str]:
    """What is said of one condition, in Chinese and in English."""
    rule = a_rule({"T1": test}, **more)
    return told(rule, row, "T1", "zh").statement.text("zh"), told(rule, row, "T1", "en").statement.text("en")


def told(rule: CompiledRule, row: Row, condition: str, lang: str) -> ConditionExplanation:
    explained = explain(judge(rule, row), national().metrics, lang)
    return next(held for held in explained.conditions if held.judgement.id == condition)


SHARE = "sti_staff_tsme[Y-1] / staff_total_avg[Y-1] >= 10%"
NAMED = {"share": {"zh": "科技人员占比", "en": "Science staff", "expr": SHARE.split(" >=")[0], "unit": "%"}}
OWNED = "ip_class1 >= 1件"


@pytest.mark.parametrize(
    ("test", "row", "zh", "en"),
    [
        # 15 ÷ 164 = 9.146 %, 0.854 points short of 10 %
        (
            SHARE.replace(SHARE.split(" >=")[0], "share"),
            facts(sti_staff_tsme={2025: 15}, staff_total_avg={2025: 164}),
            "科技人员占比 15 ÷ 164 人 = 9.1%，要求 ≥ 10%，差 0.9 个百分点",
            "Science staff: 15 ÷ 164 persons = 9.1%, asked ≥ 10%, short by 0.9 percentage points",
        ),
        # 1,740 ÷ 58,600 = 2.9693 %: with one decimal it would look like 3.0 %
        (
            "rd_tax[Y-1] / sales_income[Y-1] >= 3%",
            facts(rd_tax={2025: 1740}, sales_income={2025: 58_600}),
            ("2025 年研发费用(加计扣除口径) ÷ 2025 年销售收入 1740 ÷ 58\u2009600 万元 = 2.97%，"
            "要求 ≥ 3%，差 0.03 个百分点"),
            ("R&D expenditure (super-deduction scope) of 2025 ÷ Sales income of 2025: "
            "1740 ÷ 58\u2009600 ten thousand yuan = 2.97%, asked ≥ 3%, short by 0.03 percentage points"),
        ),
        # exactly on a mark that counts
        (
            "sales_income[Y-1] <= 20000万元",
            facts(sales_income={2025: 20_000}),
            "2025 年销售收入 2 亿元，要求 ≤ 2 亿元，正好达到",
            "Sales income of 2025: 2 hundred million yuan, asked ≤ 2 hundred million yuan, exactly on it",
        ),
        # exactly on a mark that does not count
        (
            "ip_class2 > 4件",
            facts(ip_class2=4),
            "有效Ⅱ类知识产权 4 件，要求 > 4 件，正好在界限上，不算",
            ("Class II intellectual property in force: 4 items, asked > 4 items, "
            "exactly on the mark, which does not count"),
        ),
        # 400 yuan are 0.04 万元, not 0.0
        (
            "rd_tax[Y-1] >= 100万元",
            facts(rd_tax={2025: "99.96"}),
            "2025 年研发费用(加计扣除口径) 99.96 万元，要求 ≥ 100 万元，差 0.04 万元",
            ("R&D expenditure (super-deduction scope) of 2025: 99.96 ten thousand yuan, "
            "asked ≥ 100 ten thousand yuan, short by 0.04 ten thousand yuan"),
        ),
        # a missing figure has no margin
        (
            "ip_class1 >= 1件",
            facts(),
            "有效Ⅰ类知识产权 未报，要求 ≥ 1 件",
            "Class I intellectual property in force: not reported, asked ≥ 1 item",
        ),
        # R&D of 5 % is 60 points, the right is worth 0 or 40: from 60 to 100
        (
            "total >= 70分",
            facts(rd_tax={2025: 5}, sales_income={2025: 100}),
            "综合得分 60–100 分，要求 ≥ 70 分",
            "Total: 60–100 points, asked ≥ 70 points",
        ),
        # 20 + 0 points
        (
            "total >= 70分",
            facts(rd_tax={2025: 4}, sales_income={2025: 100}, ip_class1=0),
            "综合得分 20 分，要求 ≥ 70 分，差 50 分",
            "Total: 20 points, asked ≥ 70 points, short by 50 points",
        ),
        # 121 of 100 in two years is 10 % a year, exactly; 10 % is met with nothing to spare
        (
            "growth(sales_income[Y-3], sales_income[Y-1], 2) >= 10%",
            facts(sales_income={2023: 100, 2025: 121}),
            "2025 年销售收入 2 年年均增速 100 万元 → 121 万元 = 10.0%，要求 ≥ 10%，正好达到",
            ("Sales income of 2025, yearly growth over 2 years: 100 ten thousand yuan → "
            "121 ten thousand yuan = 10.0%, asked ≥ 10%, exactly on it"),
        ),
        # 20 % a year would be 144 万元: 24 short; √1.2 − 1 = 9.545 %
        (
            "growth(sales_income[Y-3], sales_income[Y-1], 2) >= 20%",
            facts(sales_income={2023: 100, 2025: 120}),
            "2025 年销售收入 2 年年均增速 100 万元 → 120 万元 = 9.5%，要求 ≥ 20%，差 24 万元",
            ("Sales income of 2025, yearly growth over 2 years: 100 ten thousand yuan → "
            "120 ten thousand yuan = 9.5%, asked ≥ 20%, short by 24 ten thousand yuan"),
        ),
        (
            "growth(sales_income[Y-3], sales_income[Y-1], 2) >= 20%",
            facts(sales_income={2023: 0, 2025: 120}),
            "2025 年销售收入 2 年年均增速 基年为零或负数，没有增速，要求 ≥ 20%",
            ("Sales income of 2025, yearly growth over 2 years: no growth from a base of zero or below, "
            "asked ≥ 20%"),
        ),
        # alternatives; what must hold together stands in brackets among them
        (
            "ip_class1 >= 1件 or ip_class2 >= 2件 and resident_enterprise",
            facts(ip_class1=0, ip_class2=3, resident_enterprise=True),
            ("有效Ⅰ类知识产权 0 件，要求 ≥ 1 件，差 1 件，或 "
            "（有效Ⅱ类知识产权 3 件，要求 ≥ 2 件，余量 1 件；是否境内居民企业 是，要求 是）"),
            ("Class I intellectual property in force: 0 items, asked ≥ 1 item, short by 1 item, or "
            "(Class II intellectual property in force: 3 items, asked ≥ 2 items, margin 1 item; "
            "Resident enterprise of mainland China: yes, asked yes)"),
        ),
        # the opposite of a fact, and of a comparison
        (
            "not (on_abnormal_list or ip_class2 < 2件)",
            facts(on_abnormal_list=True, ip_class2=2),
            "是否在经营异常名录 是，要求 否；有效Ⅱ类知识产权 2 件，要求 ≥ 2 件，正好达到",
            ("On the list of abnormal operations: yes, asked no; "
            "Class II intellectual property in force: 2 items, asked ≥ 2 items, exactly on it"),
        ),
        # a text is asked to be among some, or not to be
        (
            "not (industry_code starts ('C16', 'F51'))",
            facts(industry_code="F5123"),
            "行业代码 F5123，要求 不以 C16、F51 开头",
            "Industry code: F5123, asked not to begin with C16, F51",
        ),
        (
            "tech_field in ('electronics_it')",
            facts(tech_field="new_materials"),
            "所属高新技术领域 新材料，要求 是“电子信息”",
            "High-tech field: new materials, asked electronics it",
        ),
        # lists: none, some that do not fit, one that fits, one that might
        (
            "exists(e in titles: e.kind = 'hnte' and valid(e))",
            facts(titles=[]),
            "资质称号 没有记录，要求 有符合的",
            "Titles held: no records, asked one that fits",
        ),
        (
            "exists(e in titles: e.kind = 'hnte' and valid(e))",
            facts(titles=[{"kind": "tsme"}, {"kind": "zjtx"}]),
            "资质称号 2 条记录，都不符合，要求 有符合的",
            "Titles held: 2 records, none of which fits, asked one that fits",
        ),
        (
            "exists(e in titles: e.kind = 'hnte' and valid(e))",
            facts(titles=[{"kind": "hnte", "cert_no": "GR1", "valid_to": "2027-01-31"}]),
            "资质称号 高新技术企业 GR1 有效期至 2027-01-31，要求 有符合的",
            "Titles held: hnte GR1 valid to 2027-01-31, asked one that fits",
        ),
        (
            "not exists(e in incidents: e.level = 'serious')",
            facts(incidents=[{"type": "safety"}]),
            "事故、违法、失信记录 有记录但缺字段，不能确定，要求 没有",
            "Accidents, violations and breaches of trust: records lack fields and leave it open, asked none",
        ),
        # 365 days from 2025-06-30 to 2026-06-30
        (
            "days(est_date, ON) >= 365天",
            facts(est_date="2025-06-30"),
            "成立日期至 2026-06-30 的天数 365 天，要求 ≥ 365 天，正好达到",
            "days from Date of establishment to 2026-06-30: 365 days, asked ≥ 365 days, exactly on it",
        ),
    ],
)  # fmt: skip
def test_a_statement_reads_as_worked_by_hand(test: str, row: Row, zh: str, en: str) -> None:
    assert sentences(test, row, scores=SCORES, definitions=NAMED) == (zh, en)


def test_a_direct_route_that_stands_in_is_named_and_the_score_is_told_all_the_same() -> None:
    way = {"id": "D1", "zh": "境内企业", "en": "Resident", "test": "resident_enterprise"}
    cited = {"document": "d", "article": "第二条", "mark": "V2", "confidence": "verified"}
    direct = [{"id": "D", "zh": "直接确认", "en": "Directly", "replaces": ["T1"], "any": [way], **cited}]
    rule = a_rule({"T1": "total >= 70分"}, scores=SCORES, direct=direct)
    row = facts(rd_tax={2025: 4}, sales_income={2025: 100}, ip_class1=0, resident_enterprise=True)
    held = told(rule, row, "T1", "zh")
    assert held.judgement.verdict is ConditionVerdict.NOT_APPLICABLE
    assert (held.route, held.statement.text("zh")) == ("境内企业", "综合得分 20 分，要求 ≥ 70 分，差 50 分")
    assert told(rule, row, "T1", "en").route == "Resident"
    assert held.article == "示〔2020〕1号 第一条"


def test_another_rule_that_is_asked_is_told_by_its_class() -> None:
    # industry: 110 persons of 300 and revenue of 95 million of 20 million to 400 million make it small
    row = facts(industry_code="C3562", staff_year_end={2025: 110}, revenue={2025: 9500})
    held = told(compiled("ZJTX26"), row, "Z0", "zh").statement.parts[0]
    assert held.text("zh") == "中小企业划型 小型，要求 属于中小企业（中型、小型或微型）"
    other = told(compiled("ZJTX26"), facts(), "Z0", "en").statement.parts[0]
    assert (
        other.text("en")
        == "Size class of an enterprise: not enough data, asked an SME (medium, small or micro)"
    )


def test_a_class_is_told_by_its_name_and_not_by_its_number() -> None:
    row = facts(industry_code="C3562", staff_year_end={2025: 110}, revenue={2025: 9500})
    held = told(compiled("SIZE"), row, "S1", "zh").statement
    assert (held.measured, held.mark) == ("小型", "< 大型")
    assert told(compiled("SIZE"), row, "S1", "en").statement.measured == "small"


def test_what_is_missing_is_wanted_with_its_form_and_an_expert_is_named_as_such() -> None:
    rule = a_rule({"T1": "rd_tax[Y-1] >= 1万元 and core_ip_owned"})
    wanted = explain(judge(rule, facts()), national().metrics).wanted
    assert [(held.metric, held.years, held.expert) for held in wanted] == [
        ("core_ip_owned", (), True),
        ("rd_tax", (2025,), False),
    ]


def test_the_words_of_a_path_are_worked_by_hand() -> None:
    rule = a_rule({"T1": "ip_class2 >= 3件", "T2": "not on_abnormal_list", "T3": "product_restricted"})
    actions = [
        an_action("software", "ip_class2", "0.3", needs_document="登记证书"),
        an_action("clear", "on_abnormal_list", "0.5", to=False, who="officer"),
    ]
    row = facts(ip_class2=1, on_abnormal_list=True)
    path = cheapest(rule, row, actions, start=ON, calendar=published())
    zh, en = tell(path, national().metrics), tell(path, national().metrics, "en")
    # ten working days after Tuesday 30 June 2026: Tuesday 14 July; 2 × 0.3 + 0.5 = 1.1
    assert zh.steps == (
        (
            "做clear：是否在经营异常名录 是 → 否，0.5 万元，10 个工作日（到 2026-07-14），"
            "由经办人员办理，对应 T2"
        ),
        (
            "做software：有效Ⅱ类知识产权 1 件 → 3 件，2 步共 0.6 万元，10 个工作日（到 2026-07-14），"
            "由企业办理，需登记证书，对应 T1"
        ),
    )
    assert zh.summary == (
        "2 项，共 1.1 万元，同时进行，最长的一项 10 个工作日，到 2026-07-14 做完；"
        "前提是 T3 补齐资料或专家判断后符合"
    )
    assert en.summary == (
        "2 actions side by side, 1.1 ten thousand yuan in all, the longest 10 working days, "
        "done by 2026-07-14; provided that T3 prove met once data or experts are in"
    )
    assert zh.open == ("T3 条件T3",)
    assert [(name, margin.gap) for name, margin in zh.margins] == [("T1", "正好达到")]


def test_a_path_that_is_not_there_says_which_condition_is_in_the_way() -> None:
    rule = a_rule({"T1": "ip_class2 >= 3件", "T2": "resident_enterprise"})
    found = cheapest(rule, facts(ip_class2=1, resident_enterprise=False), [an_action("a", "ip_class2")])
    assert tell(found, national().metrics).summary == "没有动作能使这些条件符合：T2 条件T2"
    assert tell(found, national().metrics, "en").summary == "no action can mend: T2 Condition T2"


def test_nothing_to_do_is_said() -> None:
    found = cheapest(a_rule({"T1": "ip_class2 >= 1件"}), facts(ip_class2=1), [])
    assert tell(found, national().metrics).summary == "没有确定不符合的条件，不用做什么"


def test_money_of_a_path_is_printed_to_the_fen_and_never_rounded_to_nothing() -> None:
    assert [yuan(amount) for amount in (facts(rd_tax={2025: "0.05"})["rd_tax@2025"],)] == ["0.05 万元"]  # type: ignore[arg-type]


def test_years_before_the_establishment_are_neither_told_nor_asked_for() -> None:
    # founded in 2024: of 2023 to 2025 only 2024 and 2025 count, and 2024 is missing
    rule = a_rule({"T1": "some(y in Y-3..Y-1 since est_date: sales_income[y] > 100万元)"})
    row = facts(est_date="2024-05-01", sales_income={2025: 80})
    for lang, text in (
        (
            "zh",
            "2024 年销售收入 未报，要求 > 100 万元，或 2025 年销售收入 80 万元，要求 > 100 万元，差 20 万元",
        ),
        (
            "en",
            (
                "Sales income of 2024: not reported, asked > 100 ten thousand yuan, or Sales income of "
                "2025: 80 ten thousand yuan, asked > 100 ten thousand yuan, short by 20 ten thousand yuan"
            ),
        ),
    ):
        assert told(rule, row, "T1", lang).statement.text(lang) == text
    (wanted,) = explain(judge(rule, row), national().metrics).wanted
    assert wanted.years == (2024,)


def test_an_open_direct_route_is_told_beside_the_score_it_would_replace() -> None:
    row = facts(
        sti_staff_tsme={2025: 18}, staff_total_avg={2025: 60}, sales_income={2025: 3000}, rd_tax={2025: 90},
        cost_expense={2025: 2800}, ip_class1=0, ip_class2=3, awards=[], platforms=[], standards_led=[],
    )  # fmt: skip
    held = told(compiled("TSME"), row, "T5", "zh")
    # 20 + 20 + 18 = 58; a certificate would replace the 60
    assert held.judgement.verdict is ConditionVerdict.UNKNOWN
    assert held.statement.text("zh") == (
        "（综合评价得分 58 分，要求 ≥ 60 分，差 2 分；科技人员指标 20 分，要求 > 0 分，余量 20 分），"
        "或 有效期内的高新技术企业证书 缺 资质称号，要求 符合"
    )


def test_a_division_by_zero_is_not_called_missing() -> None:
    row = facts(rd_tax={2025: 100}, sales_income={2025: 0})
    zh, en = sentences("rd_tax[Y-1] / sales_income[Y-1] >= 3%", row)
    assert zh.endswith("2025 年销售收入为 0，无法相除，要求 ≥ 3%")
    assert en.endswith("cannot be divided: Sales income of 2025 is 0, asked ≥ 3%")


def test_a_mark_that_is_missing_is_named_with_its_factor() -> None:
    zh, en = sentences(
        "sales_income[Y-1] >= sales_income[Y-2] * (1 + 8%)", facts(sales_income={2025: "2999.99"})
    )
    assert zh == "2025 年销售收入 2999.99 万元，要求 ≥ 2024 年销售收入 × 1.08（缺 2024 年销售收入）"
    assert en == (
        "Sales income of 2025: 2999.99 ten thousand yuan, asked ≥ Sales income of 2024 × 1.08 "
        "(not known: Sales income of 2024)"
    )


def test_industries_a_subject_is_not_in_are_left_out() -> None:
    held = told(compiled("ABOVE"), facts(industry_code="K7010"), "A1", "zh")
    assert (
        held.statement.text("zh")
        == "行业代码 K7010，要求 以 K7010 开头；是否有房地产开发经营活动 未报，要求 是"
    )
