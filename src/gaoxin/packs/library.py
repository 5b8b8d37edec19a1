"""Everything the opened packs know, put together and looked up by id.

1. `packs_dir` finds the content that came with the code; a folder of one's own is named by its path.
2. `open_library` reads the packs asked for and the packs they depend on, each after its dependencies.
3. Ids are unique over all packs. A pack replaces an entry of a pack it depends on only by saying so
   (`overrides:` with a reason), and the replacement holds for that pack alone: `Library.seen_from`.

`gates` judge whether the whole makes sense; here an entry only has to be well formed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from gaoxin.core.errors import PackError
from gaoxin.core.issues import Issue, has_errors
from gaoxin.core.spelling import did_you_mean
from gaoxin.core.workdays import CalendarYear, WorkCalendar
from gaoxin.packs.matching import MetricIndex, MetricMatch
from gaoxin.packs.opening import Loaded, load_packs
from gaoxin.packs.schemas import (
    Action,
    Brief,
    CalendarSpec,
    Cockpit,
    CrossCheck,
    Derivation,
    Entry,
    LogicRule,
    Metric,
    NotLoaded,
    ObservationSpec,
    Pack,
    PackCase,
    Population,
    Rule,
    RuleCases,
    RuleFamily,
    SourceSpec,
    SubjectSpec,
    Term,
)
from gaoxin.packs.shelves import Shelves, dependencies

T = TypeVar("T", bound=Entry)


@dataclass(frozen=True)
class Library:
    """The merged content of some packs. Immutable; every entry knows its origin.

    Missing: the mappings raise KeyError like any mapping; the methods named after one thing raise PackError
    with near spellings.
    """

    packs: Mapping[str, Pack]
    metrics: Mapping[str, Metric]
    subjects: Mapping[str, SubjectSpec]
    sources: Mapping[str, SourceSpec]
    observations: tuple[ObservationSpec, ...]
    calendars: Mapping[int, CalendarSpec]
    glossary: Mapping[str, Term]
    derivations: Mapping[str, Derivation]
    logic_rules: Mapping[str, LogicRule]
    cross_checks: Mapping[str, CrossCheck]
    cockpits: Mapping[str, Cockpit]
    not_loaded: Mapping[str, NotLoaded]
    populations: Mapping[str, Population]
    cases: tuple[PackCase, ...]
    briefs: Mapping[str, Brief] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    rule_families: Mapping[str, RuleFamily] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    rule_cases: Mapping[str, RuleCases] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    replacements: Mapping[str, Mapping[str, Mapping[str, Entry]]] = field(default_factory=dict)

    def metric(self, metric_id: str) -> Metric:
        return _one(self.metrics, metric_id, "指标", "metric")

    def subject(self, code: str) -> SubjectSpec:
        return _one(self.subjects, code, "主体", "subject")

    def source(self, source_id: str) -> SourceSpec:
        return _one(self.sources, source_id, "来源", "source")

    def observation(self, observation_id: str) -> ObservationSpec:
        """One figure by its id (`C007`) or by pack and id (`chuxiong/C007`)."""
        spec = self._by_reference.get(observation_id)
        return spec if spec is not None else _one(self._observations, observation_id, "观测值", "observation")

    def cross_check(self, check_id: str) -> CrossCheck:
        return _one(self.cross_checks, check_id, "互校", "cross-check")

    def brief(self, brief_id: str) -> Brief:
        return _one(self.briefs, brief_id, "简报", "brief")

    def rule(self, rule_id: str) -> Rule:
        return _one(self.rules, rule_id, "规则", "rule")

    def rule_family(self, family_id: str) -> RuleFamily:
        return _one(self.rule_families, family_id, "规则族", "rule family")

    def find_metric(self, text: str, subject_kind: str) -> MetricMatch:
        """The metric a column header names for one kind of subject; see `matching`."""
        return self._index.find(text, subject_kind)

    def zones(self) -> tuple[SubjectSpec, ...]:
        """The zones the opened packs belong to, in the order of the packs."""
        codes = [pack.zone for pack in self.packs.values() if pack.zone is not None]
        return tuple(self.subject(code) for code in dict.fromkeys(codes))

    def seen_from(self, pack: str) -> Library:
        """The library as one pack sees it: its own replacements stand in for the shared entries.

        Raises: PackError if the pack is not open.
        """
        _one(self.packs, pack, "内容包", "pack")
        changed: dict[str, Any] = {}
        # A pack also sees what the packs it depends on have replaced; its own word comes last.
        for name in (*dependencies(self.packs, pack), pack):
            for shelf, entries in self.replacements.get(name, {}).items():
                changed[shelf] = {**changed.get(shelf, getattr(self, shelf)), **entries}
        shelves: dict[str, Any] = {shelf: MappingProxyType(entries) for shelf, entries in changed.items()}
        return replace(self, **shelves)

    def calendar(self) -> WorkCalendar:
        """The working-day calendar of all published years."""
        return self._calendar

    @cached_property
    def metric_names(self) -> MetricIndex:
        return MetricIndex(self.metrics.values())

    @property
    def _index(self) -> MetricIndex:
        return self.metric_names

    @cached_property
    def _calendar(self) -> WorkCalendar:
        return WorkCalendar([calendar_year(spec) for _, spec in sorted(self.calendars.items())])

    @cached_property
    def _observations(self) -> Mapping[str, ObservationSpec]:
        return {spec.id: spec for spec in self.observations}

    @cached_property
    def _by_reference(self) -> Mapping[str, ObservationSpec]:
        return {f"{spec.origin.pack}/{spec.id}": spec for spec in self.observations} | dict(
            self._observations
        )


def calendar_year(spec: CalendarSpec) -> CalendarYear:
    """One year of the calendar as the clocks use it."""
    names = {day: holiday.name for holiday in spec.off for day in holiday.days()}
    return CalendarYear(
        year=spec.year,
        off=frozenset(names),
        work=frozenset(spec.work),
        names=MappingProxyType(names),
        notice=spec.notice,
        notice_confirmed=spec.notice_confidence == "verified",
    )


def packs_dir() -> Path:
    """The content that came with the code: `packs/` of a checkout, `gaoxin/_packs` of an installed wheel.

    Raises: PackError if neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    for candidate in (package / "_packs", package.parents[1] / "packs"):
        if candidate.is_dir():
            return candidate
    raise PackError(
        "没有找到内容包目录，请重新安装", "the packs are missing; install gaoxin again", file=str(package)
    )


def open_library(packs: Iterable[str | Path] | None = None, *, tolerant: bool = False) -> Library:
    """Open packs by name or folder, with everything they depend on; all shipped packs if none are named.

    Missing: with `tolerant`, what is malformed is left out and listed in `Library.issues`.
    Raises: PackError naming the first mistake (and how many more) unless `tolerant`.
    """
    loaded = load_packs(None if packs is None else list(packs), shipped=packs_dir)
    library = assemble(loaded)
    if not tolerant and has_errors(library.issues):
        raise first_error(library.issues)
    return library


def first_error(issues: Sequence[Issue]) -> PackError:
    """The one error an action raises for many issues: the first, and how many there are."""
    errors = [issue for issue in issues if issue.severity == "error"]
    first, more = errors[0], len(errors) - 1
    zh = f"{first.where} {first.zh}" + (f"（另有 {more} 处，运行 gaoxin check 查看）" if more else "")
    en = f"{first.where} {first.en}" + (f" ({more} more: run gaoxin check)" if more else "")
    return PackError(zh, en, file=first.file, line=first.line, issues=[issue.as_dict() for issue in errors])


def assemble(loaded: Loaded) -> Library:
    """Put the documents of some packs on their shelves, ids unique."""
    shelves = Shelves(loaded)
    for pack_id, kind, document in loaded.documents:
        shelves.add(pack_id, kind, document)
    shelves.settle_overrides()
    calendars = {int(key): entry for key, entry in shelves.of("calendars", CalendarSpec).items()}
    return Library(
        packs=MappingProxyType(loaded.packs),
        metrics=shelves.of("metrics", Metric),
        subjects=shelves.of("subjects", SubjectSpec),
        sources=shelves.of("sources", SourceSpec),
        observations=tuple(shelves.of("observations", ObservationSpec).values()),
        calendars=MappingProxyType(calendars),
        glossary=shelves.of("glossary", Term),
        derivations=shelves.of("derivations", Derivation),
        logic_rules=shelves.of("logic_rules", LogicRule),
        cross_checks=shelves.of("cross_checks", CrossCheck),
        cockpits=shelves.of("cockpits", Cockpit),
        briefs=shelves.of("briefs", Brief),
        not_loaded=shelves.of("not_loaded", NotLoaded),
        populations=shelves.of("populations", Population),
        cases=tuple(shelves.cases),
        rules=shelves.of("rules", Rule),
        rule_families=shelves.of("rule_families", RuleFamily),
        actions=shelves.of("actions", Action),
        rule_cases=shelves.of("rule_cases", RuleCases),
        issues=(*loaded.issues, *shelves.issues),
        replacements=MappingProxyType(shelves.replacements),
    )


def _one(shelf: Mapping[str, T], key: str, zh: str, en: str) -> T:
    found = shelf.get(key)
    if found is None:
        hint_zh, hint_en = did_you_mean(key, shelf)
        raise PackError(
            f"没有编号为 {key} 的{zh}" + (f"，{hint_zh}" if hint_zh else ""),
            f"there is no {en} {key}" + (f"; {hint_en}" if hint_en else ""),
            id=key,
        )
    return found
