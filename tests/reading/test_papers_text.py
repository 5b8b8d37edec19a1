"""Plain text: its encoding is found, and what is no text is refused in words."""

from __future__ import annotations

import random

import pytest

from gaoxin.reading.papers import PaperError, PaperLimits, open_paper, pasted
from tests.reading.paper_builders import an_archive

DRAFT = "2023年上半年工作情况\n全区实现规模以上工业总产值432.5亿元，同比增长8.1%，新增企业12户。\n"
TRADITIONAL = "二、產業發展\n全區實現規模以上工業總產值四百三十二億元，比上年增長百分之八，新增企業十二個。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16-le", "utf-16-be"]
)
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    assert open_paper(DRAFT.encode(encoding), "情况.txt").text == DRAFT


def test_utf_16_with_a_mark_loses_the_mark_alone() -> None:
    assert open_paper(b"\xff\xfe" + DRAFT.encode("utf-16-le"), "a.txt").text == DRAFT
    assert open_paper(b"\xfe\xff" + DRAFT.encode("utf-16-be"), "a.txt").text == DRAFT


def test_traditional_text_in_big5_is_told_from_gb18030() -> None:
    assert open_paper(TRADITIONAL.encode("big5"), "a.txt").text == TRADITIONAL


def test_traditional_text_in_gbk_is_told_from_big5() -> None:
    assert open_paper(TRADITIONAL.encode("gbk"), "a.txt").text == TRADITIONAL


def test_line_ends_are_kept_so_that_offsets_count_in_the_file() -> None:
    assert open_paper("一\r\n二\r三\n".encode(), "a.txt").text == "一\r\n二\r三\n"


def test_characters_beyond_the_basic_plane_count_as_one() -> None:
    paper = open_paper("𠮷林产值5亿元".encode("gb18030"), "a.txt")
    assert paper.text.index("5") == 4  # 𠮷 林 产 值


def test_a_few_damaged_characters_are_read_with_a_remark() -> None:
    damaged = (DRAFT * 40).encode("utf-8").replace("新增".encode(), b"\xe6\x96\xff", 1)
    paper = open_paper(damaged, "a.txt")
    assert paper.text.startswith("2023年上半年")
    assert [remark.code for remark in paper.remarks] == ["undecodable"]


def test_the_first_line_is_the_title_and_a_sentence_is_none() -> None:
    assert open_paper(DRAFT.encode(), "x.txt").title == "2023年上半年工作情况"
    assert open_paper("全区实现产值5亿元。".encode(), "简报 第3期.txt").title == "简报 第3期"


@pytest.mark.parametrize(
    ("data", "name", "reason", "word"),
    [
        (b"", "a.txt", "empty", "空"),
        ("\ufeff \u3000\r\n\r\n".encode(), "a.txt", "empty", "没有文字"),
        ("——，。".encode(), "a.txt", "empty", "没有文字"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0", "a.txt", "binary", "不是文字"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "扫描.png", "picture", "图片"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, "扫描.txt", "picture", "图片"),
        (b"Rar!\x1a\x07\0" + b"\0" * 40, "材料.rar", "packed", "解压"),
        (b"{\\rtf1\\ansi\\deff0 x}", "稿.doc", "rtf", "另存为"),
        ("<html><body>产值5亿元</body></html>".encode(), "页.txt", "markup", "网页"),
        ("产值5亿元".encode(), "稿.pages", "extension", ".docx"),
        ("产值5亿元".encode(), "稿", "extension", "没有扩展名"),
        ("产值5亿元".encode(), "稿.docx", "damaged", "认不出来"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "稿.doc", "old_office", "另存为"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "稿.wps", "old_office", "另存为"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "表.xls", "workbook", "导入"),
        (an_archive(xl__workbook_xml="<a/>"), "表.xlsx", "workbook", "导入"),
        (an_archive(OFD_xml="<a/>"), "文.ofd", "ofd", "OFD"),
        (an_archive(ppt__presentation_xml="<a/>"), "讲.pptx", "presentation", "演示"),
        (an_archive(content_xml="<a/>"), "文.odt", "not_word", "另存为"),
    ],
)
def test_what_is_no_draft_is_refused_with_what_to_do(data: bytes, name: str, reason: str, word: str) -> None:
    with pytest.raises(PaperError) as caught:
        open_paper(data, name)
    assert caught.value.reason == reason
    assert word in caught.value.zh
    assert caught.value.en.isascii() or "“" in caught.value.en


def test_random_bytes_are_refused_whatever_they_are() -> None:
    rng = random.Random(4)
    for length in (3_000, 3_001):
        with pytest.raises(PaperError):
            open_paper(rng.randbytes(length), "a.txt")


def test_limits_are_declared_and_kept() -> None:
    with pytest.raises(PaperError, match="超过上限 1 MB") as caught:
        open_paper(b"a" * (1 << 20) + b"b", "a.txt", PaperLimits(file=1 << 20))
    assert caught.value.reason == "too_large"
    with pytest.raises(PaperError, match="超过上限 10") as caught:
        pasted("一二三四五六七八九十一", PaperLimits(characters=10))
    assert caught.value.reason == "too_long"


def test_two_megabytes_are_decoded_in_bounded_time() -> None:
    text = DRAFT * (2_000_000 // len(DRAFT.encode("gb18030")))
    assert open_paper(text.encode("gb18030"), "a.txt").text == text


def test_a_pasted_text_has_plain_line_ends_and_no_control_characters() -> None:
    assert pasted("产值\r\n5\x00亿元\x07\r增长\t3%").text == "产值\n5亿元\n增长\t3%"


def test_a_folder_in_the_name_is_no_part_of_the_title() -> None:
    assert open_paper("全区产值5亿元。".encode(), "C:\\稿件\\情况.txt").title == "情况"
