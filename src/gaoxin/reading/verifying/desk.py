"""One text on the desk beside the facts: what every check looks things up in (核稿台).

It knows where a figure stands in the file, how it is written, how the right figure would be written in its
place, and how a fact is named in a reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from gaoxin.core.quantities import format_number, round_half_up
from gaoxin.core.units import Dimension
from gaoxin.facts.records import Observation
from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.index import FactIndex
from gaoxin.reading.verifying.said import Said, said, unit_factor
from gaoxin.reading.verifying.wording import hedge_words, in_unit, printed, renumbered, reworded

if TYPE_CHECKING:
    from gaoxin.reading.reader import Reading

# However long a sentence is, its words are read this far around a figure; and whoever is named further away
# than so many figures is not taken for the owner of one.
_LONGEST_SENTENCE, _NAMED_NEAR = 1200, 250
_REACHED = re.compile(r"(?:达到了?|达|实现了?|为|是|至|到)$")
# A text is read with half-width marks; what the checks look for is written with Chinese ones.
_CHINESE_MARKS = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？"})


@dataclass
class Desk:
    """A reading and an index, with what was worked out about the figures of the text."""

    reading: Reading
    index: FactIndex
    claims: tuple[Claim, ...] = field(init=False)
    _said: list[Said | None] = field(init=False, repr=False)
    _named: dict[int, tuple[str, ...]] = field(init=False, repr=False, default_factory=dict)
    _read: dict[int, str] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.claims = tuple(_suited(self.index, claim) for claim in self.reading.claims)
        self._said = [said(claim) for claim in self.claims]

    def said(self, claim: int) -> Said | None:
        return self._said[claim]

    def subjects(self, claim: int) -> tuple[str, ...]:
        """Others the text speaks of, and those a figure is easily given to by mistake."""
        own = self.claims[claim].subject_code
        near = dict.fromkeys((*self._named_near(claim), *self.index.relatives(own)))
        return tuple(code for code in near if code != own)

    def _named_near(self, claim: int) -> tuple[str, ...]:
        """Whom the text speaks of around a figure; in a text of ordinary length, in all of it."""
        part = claim // _NAMED_NEAR
        if part not in self._named:
            around = self.reading.claims[max(0, part - 1) * _NAMED_NEAR : (part + 2) * _NAMED_NEAR]
            codes = (code for each in around for code in (each.subject_code, each.of_code))
            self._named[part] = tuple(dict.fromkeys(code for code in codes if code))
        return self._named[part]

    def numbers(self) -> Iterator[tuple[int, Claim, Said]]:
        """Every figure with a number, in text order."""
        for position, claim in enumerate(self.claims):
            quantity = self._said[position]
            if quantity is not None:
                yield position, claim, quantity

    # --- where it stands

    def sentence(self, claim: int) -> str:
        """The sentence of a figure as it is read, with Chinese punctuation."""
        start, end = self._bounds(claim)
        at = self.claims[claim].amount.start
        return self._words(claim)[max(start, at - _LONGEST_SENTENCE) : min(end, at + _LONGEST_SENTENCE)]

    def before(self, claim: int, characters: int = 24) -> str:
        """What stands before a figure in its sentence."""
        at = self.claims[claim].amount.start
        return self._words(claim)[max(self._bounds(claim)[0], at - characters) : at]

    def after(self, claim: int, characters: int = 8) -> str:
        """What stands behind a figure in its sentence."""
        at = self.claims[claim].amount.end
        return self._words(claim)[at : min(self._bounds(claim)[1], at + characters)]

    def between(self, first: int, last: int) -> str:
        """What stands between two figures; figures of two paragraphs are kept apart by 。"""
        one, other = self.claims[first], self.claims[last]
        if one.block != other.block:
            return "。"
        return self._words(first)[one.amount.end : other.amount.start]

    def since_last(self, claim: int, characters: int) -> str:
        """What stands before a figure in its sentence, back to the figure before it."""
        words = self.before(claim, characters)
        if claim and self.claims[claim - 1].block == self.claims[claim].block:
            words = words[-len(self.between(claim - 1, claim)) :] if self.between(claim - 1, claim) else ""
        return words

    def _words(self, claim: int) -> str:
        block = self.claims[claim].block
        if block not in self._read:
            self._read[block] = self.reading.blocks[block].stretch.read.translate(_CHINESE_MARKS)
        return self._read[block]

    def _bounds(self, claim: int) -> tuple[int, int]:
        """The sentence of a figure in its block."""
        held = self.claims[claim]
        sentences = self.reading.blocks[held.block].sentences
        place = bisect_right(sentences, held.amount.start, key=lambda each: each.start) - 1
        if place >= 0 and held.amount.start < sentences[place].end:
            return sentences[place].start, sentences[place].end
        return 0, len(self.reading.blocks[held.block].stretch)

    def whole(self, claim: int) -> tuple[int, int]:
        """Offsets in the file of a figure with its hedges."""
        held = self.claims[claim]
        return self._place(held, held.amount.start, held.amount.end)

    def core(self, claim: int) -> str:
        """Number and unit of a figure as they stand in the file."""
        held = self.claims[claim]
        start, end = self._place(held, held.amount.core_start, held.amount.core_end)
        return self.reading.text[start:end]

    def quote(self, claim: int) -> str:
        start, end = self.whole(claim)
        return self.reading.text[start:end]

    def _place(self, claim: Claim, start: int, end: int) -> tuple[int, int]:
        return self.reading.blocks[claim.block].stretch.place(start, end)

    # --- what should stand there

    def correction(self, claim: int, fact: Observation) -> tuple[str | None, tuple[int, int, str] | None]:
        """The fact in the wording of the text, and the replacement that puts it there."""
        text = reworded(self.core(claim), self.claims[claim].amount, fact)
        if text is None or self._counts_from_one(claim):
            return None, None
        if self._turns(claim, fact):
            return ("增长" if self._rises(fact) else "下降") + text, None
        start, end = self.whole(claim)
        if hedge_words(fact)[0]:
            reached = _REACHED.search(self.reading.text[max(0, start - 3) : start])
            if reached is not None:
                start -= len(reached[0])
        if self.reading.text[start:end] == text:
            return text, None
        return text, (start, end, text)

    def renumber(self, claim: int, number: Fraction) -> tuple[str | None, tuple[int, int, str] | None]:
        """A number that was worked out, in the wording of the text."""
        text = renumbered(self.core(claim), self.claims[claim].amount, number)
        turns = (self.claims[claim].value or 0) * number < 0
        if text is None or turns or self._counts_from_one(claim):
            return None, None
        return text, (*self.whole(claim), text)

    def _turns(self, claim: int, fact: Observation) -> bool:
        """The text has a fall for a rise, or the reverse: the verb is wrong, not only the number."""
        held = self.claims[claim]
        if held.kind not in ("growth", "change") or fact.figure not in ("growth", "change"):
            return False
        return (held.value or 0) * (fact.value.number or 0) < 0

    def _rises(self, fact: Observation) -> bool:
        return (fact.value.number or 0) > 0

    def _counts_from_one(self, claim: int) -> bool:
        """增长1.5倍 is 2.5 times: the number written is not the one compared."""
        held = self.claims[claim]
        return held.kind == "multiple" and held.amount.form == "number" and held.value != held.amount.value

    # --- how it is called

    def fact(self, fact: Observation, lang: str = "zh") -> str:
        return printed(fact, lang)

    def figure(self, claim: int, value: Fraction) -> str:
        """A value in the unit of a figure of the text: 131.7亿元."""
        amount = self.claims[claim].amount
        symbol = amount.written_unit or ("%" if amount.dimension is Dimension.ratio else amount.noun)
        return in_unit(value, symbol, max(amount.decimals, 1)) if symbol else _plain(value)

    def bare(self, claim: int) -> str:
        """The number of a figure without its unit, for sums: 197.3."""
        held = self.claims[claim]
        if held.value is None:
            return self.core(claim)
        digits = round_half_up(held.value / unit_factor(held.amount), held.amount.decimals)
        return format_number(digits).replace("\u2009", "")

    def subject(self, claim: int) -> str:
        held = self.claims[claim]
        return held.subject or (self.index.name(held.subject_code) if held.subject_code else "")

    def metric(self, claim: int, lang: str = "zh") -> str:
        held = self.claims[claim]
        return self.index.metric_name(held.metric, lang) if held.metric else held.label

    def difference(self, claim: int, fact: Fraction) -> str:
        """相差: 3.0 个百分点, 2.1亿元."""
        held, quantity = self.claims[claim], self._said[claim]
        assert quantity is not None
        gap = abs(quantity.value - fact)
        if held.dimension in (Dimension.ratio, Dimension.percentage_point):
            return f"{round_half_up(gap * 100, max(held.amount.decimals, 1))} 个百分点"
        return self.figure(claim, gap)


def _plain(value: Fraction) -> str:
    return format_number(round_half_up(value, 0 if value.denominator == 1 else 1)).replace("\u2009", "")


def _suited(index: FactIndex, claim: Claim) -> Claim:
    """The claim under a metric that its subject can have, where the linked one is of other subjects.

    产值 of an industry is not that of all industry above designated size.
    """
    kind = claim.subject_code.partition("/")[0]
    linked = index.metrics.get(claim.metric or "")
    if not kind or linked is None or kind in linked.subjects:
        return claim
    for metric in claim.candidates:
        held = index.metrics.get(metric)
        if held is not None and kind in held.subjects and metric in index.metrics_of(claim.subject_code):
            return replace(claim, metric=metric)
    return claim
