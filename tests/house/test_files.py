"""How files are named, how long they are, and what may not stand in them."""

import re

import pytest

from tests.house.repository import ROOT, files, python, shown, texts

LONGEST = 500
SHAPELESS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base_utils"}
UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX|coming soon)\b|raise NotImplementedError|敬请期待|开发中|即将上线"
)
# Written in pieces, so that this file does not find itself.
PLACES_OF_ONE_MACHINE = re.compile("|".join(["/wo" + "rk/", "/ro" + "ot/", "/ho" + r"me/\w"]))
REGISTRIES = re.compile(
    "|".join(
        host.replace("|", "")
        for host in (
            r"py|pi\.org",
            r"python|hosted\.org",
            r"np|mjs\.(org|com)",
            r"npm|mirror",
            r"yarn|pkg\.com",
            r"tuna\.tsing|hua",
            r"mirrors?\.(ali|yun|ustc|tencent|huawei)",
            r"un|pkg\.com",
            r"js|delivr",
            r"cdn|js\.cloudflare",
        )
    )
)


def test_no_file_of_ours_is_longer_than_five_hundred_lines() -> None:
    ours = [path for path in texts() if path.suffix in {".py", ".css", ".js", ".html"}]
    long = {
        shown(path): count for path in ours if (count := len(path.read_text("utf-8").splitlines())) > LONGEST
    }
    assert not long


def test_no_module_without_a_subject() -> None:
    named = [path for path in python("src", "tests", "scripts", "bench") if path.stem in SHAPELESS]
    folders = [
        path for path in files() if SHAPELESS & {part.lower() for part in path.relative_to(ROOT).parts[:-1]}
    ]
    assert not [shown(path) for path in named + folders]


def test_every_module_says_what_it_is() -> None:
    silent = [
        shown(path)
        for path in python("src")
        if "migrations" not in path.parts
        and path.name not in {"apps.py", "urls.py"}
        and path.read_text("utf-8").strip()
        and not path.read_text("utf-8").lstrip().startswith(('"""', 'r"""'))
    ]
    assert not silent


def test_nothing_is_left_unfinished() -> None:
    found = [
        f"{shown(path)}:{number}: {line.strip()}"
        for path in files()
        if path in texts() and ROOT / "src" in path.parents
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert not found


def test_packs_hold_content_and_no_code() -> None:
    content = [path for path in files() if ROOT / "packs" in path.parents]
    assert content
    assert {path.suffix for path in content} <= {".yaml", ".md"}


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [(REGISTRIES, "a registry or CDN host"), (PLACES_OF_ONE_MACHINE, "a path of one machine")],
    ids=["registry", "machine"],
)
def test_no_file_names_a_registry_or_one_machine(pattern: re.Pattern[str], reason: str) -> None:
    found = [
        f"{shown(path)}:{number}: {reason}: {line.strip()[:80]}"
        for path in texts()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found


def test_only_tests_look_outside_the_repository() -> None:
    outside = "../sha" + "red"
    found = [
        shown(path)
        for path in texts()
        if ROOT / "tests" not in path.parents and outside in path.read_text("utf-8", errors="replace")
    ]
    assert not found
