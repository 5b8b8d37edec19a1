"""What is read from a pack file, and what is refused. Refusals with their words are in `broken/`."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gaoxin.packs.reader import MAX_BYTES, Document, Mark, read_bytes, read_document


def read(text: str) -> Document:
    return read_bytes(text.encode(), file="a.yaml")


def codes(document: Document) -> list[str]:
    return [issue.code for issue in document.issues]


def test_values_are_text_whole_numbers_truth_and_nothing_else() -> None:
    document = read(
        'kind: metrics\nno: 7\nflag: true\nnone: null\nday: 2026-01-31\ncode: "07"\nlist: [a, "1.50"]\n'
    )
    assert document.data == {
        "kind": "metrics",
        "no": 7,
        "flag": True,
        "none": None,
        "day": "2026-01-31",
        "code": "07",
        "list": ["a", "1.50"],
    }
    assert document.issues == []


def test_keys_that_old_yaml_takes_for_booleans_stay_words() -> None:
    assert read("on: a\noff: b\nyes: c\nno: d\ny: e\n").data == {
        "on": "a",
        "off": "b",
        "yes": "c",
        "no": "d",
        "y": "e",
    }


def test_clock_times_and_months_stay_text() -> None:
    # YAML 1.1 reads 12:30 as 750 (sexagesimal).
    assert read("a: 12:30\nb: 2021-06\nc: 2021Q3\n").data == {"a": "12:30", "b": "2021-06", "c": "2021Q3"}


@pytest.mark.parametrize("text", ["1.5", "-0.75", ".5", "5.", "1e3", "1_000.5", ".inf", "-.inf", ".nan"])
def test_number_that_is_not_whole_must_be_quoted(text: str) -> None:
    document = read(f"value: {text}\n")
    assert codes(document) == ["read.unquoted_decimal"]
    assert document.issues[0].mend_en == f'write "{text}"'
    assert read(f'value: "{text}"\n').issues == []


@pytest.mark.parametrize("text", ["007", "0o17", "0x1F", "0b11", "1_000", "123456789012345678901"])
def test_number_that_readers_disagree_on_is_refused(text: str) -> None:
    assert codes(read(f"value: {text}\n")) == ["read.odd_number"]


@pytest.mark.parametrize("word", ["yes", "No", "ON", "off", "y", "N", "True", "FALSE", "Null"])
def test_word_that_may_be_a_truth_value_is_refused(word: str) -> None:
    assert codes(read(f"value: {word}\n")) == ["read.ambiguous_word"]


def test_every_value_knows_its_line_and_column() -> None:
    document = read("kind: metrics\nmetrics:\n  - id: gdp\n    aliases: [GDP, 生产总值]\n")
    assert document.mark(("metrics", 0, "id")) == Mark(3, 5)
    assert document.mark(("metrics", 0, "aliases", 1)) == Mark(4, 20)
    # An absent value lies where the nearest value around it begins.
    assert document.mark(("metrics", 0, "unit")) == document.mark(("metrics", 0)) == Mark(3, 5)


def test_second_of_two_equal_keys_does_not_win() -> None:
    document = read("a: {x: 1}\nb: 2\na: {x: 3}\n")
    assert document.data == {"a": {"x": 1}, "b": 2}
    assert document.mark(("a", "x")).line == 1
    assert [(issue.code, issue.line) for issue in document.issues] == [("read.duplicate_key", 3)]


def test_all_mistakes_of_a_file_are_found_at_once() -> None:
    document = read("a: 1.5\nb: yes\nb: 2\nc: 007\n")
    assert [issue.line for issue in document.issues] == [1, 2, 3, 4]


def test_byte_order_mark_is_tolerated() -> None:
    assert read_bytes(b"\xef\xbb\xbfkind: metrics\n", file="a.yaml").data == {"kind": "metrics"}


def test_utf16_is_refused_with_advice() -> None:
    document = read_bytes("kind: 指标".encode("utf-16"), file="a.yaml")
    assert codes(document) == ["read.encoding"]
    assert document.issues[0].mend_zh == "另存为 UTF-8 编码"


def test_bytes_that_are_no_text_name_their_line() -> None:
    document = read_bytes(b"kind: metrics\nid: \xff\xff\n", file="a.yaml")
    assert [(issue.code, issue.line) for issue in document.issues] == [("read.encoding", 2)]


def test_invisible_control_character_names_its_line() -> None:
    document = read("zh: 中文中文\nen: a\x07b\nnote: 中\nid: x\n")
    assert [(issue.code, issue.line) for issue in document.issues] == [("read.control_character", 2)]


def test_file_that_is_not_there_is_an_issue(tmp_path: Path) -> None:
    assert codes(read_document(tmp_path / "gone.yaml")) == ["read.unreadable"]


def test_file_over_the_limit_is_not_parsed(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * (MAX_BYTES + 1))
    assert codes(read_document(big)) == ["read.too_large"]


def test_alias_bomb_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    document = read("\n".join(lines))
    assert codes(document) == ["read.alias"]
    assert document.data is None


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fall_over(raw: bytes) -> None:
    document = read_bytes(raw, file="a.yaml")
    assert document.data is not None or document.issues or raw.strip() in (b"~", b"null")


@given(st.text(alphabet="abc:-[]{}&*!|>'\"%@`#,？：\n\t ", max_size=60))
def test_no_punctuation_makes_the_reader_fall_over(text: str) -> None:
    for issue in read(text).issues:
        assert issue.line is not None
        assert 1 <= issue.line <= text.count("\n") + 2


WORDS = st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@given(
    st.dictionaries(
        WORDS, st.one_of(st.integers(-(10**9), 10**9), st.booleans(), WORDS), min_size=1, max_size=6
    )
)
def test_what_is_written_with_quotes_is_read_back(content: dict[str, int | bool | str]) -> None:
    text = "".join(f"{yaml_text(key)}: {yaml_text(value)}\n" for key, value in content.items())
    assert read(text).data == content


def yaml_text(value: int | bool | str) -> str:
    if isinstance(value, str):
        return yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10**6).strip()
    return str(value).lower()
