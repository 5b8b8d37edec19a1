"""What the ledger knows of one enterprise, as rules read it and as a page shows it (一家企业的已知数).

The verdict rests on all that stands. What the reader may not read of a firm takes part in it and is not
shown: `hidden` names those columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from gaoxin.compute.reference import Reading
from gaoxin.core.issues import Issue
from gaoxin.facts.population import SubjectRow, of_observations
from gaoxin.web.accounts.models import User
from gaoxin.web.ledger import catalogue, models, scope
from gaoxin.web.ledger.discretion import as_told
from gaoxin.web.ledger.figures import Figure, figure_of
from gaoxin.web.ledger.reading import replay


@dataclass(frozen=True)
class Known:
    """`reading`: the row under evaluation; `figures`: by column, for the source rings; `issues`: values that
    could not be used and count as missing.
    """

    subject: models.Subject
    on: date
    row: SubjectRow = field(repr=False)
    reading: Reading = field(repr=False)
    figures: Mapping[str, Figure] = field(repr=False)
    hidden: frozenset[str]

    @property
    def issues(self) -> tuple[Issue, ...]:
        return self.row.issues


def known_of(reader: User, subject: models.Subject, on: date, as_of: datetime | None = None) -> Known:
    """Everything that stands of an enterprise the reader may see, at a moment, for a day.

    Missing: a figure that sources dispute has no value until somebody rules.
    """
    rows = models.Observation.objects.filter(subject=subject, figure="level")
    replayed = replay(rows, codes={subject.pk: subject.code}, as_of=as_of)
    keys = replayed.base.keys()
    settlements = [replayed.base.settlement(key) for key in keys]
    settled = {held.standing.id: held for held in settlements if held.standing is not None}
    standing = [held.standing for held in settled.values() if held.standing is not None]
    row = of_observations(standing, catalogue.library().metrics, on)
    readable = set(scope.readable_metric_ids(reader, subject.kind).values_list("code", flat=True))
    hidden = frozenset(column for column in row.sources if column.partition("@")[0] not in readable)
    names = {subject.code: subject.name}
    figures = {
        column: as_told(reader, figure)
        for column, obs in row.sources.items()
        if column not in hidden and (figure := figure_of(replayed, settled[obs.id], names)) is not None
    }
    return Known(subject, on, row, Reading(row.row), figures, hidden)
