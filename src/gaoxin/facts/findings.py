"""What a check found: a verdict, the results it rests on, and the words for it (核对结论)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from gaoxin.core.intervals import Interval
from gaoxin.core.quantities import Unit, format_number, round_half_up, unit
from gaoxin.facts.operands import Integers, Missing, Operand
from gaoxin.facts.rendering import MOST_DECIMALS, render_interval, told_ends

Verdict = Literal[
    "ok",
    "flag",
    "inconsistent",
    "note",
    "undetermined",
    "gap",
    "coarse",
    "not_comparable",
    "not_additive",
    "info",
    "bound",
]
Severity = Literal["hard", "soft", "info"]

VERDICTS: dict[str, tuple[str, str]] = {
    "ok": ("一致", "consistent"),
    "flag": ("存疑", "flagged"),
    "inconsistent": ("矛盾", "inconsistent"),
    "note": ("需说明", "to be explained"),
    "undetermined": ("不能判定", "not settled"),
    "gap": ("缺数", "figure missing"),
    "coarse": ("精度不足", "too coarse"),
    "not_comparable": ("口径不同，不可比", "not comparable"),
    "not_additive": ("有重叠，不能相加", "not additive"),
    "info": ("提示", "remark"),
    "bound": ("只知上限或下限", "a bound only"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """One named result: what was computed, and how to print it.

    Units: `found` in base units; `unit` is the unit to print in, "" for a bare number.
    """

    name: str
    zh: str
    en: str
    found: Operand
    unit: str = ""
    decimals: int = 1

    @property
    def interval(self) -> Interval | None:
        """The result as an interval in base units; None for lists, truth and missing results."""
        if isinstance(self.found, Integers):
            return self.found.interval
        return self.found if isinstance(self.found, Interval) else None

    def is_wider_than(self, share: Fraction) -> bool:
        """Wider than this share of its middle: then it says little more than the order of size."""
        span = self.interval
        if span is None or span.width is None or span.middle is None:
            return False
        return span.width > abs(span.middle) * share

    @property
    def is_bound(self) -> bool:
        """Known on one side only."""
        span = self.interval
        return span is not None and sum(end is None for end in told_ends(span)) == 1

    @property
    def is_known(self) -> bool:
        span = self.interval
        if span is not None:
            return span.lo is not None or span.hi is not None
        return not isinstance(self.found, Missing | Integers) and self.found is not None

    def label(self, lang: str = "zh") -> str:
        return self.zh if lang == "zh" else self.en

    def render(self, lang: str = "zh") -> str:
        """`490.61–492.32 亿元`, `229 家`, `< 0.803%`, `先进制造`."""
        match self.found:
            case Missing():
                return "缺数" if lang == "zh" else "figure missing"
            case Integers() as whole:
                return self._whole(whole, lang)
            case Interval() as span:
                return render_interval(span, self._unit(), lang, decimals=self._decimals(span))
            case bool() as truth:
                return ("是" if truth else "否") if lang == "zh" else ("yes" if truth else "no")
            case None:
                return "不能判定" if lang == "zh" else "not settled"
            case items:
                return ("、" if lang == "zh" else ", ").join(items) or ("无" if lang == "zh" else "none")

    def middle(self, lang: str = "zh") -> str:
        """The middle alone, `491.5 亿元`; the whole result where it has no middle."""
        span = self.interval
        if span is None or span.middle is None or isinstance(self.found, Integers):
            return self.render(lang)
        return format_number(
            round_half_up(span.middle / self._unit().factor, self.decimals), self._unit(), lang
        )

    def _whole(self, whole: Integers, lang: str) -> str:
        if not len(whole):
            return "没有符合的整数" if lang == "zh" else "no whole number fits"
        held = self._unit()
        last = format_number(Fraction(whole.last) / held.factor, held, lang, decimals=0)
        if whole.only is not None:
            return last
        return f"{format_number(Fraction(whole.first) / held.factor, decimals=0)}–{last}"

    def _unit(self) -> Unit:
        return unit(self.unit or "1")

    def _decimals(self, span: Interval) -> int:
        """As declared; a whole number keeps no decimals, and a result is never rounded to nothing."""
        if span.is_point and span.lo is not None and (span.lo / self._unit().factor).denominator == 1:
            return 0
        size = (
            max((abs(end) for end in (span.lo, span.hi) if end is not None), default=Fraction(0))
            / self._unit().factor
        )
        places = self.decimals
        while size and size * 10**places < 1 and places < MOST_DECIMALS:
            places += 1
        return places


# A tuple, because a rule over all enterprises of a zone gives a million of them.
class Finding(NamedTuple):
    """The outcome of one check on the figures as they stood.

    `check`: id of the check or of the place a rule applied to. `inputs`: ids of the observations used.
    `reason`: why this verdict (which input is missing, which scopes differ). `disputed`: names of inputs
    whose sources disagree without a ruling.
    """

    check: str
    rule: str | None
    verdict: Verdict
    severity: Severity
    zh: str
    en: str
    results: tuple[Result, ...] = ()
    inputs: tuple[str, ...] = ()
    no: int | None = None
    subject: str = ""
    reason_zh: str = ""
    reason_en: str = ""
    note_zh: str = ""
    note_en: str = ""
    disputed: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()

    @property
    def needs_attention(self) -> bool:
        """Somebody has to look: flagged, inconsistent, or to be explained."""
        return self.verdict in ("flag", "inconsistent", "note")

    def result(self, name: str) -> Result:
        """Raises: KeyError for a name that is not shown."""
        return {result.name: result for result in self.results}[name]

    def label(self, lang: str = "zh") -> str:
        return self.zh if lang == "zh" else self.en

    def verdict_label(self, lang: str = "zh") -> str:
        return VERDICTS[self.verdict][lang != "zh"]

    def sentence(self, lang: str = "zh") -> str:
        """The finding in one line: what was checked, what came out, the verdict and why."""
        zh = lang == "zh"
        shown = [f"{result.label(lang)} {result.render(lang)}" for result in self.results]
        reason = self.reason_zh if zh else self.reason_en
        body = ("，" if zh else ", ").join([self.label(lang), *shown])
        tail = self.verdict_label(lang)
        if reason:
            tail += f"（{reason}）" if zh else f" ({reason})"
        return f"{body}：{tail}。" if zh else f"{body}: {tail}."


def plain_verdict(asserted: bool, results: Iterable[Result], widest: Fraction | None) -> Verdict:
    """The verdict where nothing speaks against the figures.

    A statement that was asserted and holds is ok however wide its results are; a result on its own is judged
    by what it tells.
    Missing: without a declared `widest` share of its middle no result is too coarse.
    """
    if asserted:
        return "ok"
    shown = tuple(results)
    if any(result.is_bound for result in shown):
        return "bound"
    coarse = widest is not None and any(result.is_wider_than(widest) for result in shown)
    return "coarse" if coarse else "ok"
