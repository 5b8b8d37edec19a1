"""How long did a command take, and what did it use? (用时与占用)

Every figure in this folder is a whole process seen from outside: wall-clock seconds, CPU seconds (user +
system, all threads and children) and peak memory. A benchmark runs its peer in the same minute on the same
machine and prints the ratio, because a ratio survives a busy machine and an absolute time does not.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Measurement:
    """One finished run of one command.

    Units: wall and cpu in seconds, peak in bytes (resident memory of the process and its children, sampled).
    """

    name: str
    wall: float
    cpu: float
    peak: int
    status: int


def run(
    name: str,
    command: Sequence[str],
    env: Mapping[str, str] | None = None,
    log: Path | None = None,
    sound: Sequence[int] = (0,),
) -> Measurement:
    """Run a command to its end and measure it from outside; `sound` are the exit codes of a complete run.

    Raises: RuntimeError with the end of its output when the command fails: a failed run has no time.
    """
    before = os.times()
    started = time.perf_counter()
    output = log.open("wb") if log else subprocess.DEVNULL
    # an installed package has its bytecode; a shell that forbids it would measure the compiler
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        command, env={**inherited, **(env or {})}, stdout=output, stderr=subprocess.STDOUT
    )
    peak = _watch_memory(process)
    status = process.wait()
    wall = time.perf_counter() - started
    after = os.times()
    cpu = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    if log:
        output.close()  # type: ignore[union-attr]
    if status not in sound:
        tail = log.read_text(errors="replace")[-2000:] if log else "(no log)"
        raise RuntimeError(f"{name} ended with status {status}: {' '.join(command)}\n{tail}")
    return Measurement(name=name, wall=wall, cpu=cpu, peak=peak(), status=status)


def _watch_memory(process: subprocess.Popen[bytes]):
    """Sample the resident memory of a process tree until it ends; the returned function gives the maximum."""
    highest = 0

    def sample() -> None:
        nonlocal highest
        while process.poll() is None:
            highest = max(highest, _resident_bytes(process.pid))
            time.sleep(POLL_SECONDS)

    watcher = threading.Thread(target=sample, daemon=True)
    watcher.start()

    def finished() -> int:
        watcher.join(timeout=1)
        return highest

    return finished


def _resident_bytes(pid: int) -> int:
    total = 0
    pending = [pid]
    while pending:
        current = pending.pop()
        try:
            total += int(Path(f"/proc/{current}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            pending += [
                int(child) for child in Path(f"/proc/{current}/task/{current}/children").read_text().split()
            ]
        except (FileNotFoundError, ProcessLookupError, IndexError):
            continue  # the process ended between two reads
    return total


def report(
    title: str,
    ours: Measurement,
    peer: Measurement | None,
    limit_seconds: float,
    limit_bytes: int | None = None,
) -> bool:
    """Print one comparison and say whether the asked figure was reached."""
    reached = ours.wall <= limit_seconds and (limit_bytes is None or ours.peak <= limit_bytes)
    print(f"\n{title}")
    for row in filter(None, (ours, peer)):
        used = f"wall {row.wall:7.2f} s   cpu {row.cpu:7.2f} s   peak {row.peak / 2**20:6.0f} MiB"
        print(f"  {row.name:<42} {used}")
    if peer:
        ratios = f"wall {ours.wall / peer.wall:7.2f}     cpu {ours.cpu / peer.cpu:7.2f}"
        print(f"  {'ratio (ours / peer)':<42} {ratios}")
    asked = f"≤ {limit_seconds:g} s" + (f", ≤ {limit_bytes / 2**20:.0f} MiB" if limit_bytes else "")
    print(f"  asked {asked}: {'reached' if reached else 'NOT reached'}")
    sys.stdout.flush()
    return reached
