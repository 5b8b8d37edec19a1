"""A figure of the ledger as it stands on a page (数字的显示): words, ring, caption, and the way to its
source.

One pattern everywhere: label and ring / value and unit / period, share, change. What cannot be said for
certain is not said: bounds keep their
sign, disagreeing sources both show, a corrected figure shows what was reported first, an unknown one is a
word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gaoxin.web.ledger.figures import Figure
from gaoxin.web.pages import names
from gaoxin.web.pages.quantity_words import Words, reading_unit, value_words
from gaoxin.web.pages.scope import language

RINGS = {
    "verified": "verified",
    "reported": "cited",
    "estimated": "derived",
    "derived": "derived",
    "synthetic": "synth",
}


NO_WORDS = Words("", "", "")


@dataclass(frozen=True, slots=True)
class Remark:
    """A part of the caption: plain words, one strong part, and the figure the strong part is."""

    text: str
    strong: str = ""
    view: FigureView | None = None
    arrow: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was reported first, and when that was corrected."""

    old: str
    day: str


@dataclass(frozen=True, slots=True)
class FigureView:
    """Everything the figure pattern prints.

    Missing: `missing` is the word shown instead of a number; then there is no ring.
    """

    label: str
    words: Words = NO_WORDS
    alternatives: tuple[Words, ...] = ()
    missing: str = ""
    period: str = ""
    ring: str = ""
    ring_word: str = ""
    card: str = ""
    href: str = ""
    remarks: tuple[Remark, ...] = ()
    lines: tuple[Remark, ...] = ()
    corrected: Corrected | None = None
    rule_url: str = ""
    scope: str = ""
    spark: tuple[tuple[float, float], ...] = ()
    figure: Figure | None = field(default=None, compare=False)

    @property
    def is_text(self) -> bool:
        return self.figure is not None and not self.figure.value.is_number

    @property
    def text(self) -> str:
        """The whole value in one line, for tables and captions."""
        if self.missing:
            return self.missing
        if self.alternatives:
            return f" {_('或')} ".join(words.text for words in self.alternatives)
        return self.words.text

    @property
    def bare(self) -> str:
        """The same without its unit, for a column whose head names the unit."""
        if self.missing:
            return self.missing
        return f" {_('或')} ".join(
            f"{words.op} {words.number}".strip() for words in self.alternatives or (self.words,)
        )


def missing_view(
    label: str, period: str = "", *, href: str = "", scope: str = "", word: str = ""
) -> FigureView:
    """A figure that should exist and does not."""
    return FigureView(label=label, missing=word or _("未报"), period=period, href=href, scope=scope)


def figure_view(
    figure: Figure,
    *,
    label: str = "",
    unit: str | None = None,
    href: str = "",
    may_rule: bool = False,
    remarks: Sequence[Remark] = (),
    lines: Sequence[Remark] = (),
    spark: Sequence[tuple[float, float]] = (),
    in_full: bool = False,
) -> FigureView:
    """The figure in its own best unit, or in `unit` where a column has one; `in_full` rounds nothing."""
    lang = language()
    held = unit if unit is not None else reading_unit(figure.value, figure.unit)
    words = value_words(figure.value, held, lang, metric=figure.metric, in_full=in_full)
    spoken = [words]
    if figure.is_conflict:
        spoken += [
            value_words(
                other.value, unit if unit is not None else reading_unit(other.value, other.unit), lang
            )
            for other in figure.others
        ]
    captions = list(remarks)
    if (
        figure.status != "derived"
        and figure.value.is_number
        and (figure.value.is_bound or figure.value.op == "~")
        and figure.written
    ):
        captions.append(Remark(_("原文“%s”") % figure.written))
    return FigureView(
        label=label or names.figure_name(figure.metric, figure.figure),
        words=words,
        alternatives=tuple(spoken) if figure.is_conflict else (),
        period=names.period_name(figure.period),
        ring=RINGS[figure.status],
        ring_word=names.status_name(figure.status),
        card=reverse("card", args=[figure.observation_id]),
        href=href,
        remarks=tuple(captions),
        lines=tuple(lines),
        corrected=_corrected(figure, held, lang),
        rule_url=reverse("conflict", args=[figure.observation_id]) if figure.is_conflict and may_rule else "",
        scope=names.word(figure.metric.scope),
        spark=tuple(spark),
        figure=figure,
    )


def _corrected(figure: Figure, unit: str, lang: str) -> Corrected | None:
    """The value first reported, if it was another one."""
    if not figure.versions:
        return None
    first = figure.versions[-1]
    old = value_words(first.value, unit, lang, metric=figure.metric)
    if old == value_words(figure.value, unit, lang, metric=figure.metric):
        return None
    day = timezone.localtime(figure.recorded_at).date().isoformat()
    return Corrected(f"{old.op} {old.number}".strip(), day)
