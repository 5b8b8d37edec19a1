"""`gaoxin import`, `freeze`, `sandbox`, `trace`, `work`: the ledger from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.web.imports.workbooks import HEADERS, a_firm, a_return

from gaoxin.cli import main
from gaoxin.web.imports.models import ImportRun, State
from gaoxin.web.ledger import models
from gaoxin.web.ledger.catalogue import library
from gaoxin.web.ledger.packs import load_packs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _packs() -> None:
    load_packs(library())


@pytest.fixture
def a_file(tmp_path: Path):
    """A workbook on disk."""

    def write(*firms: dict, headers: tuple[str, ...] = HEADERS) -> str:
        path = tmp_path / "年报.xlsx"
        path.write_bytes(a_return(firms, headers))
        return str(path)

    return write


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, answer, complaint."""
    code = main.run([*words, "--lang", "zh"])
    out, err = capsys.readouterr()
    return code, out, err


def test_import_shows_what_would_change_and_records_nothing(
    capsys: pytest.CaptureFixture[str], a_file
) -> None:
    code, out, _ = call(capsys, "import", a_file(a_firm("甲厂")), "--zone", "weifang")
    assert code == 0
    assert "新增  2" in out
    assert "加 --accept 就入库" in out
    assert not models.Batch.objects.filter(kind="import").exists()
    assert ImportRun.objects.get().state == State.REVIEW


def test_dry_run_leaves_nothing_waiting(capsys: pytest.CaptureFixture[str], a_file) -> None:
    assert call(capsys, "import", a_file(a_firm("甲厂")), "--zone", "weifang", "--dry-run")[0] == 0
    assert ImportRun.objects.get().state == State.CANCELLED


def test_accepted_import_is_in_the_ledger_and_a_second_one_says_so(
    capsys: pytest.CaptureFixture[str], a_file
) -> None:
    file = a_file(a_firm("甲厂"), a_firm("乙厂"))
    code, out, _ = call(capsys, "import", file, "--zone", "weifang", "--accept")
    assert code == 0
    assert "已入库：4 个数" in out
    code, out, _ = call(capsys, "import", file, "--zone", "weifang", "--accept")
    assert code == 0
    assert "已由命令行于" in out
    assert "没有新的数" in out
    assert models.Batch.objects.filter(kind="import").count() == 1


def test_jump_needs_a_person_or_a_word_from_the_caller(capsys: pytest.CaptureFixture[str], a_file) -> None:
    firm = a_firm("甲厂", 1000)
    call(capsys, "import", a_file(firm), "--zone", "weifang", "--accept")
    changed = firm | {"revenue": 2000}
    code, out, _ = call(capsys, "import", a_file(changed), "--zone", "weifang", "--accept")
    assert code == 1
    assert "1000 万元 → 2000 万元  变动超过 50%" in out
    assert "有 1 处要人定，没有入库" in out
    code, out, _ = call(capsys, "import", a_file(changed), "--zone", "weifang", "--accept", "--accept-jumps")
    assert code == 0
    assert "已入库：1 个数" in out


def test_open_question_about_a_column_is_a_finding(capsys: pytest.CaptureFixture[str], a_file) -> None:
    headers = (*HEADERS[:2], "2024年营业收入", HEADERS[3])
    code, out, _ = call(capsys, "import", a_file(a_firm("甲厂"), headers=headers), "--zone", "weifang")
    assert code == 1
    assert "要您定：“2024年营业收入”没有写单位" in out


def test_outcome_as_json(capsys: pytest.CaptureFixture[str], a_file) -> None:
    code, out, _ = call(
        capsys, "import", a_file(a_firm("甲厂", "约9千")), "--zone", "weifang", "--accept", "--json"
    )
    told = json.loads(out)
    assert code == 1
    assert (told["state"], told["open"], told["recorded"]) == ("review", 1, 0)
    assert told["lines"][0]["cell"] == "C2"


def test_zone_must_be_named_where_there_are_several(capsys: pytest.CaptureFixture[str], a_file) -> None:
    code, _, err = call(capsys, "import", a_file(a_firm("甲厂")))
    assert code == 2
    assert "--zone" in err
    assert "weifang" in err


def test_file_that_cannot_be_read_is_a_finding_with_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    code, _, err = call(capsys, "import", str(path), "--zone", "weifang")
    assert code == 1
    assert err.strip()


def test_freeze_writes_once_for_the_same_facts(capsys: pytest.CaptureFixture[str]) -> None:
    first = json.loads(call(capsys, "freeze", "--json")[1])
    again = json.loads(call(capsys, "freeze", "--json")[1])
    assert first["hash"] == again["hash"]
    assert (first["fresh"], again["fresh"]) == (True, False)
    assert first["counts"]["zone"]["subjects"] == 3  # weifang, daqing, chuxiong
    assert Path(first["directory"], "manifest.json").exists()
    assert Path(first["card"]).exists()


def test_disputed_figures_are_a_finding_of_freeze(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "freeze")
    # C006 and C015 list different auxiliary industries of Chuxiong
    assert code == 1
    assert "有 1 个数来源不一致" in out


def test_moment_of_freeze_must_be_readable(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = call(capsys, "freeze", "--as-of", "last March")
    assert code == 2
    assert "2026-03-31" in err


def test_sandbox_fills_a_practice_zone_once(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("sandbox", "--enterprises", "12", "--zone", "drill", "--seed", "4")
    code, out, _ = call(capsys, *words)
    assert code == 0
    assert "新增 12 家虚构企业" in out
    assert "没有变化" in call(capsys, *words)[1]
    firms = models.Subject.objects.filter(zone__code="zone/drill", kind="enterprise")
    assert firms.count() == 12
    assert all(firm.synthetic for firm in firms)
    assert call(capsys, "sandbox", "--enterprises", "13", "--zone", "drill")[0] == 1


def test_synthetic_data_is_kept_out_of_a_real_zone(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = call(capsys, "sandbox", "--enterprises", "5", "--zone", "weifang")
    assert code == 1
    assert "不能写进真实的高新区" in err


def test_trace_finds_a_recorded_figure_by_its_number(
    capsys: pytest.CaptureFixture[str], a_file, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/elsewhere.sqlite3")  # there is a ledger
    call(capsys, "import", a_file(a_firm("甲厂", 1000)), "--zone", "weifang", "--accept")
    number = models.Observation.objects.get(metric__code="revenue", batch__kind="import").pk
    code, out, _ = call(capsys, "trace", str(number))
    assert code == 0
    assert "1000 万元" in out
    assert "年报.xlsx 企业年报 C2" in out
    assert call(capsys, "trace", "C007")[0] == 0
    code, _, err = call(capsys, "trace", "C007", "--as-of", "2020-01-01")
    assert (code, "当时还没有登记" in err) == (1, True)
