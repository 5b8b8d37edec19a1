"""Rules asked about everybody the workspace knows, or about one (规则匹配)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from gaoxin import __version__
from gaoxin.compute.reference import Element
from gaoxin.compute.rows import row_of
from gaoxin.core.errors import FactError
from gaoxin.core.spelling import did_you_mean
from gaoxin.facts.population import Population, of_facts, of_snapshot
from gaoxin.facts.runcards import RunCard
from gaoxin.facts.snapshots import Snapshot
from gaoxin.facts.wide import table_hash
from gaoxin.rules.belonging import own_packs
from gaoxin.rules.book import RuleBook
from gaoxin.rules.compiling import Compiler
from gaoxin.rules.editions import editions
from gaoxin.rules.explaining import Explanation, explain
from gaoxin.rules.judging import Judgement, judge
from gaoxin.rules.matching import Matched, match
from gaoxin.rules.near_misses import NearMisses
from gaoxin.rules.worth import PAID, Pricing, element_fields

if TYPE_CHECKING:
    from gaoxin.facts.factbase import FactBase
    from gaoxin.packs.library import Library
    from gaoxin.packs.schemas.rule import Application


@dataclass(frozen=True)
class Match:
    """What some rules say of a population on a day. Immutable; `card` says how to run it again.

    `snapshot`: its hash, "" for facts that were not frozen; `as_of`: the last moment they know of, where it
    is known.
    """

    library: Library = field(repr=False)
    compiler: Compiler = field(repr=False)
    population: Population = field(repr=False)
    matched: Matched = field(repr=False)
    snapshot: str = ""
    as_of: datetime | None = None

    def df(self) -> pl.DataFrame:
        """One row per subject and rule; see `gaoxin.rules.matching.Matched.df`."""
        return self.matched.df()

    def counts(self) -> pl.DataFrame:
        """How many subjects have which verdict under which rule."""
        return self.matched.counts()

    def judge(self, subject: str) -> Mapping[str, Judgement]:
        """The exact judgement of one subject under every rule that was asked, by rule.

        `subject`: its code, `enterprise/9132…` or `9132…`. Raises: FactError naming near codes.
        """
        place = self._place(subject)
        found = {}
        for name, columns in self.matched.rules.items():
            leaves = columns.compiled.leaves
            found[name] = judge(columns.compiled, row_of(self._frame, place, leaves, columns.plan.fields))
        return found

    def paid(self, subject: str) -> list[Element] | None:
        """What a subject was paid before, in 元; None where nobody knows. Raises: FactError."""
        place = self._place(subject)
        spec = self.compiler.metrics.get(PAID)
        if spec is None or PAID not in self._frame.columns:
            return None
        asked = [columns.compiled for columns in self.matched.rules.values()]
        told = row_of(self._frame, place, [spec.leaf(None)], element_fields(asked))[PAID]
        return told if isinstance(told, list) else None

    def _place(self, subject: str) -> int:
        place = self._places.get(subject, self._places.get(f"enterprise/{subject}"))
        if place is None:
            hint_zh, hint_en = did_you_mean(subject, self._places)
            raise FactError(
                f"这批数据里没有 {subject}" + (f"，{hint_zh}" if hint_zh else ""),
                f"there is no {subject} in this population" + (f"; {hint_en}" if hint_en else ""),
            )
        return place

    def explain(self, subject: str, lang: str = "zh") -> Mapping[str, Explanation]:
        """Why, for one subject, by rule."""
        return {
            name: explain(judgement, self.library.metrics, lang)
            for name, judgement in self.judge(subject).items()
        }

    def near_misses(self, rule: str | None = None, at_most: int = 2, paths: int = 50) -> NearMisses:
        """Who is so many conditions short of a rule, ranked, the first `paths` with their cheapest path.

        `rule`: one of the rules that were asked; may be left out if it was one alone.
        Raises: FactError for a rule that was not asked.
        """
        asked = tuple(self.matched.rules)
        name = asked[0] if rule is None and len(asked) == 1 else rule
        name = self.compiler.compiled(name).id if name is not None and name not in asked else name
        if name not in asked:
            raise FactError(
                f"请写明规则，这次匹配了：{'、'.join(asked)}",
                f"name a rule; this match asked {', '.join(asked)}",
            )
        return NearMisses(
            self.matched,
            name,
            self.population.frame,
            tuple(self.library.actions.values()),
            at_most=at_most,
            paths=paths,
            start=self.matched.on,
            calendar=self.library.calendar(),
            pricing=self.pricing,
        )

    @cached_property
    def pricing(self) -> Pricing:
        """The clauses that price a pass: of the one zone that is open, else what holds everywhere."""
        zones = [pack.zone for pack in self.library.packs.values() if pack.zone is not None]
        own = own_packs(self.library, zones[0] if len(zones) == 1 else "")
        application = self.compiler.application
        held = [
            self.compiler.compiled(rule.id)
            for rule in self.compiler.book.in_force(self.matched.on, application)
            if rule.category == "clause" and rule.status != "draft" and rule.origin.pack in own
        ]
        return Pricing.of(self.matched.on, held)

    @cached_property
    def card(self) -> RunCard:
        """Packs, snapshot, day, rules and their editions, with one digest per rule."""
        return RunCard(
            packs={name: pack.version for name, pack in self.library.packs.items()},
            snapshot=self.snapshot,
            parameters={
                "on": self.matched.on.isoformat(),
                "application": self.compiler.application,
                "rules": list(self.matched.rules),
                "editions": editions(held.compiled for held in self.matched.rules.values()),
                "as_of": None if self.as_of is None else self.as_of.isoformat(),
            },
            seed=None,
            code_version=__version__,
            created=datetime.now(UTC),
            results={name: table_hash(frame) for name, frame in self.matched.frames.items()},
        )

    @cached_property
    def _frame(self) -> pl.DataFrame:
        return self.population.frame.collect()

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {subject: place for place, subject in enumerate(self._frame["subject"].to_list())}


def match_facts(
    library: Library,
    rules: Sequence[str],
    facts: FactBase | Snapshot | pl.LazyFrame,
    on: date,
    application: Application = "new",
    only: Collection[str] | None = None,
) -> Match:
    """Ask rules or families about every enterprise of some facts, or of a population frame.

    `only`: the subjects that count.
    Raises: RuleError for an unknown rule or a day for which the text is silent.
    """
    compiler = Compiler(RuleBook(library), on, application)
    compiled = [compiler.compiled(name) for name in ([rules] if isinstance(rules, str) else rules)]
    if isinstance(facts, pl.LazyFrame):
        population = Population(on, facts)
    elif isinstance(facts, Snapshot):
        population = of_snapshot(facts, library.metrics, on)
    else:
        population = of_facts(facts, library.metrics, on)
    if only is not None:
        population = replace(population, frame=population.frame.filter(pl.col("subject").is_in(list(only))))
    manifest = facts.manifest if isinstance(facts, Snapshot) else None
    return Match(
        library,
        compiler,
        population,
        match(compiled, population.frame, on),
        manifest.hash if manifest is not None else "",
        manifest.as_of if manifest is not None else None,
    )
