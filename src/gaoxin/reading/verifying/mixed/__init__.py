"""A wrong figure may be the right one of something else: which? (张冠李戴)

1. A figure does not agree with the fact of its own key, or its key has no fact.
2. The suspects look at the keys beside it, one module per kind: the other of a pair, another whole, period,
   metric, subject or kind of figure.
3. The first that finds the very number names the mistake.

To add a suspect, write a module with a function that carries `@suspects` and import it here.
"""

from gaoxin.reading.verifying.mixed import (
    currencies,
    denominators,
    kinds,
    metrics,
    pairs,
    periods,
    subjects,
)
from gaoxin.reading.verifying.mixed.registry import Suspicion, accuse

__all__ = [
    "Suspicion",
    "accuse",
    "currencies",
    "denominators",
    "kinds",
    "metrics",
    "pairs",
    "periods",
    "subjects",
]
