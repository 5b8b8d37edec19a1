"""Data files: years, blanks, groups, and what is refused with its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from gaoxin.core.errors import FrameworkError
from gaoxin.indicators.panels import parse_panel, read_panel
from tests.indicators.builders import NAN, a_framework, near


def test_years_units_and_blanks() -> None:
    text = "code,name,year,b,a,kind\nZ1,甲,2021,2,1,东\nZ2,乙,2021,,3,西\nZ2,乙,2020,6,5,西\n"
    panel = parse_panel(a_framework(), text)
    assert (panel.units, panel.names, panel.years) == (("Z1", "Z2"), ("甲", "乙"), (2020, 2021))
    near(panel.x, [[[NAN, NAN], [5, 6]], [[1, 2], [3, NAN]]])
    assert panel.groups == {"kind": ("东", "西")}


def test_data_without_years_and_with_the_heads_of_coinr() -> None:
    panel = parse_panel(a_framework(), "uName,uCode,a,b,Pop\n甲,Z1,1,NA,7\n")
    assert panel.years == (None,)
    near(panel.x, [[[1, NAN]]])
    near(panel.extra["Pop"], [[7]])


def test_a_file_of_a_chinese_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    file.write_bytes("code,name,a,b\nZ1,潍坊,1,2\n".encode("gb18030"))
    assert read_panel(a_framework(), file).names == ("潍坊",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code,a\nZ1,1", "缺少指标列 b"),
        ("code,a,B\nZ1,1,2", "缺少指标列 b。是不是想写 B？"),
        ("code,a,b\nZ1,1,2\n\nZ1,3,4", "data.csv:4 Z1  写了两次"),
        ("code,year,a,b\nZ1,2020,1,2\nZ1,2020,3,4", "data.csv:3 Z1 2020 写了两次"),
        ("code,a,b\nZ1,1,约3", "data.csv:2 b 不是数：约3"),
        ("code,a,b\nZ1,1,inf", "b 不是数：inf"),
        ("code,year,a,b\nZ1,去年,1,2", "data.csv:2 年份不是整数：去年"),
        ("code,a,b,a\nZ1,1,2,3", "列 a 写了两次"),
        ("code,a,b\n,1,2", "data.csv:2 没有单位编号"),
        ("zone,a,b\nZ1,1,2", "缺少 code 或 uCode 列"),
        ("code,a,b\n", "没有数据行"),
    ],
)
def test_what_is_no_data(text: str, words: str) -> None:
    with pytest.raises(FrameworkError) as caught:
        parse_panel(a_framework(), text)
    assert words in caught.value.zh


def test_a_text_among_denominators() -> None:
    framework = a_framework("a", a={"denominator": "pop"})
    with pytest.raises(FrameworkError, match="pop 不是数：多"):
        parse_panel(framework, "code,a,pop\nZ1,1,多\n")


def test_no_file_is_named() -> None:
    with pytest.raises(FrameworkError, match=r"打不开文件 nowhere\.csv"):
        read_panel(a_framework(), "nowhere.csv")
