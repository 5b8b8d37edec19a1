"""Packs and facts opened together: what `import gaoxin` works with (工作区).

    ws = gx.open("./zone")
    ws.facts(as_of="2026-09-30")
    gx.due_date(start, 20, "working_day", ws.calendar())

A workspace is immutable and needs neither Django nor a database. It calls the floors below, no more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gaoxin.core.errors import FactError, PeriodError
from gaoxin.facts.loading import BEIJING
from gaoxin.packs.library import Library, open_library
from gaoxin.workspace.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from gaoxin.core.periods import Period
    from gaoxin.core.workdays import WorkCalendar
    from gaoxin.facts.factbase import FactBase
    from gaoxin.facts.findings import Finding
    from gaoxin.facts.provenance import Trace
    from gaoxin.facts.records import Observation
    from gaoxin.facts.snapshots import Snapshot
    from gaoxin.indicators.evaluation import Evaluation
    from gaoxin.indicators.frameworks import Framework
    from gaoxin.indicators.panels import Panel
    from gaoxin.indicators.recipes import Recipe
    from gaoxin.packs.schemas.rule import Application
    from gaoxin.reading.reader import Reader, Reading
    from gaoxin.reading.verifying import Checked
    from gaoxin.reports.briefs import Brief
    from gaoxin.rules.settling import Settlement
    from gaoxin.rules.simulation import Simulation
    from gaoxin.workspace.matching import Match
    from gaoxin.workspace.verifying import Checker


@dataclass(frozen=True)
class Workspace:
    """The packs that were opened and the facts that belong to them."""

    library: Library = field(repr=False)
    settings: Settings

    def calendar(self) -> WorkCalendar:
        """The working-day calendar of the opened packs."""
        return self.library.calendar()

    def facts(self, as_of: str | date | datetime | None = None) -> FactBase:
        """The facts of the packs, as known at the end of a day (Beijing time) or at a moment.

        Missing: without `as_of`, everything known. A source without a date counts as known from the start.
        """
        if as_of is None:
            return self._facts
        return self._facts.as_of(moment(as_of))

    def snapshot(self) -> Snapshot:
        """The frozen facts that gaoxin.toml names, verified against their hashes.

        Raises: FactError if it names none; SnapshotError if the snapshot is damaged.
        """
        from gaoxin.facts.snapshots import open_snapshot

        if self.settings.facts is None:
            raise FactError(
                '工作区没有快照；在 gaoxin.toml 里写 facts = "快照目录"',
                "the workspace has no snapshot; name its folder in gaoxin.toml: facts = …",
            )
        return open_snapshot(self.settings.facts)

    def trace(self, observation_id: str, as_of: str | date | datetime | None = None) -> Trace:
        """Where a figure came from: its source, versions and rulings, and what it was worked out from.

        `observation_id`: C007, or chuxiong/C007, or the id of a derived figure.
        Raises: FactError naming near ids if nothing is known of it.
        """
        from gaoxin.facts.provenance import trace

        facts = self.facts(as_of)
        derived = {found.id: found for found in self.derived(as_of)}
        pack, slash, short = observation_id.partition("/")
        known = short if slash and pack in self.library.packs else observation_id
        library = self.library
        return trace(facts, known, metrics=library.metrics, derivations=library.derivations, derived=derived)

    def derived(self, as_of: str | date | datetime | None = None) -> tuple[Observation, ...]:
        """Every figure that nobody stated but the stated ones imply."""
        from gaoxin.facts.derivations import derive_all

        return derive_all(self.library.derivations.values(), self.facts(as_of), self.library.metrics)

    def findings(self, as_of: str | date | datetime | None = None) -> tuple[Finding, ...]:
        """Every cross-check of the packs, evaluated."""
        from gaoxin.facts.checks import evaluate_all

        return evaluate_all(self.library, self.facts(as_of))

    def brief(
        self,
        zone: str,
        period: str | Period,
        facts: FactBase | None = None,
        *,
        brief: str = "annual",
    ) -> Brief:
        """A report about a zone, every figure with its observations; what is not known is a marked gap.

        `zone`: code, short code or name. Write it with `gaoxin.reports.word.render_word` or `.html`.
        Raises: FactError for an unknown zone; PeriodError; PackError for an unknown brief.
        """
        from gaoxin.workspace.reporting import compose_brief

        return compose_brief(self.library, self._facts if facts is None else facts, zone, period, brief)

    def match(
        self,
        rules: Sequence[str],
        facts: FactBase | Snapshot | pl.LazyFrame | None = None,
        *,
        on: str | date | None = None,
        application: Application = "new",
    ) -> Match:
        """Which enterprises qualify under which rules, why not, and what is missing.

        `rules`: ids of rules, versions or families. `facts`: a fact base, a snapshot or a population frame;
        left out, the snapshot that gaoxin.toml names, else the packs' own facts. `on`: the day of
        application, today if left out.
        """
        from gaoxin.workspace.matching import match_facts

        return match_facts(self.library, rules, self._given(facts), day_of(on), application)

    def simulate(
        self,
        clause: str,
        facts: FactBase | Snapshot | pl.LazyFrame | None = None,
        *,
        on: str | date | None = None,
        application: Application = "new",
        drafts: Mapping[str, Mapping[str, str]] | None = None,
        budget: str | None = None,
        totals_only: bool = False,
        **values: str,
    ) -> Simulation:
        """What a clause would cost with other numbers, beside the law: who wins, who loses, how sure it is.

        `values`: the numbers of draft A by parameter, as written: `cap="4000万元"`, `rate="0.08"`. `drafts`:
        several side by side, by name. `facts`: as in `match`, or a population frame. `budget`: `"1亿元"`.
        `totals_only`: for populations that do not fit in memory; no firms are listed then.
        """
        from gaoxin.workspace.simulating import simulate_facts

        held = {**({"A": values} if values else {}), **(drafts or {})}
        return simulate_facts(
            self.library,
            clause,
            self._given(facts),
            day_of(on),
            drafts=held,
            budget=budget,
            application=application,
            totals_only=totals_only,
        )

    def settle(
        self,
        subject: str,
        facts: FactBase | Snapshot | pl.LazyFrame | None = None,
        *,
        clauses: Sequence[str] | None = None,
        on: str | date | None = None,
        application: Application = "new",
    ) -> Settlement:
        """What one enterprise can have of several clauses, line by line, nothing counted twice.

        `clauses`: ids; without them, every clause in force of the zone that is open.
        """
        from gaoxin.workspace.simulating import settle_facts

        return settle_facts(self.library, subject, self._given(facts), day_of(on), clauses, application)

    def read(self, text: str | Path, *, published: str | date | None = None) -> Reading:
        """The figures of a Chinese text: whose, of which metric and period, what kind of statement.

        `text`: the text itself, or the file of a draft (.txt, .docx, .pdf): a `Path`, or its name.
        `published`: its day of publication, from which 今年 counts; looked for in the text if left out.
        Raises: PaperError for a file that is no readable draft, PeriodError for a day that is none.
        """
        from gaoxin.workspace.reading import read_draft

        return read_draft(self._reader, text, published)

    def verify(
        self,
        path_or_text: str | Path,
        facts: FactBase | None = None,
        published: str | date | None = None,
    ) -> Checked:
        """Every figure of a draft, judged by the facts and by the rest of the text.

        `path_or_text`: a .docx, .pdf or .txt file, or the text itself. `facts`: what is known, left out the
        packs' own. `published`: the day of the text, from which 今年 counts; looked for in it if left out.
        Raises: PaperError for a file that holds no readable text.
        """
        from gaoxin.workspace.verifying import Checker

        checker = self._checker if facts is None else Checker.of(self.library, facts)
        return checker.check(path_or_text, published)

    def evaluate(
        self,
        framework: str | Path | Framework,
        data: str | Path | Panel,
        *,
        recipe: str | Path | Mapping[str, Any] | Recipe | None = None,
    ) -> Evaluation:
        """Scores and ranks of units by a framework of indicators: `.ranks`, `.df()`, `.card`.

        `framework`: YAML, CSV or COINr's iMeta. `data`: CSV, one unit a row. `recipe`: YAML or what it holds;
        left out, min–max 0–100 within the year, given weights, arithmetic mean.
        Raises: FrameworkError naming file, indicator, unit and year.
        """
        from gaoxin.workspace.evaluating import evaluate_data

        return evaluate_data(framework, data, recipe)

    def _given(self, facts: FactBase | Snapshot | pl.LazyFrame | None) -> FactBase | Snapshot | pl.LazyFrame:
        if facts is not None:
            return facts
        return self.snapshot() if self.settings.facts is not None else self.facts()

    @cached_property
    def _reader(self) -> Reader:
        from gaoxin.workspace.reading import reader_of

        return reader_of(self.library)

    @cached_property
    def _facts(self) -> FactBase:
        from gaoxin.facts.factbase import FactBase

        return FactBase.from_library(self.library)

    @cached_property
    def _checker(self) -> Checker:
        from gaoxin.workspace.verifying import Checker

        return Checker.of(self.library, self.facts())


def open(path: str | Path | None = None) -> Workspace:
    """Open the workspace of a folder with gaoxin.toml; everything shipped if there is none to be found.

    Raises: PackError if the settings or a pack cannot be used; it says where, and how many more mistakes
    there are.
    """
    settings = read_settings(path)
    library = open_library(settings.packs)
    zones = [pack for pack in library.packs.values() if pack.zone is not None]
    # One zone alone sees its own replacements; with several open, nobody's hold for the rest.
    if len(zones) == 1:
        library = library.seen_from(zones[0].id)
    return Workspace(library=library, settings=settings)


def day_of(on: str | date | None) -> date:
    """The day of application: today in Beijing if left out. Raises: PeriodError for a text that is no day."""
    if on is None:
        return datetime.now(BEIJING).date()
    try:
        return date.fromisoformat(on) if isinstance(on, str) else on
    except ValueError as error:
        raise PeriodError(
            f"看不懂日期“{on}”，应写作 2026-03-31。",
            f"Cannot read the day {on!r}: write 2026-03-31.",
            on=str(on),
        ) from error


def moment(as_of: str | date | datetime) -> datetime:
    """The last moment that still counts: the end of a day, or the moment itself; Beijing time unless it says
    otherwise.

    Raises: PeriodError for a text that is neither a day nor a moment.
    """
    if isinstance(as_of, str):
        try:
            as_of = date.fromisoformat(as_of) if len(as_of) == 10 else datetime.fromisoformat(as_of)
        except ValueError as error:
            raise PeriodError(
                f"看不懂时点“{as_of}”，应写作 2026-03-31 或 2026-03-31T18:00。",
                f"Cannot read the moment {as_of!r}: write 2026-03-31 or 2026-03-31T18:00.",
                as_of=as_of,
            ) from error
    if isinstance(as_of, datetime):
        return as_of if as_of.tzinfo is not None else as_of.replace(tzinfo=BEIJING)
    return datetime.combine(as_of, time.max, BEIJING)
