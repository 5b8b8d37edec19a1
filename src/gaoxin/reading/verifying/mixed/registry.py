"""Which functions look for the key a wrong figure belongs to, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gaoxin.facts.records import Observation
from gaoxin.reading.claims import Claim
from gaoxin.reading.verifying.asking import Asked
from gaoxin.reading.verifying.comparing import compare, same_kind
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.index import Figure
from gaoxin.reading.verifying.said import Said
from gaoxin.reading.verifying.verdicts import Verdict

# Digits that make it unlikely that two figures are equal by chance: with a contradicted fact beside it, and
# without any.
FEWEST_DIGITS = 2
FEWEST_ALONE = 3
# Of any metric at all, whether it is easily mixed up or not.
FEWEST_ANYWHERE = 4


@dataclass(frozen=True)
class Suspicion:
    """A figure that does not agree. `right`: the fact of its own key, None where there is none."""

    desk: Desk
    position: int
    claim: Claim
    said: Said
    asked: Asked
    right: Figure | None

    @property
    def is_telling(self) -> bool:
        """An equal figure elsewhere would hardly be chance."""
        return self.digits >= (FEWEST_DIGITS if self.right is not None else FEWEST_ALONE)

    @property
    def digits(self) -> int:
        """Significant digits; a fraction such as 1/7 says as much as two."""
        return FEWEST_DIGITS if self.said.is_fraction else self.said.digits

    def matching(self, figures: Iterable[Figure]) -> Iterator[Observation]:
        """The facts among some that say the very number of the text."""
        for figure in figures:
            for fact in figure.statements:
                if fact.value.is_number and same_kind(self.claim.dimension, fact.value.dimension):
                    outcome = compare(self.said, fact.value)
                    if outcome.agrees and (self.said.op == "=" or outcome.cause.value == "same"):
                        yield fact

    def correction(self) -> tuple[str | None, tuple[int, int, str] | None]:
        """What should stand there by the fact of its own key."""
        if self.right is None or self.right.standing is None:
            return None, None
        return self.desk.correction(self.position, self.right.standing)

    def own_fact(self) -> str:
        return "" if self.right is None else self.desk.fact(self.right.first)

    def facts(self, *more: Observation) -> tuple[str, ...]:
        own = () if self.right is None else (self.right.first.id,)
        return tuple(dict.fromkeys((*own, *(fact.id for fact in more))))


Suspect = Callable[[Suspicion], Verdict | None]
_SUSPECTS: dict[int, Suspect] = {}


def suspects(order: int) -> Callable[[Suspect], Suspect]:
    """Enter a function; the lower its order, the earlier it is asked."""

    def entered(suspect: Suspect) -> Suspect:
        if order in _SUSPECTS:
            raise ValueError(f"a suspect has order {order} already")
        _SUSPECTS[order] = suspect
        return suspect

    return entered


def accuse(suspicion: Suspicion) -> Verdict | None:
    """The first suspect that names the mistake; None where the number belongs to nothing else."""
    for _, suspect in sorted(_SUSPECTS.items()):
        verdict = suspect(suspicion)
        if verdict is not None:
            return verdict
    return None
