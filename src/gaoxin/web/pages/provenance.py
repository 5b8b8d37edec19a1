"""Everything a source card says about a figure (数字的来历): document, place, wording, firmness, hands it
went through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gaoxin.facts.provenance import taken, taken_words
from gaoxin.facts.wording import period_doubt, taken_as, witness
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.figures import Figure, Version
from gaoxin.web.ledger.moments import when
from gaoxin.web.ledger.selectors import HistoryEvent
from gaoxin.web.pages import names, questions
from gaoxin.web.pages.figures import FigureView, figure_view
from gaoxin.web.pages.implied import Implied
from gaoxin.web.pages.quantity_words import reading_unit, value_words
from gaoxin.web.pages.scope import language, slug_of


@dataclass(frozen=True, slots=True)
class Statement:
    """One source's word for the figure, or the reason of a correction that the source does not state."""

    value: str
    written: str
    source: str
    source_url: str
    place: str
    recorded: str
    reason: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A source card, ready to print."""

    view: FigureView
    title: str
    subject: str
    statements: tuple[Statement, ...]
    status: str
    scope: str
    period_note: str
    checked: str
    older: tuple[Statement, ...]
    ruling: str
    lapsed: str
    note: str
    question: str
    page: str
    correct_url: str
    rule_url: str
    of: str
    population: str
    used: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    day: str
    what: str
    who: str
    value: str
    reason: str
    now: bool


def day(at: datetime) -> str:
    return timezone.localtime(at).date().isoformat()


def card_of(figure: Figure) -> Card:
    view = figure_view(figure)
    asked, _detail = questions.spoken(figure)
    statements = [_statement(figure, figure, stands=not figure.is_conflict)]
    statements += [_statement(figure, other, stands=False) for other in figure.others]
    return Card(
        view=view,
        title=view.label,
        subject=names.subject_name(figure.subject_code, figure.subject_name),
        statements=tuple(statements),
        status=names.status_name(figure.status),
        scope=names.word(figure.metric.scope),
        period_note=period_doubt(figure.period_confidence, derived=False, lang=language()),
        checked=f"{figure.checked_by} {day(figure.checked_at)}".strip() if figure.checked_at else "",
        older=tuple(_statement(figure, old, stands=False) for old in figure.versions),
        ruling=_decided(figure.ruling),
        lapsed=_decided(figure.lapsed),
        note=names.note_of(figure.ref, figure.note),
        question=asked,
        page=reverse("figure", args=[figure.observation_id]),
        correct_url=reverse("correct", args=[figure.observation_id]),
        rule_url=reverse("conflict", args=[figure.observation_id]),
        of=names.subject_name(figure.of, figure.of_name) if figure.of else "",
        population=str(figure.population or ""),
        used=tuple(_used_by(figure)),
    )


def _used_by(figure: Figure) -> Iterator[tuple[str, str]]:
    """The cross-checks that read this figure: title and address."""
    if not figure.ref:
        return
    ref = figure.ref.partition("#")[0]
    library = catalogue.library()
    for check in library.cross_checks.values():
        if ref in check.inputs.values():
            pack = library.packs[check.origin.pack]
            title = check.en if language() == "en" else check.zh
            yield title, f"{reverse('checks')}?zone={slug_of(pack.zone or '')}#c-{check.id}"


def _decided(ruling) -> str:  # type: ignore[no-untyped-def]
    if ruling is None:
        return ""
    if not ruling.by:  # names and reasons stay inside the committee
        return _("%s 已裁定") % day(ruling.at)
    return _("%(by)s %(day)s：%(reason)s") % {"by": ruling.by, "day": day(ruling.at), "reason": ruling.reason}


def _statement(figure: Figure, said: Figure | Version, *, stands: bool) -> Statement:
    unit = reading_unit(said.value, said.unit)
    place = names.locator_of(said.ref, said.locator)
    return Statement(
        value=value_words(said.value, unit, language(), metric=figure.metric, in_full=True).text,
        written=said.written,
        source=witness(
            names.source_title(said.source_id, said.source_title), witnessed=said.witnessed, lang=language()
        ),
        source_url=reverse("source", args=[said.source_id]) + f"#o{said.observation_id}",
        place=place,
        recorded=f"{said.recorded_by} {day(said.recorded_at)}".strip(),
        reason=said.reason,
        stands=stands,
    )


@dataclass(frozen=True, slots=True)
class Used:
    """A figure that went into a formula; `taken`: as which interval, empty for an exact number."""

    view: FigureView
    taken: str


def used(name: str, implied: Implied) -> Used:
    """An input of a derived figure, stated or worked out itself, with its own card."""
    obs, view = implied.figure(name)
    span = taken(obs, implied.base, catalogue.library().metrics)
    words = taken_as(taken_words(span, obs, language()), language()) if span is not None else ""
    return Used(view, words)


def history_lines(events: Sequence[HistoryEvent], figure: Figure) -> list[HistoryLine]:
    """Newest first."""
    words = {
        "recorded": _("登记"),
        "corrected": _("更正"),
        "ruled": _("裁定"),
        "withdrawn": _("撤回"),
    }
    lines = []
    for event in events:
        value = ""
        if event.version is not None:
            unit = reading_unit(event.version.value, event.version.unit)
            value = value_words(
                event.version.value, unit, language(), metric=figure.metric, in_full=True
            ).text
        lines.append(HistoryLine(when(event.at), words[event.what], event.by, value, event.reason, now=False))
    lines.reverse()
    if lines:
        first = lines[0]
        lines[0] = HistoryLine(first.day, first.what, first.who, first.value, first.reason, now=True)
    return lines
