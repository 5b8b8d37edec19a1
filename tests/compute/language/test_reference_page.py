"""The page that describes the language names every function, and its examples can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gaoxin.compute.language import FUNCTIONS, names_used

PAGE = (Path(__file__).parents[3] / "docs/reference/conditions.md").read_text("utf-8")
EXAMPLES = [
    line
    for block in re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]


def test_every_function_is_described() -> None:
    assert [name for name in FUNCTIONS if not re.search(rf"`{name}\(", PAGE)] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_can_be_read(example: str) -> None:
    assert names_used(example) != names_used("true")
