"""The ledger and the fact base in memory tell the same story, for the packs and for any history of acts."""

from __future__ import annotations

from datetime import datetime
from random import Random

import pytest

from gaoxin.core.errors import FactError
from gaoxin.core.periods import Period
from gaoxin.facts import records
from gaoxin.facts.factbase import FactBase
from gaoxin.web.errors import MoveRefused, NotFound
from gaoxin.web.ledger import models, selectors, services
from gaoxin.web.ledger.catalogue import library
from gaoxin.web.ledger.frames import Wanted
from gaoxin.web.ledger.frames import standing as standing_frames
from gaoxin.web.ledger.liveness import live, live_sql
from gaoxin.web.ledger.reading import value_of
from tests.web.builders import INTERNAL, a_correction, a_source, a_statistician, an_enterprise, an_entry

pytestmark = pytest.mark.django_db

PERIODS = ("2023", "2024")
VALUES = ("100", "120", "140")


def test_what_the_packs_state_stands_in_the_ledger_as_in_memory() -> None:
    base = FactBase.from_library(library())
    everybody = a_statistician(zones=("weifang", "daqing", "chuxiong", "sandbox"))
    subjects = models.Subject.objects.filter(code__in=base.subjects)
    held = {f.key: f for f in selectors.standing_of_many(everybody, subjects, figure=None)}
    assert set(held) == set(base.keys())
    for key, figure in held.items():
        settled = base.settlement(key)
        assert figure.is_conflict == (settled.state == "conflict")
        assert figure.standing == (settled.standing.value if settled.standing else None)
        said = {figure.value, *(other.value for other in figure.others)}
        assert said == {obs.value for obs in settled.candidates}


class Mirror:
    """Acts on the ledger and on a fact base at once, in the same order and at the same moments."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.clerk = a_statistician(name="陈敏")
        self.firm = an_enterprise()
        self.sources = [a_source() for _ in range(3)]
        self.base = FactBase()
        self.moments: list[datetime] = []

    def act(self) -> None:
        what = self.chance.choice(
            [self.record, self.record, self.correct, self.correct, self.withdraw, self.rule]
        )
        what()

    def record(self) -> None:
        period, source = self.chance.choice(PERIODS), self.chance.choice(self.sources)
        try:
            row = an_entry(self.clerk, self.firm, self.chance.choice(VALUES), period=period, source=source)
        except FactError:  # this source has stated it already
            return
        self.base.record(self._as_record(row))
        self.moments.append(row.batch.at)

    def correct(self) -> None:
        old = self._any()
        if old is None:
            return
        try:
            row = a_correction(self.clerk, old, self.chance.choice(VALUES))
        except FactError:  # the same value
            return
        except MoveRefused:
            assert not self.base.is_live(str(old.pk))
            return
        self.base.record(self._as_record(row, supersedes=str(old.pk)))
        self.moments.append(row.batch.at)

    def withdraw(self) -> None:
        row = self._any()
        if row is None:
            return
        try:
            gone = services.withdraw_batch(by=self.clerk, batch_id=row.batch_id, reason="报错了")
        except MoveRefused:
            assert self.base.withdrawal(str(row.batch_id)) is not None
            return
        self.base.withdraw(str(row.batch_id), gone.reason, gone.by_name, gone.at)
        self.moments.append(gone.at)

    def rule(self) -> None:
        row = self._any()
        if row is None:
            return
        try:
            ruling = services.rule_conflict(by=self.clerk, stands=row.pk, reason="以年报为准")
        except (FactError, MoveRefused, NotFound):
            return
        key = self._as_record(row).key
        self.base.rule(key, str(row.pk), ruling.reason, ruling.by_name, ruling.at)
        self.moments.append(ruling.at)

    def _any(self) -> models.Observation | None:
        rows = list(models.Observation.objects.filter(subject=self.firm).order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def _as_record(self, row: models.Observation, supersedes: str | None = None) -> records.Observation:
        return records.Observation(
            id=str(row.pk),
            subject=self.firm.code,
            metric=INTERNAL,
            period=Period.parse(row.period),
            figure=row.figure,
            value=value_of(row.op, row.number, row.high, row.step, row.text, row.dimension),
            unit=row.unit,
            source=row.source.code,
            recorded_at=row.batch.at,
            recorded_by=row.batch.by_name,
            supersedes=supersedes,
            reason="原表串行" if supersedes else "",
            batch=str(row.batch_id),
        )


def in_memory(base: FactBase, moment: datetime | None) -> dict[str, tuple]:
    told = {}
    for key in base.keys(as_of=moment):
        settled = base.settlement(key, moment)
        if settled.candidates:
            ruling = settled.ruling and settled.ruling.stands
            lapsed = settled.lapsed and settled.lapsed.stands
            stands = settled.standing and settled.standing.id
            told[key.period] = (stands, {obs.id for obs in settled.candidates}, ruling, lapsed)
    return told


def in_the_ledger(mirror: Mirror, moment: datetime | None) -> dict[str, tuple]:
    told = {}
    for figure in selectors.standing(mirror.clerk, mirror.firm, as_of=moment):
        candidates = {str(figure.observation_id), *(str(other.observation_id) for other in figure.others)}
        ruling = figure.ruling and figure.ruling.stands
        lapsed = figure.lapsed and figure.lapsed.stands
        stands = None if figure.is_conflict else str(figure.observation_id)
        told[figure.period.code] = (stands, candidates, ruling, lapsed)
    return told


@pytest.mark.parametrize("seed", range(5))
def test_any_history_of_acts_reads_the_same(seed: int) -> None:
    mirror = Mirror(seed)
    for _ in range(25):
        mirror.act()
    for moment in (None, *mirror.chance.sample(mirror.moments, 5)):
        assert in_the_ledger(mirror, moment) == in_memory(mirror.base, moment)
        _in_use_is_the_same(mirror, moment)
        _columns_are_the_same(mirror, moment)


def _in_use_is_the_same(mirror: Mirror, moment: datetime | None) -> None:
    rows = models.Observation.objects.filter(subject=mirror.firm)
    in_use = {str(pk) for pk in rows.filter(live(moment)).values_list("pk", flat=True)}
    assert in_use == {obs.id for obs in mirror.base.observations(as_of=moment)}
    if moment is None:
        condition, values = live_sql()
        by_hand = models.Observation.objects.raw(
            f"SELECT id FROM ledger_observation WHERE subject_id = %s AND {condition}",
            [mirror.firm.pk, *values],
        )
        assert {str(row.pk) for row in by_hand} == in_use


def _columns_are_the_same(mirror: Mirror, moment: datetime | None) -> None:
    numbered = models.Metric.objects.get(code=INTERNAL).pk
    held = standing_frames(Wanted(pairs=[(numbered, period) for period in PERIODS], as_of=moment))
    plain = held.plain.filter(held.plain["subject_id"] == mirror.firm.pk)
    wanted = {
        (key.period, stands.value.number)
        for key in mirror.base.keys(as_of=moment)
        if (stands := mirror.base.standing(key, moment)) is not None
    }
    assert set(plain.select("period", "number").iter_rows()) == wanted
    assert plain.height == len(wanted)
    assert held.disputed == len(mirror.base.conflicts(as_of=moment))
