"""`gaoxin match` and `gaoxin simulate` over a ledger: its latest snapshot, one zone of it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from gaoxin.cli import main
from gaoxin.web.ledger import models
from gaoxin.web.ledger.catalogue import library
from gaoxin.web.ledger.freezing import freeze_ledger
from gaoxin.web.ledger.packs import load_packs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_ledger(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """There is a ledger: the one of this test, whatever the address says."""
    load_packs(library())
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/elsewhere.sqlite3")


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    capsys.readouterr()
    code = main.run([*words, "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


def firms(**held: Any) -> set[str]:
    return set(models.Subject.objects.filter(kind="enterprise", **held).values_list("code", flat=True))


def test_without_a_snapshot_the_verb_says_what_to_run(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = call(capsys, "match", "TSME")
    assert code == 1
    assert "gaoxin freeze" in json.loads(err)["error"]["zh"]


def test_latest_snapshot_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    frozen = freeze_ledger()
    code, told, _ = call(capsys, "match", "TSME", "--on", "2026-06-30")
    assert code == 0
    assert frozen.snapshot.hash[:16] in told["facts"]
    assert told["made_of"]["snapshot"] == frozen.snapshot.hash
    # files of the same content are written once, and tell when that was
    assert datetime.fromisoformat(told["made_of"]["as_of"]) <= frozen.snapshot.as_of
    # the firms of the packs that have figures
    assert {row["subject"] for row in told["subjects"]} <= firms()
    assert told["subjects"]


def test_zone_narrows_it_to_its_firms(capsys: pytest.CaptureFixture[str]) -> None:
    freeze_ledger()
    _, told, _ = call(capsys, "match", "TSME", "--zone", "weifang")
    assert {row["subject"] for row in told["subjects"]} <= firms(zone__code="zone/weifang")
    code, _, err = call(capsys, "match", "TSME", "--zone", "wiefang")
    assert code == 1
    assert "zone/weifang" in json.loads(err)["error"]["zh"]


def test_clause_is_simulated_over_the_snapshot(capsys: pytest.CaptureFixture[str]) -> None:
    freeze_ledger()
    code, told, _ = call(capsys, "simulate", "C1", "--with", "cap=100万元", "--on", "2026-06-30")
    assert code == 0
    law, lower = told["costs"]
    # everybody is open, each up to the cap: 5000 万元 under the law, 100 under the draft
    assert law["high"] == f"{law['open'] * 50_000_000}.00"
    assert lower["high"] == f"{lower['open'] * 1_000_000}.00"
