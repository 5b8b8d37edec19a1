"""`gaoxin read` prints the figures of a text, as JSON lines or as a table."""

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from gaoxin.cli import main

TEXT = "2021年，楚雄高新区实现规模以上工业产值432亿元，占楚雄市的87.9%。\n"
KEYS = ["quote", "start", "end", "subject", "metric", "label", "kind", "value", "high", "unit", "written"]
KEYS += ["op", "period", "of", "confidence"]


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_every_figure_is_one_json_line_in_text_order(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["read", str(draft), "--json"]) == 0
    level, share = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert list(level) == KEYS
    assert (level["metric"], level["value"], level["unit"]) == (
        "above_designated_industrial_output",
        43_200_000_000,
        "元",
    )
    assert (level["subject"], level["period"], level["kind"], level["op"]) == (
        "楚雄高新区",
        "2021",
        "level",
        "=",
    )
    assert (share["metric"], share["value"], share["unit"], share["of"]) == (
        "above_designated_industrial_output",
        0.879,
        "%",
        "楚雄市",
    )
    assert TEXT[level["start"] : level["end"]] == level["quote"] == "432亿元"


def test_people_get_a_table_with_a_closing_count(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["read", str(draft), "--lang", "zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("432亿元")
    assert "规模以上工业总产值" in lines[1]
    assert lines[-1] == "共 2 个数字，其中 2 个认出了指标"


def test_a_gbk_file_is_read_like_any_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    assert main.run(["read", str(path), "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_dash_is_the_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    assert main.run(["read", "-", "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_this_year_counts_from_the_day_of_publication(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notice.txt"
    path.write_text("去年，楚雄高新区实现地区生产总值299.54亿元。\n", encoding="utf-8")
    assert main.run(["read", str(path), "--json", "--published", "2022-03-01"]) == 0
    assert json.loads(capsys.readouterr().out)["period"] == "2021"


def test_a_text_without_figures_is_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "draft.txt"
    path.write_text("高新区坚持发展高科技、实现产业化。\n", encoding="utf-8")
    assert main.run(["read", str(path), "--lang", "zh"]) == 0
    assert capsys.readouterr().out == "共 0 个数字，其中 0 个认出了指标\n"


@pytest.mark.parametrize(
    "arguments", [["read", "no-such-file.txt"], ["read"], ["read", "-", "--published", "last week"]]
)
def test_a_call_that_cannot_be_understood_is_misuse(arguments: list[str]) -> None:
    assert main.run(arguments) == 2


def test_a_file_that_is_no_draft_is_refused_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert main.run(["read", str(path)]) == 1
    assert capsys.readouterr().err.strip()
