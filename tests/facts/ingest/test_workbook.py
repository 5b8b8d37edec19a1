"""What is read from a file, and which files are not read at all."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib
from pathlib import Path
from random import Random

import openpyxl
import pytest

from gaoxin.facts.ingest.headers import header_score
from gaoxin.facts.ingest.inspection.limits import FORMULA, FileRefused, Limits
from gaoxin.facts.ingest.progress import ImportCancelled
from gaoxin.facts.ingest.workbook import Table, cell_name, cell_position, column_letters, read_table
from gaoxin.packs.library import Library
from tests.facts.ingest.builders import a_workbook, rezipped
from tests.facts.ingest.old_excel import a_container, a_stream, an_xls

ROWS = (("企业", "数"), ("砚石软件", 1.5), ("松涛装备", 2))


def refusal(source: bytes, name: str = "月报.xlsx", **more: object) -> FileRefused:
    with pytest.raises(FileRefused) as error:
        read_table(source, name, **more)  # type: ignore[arg-type]
    assert error.value.zh.endswith("。")
    assert error.value.en
    return error.value


def rows(table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in table.rows]


# --- reading


def test_a_workbook_is_read_from_bytes_and_from_a_path(tmp_path: Path) -> None:
    source = a_workbook(ROWS)
    (tmp_path / "月报.xlsx").write_bytes(source)
    assert rows(read_table(source, "月报.xlsx")) == [("企业", "数"), ("砚石软件", 1.5), ("松涛装备", 2.0)]
    assert read_table(tmp_path / "月报.xlsx").sha256 == read_table(source, "月报.xlsx").sha256


def test_cells_keep_their_address_when_the_first_rows_are_empty() -> None:
    table = read_table(a_workbook([[], [], ["", "甲"]]), "月报.xlsx")
    assert table.rows[2][1] == "甲"
    assert table.place(2, 1) == "B3"


@pytest.mark.parametrize(
    ("row", "column", "name"), [(0, 0, "A1"), (17, 2, "C18"), (9, 26, "AA10"), (0, 701, "ZZ1")]
)
def test_addresses_go_both_ways(row: int, column: int, name: str) -> None:
    assert cell_name(row, column) == name
    assert cell_position(name) == (row, column)
    assert column_letters(column) == name.rstrip("0123456789")


def test_no_address_has_no_position() -> None:
    assert cell_position("第 18 行") is None


def test_the_sheet_with_the_known_headers_is_chosen_and_the_others_are_named(library: Library) -> None:
    source = a_workbook(
        [["填报说明"], ["一"], ["二"], ["三"]],
        [["统一社会信用代码", "营业收入"], ["x", 1]],
        names=("说明", "数据"),
    )
    table = read_table(source, "月报.xlsx", score=header_score(library, "enterprise"))
    assert table.sheet == "数据"
    assert [(issue.code, issue.sheet) for issue in table.issues] == [("sheet_chosen", "数据")]
    assert "说明" in table.issues[0].zh


def test_hidden_sheets_are_reported_and_not_read() -> None:
    table = read_table(a_workbook(ROWS, ROWS * 5, names=("月报", "旧数"), hidden=("旧数",)), "月报.xlsx")
    assert table.sheet == "月报"
    assert [(issue.code, issue.sheet) for issue in table.issues] == [("sheet_hidden", "旧数")]


def test_a_hidden_sheet_is_read_when_it_is_asked_for_by_name() -> None:
    table = read_table(
        a_workbook(ROWS, ROWS, names=("月报", "旧数"), hidden=("旧数",)), "月报.xlsx", sheet="旧数"
    )
    assert table.sheet == "旧数"


def test_an_unknown_sheet_name_lists_those_there_are() -> None:
    assert "月报" in refusal(a_workbook(ROWS, names=("月报",)), sheet="年报").zh


def test_a_formula_without_result_and_an_error_cell_are_known_by_their_address() -> None:
    source = a_workbook(
        [["a", "b", "c", "d"], ["=1+1", ("=1/0", "#DIV/0!"), ("=1+1", 2), ('=IF(1,"")', "")]], names=("月报",)
    )
    # XlsxWriter writes an empty result like a missing one; Excel marks a computed empty text with t="str".
    source = rezipped(
        source, xl__worksheets__sheet1_dot_xml=_sheet(source).replace(b'<c r="D2">', b'<c r="D2" t="str">')
    )
    table = read_table(source, "月报.xlsx")
    assert table.facts.unusable == {(1, 0): FORMULA, (1, 1): "#DIV/0!"}
    assert table.rows[1][2] == 2.0


def test_formulas_written_by_openpyxl_have_no_result() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["甲", "乙"])
    sheet.append([1, "=A2*2"])
    out = io.BytesIO()
    book.save(out)
    assert read_table(out.getvalue(), "月报.xlsx").facts.unusable == {(1, 1): FORMULA}


def test_percentage_formats_are_noticed() -> None:
    table = read_table(a_workbook([["率"], [0.12], [12.0]], percent=("A2",)), "月报.xlsx")
    assert table.facts.percent == {0: frozenset({1})}
    assert table.rows[1][0] == 0.12


def test_merged_ranges_are_known() -> None:
    table = read_table(
        a_workbook([["", "", ""], ["", "甲", "乙"]], merged=(("B1:C1", "营业收入"),)), "月报.xlsx"
    )
    assert [(span.top, span.left, span.bottom, span.right) for span in table.merged] == [(0, 1, 0, 2)]


def test_cells_without_addresses_and_prefixed_tags_are_measured_too() -> None:
    source = a_workbook(ROWS)
    bare = _sheet(source).replace(b'<c r="A1" ', b"<c ").replace(b'<c r="B3">', b"<c>")
    facts = read_table(rezipped(source, xl__worksheets__sheet1_dot_xml=bare), "月报.xlsx").facts
    assert (facts.columns, facts.rows >= 3) == (2, True)


def test_reading_can_be_cancelled() -> None:
    with pytest.raises(ImportCancelled, match="什么也没有入库"):
        read_table(a_workbook(ROWS), "月报.xlsx", cancelled=lambda: True)


def test_progress_is_reported_up_to_the_end() -> None:
    seen: list[tuple[str, int, int]] = []
    read_table(a_workbook(ROWS), "月报.xlsx", progress=lambda *step: seen.append(step))
    assert {phase for phase, _, _ in seen} == {"unpack", "read"}
    assert all(done <= total for _, done, total in seen)


# --- text files


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_csv_is_read_in_every_encoding_of_a_chinese_office(encoding: str) -> None:
    text = '企业名称,营业收入（万元）\n"砚石软件,有限",7125\n松涛装备,"3,901.8"\n'
    table = read_table(text.encode(encoding), "月报.csv")
    assert rows(table)[1:] == [("砚石软件,有限", "7125"), ("松涛装备", "3,901.8")]


@pytest.mark.parametrize("sign", ["\t", ";", "|"])
def test_other_delimiters_are_recognised(sign: str) -> None:
    text = "\n".join(sign.join(row) for row in (("甲", "乙", "丙"), ("1", "2", "3")))
    assert rows(read_table(text.encode(), "月报.txt"))[1] == ("1", "2", "3")


def test_short_lines_are_filled_up() -> None:
    assert rows(read_table("甲,乙,丙\n1\n".encode(), "月报.csv"))[1] == ("1", "", "")


@pytest.mark.parametrize(
    "garbage",
    [
        bytes(range(256)) * 8,
        b"\xff\xff\xff\xff" * 50,
        b"a,b\x00\x01\x02" * 30,
        "甲,乙".encode("big5") + b"\xff",
    ],
)
def test_garbage_is_refused_with_the_encodings_that_were_tried(garbage: bytes) -> None:
    error = refusal(garbage, "月报.csv")
    assert error.reason == "encoding"
    assert "GB18030" in error.zh


def test_an_unbalanced_quote_is_refused_near_its_row() -> None:
    error = refusal('甲,乙\n"1,2\n3,4'.encode(), "月报.csv")
    assert error.reason == "bad_csv"
    assert "第 2 行" in error.zh


# --- what the file really is


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<html><table><tr><td>1</td></tr></table></html>", "月报.xls"),
        ("\ufeff<HTML>".encode("utf-16-le"), "月报.xls"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "月报.xls"),
        (b"%PDF-1.7", "月报.xlsx"),
        (b"\x89PNG\r\n", "月报.xlsx"),
        (b"MIME-Version: 1.0", "月报.xls"),
    ],
)
def test_a_web_page_or_document_under_a_spreadsheet_name_is_refused(head: bytes, name: str) -> None:
    assert refusal(head, name).reason == "not_a_table"


def test_a_workbook_under_a_wrong_extension_is_read_with_a_warning() -> None:
    table = read_table(a_workbook(ROWS), "月报.xls")
    assert [(issue.code, issue.severity) for issue in table.issues] == [("extension_mismatch", "warning")]


@pytest.mark.parametrize("name", ["月报.docx", "月报", "月报.exe"])
def test_other_extensions_are_refused_with_those_that_are_read(name: str) -> None:
    assert ".xlsx" in refusal(a_workbook(ROWS), name).zh


@pytest.mark.parametrize("name", ["月报.xlsm", "月报.xlsb", "月报.XLSM"])
def test_macro_extensions_are_refused(name: str) -> None:
    assert refusal(a_workbook(ROWS), name).reason == "macro"


def test_a_macro_inside_a_renamed_workbook_is_found() -> None:
    assert refusal(rezipped(a_workbook(ROWS), xl__vbaProject_dot_bin=b"x")).reason == "macro"


def test_a_binary_workbook_renamed_is_refused() -> None:
    source = rezipped(a_workbook(ROWS), xl__workbook_dot_xml=None, xl__workbook_dot_bin=b"x")
    assert refusal(source).reason == "xlsb"


def test_an_ordinary_archive_is_told_to_be_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("月报.xlsx", a_workbook(ROWS))
    assert "解压" in refusal(out.getvalue()).zh


def test_an_empty_file_and_an_empty_sheet_are_refused() -> None:
    assert refusal(b"").reason == "empty"
    assert refusal(a_workbook([])).reason == "no_rows"


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_truncated_workbook_is_refused(share: float) -> None:
    source = a_workbook([[f"企业{number}", number] for number in range(500)])
    assert refusal(source[: int(len(source) * share)]).reason == "truncated"


def test_a_damaged_part_is_refused() -> None:
    source = bytearray(a_workbook([[f"企业{number}", number * 1.37] for number in range(500)]))
    at = source.find(b"xl/worksheets/sheet1.xml") + 200
    source[at : at + 40] = b"\xaa" * 40
    assert refusal(bytes(source)).reason in ("truncated", "zip_bomb_size_lie", "damaged")


# --- limits and bombs


def test_the_size_limit_names_itself_and_the_mend() -> None:
    error = refusal(a_workbook(ROWS), limits=Limits(file=1024))
    assert error.reason == "too_large"
    assert "1024" not in error.zh
    assert "上限 0 MB" in error.zh
    assert "分成几个文件" in error.zh


def test_a_bomb_by_ratio_is_refused_from_the_table_of_contents() -> None:
    source = rezipped(a_workbook(ROWS), xl__media__a_dot_xml=b"0" * 30_000_000)
    assert refusal(source).reason == "zip_bomb_ratio"


def test_a_file_too_large_once_unpacked_is_refused() -> None:
    source = rezipped(a_workbook(ROWS), xl__media__a_dot_bin=b"0" * 2_000_000)
    assert refusal(source, limits=Limits(unpacked=1_000_000)).reason == "unpacked_too_large"


def test_too_many_entries_are_refused() -> None:
    parts = {f"x{number}": b"" for number in range(60)}
    assert (
        refusal(rezipped(a_workbook(ROWS), **parts), limits=Limits(entries=50)).reason == "zip_bomb_entries"
    )


def test_an_entry_that_lies_about_its_size_is_refused() -> None:
    """The table of contents says 10 bytes, the entry unpacks to ten thousand."""
    source = rezipped(a_workbook(ROWS), xl__media__a_dot_bin=b"0" * 10_000)
    true = struct.pack("<I", 10_000)
    at = source.rfind(b"xl/media/a.bin") - 46
    assert source[at + 24 : at + 28] == true
    lie = source[: at + 24] + struct.pack("<I", 10) + source[at + 28 :]
    assert refusal(lie).reason == "zip_bomb_size_lie"


def test_overlapping_entries_are_refused() -> None:
    """Two names in the table of contents share one body: the way to unpack a small file many times."""
    source = rezipped(a_workbook(ROWS), xl__media__a_dot_bin=b"1" * 3000, xl__media__b_dot_bin=b"2" * 3000)
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        first = archive.getinfo("xl/media/a.bin").header_offset
    at = source.rfind(b"xl/media/b.bin") - 46
    twice = source[: at + 42] + struct.pack("<I", first) + source[at + 46 :]
    assert refusal(twice).reason == "zip_bomb_overlap"


def test_an_encrypted_entry_is_refused() -> None:
    source = a_workbook(ROWS)
    at = source.rfind(b"xl/styles.xml") - 46
    locked = source[: at + 8] + struct.pack("<H", 1) + source[at + 10 :]
    assert refusal(locked).reason == "encrypted"


def test_a_cell_far_out_does_not_blow_up_the_table() -> None:
    source = a_workbook(ROWS, edit=lambda book, sheet: sheet.write(1_048_575, 16_383, "x"))
    error = refusal(source)
    assert error.reason == "too_many_cells"
    assert "16384 列" in error.zh


def test_formatted_but_empty_cells_far_out_do_no_harm() -> None:
    source = a_workbook(
        ROWS,
        edit=lambda book, sheet: sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True})),
    )
    assert len(read_table(source, "月报.xlsx").rows) == 3


def test_a_long_text_repeated_in_many_cells_is_measured_before_it_is_read() -> None:
    source = a_workbook([["长" * 3000] for _ in range(100)])
    assert refusal(source, limits=Limits(text=500_000)).reason == "repeated_text"
    assert len(read_table(source, "月报.xlsx").rows) == 100


def test_xml_entities_are_refused() -> None:
    source = a_workbook(ROWS)
    sheet = _sheet(source).replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
    assert refusal(rezipped(source, xl__worksheets__sheet1_dot_xml=sheet)).reason == "xml_entities"
    wide = "<?xml version='1.0' encoding='utf-16'?><x/>".encode("utf-16")
    assert refusal(rezipped(source, xl__theme__theme1_dot_xml=wide)).reason == "xml_entities"


def test_too_many_formulas_without_result_refuse_the_file_as_a_whole() -> None:
    source = a_workbook([["=1+1"] for _ in range(30)])
    error = refusal(source, limits=Limits(unusable=20))
    assert error.reason == "formulas_without_values"
    assert "保存一次" in error.zh


# --- old Excel


def test_an_old_xls_is_read() -> None:
    table = read_table(
        an_xls("月报", [["企业", "数", "率"], ["砚石软件", 7125.5, ("percent", 0.12)]]), "月报.xls"
    )
    assert rows(table) == [("企业", "数", "率"), ("砚石软件", 7125.5, 0.12)]
    assert table.facts.percent == {2: frozenset({1})}


def test_an_error_cell_of_an_old_xls_is_known_by_its_address() -> None:
    table = read_table(an_xls("月报", [["企业", "数"], ["砚石软件", ("error", 7)]]), "月报.xls")
    assert table.facts.unusable == {(1, 1): "#DIV/0!"}


def test_an_encrypted_new_workbook_is_recognised_in_its_old_shell() -> None:
    error = refusal(a_container({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}))
    assert error.reason == "encrypted"
    assert "密码" in error.zh


def test_an_encrypted_old_xls_is_refused() -> None:
    assert (
        refusal(a_container({"Workbook": a_stream("表", [["a"]], encrypted=True)}), "月报.xls").reason
        == "encrypted"
    )


def test_an_old_xls_with_macros_is_refused() -> None:
    source = a_container({"Workbook": a_stream("表", [["a"]]), "_VBA_PROJECT_CUR": b"x"})
    assert refusal(source, "月报.xls").reason == "macro"


def test_an_old_word_document_is_not_a_workbook() -> None:
    assert refusal(a_container({"WordDocument": b"x"}), "月报.xls").reason == "not_a_workbook"


@pytest.mark.parametrize("length", [8, 100, 600, 3000])
def test_a_truncated_old_xls_is_refused(length: int) -> None:
    assert refusal(an_xls("表", [["a"]])[:length], "月报.xls").reason in ("truncated", "not_a_workbook")


def test_a_circular_old_container_ends() -> None:
    source = bytearray(an_xls("表", [["a"]]))
    fat_at = source.rfind(struct.pack("<I", 1))
    source[fat_at : fat_at + 4] = struct.pack("<I", 0)
    assert refusal(bytes(source), "月报.xls").reason == "truncated"


def test_an_old_xls_that_claims_a_huge_area_is_refused_before_the_reader_makes_room() -> None:
    stream = a_stream("表", [["a"]])
    true = struct.pack("<HHIIHHH", 0x0200, 14, 0, 1, 0, 1, 0)
    assert true in stream
    huge = stream.replace(true, struct.pack("<HHIIHHH", 0x0200, 14, 0, 2**32 - 1, 0, 256, 0))
    assert refusal(a_container({"Workbook": huge}), "月报.xls").reason == "too_many_cells"


def test_an_old_xls_over_its_own_limit_is_sent_to_the_new_format() -> None:
    error = refusal(an_xls("表", [["a"]]), "月报.xls", limits=Limits(legacy=1000))
    assert ".xlsx" in error.zh


# --- OpenDocument


def an_ods(body: str) -> bytes:
    names = " ".join(
        f'xmlns:{short}="urn:x:{short}"'
        if short == "calcext"
        else f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for short, full in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("calcext", "calcext"),
        )
    )
    content = (
        "<office:document-content "
        f"{names}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def test_an_ods_is_read_with_its_percentages_and_errors() -> None:
    cell = (
        '<table:table-cell office:value-type="{0}" office:value="{1}"><text:p>{1}</text:p></table:table-cell>'
    )
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    empty = '<table:table-cell table:formula="of:=1"/>'
    cells = cell.format("float", 7) + cell.format("percentage", 0.12) + error + empty
    body = f'<table:table table:name="月报"><table:table-row>{cells}</table:table-row></table:table>'
    table = read_table(an_ods(body), "月报.ods")
    assert table.rows[0][0] == 7.0
    assert table.facts.percent == {1: frozenset({0})}
    assert table.facts.unusable == {(0, 2): "#DIV/0!", (0, 3): FORMULA}


def test_a_repeated_cell_of_an_ods_is_measured_before_it_unfolds() -> None:
    cell = (
        '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    )
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    body = f'<table:table table:name="月报">{row}</table:table>'
    assert refusal(an_ods(body), "月报.ods").reason == "too_many_cells"


def _sheet(source: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def test_a_stored_entry_with_a_wrong_checksum_is_not_believed() -> None:
    """Nothing is taken from the table of contents alone: a body that ends early is noticed."""
    source = bytearray(rezipped(a_workbook(ROWS), xl__media__a_dot_bin=b"abc" * 1000))
    at = source.find(b"xl/media/a.bin") + len("xl/media/a.bin")
    assert zlib.decompress(bytes(source[at:]), -15)[:3] == b"abc"
    source[at] ^= 0xFF
    assert refusal(bytes(source)).reason in ("truncated", "zip_bomb_size_lie")


@pytest.mark.parametrize("name", ["月报.xlsx", "月报.xls", "月报.csv"])
def test_whatever_bytes_change_a_file_is_read_or_refused_in_words(name: str) -> None:
    """Three hundred damaged copies of each kind; nothing but a refusal may come out of the reader."""
    rng = Random(name)
    sound = {
        "月报.xlsx": a_workbook([["企业", "数"], ["砚石软件", "=1+1"], ["松涛装备", ("=1/0", "#DIV/0!")]]),
        "月报.xls": an_xls("月报", [["企业", "数"], ["砚石软件", ("error", 7)]]),
        "月报.csv": "企业,数\n砚石软件,1\n".encode("gb18030"),
    }[name]
    for _ in range(300):
        damaged = bytearray(sound)
        for _ in range(rng.choice((1, 2, 8))):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        with contextlib.suppress(FileRefused):
            read_table(bytes(damaged), name)
