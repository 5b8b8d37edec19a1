"""The sentences of a brief: what they ask for, and what is refused."""

import pytest

from gaoxin.core.errors import PackError
from gaoxin.packs.brief_text import Aside, NameOf, Slot, Words, parse_sentence, slots


def test_sentence_with_names_figures_and_an_aside() -> None:
    assert parse_sentence("{period}，产值{output}[，占{city}的{output:share of city}]。") == (
        NameOf("period"),
        Words("，产值"),
        Slot("output", "level", ""),
        Aside((Words("，占"), NameOf("city"), Words("的"), Slot("output", "share", "city"))),
        Words("。"),
    )


def test_figures_of_asides_within_asides_are_asked_for_too() -> None:
    asked = slots(parse_sentence("{a}[，{b}[，{c:growth}]]"))
    assert [slot.metric for slot in asked] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("产值{output", "没有配对的“}”"),
        ("产值[，{output}", "没有配对的“]”"),
        ("产值{output}]", "多了一个“]”"),
        ("产值[，很大]", "方括号里没有数字"),
        ("产值{Output}", "看不懂“{Output}”"),
        ("产值{output:grwoth}", "没有数值性质 grwoth"),
        ("产值{output:share of town}", "没有地方 town"),
    ],
)
def test_mistake_is_named_with_its_place(text: str, words: str) -> None:
    with pytest.raises(PackError) as caught:
        parse_sentence(text)
    assert words in caught.value.zh
    assert "第" in caught.value.zh


def test_misspelt_figure_names_the_nearest() -> None:
    with pytest.raises(PackError, match="growth"):
        parse_sentence("{output:grwoth}")
