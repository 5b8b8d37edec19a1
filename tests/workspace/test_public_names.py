"""What `import gaoxin` offers, and what it costs."""

import subprocess
import sys

import gaoxin

PINNED = ["GaoxinError", "Issue", "Period", "Workspace", "due_date", "open"]


def test_public_names_are_pinned() -> None:
    assert sorted(gaoxin.__all__) == PINNED
    assert all(getattr(gaoxin, name) is not None for name in PINNED)
    assert set(PINNED) <= set(dir(gaoxin))


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_import_loads_nothing_heavy() -> None:
    heavy = ("pydantic", "yaml", "polars", "django", "click")
    loaded = run(f"import sys, gaoxin; print([m for m in {heavy!r} if m in sys.modules])")
    assert loaded == "[]"


def test_opening_a_workspace_needs_neither_django_nor_data_frames() -> None:
    code = (
        "import sys, gaoxin; from gaoxin.workspace.workspace import Workspace;"
        "print([m for m in ('polars', 'django', 'openpyxl') if m in sys.modules])"
    )
    assert run(code) == "[]"
