"""Reads CSV and TSV in the encodings Chinese offices write, strictly or not at all (文本表格).

No guessing: each candidate must decode the whole file without one error, in an order in which a later one
cannot shadow an earlier one. UTF-8 is checked before GB18030 because Chinese text in GB18030 is practically
never valid UTF-8, while the reverse is often decodable.
"""

from __future__ import annotations

import csv
import io
import unicodedata

from gaoxin.facts.ingest.inspection.limits import FileRefused, Limits, refuse_area
from gaoxin.facts.ingest.progress import Cancelled, check

_DELIMITERS = (",", "\t", ";", "，", "|")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes) -> str:
    """The text of the file.

    Raises: FileRefused when no encoding fits the whole file, or what comes out is not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _readable(_strict(data, encoding))
    if b"\0" in data[:4096]:
        even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
        text = _strict(data, "utf-16-le" if odd > even else "utf-16-be")
        # Without a byte order mark only the signs of a table tell UTF-16 from binary content.
        if text is not None and not any(sign in text for sign in (*_DELIMITERS, "\n")):
            raise _unreadable()
        return _readable(text)
    for encoding in ("utf-8", "gb18030"):
        text = _strict(data, encoding)
        if text is not None:
            return _readable(text)
    raise _unreadable()


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _readable(text: str | None) -> str:
    """Raises: FileRefused for binary content: control characters, unassigned or private-use characters in
    number.
    """
    if text is None:
        raise _unreadable()
    sample = text[:200_000]
    odd = sum(
        1
        for sign in set(sample)
        if unicodedata.category(sign) in ("Cc", "Cn", "Co", "Cs") and sign not in "\r\n\t"
    )
    if odd and sum(
        sample.count(sign) for sign in set(sample) if unicodedata.category(sign) in ("Cn", "Co", "Cs")
    ) * 200 > len(sample):
        raise _unreadable()
    if any(sign in sample for sign in "\0\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10"):
        raise _unreadable()
    return text


def rows_of(text: str, limits: Limits, cancelled: Cancelled) -> list[list[str]]:
    """Rows of cells, padded to one width; the delimiter is the one that splits the first lines into most
    equal columns.

    Raises: FileRefused for a quote that never closes or an area over the limit.
    """
    delimiter = _delimiter(text)
    rows: list[list[str]] = []
    width = 0
    csv.field_size_limit(1 << 20)
    try:
        for number, row in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        ):
            if number % 1024 == 0:
                check(cancelled)
            width = max(width, len(row))
            refuse_area("CSV", number + 1, width, limits)
            rows.append(row)
    except csv.Error as error:
        raise FileRefused(
            "bad_csv",
            f"第 {len(rows) + 1} 行附近的引号不成对，后面的列分不清。请在 Excel 里打开核对，另存为 .xlsx "
            "再导入。",
            f"Unbalanced quotes near row {len(rows) + 1}. Open the file in Excel, check it, save it as "
            ".xlsx and import that.",
        ) from error
    for row in rows:
        row.extend([""] * (width - len(row)))
    return rows


def _delimiter(text: str) -> str:
    lines = [line for line in text[:20_000].splitlines()[:50] if line.strip()][:30]
    if not lines:
        return ","

    def score(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        common = max(set(counts), key=lambda count: (counts.count(count) if count else 0, count))
        return (counts.count(common) if common else 0, common)

    return max(_DELIMITERS, key=score)


def _unreadable() -> FileRefused:
    return FileRefused(
        "encoding",
        "认不出文件的文字编码（试过 UTF-8、UTF-16、GB18030），内容不是文字表格。请用 Excel 打开，另存为 "
        ".xlsx 再导入。",
        "The text encoding is none of UTF-8, UTF-16, GB18030, or the content is not text. Open it in Excel "
        "and save it as .xlsx.",
    )
