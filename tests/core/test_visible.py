"""Signs that nobody sees: refused where people type, left out of spreadsheets, marked where stored."""

from __future__ import annotations

import pytest

from gaoxin.core.visible import InvisibleSign, shown, visible_line, without_invisible

INVISIBLE = [
    "\u202e", "\u2066", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u061c", "\u3164",
    "\u2800", "\x07", "\ue000", "\U000e0041",
]  # fmt: skip


@pytest.mark.parametrize("sign", INVISIBLE)
def test_a_sign_nobody_sees_is_refused_left_out_or_marked(sign: str) -> None:
    name = f"陈{sign}敏"
    with pytest.raises(InvisibleSign, match="姓名的第 2 个字符看不见") as refused:
        visible_line(name, "姓名", "name")
    assert refused.value.context["position"] == 2
    assert without_invisible(name) == "陈敏"
    assert shown(name) == "陈�敏"


NAMES = [
    "陈敏", "O’Neill-李", "买买提·艾力", "𠮷野",
     "楚雄（演示）", "葛\U000e0100", "㐂",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_that_people_have_are_left_alone(name: str) -> None:
    assert visible_line(name, "姓名", "name") == name == without_invisible(name) == shown(name)


def test_spaces_and_line_ends_become_one_space() -> None:
    assert visible_line("  统计\u3000公报\n2025 ", "标题", "title") == "统计 公报 2025"
