"""Which values does a pack file hold, and on which line does each stand?

1. Bytes become text: UTF-8 only, a byte-order mark is tolerated.
2. Text becomes YAML events; anchors, aliases, tags, merge keys are refused, so a file is what it looks like.
3. Events become plain values. A plain scalar is null, true, false, a whole number or text; what YAML 1.1
   would guess at (`on`, `1.5`, `0123`, `.inf`) is refused with the spelling that says what is meant.
4. Beside the values stands a mark for each of them, so that every later complaint can name its line.

`schemas` says what a document may contain; `library` puts documents together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from gaoxin.core.issues import Issue
from gaoxin.packs.syntax import syntax_issue

Plain: TypeAlias = "bool | int | str | list[Plain] | dict[str, Plain] | None"
NodePath: TypeAlias = tuple[str | int, ...]

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 24

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(
    r"[-+]?(\d[\d_]*)?\.?\d[\d_]*([eE][-+]?\d+)?\.?\Z|[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z"
)
_RADIX = re.compile(r"[-+]?0[xob][0-9a-fA-F_]+\Z|[-+]?0[0-9_]+\Z|[-+]?\d+(_\d+)+\Z")
_SWITCH = frozenset(
    word for base in ("yes", "no", "on", "off", "y", "n") for word in (base, base.title(), base.upper())
)
_CASED = frozenset({"True", "TRUE", "False", "FALSE", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value begins: line and column, both counted from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Document:
    """One file as read: plain values, a mark for every value, and what was wrong with it.

    `refused`: the values that were complained about here; later gates need not repeat it.
    Missing: `data` is None if the file could not be read as YAML at all; the issues say why.
    """

    file: str
    data: Plain = None
    marks: dict[NodePath, Mark] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    refused: set[NodePath] = field(default_factory=set)

    def mark(self, path: NodePath) -> Mark:
        """The mark of the value at path, or of the nearest value around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(1, 1))

    @property
    def sound(self) -> bool:
        return not any(issue.severity == "error" for issue in self.issues)


def read_document(path: Path, *, shown_as: str | None = None) -> Document:
    """Read one pack file, collecting every complaint about its spelling.

    Missing: a file that is absent or unreadable gives a document without data and one issue.
    """
    file = shown_as or path.as_posix()
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        return _refused(
            file, 1, "read.unreadable", f"文件无法读取：{error.strerror}", f"cannot be read: {error.strerror}"
        )
    if size > MAX_BYTES:
        return _refused(
            file,
            1,
            "read.too_large",
            f"文件有 {size} 字节，上限 {MAX_BYTES} 字节",
            f"the file has {size} bytes; the limit is {MAX_BYTES}",
            "把内容拆成几个文件",
            "split the content into several files",
        )
    return read_bytes(raw, file=file)


def read_bytes(raw: bytes, *, file: str) -> Document:
    """Read a pack file that is already in memory; `file` is the name shown in complaints."""
    document = Document(file)
    text = _decode(raw, document)
    if text is None:
        return document
    try:
        _Builder(document).build(text)
    except _Stop:
        document.data = None
    except yaml.MarkedYAMLError as error:
        document.data = None
        document.issues.append(syntax_issue(error, text, file))
    except yaml.reader.ReaderError as error:
        document.data = None
        line = text.count("\n", 0, int(error.position)) + 1
        _complain(
            document,
            line,
            "read.control_character",
            "文件里有不可见的控制字符",
            "the file holds an invisible control character",
            "删掉这一行里看不见的字符再存一次",
            "delete the invisible character on this line",
        )
    return document


def _decode(raw: bytes, document: Document) -> str | None:
    mend = ("另存为 UTF-8 编码", "save the file as UTF-8")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        _complain(
            document,
            1,
            "read.encoding",
            "文件是 UTF-16 编码，只收 UTF-8",
            "the file is UTF-16; only UTF-8 is read",
            *mend,
        )
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        guess_zh, guess_en = "", ""
        try:
            raw.decode("gb18030")
            guess_zh, guess_en = "，看起来是 GBK", "; it looks like GBK"
        except UnicodeDecodeError:
            pass
        _complain(
            document,
            line,
            "read.encoding",
            f"文件不是 UTF-8 编码{guess_zh}",
            f"the file is not UTF-8{guess_en}",
            *mend,
        )
        return None


class _Stop(Exception):
    """Reading cannot go on; the issue is already noted."""


class _Builder:
    """Turns YAML events into plain values and marks."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.events: Iterator[Any] = iter(())

    def build(self, text: str) -> None:
        self.events = yaml.parse(text, Loader=_Loader)
        next(self.events)  # stream start
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            self._stop(
                event,
                "read.empty",
                "文件是空的",
                "the file is empty",
                "写上 kind: 和内容",
                "write kind: and content",
            )
        root = next(self.events)
        self.document.marks[()] = _mark(root)
        self.document.data = self._value(root, (), 0)
        next(self.events)  # document end
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._stop(
                event,
                "read.second_document",
                "一个文件只能写一份文档，这里又出现了 ---",
                "one file holds one document; here a second one begins with ---",
                "拆成两个文件",
                "split it into two files",
            )

    def _value(self, event: Any, path: NodePath, depth: int) -> Plain:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            # Stops at once: expanding aliases is how a small file becomes a large one.
            self._stop(
                event,
                "read.alias",
                f"不允许锚点和别名（&{event.anchor}、*{event.anchor}）",
                f"anchors and aliases (&{event.anchor}, *{event.anchor}) are not allowed",
                "把内容写全",
                "write the content out in full",
            )
        complaints = len(self.document.issues)
        if event.tag is not None:
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self._complain(
                event,
                "read.tag",
                f"不允许类型标签 {tag}",
                f"the tag {tag} is not allowed",
                "去掉标签，文本加引号",
                "remove the tag and quote the text",
            )
        if isinstance(event, yaml.ScalarEvent):
            scalar = self._scalar(event)
            if len(self.document.issues) > complaints:
                self.document.refused.add(path)
            return scalar
        if depth >= MAX_DEPTH:
            self._stop(
                event, "read.too_deep", f"嵌套超过 {MAX_DEPTH} 层", f"nested deeper than {MAX_DEPTH} levels"
            )
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return self._mapping(path, depth)

    def _sequence(self, path: NodePath, depth: int) -> list[Plain]:
        items: list[Plain] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            here = (*path, len(items))
            self.document.marks[here] = _mark(event)
            items.append(self._value(event, here, depth + 1))
        return items

    def _mapping(self, path: NodePath, depth: int) -> dict[str, Plain]:
        result: dict[str, Plain] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event)
            here = (*path, key)
            first = self.document.marks.get(here)
            if first is not None:
                self._complain(
                    event,
                    "read.duplicate_key",
                    f"键 {key} 写了两次，第 {first.line} 行已有",
                    f"duplicate key {key}: it already stands on line {first.line}",
                    "只留一个",
                    "keep one of them",
                )
                # Read past it under a path of its own, so that its marks do not overwrite the first.
                self._value(next(self.events), (*path, f"{key}\0again"), depth + 1)
                continue
            self.document.marks[here] = _mark(event)
            result[key] = self._value(next(self.events), here, depth + 1)
        return result

    def _key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent) or event.anchor is not None or event.tag is not None:
            self._stop(
                event,
                "read.key",
                "键必须是简单的文字",
                "a key must be plain text",
                "改写这个键",
                "rewrite this key",
            )
        key = str(event.value)
        if key == "<<" and event.implicit[0]:
            self._stop(
                event,
                "read.merge_key",
                "不允许合并键 <<",
                "the merge key << is not allowed",
                "把内容写全",
                "write the content out in full",
            )
        return key

    def _scalar(self, event: Any) -> Plain:
        text = str(event.value)
        if not event.implicit[0]:
            return text
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.match(text):
            return self._integer(event, text)
        if _RADIX.match(text):
            self._complain(
                event,
                "read.odd_number",
                f"{text} 会被不同的程序读成不同的数",
                f"{text} is read as different numbers by different programs",
                f'编码写成 "{text}"，整数不要前导零和下划线',
                f'write a code as "{text}", a whole number without leading zero or underscore',
            )
        elif _DECIMAL.match(text):
            self._complain(
                event,
                "read.unquoted_decimal",
                f"小数 {text} 没有加引号，会丢精度",
                f"the decimal {text} is not quoted and would lose precision",
                f'写成 "{text}"',
                f'write "{text}"',
            )
        elif text in _SWITCH or text in _CASED:
            self._complain(
                event,
                "read.ambiguous_word",
                f"{text} 可能是文字，也可能是真假值",
                f"{text} may be text or a truth value",
                f'文字写成 "{text}"，真假写 true 或 false',
                f'write "{text}" for the text, true or false for a truth value',
            )
        return text

    def _integer(self, event: Any, text: str) -> Plain:
        if len(text) > 20:
            self._complain(
                event,
                "read.odd_number",
                f"整数有 {len(text)} 位，太长",
                f"a whole number of {len(text)} digits is too long",
                "编码请加引号",
                "quote it if it is a code",
            )
            return text
        return int(text)

    def _complain(
        self, event: Any, code: str, zh: str, en: str, mend_zh: str = "", mend_en: str = ""
    ) -> None:
        _complain(self.document, event.start_mark.line + 1, code, zh, en, mend_zh, mend_en)

    def _stop(self, event: Any, code: str, zh: str, en: str, mend_zh: str = "", mend_en: str = "") -> None:
        self._complain(event, code, zh, en, mend_zh, mend_en)
        raise _Stop


def _mark(event: Any) -> Mark:
    start = event.start_mark
    return Mark(start.line + 1, start.column + 1)


def _complain(
    document: Document, line: int, code: str, zh: str, en: str, mend_zh: str = "", mend_en: str = ""
) -> None:
    document.issues.append(
        Issue(
            code=code,
            severity="error",
            zh=zh,
            en=en,
            file=document.file,
            line=line,
            mend_zh=mend_zh,
            mend_en=mend_en,
        )
    )


def _refused(
    file: str, line: int, code: str, zh: str, en: str, mend_zh: str = "", mend_en: str = ""
) -> Document:
    document = Document(file)
    _complain(document, line, code, zh, en, mend_zh, mend_en)
    return document
