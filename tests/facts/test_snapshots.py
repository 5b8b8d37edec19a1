"""Snapshots lose nothing, order means nothing, and a changed file is found."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin.core.errors import SnapshotError
from gaoxin.facts.snapshots import Snapshot, freeze, open_snapshot, rows_of
from gaoxin.facts.values import Value
from tests.facts.builders import a_fact_base, a_metric, an_observation, day, metrics_of


def rows(*given_: dict[str, Any]) -> pl.DataFrame:
    texts = ("subject", "metric", "period", "figure", "of", "value_type", "dimension", "op", "text")
    schema = {**dict.fromkeys(texts, pl.String), **dict.fromkeys(("number", "high", "step"), pl.Int64)}
    known = {"figure": "level", "of": "", "value_type": "money", "dimension": "money", "op": "="}
    return pl.DataFrame([known | row for row in given_], schema=schema)


def revenue(subject: str, number: int, period: str = "2025", **more: Any) -> dict[str, Any]:
    return {"subject": subject, "metric": "revenue", "period": period, "number": number, **more}


ROWS = rows(
    revenue("enterprise/b", 200),
    revenue("enterprise/a", 100),
    revenue("enterprise/a", 90, "2024"),
    revenue("zone/z", 43_200, op=">", step=100),
)


def frozen(tmp_path: Path, given_: pl.DataFrame, name: str = "snapshot") -> Snapshot:
    freeze(given_, tmp_path / name, as_of=day(0))
    return open_snapshot(tmp_path / name, deep=True)


def test_there_is_one_wide_table_per_kind_of_subject(tmp_path: Path) -> None:
    snapshot = frozen(tmp_path, ROWS)
    assert snapshot.kinds == ("enterprise", "zone")
    assert snapshot.frame("enterprise").collect().to_dicts() == [
        {"subject": "enterprise/a", "revenue@2024": 90, "revenue@2025": 100},
        {"subject": "enterprise/b", "revenue@2024": None, "revenue@2025": 200},
    ]
    assert snapshot.manifest.values == 4
    assert snapshot.manifest.as_of == day(0)


def test_columns_tell_metric_period_dimension_and_scale(tmp_path: Path) -> None:
    column = frozen(tmp_path, ROWS).column("enterprise", "revenue", "2025")
    assert (column.name, column.dimension, column.scale, column.value_type) == (
        "revenue@2025",
        "money",
        2,
        "money",
    )
    with pytest.raises(SnapshotError, match="2023"):
        frozen(tmp_path, ROWS, "again").column("enterprise", "revenue", "2023")


def test_hedges_and_rounding_stand_in_columns_beside_the_number(tmp_path: Path) -> None:
    table = frozen(tmp_path, ROWS).frame("zone").collect()
    assert table.to_dicts() == [
        {"subject": "zone/z", "revenue@2025": 43_200, "revenue@2025@op": ">", "revenue@2025@step": 100}
    ]


def test_shares_growth_and_groups_have_columns_of_their_own(tmp_path: Path) -> None:
    share = {
        "metric": "gdp",
        "period": "2021",
        "figure": "share",
        "value_type": "ratio",
        "dimension": "ratio",
    }
    table = rows(
        {"subject": "zone/z", "number": 1, "of": "region/1", **share},
        {"subject": "zone/z", "number": 2, "of": "region/2", **share},
    )
    assert frozen(tmp_path, table).frame("zone").collect_schema().names() == [
        "subject",
        "gdp:share[region/1]@2021",
        "gdp:share[region/2]@2021",
    ]


def test_texts_dates_and_truth_keep_their_types(tmp_path: Path) -> None:
    def fact(subject: str, metric: str, value_type: str, text: str) -> dict[str, Any]:
        return {
            "subject": subject,
            "metric": metric,
            "period": "2025",
            "value_type": value_type,
            "text": text,
        } | {"dimension": None}

    table = rows(
        fact("enterprise/a", "founded", "date", "2018-05-01"),
        fact("enterprise/b", "founded", "date", "2018"),
        fact("enterprise/a", "resident", "boolean", "true"),
        fact("enterprise/b", "resident", "boolean", "false"),
        fact("enterprise/a", "fields", "list", "生物医药\n新材料"),
    )
    assert frozen(tmp_path, table).frame("enterprise").collect().rows() == [
        ("enterprise/a", "生物医药\n新材料", date(2018, 5, 1), None, True),
        ("enterprise/b", None, None, "2018", False),
    ]


def test_a_truth_value_that_is_none_is_refused(tmp_path: Path) -> None:
    strange = rows(
        {"subject": "enterprise/a", "metric": "m", "period": "2025", "value_type": "boolean", "text": "也许"}
    )
    with pytest.raises(SnapshotError, match="也许"):
        freeze(strange, tmp_path / "s")


def test_two_values_for_one_figure_are_refused_and_nothing_is_left(tmp_path: Path) -> None:
    doubled = pl.concat([ROWS, rows(revenue("enterprise/a", 101))])
    with pytest.raises(SnapshotError, match="enterprise/a"):
        freeze(doubled, tmp_path / "s")
    assert list(tmp_path.iterdir()) == []


def test_a_column_of_two_dimensions_is_refused(tmp_path: Path) -> None:
    mixed = pl.concat([ROWS, rows(revenue("enterprise/c", 5, dimension="count", value_type="number"))])
    with pytest.raises(SnapshotError, match="revenue@2025"):
        freeze(mixed, tmp_path / "s")


def test_missing_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="period"):
        freeze(pl.DataFrame({"subject": ["a"], "metric": ["m"], "number": [1]}), tmp_path / "s")


def test_a_snapshot_overwrites_nothing(tmp_path: Path) -> None:
    frozen(tmp_path, ROWS)
    with pytest.raises(SnapshotError, match="空文件夹"):
        freeze(ROWS, tmp_path / "snapshot")


def test_no_rows_make_an_empty_snapshot(tmp_path: Path) -> None:
    assert frozen(tmp_path, rows()).kinds == ()


def test_equal_facts_give_equal_bytes_whatever_the_order(tmp_path: Path) -> None:
    freeze(ROWS, tmp_path / "one", created=day(0))
    batches = [ROWS.reverse()[:1], ROWS.reverse()[1:]]
    freeze(iter(batches), tmp_path / "two", created=day(0))
    for name in ("enterprise.parquet", "zone.parquet", "manifest.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_one_other_value_gives_another_hash(tmp_path: Path) -> None:
    first = freeze(ROWS, tmp_path / "one")
    other = freeze(ROWS.with_columns(number=pl.col("number") + 1), tmp_path / "two")
    assert first.hash != other.hash


def test_empty_and_missing_text_are_two_things(tmp_path: Path) -> None:
    def of(text: str | None) -> pl.DataFrame:
        fact = {
            "subject": "enterprise/a",
            "metric": "m",
            "period": "2025",
            "value_type": "text",
            "dimension": None,
        }
        return rows({**fact, "text": text})

    assert freeze(of(""), tmp_path / "one").hash != freeze(of(None), tmp_path / "two").hash


def test_a_changed_or_missing_file_is_found(tmp_path: Path) -> None:
    frozen(tmp_path, ROWS)
    path = tmp_path / "snapshot" / "zone.parquet"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(SnapshotError, match=r"zone\.parquet"):
        open_snapshot(tmp_path / "snapshot")
    path.unlink()
    with pytest.raises(SnapshotError, match="缺少文件"):
        open_snapshot(tmp_path / "snapshot")


def test_a_manifest_that_was_edited_or_damaged_is_found(tmp_path: Path) -> None:
    frozen(tmp_path, ROWS)
    path = tmp_path / "snapshot" / "manifest.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**document, "hash": "0" * 64}), encoding="utf-8")
    with pytest.raises(SnapshotError, match="被改动过"):
        open_snapshot(tmp_path / "snapshot")
    path.write_text("{", encoding="utf-8")
    with pytest.raises(SnapshotError, match="已损坏"):
        open_snapshot(tmp_path / "snapshot")
    path.write_text(json.dumps({**document, "format": 99}), encoding="utf-8")
    with pytest.raises(SnapshotError, match="99"):
        open_snapshot(tmp_path / "snapshot")
    with pytest.raises(SnapshotError, match="没有快照"):
        open_snapshot(tmp_path)


def test_an_unknown_kind_of_subject_is_named(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="enterprise、zone"):
        frozen(tmp_path, ROWS).frame("project")


def test_a_fact_base_freezes_what_stands_and_leaves_out_what_is_disputed(tmp_path: Path) -> None:
    metrics = metrics_of(a_metric("industrial_output"), a_metric("gdp"))
    base = a_fact_base(
        an_observation(),
        an_observation("Y1", "440", source="yearbook"),
        an_observation("C011", "299.54", metric="gdp"),
        an_observation("L", Value.between("1", "2", "亿元"), metric="gdp", period="2020"),
        an_observation("W", "1/7", "%", metric="gdp", figure="share", of="region/532301"),
    )
    table = frozen(tmp_path, rows_of(base, metrics)).frame("zone").collect()
    assert table.to_dicts() == [
        {
            "subject": "zone/chuxiong",
            "gdp:share[region/532301]@2021": 142857142857,
            "gdp:share[region/532301]@2021@op": "~",
            "gdp:share[region/532301]@2021@step": 20512820513,
            "gdp:share[region/532301]@2021@text": "1/7",
            "gdp@2020": 10**10,
            "gdp@2020@op": "[]",
            "gdp@2020@high": 2 * 10**10,
            "gdp@2021": 2_995_400_000_000,
            "gdp@2021@step": 10**8,
        }
    ]


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 5), st.integers(0, 3)), st.integers(-(2**62), 2**62), min_size=1, max_size=20
    ),
    st.randoms(use_true_random=False),
)
def test_every_number_comes_back_and_order_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, values: dict[tuple[int, int], int], shuffle: Any
) -> None:
    tmp_path = tmp_path_factory.mktemp("snapshots")
    given_ = [revenue(f"enterprise/{s}", n, str(2020 + p)) for (s, p), n in values.items()]
    snapshot = frozen(tmp_path, rows(*given_))
    table = {row.pop("subject"): row for row in snapshot.frame("enterprise").collect().to_dicts()}
    for (subject, period), number in values.items():
        assert table[f"enterprise/{subject}"][f"revenue@{2020 + period}"] == number
    shuffle.shuffle(given_)
    assert frozen(tmp_path, rows(*given_), "other").manifest.hash == snapshot.manifest.hash
