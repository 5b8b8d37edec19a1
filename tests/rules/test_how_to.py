"""The rule and the cases of the how-to page pass every gate as they are printed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gaoxin.packs.library import Library, open_library
from gaoxin.rules.book import RuleBook
from gaoxin.rules.cases import CaseRunner
from gaoxin.rules.gates import case_of, compile_rules
from tests.house.repository import ROOT

PAGE = (ROOT / "docs/how-to/write-a-rule.md").read_text("utf-8")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    rule, cases = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    pack = tmp_path / "page"
    (pack / "rules/cases").mkdir(parents=True)
    heading = 'kind: pack\nid: page\nzh: 页\nen: Page\nversion: "2026.11"\ndepends: [national]\nzone: null\n'
    (pack / "pack.yaml").write_text(heading, "utf-8")
    (pack / "rules/PIONEER.yaml").write_text(rule, "utf-8")
    (pack / "rules/cases/PIONEER.yaml").write_text(cases, "utf-8")
    return open_library([pack])


def test_the_rule_of_the_page_compiles_on_every_day(library: Library) -> None:
    alone = replace(library, rules={"PIONEER": library.rules["PIONEER"]})
    assert list(compile_rules(alone)) == []


def test_the_cases_of_the_page_show_all_four_and_come_out_as_printed(library: Library) -> None:
    cases = library.rule_cases["PIONEER"].cases
    assert [case.shows for case in cases] == ["yes", "no", "boundary", "missing"]
    runner = CaseRunner(RuleBook(library))
    assert [runner.run(case_of("PIONEER", case)) for case in cases] == [[], [], [], []]


def test_the_route_of_the_page_stands_in_for_research(library: Library) -> None:
    runner = CaseRunner(RuleBook(library))
    case = case_of("PIONEER", library.rule_cases["PIONEER"].cases[3])
    certificate = {"kind": "hnte", "valid_from": "2025-01-01", "valid_to": "2027-12-31"}
    told = runner.judged(
        type(case)(
            case.rule, "certified", date(2026, 6, 30), "万元", {**case.facts, "titles": [certificate]}, {}
        )
    )
    assert str(told.verdict) == "pass"
    assert told.unconfirmed == ("PIONEER.P1", "PIONEER.P2", "PIONEER.least_rd", "PIONEER.most_staff")
