"""Which missing figure to ask for first: the one whose answer settles most subjects (先问什么).

A figure that can no longer change a verdict is in no open set and is never asked. A subject is certainly
settled once every figure of its open set is known; asking goes on where that settles most of those left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gaoxin.rules.matching import Matched, RuleColumns


@dataclass(frozen=True, slots=True)
class Question:
    """A metric to ask for, in its turn.

    `settles`: subjects certainly settled by this answer and those before it. `alone`: subjects that lack
    nothing else. `concerns`: subjects whose verdict it can still change. `expert`: experts must be asked.
    """

    metric: str
    expert: bool
    settles: int
    alone: int
    concerns: int


def questions(matched: Matched, rule: str) -> tuple[Question, ...]:
    """What to ask the subjects that are still open, in the order that settles most of them first.

    Ties go to what weighs more in the sets left open, then to data before judgements, then to the id.
    """
    columns = matched.rules[rule]
    counted = matched.frames[rule].group_by("missing").len()
    left = Counter({frozenset(columns.metrics(mask)): count for mask, count in counted.iter_rows() if mask})
    weights = _concerned(left)
    alone = {metric: left.get(frozenset((metric,)), 0) for metric in weights}
    asked: list[Question] = []
    while left:
        metric = min(_concerned(left), key=lambda name: _turn(name, left, columns))
        settles = left.get(frozenset((metric,)), 0)
        asked.append(
            Question(metric, metric in columns.compiled.experts, settles, alone[metric], weights[metric])
        )
        after: Counter[frozenset[str]] = Counter()
        for lacking, count in left.items():
            if lacking - {metric}:
                after[lacking - {metric}] += count
        left = after
    return tuple(asked)


def _turn(
    metric: str, left: Mapping[frozenset[str], int], columns: RuleColumns
) -> tuple[int, Fraction, bool, str]:
    weight = sum(
        (Fraction(count, len(lacking)) for lacking, count in left.items() if metric in lacking), Fraction(0)
    )
    return -left.get(frozenset((metric,)), 0), -weight, metric in columns.compiled.experts, metric


def _concerned(left: Mapping[frozenset[str], int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for lacking, count in left.items():
        found.update(dict.fromkeys(lacking, count))
    return found
