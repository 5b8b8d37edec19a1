"""What is each line of a file: prose, a row of a table, a caption, a byline, the furniture of a page (行)?

A line is judged by itself here; which lines belong together is decided in `joining`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

LineKind = Literal["text", "table", "caption", "byline", "furniture"]

_BREAK = re.compile(r"\r\n|[\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029]")
_BLANK = " \t\u3000\u00a0\u2002\u2003\u2009\u202f\ufeff\u200b"
_PAGE = re.compile(
    r"[-—·|\s]{0,4}[0-9]{1,4}[-—·|\s]{0,4}|第 ?[0-9一二三四五六七八九十百]{1,5} ?页.{0,20}|"
    r"共 ?[0-9]{1,5} ?页|[Pp]age ?[0-9]{1,4}.{0,12}|[0-9]{1,4} ?/ ?[0-9]{1,4}|"
    r"[-—=_*~·.#\s]{3,}|[|:\s-]{3,}|\||"
    r"(?:[12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日)?[^,。;:]{0,14}第? ?[0-9A-Z]{1,3}版[^,。;:]{0,14}"
)
_CAPTION = re.compile(
    r"图片来源|图片说明|图片提供|资料图|资料照片|图为|图[:(]|供图|摄影[:/ ]|[左右上下]图|本版图片|题图|配图|"
    r"图 ?[0-9]{1,3}(?:[-.][0-9]{1,3})?[ :、.]"
)
_CAPTION_END = re.compile(r"(?:摄|摄影|供图|图片来源:.{0,20})\)?$")
_BYLINE = re.compile(
    r"[(□■◎◆●▲/ ]{0,3}(?:"
    r"(?:本报|本刊|本网|本台|新华社|[\u4e00-\u9fff]{2,8}报)?(?:全媒体|首席|融媒体)?(?:特约|实习|见习)?"
    r"(?:记者|通讯员|评论员|撰稿人)[ :/]?"
    r"|(?:作者|来源|稿源|编辑|责任编辑|责编|校对|审核|签发|撰文|撰稿|文字|文|图文|供稿|发布时间|发布日期|"
    r"发布机构|发文日期|成文日期|索引号|信息来源|信息类别|浏览次数|阅读次数|阅读量|点击数|点击量|字号|字体|"
    r"打印|分享到?|日期|时间|文号|发文字号|发文机关|公开方式|主题分类|主题词|联系人|联系电话|电话|传真|邮编|"
    r"地址|网址|邮箱)(?: ?[:/].{0,80}|$))"
)
_NAME = r"[\u4e00-\u9fff·]{2,8}"
_REPORTER = re.compile(
    rf"[^,。;:!?]{{0,24}}(?:记者|通讯员)[ :]?{_NAME}(?:[ 、,]{_NAME}){{0,6}}[ /]?(?:报道|文|摄|文图)?"
)
_LEAD = re.compile(r"(?:讯|电)[ (]")
_CELL = re.compile(r"\t|\||[ \u3000]*\u3000[ \u3000]*| {2,}")
_FIGURE = re.compile(
    r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?(?:%|‰|[\u4e00-\u9fff/]{1,6})?|[-—/…]{1,3}|[↑↓持平]+[0-9.%]*"
)
_ENDS = "。!?;"


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it: [start, end) in the file, `text` in the signs it is read in.

    `indent`: blanks before it, a wide one counted twice. `gap`: a blank line or the top of a page before it.
    `width`: how much room it takes with its indent, in Chinese characters; two ASCII signs take one.
    """

    start: int
    end: int
    text: str
    indent: int
    gap: bool
    new_page: bool
    kind: LineKind
    width: int = 0


def split_lines(original: str, read: str) -> list[Line]:
    """Every line that shows something, judged by itself; `read` is `original` in the signs it is read in."""
    rows: list[tuple[int, int, int, bool, bool]] = []
    start, gap, page = 0, True, True
    while start <= len(original):
        found = _BREAK.search(original, start)
        stop = found.start() if found else len(original)
        first, last = start, stop
        while first < last and original[first] in _BLANK:
            first += 1
        while last > first and original[last - 1] in _BLANK:
            last -= 1
        if first < last:
            wide = sum(2 if sign in "\u3000\t\u2003" else 1 for sign in original[start:first])
            rows.append((first, last, wide, gap, page))
            gap = page = False
        else:
            gap = True
        if found is None:
            break
        page = page or found[0] == "\f"
        start = found.end()
    headers = _page_headers([read[first:last] for first, last, *_ in rows])
    lines = []
    for first, last, wide, gap, page in rows:
        text = read[first:last]
        kind = _kind(text)
        if kind == "text" and text in headers:
            kind = "furniture"
        ascii_signs = len(original[first:last].encode("ascii", "ignore"))
        width = (2 * (last - first) - ascii_signs + wide) // 2
        lines.append(Line(first, last, text, wide, gap, page, kind, width))
    return _tables_together(lines)


def _kind(text: str) -> LineKind:
    if len(text) <= 30 and _PAGE.fullmatch(text):
        return "furniture"
    if len(text) <= 120 and (_CAPTION.match(text) or (len(text) <= 60 and _CAPTION_END.search(text))):
        return "caption"
    if (
        len(text) <= 120
        and "。" not in text
        and not _LEAD.search(text[:24])
        and ((_BYLINE.match(text) and _is_short(text)) or (len(text) <= 40 and _REPORTER.fullmatch(text)))
    ):
        return "byline"
    if len(cells(text)) >= 2 and _is_row(text):
        return "table"
    return "text"


def _is_short(text: str) -> bool:
    """Names and dates stand in bylines; a clause with a comma makes it prose."""
    return len(text) <= 24 or "," not in text


def cells(text: str) -> list[str]:
    """The cells of a row that was pasted as a line."""
    parts = [cell.strip() for cell in _CELL.split(text)]
    return [cell for cell in parts if cell]


def _is_row(text: str) -> bool:
    parts = cells(text)
    if any(mark in text for mark in _ENDS) or max(map(len, parts)) > 40:
        return False
    if len(parts) >= 3:
        return True
    return any(_FIGURE.fullmatch(cell) for cell in parts[1:])


_SPACED = re.compile(
    r"[\u4e00-\u9fff][^ ,。;:]{1,24}(?: (?:[-+]?[0-9][0-9,.]*%?|亿元|万元|元|%|个|家|户|人|吨|[-—]))+"
)


def _tables_together(lines: list[Line]) -> list[Line]:
    """A row with single blanks, and the head of a table, are known by the rows beside them."""
    kinds: list[LineKind] = [line.kind for line in lines]
    for index, line in enumerate(lines):
        if line.kind != "text" or len(line.text) > 60:
            continue
        beside = {kinds[near] for near in (index - 1, index + 1) if 0 <= near < len(lines)}
        spaced = _SPACED.fullmatch(line.text) is not None and not _breaks_off(lines, index)
        if spaced or ("table" in beside and len(cells(line.text)) >= 2 and _ENDS[0] not in line.text):
            kinds[index] = "table"
    return [
        line if line.kind == kind else replace(line, kind=kind)
        for line, kind in zip(lines, kinds, strict=True)
    ]


def _breaks_off(lines: list[Line], index: int) -> bool:
    before = lines[index - 1] if index else None
    return (
        before is not None
        and before.kind == "text"
        and len(before.text) > 24
        and before.text[-1] not in _ENDS
    )


def _page_headers(texts: list[str]) -> frozenset[str]:
    """Short lines that come back and each time cut a sentence or stand beside a page number."""
    counts = Counter(text for text in texts if len(text) <= 40)
    often = {
        text for text, count in counts.items() if count >= 2 and not any(mark in text for mark in "。!?;,")
    }
    if not often:
        return frozenset()
    cutting: Counter[str] = Counter()
    for index, text in enumerate(texts):
        if text not in often:
            continue
        before = texts[index - 1] if index else ""
        after = texts[index + 1] if index + 1 < len(texts) else ""
        cuts = len(before) > 24 and before[-1] not in _ENDS + "”:)" and before not in often
        paged = any(len(near) <= 30 and near and _PAGE.fullmatch(near) for near in (before, after))
        cutting[text] += cuts or paged
    return frozenset(
        text
        for text in often
        if cutting[text] and 2 * cutting[text] >= counts[text] - 1 and not _CELL.search(text)
    )
