"""What kind of statement is a figure, with which sign and comparator?"""

from fractions import Fraction

import pytest

from tests.reading.framed import claim

F = Fraction


@pytest.mark.parametrize(
    ("text", "written", "kind", "value"),
    [
        ("全区实现工业总产值386.4亿元。", "386.4亿元", "level", F(38_640_000_000)),
        ("全区工业总产值同比增长8.7%。", "8.7%", "growth", F(87, 1000)),
        ("全区固定资产投资下降2.3%。", "2.3%", "growth", F(-23, 1000)),
        ("全区出口额比上年减少6.4%。", "6.4%", "growth", F(-64, 1000)),
        ("社会消费品零售总额增速为4.0%。", "4.0%", "growth", F(4, 100)),
        ("全区投资降幅达3.1%。", "3.1%", "growth", F(-31, 1000)),
        ("全区以年均12%的速度增长。", "12%", "growth", F(12, 100)),
        ("申请材料精简72%。", "72%", "growth", F(-72, 100)),
        ("工业投资占全部投资的61.3%。", "61.3%", "share", F(613, 1000)),
        ("工业投资占全部投资的比重为61.3%。", "61.3%", "share", F(613, 1000)),
        ("税收占比80.2%。", "80.2%", "share", F(802, 1000)),
        ("群众满意度达97.2%。", "97.2%", "share", F(972, 1000)),
        ("贡献了全市1/4的税收。", "1/4", "share", F(1, 4)),
        ("企业融资成本降至3.9%。", "3.9%", "level", F(39, 1000)),
        ("贷款平均利率3.85%。", "3.85%", "level", F(385, 10_000)),
        ("占比提高2.3个百分点。", "2.3个百分点", "change", F(23, 1000)),
        ("亏损面下降3.2个百分点。", "3.2个百分点", "change", F(-32, 1000)),
        ("投资降幅收窄3.1个百分点。", "3.1个百分点", "change", F(31, 1000)),
        ("增速低于全市0.4个百分点。", "0.4个百分点", "change", F(-4, 1000)),
        ("高新技术企业较上年末净增19家。", "19家", "change", F(19)),
        ("常住人口比上年末减少0.7万人。", "0.7万人", "change", F(-7000)),
        ("新开工项目17个，比去年同期多4个。", "4个", "change", F(4)),
        ("新增规模以上工业企业4户。", "4户", "level", F(4)),
        ("规模以上工业增加值24.8亿元。", "24.8亿元", "level", F(2_480_000_000)),
        ("高新技术企业由12家增加到36家。", "36家", "level", F(36)),
        ("工业总产值是2012年的3倍。", "3倍", "multiple", F(3)),
        # 增长 n 倍 is n + 1 times
        ("技术合同成交额增长1.5倍。", "1.5倍", "multiple", F(5, 2)),
        ("技术合同成交额增长到3倍。", "3倍", "multiple", F(3)),
        ("市场主体数量翻了两番。", "两番", "multiple", F(4)),
        ("产品销量翻倍增长。", "翻倍", "growth", F(2)),
        ("综合考核居全省第4位。", "第4位", "rank", F(4)),
        ("建成全省首家中试平台。", "首家", "rank", F(1)),
        ("在综合考评中较上年前移5位。", "5位", "change", F(5)),
        ("审批时限缩减至35天。", "35天", "duration", F(35)),
        ("审批时限缩短5个工作日。", "5个工作日", "change", F(-5)),
        ("实施企业培育三年行动。", "三年", "duration", F(3)),
    ],
)
def test_the_words_that_touch_a_figure_tell_its_kind(
    text: str, written: str, kind: str, value: Fraction
) -> None:
    found = claim(text, written)
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize(
    ("text", "written", "op"),
    [
        ("营业总收入突破了1700亿元。", "1700亿元", ">"),
        ("营业总收入突破1700亿元。", "1700亿元", ">"),
        ("一般公共预算收入迈过20亿元大关。", "20亿元", ">"),
        ("地区生产总值迈上300亿元台阶。", "300亿元", ">="),
        ("增速保持在10%以上。", "10%", ">="),
        ("失业率控制在4%以内。", "4%", "<="),
        ("审批时间不超过28天。", "28天", "<="),
        ("入库企业不少于60家。", "60家", ">="),
        ("融资成本降至3.9%左右。", "3.9%", "~"),
        ("企业数不到全市的一成。", "一成", "<"),
        ("产值达到20.3亿元。", "20.3亿元", "="),
    ],
)
def test_the_verb_before_a_figure_makes_it_a_bound(text: str, written: str, op: str) -> None:
    assert claim(text, written).op == op


def test_one_verb_bounds_every_figure_of_its_list() -> None:
    text = "天工精密营业收入连续超过2000亿元、3000亿元大关。"
    assert [claim(text, written).op for written in ("2000亿元", "3000亿元")] == [">", ">"]


@pytest.mark.parametrize(
    ("text", "written", "kind"),
    [
        ("力争高新技术企业达到600家。", "600家", "target"),
        ("主要预期目标是：地区生产总值增长7%左右，固定资产投资增长6%。", "6%", "target"),
        ("到2099年，营业总收入达到2000亿元。", "2000亿元", "target"),
        ("全力打造全球最大的材料生产基地。", "全球最大", "target"),
        ("项目达产后年产值可达40亿元。", "40亿元", "target"),
        ("要确保规上工业增加值增长10%以上、力争12%。", "12%", "target"),
        ("固定资产投资增长3.1%，距全年6%的目标还有差距。", "6%", "target"),
        ("完成投资76.3亿元，占年度计划的54.6%。", "54.6%", "share"),
        ("争取专项债券7.4亿元。", "7.4亿元", "level"),
        ("打造了3个特色园区。", "3个", "level"),
        ("项目计划总投资118.6亿元。", "118.6亿元", "level"),
        ("科创大厦高标准规划建设，2.4万平方米的厂房投入使用。", "2.4万平方米", "level"),
    ],
)
def test_an_aim_is_told_from_what_has_been_reached(text: str, written: str, kind: str) -> None:
    assert claim(text, written).kind == kind


def test_a_heading_of_tasks_to_come_makes_targets_of_its_figures() -> None:
    text = (
        "青川高新区2025年工作报告\n\n一、2024年工作回顾\n"
        "全年完成地区生产总值268亿元，增长7.5%。\n"
        "\n二、2025年重点任务\n地区生产总值增长7%左右，新增高新技术企业40家以上。"
        "\n"
    )
    assert claim(text, "7.5%").kind == "growth"
    assert [claim(text, written).kind for written in ("7%", "40家")] == ["target", "target"]


@pytest.mark.parametrize(
    ("text", "written", "unit"),
    [
        ("实现产值3亿元。", "3亿元", "元"),
        ("增长5%。", "5%", "%"),
        ("提高2个百分点。", "2个百分点", "pp"),
        ("拥有企业34家。", "34家", "家"),
        ("居全省第2位。", "第2位", "位"),
        ("是全市的2倍。", "2倍", "倍"),
        ("审批时限为35天。", "35天", "天"),
        ("实施三年行动。", "三年", "年"),
        ("建筑面积6.4万平方米。", "6.4万平方米", "平方米"),
    ],
)
def test_the_unit_of_a_record(text: str, written: str, unit: str) -> None:
    assert claim(text, written).unit == unit
