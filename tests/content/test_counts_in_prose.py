"""Numbers that prose gives of the packs are those of the packs."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from gaoxin.packs.library import open_library
from gaoxin.rules.book import RuleBook
from gaoxin.rules.compiling import Compiler

ROOT = Path(__file__).resolve().parents[2]
PROSE = [
    ROOT / "README.md",
    ROOT / "README.zh.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
RULES = re.compile(r"(\d+)\s+texts\s+that\s+can\s+be\s+asked|(\d+) 个文本可以判定")
OTHERS = re.compile(r"\b(\d[\d,]*)\s+(?:rule )?(?:cases|metrics|actions)\b|(\d+) 个(?:用例|指标|动作)")
ALLOWED = {"63"}  # the most metrics that one rule may read


def said(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    return [
        (path.name, next(group for group in found.groups() if group))
        for path in PROSE
        for found in pattern.finditer(path.read_text("utf-8"))
    ]


def test_the_number_of_rules_is_that_of_the_packs() -> None:
    executable = sum(rule.executable for rule in open_library().rules.values())
    told = said(RULES)
    assert {name for name, _ in told} == {"README.md", "README.zh.md", "CHANGELOG.md"}
    assert {int(number) for _, number in told} == {executable}


def test_no_prose_counts_what_grows_every_week() -> None:
    assert [(name, number) for name, number in said(OTHERS) if number not in ALLOWED] == []


@pytest.mark.parametrize("most", [63])
def test_the_longest_rule_reads_about_half_of_what_a_rule_may(most: int) -> None:
    compiler = Compiler(RuleBook(open_library()), date(2026, 6, 30))
    read = {
        rule.id: len({leaf.metric for leaf in compiler.compiled(rule.id).leaves})
        for rule in compiler.book.in_force(compiler.on)
    }
    assert max(read, key=lambda name: read[name]) == "HNTE"
    assert most / 3 < read["HNTE"] < most * 2 / 3
