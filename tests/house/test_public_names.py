"""`import gaoxin` offers these names and no others; a change here is a change for every user."""

import gaoxin


def test_public_names_are_pinned() -> None:
    assert sorted(gaoxin.__all__) == ["GaoxinError", "Issue", "Period", "Workspace", "due_date", "open"]


def test_every_public_name_exists() -> None:
    assert all(getattr(gaoxin, name) is not None for name in gaoxin.__all__)


def test_public_names_are_what_dir_shows() -> None:
    assert dir(gaoxin) == sorted([*gaoxin.__all__, "__version__"])
