"""The door: verbs are found, every call ends with one of four numbers and in the caller's language."""

import json
import os
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

from gaoxin.cli import main
from gaoxin.cli.console import Console, language, verb
from gaoxin.core.errors import PackError, PeriodError


@pytest.fixture
def a_verb(monkeypatch: pytest.MonkeyPatch) -> click.Command:
    """A verb `try` that ends the way its argument says."""

    @verb()
    @click.argument("ending")
    def command(console: Console, ending: str) -> int:
        """试一试 A verb for tests."""
        match ending:
            case "pack":
                raise PackError("第 3 行写错了", "line 3 is wrong", line=3)
            case "period":
                raise PeriodError("看不懂这个时期", "this is no period")
            case "bug":
                raise ZeroDivisionError("a secret detail")
            case "home":
                Path(os.environ["GAOXIN_HOME"]).mkdir(exist_ok=True)
            case "stop":
                raise KeyboardInterrupt
        console.show({"ending": ending}, console.text("好", "good"))
        return 1 if ending == "findings" else 0

    module = ModuleType("gaoxin.cli.trying")
    module.command = command  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gaoxin.cli.trying", module)
    monkeypatch.setitem(main.VERBS, "try", main.Verb("trying", "试一试", "try it"))
    monkeypatch.setenv("GAOXIN_LANG", "zh")
    return command


@pytest.mark.usefixtures("a_verb")
class TestEndings:
    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (["try", "sound"], 0),
            (["try", "findings"], 1),
            (["try", "pack"], 1),
            (["try", "period"], 2),
            (["try"], 2),
            (["try", "sound", "--nothing"], 2),
            (["nothing"], 2),
            (["try", "bug"], 3),
            (["try", "stop"], 130),
            ([], 0),
            (["--help"], 0),
            (["--version"], 0),
        ],
    )
    def test_call_ends_with_its_number(self, words: list[str], code: int) -> None:
        assert main.run(words) == code

    def test_error_a_person_can_mend_is_said_in_chinese(self, capsys: pytest.CaptureFixture[str]) -> None:
        main.run(["try", "pack"])
        printed = capsys.readouterr()
        assert (printed.out, printed.err) == ("", "第 3 行写错了\n")

    def test_error_is_said_in_english_when_asked(self, capsys: pytest.CaptureFixture[str]) -> None:
        main.run(["--lang", "en", "try", "pack"])
        assert capsys.readouterr().err == "line 3 is wrong\n"

    def test_error_is_json_for_a_program(self, capsys: pytest.CaptureFixture[str]) -> None:
        main.run(["try", "pack", "--json"])
        error = json.loads(capsys.readouterr().err)["error"]
        assert error == {"zh": "第 3 行写错了", "en": "line 3 is wrong", "code": "pack", "line": 3}

    def test_folder_for_the_data_that_cannot_be_made_is_named_and_is_not_our_fault(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "a-file").touch()
        monkeypatch.setenv("GAOXIN_HOME", str(tmp_path / "a-file"))
        assert main.run(["try", "home"]) == 1
        said = capsys.readouterr().err
        assert str(tmp_path / "a-file") in said
        assert "GAOXIN_HOME=目录" in said

    def test_our_fault_shows_a_number_and_logs_the_traceback(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object
    ) -> None:
        monkeypatch.setenv("GAOXIN_HOME", str(tmp_path))
        main.run(["try", "bug", "--json"])
        error = json.loads(capsys.readouterr().err)["error"]
        written = Path(error["log"]).read_text("utf-8")
        assert "secret" not in error["zh"] + error["en"]
        assert error["number"] in written
        assert "ZeroDivisionError: a secret detail" in written

    def test_misspelt_verb_names_its_neighbour(self, capsys: pytest.CaptureFixture[str]) -> None:
        main.run(["serv"])
        assert "是不是 serve？" in capsys.readouterr().err

    def test_answer_is_one_json_object(self, capsys: pytest.CaptureFixture[str]) -> None:
        main.run(["try", "sound", "--json"])
        assert json.loads(capsys.readouterr().out) == {"ending": "sound"}

    def test_help_lists_every_verb_in_the_callers_language(self, capsys: pytest.CaptureFixture[str]) -> None:
        main.run(["--help"])
        chinese = capsys.readouterr().out
        main.run(["--lang", "en", "--help"])
        english = capsys.readouterr().out
        assert all(about.zh in chinese and about.en in english for about in main.VERBS.values())


@pytest.mark.parametrize(
    ("words", "environment", "expected"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_GB.UTF-8", "GAOXIN_LANG": "zh"}, "zh"),
        (["due", "--lang", "en"], {"GAOXIN_LANG": "zh"}, "en"),
        (["--lang=zh", "due"], {"LANG": "en_GB.UTF-8"}, "zh"),
    ],
)
def test_language_is_the_one_asked_for(words: list[str], environment: dict[str, str], expected: str) -> None:
    assert language(words, environment) == expected
