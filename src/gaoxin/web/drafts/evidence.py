"""The card beside the text (证据卡): what the draft writes, what the facts say and where, the sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gaoxin.core.errors import GaoxinError
from gaoxin.web.drafts.models import Act, DraftFigure
from gaoxin.web.drafts.selectors import Standing
from gaoxin.web.drafts.words import (
    VERDICTS,
    Mark,
    period_words,
    reason,
    shown_subject,
    shown_title,
    shown_whole,
)
from gaoxin.web.ledger import selectors as ledger
from gaoxin.web.pages import provenance
from gaoxin.web.pages.figures import FigureView, figure_view
from gaoxin.web.pages.implied import derived_view, worked_out

_MOST_FACTS = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact the figure was held against: its value with the ring, and the words of its source."""

    view: FigureView
    subject: str
    written: str
    source: str
    source_url: str
    place: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything the card prints about one figure."""

    row: DraftFigure
    look: Mark
    old: str
    title: SafeString
    subject: SafeString
    period: str
    whole: SafeString
    reason: str
    facts: tuple[Fact, ...]
    hidden: int
    workings: tuple[tuple[str, str], ...]
    others: tuple[DraftFigure, ...]
    standing: Standing
    place: int
    total: int
    previous: int
    following: int

    @property
    def beside(self) -> bool:
        """Not the figure is to be replaced but words beside it: 楚雄州 before 87.9%."""
        row = self.row
        return row.replaceable and not (row.start <= row.new_start and row.new_end <= row.end)

    @property
    def replaced(self) -> bool:
        return self.standing.act == Act.REPLACE

    @property
    def kept(self) -> bool:
        return self.standing.act == Act.KEEP


def evidence(
    reader: object,
    text: str,
    row: DraftFigure,
    rows: Sequence[DraftFigure],
    standing: Standing,
    walked: Sequence[int],
) -> Evidence:
    """The card of one figure. `walked`: the numbers of the figures that 上一处 and 下一处 lead through."""
    facts = [_fact(reader, name) for name in row.facts[:_MOST_FACTS]]
    shown = tuple(fact for fact in facts if fact is not None)
    by_number = {one.number: one for one in rows}
    at = walked.index(row.number) if row.number in walked else -1
    before = [number for number in walked if by_number[number].start < row.start]
    after = [number for number in walked if by_number[number].start > row.start]
    claim = row.claim
    return Evidence(
        row=row,
        look=VERDICTS[row.verdict],
        old="".join(text[row.new_start : row.new_end].split()),
        title=shown_title(claim),
        subject=shown_subject(claim),
        period=period_words(claim),
        whole=shown_whole(claim),
        reason=reason(row),
        facts=shown,
        hidden=len(row.facts[:_MOST_FACTS]) - len(shown),
        workings=tuple((str(label), str(said)) for label, said in row.workings),
        others=tuple(by_number[number] for number in row.others if number in by_number),
        standing=standing,
        place=at + 1,
        total=len(walked),
        previous=before[-1] if before else (walked[-1] if walked else 0),
        following=after[0] if after else (walked[0] if walked else 0),
    )


def _fact(reader: object, name: str) -> Fact | None:
    """A fact by its number or, of a derived one, by its name; None where it may not be read or is gone."""
    try:
        if name.isdigit():
            figure = ledger.figure(reader, name)
            card = provenance.card_of(figure)
            said = card.statements[0]
            return Fact(
                figure_view(figure), card.subject, said.written, said.source, said.source_url, said.place
            )
        found, _implied = worked_out(reader, name)
        return Fact(derived_view(found), "", "", _("由事实库的数推算"), "", "")
    except GaoxinError:
        return None
