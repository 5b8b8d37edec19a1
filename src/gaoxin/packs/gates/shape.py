"""Gate 2, shape: does a document have the keys and values its kind allows?

pydantic finds what is wrong; this module says it in the words of the author, with the line.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gaoxin.core.issues import Issue
from gaoxin.core.spelling import did_you_mean
from gaoxin.packs.reader import Document, NodePath
from gaoxin.packs.schemas import DOCUMENTS, ENTRIES, Closed, Entry, Origin

Words = tuple[str, str, str, str]  # zh, en, mend_zh, mend_en


def shape(document: Document, *, pack: str) -> tuple[Closed | None, list[Issue]]:
    """The model of a document whose every entry knows its origin, or None and all complaints."""
    data = document.data
    if not isinstance(data, dict):
        zh, en = "文件最外层不是“键: 值”", "the document is not a mapping"
        return None, [
            _issue(document, (), "shape.not_a_mapping", (zh, en, "第一行写 kind:", "begin with kind:"))
        ]
    kind = data.get("kind")
    model = DOCUMENTS.get(kind) if isinstance(kind, str) else None
    if model is None:
        hint_zh, hint_en = did_you_mean(str(kind), DOCUMENTS)
        allowed = ", ".join(DOCUMENTS)
        words = (
            f"kind: {_show(kind)} 不是已知的文档种类" if "kind" in data else "缺少 kind:",
            f"unknown kind {_show(kind)}" if "kind" in data else "the key kind is missing",
            f"{hint_zh}可用：{allowed}",
            f"{hint_en} use one of {allowed}".strip(),
        )
        return None, [_issue(document, ("kind",), "shape.unknown_kind", words)]
    try:
        loaded = model.model_validate(data)
    except ValidationError as error:
        faults = [(_path(detail), detail) for detail in _own_faults(error.errors())]
        new = [(path, detail) for path, detail in faults if path not in document.refused]
        return None, [_translate(document, model, path, detail) for path, detail in new]
    _place(loaded, document, str(kind), pack)
    return loaded, []


def _place(loaded: Closed, document: Document, kind: str, pack: str) -> None:
    """Give every entry the line it begins on."""
    name = ENTRIES.get(kind)
    if name is None:
        if isinstance(loaded, Entry):
            line = document.mark(()).line
            loaded.placed(Origin(document.file, line, 1, pack, (), document.marks, document.texts))
        return
    for number, entry in enumerate(getattr(loaded, name)):
        mark = document.mark((name, number))
        place = (document.file, mark.line, mark.column, pack, (name, number))
        entry.placed(Origin(*place, document.marks, document.texts))


def _own_faults(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without "too few items" of a list whose items are there but faulty: each is reported itself."""
    paths = [detail["loc"] for detail in details]
    return [
        detail
        for detail in details
        if detail["type"] != "too_short"
        or not any(
            len(path) > len(detail["loc"]) and path[: len(detail["loc"])] == detail["loc"] for path in paths
        )
    ]


def _path(detail: ErrorDetails) -> NodePath:
    """Where the fault lies in the document; pydantic adds steps of its own for unions and keys."""
    return tuple(step for step in detail["loc"] if not _is_tag(step))


def _translate(document: Document, model: type[BaseModel], path: NodePath, detail: ErrorDetails) -> Issue:
    code = detail["type"]
    words: Words
    if code == "extra_forbidden":
        return _issue(document, path, "shape.unknown_key", _unknown_key(model, path))
    if code == "gaoxin":
        ctx = detail.get("ctx", {})
        words = (str(ctx["zh"]), str(ctx["en"]), str(ctx["mend_zh"]), str(ctx["mend_en"]))
        return _issue(document, path, "shape.value", _at(path, words))
    if code == "missing":
        key = path[-1]
        zh, en = _description(model, path)
        where = _dotted(path[:-1])
        words = (
            f"{where}缺少 {key}:",
            f"{where}the key {key} is missing",
            f"补上 {key}：{zh}",
            f"add {key}: {en}",
        )
        return _issue(document, path[:-1], "shape.missing_key", words)
    say = _SAYINGS.get(code)
    words = say(detail) if say else (f"值 {_show(detail['input'])} 不合要求", detail["msg"], "", "")
    zh, en = _description(model, path)
    if en and not words[2]:
        words = (words[0], words[1], f"应为：{zh}", f"expected: {en}")
    return _issue(document, path, "shape.value", _at(path, words))


def _unknown_key(model: type[BaseModel], path: NodePath) -> Words:
    key = str(path[-1])
    allowed = _keys(model, path[:-1])
    hint_zh, hint_en = did_you_mean(key, allowed)
    listed = ", ".join(allowed)
    return (
        f"{_dotted(path[:-1])}不认识的键 {key}",
        f"{_dotted(path[:-1])}unknown key {key}",
        f"{hint_zh}可用：{listed}",
        f"{hint_en} allowed: {listed}".strip(),
    )


def _text(detail: ErrorDetails) -> Words:
    value = detail["input"]
    if isinstance(value, bool | int):
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        return f"{shown} 没有加引号", f"{shown} is not quoted", f'写成 "{shown}"', f'write "{shown}"'
    if value is None:
        return "这里是空的", "empty: a text is expected", "", ""
    return f"{_show(value)} 不是文字", f"{_show(value)} is not a text", "", ""


def _choice(detail: ErrorDetails) -> Words:
    value = detail["input"]
    allowed = [part.strip("'") for part in str(detail["ctx"]["expected"]).replace(" or ", ", ").split(", ")]
    hint_zh, hint_en = did_you_mean(str(value), allowed)
    listed = ", ".join(allowed)
    return (
        f"{_show(value)} 不在可选值里",
        f"{_show(value)} is not one of the allowed values",
        f"{hint_zh}可用：{listed}",
        f"{hint_en} use one of {listed}".strip(),
    )


def _pattern(detail: ErrorDetails) -> Words:
    return (
        f"{_show(detail['input'])} 写法不对",
        f"{_show(detail['input'])} is not written as expected",
        "",
        "",
    )


def _kind_of(zh: str, en: str) -> Callable[[ErrorDetails], Words]:
    return lambda detail: (
        f"{_show(detail['input'])} 不是{zh}",
        f"{_show(detail['input'])} is not {en}",
        "",
        "",
    )


def _limit(zh: str, en: str) -> Callable[[ErrorDetails], Words]:
    return lambda detail: (
        f"{_show(detail['input'])} {zh}",
        f"{_show(detail['input'])}: {en}; {detail['msg']}",
        "",
        "",
    )


_SAYINGS: dict[str, Callable[[ErrorDetails], Words]] = {
    "string_type": _text,
    "literal_error": _choice,
    "string_pattern_mismatch": _pattern,
    "int_type": _kind_of("整数", "a whole number"),
    "bool_type": _kind_of("真假值，写 true 或 false", "a truth value: write true or false"),
    "tuple_type": _kind_of("列表，每项一行、前面加“- ”", "a list: one item a line, each after '- '"),
    "list_type": _kind_of("列表，每项一行、前面加“- ”", "a list: one item a line, each after '- '"),
    "dict_type": _kind_of("一组“键: 值”", "a mapping"),
    "model_type": _kind_of("一组“键: 值”", "a mapping"),
    "too_short": _limit("内容不够", "too few items"),
    "too_long": _limit("内容太多", "too many items"),
    "string_too_short": _limit("是空的", "empty"),
    "string_too_long": _limit("太长", "too long"),
    "greater_than_equal": _limit("太小", "too small"),
    "less_than_equal": _limit("太大", "too large"),
    "value_form": _kind_of(
        '加引号的数、文字列表或 {lo, hi}；数要写成 "432"',
        'a quoted number, a list of texts or {lo, hi}: write "432"',
    ),
    "input_form": _kind_of(
        "观测值编号或 {subject, metric, period}", "an observation id or {subject, metric, period}"
    ),
    "expected_form": _kind_of(
        '加引号的文字、真假值或 ["下限", "上限"]',
        'a quoted text, a truth value or ["lo", "hi"]; numbers are quoted',
    ),
}


def _issue(document: Document, path: NodePath, code: str, words: Words) -> Issue:
    zh, en, mend_zh, mend_en = words
    line = document.mark(path).line
    return Issue(
        code=code,
        severity="error",
        zh=zh,
        en=en,
        file=document.file,
        line=line,
        mend_zh=mend_zh,
        mend_en=mend_en,
    )


def _at(path: NodePath, words: Words) -> Words:
    zh, en, mend_zh, mend_en = words
    where = _dotted(path)
    return f"{where}{zh}", f"{where}{en}", mend_zh, mend_en


def _dotted(path: NodePath) -> str:
    """`metrics[3].unit: `, or nothing for the document itself."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    return f"{text}: " if text else ""


def _is_tag(step: object) -> bool:
    """Steps that pydantic adds for its own bookkeeping: `<text>` for an arm of a union, `[key]` for a key."""
    return isinstance(step, str) and ((step.startswith("<") and step.endswith(">")) or step == "[key]")


def _show(value: object) -> str:
    text = repr(value) if not isinstance(value, str) else value
    return text if len(text) <= 40 else text[:39] + "…"


def _models(annotation: Any) -> list[Any]:
    """The plain types inside Annotated, Optional and unions."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return [inner for arm in get_args(annotation) for inner in _models(arm)]
    if hasattr(annotation, "__metadata__"):
        return _models(get_args(annotation)[0])
    return [annotation]


def _descend(model: type[BaseModel], path: NodePath) -> list[Any]:
    """The types that may stand at a path of a document."""
    here: list[Any] = [model]
    for step in path:
        following: list[Any] = []
        for kind in here:
            origin, args = get_origin(kind), get_args(kind)
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                found = [f for n, f in kind.model_fields.items() if (f.alias or n) == step]
                following += [inner for field in found for inner in _models(field.annotation)]
            elif origin is dict:
                following += _models(args[1])
            elif origin in (tuple, list) and args:
                following += _models(args[0])
        here = following
    return here


def _keys(model: type[BaseModel], path: NodePath) -> list[str]:
    kinds = [kind for kind in _descend(model, path) if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return [field.alias or name for kind in kinds for name, field in kind.model_fields.items()]


def _description(model: type[BaseModel], path: NodePath) -> tuple[str, str]:
    """What the schema says of the field at a path: Chinese term and example, English description."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    for kind in _descend(model, path[:-1]) if path else ():
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for name, field in kind.model_fields.items():
                if (field.alias or name) == path[-1]:
                    return _in_both(field.description or "", field.examples or [])
    return "", ""


def _in_both(description: str, examples: list[Any]) -> tuple[str, str]:
    english, _, chinese = description.rpartition(" (")
    shown = "、".join(str(example) for example in examples)
    zh = chinese.rstrip(")") + (f"，如 {shown}" if shown else "")
    return zh, english + (f", such as {shown}" if shown else "")
