"""How long work tells what it is doing and hears that it should stop (进度与取消).

Every function of the ingest that may take longer than a moment takes `progress(phase, done, total)` and
`cancelled()`. Both are called from the working thread, a few hundred times at most. Phases are the keys of
`PHASES`; the web floor shows their Chinese.
"""

from __future__ import annotations

from collections.abc import Callable

from gaoxin.core.errors import IngestError

Progress = Callable[[str, int, int], None]
Cancelled = Callable[[], bool]

PHASES: dict[str, tuple[str, str]] = {
    "unpack": ("检查文件", "checking the file"),
    "read": ("读取表格", "reading the sheet"),
    "convert": ("核对数字", "checking the figures"),
    "compare": ("与库里的数比较", "comparing with what is stored"),
    "annotate": ("写批注", "writing comments"),
    "generate": ("生成合成数据", "making synthetic data"),
}


class ImportCancelled(IngestError):
    """The person who started the work stopped it; nothing was written (已取消)."""

    code = "import_cancelled"

    def __init__(self) -> None:
        super().__init__("导入已取消，什么也没有入库。", "The import was cancelled; nothing was written.")


def silent(phase: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def never() -> bool:
    """Work that nobody cancels."""
    return False


def check(cancelled: Cancelled) -> None:
    """Raises: ImportCancelled once somebody pressed cancel."""
    if cancelled():
        raise ImportCancelled
