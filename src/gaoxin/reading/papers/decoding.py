"""In which encoding was this text saved? (编码)

A byte-order mark or valid UTF-8 settles it. What remains (GB18030, Big5, UTF-16 without a mark) is told
apart by its commonest characters: Chinese prose decoded rightly holds one of a few hundred everyday
characters in every third place, decoded wrongly next to none.
"""

from __future__ import annotations

import codecs
import unicodedata
from typing import Final

from gaoxin.reading.papers.paper import PaperError, Remark

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EVERYDAY: Final = frozenset(
    "的一是在不了有和人这中大为上个国以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方"
    "后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应"
    "开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道"
    "命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件"
    "长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指区企投增值亿万元园项目科技术创亩税收入同比"
    "個國來們時會對發動過產種學後經進說實現業應開還關條結問無軍題程黨員總設長頭資邊級圖統將組計別農區億萬項術創畝稅"
)
_GUESSED: Final = ("gb18030", "big5", "utf-16-le", "utf-16-be")


def decode(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """The text of the file without its byte-order mark, and a remark where characters could not be read.

    Raises: PaperError where it is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    if b"\0" not in data:
        try:
            return _text(data.decode("utf-8")), ()
        except UnicodeDecodeError:
            pass
    found = [text for text in (_strictly(data, encoding) for encoding in _GUESSED) if text is not None]
    best = max(found, key=_everyday, default=None)
    if best is not None and _plausible(best):
        return best, ()
    return _with_gaps(data)


def _marked(data: bytes, encoding: str) -> tuple[str, tuple[Remark, ...]]:
    try:
        return _text(data.decode(encoding)), ()
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        return _text(text), _gaps(text)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _strange(text) else text


def _with_gaps(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """An old file with a few damaged characters is still read; one with many is none of ours."""
    texts = [data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")]
    best = max(texts, key=_everyday)
    if b"\0" in data or _strange(best) or best.count("\ufffd") * 200 > len(best) or not _plausible(best):
        raise _binary()
    return best, _gaps(best)


def _everyday(text: str) -> float:
    """The share of everyday characters among all that are not ASCII."""
    beyond = [mark for mark in text[:20_000] if mark > "\x7f"]
    return sum(mark in _EVERYDAY for mark in beyond) / len(beyond) if beyond else 0.0


def _plausible(text: str) -> bool:
    """A list of names may hold no everyday character; then nine in ten must be Han or punctuation."""
    if _everyday(text) >= 0.04:
        return True
    beyond = [mark for mark in text[:20_000] if mark > "\x7f"]
    chinese = sum(
        "\u4e00" <= mark <= "\u9fa5" or "\u3000" <= mark <= "\u3020" or "\uff00" <= mark <= "\uff5e"
        for mark in beyond
    )
    return chinese * 10 >= len(beyond) * 9


def _strange(text: str) -> bool:
    """True of a text with control characters, or with more than a trace of characters that no font has."""
    head = text[:200_000]
    if any(mark < " " and mark not in "\t\n\r\f\v\x1a" for mark in head):
        return True
    unknown = sum(unicodedata.category(mark) in ("Cn", "Co", "Cs") for mark in head[:20_000])
    return unknown * 100 > min(len(head), 20_000)


def _text(text: str) -> str:
    if _strange(text):
        raise _binary()
    return text


def _gaps(text: str) -> tuple[Remark, ...]:
    count = text.count("\ufffd")
    if not count:
        return ()
    return (
        Remark(
            "undecodable",
            f"有 {count} 个字符已损坏，显示为“\ufffd”。",
            f"{count} characters are damaged and shown as “\ufffd”.",
        ),
    )


def _binary() -> PaperError:
    return PaperError(
        "binary",
        "这不是文字文件，或者编码认不出来。请用 Word 或 WPS 打开，另存为 .docx 再上传。",
        "This is no text file, or its encoding is not recognised. Open it in Word, save it as .docx and send "
        "that.",
    )
