"""How far a long step is, and the wish to stop it (进度与取消): two small files beside the run.

Not in the database: while an import is being written, its own transaction holds the only write lock of
SQLite, so nobody could say "stop" there.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass

from gaoxin.facts.ingest.progress import PHASES as INGEST_PHASES
from gaoxin.web.imports.files import run_folder

PHASES: dict[str, tuple[str, str]] = INGEST_PHASES | {
    "wait": ("等待处理", "waiting"),
    "prepare": ("准备入库", "preparing"),
    "store": ("入库", "storing"),
}
_EVERY = 0.4  # seconds between two notes


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done, how many of how many, since when. `total` 0 = not known."""

    phase: str = "wait"
    done: int = 0
    total: int = 0
    started: float = 0.0
    cancel_requested: bool = False

    @property
    def phase_zh(self) -> str:
        return PHASES[self.phase][0]

    @property
    def phase_en(self) -> str:
        return PHASES[self.phase][1]

    @property
    def percent(self) -> int | None:
        return min(100, 100 * self.done // self.total) if self.total else None

    @property
    def seconds_left(self) -> int | None:
        """Guessed from the speed of this phase; None before a tenth is done."""
        if not self.total or self.done * 10 < self.total:
            return None
        spent = time.time() - self.started
        return round(spent * (self.total - self.done) / self.done)


class Reporter:
    """Writes the progress of one run, a few times a second at most, and hears the wish to stop.

    `stopping`: the worker itself is asked to end; the step then ends as well, to be begun again later.
    """

    def __init__(self, run: uuid.UUID, stopping: Callable[[], bool] = lambda: False) -> None:
        self._stopping = stopping
        self._folder = run_folder(run)
        self._last = 0.0
        self._phase = ""
        self._started = 0.0
        self._heard = (0.0, False)

    def __call__(self, phase: str, done: int, total: int) -> None:
        now = time.time()
        if phase != self._phase:
            self._phase, self._started = phase, now
        elif now - self._last < _EVERY and done < total:
            return
        self._last = now
        note = Progress(phase, done, total, self._started)
        draft = self._folder / ".progress.json"
        draft.write_text(json.dumps(asdict(note)), encoding="ascii")
        draft.replace(self._folder / "progress.json")

    def cancelled(self) -> bool:
        if self._stopping():
            return True
        now = time.time()
        if now - self._heard[0] > _EVERY / 2:
            self._heard = (now, (self._folder / "cancel").exists())
        return self._heard[1]


def progress_of(run: uuid.UUID) -> Progress:
    """The last note; a run nobody works on yet is waiting."""
    folder = run_folder(run)
    wish = (folder / "cancel").exists()
    try:
        note = json.loads((folder / "progress.json").read_text(encoding="ascii"))
        return Progress(**{**note, "cancel_requested": wish})
    except (OSError, ValueError, TypeError):
        return Progress(cancel_requested=wish)


def ask_to_stop(run: uuid.UUID) -> None:
    (run_folder(run) / "cancel").touch()


def begin(run: uuid.UUID) -> None:
    """A new step: no old note, no old wish."""
    for name in ("progress.json", "cancel"):
        (run_folder(run) / name).unlink(missing_ok=True)
