"""Some steps of some actions, what they cost and bring about, and which of them is better (选项)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from gaoxin.compute.reference import Outcome

Steps = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """Some steps and what they bring about. `outcomes` in the order of the atoms they belong to.

    `lead`: how long the longest step takes, as a number that sorts.
    """

    cost: Fraction
    lead: Fraction
    steps: Steps
    outcomes: tuple[Outcome, ...]

    @property
    def size(self) -> int:
        return len(self.steps)

    @property
    def key(self) -> tuple[Fraction, int, Fraction, Steps]:
        """Cheapest first; then fewest actions, shortest time, ids."""
        return self.cost, self.size, self.lead, self.steps

    def beside(self, other: Option) -> Option:
        """Both together."""
        return Option(
            self.cost + other.cost,
            max(self.lead, other.lead),
            tuple(sorted(self.steps + other.steps)),
            self.outcomes + other.outcomes,
        )

    def never_dearer(self, other: Option) -> bool:
        """Is it at least as good in cost, number, time and ids, whatever stands beside it?"""
        mine, theirs = (self.cost, self.size), (other.cost, other.size)
        if mine != theirs:
            return mine < theirs
        return self.lead <= other.lead and self.steps <= other.steps


NOTHING_DONE = Option(Fraction(0), Fraction(0), (), ())


def keep_best(held: list[Option], option: Option) -> None:
    """Add an option to others with the same outcomes; those that another is better than fall out."""
    if not any(other.never_dearer(option) for other in held):
        held[:] = [other for other in held if not option.never_dearer(other)] + [option]
