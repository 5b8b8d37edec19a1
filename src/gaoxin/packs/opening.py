"""Which files belong to the packs that were asked for, and what do they say?

Reads each pack once (gates 1 and 2), each after the packs it depends on; `library` puts them together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gaoxin.core.issues import Issue
from gaoxin.core.spelling import did_you_mean
from gaoxin.packs.gates.shape import shape
from gaoxin.packs.reader import Document, read_document
from gaoxin.packs.schemas import Closed, Pack

PACK_FILE = "pack.yaml"


@dataclass(slots=True)
class Loaded:
    """The packs opened, their documents in order of dependency, and every complaint on the way."""

    packs: dict[str, Pack] = field(default_factory=dict)
    documents: list[tuple[str, str, Closed]] = field(default_factory=list)
    read: list[Document] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    _places: dict[int, tuple[str, int]] = field(default_factory=dict)

    def add(self, pack_id: str, kind: str, document: Closed, origin: Document) -> None:
        self.documents.append((pack_id, kind, document))
        self._places[id(document)] = (origin.file, origin.mark(("overrides",)).line)

    def place(self, document: Closed) -> tuple[str, int]:
        """File of a document, and the line of its overrides."""
        return self._places[id(document)]


def load_packs(packs: Sequence[str | Path] | None, *, shipped: Callable[[], Path]) -> Loaded:
    """Read packs and their dependencies.

    A name without a slash is a shipped pack; anything else is a folder, either a pack or a folder of packs. A
    dependency is looked for beside the pack that names it, then among the shipped packs.
    """
    loader = _Loader(shipped)
    if packs is None:
        loader.open_folder(shipped())
    for asked in packs or ():
        if isinstance(asked, str) and "/" not in asked and "\\" not in asked and not asked.startswith("."):
            loader.open_named(asked, beside=None)
        else:
            loader.open_folder(Path(asked))
    return loader.loaded


class _Loader:
    def __init__(self, shipped: Callable[[], Path]) -> None:
        self.shipped = shipped
        self.loaded = Loaded()
        self._opening: list[str] = []
        self._folders: dict[str, Path] = {}

    def open_folder(self, folder: Path) -> None:
        """A folder with pack.yaml is one pack; a folder whose folders have one is several."""
        if (folder / PACK_FILE).is_file():
            self._open(folder)
            return
        inside = sorted(path.parent for path in folder.glob(f"*/{PACK_FILE}"))
        if not inside:
            self._complain(
                folder.as_posix(),
                None,
                "read.no_pack",
                f"这里没有 {PACK_FILE}",
                f"there is no {PACK_FILE} here",
                "给出内容包的名字或目录",
                "name a pack or a folder that holds one",
            )
        for path in inside:
            self._open(path)

    def open_named(self, name: str, *, beside: Path | None, asked_at: tuple[str, int] | None = None) -> None:
        """A pack by its name, beside the pack that asks for it or among the shipped ones."""
        roots = [root for root in (beside, self.shipped()) if root is not None]
        for root in roots:
            if (root / name / PACK_FILE).is_file():
                self._open(root / name)
                return
        known = sorted({path.parent.name for root in roots for path in root.glob(f"*/{PACK_FILE}")})
        hint_zh, hint_en = did_you_mean(name, known)
        file, line = asked_at or (name, None)
        self._complain(
            file,
            line,
            "read.unknown_pack",
            f"没有内容包 {name}",
            f"there is no pack {name}",
            f"{hint_zh}现有：{', '.join(known)}",
            f"{hint_en} present: {', '.join(known)}".strip(),
        )

    def _open(self, folder: Path) -> None:
        name = folder.resolve().name
        if name in self._opening:
            self._complain(
                shown(folder / PACK_FILE),
                1,
                "refer.circular_pack",
                f"内容包互相依赖：{' → '.join((*self._opening, name))}",
                f"packs depend on each other: {' → '.join((*self._opening, name))}",
                "去掉其中一条 depends",
                "remove one of the depends",
            )
            return
        if name in self._folders:
            if self._folders[name] != folder.resolve():
                self._complain(
                    shown(folder / PACK_FILE),
                    1,
                    "refer.duplicate_id",
                    f"内容包 {name} 有两个目录，另一个是 {self._folders[name]}",
                    f"duplicate id: pack {name} is also at {self._folders[name]}",
                )
            return
        self._folders[name] = folder.resolve()
        self._opening.append(name)
        self._read_pack(folder, name)
        self._opening.pop()

    def _read_pack(self, folder: Path, name: str) -> None:
        heading = read_document(folder / PACK_FILE, shown_as=shown(folder / PACK_FILE))
        model = self._shape(heading, name)
        if isinstance(model, Pack):
            if model.id != name:
                self._complain(
                    heading.file,
                    heading.mark(("id",)).line,
                    "refer.pack_id",
                    f"编号 {model.id} 与目录名 {name} 不同",
                    f"the id {model.id} differs from the folder's name {name}",
                    "改成一样",
                    "make them equal",
                )
            for number, below in enumerate(model.depends):
                line = heading.mark(("depends", number)).line
                self.open_named(below, beside=folder.resolve().parent, asked_at=(heading.file, line))
            self.loaded.packs[name] = model
        elif model is not None:
            words = (
                "pack.yaml 里写的不是 kind: pack",
                "pack.yaml does not hold kind: pack",
                "改成 kind: pack",
                "write kind: pack",
            )
            self._complain(heading.file, heading.mark(("kind",)).line, "shape.unknown_kind", *words)
        for path in sorted(folder.rglob("*.y*ml")):
            if path.name != PACK_FILE and path.suffix in (".yaml", ".yml"):
                document = read_document(path, shown_as=shown(path))
                content = self._shape(document, name)
                if isinstance(content, Pack):
                    words = (
                        "kind: pack 只能写在 pack.yaml 里",
                        "kind: pack belongs into pack.yaml",
                        "改用别的 kind",
                        "use another kind",
                    )
                    self._complain(document.file, document.mark(("kind",)).line, "shape.unknown_kind", *words)
                elif content is not None and isinstance(document.data, dict):
                    self.loaded.add(name, str(document.data["kind"]), content, document)

    def _shape(self, document: Document, pack: str) -> Closed | None:
        self.loaded.read.append(document)
        self.loaded.issues += document.issues
        if document.data is None and not document.sound:
            return None
        model, issues = shape(document, pack=pack)
        self.loaded.issues += issues
        return model

    def _complain(
        self, file: str, line: int | None, code: str, zh: str, en: str, mend_zh: str = "", mend_en: str = ""
    ) -> None:
        self.loaded.issues.append(
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


def shown(path: Path) -> str:
    """A path as complaints print it: from the working directory if it lies inside."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
