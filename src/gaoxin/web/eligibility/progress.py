"""How far an evaluation is (判定进度): a file in the home, for a transaction may hold the only lock."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from gaoxin.web import environment
from gaoxin.web.eligibility.evaluating import Progress

_EVERY = 0.4  # seconds between two notes


@dataclass(frozen=True, slots=True)
class Note:
    """How many rules of how many are done."""

    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int | None:
        return 100 * self.done // self.total if self.total else None


def reporter(run: int) -> Progress:
    """Writes the progress of one run, a few times a second at most."""
    last = 0.0

    def report(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _EVERY and done < total:
            return
        last = now
        path = _path(run)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(asdict(Note(done, total))), encoding="ascii")
        draft.replace(path)

    return report


def progress_of(run: int) -> Note:
    """The last note; nothing done if there is none."""
    try:
        return Note(**json.loads(_path(run).read_text(encoding="ascii")))
    except (OSError, ValueError, TypeError):
        return Note()


def forget(run: int) -> None:
    _path(run).unlink(missing_ok=True)


def _path(run: int) -> Path:
    return environment.home() / "evaluations" / f"{run}.json"
