"""Where does each figure stand in its sentence (数在句中的位置)?

A `Spot` is a figure with the words around it and, as the other modules answer their questions, with the
answers. What stands before a figure belongs to it as far back as the figure before; what stands after it, as
far as the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from gaoxin.core.periods import Period
from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount, Op
from gaoxin.reading.blocks import Block, Clause, Sentence
from gaoxin.reading.claims import Kind


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
    next figure; `opening`: everything in the clause before it; `rest`: everything in the clause after it.
    `before`, `after`: its neighbours in the sentence. `is_from`: where a change began (由12家增加到36家).
    `label_end`: where its label ends that stands after it (5个招商组).
    `is_in_name`: part of the name of something a place has (山东省十强产业).
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
    rest: str
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
    about: Spot | None = None
    subject: Subject | None = None
    period: Period | None = None
    period_stated: bool = False
    of: str | None = None
    of_code: str = ""
    of_period: Period | None = None
    group: str = ""
    population: int | None = None
    listed: tuple[str, ...] = ()
    confidence: float = 0.9
    about_all: tuple[Spot, ...] = field(default=())

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
            return self.text[self.sentence.start : self.start]
        return self.text[self.before.end : self.start]

    @property
    def joins(self) -> bool:
        """It follows the figure before with nothing but a list mark between them: 35天和43天."""
        return self.before is not None and self.between.strip(" ") in _JOINTS


_JOINTS = frozenset("、,和与及至或;~—-:") | {"以及", "、和"}


def spots(block: Block, amounts: Sequence[Amount]) -> list[Spot]:
    """The figures of a block with their surroundings, in order."""
    text = block.stretch.read
    places = [(sentence, index) for index, sentence in enumerate(block.sentences)]
    out: list[Spot] = []
    at = 0
    for amount in amounts:
        while at + 1 < len(places) and amount.start >= places[at][0].end:
            at += 1
        sentence, sentence_index = places[at] if places else (Sentence(0, len(text), ()), 0)
        clause, clause_index = _clause(sentence, amount)
        before = out[-1] if out and out[-1].sentence_index == sentence_index else None
        first = clause.start
        if before is not None and before.clause_index == clause_index:
            first = before.end
            before.tail = text[before.end : amount.start]
        spot = Spot(
            amount,
            text,
            sentence,
            sentence_index,
            clause,
            clause_index,
            lead=text[first : amount.start],
            tail=text[amount.end : clause.end],
            opening=text[clause.start : amount.start],
            rest=text[amount.end : clause.end],
            before=before,
            value=amount.value,
            high=amount.high,
            op=amount.op,
        )
        if before is not None:
            before.after = spot
        out.append(spot)
    return out


def _clause(sentence: Sentence, amount: Amount) -> tuple[Clause, int]:
    for index, clause in enumerate(sentence.clauses):
        if amount.start < clause.end:
            return clause, index
    if sentence.clauses:
        return sentence.clauses[-1], len(sentence.clauses) - 1
    return Clause(sentence.start, sentence.end, ""), 0
