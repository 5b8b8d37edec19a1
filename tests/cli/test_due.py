"""`gaoxin due` prints the walk and the reason, or says what to write."""

import json

import pytest

from gaoxin.cli import main


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, answer, complaint."""
    code = main.run(["due", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_walk_ends_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "2026-09-17T10:00", "5", "working_day", "--lang", "zh")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "2026-09-17 周四  10:00 收到，当天不算"
    assert lines[3] == "2026-09-20 周日  第 2 个工作日，调休上班"
    assert lines[6] == "2026-09-23 周三  第 5 个工作日，到期"
    assert "2026 年 9 月 23 日 周三 17:00 到期" in lines[-1]
    assert "国办发明电〔2025〕7号" in lines[-1]


def test_english_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = call(capsys, "2026-09-17T10:00", "5", "working_day", "--lang", "en")
    assert "Due Wed 23 Sep 2026 17:00." in out


@pytest.mark.parametrize(
    ("words", "due", "provisional"),
    [
        (["2026-09-17T10:00", "5", "working_day"], "2026-09-23", False),
        (["2026-09-17 10:00", "5", "工作日"], "2026-09-23", False),
        (["2026/09/17", "5", "working_day"], "2026-09-23", False),
        (["2026-09-18T10:00", "15", "calendar_day"], "2026-10-08", False),
        (["2026-11-20T15:40", "1", "half_working_day"], "2026-11-23T12:00", False),
        (["2026-06-01T10:00", "10", "working_day", "--pause", "2026-06-04..2026-06-09"], "2026-06-18", False),
        (
            [
                *("2026-06-01T10:00", "5", "working_day"),
                *("--pause", "2026-06-03..2026-06-05", "--pause", "2026-06-04..2026-06-09"),
            ],
            "2026-06-12",
            False,
        ),
        (["2026-12-21T10:00", "10", "working_day"], None, True),
        (["2026-06-01T10:00", "5", "working_day", "--pause", "2026-06-03.."], None, True),
    ],
)
def test_a_program_reads_the_due_day(
    capsys: pytest.CaptureFixture[str], words: list[str], due: str | None, provisional: bool
) -> None:
    code, out, _ = call(capsys, *words, "--json")
    answer = json.loads(out)
    assert code == 0
    assert (answer["due"], answer["provisional"]) == (due, provisional)
    assert answer["walk"][0]["day"] == answer["start"][:10]
    assert answer["zh"]
    assert answer["en"]


def test_a_receipt_without_time_is_taken_at_opening_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = call(capsys, "2026-09-17", "5", "working_day", "--lang", "zh")
    assert out.startswith("没有写时刻，按 09:00 上班时收到算")
    _, out, err = call(capsys, "2026-09-17", "5", "working_day", "--lang", "zh", "--json")
    assert json.loads(out)["due"] == "2026-09-23"
    assert "没有写时刻" in err


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["tomorrow", "5", "working_day"], "请写成 2026-09-17T10:00"),
        (["2026-02-30T10:00", "5", "working_day"], "请写成 2026-09-17T10:00"),
        (["2026-09-17T10:00", "1.5", "working_day"], "不是整数"),
        (["2026-09-17T10:00", "٣", "working_day"], "不是整数"),
        (["2026-09-17T10:00", "5", "天"], "分不清是工作日还是自然日"),
        (["2026-09-17T10:00", "5", "weeks"], "不认识“weeks”"),
        (["2026-09-17", "5", "half_working_day"], "要写明时刻"),
        (["2026-09-17T10:00", "5", "working_day", "--pause", "2026-09-18"], "2026-06-04..2026-06-09"),
        (["2026-09-17T10:00", "5", "working_day", "--pause", "2026-09-20..2026-09-18"], "请对调"),
        (["2026-09-17T10:00", "5", "working_day", "--pause", "2026-09-18..Friday"], "不是日期"),
        (["2026-09-17T10:00", "5"], "缺少参数"),
    ],
)
def test_misuse_ends_with_two_and_a_mend(
    capsys: pytest.CaptureFixture[str], words: list[str], complaint: str
) -> None:
    code, out, err = call(capsys, *words, "--lang", "zh")
    assert (code, out) == (2, "")
    assert complaint in err
