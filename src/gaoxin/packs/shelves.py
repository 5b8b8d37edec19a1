"""Entries by id: every id once, a replacement only where it is declared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from gaoxin.core.issues import Issue
from gaoxin.core.spelling import did_you_mean
from gaoxin.packs.opening import Loaded
from gaoxin.packs.schemas import ENTRIES, Entry, Pack, PackCase

T = TypeVar("T", bound=Entry)

# The shelf of a kind of document, and what the clerk calls an entry of it.
_SHELF: dict[str, tuple[str, str, str]] = {
    "metrics": ("metrics", "指标", "metric"),
    "subjects": ("subjects", "主体", "subject"),
    "sources": ("sources", "来源", "source"),
    "observations": ("observations", "观测值", "observation"),
    "not_loaded": ("not_loaded", "不作数据的数字", "figure left out"),
    "calendar": ("calendars", "工作日历", "calendar"),
    "glossary": ("glossary", "术语", "term"),
    "derivations": ("derivations", "推算", "derivation"),
    "logic_rules": ("logic_rules", "审核规则", "logic rule"),
    "cross_checks": ("cross_checks", "互校", "cross-check"),
    "cockpit": ("cockpits", "总览布局", "cockpit"),
    "brief": ("briefs", "简报", "brief"),
    "sandbox": ("populations", "虚构企业", "population"),
    "rule": ("rules", "规则", "rule"),
    "rule_family": ("rule_families", "规则族", "rule family"),
    "actions": ("actions", "改进动作", "action"),
    "rule_cases": ("rule_cases", "规则用例", "set of rule cases"),
}


class Shelves:
    """Collects entries by id and notices two that claim the same one."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.entries: dict[str, dict[str, Entry]] = {}
        self.replacements: dict[str, dict[str, dict[str, Entry]]] = {}
        self.cases: list[PackCase] = []
        self.issues: list[Issue] = []
        self._pending: list[tuple[str, str, Any, dict[str, Entry]]] = []

    def of(self, shelf: str, kind: type[T]) -> Mapping[str, T]:
        return MappingProxyType(
            {key: entry for key, entry in self.entries.get(shelf, {}).items() if isinstance(entry, kind)}
        )

    def add(self, pack_id: str, kind: str, document: Any) -> None:
        if kind == "cases":
            self.cases += document.cases
            return
        shelf = _SHELF[kind][0]
        overrides = {override.id: override for override in getattr(document, "overrides", ())}
        replacing: dict[str, Entry] = {}
        for entry in entries_of(kind, document):
            key = entry.key
            if key in replacing:
                self._twice(kind, key, entry, replacing[key])
            elif key in overrides:
                replacing[key] = entry
            else:
                self._shelve(kind, shelf, key, entry)
        if overrides:
            self._pending.append((pack_id, kind, document, replacing))

    def settle_overrides(self) -> None:
        """Accept each declared replacement of an entry that a pack underneath has."""
        for pack_id, kind, document, replacing in self._pending:
            shelf, zh, en = _SHELF[kind]
            below = dependencies(self.loaded.packs, pack_id)
            for override in document.overrides:
                shared = self.entries.get(shelf, {}).get(override.id)
                entry = replacing.get(override.id)
                if entry is None:
                    file, line = self.loaded.place(document)
                    words = (
                        f"声明覆盖{zh} {override.id}，本文件里却没有它的新内容",
                        f"overrides {en} {override.id}, but this file does not hold the replacement",
                        "写上新内容，或删掉这条覆盖",
                        "write the replacement, or remove the override",
                    )
                elif shared is None or shared.origin.pack not in below:
                    file, line = entry.origin.file, entry.origin.line
                    words = (
                        f"覆盖的{zh} {override.id} 不在所依赖的内容包里",
                        f"the overridden {en} {override.id} is not in a pack this one depends on",
                        *did_you_mean(override.id, self.entries.get(shelf, {})),
                    )
                else:
                    mine = self.replacements.setdefault(pack_id, {}).setdefault(shelf, {})
                    if override.id in mine:
                        self._twice(kind, override.id, entry, mine[override.id])
                    mine[override.id] = entry
                    continue
                self._note("refer.override", file, line, words)

    def _shelve(self, kind: str, shelf: str, key: str, entry: Entry) -> None:
        held = self.entries.setdefault(shelf, {})
        if key in held:
            self._twice(kind, key, entry, held[key])
        else:
            held[key] = entry

    def _twice(self, kind: str, key: str, entry: Entry, first: Entry) -> None:
        _, zh, en = _SHELF[kind]
        place = f"{first.origin.file}:{first.origin.line}"
        self._note(
            "refer.duplicate_id",
            entry.origin.file,
            entry.origin.line,
            (
                f"{zh} {key} 已在 {place} 定义",
                f"duplicate id: {en} {key} is already defined at {place}",
                "换一个编号；确要替换上级内容包的内容，写 overrides: 和理由",
                "choose another id; to replace an entry of a pack below, declare it under overrides:",
            ),
        )

    def _note(self, code: str, file: str, line: int, words: Sequence[str]) -> None:
        zh, en, mend_zh, mend_en = words
        self.issues.append(
            Issue(
                code=code,
                severity="error",
                zh=zh,
                en=en,
                file=file,
                line=line,
                mend_zh=mend_zh,
                mend_en=mend_en,
            )
        )


def entries_of(kind: str, document: Any) -> Sequence[Entry]:
    """The entries of one document; a document without a list is one entry itself."""
    return getattr(document, ENTRIES[kind]) if kind in ENTRIES else (document,)


def dependencies(packs: Mapping[str, Pack], name: str) -> tuple[str, ...]:
    """The packs one pack stands on, directly or not, each after its own dependencies."""
    found: dict[str, None] = {}

    def visit(here: str, trail: tuple[str, ...]) -> None:
        for below in packs[here].depends if here in packs else ():
            if below not in found and below not in trail:
                visit(below, (*trail, below))
                found[below] = None

    visit(name, (name,))
    return tuple(found)
