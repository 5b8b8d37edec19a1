"""A workspace: packs and facts named in gaoxin.toml."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import gaoxin as gx
from gaoxin.core.errors import FactError, PackError, PeriodError
from gaoxin.facts.snapshots import freeze, rows_of
from gaoxin.workspace.settings import read_settings
from gaoxin.workspace.workspace import BEIJING, moment
from tests.packs.builders import a_zone_with

DERIVATIONS = """\
kind: derivations
derivations:
  - id: implied_whole
    zh: 推算上级总量
    en: Implied whole
    yields: {metric: "*", subject: of}
    inputs: {level: {metric: "*"}, share: {metric: "*", figure: share}}
    formula: level / share
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A zone on the disk: its packs and a gaoxin.toml beside them."""
    a_zone_with(tmp_path / "packs", {"derivations": DERIVATIONS})
    (tmp_path / "gaoxin.toml").write_text('packs = ["./packs/demo"]\n', "utf-8")
    return tmp_path


def test_workspace_opens_the_packs_its_settings_name(folder: Path) -> None:
    assert list(gx.open(folder).library.packs) == ["shared", "demo"]
    assert list(gx.open(folder / "gaoxin.toml").library.packs) == ["shared", "demo"]


def test_settings_of_the_working_directory_are_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert list(gx.open().library.packs) == ["shared", "demo"]


def test_without_settings_everything_shipped_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings(None).packs is None


def test_paths_are_read_from_where_the_settings_lie(folder: Path) -> None:
    (folder / "gaoxin.toml").write_text('packs = ["./packs/demo", "national"]\nfacts = "snap"\n', "utf-8")
    settings = read_settings(folder)
    assert settings.packs == (folder / "packs" / "demo", "national")
    assert settings.facts == folder / "snap"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"pack = []", "unknown key pack; did you mean packs?"),
        (b'packs = "chuxiong"', "packs is a list of names"),
        (b"packs = [1]", "packs is a list of names"),
        (b"facts = 1", "facts is the folder of a snapshot"),
        (b"packs = [", "is not valid TOML"),
        ("packs = ['楚雄']".encode("gbk"), "is not UTF-8"),
    ],
)
def test_settings_that_cannot_be_understood_say_why(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "gaoxin.toml").write_bytes(content)
    with pytest.raises(PackError) as caught:
        gx.open(tmp_path)
    assert words in caught.value.en
    assert caught.value.context["file"] == str(tmp_path / "gaoxin.toml")


def test_folder_without_settings_is_refused_with_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        gx.open(tmp_path)
    assert 'packs = ["national"]' in caught.value.zh


def test_one_zone_alone_sees_its_own_replacements(tmp_path: Path) -> None:
    own = (
        "kind: metrics\noverrides: [{id: gdp, reason: 口径不同}]\nmetrics:\n"
        "  - {id: gdp, zh: 园区生产总值, en: Zone product, unit: 亿元, period_type: flow_year,\n"
        "     subjects: [zone], value_type: money}\n"
    )
    a_zone_with(tmp_path / "packs", {"own": own})
    (tmp_path / "gaoxin.toml").write_text('packs = ["./packs"]\n', "utf-8")
    assert gx.open(tmp_path).library.metric("gdp").zh == "园区生产总值"


def test_facts_are_those_of_the_packs(folder: Path) -> None:
    assert len(gx.open(folder).facts()) == 2


def test_facts_of_a_day_leave_out_what_was_published_later(folder: Path) -> None:
    ws = gx.open(folder)
    # The article is dated 2022-08-01.
    assert len(ws.facts(as_of="2022-07-31")) == 0
    assert len(ws.facts(as_of=date(2022, 8, 1))) == 2


def test_day_counts_until_its_end_in_beijing() -> None:
    midnight = datetime(2026, 10, 1, tzinfo=BEIJING)
    assert moment("2026-09-30") == midnight - timedelta(microseconds=1)
    assert moment("2026-09-30T12:00") == datetime(2026, 9, 30, 12, tzinfo=BEIJING)


def test_text_that_is_no_day_is_refused() -> None:
    with pytest.raises(PeriodError, match="看不懂时点"):
        moment("last March")


def test_figure_is_traced_by_id_and_by_pack(folder: Path) -> None:
    ws = gx.open(folder)
    assert ws.trace("A1") == ws.trace("demo/A1")
    found = ws.trace("A1")
    assert found.source is not None
    assert (found.source.title, found.observation.locator) == ("一篇报道", "第1段")


def test_derived_figure_is_traced_to_what_it_was_worked_out_from(folder: Path) -> None:
    ws = gx.open(folder)
    (city,) = ws.derived()
    assert (city.subject, city.metric) == ("region/532301", "industrial_output")
    assert [part.observation.id for part in ws.trace(city.id).inputs] == ["A1", "A2"]


def test_findings_are_those_of_the_cross_checks(folder: Path) -> None:
    (finding,) = gx.open(folder).findings()
    assert (finding.check, finding.verdict) == ("demo.city_output", "ok")


def test_due_date_is_counted_in_the_calendar_of_the_workspace(folder: Path) -> None:
    calendar = gx.open(folder).calendar()
    # 29 and 30 September, then 8, 9 and Saturday 10 October.
    deadline = gx.due_date(datetime(2026, 9, 28, 9, 30), 5, calendar)
    assert deadline.due == date(2026, 10, 10)


def test_workspace_without_a_snapshot_says_how_to_name_one(folder: Path) -> None:
    with pytest.raises(FactError, match=r"gaoxin\.toml"):
        gx.open(folder).snapshot()


def test_snapshot_that_the_settings_name_is_opened(folder: Path) -> None:
    ws = gx.open(folder)
    freeze(rows_of(ws.facts(), ws.library.metrics), folder / "snap")
    (folder / "gaoxin.toml").write_text('packs = ["./packs/demo"]\nfacts = "snap"\n', "utf-8")
    column = gx.open(folder).snapshot().column("zone", "industrial_output", "2021")
    assert column.metric == "industrial_output"


def test_workspace_cannot_be_changed(folder: Path) -> None:
    with pytest.raises(AttributeError):
        gx.open(folder).settings = read_settings(None)  # type: ignore[misc]
