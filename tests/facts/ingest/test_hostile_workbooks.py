"""Files made to hold the reader up or to slip past it; each once did."""

from __future__ import annotations

import contextlib
import io
import struct
import time
import zipfile

import pytest

from gaoxin.facts.ingest.inspection.limits import FileRefused
from gaoxin.facts.ingest.workbook import read_table
from tests.facts.ingest.builders import a_workbook, rezipped
from tests.facts.ingest.old_excel import a_container

ROWS = (("企业", "数"), ("砚石软件", 1.5), ("松涛装备", 2))


def reason(source: bytes, name: str = "月报.xlsx") -> str:
    """Why the file is refused."""
    with pytest.raises(FileRefused) as error:
        read_table(source, name)
    return error.value.reason


def sheet(source: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def test_xml_entities_are_refused_under_any_name_of_a_part() -> None:
    bad = b'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    for name in ("xl__worksheets__sheet9_dot_XML", "xl__worksheets__sheet9_dot_bin"):
        assert reason(rezipped(a_workbook(ROWS), **{name: bad})) == "xml_entities"
    drawing = rezipped(a_workbook(ROWS), xl__media__logo_dot_svg=b"<!DOCTYPE svg><svg/>")
    assert len(read_table(drawing, "月报.xlsx").rows) == 3


@pytest.mark.parametrize(
    ("part", "before", "again", "behind"),
    [
        ("xl__workbook_dot_xml", b"", b"<sheet ", b""),
        ("xl___rels__workbook_dot_xml_dot_rels", b"", b"<Relationship ", b""),
        ("xl__styles_dot_xml", b"", b"<numFmt ", b""),
        ("xl__styles_dot_xml", b"", b"<cellXfs ", b""),
        ("xl__worksheets__sheet1_dot_xml", b"<row>", b'<c r="A1"', b"</row>"),
        ("xl__worksheets__sheet1_dot_xml", b"<row>", b"<c ", b"</row>"),
        ("xl__worksheets__sheet1_dot_xml", b"<row><f ", b'<c r="A1">', b"</row>"),
        ("xl__worksheets__sheet1_dot_xml", b'<row><c r="A1" t="e">', b"<v ", b"</c></row>"),
        ("xl__worksheets__sheet1_dot_xml", b"", b"<row ", b"<c/><c></row>"),
    ],
)
def test_tags_that_never_close_do_not_hold_the_reader_up(
    part: str, before: bytes, again: bytes, behind: bytes
) -> None:
    """Six kilobytes kept the worker busy for hours: each tag was looked for up to the end of the file."""
    whole = a_workbook(ROWS)
    text = before + again * 200_000 + behind
    if "sheet1" in part:
        text = sheet(whole).replace(b"<sheetData>", b"<sheetData>" + text)
    trap = rezipped(whole, **{part: text})
    began = time.process_time()
    with contextlib.suppress(FileRefused):
        read_table(trap, "月报.xlsx")
    assert time.process_time() - began < 10


@pytest.mark.parametrize("number", ["9" * 5000, "x" + "F" * 9, "xD800", "4294967296"])
def test_a_reference_to_no_character_and_an_endless_id_are_no_fault_of_ours(number: str) -> None:
    source = a_workbook(ROWS)
    cell = f'<row r="90"><c r="A90" t="e"><v>&#{number};</v></c></row></sheetData>'.encode()
    styles = f'<styleSheet><numFmt numFmtId="{number}" formatCode="0%"/></styleSheet>'.encode()
    for changes in (
        {"xl__worksheets__sheet1_dot_xml": sheet(source).replace(b"</sheetData>", cell)},
        {"xl__styles_dot_xml": styles},
    ):
        with contextlib.suppress(FileRefused):
            read_table(rezipped(source, **changes), "月报.xlsx")


def test_sheets_of_an_old_xls_that_lie_in_one_another_are_refused() -> None:
    """A thousand names for a thousand beginnings in one long sheet: reading it would never end."""
    names = b"".join(
        struct.pack("<HHIBBBB", 0x0085, 12, 80_000 + 4 * n, 0, 0, 4, 0) + b"%04d" % n for n in range(3000)
    )
    stream = names.ljust(80_000, b"\0") + b"\0" * 400_000
    began = time.process_time()
    assert reason(a_container({"Workbook": stream}), "月报.xls") == "truncated"
    assert time.process_time() - began < 10


@pytest.mark.parametrize("name", ["月报.et", "月报.ETT"])
def test_the_own_format_of_wps_is_refused_with_the_way_out(name: str) -> None:
    with pytest.raises(FileRefused) as error:
        read_table(a_workbook(ROWS), name)
    assert "另存为“Excel 工作簿（.xlsx）”" in error.value.zh
