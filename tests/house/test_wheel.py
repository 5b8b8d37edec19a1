"""What is built is what is installed: code, pages, translations and packs travel in one wheel."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.repository import ROOT, files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names inside the wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = f"from hatchling.build import build_wheel; print(build_wheel({str(folder)!r}))"
    subprocess.run([sys.executable, "-c", build], cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("gaoxin-*.whl")
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def expected(folder: Path, inside: str) -> set[str]:
    return {f"{inside}/{path.relative_to(folder).as_posix()}" for path in files() if folder in path.parents}


def test_wheel_holds_all_code_pages_and_translations(wheel: set[str]) -> None:
    assert not expected(ROOT / "src" / "gaoxin", "gaoxin") - wheel


def test_wheel_holds_every_pack(wheel: set[str]) -> None:
    packs = expected(ROOT / "packs", "gaoxin/_packs")
    assert packs
    assert not packs - wheel


def test_wheel_holds_nothing_else(wheel: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"gaoxin"}
    assert not [name for name in wheel if name.endswith((".pyc", ".sqlite3")) or "/tests/" in name]


def test_wheel_holds_licence_and_notice(wheel: set[str]) -> None:
    assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in wheel}
