"""The enterprises of a zone as an evaluation saw them, kept in memory (常驻总体).

Boards, lists and simulations ask the same frozen facts again and again; the facts never change, for a
snapshot is named by its content. So the frame of a zone is read once in the life of a process and kept, a few
of them at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

import polars as pl

from gaoxin.compute.reference import Row
from gaoxin.compute.rows import row_of
from gaoxin.compute.tree import Leaf
from gaoxin.core.errors import SnapshotError
from gaoxin.facts.population import of_snapshot
from gaoxin.facts.snapshots import open_snapshot
from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.judging import Judgement, judge
from gaoxin.rules.matching import RuleColumns
from gaoxin.rules.worth import element_fields
from gaoxin.web.eligibility.models import Run
from gaoxin.web.eligibility.zone_rules import compiler
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.freezing import snapshots_home
from gaoxin.web.ledger.models import Subject

KIND = "enterprise"
_KEPT = 6


@dataclass(frozen=True, eq=False)
class Residents:
    """The enterprises of one zone on one day. `frame`: a population frame, whoever nothing is known of
    included; `pks`: their rows in the ledger, by code.
    """

    zone: str
    practice: bool
    snapshot: str
    on: date
    frame: pl.DataFrame = field(repr=False)
    pks: Mapping[str, int] = field(repr=False)

    @property
    def key(self) -> tuple[str, str, date, int]:
        """What everything worked out from these facts may be kept under."""
        return self.zone, self.snapshot, self.on, len(self.pks)

    def compiled(self, rule: str) -> CompiledRule:
        """A rule as it holds in the zone on the day. Raises: RuleError."""
        return compiler(self.zone, self.on, practice=self.practice).compiled(rule)

    def judge(self, columns: RuleColumns, subject: str) -> Judgement:
        """The exact judgement of one enterprise. Raises: NotFound."""
        place = self._places.get(subject)
        if place is None:
            raise NotFound(code=subject)
        row = row_of(self.frame, place, columns.compiled.leaves, columns.plan.fields)
        return judge(columns.compiled, row)

    def row(self, subject: str, rules: Iterable[CompiledRule], besides: Iterable[Leaf] = ()) -> Row:
        """What the first of some rules reads of an enterprise, and more besides; `rules` know the event
        lists. Raises: NotFound.
        """
        place = self._places.get(subject)
        if place is None:
            raise NotFound(code=subject)
        held = tuple(rules)
        leaves = {leaf.column: leaf for leaf in (*held[0].leaves, *besides)}
        return row_of(self.frame, place, leaves.values(), element_fields(held))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {code: at for at, code in enumerate(self.frame["subject"].to_list())}

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The technology field of each enterprise that states one, by code."""
        if "tech_field" not in self.frame.columns:
            return {}
        told = self.frame.select("subject", "tech_field").drop_nulls()
        return dict(told.iter_rows())


def residents(run: Run) -> Residents:
    """The facts an evaluation rests on. Raises: SnapshotError if its files are gone or were changed."""
    zone = run.zone
    firms = Subject.objects.filter(zone=zone, kind=KIND).count()
    return _residents(run.snapshot.path, run.snapshot.hash, zone.pk, zone.code, zone.synthetic, run.on, firms)


def compiled_for(run: Run, rule: str) -> CompiledRule:
    """A rule as an evaluation applied it, without its facts. Raises: RuleError."""
    return compiler(run.zone.code, run.on, practice=run.zone.synthetic).compiled(rule)


@lru_cache(maxsize=_KEPT)
def _residents(
    path: str, content: str, zone_pk: int, zone: str, practice: bool, on: date, firms: int
) -> Residents:
    if not path:
        raise SnapshotError("这次判定没有快照。", "The evaluation has no snapshot.")
    held = dict(Subject.objects.filter(zone=zone_pk, kind=KIND).order_by("pk").values_list("code", "pk"))
    subjects = pl.DataFrame({"subject": list(held)}, schema={"subject": pl.String})
    snapshot = open_snapshot(snapshots_home() / path)
    frame = subjects
    if KIND in snapshot.kinds:
        known = of_snapshot(snapshot, catalogue.library().metrics, on, KIND).frame
        frame = subjects.lazy().join(known, on="subject", how="left", maintain_order="left").collect()
    return Residents(zone, practice, content, on, frame, held)
