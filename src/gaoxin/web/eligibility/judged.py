"""One enterprise under every rule in force, with the reasons (逐条判定)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from gaoxin.compute.tree import Node, leaves
from gaoxin.core.errors import RuleError
from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.explaining import Explanation, explain
from gaoxin.rules.judging import Judgement, judge
from gaoxin.rules.routes import NoPath, Path, cheapest
from gaoxin.rules.verdicts import Verdict
from gaoxin.web.eligibility.known import Known
from gaoxin.web.eligibility.zone_rules import is_example, rules_in_force
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.models import Subject

Route = Path | NoPath | None


@dataclass(frozen=True)
class Judged:
    """One rule about one enterprise; reasons and the cheapest way are worked out when they are asked for.

    `seeks`: whether the cheapest way is looked for at all: a page shows the verdicts first.
    """

    known: Known = field(repr=False)
    compiled: CompiledRule = field(repr=False)
    judgement: Judgement = field(repr=False)
    zone: str
    lang: str
    seeks: bool = False

    @property
    def id(self) -> str:
        return self.compiled.id

    @property
    def name(self) -> str:
        rule = self.compiled.rule
        return rule.en if self.lang == "en" else rule.short

    @property
    def example(self) -> bool:
        return is_example(self.compiled.rule, self.zone)

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict

    @property
    def lacking(self) -> int:
        """How many conditions are certainly not met."""
        return len(self.judgement.not_met)

    @cached_property
    def explanation(self) -> Explanation:
        return explain(self.judgement, catalogue.library().metrics, self.lang)

    @cached_property
    def route(self) -> Route:
        """The cheapest way; None where it is not looked for or cannot be worked out exactly."""
        if not (self.seeks and self.may_seek):
            return None
        library = catalogue.library()
        try:
            return cheapest(
                self.compiled,
                self.known.reading,
                library.actions.values(),
                start=self.known.on,
                calendar=library.calendar(),
            )
        except RuleError:
            return None

    @property
    def is_near(self) -> bool:
        """One or two conditions short, or open for want of at most three figures or of experts alone."""
        if self.verdict is Verdict.FAIL:
            return self.lacking <= 2
        if self.verdict is Verdict.UNKNOWN:
            return len(self.judgement.missing) <= 3
        return self.verdict is Verdict.PENDING_EXPERT

    @property
    def may_seek(self) -> bool:
        """Whether there is a way to look for: one or two conditions are certainly not met."""
        return self.verdict is Verdict.FAIL and self.is_near

    def hides(self, node: Node | None) -> bool:
        """Whether a part rests on a figure that may not be shown to the reader."""
        return node is not None and any(leaf.column in self.known.hidden for leaf in leaves(node))

    @property
    def hides_score(self) -> bool:
        name = self.compiled.score
        return name is not None and self.hides(self.compiled.names[name].node)

    @property
    def hides_amount(self) -> bool:
        return self.hides(self.compiled.paid)


def judge_all(known: Known, zone: Subject, lang: str, *, seeks: bool = False) -> tuple[Judged, ...]:
    """Every rule in force for a zone on the day, in the order they are shown: titles first, the zone's own
    clauses, then examples of other places.
    """
    rules = rules_in_force(zone.code, known.on, practice=zone.synthetic)
    judged = [
        Judged(known, compiled, judge(compiled, known.reading), zone.code, lang, seeks) for compiled in rules
    ]
    return tuple(sorted(judged, key=_place))


_CATEGORIES = ("title", "size", "deduction", "clause", "points")


def _place(held: Judged) -> tuple[bool, int, str]:
    category = held.compiled.rule.category
    return held.example, _CATEGORIES.index(category), held.id
