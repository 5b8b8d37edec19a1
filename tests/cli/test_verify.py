"""`gaoxin verify`: the problems of a draft with their reasons, exit codes, JSON lines."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from gaoxin.cli import main

DRAFT = (
    "2021年，楚雄高新区实现规模以上工业产值432亿元，占楚雄州的87.9%。州外到位资金165.3亿元，同比增长22.5%。\n"
)
SOUND = "2021年，楚雄高新区实现规模以上工业产值432亿元，占楚雄市的87.9%。\n"


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GAOXIN_HOME", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, "utf-8")
    return path


def test_problems_are_listed_with_reason_and_source(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["verify", str(draft), "--lang", "zh"]) == 1
    out = capsys.readouterr().out
    assert "22.5% → 25.5%" in out
    assert "应是楚雄市，不是楚雄州" in out
    assert "165.3亿元 ÷ 1.255 ≈ 131.7亿元（上年）" in out
    assert "（C038）" in out
    assert out.endswith("4 个数字，2 处要改\n")


def test_a_sound_draft_ends_with_zero(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft.write_text(SOUND, "utf-8")
    assert main.run(["verify", str(draft), "--lang", "zh"]) == 0
    assert capsys.readouterr().out.strip() == "2 个数字，0 处要改"


def test_every_figure_is_listed_when_asked(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main.run(["verify", str(draft), "--all", "--lang", "en"])
    out = capsys.readouterr().out
    assert "agrees with the fact base" in out
    assert out.endswith("4 figures, 2 to change\n")


def test_json_has_one_figure_a_line(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["verify", str(draft), "--json"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["verdict"] for line in lines] == ["match", "mismatch", "match", "mismatch"]
    growth = lines[-1]
    assert (growth["quote"], growth["expected"], growth["facts"]) == ("22.5%", "25.5%", ["C038"])
    start, end, text = growth["replacement"]
    assert DRAFT[start:end] == "22.5%"
    assert text == "25.5%"
    assert growth["cause"] == "value"
    assert DRAFT[lines[1]["replacement"][0] :].startswith("楚雄州")


def test_what_was_not_known_yet_is_no_source(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main.run(["verify", str(draft), "--json", "--as-of", "1980-01-01"])
    verdicts = [json.loads(line)["verdict"] for line in capsys.readouterr().out.splitlines()]
    assert set(verdicts) <= {"match", "mismatch", "unsupported"}


def test_the_standard_input_is_read(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BytesIO(SOUND.encode())

    monkeypatch.setattr("sys.stdin", Input())
    assert main.run(["verify", "-"]) == 0


def test_a_day_that_is_none_is_refused(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["verify", str(draft), "--published", "昨天"]) in (1, 2)
    assert "2022-09-30" in capsys.readouterr().err


def test_a_file_that_is_no_draft_is_refused(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft.write_bytes(b"\x00\x01\x02" * 400)
    assert main.run(["verify", str(draft)]) in (1, 2)
    assert capsys.readouterr().err


def test_a_workspace_verifies_text_and_files(draft: Path) -> None:
    import gaoxin as gx

    workspace = gx.open()
    by_file, by_text = workspace.verify(draft), workspace.verify(DRAFT)
    assert [v.cause for v in by_file.verdicts] == [v.cause for v in by_text.verdicts]
    assert workspace.verify(DRAFT, workspace.facts()).summary() == "4 个数字，2 处要改"
