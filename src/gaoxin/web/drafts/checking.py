"""Reads a text and holds every figure of it against the facts of its zone (读数与核对).

The readers of a process are kept: which names and metrics exist changes only when subjects are added or
packs are loaded. Facts are laid out anew for every check: they are those of this moment.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from gaoxin.facts.records import Subject
from gaoxin.web.drafts.facts import Facts
from gaoxin.web.ledger import catalogue

if TYPE_CHECKING:
    from gaoxin.reading.reader import Reader
    from gaoxin.reading.verifying import Checked


def check_text(text: str, published: date, facts: Facts) -> Checked:
    """Every figure of the text with its verdict."""
    from gaoxin.reading.verifying import verify  # loaded with the first draft, not with every page

    library = catalogue.library()
    subjects = tuple(sorted(facts.base.subjects.values(), key=lambda subject: subject.code))
    reading = _reader(subjects).read(text, published)
    return verify(
        reading,
        facts.base,
        library.metrics,
        library.derivations.values(),
        questions=_questions(facts),
        rules=library.logic_rules.values(),
    )


def _questions(facts: Facts) -> dict[str, str]:
    """What a person still has to settle, by observation."""
    asked = {number: catalogue.spec_of(ref) for number, ref in facts.refs.items()}
    return {
        number: spec.question.zh
        for number, spec in asked.items()
        if spec is not None and spec.question is not None
    }


@lru_cache(maxsize=8)
def _reader(subjects: tuple[Subject, ...]) -> Reader:
    from gaoxin.reading.reader import Reader

    return Reader(catalogue.library().metrics, subjects)
