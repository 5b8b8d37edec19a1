"""From YAML events to plain values and marks, refusing whatever YAML 1.1 would guess at.

Working on events, not on composed nodes, an alias is refused before it is expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from gaoxin.packs.document import Document, Mark, NodePath, Plain

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


class Stop(Exception):
    """Reading cannot go on; the issue is already noted."""


class Builder:
    """Turns YAML events into plain values and marks."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.events: Iterator[Any] = iter(())
        self.lines: list[str] = []

    def build(self, text: str) -> None:
        self.lines = text.split("\n")
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
            self.document.texts[path] = self._first_character(event)
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

    def _first_character(self, event: Any) -> Mark:
        """Where the text of a scalar begins: behind its quote, or on the line below a | or >."""
        start = event.start_mark
        if event.style not in ("|", ">"):
            return Mark(start.line + 1, start.column + (2 if event.style else 1))
        for number in range(start.line + 1, len(self.lines)):
            line = self.lines[number]
            if line.strip():
                return Mark(number + 1, len(line) - len(line.lstrip(" ")) + 1)
        return _mark(event)

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
        self.document.complain(event.start_mark.line + 1, code, zh, en, mend_zh, mend_en)

    def _stop(self, event: Any, code: str, zh: str, en: str, mend_zh: str = "", mend_en: str = "") -> None:
        self._complain(event, code, zh, en, mend_zh, mend_en)
        raise Stop


def _mark(event: Any) -> Mark:
    start = event.start_mark
    return Mark(start.line + 1, start.column + 1)
