"""A credit code is right, or the character that is wrong is named; region codes know their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as library

from gaoxin.core.errors import IdentifierError
from gaoxin.core.identifiers import (
    USCC_ALPHABET,
    check_uscc,
    region_code,
    region_level,
    region_parent,
    uscc_check_digit,
)

bodies = st.builds(
    lambda head, region, body: head + region + body,
    st.sampled_from(["91", "92", "93", "12", "N2", "A1", "Y1"]),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.text(alphabet=USCC_ALPHABET, min_size=9, max_size=9),
)


@pytest.mark.parametrize(
    "code",
    [
        "91110000600037341L",
        " 91110000600037341l ",
        "９１１１００００600037341Ｌ",
        "9 1 110000 600037341L",
        "91110000-600037341-L",
        "\ufeff91110000600037341L\u200b",
    ],
)
def test_a_code_is_brought_into_its_standard_form(code: str) -> None:
    assert check_uscc(code) == "91110000600037341L"


def test_the_check_digit_by_hand() -> None:
    # 91350100M000100Y4: 9·1 + 1·3 + 3·9 + 5·27 + 0 + 1·26 + 0 + 0 + 21·20 (M) + 0 + 0 + 0 + 1·8 + 0 + 0
    #   + 30·30 (Y) + 4·28 = 1640; 1640 = 52·31 + 28; 31 − 28 = 3
    assert uscc_check_digit("91350100M000100Y4") == "3"


@given(bodies)
def test_a_code_with_its_check_digit_is_accepted(body: str) -> None:
    code = body + uscc_check_digit(body)
    assert check_uscc(code) == code


@given(bodies, st.sampled_from(USCC_ALPHABET))
def test_we_agree_with_the_library_wherever_it_has_an_opinion(body: str, last: str) -> None:
    if not body[:8].isdigit():
        return  # it knows no registering bodies with letters
    try:
        ours = check_uscc(body + last)
    except IdentifierError as error:
        assert error.context["expected"] == uscc_check_digit(body)  # noqa: PT017
        assert not library.is_valid(body + last)
    else:
        assert library.validate(body + last) == ours


@given(bodies, st.integers(8, 16), st.sampled_from(USCC_ALPHABET))
def test_one_wrong_character_is_always_noticed(body: str, place: int, other: str) -> None:
    changed = body[:place] + other + body[place + 1 :]
    if changed == body:
        return
    with pytest.raises(IdentifierError, match="最后一位应是"):
        check_uscc(changed + uscc_check_digit(body))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("91539901MA6K7P2X41", "最后一位应是 9，请对照执照核对"),
        ("9153990IMA6K7P2X49", "第 8 位是字母 I.*可能是 1"),
        ("91539901MA6K7P2X4O", "第 18 位是字母 O.*可能是 0"),
        ("91539901MA6K7P2X4", "应有 18 位，这里有 17 位"),
        ("530000000000001", "15 位的是旧注册号"),
        ("01539901MA6K7P2X49", "第 1 位是“0”"),
        ("9153A901MA6K7P2X49", "第 5 位是“A”，应为区划代码的数字"),
        ("91539901MA6K7P2#49", "第 16 位是“#”"),
        ("", "没有填"),
        (None, "没有填"),
        (9.1539901e17, "设为文本"),
        (915399010000000000, "设为文本"),
        ("9.15E+17", "设为文本"),
    ],
)
def test_a_wrong_code_names_what_to_check(code: object, words: str) -> None:
    with pytest.raises(IdentifierError, match=words):
        check_uscc(code)


def test_the_error_carries_position_and_expected_character() -> None:
    with pytest.raises(IdentifierError) as caught:
        check_uscc("91539901MA6K7P2X41")
    assert (caught.value.context["position"], caught.value.context["expected"]) == (18, "9")


@pytest.mark.parametrize("first", ["", "9111000060003734", "9111000060003734I"])
def test_a_check_digit_needs_seventeen_characters(first: str) -> None:
    with pytest.raises(IdentifierError):
        uscc_check_digit(first)


@given(st.text(max_size=24))
def test_any_text_is_a_code_or_an_identifier_error(text: str) -> None:
    try:
        assert len(check_uscc(text)) == 18
    except IdentifierError:
        return


@pytest.mark.parametrize(
    ("code", "standard", "level", "parent"),
    [
        ("530000", "530000", "province", None),
        ("532300", "532300", "prefecture", "530000"),
        ("532301", "532301", "county", "532300"),
        (532301, "532301", "county", "532300"),
        ("５３２３０１", "532301", "county", "532300"),
        ("532301000000", "532301", "county", "532300"),
        ("532301001", "532301001000", "township", "532301"),
        ("532301001000", "532301001000", "township", "532301"),
        ("532301001002", "532301001002", "village", "532301001000"),
    ],
)
def test_a_region_code_knows_its_level_and_its_parent(
    code: object, standard: str, level: str, parent: str | None
) -> None:
    assert region_code(code) == standard
    assert region_level(standard) == level
    assert region_parent(standard) == parent


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("12", "6 位或 12 位"),
        ("53230A", "6 位或 12 位"),
        (None, "6 位或 12 位"),
        (True, "6 位或 12 位"),
        ("992301", "前两位 99 不是省级代码"),
        ("530001", "第 5 位起应为 0"),
        ("532300001000", "第 7 位起应为 0"),
    ],
)
def test_a_wrong_region_code_says_where(code: object, words: str) -> None:
    with pytest.raises(IdentifierError, match=words):
        region_code(code)


def test_parents_lead_to_a_province() -> None:
    chain = ["532301001002"]
    while (above := region_parent(chain[-1])) is not None:
        chain.append(above)
    assert chain == ["532301001002", "532301001000", "532301", "532300", "530000"]
