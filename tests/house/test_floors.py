"""Imports point down, and Django stays on its floor: by contract, and by trying."""

import json
import subprocess
import sys

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.house.repository import ROOT

BELOW_THE_WEB = ["gaoxin", "gaoxin.core", "gaoxin.packs.library", "gaoxin.facts.factbase", "gaoxin.workspace"]


def loaded_by(statement: str) -> set[str]:
    """Top-level modules that a fresh interpreter has loaded after the statement."""
    program = (
        f"{statement}\nimport sys, json; print(json.dumps(sorted(m.split('.')[0] for m in sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_import_contracts_are_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(no_cache=True, no_logo=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


@pytest.mark.parametrize("module", BELOW_THE_WEB)
def test_django_is_not_needed_below_the_web(module: str) -> None:
    assert "django" not in loaded_by(f"import {module}")


def test_public_names_need_no_django() -> None:
    assert "django" not in loaded_by("import gaoxin; [getattr(gaoxin, name) for name in gaoxin.__all__]")


def test_command_line_starts_without_heavy_libraries() -> None:
    heavy = {"django", "polars", "pydantic", "openpyxl", "granian"}
    assert not heavy & loaded_by("import gaoxin.cli.main")


def test_due_date_needs_neither_django_nor_data_frames() -> None:
    assert not {"django", "polars"} & loaded_by("import gaoxin.cli.due")
