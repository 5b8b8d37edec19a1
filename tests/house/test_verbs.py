"""Every verb of the command line exists, explains itself, and is documented."""

import re
from importlib.util import find_spec

import click
import pytest
from click.testing import CliRunner

from gaoxin.cli.main import VERBS, door
from tests.house.repository import ROOT

PAGE = ROOT / "docs" / "reference" / "cli.md"


def command(verb: str) -> click.Command:
    found = door.get_command(click.Context(door), verb)
    assert found is not None
    return found


def options(verb: str) -> set[str]:
    return {
        name
        for parameter in command(verb).params
        if isinstance(parameter, click.Option)
        for name in [*parameter.opts, *parameter.secondary_opts]
        if name.startswith("--")
    }


def section(verb: str) -> str:
    """The part of the reference page about one verb."""
    parts = re.split(r"^## `gaoxin (\w+)[^`]*`$", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True)).get(verb, "")


@pytest.mark.parametrize("verb", VERBS)
def test_verb_has_its_module(verb: str) -> None:
    assert find_spec(f"gaoxin.cli.{VERBS[verb].module}") is not None


@pytest.mark.parametrize("verb", VERBS)
def test_verb_explains_itself(verb: str) -> None:
    result = CliRunner().invoke(door, [verb, "--help"], prog_name="gaoxin")
    assert result.exit_code == 0
    assert command(verb).help


@pytest.mark.parametrize("verb", VERBS)
def test_verb_speaks_json_and_both_languages(verb: str) -> None:
    assert {"--json", "--lang"} <= options(verb)


@pytest.mark.parametrize("verb", VERBS)
def test_verb_and_its_options_are_documented(verb: str) -> None:
    text = section(verb)
    assert text, f"docs/reference/cli.md has no section ## `gaoxin {verb}`"
    missing = [option for option in options(verb) - {"--json", "--lang"} if f"`{option}" not in text]
    assert not missing


def test_page_documents_no_verb_that_is_gone() -> None:
    documented = set(re.findall(r"^## `gaoxin (\w+)", PAGE.read_text("utf-8"), flags=re.MULTILINE))
    assert documented == set(VERBS)
