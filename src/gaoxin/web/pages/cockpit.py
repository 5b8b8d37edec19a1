"""The front page of a zone (总览): the layout its pack declares, filled with the figures that stand.

1. The figures of the zone and of every subject the layout names are fetched at once.
2. Each place of the layout finds its figure on the shelf; a place without a figure says 未报.
3. What follows from the figures (the whole behind a share, the base behind a growth) is printed with a
dashed ring.

A zone without a layout gets one from what is known about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from gaoxin.core.periods import Period
from gaoxin.packs.schemas.cockpit import Cockpit, FigureRef, Hero, Section, Table, TableRow
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.pages import names
from gaoxin.web.pages.figures import FigureView, Remark, figure_view, missing_view
from gaoxin.web.pages.implied import Implied
from gaoxin.web.pages.quantity_words import unit_name, value_words
from gaoxin.web.pages.scope import language, slug_of
from gaoxin.web.pages.shelf import Shelf
from gaoxin.web.pages.trend import Chart, chart, sparkline
from gaoxin.web.pages.verdicts import LOUD, Checks, FindingView


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One bar: the part, its share of the whole, and the whole that follows. Widths are in percent."""

    view: FigureView
    share: FigureView
    whole: FigureView | None
    whole_name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar on the scale of its panel; `width` in percent of the longest."""

    view: FigureView
    width: float


@dataclass(frozen=True, slots=True)
class TableLine:
    name: str
    href: str
    role: str
    question: str
    cells: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    subject_label: str
    role_label: str
    heads: tuple[tuple[str, str], ...]
    lines: tuple[TableLine, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One section, ready to print."""

    id: str
    title: str
    note: str
    foot: str
    layout: str
    width: int
    per_row: int
    figures: tuple[FigureView, ...]
    bars: tuple[BarRow, ...]
    bars_label: str
    table: TableView | None
    checks: tuple[FindingView, ...]

    @property
    def loud(self) -> tuple[FindingView, ...]:
        return tuple(finding for finding in self.checks if finding.verdict in LOUD)


@dataclass(frozen=True, slots=True)
class HeroView:
    title: str
    note: str
    figure: FigureView
    lead: str
    beside: tuple[FigureView, ...]
    beside_label: str
    whole_name: str
    shares: tuple[ShareRow, ...]
    chart: Chart | None = None

    @property
    def finding(self) -> str:
        """The bars in one sentence, for who cannot see them."""
        bars = "，".join(f"{row.view.label} {row.share.text}" for row in self.shares)
        return _("占%(whole)s比重：%(bars)s") % {"whole": self.whole_name, "bars": bars}


def subjects_of(layout: Cockpit) -> set[str]:
    """Every subject the layout speaks of, the zone included."""
    refs = [layout.hero.figure, *layout.hero.beside, *layout.hero.shares, *layout.leading]
    found = {layout.zone}
    for section in layout.sections:
        refs += [*section.figures, *section.bars]
        if section.table is not None:
            for row in section.table.rows:
                found |= {row.subject, *row.alternatives}
    while refs:
        ref = refs.pop()
        if ref.subject:
            found.add(ref.subject)
        refs += ref.secondary
    return found


class Painter:
    """Fills the places of a layout for one zone and one period."""

    def __init__(
        self, zone: str, period: Period, shelf: Shelf, implied: Implied, *, may_rule: bool = False
    ) -> None:
        self.zone = zone
        self.period = period
        self.shelf = shelf
        self.implied = implied
        self.may_rule = may_rule

    # --- one figure

    def found(self, ref: FigureRef, period: Period | None = None) -> Figure | None:
        whole = ref.of if ref.figure in ("share", "rank", "multiple") else None
        return self.shelf.find(
            ref.subject or self.zone,
            ref.metric,
            self._when(ref, period),
            ref.figure,
            of=whole,
            group=ref.group,
        )

    def view(self, ref: FigureRef, period: Period | None = None) -> FigureView:
        """One place: the figure, in its caption the change and the share, beneath it what the layout adds."""
        label = self._label(ref)
        subject = ref.subject or self.zone
        href = self._metric_page(subject, ref.metric)
        when = self._when(ref, period)
        figure = self.found(ref, period)
        note = names.word(ref.note)
        if figure is None:
            metric = catalogue.metric(ref.metric)
            derived = self.implied.stated_by_none(subject, ref.metric, ref.figure, when, label)
            absent = missing_view(label, names.period_name(when), href=href, scope=names.word(metric.scope))
            return _noted(replace(derived or absent, href=href), note)
        remarks, lines = self._caption(ref, figure, when)
        history = self.shelf.all(
            figure.subject_code, ref.metric, ref.figure, of=figure.of, group=figure.group
        )
        shown = figure_view(
            figure,
            label=label,
            href=href,
            may_rule=self.may_rule,
            remarks=remarks,
            lines=lines,
            spark=sparkline([one for one in history if one.period <= figure.period]),
        )
        return _noted(shown, note)

    def views(self, refs: Iterable[FigureRef], period: Period | None = None) -> tuple[FigureView, ...]:
        return tuple(self.view(ref, period) for ref in refs)

    def _caption(self, ref: FigureRef, figure: Figure, when: Period) -> tuple[list[Remark], list[Remark]]:
        remarks: list[Remark] = []
        lines: list[Remark] = []
        named = {(second.metric, second.figure, second.of) for second in ref.secondary}
        if (
            ref.figure == "level"
            and figure.period.contains(when)
            and (ref.metric, "growth", None) not in named
        ):
            growth = self.shelf.find(
                figure.subject_code, ref.metric, figure.period, "growth", group=figure.group
            )
            if growth is not None:
                remarks.append(_growth_remark(growth))
        if ref.figure == "level" and ref.of:
            share = self.shelf.find(figure.subject_code, ref.metric, figure.period, "share", of=ref.of)
            if share is not None:
                remarks.append(share_remark(share))
        if figure.figure == "share" and figure.of_name:
            remarks.append(Remark(_("占%s") % names.subject_name(figure.of, figure.of_name)))
        if figure.figure == "rank":
            remarks += _rank_remarks(figure)
        for second in ref.secondary:
            lines += self._secondary(second, when)
        if ref.derivation:
            derived = self.implied.find(ref.derivation, figure)
            if derived is not None:
                lines.append(Remark(derived.label, derived.text, derived))
        return remarks, lines

    def _secondary(self, ref: FigureRef, when: Period) -> list[Remark]:
        figure = self.shelf.find(
            ref.subject or self.zone,
            ref.metric,
            self._when(ref, when),
            ref.figure,
            of=ref.of if ref.figure in ("share", "rank", "multiple") else None,
            group=ref.group,
        )
        if figure is None:
            return []
        if ref.figure == "growth":
            return [_growth_remark(figure, label=names.word(ref.label))]
        if ref.figure == "share":
            return [share_remark(figure)]
        view = figure_view(figure, label=self._label(ref))
        return [Remark(view.label, view.text, view)]

    # --- parts of the page

    def hero(self, hero: Hero) -> HeroView:
        whole = hero.shares_of or ""
        rows = [row for ref in hero.shares if (row := self._share_row(ref, whole)) is not None]
        beside = None if rows else self._chart(hero.figure)
        figure = self.view(hero.figure)
        return HeroView(
            title=names.word(hero.title),
            note=names.word(hero.note),
            figure=replace(figure, spark=()) if beside is not None else figure,
            lead=names.word(hero.lead),
            beside=self.views(hero.beside),
            beside_label=names.word(hero.beside_label),
            whole_name=names.subject_name(whole) if whole else "",
            shares=tuple(rows),
            chart=beside,
        )

    def _chart(self, ref: FigureRef) -> Chart | None:
        """The history of the hero figure, where nothing is set beside it."""
        unit = catalogue.metric(ref.metric).unit or ""
        levels = self.shelf.all(ref.subject or self.zone, ref.metric, ref.figure, group=ref.group)
        return chart(
            [figure for figure in levels if not figure.of],
            lambda figure: value_words(figure.value, unit or figure.unit, language()),
            lambda figure: names.period_name(figure.period),
            self._when(ref, None).code,
        )

    def _share_row(self, ref: FigureRef, whole: str) -> ShareRow | None:
        """A bar needs the share; the part itself may be unknown and then says so."""
        of = ref.of or whole
        when = self._when(ref, None)
        share = self.shelf.find(ref.subject or self.zone, ref.metric, when, "share", of=of)
        if share is None or share.standing is None:
            return None
        span = share.value.interval()
        low = float(span.lo) * 100 if span.lo is not None else 0.0
        high = float(span.hi) * 100 if span.hi is not None else 100.0
        level = FigureRef(metric=ref.metric, subject=ref.subject, period=ref.period, label=ref.label)
        part = self.shelf.find(ref.subject or self.zone, ref.metric, when)
        view = (
            self.view(level) if part is not None else missing_view(self._label(ref), names.period_name(when))
        )
        derived = self.implied.whole_of(share)
        name = names.subject_name(of)
        shown = figure_view(
            share, label=_("%(metric)s占%(whole)s比重") % {"metric": view.label, "whole": name}
        )
        return ShareRow(view, shown, derived, name, round(low, 2), round(min(high, 100.0), 2))

    def panel(self, section: Section, checks: Checks | None = None) -> Panel:
        period = Period.parse(section.period) if section.period else None
        figures = self.views(section.figures, period)
        width = section.width
        return Panel(
            id=section.id,
            title=section.en if language() == "en" else section.zh,
            note=names.word(section.note),
            foot=names.word(section.foot),
            layout=section.layout,
            width=width,
            per_row=section.per_row or _per_row(width, len(figures)),
            figures=figures,
            bars=self._bars(section.bars, period),
            bars_label=names.word(section.bars_label),
            table=self._table(section.table, period) if section.table is not None else None,
            checks=tuple(checks.only(section.checks)) if checks is not None else (),
        )

    def _bars(self, refs: Sequence[FigureRef], period: Period | None) -> tuple[BarRow, ...]:
        sizes = []
        for ref in refs:
            figure = self.found(ref, period)
            number = figure.standing.number if figure is not None and figure.standing is not None else None
            sizes.append((self.view(ref, period), number))
        longest = max((number for _view, number in sizes if number), default=0)
        return tuple(
            BarRow(view, round(100 * number / longest, 1) if number and longest else 0.0)
            for view, number in sizes
        )

    def _table(self, table: Table, period: Period | None) -> TableView:
        heads = []
        for column in table.columns:
            metric = catalogue.metric(column.metric)
            unit = column.unit or metric.unit or ""
            name = names.word(column.label) or names.figure_name(metric, column.figure)
            heads.append((name, unit_name(unit, language()) if unit else ""))
        return TableView(
            subject_label=names.word(table.subject_label) or _("名称"),
            role_label=names.word(table.role_label)
            if any(row.role or row.question for row in table.rows)
            else "",
            heads=tuple(heads),
            lines=tuple(self._line(table, row, period) for row in table.rows),
        )

    def _line(self, table: Table, row: TableRow, period: Period | None) -> TableLine:
        spoken = [names.subject_name(code) for code in (row.subject, *row.alternatives)]
        cells = []
        for column in table.columns:
            metric = catalogue.metric(column.metric)
            when = Period.parse(column.period) if column.period else period or self.period
            figure = self.shelf.find(row.subject, column.metric, when, column.figure)
            label = f"{spoken[0]}{names.figure_name(metric, column.figure)}"
            if figure is None:
                cells.append(missing_view(label, names.period_name(when)))
            else:
                unit = column.unit or metric.unit or figure.unit
                cells.append(figure_view(figure, label=label, unit=unit, may_rule=self.may_rule))
        spec = names.spec_of(row.question or "")
        question = ""
        settled = self.shelf.stated_as(row.question) if row.question else None
        if settled is not None and settled.ruling is not None:
            told = figure_view(settled).text
            spoken = [name for name in spoken if name in told] or spoken
        elif spec is not None and spec.question is not None:
            question = spec.question.en if language() == "en" else spec.question.zh
        return TableLine(f" {_('或')} ".join(spoken), "", names.word(row.role), question, tuple(cells))

    # --- inside

    def _when(self, ref: FigureRef, period: Period | None) -> Period:
        return Period.parse(ref.period) if ref.period else period or self.period

    def _label(self, ref: FigureRef) -> str:
        return names.word(ref.label) or names.figure_name(catalogue.metric(ref.metric), ref.figure)

    def _metric_page(self, subject: str, metric: str) -> str:
        if subject != self.zone:
            return ""
        return reverse("metric", args=[slug_of(self.zone), metric])


def _noted(view: FigureView, note: str) -> FigureView:
    """The note of the layout after the period; it stands for the wording of the source and for the period
    where it names them.
    """
    if not note:
        return view
    quoted = [remark for remark in view.remarks if remark.strong or not remark.text.startswith(_("原文"))]
    remarks = quoted if _("原文") in note else list(view.remarks)
    period = "" if view.period and note.startswith(view.period) else view.period
    return replace(view, remarks=(*remarks, Remark(note)), period=period)


def share_remark(share: Figure) -> Remark:
    """占楚雄市 87.9%: a share names its whole."""
    view = figure_view(share)
    return Remark(_("占%s") % names.subject_name(share.of, share.of_name), view.text, view)


def _growth_remark(growth: Figure, label: str = "") -> Remark:
    """An arrow says the direction and judges nothing; the digits stand as printed."""
    view = figure_view(growth)
    value = growth.standing
    up = value is not None and value.number is not None and value.number > 0
    down = value is not None and value.number is not None and value.number < 0
    return Remark(
        label, view.text.replace("−", "") if down else view.text, view, "up" if up else "dn" if down else ""
    )


def _rank_remarks(figure: Figure) -> list[Remark]:
    group = names.group_of(figure.ref, figure.group)
    place = names.subject_name(figure.of, figure.of_name) if figure.of else ""
    if figure.population:
        among = _("%(place)s%(count)s 个中") % {"place": f"{group or place} ", "count": figure.population}
        return [Remark(among.strip())]
    return [Remark(text) for text in (group or place,) if text]


def _per_row(width: int, count: int) -> int:
    fits = 2 if width <= 6 else 4 if width <= 9 else 5
    return min(fits, count) or 1
