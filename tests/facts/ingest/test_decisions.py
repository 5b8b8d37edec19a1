"""All or nothing: what is recorded once every line is decided."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from gaoxin.core.errors import IngestError
from gaoxin.facts.ingest.decisions import Resolution, Undecided, resolve
from gaoxin.facts.ingest.diff import Diff, diff
from gaoxin.facts.ingest.identity import KnownSubject, KnownSubjects
from gaoxin.packs.library import Library
from tests.facts.ingest.builders import a_code, a_draft, stored

HEAD = ("统一社会信用代码", "企业名称", "营业收入（万元）", "期末职工人数", "成立日期")
AUGUST, SEPTEMBER = "2026-01/2026-08", "2026-01/2026-09"
WAN = 10**6
KNOWN = KnownSubjects.of(
    KnownSubject(f"enterprise/e{n}", name, a_code(n))
    for n, name in enumerate(("砚石", "赤霞", "明湖", "青岚", "九重"), start=1)
)


@pytest.fixture
def review(library: Library) -> Diff:
    """Row 2 a unit slip, row 3 a jump, 明湖 missing, row 4 unchanged, row 5 an error, row 6 new."""
    rows = (
        (a_code(1), "砚石", 71_250_000.0, 86.0, ""),
        (a_code(2), "赤霞", 402.0, "", ""),
        (a_code(4), "青岚", 1102.07, "", ""),
        (a_code(5), "九重", "约9千", 5.0, ""),
        (a_code(6), "丹曦", 88.5, 20.0, "2020年1月5日"),
    )
    current = stored(
        ("enterprise/e1", "revenue", AUGUST, 6410 * WAN),
        ("enterprise/e2", "revenue", AUGUST, 248 * WAN),
        ("enterprise/e3", "revenue", AUGUST, 100 * WAN),
        ("enterprise/e4", "revenue", SEPTEMBER, 1_102_070_000),
    )
    return diff(a_draft(library, HEAD, *rows, subjects=KNOWN), current, names={"enterprise/e3": "明湖"})


DECIDED = {"R2C0": "convert", "R3C0": "accept", "gone:enterprise/e3": "keep_old", "R5": "send_back"}


def values(held: Resolution) -> dict[str, tuple[int | None, str | None]]:
    return {
        cell: (number, text)
        for cell, number, text in held.observations.select("cell", "number", "text").iter_rows()
    }


def test_nothing_is_handed_on_while_a_line_is_open(review: Diff) -> None:
    with pytest.raises(Undecided, match="还有 3 处没处理") as error:
        resolve(review, review.default_decisions())
    assert error.value.context["keys"] == ["R3C0", "R5", "gone:enterprise/e3"]


def test_defaults_convert_suspected_slips_and_nothing_else(review: Diff) -> None:
    assert review.default_decisions() == {"R2C0": "convert"}


def test_decided_lines_give_exactly_what_is_recorded(review: Diff) -> None:
    held = resolve(review, DECIDED)
    assert values(held) == {
        "C2": (7125 * WAN, None),
        "D2": (86 * 10**6, None),
        "C3": (402 * WAN, None),
        "C6": (88_500_000, None),
        "D6": (20 * 10**6, None),
        "E6": (None, "2020-01-05"),
    }
    assert list(held.new_subjects.iter_rows()) == [(f"enterprise/{a_code(6)}", "丹曦", a_code(6))]
    assert [line.key for line in held.sent_back] == ["R5"]
    assert [line.key for line in held.kept_old] == ["gone:enterprise/e3"]
    assert held.counts == {
        "observations": 6, "new_subjects": 1, "converted": 1, "sent_back": 1, "kept_old": 1, "unchanged": 1,
    }  # fmt: skip


def test_a_converted_figure_keeps_what_was_written(review: Diff) -> None:
    first = resolve(review, DECIDED).observations.row(0, named=True)
    assert first["written"] == "71250000万元"
    assert first["note"] == "原表写 71250000万元，核对后按元换算"
    assert (first["subject"], first["metric"], first["period"], first["unit"]) == (
        "enterprise/e1",
        "revenue",
        SEPTEMBER,
        "万元",
    )


def test_a_figure_can_be_kept_as_written(review: Diff) -> None:
    held = resolve(review, {**DECIDED, "R2C0": "keep"})
    assert values(held)["C2"] == (71_250_000 * WAN, None)
    assert held.observations["note"].to_list()[0] == ""


@pytest.mark.parametrize("decision", ["send_back", "keep_old"])
def test_of_a_jump_only_the_figure_leaves(review: Diff, decision: str) -> None:
    held = resolve(review, {**DECIDED, "R3C0": decision})
    assert "C3" not in values(held)
    assert "D2" in values(held)


def test_a_decision_that_does_not_fit_its_line_is_refused(review: Diff) -> None:
    with pytest.raises(IngestError, match="不能用于"):
        resolve(review, {**DECIDED, "R5": "accept"})
    with pytest.raises(IngestError, match="R99"):
        resolve(review, {**DECIDED, "R99": "accept"})


def test_a_stored_diff_resolves_to_the_same(review: Diff, tmp_path: Path) -> None:
    review.save(tmp_path)
    assert resolve(Diff.open(tmp_path), DECIDED).observations.equals(resolve(review, DECIDED).observations)


def test_a_doubted_subject_leaves_as_a_whole(library: Library) -> None:
    held = diff(a_draft(library, HEAD[:3], (a_code(1), "改名的", 5.0), subjects=KNOWN), stored())
    assert resolve(held, {"R2": "accept"}).observations.height == 1
    assert resolve(held, {"R2": "send_back"}).observations.height == 0


def test_nothing_new_resolves_to_nothing(library: Library) -> None:
    rows = ((a_code(1), "砚石", 5.0),)
    held = diff(
        a_draft(library, HEAD[:3], *rows, subjects=KNOWN),
        stored(("enterprise/e1", "revenue", SEPTEMBER, 5 * WAN)),
    )
    assert resolve(held, {}).observations.is_empty()


def test_written_figures_read_as_in_the_sheet(library: Library) -> None:
    head = (
        "统一社会信用代码",
        "企业名称",
        "营业收入（亿元）",
        "净利润（元）",
        "出口占比（%）",
        "占地面积（亩）",
    )
    table = a_draft(library, head, (a_code(1), "砚石", 4.32, -10.5, 12.5, 3.0), subjects=KNOWN)
    held = resolve(diff(table, stored()), {})
    assert held.observations["written"].to_list() == ["4.32亿元", "-10.5元", "12.5%", ""]
    assert held.observations.schema["number"] == pl.Int64
