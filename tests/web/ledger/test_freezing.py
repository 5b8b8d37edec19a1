"""A snapshot holds exactly what stands, and is the same whenever the same stands (快照)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from gaoxin.core.errors import FactError
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.snapshots import freeze, open_snapshot, rows_of
from gaoxin.web.ledger import models, selectors, services
from gaoxin.web.ledger.catalogue import library
from gaoxin.web.ledger.freezing import freeze_ledger
from tests.web.builders import a_correction, a_director, a_statistician, an_account, an_enterprise, an_entry

pytestmark = pytest.mark.django_db
EVERYWHERE = ("weifang", "daqing", "chuxiong", "sandbox")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAOXIN_HOME", str(tmp_path))


def frozen_values(directory: Path) -> dict[tuple, tuple]:
    """subject and column → number or text, upper end, hedge, step, wording; what is missing is None."""
    snapshot = open_snapshot(directory, deep=True)
    told: dict[tuple, dict] = {}
    for kind in snapshot.kinds:
        frame = snapshot.frame(kind).collect()
        for column in snapshot.columns(kind):
            key = (column.metric, column.figure, column.of, column.group, column.period)
            for subject, value in frame.select("subject", column.name).iter_rows():
                if value is not None:
                    told.setdefault((subject, *key), {})[column.part] = value
    return {
        key: (held.get("value"), held.get("high"), held.get("op", "="), held.get("step"), held.get("text"))
        for key, held in told.items()
    }


def test_a_snapshot_holds_what_the_pages_show(tmp_path: Path) -> None:
    clerk = a_statistician(zones=EVERYWHERE)
    firm, rival = an_enterprise(), an_enterprise()
    a_correction(clerk, an_entry(clerk, firm, "120"), "140")
    an_entry(clerk, firm, "8.5", unit="%", figure="growth")
    an_entry(clerk, firm, "600", op=">", period="2023")
    an_entry(clerk, firm, "100~200", period="2022")
    for value in ("1", "2"):
        an_entry(clerk, rival, value)
    ruled = an_entry(clerk, rival, "3", period="2023")
    an_entry(clerk, rival, "4", period="2023")
    services.rule_conflict(by=clerk, stands=ruled.pk, reason="年鉴")
    gone = an_entry(clerk, rival, "5", period="2021")
    services.withdraw_batch(by=clerk, batch_id=gone.batch_id, reason="填错")

    made = freeze_ledger()
    held = frozen_values(made.directory)
    figures = selectors.standing_of_many(clerk, models.Subject.objects.all(), figure=None)
    shown = {
        (f.subject_code, f.metric.id, f.figure, f.of, f.group, f.period.code): f.standing
        for f in figures
        if f.standing is not None
    }
    assert set(held) == set(shown)
    for key, value in shown.items():
        number, high, op, step, text = held[key]
        if value.number is not None:
            assert (number, high, step) == (value.number, value.high, value.step), key
            assert op == value.op
        elif value.high is not None:
            assert high == value.high
        else:
            assert str(number).lower() == str(value.text).lower() or text == value.text, key
    conflicts = [f for f in figures if f.is_conflict]
    assert made.disputed == len(conflicts)
    assert (firm.code, "revenue", "level", "", "", "2024") in held
    assert (rival.code, "revenue", "level", "", "", "2024") not in held
    assert (rival.code, "revenue", "level", "", "", "2023") in held
    assert (rival.code, "revenue", "level", "", "", "2021") not in held


def test_packs_freeze_to_the_same_bytes_with_and_without_a_database(tmp_path: Path) -> None:
    without = freeze(
        [rows_of(FactBase.from_library(library()), library().metrics)], tmp_path / "x", as_of=timezone.now()
    )
    assert freeze_ledger().snapshot.hash == without.hash


def test_the_same_facts_make_no_second_snapshot() -> None:
    first = freeze_ledger()
    second = freeze_ledger()
    assert (first.fresh, second.fresh) == (True, False)
    assert first.directory == second.directory
    assert models.Snapshot.objects.count() == 1
    assert models.AuditEvent.objects.filter(action="snapshot.freeze").count() == 1
    assert not [entry for entry in first.directory.parent.iterdir() if entry.name.startswith(".new")]


def test_a_snapshot_of_an_earlier_moment_does_not_know_what_came_later() -> None:
    clerk, firm = a_statistician(), an_enterprise()
    old = an_entry(clerk, firm, "120")
    before = freeze_ledger()
    a_correction(clerk, old, "140")
    assert freeze_ledger().snapshot.hash != before.snapshot.hash
    assert freeze_ledger(as_of=old.batch.at).snapshot.hash == before.snapshot.hash


def test_a_moment_to_come_is_refused() -> None:
    with pytest.raises(FactError, match="时点还没有到"):
        freeze_ledger(as_of=timezone.now() + timedelta(hours=1))


def test_who_may_not_export_may_not_freeze() -> None:
    with pytest.raises(PermissionDenied):
        freeze_ledger(by=an_account("window_officer"))
    assert freeze_ledger(by=a_director(name="周正")).snapshot.by_name == "周正"


def test_an_empty_text_and_a_missing_one_stay_apart() -> None:
    from gaoxin.web.ledger.frames import RICH_SCHEMA, rows

    [frame] = list(rows(RICH_SCHEMA, "o.text IS NOT NULL", []))
    assert frame["text"].null_count() == 0
    [plain] = list(rows(RICH_SCHEMA, "o.text IS NULL", []))
    assert plain["text"].null_count() == plain.height
    assert plain.schema == pl.Schema(RICH_SCHEMA)
    assert "" in plain["of"].to_list()


def test_a_day_before_the_first_figure_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    first = models.Batch.objects.earliest("at").at
    with pytest.raises(FactError, match="那时库里还没有数"):
        freeze_ledger(as_of=first - timedelta(days=1))
    assert not models.Snapshot.objects.exists()
    assert not list(tmp_path.rglob("*.parquet"))
