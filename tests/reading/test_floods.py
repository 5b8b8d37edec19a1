"""No text makes reading slow or wrong: laws over any characters, and floods of one of them.

Time grows with the length alone: each place where a figure may begin is looked at once, within windows of a
fixed size. Measured in CPU time on one core: 2 MB of Chinese prose (667,000 characters) take 0.7 s, 2 MB of
一个、 5 s, 2 MB of 1% (a million figures) 16 s, 2 MB of lines of one character (a million lines) 18 s.
"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gaoxin.reading.layout import lay_out
from gaoxin.reading.layout.signs import read_as
from gaoxin.reading.quantities import amounts

SIGNS = (
    "一二三两十百千万亿零半第前首最位个家年月日天元%‰.,，、：:/-—~～ 至到约近超过余多以上左右成倍番分之点"
    "()（）“”。\n\t|0123456789国市水平"
)
TEXTS = st.text(alphabet=st.one_of(st.sampled_from(SIGNS), st.characters()), max_size=120)
FLOODS = (
    *(
        "1",
        "1,",
        "1.",
        "1 ",
        "万亿",
        "万",
        "一",
        "%",
        "(",
        "“",
        "第一",
        "前十",
        "最大",
        "全国",
        "市",
        "达到国",
    ),
    *(
        "1/",
        "1:",
        "1:2:",
        "1-",
        "1—",
        "1至2",
        "亿元",
        "1元/",
        "一个、",
        "1、",
        "1和",
        "1.5、",
        "\n",
        "。\n",
        "1\n",
    ),
    *(
        "\t",
        "1\t",
        "|",
        "中 文 ",
        "翻了",
        "超过",
        "不足市",
        "半年",
        "百分之",
        "一分之一",
        "2021-",
        "-",
        "负增长1%",
    ),
    *(
        "\u200b",
        "三成五",
        "图为\n",
        "“2主3辅”",
        "1个多月",
        "1992年经",
        "5,000",
        "111,",
        "A1",
        "0536-",
        "水平",
        "10、",
    ),
)
LENGTH = 60_000
SECONDS = 8.0  # some twenty times what the worst of them takes on an idle core


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_character_points_back_at_itself(text: str) -> None:
    for block in lay_out(text):
        stretch = block.stretch
        assert list(stretch.at) == sorted(set(stretch.at))
        for sign, place in zip(stretch.read, stretch.at, strict=True):
            assert sign == read_as(text[place]) or sign in " \t"


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_amounts_lie_in_order_inside_their_block(text: str) -> None:
    for block in lay_out(text):
        last = 0
        for amount in amounts(block):
            assert last <= amount.start <= amount.core_start < amount.core_end <= amount.end
            assert amount.end <= len(block.stretch)
            assert amount.high is None or amount.value is None or amount.high > amount.value
            last = amount.end


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_sentences_and_clauses_lie_in_order(text: str) -> None:
    for block in lay_out(text):
        last = 0
        for sentence in block.sentences:
            assert last <= sentence.start < sentence.end <= len(block.stretch)
            assert sentence.clauses
            inside = last
            for clause in sentence.clauses:
                assert inside <= clause.start < clause.end <= sentence.end
                inside = clause.end
            last = sentence.end


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9_999_999), st.sampled_from(("家", "万元", "亿元", "%", "人", "平方米")))
def test_a_number_is_the_same_in_either_width(number: int, unit: str) -> None:
    narrow = f"全年共计{number}{unit}。"
    wide = narrow.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789%"})
    first, second = (
        [(amount.value, amount.start, amount.end) for block in lay_out(text) for amount in amounts(block)]
        for text in (narrow, wide)
    )
    assert first == second
    assert len(first) == 1


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40))
def test_a_paragraph_in_front_moves_offsets_by_its_length(count: int) -> None:
    front = "园区始终坚持创新驱动。" * count + "\n\n"
    text = "全年实现产值432亿元，占全市的87.9%。"
    plain, moved = (
        [
            block.stretch.place(amount.start, amount.end)
            for block in lay_out(whole)
            for amount in amounts(block)
        ]
        for whole in (text, front + text)
    )
    assert moved == [(start + len(front), end + len(front)) for start, end in plain]
    assert [text[start:end] for start, end in plain] == ["432亿元", "87.9%"]


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_ends_in_bounded_time(flood: str) -> None:
    text = (flood * (LENGTH // len(flood) + 1))[:LENGTH]
    begun = time.process_time()
    for block in lay_out(text):
        amounts(block)
    assert time.process_time() - begun < SECONDS


def test_twice_the_flood_takes_about_twice_as_long() -> None:
    def seconds(length: int) -> float:
        text = ("一个、1.5和" * length)[:length]
        begun = time.process_time()
        for block in lay_out(text):
            amounts(block)
        return time.process_time() - begun

    seconds(10_000)
    assert seconds(120_000) < 12 * max(seconds(20_000), 0.02)  # six times the length; squared would be 36


def test_ten_thousand_characters_are_read_at_once() -> None:
    """Below a tenth of a second, laid out and scanned; the best of three counts."""
    sentence = "2021年，园区实现产值432.5亿元，占全市的87.9%，同比增长6.1%，新增企业1,785户。"
    text = "\n\n".join([sentence * 5] * 40)[:10_000]

    def once() -> float:
        begun = time.process_time()
        for block in lay_out(text):
            amounts(block)
        return time.process_time() - begun

    assert min(once() for _ in range(3)) < 0.1
