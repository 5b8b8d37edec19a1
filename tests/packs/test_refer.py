"""Gate 3 lets through what is sound. What it refuses stands in `broken/`."""

from pathlib import Path

import pytest

from gaoxin.packs.gates.table import check_packs
from tests.packs.builders import a_zone_with

KNOWN = {
    "id": "B1",
    "subject": "zone/demo",
    "metric": "industrial_output",
    "period": '"2021"',
    "value": '"432"',
    "unit": "亿元",
    "source": "article",
    "locator": "{paragraph: 2}",
}


def complaints(root: Path, **fields: str | None) -> list[str]:
    """What is said about one observation with these fields."""
    written = {name: text for name, text in {**KNOWN, **fields}.items() if text is not None}
    entry = "\n    ".join(f"{name}: {text}" for name, text in written.items())
    document = f"kind: observations\nobservations:\n  - {entry}\n"
    return [issue.en for issue in check_packs([a_zone_with(root, {"more": document})]).issues]


SOUND: dict[str, dict[str, str | None]] = {
    "level in another unit of the dimension": {"value": '"4320000"', "unit": "万元"},
    "firms in 户 where the metric says 家": {
        "metric": "high_tech_enterprises",
        "value": '"248"',
        "unit": "户",
    },
    "share as a fraction": {
        "figure": "share",
        "value": '"1/7"',
        "unit": '"1"',
        "of": "region/532301",
        "op": '"~"',
    },
    "share of another metric of the zone": {
        "figure": "share",
        "value": '"91.3"',
        "unit": '"%"',
        "of_metric": "gdp",
    },
    "rank in a group of unknown size": {
        "metric": "assessment",
        "figure": "rank",
        "value": '"2"',
        "unit": "位",
        "group": "{zh: 山东省高新区, en: high-tech zones of Shandong}",
        "population": "unknown",
    },
    "last of all": {
        "metric": "assessment",
        "figure": "rank",
        "value": '"160"',
        "unit": "位",
        "group": "unknown",
        "population": "160",
    },
    "growth against a year": {"figure": "growth", "value": '"8.3"', "unit": '"%"', "base": '"2020"'},
    "multiple of another subject": {
        "figure": "multiple",
        "value": '"3"',
        "unit": "倍",
        "base": "region/532301",
    },
    "change of a share in points": {"figure": "change", "value": '"-1.2"', "unit": "百分点"},
    "change of a level": {"figure": "change", "value": '"33.6"', "unit": "亿元"},
    "said in words only": {"value": "达到发达省份水平", "unit": None},
    "between two numbers": {"value": '{lo: "373", hi: "378"}'},
    "list of texts": {
        "metric": "lead_industries",
        "figure": "list",
        "value": "[生物医药, 新材料]",
        "unit": None,
    },
    "date known to the day": {"metric": "national_since", "value": '"2018-02-28"', "unit": None},
    "zero": {"value": '"0"'},
}


@pytest.mark.parametrize("fields", SOUND.values(), ids=SOUND.keys())
def test_sound_observation_passes(fields: dict[str, str | None], tmp_path: Path) -> None:
    assert complaints(tmp_path, **fields) == []


@pytest.mark.parametrize(
    ("written", "op"),
    [
        ("突破1700亿元", ">"),
        ("超过432亿元", ">"),
        ("过千亿元", ">"),
        ("1000余家", ">"),
        ("50%以上", ">="),
        ("不低于50%", ">="),
        ("不少于20人", ">="),
        ("不足1%", "<"),
        ("近432亿元", "<"),
        ("不超过10天", "<="),
        ("35天以内", "<="),
        ("2%左右", "~"),
        ("约2%", "~"),
        ("432亿元", "="),
        ("达432亿元", "="),
    ],
)
def test_hedge_is_kept_by_its_sign_and_by_no_equals(written: str, op: str, tmp_path: Path) -> None:
    assert complaints(tmp_path / "kept", written=written, op=f'"{op}"') == []
    lost = complaints(tmp_path / "lost", written=written, op='"="')
    assert lost == ([] if op == "=" else [f"a bound is lost: the source says {written}, op is ="])


@pytest.mark.parametrize("written", ["不超过10天", "不高于10%", "不多于3项"])
def test_no_more_than_is_not_read_as_more_than(written: str, tmp_path: Path) -> None:
    assert complaints(tmp_path, written=written, op='">"') == [
        f"a bound is lost: the source says {written}, op is >"
    ]


def test_all_mistakes_of_one_observation_are_found(tmp_path: Path) -> None:
    found = complaints(
        tmp_path, subject="zone/dem", metric="gpd", source="artcle", of="region/1", written="近4亿"
    )
    assert len(found) == 5
