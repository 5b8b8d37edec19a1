"""What is installed is pinned, hashed, and comes from no particular host."""

import re
import tomllib
from itertools import pairwise

import pytest

from tests.house.repository import ROOT, files, shown

LOCKS = [
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-uv.lock",
    "bench/peers.lock",
    "tests/compute/spark.lock",
]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)")


def pins(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    return {normal(match[1]): match[2] for line in lines if (match := PIN.match(line))}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~ ;]", name)[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pin_with_hashes(lock: str) -> None:
    lines = [
        line for line in (ROOT / lock).read_text("utf-8").splitlines() if not line.lstrip().startswith("#")
    ]
    starts = [number for number, line in enumerate(lines) if not line.startswith(" ")]
    assert starts
    for start, end in pairwise([*starts, len(lines)]):
        assert PIN.match(lines[start]), lines[start]
        assert any("--hash=sha256:" in line for line in lines[start:end]), lines[start]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_in_a_lock_file(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"://|--index|--find-links|@ file|^-e ", text, re.MULTILINE)


def test_every_declared_library_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    needed = {normal(name) for name in project["project"]["dependencies"]}
    groups = project["dependency-groups"]
    building = {normal(name) for name in groups["build"]}
    testing = {normal(name) for name in groups["dev"] if isinstance(name, str)}
    assert needed | building <= pins("requirements.lock").keys()
    assert needed | building | testing <= pins("requirements-dev.lock").keys()


def test_running_and_testing_use_the_same_versions() -> None:
    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: dev.get(name) for name in run} == run


def test_no_lock_file_that_holds_hosts() -> None:
    forbidden = re.compile(r"(^|/)(uv\.lock|pylock.*\.toml|yarn\.lock|poetry\.lock|Pipfile\.lock)$")
    assert not [shown(path) for path in files() if forbidden.search(shown(path))]
