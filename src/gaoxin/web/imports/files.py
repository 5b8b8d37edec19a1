"""Where uploads and what is worked out from them live (导入文件).

    GAOXIN_HOME/imports/files/ab/ab12…    an upload, named by the SHA-256 of its content
    GAOXIN_HOME/imports/runs/<run>/       head.json, problems.json, diff/, annotated.xlsx, progress.json

Nothing here is under a directory that a web server hands out, and nothing keeps the name it came with. What
is not finished begins with a dot and takes its name when it is whole.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gaoxin.facts.ingest.inspection.limits import Limits
from gaoxin.facts.ingest.workbook import refuse_size
from gaoxin.web import environment


def imports_home() -> Path:
    return environment.home() / "imports"


@dataclass(frozen=True, slots=True)
class Stored:
    """An upload on disk."""

    sha256: str
    size: int


def store(chunks: Iterable[bytes], *, limits: Limits | None = None) -> Stored:
    """Keep an upload under the hash of its content, or refuse it before it fills the disk.

    Raises: FileRefused for an empty file and one over the limit.
    """
    limits = limits or Limits()
    incoming = imports_home() / "files" / "incoming"
    incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = incoming / f".{secrets.token_hex(16)}"
    digest, size = hashlib.sha256(), 0
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limits.file:
                    refuse_size(size, limits)
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        refuse_size(size, limits)
        place = file_path(digest.hexdigest())
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    return Stored(digest.hexdigest(), size)


def file_path(sha256: str) -> Path:
    """The upload with this content."""
    return imports_home() / "files" / sha256[:2] / sha256


def run_folder(run: uuid.UUID) -> Path:
    """The folder of one import; made when first asked for."""
    folder = imports_home() / "runs" / str(run)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def diff_folder(run: uuid.UUID) -> Path:
    return run_folder(run) / "diff"


def replace_folder(draft: Path, place: Path) -> None:
    """Put a finished folder in place of an older one, so that a reader never meets half of it."""
    old = place.with_name(f".old-{secrets.token_hex(4)}")
    if place.exists():
        place.rename(old)
    draft.rename(place)
    shutil.rmtree(old, ignore_errors=True)
