"""Ten thousand characters read, then verified against a hundred thousand observations, in its own process.

    python ours.py CHARACTERS OBSERVATIONS

Building reader and verifier is done once for any number of texts and told apart.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from material import base, draft

from gaoxin.packs.library import open_library
from gaoxin.reading.reader import Reader
from gaoxin.reading.verifying import Verifier

Made = TypeVar("Made")
PUBLISHED = date(2022, 9, 20)


def timed(work: Callable[[], Made], times: int = 1) -> tuple[Made, float]:
    """What was made, and the CPU seconds of the best of some runs."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        made = work()
        best = min(best, time.process_time() - started)
    return made, best


def main() -> None:
    characters, observations = int(sys.argv[1]), int(sys.argv[2])
    text = draft(characters)
    library = open_library()
    facts = base(library, observations)
    reader, reader_built = timed(lambda: Reader(library.metrics, facts.subjects.values()))
    _, first_read = timed(lambda: reader.read(text, PUBLISHED))
    reading, read = timed(lambda: reader.read(text, PUBLISHED), 3)
    verifier, built = timed(
        lambda: Verifier(
            facts, library.metrics, library.derivations.values(), rules=library.logic_rules.values()
        )
    )
    checked, first = timed(lambda: verifier.verify(reading))
    _, again = timed(lambda: verifier.verify(reading), 3)
    print(
        json.dumps(
            {
                "characters": len(text),
                "observations": len(facts),
                "figures": len(checked.verdicts),
                "counts": checked.counts,
                "reader_built": reader_built,
                "first_read": first_read,
                "read": read,
                "verifier_built": built,
                "first_verify": first,
                "verify": again,
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
