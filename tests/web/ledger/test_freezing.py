"""A snapshot of the ledger holds what stands, says how it was made, and can be made again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from gaoxin.core.errors import FactError
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.runcards import RunCard
from gaoxin.facts.snapshots import freeze, open_snapshot, rows_of
from gaoxin.web.accounts.models import Role
from gaoxin.web.ledger import models, services
from gaoxin.web.ledger.catalogue import library
from gaoxin.web.ledger.freezing import freeze_ledger
from gaoxin.web.ledger.moments import last_moment
from tests.web.builders import a_correction, a_source, a_statistician, an_account, an_enterprise, an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return a_statistician()


def frozen(kind: str = "enterprise", **more) -> pl.DataFrame:
    return open_snapshot(freeze_ledger(**more).directory, deep=True).frame(kind).collect()


def revenue_of(firm: models.Subject, **more) -> int | None:
    rows = frozen(**more).filter(pl.col("subject") == firm.code)
    return rows["revenue@2024"][0] if "revenue@2024" in rows.columns and rows.height else None


def test_ledger_and_memory_freeze_the_packs_to_the_same_bytes(tmp_path: Path) -> None:
    base = FactBase.from_library(library())
    of_memory = freeze(rows_of(base, library().metrics), tmp_path / "memory")
    assert freeze_ledger().snapshot.hash == of_memory.hash


def test_snapshot_holds_what_stands(clerk) -> None:
    entered, corrected, withdrawn = (an_enterprise(name) for name in ("甲厂", "乙厂", "丙厂"))
    an_entry(clerk, entered, "120")
    a_correction(clerk, an_entry(clerk, corrected, "120"), "130")
    gone = an_entry(clerk, withdrawn, "120")
    services.withdraw_batch(by=clerk, batch_id=gone.batch_id, reason="填错了")
    # 120万元 = 120 × 10 000 元 × 100 分
    assert revenue_of(entered) == 120_000_000
    assert revenue_of(corrected) == 130_000_000
    assert revenue_of(withdrawn) is None


def test_dispute_has_no_value_until_it_is_ruled_on(clerk) -> None:
    firm = an_enterprise()
    one, _ = an_entry(clerk, firm, "120"), an_entry(clerk, firm, "150", source=a_source())
    before = freeze_ledger()
    assert revenue_of(firm) is None
    services.rule_conflict(by=clerk, stands=one.pk, reason="以统计年报为准")
    assert revenue_of(firm) == 120_000_000
    assert freeze_ledger().disputed == before.disputed - 1


def test_sources_that_agree_freeze_to_one_value(clerk) -> None:
    firm = an_enterprise()
    an_entry(clerk, firm, "120")
    an_entry(clerk, firm, "120", source=a_source())
    an_entry(clerk, firm, "1200000", unit="元", source=a_source())
    assert revenue_of(firm) == 120_000_000


def test_what_was_known_then_freezes_the_same_whatever_came_later(clerk) -> None:
    firm = an_enterprise()
    old = an_entry(clerk, firm, "120")
    then = last_moment()
    first = freeze_ledger(as_of=then)
    a_correction(clerk, old, "130")
    an_entry(clerk, firm, "140", source=a_source())
    assert freeze_ledger(as_of=then).snapshot.hash == first.snapshot.hash
    assert freeze_ledger().snapshot.hash != first.snapshot.hash


def test_moment_before_everything_is_empty_and_one_to_come_is_refused() -> None:
    first = models.Batch.objects.order_by("at").values_list("at", flat=True).first()
    assert freeze_ledger(as_of=first - timedelta(days=1)).snapshot.counts == {}
    with pytest.raises(FactError, match="时点还没有到"):
        freeze_ledger(as_of=timezone.now() + timedelta(minutes=1))


def test_bounds_and_texts_keep_what_a_number_cannot_say() -> None:
    zones = frozen("zone")
    bounded = [name for name in zones.columns if name.endswith("@op")]
    assert bounded
    assert ">" in set(pl.concat([zones[name] for name in bounded]).drop_nulls())


def test_run_card_names_packs_code_and_moment() -> None:
    made = freeze_ledger()
    card = RunCard.load(made.card)
    assert card.snapshot == made.snapshot.hash
    assert card.packs == {name: pack.version for name, pack in library().packs.items()}
    assert card.parameters == {"as_of": made.snapshot.as_of.isoformat()}


def test_freezing_twice_leaves_one_snapshot_and_one_audit_row() -> None:
    freeze_ledger()
    again = freeze_ledger()
    assert not again.fresh
    assert models.Snapshot.objects.count() == 1
    assert models.AuditEvent.objects.filter(action="snapshot.freeze").count() == 1
    assert not list(again.directory.parent.glob(".new-*"))


def test_only_who_may_export_freezes() -> None:
    with pytest.raises(PermissionDenied):
        freeze_ledger(by=an_account(Role.WINDOW_OFFICER))
