"""The front-end libraries are the ones vendor.json names, small, mapless and credited."""

import hashlib
import json

import pytest

from tests.house.repository import ROOT, VENDORED

LISTED = json.loads((VENDORED / "vendor.json").read_text("utf-8"))
IDS = [entry["file"] for entry in LISTED]


@pytest.mark.parametrize("entry", LISTED, ids=IDS)
def test_file_has_the_listed_hash(entry: dict[str, str]) -> None:
    assert hashlib.sha256((VENDORED / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("entry", LISTED, ids=IDS)
def test_version_is_the_one_asked_for(entry: dict[str, str]) -> None:
    asked = json.loads((ROOT / "frontend" / "package.json").read_text("utf-8"))["dependencies"]
    assert asked[entry["name"]] == entry["version"]


@pytest.mark.parametrize("entry", LISTED, ids=IDS)
def test_notice_credits_the_library(entry: dict[str, str]) -> None:
    assert f"{entry['version']} (vendor/{entry['file']})" in (ROOT / "NOTICE").read_text("utf-8")


@pytest.mark.parametrize("entry", LISTED, ids=IDS)
def test_no_comment_names_a_source_map(entry: dict[str, str]) -> None:
    assert b"sourceMappingURL" not in (VENDORED / entry["file"]).read_bytes()


def test_no_file_is_unlisted() -> None:
    assert {path.name for path in VENDORED.iterdir()} == {*IDS, "vendor.json"}


def test_all_together_stay_under_three_megabytes() -> None:
    assert sum(path.stat().st_size for path in VENDORED.iterdir()) <= 3 * 1024 * 1024


def test_npm_lock_names_no_host() -> None:
    packages = json.loads((ROOT / "frontend" / "package-lock.json").read_text("utf-8"))["packages"]
    assert not [name for name, about in packages.items() if "resolved" in about]
    assert all(about.get("integrity") for name, about in packages.items() if name)
