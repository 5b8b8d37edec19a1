"""What was found about each figure of a text (核对结论)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gaoxin.reading.verifying.causes import Cause, Verdicts, verdict_of, words

if TYPE_CHECKING:
    from gaoxin.reading.reader import Reading

Working = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one figure was judged, why, and what should stand there.

    `claim`: index in `Reading.claims`. `expected`: in the wording of the text, ready to be put in its place.
    `replacement`: offsets in the file and the new characters; None where nothing may be replaced. `facts`:
    ids of the observations it was held against; a derived one is named after its inputs. `others`: claims of
    the text that contradict it. `workings`: label and sum, lines for the evidence card.
    """

    claim: int
    verdict: Verdicts
    cause: str
    zh: str
    en: str
    expected: str | None = None
    replacement: tuple[int, int, str] | None = None
    facts: tuple[str, ...] = ()
    others: tuple[int, ...] = ()
    workings: tuple[Working, ...] = ()

    @property
    def needs_change(self) -> bool:
        """Wrong against the facts, or against the rest of the text."""
        return self.verdict in ("mismatch", "inconsistent")


def conclude(
    claim: int,
    cause: Cause,
    zh: dict[str, str] | None = None,
    en: dict[str, str] | None = None,
    **more: Any,
) -> Verdict:
    """The verdict a cause leads to, in its words."""
    said = words(cause, zh or {}, en)
    return Verdict(claim, verdict_of(cause), cause.value, said[0], said[1], **more)


@dataclass(frozen=True)
class Checked:
    """A text with a verdict for every figure, in the order of the text."""

    reading: Reading
    verdicts: tuple[Verdict, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many figures have each verdict; every verdict is there."""
        held = Counter(verdict.verdict for verdict in self.verdicts)
        return {name: held[name] for name in ("match", "mismatch", "inconsistent", "unsupported")}

    @property
    def problems(self) -> tuple[Verdict, ...]:
        """What has to be changed, in text order."""
        return tuple(verdict for verdict in self.verdicts if verdict.needs_change)

    def records(self) -> list[dict[str, Any]]:
        """One object for each figure, as `gaoxin verify --json` prints it; the key names are fixed."""
        return [
            {
                **self.reading.claims[verdict.claim].record(),
                "verdict": verdict.verdict,
                "reason": verdict.zh,
                "reason_en": verdict.en,
                "cause": verdict.cause,
                "expected": verdict.expected,
                "facts": list(verdict.facts),
                "others": list(verdict.others),
                "replacement": None if verdict.replacement is None else list(verdict.replacement),
                "workings": [list(line) for line in verdict.workings],
            }
            for verdict in self.verdicts
        ]

    def summary(self, lang: str = "zh") -> str:
        """36 个数字，7 处要改，2 处查无依据"""
        total, wrong, open_ = len(self.verdicts), len(self.problems), self.counts["unsupported"]
        if lang == "zh":
            return f"{total} 个数字，{wrong} 处要改" + (f"，{open_} 处查无依据" if open_ else "")
        return f"{total} figures, {wrong} to change" + (f", {open_} without a source" if open_ else "")
