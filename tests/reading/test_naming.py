"""Whom does a text name?"""

from gaoxin.facts.records import Subject
from gaoxin.reading.naming import Mention, Names
from tests.reading.written import a_block

NAMES = Names(
    (
        Subject("zone/chuxiong", "楚雄高新区", aliases=("楚雄国家高新区",), parent="region/532301"),
        Subject("region/532301", "楚雄市", parent="region/532300"),
        Subject("region/532300", "楚雄州", aliases=("楚雄",), parent="region/530000"),
        Subject("region/530000", "云南省", aliases=("云南",)),
        Subject("enterprise/weichai", "潍柴集团", aliases=("潍柴",)),
        Subject("industry/a", "生物医药", parent="zone/chuxiong"),
        Subject("industry/b", "生物医药", parent="zone/sandbox"),
    )
)


def mentions(text: str) -> tuple[Mention, ...]:
    return NAMES.subjects(a_block(text))


def named(text: str) -> list[tuple[str, str]]:
    return [(mention.name, mention.code) for mention in mentions(text)]


def test_the_longest_name_stands() -> None:
    assert named("楚雄国家高新区在楚雄市，楚雄州属云南") == [
        ("楚雄国家高新区", "zone/chuxiong"),
        ("楚雄市", "region/532301"),
        ("楚雄州", "region/532300"),
        ("云南", "region/530000"),
    ]


def test_a_name_several_subjects_share_has_no_single_code() -> None:
    (mention,) = mentions("生物医药实现产值")
    assert mention.codes == ("industry/a", "industry/b")
    assert mention.code == ""


def test_places_unknown_to_the_facts_are_found_by_their_form() -> None:
    assert named("占烟台市的10%，居四川省第3位，合肥高新区实现增长") == [
        ("烟台市", ""),
        ("四川省", ""),
        ("合肥高新区", ""),
    ]


def test_enterprises_unknown_to_the_facts_are_found_by_their_form() -> None:
    (mention,) = mentions("华兴精工有限公司实现营业收入5亿元")
    assert (mention.name, mention.kind) == ("华兴精工有限公司", "enterprise")


def test_words_that_only_look_like_names() -> None:
    assert named("上市公司增多，城市更新，高新技术企业快速成长，国家高新区争先进位，科技创新提速") == []


def test_a_verb_before_a_known_name_is_no_part_of_it() -> None:
    assert named("2021年新增云南省级平台，建成楚雄高新区展厅") == [
        ("云南省", "region/530000"),
        ("楚雄高新区", "zone/chuxiong"),
    ]


def test_short_words_say_what_kind_of_subject_they_stand_for() -> None:
    assert [
        mention.short for mention in mentions("该高新区发展快，全市领先，全州第一，全国前列，全球首创")
    ] == [
        "zone",
        "city",
        "prefecture",
        "country",
        "world",
    ]


def test_the_bare_word_zone_speaks_only_where_a_clause_begins_with_it() -> None:
    assert [mention.short for mention in mentions("2021年高新区企业增多，一流高新区建设")] == ["zone"]


def test_what_a_subject_lies_in() -> None:
    assert [subject.name for subject in NAMES.ancestors("zone/chuxiong")] == ["楚雄市", "楚雄州", "云南省"]


def test_many_names_with_the_same_beginning_are_found_fast() -> None:
    crowd = Names(Subject(f"enterprise/{n}", f"潍坊第{n}机械厂") for n in range(20_000))
    found = crowd.subjects(a_block("潍坊第17机械厂、" * 2_000))
    assert [mention.code for mention in found] == ["enterprise/17"] * 2_000
