"""The demonstration return goes through the import, and the import finds exactly what was planted."""

from __future__ import annotations

import io

import openpyxl
import pytest

from gaoxin.core.errors import FactError
from gaoxin.facts.ingest.decisions import resolve
from gaoxin.facts.ingest.diff import Diff, diff
from gaoxin.facts.ingest.draft import Draft, draft
from gaoxin.facts.ingest.headers import header_score, map_headers
from gaoxin.facts.ingest.identity import KnownSubject, KnownSubjects
from gaoxin.facts.ingest.workbook import read_table
from gaoxin.facts.sandbox.demo_workbook import DemoWorkbook, demo_workbook
from gaoxin.facts.sandbox.population import Sandbox, generate
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Population


@pytest.fixture(scope="module")
def demo(sandbox: Sandbox, library: Library) -> DemoWorkbook:
    return demo_workbook(sandbox, library)


def drafted(demo: DemoWorkbook, sandbox: Sandbox, library: Library) -> Draft:
    table = read_table(demo.data, demo.name, score=header_score(library, "enterprise"))
    mapping = map_headers(table, library, "enterprise", sandbox.month)
    assert not mapping.questions
    people = sandbox.subjects.select("code", "name", "uscc").iter_rows()
    return draft(table, mapping, library, KnownSubjects.of(KnownSubject(*each) for each in people))


@pytest.fixture(scope="module")
def review(demo: DemoWorkbook, sandbox: Sandbox, library: Library) -> Diff:
    return diff(drafted(demo, sandbox, library), sandbox.observations)


def test_every_planted_mistake_is_found_where_it_was_planted(demo: DemoWorkbook, review: Diff) -> None:
    found = {(line.judgement, line.cell or line.subject) for line in review.attention}
    planted = {(_JUDGED[fault.kind], fault.cell or fault.subject) for fault in demo.faults}
    assert found == planted
    assert len(planted) == 4 + 2 + 1 + 1 + 1


_JUDGED = {"unit_slip": "unit_slip", "jump": "jump", "uscc": "error", "number": "error", "gone": "gone"}


def test_the_slips_are_explained_and_convert_to_a_plausible_figure(review: Diff) -> None:
    (group,) = review.slips
    assert (group.written, group.meant, group.rows) == ("万元", "元", 4)
    assert group.evidence_zh.startswith("除以 1 万后，和上期相差 1")
    assert "其他企业" in group.evidence_zh


def test_newcomers_are_new_and_most_rows_are_unchanged(sandbox: Sandbox, review: Diff) -> None:
    assert review.counts["rows_new"] == sandbox.newcomers.height
    assert review.counts["rows_unchanged"] > review.counts["rows_changed"] > 0


def test_deciding_everything_records_the_return(review: Diff, sandbox: Sandbox) -> None:
    decisions = review.default_decisions() | {line.key: line.options[0] for line in review.attention}
    held = resolve(review, decisions)
    assert held.counts["converted"] == 4
    assert held.new_subjects.height == sandbox.newcomers.height
    truth = sandbox.report.join(held.observations, on=["subject", "metric", "period"], suffix="_read")
    jumped = [line.subject for line in review.attention if line.judgement == "jump"]
    wrong = truth.filter(truth["number"] != truth["number_read"])
    # Converted amounts are the true ones again; only the two planted jumps differ.
    assert sorted(wrong["subject"].to_list()) == sorted(jumped)


def test_without_faults_nothing_needs_attention(sandbox: Sandbox, library: Library) -> None:
    sound = demo_workbook(sandbox, library, faults=False)
    assert sound.faults == ()
    held = drafted(sound, sandbox, library)
    assert [issue.code for issue in held.issues] == ["notes_skipped"]
    assert not diff(held, sandbox.observations).attention


def test_the_workbook_says_that_it_is_made_up(demo: DemoWorkbook) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(demo.data))["规上企业月报"]
    assert "合成数据，仅供演练" in str(sheet["A1"].value)
    assert demo.name == "规上企业月报-2026年9月.xlsx"
    assert sheet.max_column == 14


def test_a_population_too_small_to_report_is_refused(spec: Population, library: Library) -> None:
    with pytest.raises(FactError, match="至少生成 1500 家"):
        demo_workbook(generate(spec, library, enterprises=3), library)
