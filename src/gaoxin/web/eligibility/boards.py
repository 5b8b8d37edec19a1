"""Everybody of a zone under one rule, by how much is lacking (差一点清单).

1. `one`, `two`, `more`: so many conditions are certainly not met. `stuck`: one of them is such that no action
   of the packs moves any figure it reads; nobody is a near miss who can do nothing.
2. `open`: nothing is certainly not met, data or experts are missing; the firm may pass.
3. Order: the nearest group, fewest conditions, the smallest gap as a share of what is asked, least missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import polars as pl

from gaoxin.compute import tree
from gaoxin.rules.effects import column_of
from gaoxin.rules.gaps import gaps
from gaoxin.rules.matching import CONDITIONS, VERDICTS, Matched, RuleColumns
from gaoxin.rules.questions import Question, questions
from gaoxin.rules.verdicts import ConditionVerdict, Verdict
from gaoxin.web.eligibility.residents import Residents
from gaoxin.web.ledger import catalogue

if TYPE_CHECKING:
    from gaoxin.packs.schemas import Action
    from gaoxin.rules.compiling import CompiledRule

_NOT_MET = CONDITIONS.index(ConditionVerdict.NOT_MET)
_PASS = VERDICTS.index(Verdict.PASS)
_FAIL = VERDICTS.index(Verdict.FAIL)
_MOST_KEPT = 24
BINS = 10


@dataclass(frozen=True, slots=True)
class Firm:
    """One enterprise on the board. Scores in points; None where the rule has none."""

    subject: str
    group: str
    not_met: tuple[str, ...]
    missing: tuple[str, ...]
    gap: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """The score that the conditions of a rule ask for. `most`: the most there is, in points."""

    name: str
    mark: Fraction
    most: Fraction

    @property
    def words(self) -> str:
        """The mark as people write it: 60, 70.5."""
        return format(float(self.mark), "g")


# the order of the board: who is nearest first
GROUPS = ("one", "open", "two", "more", "stuck", "pass")


@dataclass(frozen=True)
class Board:
    """One rule over one zone."""

    residents: Residents
    columns: RuleColumns
    frame: pl.DataFrame = field(repr=False)
    movable: frozenset[str]

    @property
    def compiled(self) -> CompiledRule:
        return self.columns.compiled

    @cached_property
    def firms(self) -> tuple[Firm, ...]:
        """Everybody, in the order of the board."""
        ids = [held.id for held in self.compiled.conditions]
        failing = {name: pl.col(f"c:{name}") == _NOT_MET for name in ids}
        measured = gaps(self.compiled, self.residents.frame.lazy()).rename(
            {name: f"g:{name}" for name in ids}
        )
        score = self.compiled.score
        nothing = pl.lit(None, dtype=pl.Float64)
        told = self.frame.join(measured, on="subject", how="left", maintain_order="left").select(
            "subject",
            "verdict",
            "missing",
            not_met=pl.concat_list(
                [pl.when(test).then(pl.lit(name)) for name, test in failing.items()]
            ).list.drop_nulls(),
            gap=pl.max_horizontal(pl.when(test).then(pl.col(f"g:{name}")) for name, test in failing.items()),
            low=pl.col(f"s:{score}.lo") if score else nothing,
            high=pl.col(f"s:{score}.hi") if score else nothing,
        )
        found = [self._firm(row) for row in told.iter_rows(named=True)]
        return tuple(sorted(found, key=_rank))

    @cached_property
    def by_code(self) -> Mapping[str, Firm]:
        return {firm.subject: firm for firm in self.firms}

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many firms each group has."""
        found = Counter(firm.group for firm in self.firms)
        return {name: found.get(name, 0) for name in GROUPS}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What to ask first of those who are open."""
        matched = Matched(self.residents.on, {self.compiled.id: self.columns}, {self.compiled.id: self.frame})
        return questions(matched, self.compiled.id)

    @cached_property
    def score(self) -> Score | None:
        """The score the verdict turns on; None for a rule that asks for no mark."""
        return score_asked(self.compiled)

    @cached_property
    def bins(self) -> tuple[tuple[int, int, int], ...]:
        """How many firms have a certain score in each tenth of it: [from, to) in points, the last closed."""
        if self.score is None:
            return ()
        most = max(1, int(self.score.most))
        width = max(1, -(-most // BINS))
        counted: Counter[int] = Counter()
        for firm in self.firms:
            if firm.low is not None and firm.low == firm.high:
                counted[min(int(firm.low // width), -(-most // width) - 1)] += 1
        return tuple(
            (at * width, min((at + 1) * width, most), counted.get(at, 0)) for at in range(-(-most // width))
        )

    def _firm(self, row: Mapping[str, object]) -> Firm:
        not_met = tuple(row["not_met"])  # type: ignore[arg-type]
        return Firm(
            subject=str(row["subject"]),
            group=self._group(int(row["verdict"]), not_met),  # type: ignore[call-overload]
            not_met=not_met,
            missing=self.columns.metrics(int(row["missing"])),  # type: ignore[call-overload]
            gap=row["gap"],  # type: ignore[arg-type]
            low=row["low"],  # type: ignore[arg-type]
            high=row["high"],  # type: ignore[arg-type]
        )

    def _group(self, verdict: int, not_met: Sequence[str]) -> str:
        if verdict == _PASS:
            return "pass"
        if verdict != _FAIL:
            return "open"
        if any(name not in self.movable for name in not_met):
            return "stuck"
        return {1: "one", 2: "two"}.get(len(not_met), "more")


def _rank(firm: Firm) -> tuple[int, int, float, int, float, str]:
    far = float("inf") if firm.gap is None else firm.gap
    return (
        GROUPS.index(firm.group),
        len(firm.not_met),
        far,
        len(firm.missing),
        -(firm.high or 0.0),
        firm.subject,
    )


_kept: dict[tuple[object, ...], Board] = {}
_lock = Lock()


def board(held: Residents, rule: str) -> Board:
    """The board of one rule, kept while the process lives. Raises: RuleError for no such rule."""
    compiled = held.compiled(rule)
    key = (*held.key, compiled.id)
    with _lock:
        if key in _kept:
            _kept[key] = _kept.pop(key)
            return _kept[key]
    columns = RuleColumns.of(compiled)
    frame = columns.apply(held.frame.lazy()).collect()
    made = Board(held, columns, frame, movable(compiled))
    with _lock:
        _kept[key] = made
        while len(_kept) > _MOST_KEPT:
            _kept.pop(next(iter(_kept)))
    return made


def actions_for(compiled: CompiledRule) -> tuple[Action, ...]:
    """The actions of the packs that are meant for a rule."""
    meant = (compiled.id, compiled.rule.family)
    return tuple(
        action
        for action in catalogue.library().actions.values()
        if not action.applies_to or any(name in action.applies_to for name in meant if name)
    )


def movable(compiled: CompiledRule) -> frozenset[str]:
    """The conditions that read a figure which some action moves."""
    columns = {column_of(action, compiled.on.year) for action in actions_for(compiled)}
    return frozenset(
        held.id
        for held in compiled.conditions
        if any(leaf.column in columns for leaf in tree.leaves(held.effective))
    )


def score_asked(compiled: CompiledRule) -> Score | None:
    """The mark on the score of a rule that its verdict tests."""
    name = compiled.score
    if name is None:
        return None
    node = compiled.names[name].node
    for held in tree.walk(compiled.verdict):
        if isinstance(held, tree.Reaches) and held.score is node and held.op in (">", ">="):
            return Score(name, held.mark, Fraction(compiled.rule.scores[name].most))
    return None
