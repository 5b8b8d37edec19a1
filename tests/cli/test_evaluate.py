"""`gaoxin evaluate`: files, places, JSON, and calls that cannot be understood."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from gaoxin.cli import main
from gaoxin.workspace.workspace import open as open_workspace

FRAMEWORK = "code,name,parent,weight,direction\nT,总分,,,\na,产值,T,3,1\nb,能耗,T,1,-1\n"
DATA = "code,name,a,b\nZ1,甲区,10,5\nZ2,乙区,20,9\nZ3,丙区,15,\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "f.csv").write_text(FRAMEWORK, "utf-8")
    (tmp_path / "d.csv").write_text(DATA, "utf-8")
    (tmp_path / "r.yaml").write_text("recipe:\n  - {step: normalise, range: [60, 100]}\n", "utf-8")
    return tmp_path


def call(files: Path, *more: str) -> list[str]:
    return [
        "evaluate",
        str(files / "f.csv"),
        "--data",
        str(files / "d.csv"),
        "--out",
        str(files / "o"),
        *more,
    ]


def test_places_are_printed_and_files_written(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(call(files, "--lang", "zh")) == 0
    out = capsys.readouterr().out.splitlines()
    # 甲区 ¾·0 + ¼·100 = 25, 乙区 75, 丙区 50 (only 产值 is known)
    assert [line.split() for line in out[1:4]] == [
        ["1", "75.00", "乙区"],
        ["2", "50.00", "丙区"],
        ["3", "25.00", "甲区"],
    ]
    with (files / "o" / "scores.csv").open(encoding="utf-8", newline="") as file:
        held = {row["code"]: row for row in csv.DictReader(file)}
    assert held["Z3"] == {"code": "Z3", "T": "50", "a": "50", "b": ""}


def test_json_and_a_recipe(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(call(files, "--recipe", str(files / "r.yaml"), "--json")) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["top"] == "T"
    assert document["title"] == "综合评价得分"
    assert document["units"][0] == {"code": "Z2", "name": "乙区", "year": None, "score": 90.0, "rank": 1}
    assert len(document["files"]) == 10


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["evaluate"], "请给出 FRAMEWORK 或 --coinr-meta 之一"),
        (["evaluate", "{}/f.csv"], "请给出 --data"),
        (["evaluate", "{}/f.csv", "--data", "{}/d.csv"], "请给出 --out"),
        (["evaluate", "{}/f.csv", "--coinr-meta", "{}/f.csv"], "之一"),
        (["evaluate", "{}/nowhere.csv"], "FRAMEWORK"),
    ],
)
def test_misuse(files: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run([part.format(files) for part in arguments] + ["--lang", "zh"]) == 2
    assert words in capsys.readouterr().err


def test_unsound_data_end_with_one_and_their_place(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "d.csv").write_text(DATA.replace("15", "十五"), "utf-8")
    assert main.run(call(files, "--lang", "zh")) == 1
    assert "d.csv:4 a 不是数：十五" in capsys.readouterr().err


def test_no_score_at_all_is_a_finding(files: Path) -> None:
    (files / "d.csv").write_text("code,a,b\nZ1,1,2\nZ2,1,2\n", "utf-8")
    assert main.run(call(files)) == 1


def test_the_same_from_python(files: Path) -> None:
    found = open_workspace().evaluate(files / "f.csv", files / "d.csv", recipe=files / "r.yaml")
    assert found.df()["score"].to_list() == [90.0, 80.0, 70.0]
    assert found.ranks[0, :, 0].tolist() == [3, 1, 2]
    assert found.card["framework"]["top"] == "T"
