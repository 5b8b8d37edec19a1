"""A folder that cannot be written is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from gaoxin.core.errors import FrameworkError
from gaoxin.indicators.writing import write
from tests.indicators.builders import a_framework, a_step, scored


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "o").write_text("", "utf-8")
    with pytest.raises(FrameworkError, match="写不进目录"):
        write(scored(a_framework(), [[1, 2]], a_step("normalise", method="none")), tmp_path / "o")
