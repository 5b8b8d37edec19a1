"""What the workbench keeps can be read by its own account only (文件权限)."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from gaoxin.web import environment
from gaoxin.web.operations.archives.home import Staging
from gaoxin.web.operations.archives.verifying import unpack


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


@pytest.fixture(autouse=True)
def _usual_rights() -> Iterator[None]:
    """As on most machines: others may read what a process writes, unless it says otherwise."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_a_new_home_and_its_database_are_private(tmp_path: Path) -> None:
    place = environment.make_home({"GAOXIN_HOME": str(tmp_path / "home")})
    database = place / "gaoxin.sqlite3"
    assert (mode(place), mode(database)) == ("0o700", "0o600")
    held = sqlite3.connect(database)
    held.execute("PRAGMA journal_mode = WAL")
    held.execute("CREATE TABLE one (id)")
    assert {mode(beside) for beside in place.glob("gaoxin.sqlite3*")} == {"0o600"}
    held.close()
    (place / "snapshots").mkdir()
    (place / "snapshots" / "facts.parquet").write_bytes(b"")
    assert mode(place / "snapshots") == "0o700"
    assert mode(place / "snapshots" / "facts.parquet") == "0o600"


def test_a_home_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    """Whoever opened it to a group on purpose keeps that."""
    place = tmp_path / "home"
    place.mkdir(mode=0o750)
    (place / "gaoxin.sqlite3").touch(mode=0o640)
    environment.make_home({"GAOXIN_HOME": str(place)})
    assert (mode(place), mode(place / "gaoxin.sqlite3")) == ("0o750", "0o640")
    assert (place / "gaoxin.sqlite3").read_bytes() == b""


def test_another_database_leaves_no_file(tmp_path: Path) -> None:
    told = {"GAOXIN_HOME": str(tmp_path / "home"), "DATABASE_URL": "postgres://gx:secret@127.0.0.1/gx"}
    assert list(environment.make_home(told).iterdir()) == []


@pytest.mark.parametrize("mounted", [False, True])
def test_what_is_restored_is_private(tmp_path: Path, mounted: bool) -> None:
    place = tmp_path / "home"
    if mounted:
        place.mkdir()
        (place / ".keep").touch()  # something stands there, so the folder itself stays
    with Staging(place, place / "gaoxin.sqlite3") as staging:
        unpack(iter([b"figures"]), staging.path("imports/files/ab/ab12"))
        unpack(iter([b"ledger"]), staging.database())
        staging.place()
    assert mounted or mode(place) == "0o700"
    assert mode(place / "gaoxin.sqlite3") == "0o600"
    assert mode(place / "imports" / "files" / "ab" / "ab12") == "0o600"
