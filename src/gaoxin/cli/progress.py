"""A progress bar on the error stream, for verbs that take longer than a moment (进度条)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from gaoxin.cli.console import Console

Progress = Callable[[str, int, int], None]


@contextmanager
def bar(console: Console, stream: TextIO) -> Iterator[Progress]:
    """Gives a function `progress(phase, done, total)`; each phase is a bar of its own.

    Nothing is drawn where nobody watches: with `--json`, or when the stream is no terminal.
    """
    if console.json or not stream.isatty():
        yield lambda phase, done, total: None
        return
    from tqdm import tqdm

    from gaoxin.web.imports.progress import PHASES

    shown: tqdm | None = None
    current = ""

    def progress(phase: str, done: int, total: int) -> None:
        nonlocal shown, current
        if phase != current or shown is None:
            if shown is not None:
                shown.close()
            words = PHASES.get(phase, (phase, phase))
            shown = tqdm(
                total=total, desc=console.text(*words), file=stream, unit="", leave=True, dynamic_ncols=True
            )
            current = phase
        shown.total = total
        shown.n = done
        shown.refresh()

    try:
        yield progress
    finally:
        if shown is not None:
            shown.close()
