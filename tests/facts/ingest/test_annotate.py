"""The workbook goes back with comments where something is wrong, and with nothing that runs."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from gaoxin.core.errors import IngestError
from gaoxin.core.issues import Issue
from gaoxin.core.periods import Period
from gaoxin.facts.ingest import annotate as annotation
from gaoxin.facts.ingest.annotate import annotate, annotated_name
from gaoxin.facts.ingest.draft import draft
from gaoxin.facts.ingest.headers import map_headers
from gaoxin.facts.ingest.progress import ImportCancelled
from gaoxin.facts.ingest.workbook import read_table
from gaoxin.packs.library import Library
from tests.facts.ingest.builders import a_code, a_workbook, known
from tests.facts.ingest.old_excel import an_xls

HEAD = ["统一社会信用代码", "企业名称", "营业收入（万元）"]
ROWS = [
    HEAD,
    [a_code(1), "甲", "约9千"],
    [a_code(2), '=HYPERLINK("http://x")', 5],
    [a_code(3), "丙", ("=1/0", "#DIV/0!")],
]


def returned(library: Library, source: bytes, name: str = "月报.xlsx") -> openpyxl.Workbook:
    table = read_table(source, name)
    held = draft(table, map_headers(table, library, "enterprise", Period.parse("2026")), library, known())
    return openpyxl.load_workbook(io.BytesIO(annotate(source, table, held.issues)))


def listed(book: openpyxl.Workbook) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in book["导入问题"].iter_rows()]


def test_the_same_workbook_comes_back_with_comments_and_a_first_sheet(library: Library) -> None:
    book = returned(library, a_workbook(ROWS, names=("月报",)))
    assert book.sheetnames == ["导入问题", "月报"]
    comment = book["月报"]["C2"].comment
    assert comment is not None
    assert "约9千" in comment.text
    assert "怎么改" in comment.text
    assert book["月报"]["C2"].value == "约9千"
    assert book["月报"]["C3"].comment is None
    lines = listed(book)
    assert lines[0][:3] == ("工作表", "位置", "原行号")
    assert ("月报", "C2", 2, "不能入库") in [line[:4] for line in lines]
    assert ("月报", "C4", 4, "不能入库") in [line[:4] for line in lines]


def test_a_small_sheet_beside_a_huge_one_is_copied_and_the_huge_one_is_not_opened(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """openpyxl would hold every sheet: a million cells nobody asked for are half a gigabyte."""
    source = a_workbook(ROWS, names=("月报", "底稿"), edit=lambda book, sheet: None)
    monkeypatch.setattr(annotation, "SMALL_UNPACKED", 1000)
    monkeypatch.setattr(openpyxl, "load_workbook", None)
    table = read_table(source, "月报.xlsx", sheet="月报")
    back = annotate(source, table, [Issue("x", "error", "不对", "wrong", sheet="月报", cell="C2")])
    monkeypatch.undo()
    book = openpyxl.load_workbook(io.BytesIO(back))
    assert book.sheetnames == ["导入问题", "月报"]
    assert book["月报"]["C2"].comment.text == "不对"


def test_nothing_in_the_returned_workbook_computes(library: Library) -> None:
    edit = lambda book, sheet: (  # noqa: E731
        sheet.write_formula("E2", "=cmd|'/c calc'!A0", None, "x"),
        book.define_name("bad", "=cmd|'/c calc'!A0"),
    )
    source = a_workbook(ROWS, names=("月报",), edit=lambda book, sheet: edit(book, sheet) and None)
    book = returned(library, source)
    types = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in types
    assert not book.defined_names


def test_a_comment_on_a_merged_cell_stands_at_its_corner() -> None:
    source = a_workbook([["", "", ""], HEAD], names=("月报",), merged=(("A1:C1", "标题"),))
    table = read_table(source, "月报.xlsx")
    issue = Issue("x", "warning", "标题不对", "wrong title", sheet="月报", cell="B1")
    book = openpyxl.load_workbook(io.BytesIO(annotate(source, table, [issue])))
    assert book["月报"]["A1"].comment.text == "标题不对"


def test_csv_comes_back_as_workbook_with_the_same_addresses(library: Library) -> None:
    text = "\n".join([",".join(HEAD), f"{a_code(1)},=1+1,约9千"])
    book = returned(library, text.encode("gb18030"), "月报.csv")
    assert book["CSV"]["C2"].comment is not None
    assert (book["CSV"]["B2"].value, book["CSV"]["B2"].data_type) == ("=1+1", "s")


def test_an_old_xls_comes_back_as_workbook(library: Library) -> None:
    book = returned(library, an_xls("月报", [HEAD, [a_code(1), "甲", "约9千"]]), "月报.xls")
    assert book["月报"]["C2"].comment is not None


def test_of_a_large_file_only_the_header_and_the_problem_rows_come_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotation, "SMALL", 10)
    rows = [HEAD, *([a_code(n), "企业", float(n)] for n in range(1, 50)), [a_code(50), "坏", "约9千"]]
    sheet = returned(library, a_workbook(rows, names=("月报",)))["月报"]
    assert [cell.value for cell in sheet[1]] == ["原第 1 行", *HEAD]
    assert [cell.value for cell in sheet[2]] == ["原第 51 行", a_code(50), "坏", "约9千"]
    assert sheet["D2"].comment is not None
    assert sheet.max_row == 2


def test_another_file_than_the_checked_one_is_refused() -> None:
    source = a_workbook(ROWS)
    table = replace(read_table(source, "月报.xlsx"), sha256="0" * 64)
    with pytest.raises(IngestError, match="不是核对过的"):
        annotate(source, table, [])


def test_annotating_can_be_cancelled(library: Library) -> None:
    source = a_workbook(ROWS)
    table = read_table(source, "月报.xlsx")
    issue = Issue("x", "error", "不对", "wrong", sheet=table.sheet, cell="A2")
    with pytest.raises(ImportCancelled):
        annotate(source, table, [issue], cancelled=lambda: True)


def test_the_returned_file_has_a_telling_name() -> None:
    assert annotated_name("规上企业月报-2026年9月.xls") == "规上企业月报-2026年9月-批注.xlsx"
