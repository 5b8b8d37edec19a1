"""Packs opened together: dependencies, ids, replacements, look-ups."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from gaoxin.core.errors import PackError
from gaoxin.packs.library import Library, open_library, packs_dir
from tests.packs.builders import METRICS, SHARED, a_pack, a_zone_with

OWN_GDP = """\
kind: metrics
overrides: [{id: gdp, reason: 本区按注册地统计}]
metrics:
  - {id: gdp, zh: 地区生产总值(注册地口径), en: GDP by registration, unit: 亿元, period_type: flow_year,
     subjects: [zone, region], value_type: money}
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return open_library([a_zone_with(tmp_path, {})])


def test_pack_brings_the_packs_it_depends_on(tmp_path: Path) -> None:
    a_zone_with(tmp_path, {})
    assert list(open_library([tmp_path / "demo"]).packs) == ["shared", "demo"]


def test_every_entry_knows_pack_file_and_line(library: Library) -> None:
    origin = library.observation("A2").origin
    assert (origin.pack, Path(origin.file).name, origin.line) == ("demo", "observations.yaml", 5)
    assert origin.at("unit").line == 6
    assert origin.at("note").line == 5  # not written: the entry itself


def test_file_is_shown_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_zone_with(tmp_path, {})
    monkeypatch.chdir(tmp_path)
    assert open_library(["./demo"]).subject("zone/demo").origin.file == "demo/zone.yaml"


def test_observation_is_found_by_id_and_by_pack(library: Library) -> None:
    assert library.observation("A1") is library.observation("demo/A1")


def test_unknown_id_names_what_looks_like_it(library: Library) -> None:
    with pytest.raises(PackError) as caught:
        library.metric("industral_output")
    assert caught.value.zh == "没有编号为 industral_output 的指标，是不是想写 industrial_output？"
    assert "did you mean industrial_output" in caught.value.en


def test_zones_are_those_of_the_packs(library: Library) -> None:
    assert [zone.code for zone in library.zones()] == ["zone/demo"]


def test_library_cannot_be_changed(library: Library) -> None:
    with pytest.raises(TypeError):
        library.metrics["gdp"] = library.metrics["revenue"]  # type: ignore[index]
    with pytest.raises(Exception, match="frozen"):
        library.metrics["gdp"].zh = "别的"


def test_calendar_counts_the_published_days(library: Library) -> None:
    calendar = library.calendar()
    # 2026-10-10 is a Saturday worked for the National Day holiday, 2026-10-05 lies inside it.
    assert calendar.is_working_day(date(2026, 10, 10))
    assert not calendar.is_working_day(date(2026, 10, 5))
    assert "国办发明电〔2025〕7号" in calendar.explain(date(2026, 10, 5)).zh


def test_replacement_holds_for_its_own_pack_only(tmp_path: Path) -> None:
    library = open_library([a_zone_with(tmp_path, {"own": OWN_GDP})])
    assert library.metric("gdp").zh == "地区生产总值"
    assert library.seen_from("demo").metric("gdp").zh == "地区生产总值(注册地口径)"
    assert library.seen_from("shared").metric("gdp").zh == "地区生产总值"
    assert library.seen_from("demo").find_metric("地区生产总值(注册地口径)", "zone").metric is not None


def test_replacement_is_seen_by_packs_built_upon_it(tmp_path: Path) -> None:
    a_zone_with(tmp_path, {"own": OWN_GDP})
    a_pack(tmp_path, "street", {}, depends=("demo",))
    library = open_library([tmp_path])
    assert library.seen_from("street").metric("gdp").origin.pack == "demo"


def test_same_id_without_a_declared_replacement_is_refused(tmp_path: Path) -> None:
    a_zone_with(tmp_path, {"own": OWN_GDP.replace("overrides:", "# overrides:")})
    with pytest.raises(PackError, match=r"已在 .*metrics\.yaml:3 定义"):
        open_library([tmp_path])


def test_action_raises_the_first_mistake_and_counts_the_rest(tmp_path: Path) -> None:
    a_zone_with(tmp_path, {"broken": "kind: metrics\nmetrics: [{id: 1.5}]\n"})
    with pytest.raises(PackError) as caught:
        open_library([tmp_path])
    assert "broken.yaml:2" in caught.value.zh
    assert "另有" in caught.value.zh
    assert caught.value.context["line"] == 2


def test_tolerant_opening_keeps_what_is_sound(tmp_path: Path) -> None:
    a_zone_with(tmp_path, {"broken": "kind: metrics\nmetrics: [{id: x}]\n"})
    library = open_library([tmp_path], tolerant=True)
    assert "gdp" in library.metrics
    assert {Path(issue.file or "").name for issue in library.issues} == {"broken.yaml"}


def test_unknown_dependency_points_at_its_line(tmp_path: Path) -> None:
    a_zone_with(tmp_path, {})
    a_pack(tmp_path, "other", {}, depends=("sharde",))
    (issue,) = open_library([tmp_path / "other"], tolerant=True).issues
    assert (issue.code, issue.line) == ("read.unknown_pack", 6)
    assert "是不是想写 shared？" in issue.mend_zh


def test_packs_that_depend_on_each_other_are_refused(tmp_path: Path) -> None:
    a_pack(tmp_path, "one", {}, depends=("two",))
    a_pack(tmp_path, "two", {}, depends=("one",))
    issues = open_library([tmp_path], tolerant=True).issues
    assert [issue.code for issue in issues] == ["refer.circular_pack"]
    assert "one → two → one" in issues[0].en


def test_pack_named_otherwise_than_its_folder_is_refused(tmp_path: Path) -> None:
    folder = a_pack(tmp_path, "one", {})
    shutil.move(folder, tmp_path / "two")
    (issue,) = open_library([tmp_path], tolerant=True).issues
    assert (issue.code, issue.line) == ("refer.pack_id", 2)


def test_same_pack_in_two_places_is_refused(tmp_path: Path) -> None:
    a_pack(tmp_path / "here", "one", {})
    a_pack(tmp_path / "there", "one", {})
    library = open_library([tmp_path / "here", tmp_path / "there"], tolerant=True)
    assert [issue.code for issue in library.issues] == ["refer.duplicate_id"]


def test_folder_without_a_pack_is_an_issue(tmp_path: Path) -> None:
    (issue,) = open_library([tmp_path], tolerant=True).issues
    assert issue.code == "read.no_pack"


def test_heading_belongs_into_pack_yaml(tmp_path: Path) -> None:
    heading = 'kind: pack\nid: shared\nzh: x\nen: x\nversion: "2026.11"\n'
    a_pack(tmp_path, "shared", {**SHARED, "second": heading})
    (issue,) = open_library([tmp_path], tolerant=True).issues
    assert "kind: pack belongs into pack.yaml" in issue.en


def test_documents_may_lie_in_folders(tmp_path: Path) -> None:
    folder = a_pack(tmp_path, "shared", {})
    (folder / "metrics").mkdir()
    (folder / "metrics" / "zone.yml").write_text(METRICS, "utf-8")
    assert "gdp" in open_library([tmp_path]).metrics


def test_shipped_packs_are_found() -> None:
    assert (packs_dir() / "national" / "pack.yaml").is_file()
