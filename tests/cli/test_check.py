"""`gaoxin check`: exit codes, words, JSON, and the schemas."""

import json
from pathlib import Path

import pytest
from tests.packs.builders import a_zone_with

from gaoxin.cli.main import run

BROKEN = """\
kind: metrics
metrics:
  - {id: x, zh: 甲, en: X, unit: 亿园, period_type: flow_year, subjects: [zone]}
"""


def test_sound_packs_end_with_nought_and_a_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(a_zone_with(tmp_path, {})), "--lang", "zh"]) == 0
    assert capsys.readouterr().out == "2 个内容包，9 个指标，2 个观测值，0 个用例：0 处错误，0 处提醒\n"


def test_issues_are_printed_with_file_and_line_and_end_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_zone_with(tmp_path, {"broken": BROKEN})
    assert run(["check", str(tmp_path), "--lang", "en"]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert "demo/broken.yaml:3: error: unknown unit" in first
    assert last.endswith("1 errors, 0 warnings")


def test_program_gets_one_json_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_zone_with(tmp_path, {"broken": BROKEN})
    assert run(["check", str(tmp_path), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["sound"] is False
    assert document["gates"]["refer"] == "failed"
    assert document["gates"]["compile"] == "skipped"
    assert document["counts"]["error"] == 1
    (issue,) = document["issues"]
    assert (issue["code"], issue["line"]) == ("refer.unknown_unit", 3)


def test_unknown_pack_is_an_issue_that_names_the_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "natoinal", "--lang", "en"]) == 1
    assert "did you mean national?" in capsys.readouterr().out


def test_schemas_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--schemas", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "metrics.json").is_file()


def test_schemas_and_packs_together_are_misuse(tmp_path: Path) -> None:
    assert run(["check", "national", "--schemas", str(tmp_path)]) == 2


def test_folder_that_cannot_be_written_is_no_fault_of_ours(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert run(["check", "--schemas", str(tmp_path / "file" / "out")]) in (1, 2)
