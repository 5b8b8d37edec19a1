"""Where does each figure stand in its sentence (数在句中的位置)?

A `Spot` is a figure with the words around it and, as the other modules answer their questions, with the
answers. What stands before a figure belongs to it as far back as the figure before; what stands after it, as
far as the next one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from gaoxin.core.periods import Period
from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount, Op
from gaoxin.reading.blocks import Block, Clause, Sentence
from gaoxin.reading.claims import Kind
from gaoxin.reading.naming import Mention
from gaoxin.reading.times import Time


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a figure is about: a name and, where the fact base knows it, its code."""

    name: str
    code: str = ""
    kind: str = ""


@dataclass(slots=True)
class Spot:
    """A figure, its place, and what has been found out about it.

    `lead`: the words of its clause before it, from the figure before on; `tail`: those after it, up to the
    next figure; `opening`: everything in the clause before it.
    `before`, `after`: its neighbours in the sentence. `is_from`: where a change began (由12家增加到36家).
    `verb`: the verb of change that touches it (增长, 净增).
    `label_end`: where its label ends that stands after it (5个招商组).
    `is_in_name`: part of the name of something a place has (山东省十强产业).
    `times`, `mentions`: those near it. However long a sentence is, each figure looks at no more than NEAR
    characters before it.
    `named_at`: where its sentence names its subject, -1 where that is carried over.
    `about`: the figure whose label this one shares (占…的, 同比增长). `own_label`: its label stands with it.
    """

    amount: Amount
    text: str
    sentence: Sentence
    sentence_index: int
    clause: Clause
    clause_index: int
    lead: str
    tail: str
    opening: str
    before: Spot | None = None
    after: Spot | None = None
    is_threshold: bool = False
    is_population: bool = False
    in_target: bool = False
    is_from: bool = False
    label_end: int = 0
    is_in_name: bool = False
    kind: Kind = "level"
    value: Fraction | None = None
    high: Fraction | None = None
    op: Op = "="
    label: str = ""
    own_label: bool = False
    item: str = ""
    verb: str | None = None
    about: Spot | None = None
    subject: Subject | None = None
    named_at: int = -1
    period: Period | None = None
    period_stated: bool = False
    of: str | None = None
    of_code: str = ""
    of_period: Period | None = None
    group: str = ""
    population: int | None = None
    listed: tuple[str, ...] = ()
    confidence: float = 0.9
    times: Sequence[Time] = ()
    mentions: Sequence[Mention] = ()

    @property
    def start(self) -> int:
        return self.amount.start

    @property
    def end(self) -> int:
        return self.amount.end

    @property
    def written(self) -> str:
        return self.text[self.amount.start : self.amount.end]

    @property
    def core(self) -> str:
        return self.text[self.amount.core_start : self.amount.core_end]

    @property
    def is_counted(self) -> bool:
        """Things counted with a classifier: 5个, 248家."""
        return self.amount.dimension in (Dimension.count, None) and self.amount.form in ("number", "label")

    @property
    def is_percent(self) -> bool:
        return self.amount.dimension is Dimension.ratio and self.amount.form in ("number", "fraction")

    @property
    def between(self) -> str:
        """The words between this figure and the one before it in the sentence; the whole lead without one."""
        if self.before is None:
            return self.text[max(self.sentence.start, self.start - NEAR) : self.start]
        return self.text[max(self.before.end, self.start - NEAR) : self.start]

    @property
    def stands_in_time(self) -> bool:
        """It is part of a time: the three years of 近三年, the two of 两年平均增长."""
        if self.amount.dimension is Dimension.time and self.tail.startswith(("平均", "年均")):
            return True
        return any(time.start <= self.start < time.end for time in self.times)

    @property
    def joins(self) -> bool:
        """It follows the figure before with nothing but a list mark between them: 35天和43天."""
        return self.before is not None and self.between.strip(" ") in _JOINTS


NEAR = 120
_JOINTS = frozenset("、,和与及至或;~—-:") | {"以及", "、和"}


def spots(block: Block, amounts: Sequence[Amount]) -> list[Spot]:
    """The figures of a block with their surroundings, in order."""
    text = block.stretch.read
    whole = Sentence(0, len(text), (Clause(0, len(text), ""),))
    sentences = block.sentences or (whole,)
    out: list[Spot] = []
    sentence_index = clause_index = 0
    for amount in _with_shared_points(amounts, text):
        while sentence_index + 1 < len(sentences) and amount.start >= sentences[sentence_index].end:
            sentence_index, clause_index = sentence_index + 1, 0
        sentence = sentences[sentence_index]
        clauses = sentence.clauses or whole.clauses
        while clause_index + 1 < len(clauses) and amount.start >= clauses[clause_index].end:
            clause_index += 1
        clause = clauses[clause_index]
        before = out[-1] if out and out[-1].sentence_index == sentence_index else None
        first = clause.start
        if before is not None and before.clause_index == clause_index:
            first = before.end
            before.tail = text[before.end : min(amount.start, before.end + NEAR)]
        spot = Spot(
            amount,
            text,
            sentence,
            sentence_index,
            clause,
            clause_index,
            lead=text[max(first, amount.start - NEAR) : amount.start],
            tail=text[amount.end : min(clause.end, amount.end + NEAR)],
            opening=text[max(clause.start, amount.start - NEAR) : amount.start],
            before=before,
            value=amount.value,
            high=amount.high,
            op=amount.op,
        )
        if before is not None:
            before.after = spot
        out.append(spot)
    return out


def _with_shared_points(amounts: Sequence[Amount], text: str) -> list[Amount]:
    """1.9个和1.5个百分点: both are percentage points."""
    out = list(amounts)
    for index in range(len(out) - 2, -1, -1):
        amount, later = out[index], out[index + 1]
        if (
            amount.noun == "个"
            and later.dimension is Dimension.percentage_point
            and amount.value is not None
            and text[amount.end : later.start] in _JOINTS
        ):
            out[index] = replace(
                amount,
                value=amount.value / 100,
                high=None if amount.high is None else amount.high / 100,
                dimension=Dimension.percentage_point,
                noun="",
                written_unit=later.written_unit,
            )
    return out


def surround(found: Sequence[Spot], times: Sequence[Time], mentions: Sequence[Mention]) -> None:
    """Gives each figure the times and mentions of its sentence that stand near it."""
    time_starts = [time.start for time in times]
    mention_starts = [mention.start for mention in mentions]
    for spot in found:
        first = max(spot.sentence.start, spot.start - 4 * NEAR)
        last = min(spot.sentence.end, spot.end + NEAR // 2)
        spot.times = times[bisect_left(time_starts, first) : bisect_left(time_starts, last)]
        before = spot.before
        if before is not None and before.clause is spot.clause and before.stands_in_time:
            spot.lead = before.lead + spot.text[max(before.start, spot.start - NEAR) : spot.start]
        spot.mentions = mentions[bisect_left(mention_starts, first) : bisect_left(mention_starts, last)]
