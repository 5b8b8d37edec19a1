"""Every file in `broken/` fails with the words it announces, on the line it announces, and with nothing else.

A file begins with `# error: words of the English message`, one such line for each error there must be, then
`# mend: words of the advice` if that matters, and `# line: number` for the first error. It is put into an
otherwise sound zone. Those under `rules/` are put beside a sound rule with all that belongs to it, at the
place `# file:` names; `# beside:` names a further sound rule they need.
"""

import re
from pathlib import Path

import pytest

from gaoxin.core.issues import Issue
from gaoxin.facts.formula import parse
from gaoxin.facts.limits import NEEDED
from gaoxin.facts.logic import rules_with_functions
from gaoxin.packs.gates.rules import RuleEngine
from gaoxin.packs.gates.table import check_packs
from gaoxin.workspace.checking import read_expression
from tests.packs.builders import a_zone_with
from tests.packs.rule_texts import OF_RULES, a_rule

FILES = sorted((Path(__file__).parent / "broken").rglob("*.yaml"))


def announced(raw: bytes, key: str) -> list[str]:
    return [m.decode().strip() for m in re.findall(rf"^# {key}:(.*)$".encode(), raw, flags=re.MULTILINE)]


def issues_of(root: Path) -> list[Issue]:
    verdict = check_packs(
        [root],
        read_formula=parse,
        rule_needs=NEEDED,
        rule_functions=rules_with_functions(),
        read_expression=read_expression,
        rule_engine=RuleEngine(compile=lambda _library: (), run_cases=lambda _library: ()),
    )
    return list(verdict.issues)


def test_zone_around_the_broken_files_is_sound(tmp_path: Path) -> None:
    assert issues_of(a_zone_with(tmp_path / "plain", {})) == []
    assert issues_of(a_zone_with(tmp_path / "with_rules", OF_RULES)) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_broken_file_says_what_is_wrong_and_where(file: Path, tmp_path: Path) -> None:
    raw = file.read_bytes()
    (place,) = announced(raw, "file") or ["broken"]
    around: dict[str, str | bytes] = dict(OF_RULES) if file.parent.name == "rules" else {}
    around |= {beside: a_rule(Path(beside).name) for beside in announced(raw, "beside")}
    errors = issues_of(a_zone_with(tmp_path, {**around, place: raw}))
    words = announced(raw, "error")
    assert words
    # The broken document is the only one at fault.
    assert {Path(error.file or "").name for error in errors} == {Path(place).name + ".yaml"}
    assert len(errors) == len(words), [error.text("en") for error in errors]
    for said in words:
        assert any(said in error.en for error in errors), [error.text("en") for error in errors]
    for advice in announced(raw, "mend"):
        assert any(advice in error.mend_en for error in errors), [error.mend_en for error in errors]
    assert [str(errors[0].line)] == announced(raw, "line")
    # The clerk reads Chinese.
    assert all(re.search(r"[\u4e00-\u9fff]", error.zh) for error in errors)


def test_there_are_many_ways_to_be_broken() -> None:
    assert len(FILES) >= 160
