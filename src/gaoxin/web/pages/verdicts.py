"""Cross-checks of a zone as people read them (互校结论): verdict, values, inputs, and what it means.

The arithmetic is in `gaoxin.facts.checks` and `gaoxin.facts.logic`; this module picks the checks of one
zone and finds words, chips and links for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse

from gaoxin.facts.checks import evaluate
from gaoxin.facts.findings import VERDICTS, Finding
from gaoxin.facts.logic import evaluate_rules
from gaoxin.facts.standing import StandingFacts
from gaoxin.packs.schemas import CrossCheck, FigureKey
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.pages import names
from gaoxin.web.pages.evidence import fact_base, name_of
from gaoxin.web.pages.figures import FigureView, figure_view
from gaoxin.web.pages.quantity_words import reading_unit, value_words
from gaoxin.web.pages.scope import language, slug_of

# verdict → chip and icon; the word comes from the fact floor
CHIPS: dict[str, tuple[str, str]] = {
    "inconsistent": ("no", "no"),
    "flag": ("torch", "alert"),
    "note": ("soon", "comment"),
    "undetermined": ("unknown", "unk"),
    "gap": ("unknown", "help"),
    "coarse": ("na", "equal"),
    "not_comparable": ("na", "na"),
    "not_additive": ("na", "na"),
    "bound": ("expert", "up"),
    "info": ("expert", "info"),
    "ok": ("yes", "yes"),
}
LOUD = ("inconsistent", "flag", "note")


@dataclass(frozen=True, slots=True)
class FindingView:
    """One check, ready to print."""

    id: str
    no: int | None
    rule: str
    rule_name: str
    title: str
    verdict: str
    word: str
    chip: str
    icon: str
    results: tuple[tuple[str, str], ...]
    reason: str
    note: str
    inputs: tuple[FigureView, ...]
    formula: tuple[str, ...]
    subject: str
    unconfirmed: tuple[str, ...]
    url: str

    @property
    def detail(self) -> str:
        """What came out, or why nothing did, in one line."""
        joint = "，" if language() == "zh" else ", "
        return joint.join(f"{name} {value}" for name, value in self.results) or self.reason or self.note


@dataclass(frozen=True, slots=True)
class VerdictCount:
    verdict: str
    word: str
    chip: str
    icon: str
    count: int

    @property
    def text(self) -> str:
        return f"{self.word} {self.count}"


class Checks:
    """The cross-checks of one zone on the figures given, worked out when first asked for."""

    def __init__(self, zone: str, figures: Iterable[Figure]) -> None:
        self.zone = zone
        self.figures = {name_of(figure): figure for figure in figures}
        for figure in list(self.figures.values()):
            for other in figure.others:
                self.figures.setdefault(name_of(other), figure)

    @cached_property
    def standing(self) -> StandingFacts:
        base = fact_base({id(figure): figure for figure in self.figures.values()}.values())
        return StandingFacts(base, catalogue.library().metrics)

    @cached_property
    def findings(self) -> list[FindingView]:
        """The declared checks in the order of their number."""
        library = catalogue.library()
        return [
            self._view(evaluate(check, self.standing, library.logic_rules).finding, check)
            for check in checks_of(self.zone)
        ]

    @cached_property
    def general(self) -> list[FindingView]:
        """What the rules L1–L14 say of any figure here; those in order are only counted."""
        found = evaluate_rules(catalogue.library(), self.standing.facts)
        return [self._view(finding, None) for finding in found]

    def only(self, ids: Sequence[str]) -> list[FindingView]:
        wanted = set(ids)
        return [finding for finding in self.findings if finding.id in wanted]

    def one(self, check_id: str) -> FindingView:
        for finding in self.findings:
            if finding.id == check_id:
                return finding
        raise NotFound("没有这一项互校。", "There is no such check.", check=check_id)

    def using(self, names_used: set[str]) -> list[FindingView]:
        """The checks that read any of these observations."""
        used = []
        for check in checks_of(self.zone):
            if names_used & {asked for asked in check.inputs.values() if isinstance(asked, str)}:
                used.append(check.id)
        return self.only(used)

    def _view(self, finding: Finding, check: CrossCheck | None) -> FindingView:
        lang = language()
        chip, icon = CHIPS[finding.verdict]
        inputs = tuple(self._input(name) for name in finding.inputs if name in self.figures)
        rule = catalogue.library().logic_rules.get(finding.rule or "")
        address = reverse("checks") + f"?zone={slug_of(self.zone)}#c-{finding.check}"
        return FindingView(
            id=finding.check,
            no=finding.no,
            rule=finding.rule or "",
            rule_name=(rule.en if lang == "en" else rule.zh) if rule is not None else "",
            title=finding.label(lang),
            verdict=finding.verdict,
            word=finding.verdict_label(lang),
            chip=chip,
            icon=icon,
            results=tuple((r.label(lang), r.render(lang)) for r in finding.results if r.is_known),
            reason=finding.reason_zh if lang == "zh" else finding.reason_en,
            note=finding.note_zh if lang == "zh" else finding.note_en,
            inputs=inputs,
            formula=_formula(check) if check is not None else (),
            subject=names.subject_name(finding.subject) if finding.subject else "",
            unconfirmed=finding.unconfirmed if lang == "zh" else (),
            url=address,
        )

    def _input(self, name: str) -> FigureView:
        """An input as the check saw it: of several statements of one figure, the one it names."""
        figure = self.figures[name]
        view = figure_view(figure)
        said = next((other for other in figure.others if name_of(other) == name), None)
        if said is None and not figure.is_conflict:
            return view
        value, unit = (said.value, said.unit) if said is not None else (figure.value, figure.unit)
        words = value_words(value, reading_unit(value, unit), language())
        return replace(view, words=words, alternatives=())


def checks_of(zone: str) -> list[CrossCheck]:
    """The declared checks of the pack of a zone, numbered ones first."""
    library = catalogue.library()
    pack = next((pack.id for pack in library.packs.values() if pack.zone == zone), None)
    mine = [check for check in library.cross_checks.values() if check.origin.pack == pack]
    return sorted(mine, key=lambda check: (check.no is None, check.no or 0, check.id))


def subjects_checked(zone: str) -> set[str]:
    """Every subject that a check of the zone reads a figure of."""
    library = catalogue.library()
    found = {zone}
    for check in checks_of(zone):
        for asked in check.inputs.values():
            if isinstance(asked, FigureKey):
                found.add(asked.subject)
            elif (spec := names.spec_of(asked)) is not None:
                found.add(spec.subject)
    return found & (set(library.subjects) | {zone})


def counts(findings: Iterable[FindingView]) -> list[VerdictCount]:
    """How many of each verdict, the loud ones first."""
    tally = Counter(finding.verdict for finding in findings)
    return [
        VerdictCount(verdict, VERDICTS[verdict][language() != "zh"], *CHIPS[verdict], tally[verdict])
        for verdict in CHIPS
        if tally[verdict]
    ]


def notable(findings: Iterable[FindingView], most: int = 4) -> list[FindingView]:
    """The checks somebody has to look at, the gravest first."""
    loud = [finding for finding in findings if finding.verdict in LOUD]
    return sorted(loud, key=lambda finding: LOUD.index(finding.verdict))[:most]


def _formula(check: CrossCheck) -> tuple[str, ...]:
    steps = [f"{name} = {text}" for name, text in check.let.items()]
    return (*steps, *((check.assert_,) if check.assert_ else ()))
