"""Whom is a figure about, of what is it a share, among whom a rank?"""

import pytest

from tests.reading.framed import claim, claims

TITLE = "青川高新区：向高处攀登\n\n"


def subject(text: str, written: str) -> tuple[str | None, str]:
    one = claim(text, written)
    return one.subject, one.subject_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (TITLE + "全年新增企业4户，运行平稳有序。", "zone/qingchuan"),
        (TITLE + "该高新区集聚企业4户，运行平稳有序。", "zone/qingchuan"),
        (TITLE + "全市新增企业4户，运行平稳有序。", "region/qingchuan"),
        (TITLE + "全州新增企业4户，运行平稳有序。", "region/nanling"),
        (TITLE + "天工精密获专利4户，运行平稳有序。", "enterprise/tiangong"),
        (TITLE + "2021年，青川高新区生物医药产业有企业4户。", "industry/medicine"),
        (TITLE + "云南省4户市值领先的企业落户于此，全区欢欣鼓舞。", "region/province"),
    ],
)
def test_the_title_or_the_head_of_the_clause_names_the_subject(text: str, code: str) -> None:
    assert claim(text, "4户").subject_code == code


def test_a_place_does_not_reach_the_next_sentence_of_an_article_about_a_zone() -> None:
    text = TITLE + "全市新增企业40家，势头很好。新增平台3个，后劲充足。"
    assert [one.subject_code for one in claims(text)] == ["region/qingchuan", "zone/qingchuan"]


def test_an_enterprise_keeps_the_floor_until_the_paragraph_ends() -> None:
    text = (
        TITLE
        + "天工精密实现营业收入3亿元，创历史新高。净利润增长9%，订单充足。\n\n园区新增企业5家，后劲充足。"
    )
    assert [one.subject_code for one in claims(text)] == [
        "enterprise/tiangong",
        "enterprise/tiangong",
        "zone/qingchuan",
    ]


def test_the_company_is_the_enterprise_named_last() -> None:
    text = TITLE + "华兴精工有限公司上半年实现营业收入3亿元。该公司现有员工120人。"
    assert subject(text, "120人") == ("华兴精工有限公司", "")


def test_an_enterprise_told_of_first_and_named_last() -> None:
    text = TITLE + "成立仅8年的蓝芯科技，已手握专利326件。"
    assert subject(text, "326件") == ("蓝芯科技", "")


def test_a_short_name_an_article_gives_to_an_enterprise() -> None:
    text = (
        "蓝芯按下加速键\n\n青川蓝芯科技股份有限公司（以下简称“蓝芯”）产销两旺，订单饱满。\n\n"
        "公司现有员工1126人，其中研发人员187人。\n"
    )
    assert subject(text, "1126人") == ("蓝芯", "")


def test_a_report_that_names_nobody_is_about_whom_it_calls_its_own() -> None:
    assert subject("1—5月，全区一般公共预算收入8.4亿元。税收收入6.9亿元。", "6.9亿元") == ("全区", "")


def test_a_project_is_the_subject_of_the_investment_named_before_it() -> None:
    text = TITLE + "引进龙头企业建设总投资50亿元的储能电池产业基地，前景广阔。"
    assert claim(text, "50亿元").subject_code == "project/base"


def test_what_is_enumerated_does_not_own_its_count() -> None:
    text = TITLE + "生物医药产业蓬勃发展，天工精密等3个项目建成投产。"
    one = claim(text, "3个")
    assert (one.subject_code, one.listed) == ("industry/medicine", ("天工精密",))


def test_each_article_of_a_file_has_its_own_subject() -> None:
    text = (
        "青川高新区：向高处攀登\n\n本报记者 甲乙\n\n2021年，全区新增企业4户，运行平稳有序。\n\n"
        "合山高新区：聚链成群\n\n本报记者 丙丁\n\n2021年，全区新增企业5户，运行平稳有序。\n"
    )
    assert [one.subject for one in claims(text)] == ["青川高新区", "合山高新区"]


@pytest.mark.parametrize(
    ("text", "written", "of", "code"),
    [
        ("2021年，全区产值432亿元，占青川市的87.9%。", "87.9%", "青川市", "region/qingchuan"),
        ("市场主体总数1.9万户，占南岭州10%、青川市33%。", "33%", "青川市", "region/qingchuan"),
        ("市场主体总数1.9万户，占南岭州10%、青川市33%。", "10%", "南岭州", "region/nanling"),
        ("以不足青川市1%的土地，贡献了该市1/4的税收、1/5的利润。", "1%", "青川市", "region/qingchuan"),
        ("以不足青川市1%的土地，贡献了该市1/4的税收、1/5的利润。", "1/4", "青川市", "region/qingchuan"),
        ("以不足青川市1%的土地，贡献了该市1/4的税收、1/5的利润。", "1/5", "青川市", "region/qingchuan"),
        ("全社会研发投入占GDP比重达3.4%。", "3.4%", "GDP", ""),
        ("工业投资68.7亿元，占全部投资的比重为61.3%。", "61.3%", "全部投资", ""),
        ("全区人均GDP达2万美元，是青川市平均水平的2倍。", "2倍", "青川市平均水平", "region/qingchuan"),
        ("完成投资76.3亿元，占年度计划的54.6%。", "54.6%", "年度计划", ""),
    ],
)
def test_the_denominator_of_a_share(text: str, written: str, of: str, code: str) -> None:
    one = claim(TITLE + text, written)
    assert (one.of, one.of_code) == (of, code)


def test_a_rank_knows_its_group_and_how_many_are_in_it() -> None:
    text = TITLE + "2021年，青川高新区的综合考核结果在云南省160个开发区中居第4位、云南省高新区中居第2位。"
    fourth, second = claim(text, "第4位"), claim(text, "第2位")
    assert (fourth.group, fourth.population, fourth.of_code) == ("云南省160个开发区", 160, "region/province")
    assert (second.group, second.population) == ("云南省高新区", None)
    assert claim(text, "160个").subject_code == "region/province"
    assert {fourth.label, second.label} == {"综合考核结果"}


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("企业数量均居青川市首位。", "青川市"),
        ("增速居全市第一位，保持领先。", "全市"),
        ("产品国内市场份额位居全国第二。", "全国"),
        ("获批建设云南省首个重点实验室。", "云南省"),
    ],
)
def test_the_group_of_a_rank(text: str, group: str) -> None:
    (one,) = claims(TITLE + text)
    assert (one.kind, one.group) == ("rank", group)
