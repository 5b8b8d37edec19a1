"""What the figures at hand imply (推算的显示): the city behind a share, last year behind a growth.

The rules are in the packs, the arithmetic is in `gaoxin.facts.derivations`. A derived figure is worked
out when a page is drawn and never
stored: its name, `implied_whole(12,34)`, says which rule and which observations it comes from, so its
card can be drawn again from the
name alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from django.urls import reverse

from gaoxin.core.periods import Period
from gaoxin.facts.derivations import derive_all, inputs_named
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.records import Observation
from gaoxin.packs.schemas import Derivation
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import catalogue, selectors
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.pages import names
from gaoxin.web.pages.evidence import fact_base, name_of
from gaoxin.web.pages.figures import FigureView, figure_view
from gaoxin.web.pages.quantity_words import value_words
from gaoxin.web.pages.scope import language


class Implied:
    """Everything the rules give for some figures."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self.figures = list(figures)

    @cached_property
    def base(self) -> FactBase:
        return fact_base(self.figures)

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        library = catalogue.library()
        return derive_all(library.derivations.values(), self.base, library.metrics)

    @cached_property
    def _by_input(self) -> dict[str, list[Observation]]:
        found: dict[str, list[Observation]] = {}
        for obs in self.observations:
            for name in obs.inputs:
                found.setdefault(name, []).append(obs)
        return found

    @cached_property
    def _by_key(self) -> dict[tuple[str, str, str, str], Observation]:
        return {(obs.subject, obs.metric, obs.figure, obs.period.code): obs for obs in self.observations}

    def figure(self, name: str) -> tuple[Observation, FigureView]:
        """A figure that a derivation used, by its id: one of the stated ones, or one worked out before."""
        for figure in self.figures:
            if name_of(figure) == name:
                return self.base.observation(name), figure_view(figure)
        obs = next(obs for obs in self.observations if obs.id == name)
        return obs, derived_view(obs)

    def find(self, derivation: str, figure: Figure) -> FigureView | None:
        """What one rule gives that uses this figure, named as seen from it."""
        for obs in self._by_input.get(name_of(figure), ()):
            if rule_of(obs).id == derivation:
                return derived_view(obs, beside=figure)
        return None

    def stated_by_none(
        self, subject: str, metric: str, figure: str, period: Period, label: str
    ) -> FigureView | None:
        """A place that no source fills but a rule does."""
        obs = self._by_key.get((subject, metric, figure, period.code))
        return replace(derived_view(obs), label=label) if obs is not None else None

    def whole_of(self, share: Figure) -> FigureView | None:
        """The whole that a share and its part imply."""
        for obs in self._by_input.get(name_of(share), ()):
            if obs.subject == share.of and obs.metric == share.metric.id and obs.figure == "level":
                return derived_view(obs)
        return None

    def from_figure(self, figure: Figure) -> list[FigureView]:
        """Everything worked out from this figure directly."""
        return [derived_view(obs) for obs in self._by_input.get(name_of(figure), ())]


def rule_of(obs: Observation) -> Derivation:
    return catalogue.library().derivations[obs.source.removeprefix("derivation:")]


def rule_name(rule: Derivation) -> str:
    return rule.en if language() == "en" else rule.zh


def derived_view(obs: Observation, beside: Figure | None = None) -> FigureView:
    """A derived figure: its words, a dashed ring, its card. `beside`: a figure whose context need not be
    repeated.
    """
    metric = catalogue.metric(obs.metric)
    full = f"{names.subject_name(obs.subject)} · {names.figure_name(metric, obs.figure)}"
    return FigureView(
        label=_short(obs, beside) if beside is not None else full,
        words=value_words(obs.value, obs.unit, language()),
        period=names.period_name(obs.period),
        ring="derived",
        ring_word=names.status_name("derived"),
        card=reverse("derived-card", args=[obs.id]),
        scope=names.word(metric.scope),
    )


def _short(obs: Observation, beside: Figure) -> str:
    """What is new about a derived figure that stands under another one: 可比基数, 2020 年, 楚雄市."""
    if obs.metric != beside.metric.id:
        return names.figure_name(catalogue.metric(obs.metric), obs.figure)
    if obs.subject != beside.subject_code:
        return names.subject_name(obs.subject)
    if obs.figure != "level":
        return names.kind_name(obs.figure)
    return names.period_name(obs.period)


def worked_out(reader: object, name: str) -> tuple[Observation, Implied]:
    """A derived figure by its name, and everything that the figures it is named after imply.

    Raises: NotFound if the name is malformed, an input may not be seen, or the rule no longer gives it.
    """
    inputs = inputs_named(name, catalogue.library().derivations)
    if not inputs:
        raise NotFound(name=name)
    implied = Implied([selectors.figure(reader, one) for one in sorted(inputs)])
    found = next((obs for obs in implied.observations if obs.id == name), None)
    if found is None:
        raise NotFound(
            "这个推算值已经变了：它用到的数有更正。",
            "This derived figure has changed: one it used was corrected.",
        )
    return found, implied
