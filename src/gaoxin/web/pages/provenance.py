"""Everything a source card says about a figure (数字的来历): document, place, wording, firmness, hands it
went through.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gaoxin.facts.records import Observation
from gaoxin.packs.schemas import Derivation
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.figures import Figure, Version
from gaoxin.web.ledger.selectors import HistoryEvent
from gaoxin.web.pages import names, questions
from gaoxin.web.pages.figures import FigureView, figure_view
from gaoxin.web.pages.quantity_words import reading_unit, value_words
from gaoxin.web.pages.scope import language, slug_of


@dataclass(frozen=True, slots=True)
class Statement:
    """One source's word for the figure."""

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


def moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def day(at: datetime) -> str:
    return timezone.localtime(at).date().isoformat()


def card_of(figure: Figure) -> Card:
    view = figure_view(figure)
    asked, _detail = questions.spoken(figure)
    spec = names.spec_of(figure.ref)
    unsure = spec is not None and spec.period_confidence == "to_confirm"
    statements = [_statement(figure, figure, stands=not figure.is_conflict)]
    statements += [_statement(figure, other, stands=False) for other in figure.others]
    return Card(
        view=view,
        title=view.label,
        subject=names.subject_name(figure.subject_code, figure.subject_name),
        statements=tuple(statements),
        status=names.status_name(figure.status),
        scope=names.word(figure.metric.scope),
        period_note=_("时期为推定，来源没有写明") if unsure else "",
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
        source=names.source_title(said.source_id, said.source_title),
        source_url=reverse("source", args=[said.source_id]) + f"#o{said.observation_id}",
        place=place,
        recorded=f"{said.recorded_by} {day(said.recorded_at)}".strip(),
        reason=said.reason,
        stands=stands,
    )


def formula_words(rule: Derivation, found: Observation) -> str:
    """The formula with the names of its inputs as people call them: 地区生产总值 ÷ 占比."""
    text = rule.formula
    for name, pattern in sorted(rule.inputs.items(), key=lambda item: -len(item[0])):
        metric_id = found.metric if pattern.metric == "*" else pattern.metric
        metric = catalogue.metric(metric_id)
        spoken = names.figure_name(metric, pattern.figure)
        if pattern.period == "previous":
            spoken = _("上年%s") % spoken
        text = _replace_word(text, name, spoken)
    return text.replace("*", "×").replace("/", "÷").replace("-", "−")


def _replace_word(text: str, name: str, spoken: str) -> str:
    out, word = [], ""
    for char in text + " ":
        if char.isascii() and (char.isalnum() or char == "_"):
            word += char
            continue
        out.append(spoken if word == name else word)
        word = ""
        out.append(char)
    return "".join(out).strip()


def input_of(name: str, stated: Mapping[str, Figure]) -> FigureView | str:
    """A stated input as a figure with its own card; one that was itself worked out by its name."""
    figure = stated.get(name)
    return figure_view(figure) if figure is not None else name


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
        lines.append(
            HistoryLine(moment(event.at), words[event.what], event.by, value, event.reason, now=False)
        )
    lines.reverse()
    if lines:
        first = lines[0]
        lines[0] = HistoryLine(first.day, first.what, first.who, first.value, first.reason, now=True)
    return lines
