"""A draft held against facts (核稿): reading and verifying put together.

What a set of facts says is laid out once, so that a second draft costs only itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gaoxin.workspace.reading import publication_day, words_of

if TYPE_CHECKING:
    from gaoxin.facts.factbase import FactBase
    from gaoxin.packs.library import Library
    from gaoxin.reading.reader import Reader
    from gaoxin.reading.verifying import Checked, Verifier


@dataclass(frozen=True)
class Checker:
    """A reader and a verifier over one set of facts, for any number of texts."""

    reader: Reader
    verifier: Verifier

    @classmethod
    def of(cls, library: Library, facts: FactBase) -> Checker:
        """Knows the catalogue, the subjects of the facts, and what a person still has to settle of them."""
        from gaoxin.reading.reader import Reader
        from gaoxin.reading.verifying import Verifier

        questions = {spec.id: spec.question.zh for spec in library.observations if spec.question is not None}
        return cls(
            Reader(library.metrics, facts.subjects.values()),
            Verifier(
                facts,
                library.metrics,
                library.derivations.values(),
                questions=questions,
                rules=library.logic_rules.values(),
            ),
        )

    def check(self, given: str | Path, published: str | date | None = None) -> Checked:
        """Every figure of a file or a text, judged by the facts and by the rest of the text.

        Raises: PaperError for a file that is no readable draft, PeriodError for a day that is none.
        """
        return self.check_text(words_of(given), publication_day(published))

    def check_text(self, text: str, published: date | None = None) -> Checked:
        """The same of a text, whatever it looks like."""
        return self.verifier.verify(self.reader.read(text, published))
