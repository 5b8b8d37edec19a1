"""Correct drafts about the zones raise next to no alarm; with one planted error each, the error is found.

The drafts in `planted/` say what the packs know in other words, units and roundings; three of them
are about invented places and can only be held against themselves. `planted/errors.yaml` has the errors.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

import gaoxin as gx
from gaoxin.reading.verifying import Checked, Verdict

PLANTED = Path(__file__).parent / "planted"
PUBLISHED = date(2022, 9, 20)
INVENTED = {
    "invented_zone": date(2024, 2, 1),
    "invented_city": date(2024, 4, 25),
    "invented_data": date(2024, 4, 25),
}
FALSE_ALARMS, FOUND = 0.02, 0.90


@dataclass(frozen=True)
class PlantedError:
    draft: str
    replace: str
    by: str
    kind: str
    verdict: str
    cause: str

    def text(self) -> str:
        return drafts()[self.draft].replace(self.replace, self.by)

    def place(self) -> tuple[int, int]:
        start = drafts()[self.draft].index(self.replace)
        return start, start + len(self.by)


@cache
def drafts() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in sorted(PLANTED.glob("*.txt"))}


@cache
def errors() -> tuple[PlantedError, ...]:
    entries = yaml.safe_load((PLANTED / "errors.yaml").read_text("utf-8"))["errors"]
    return tuple(PlantedError(**entry) for entry in entries)


@cache
def workspace() -> gx.Workspace:
    return gx.open()


def checked(draft: str, text: str) -> Checked:
    return workspace().verify(text, published=INVENTED.get(draft, PUBLISHED))


@cache
def clean(draft: str) -> Checked:
    return checked(draft, drafts()[draft])


def is_found(error: PlantedError) -> tuple[bool, bool, str]:
    """Whether the planted figure or one it contradicts is called wrong; as expected; and what was said.

    What is called wrong in the correct draft too does not count.
    """
    start, end = error.place()
    found = checked(error.draft, error.text())
    claims = found.reading.claims
    always = {
        (clean(error.draft).reading.claims[v.claim].quote, v.cause) for v in clean(error.draft).problems
    }
    at_place = {i for i, claim in enumerate(claims) if claim.start < end and start < claim.end}
    alarms = [
        verdict
        for verdict in found.problems
        if _concerns(verdict, at_place, found, (start, end))
        and (claims[verdict.claim].quote, verdict.cause) not in always
    ]
    said = "; ".join(f"{claims[v.claim].quote} {v.verdict} {v.cause}" for v in alarms)
    return bool(alarms), any(v.verdict == error.verdict for v in alarms), said


def _concerns(verdict: Verdict, at_place: set[int], found: Checked, place: tuple[int, int]) -> bool:
    """It judges a figure at the place or contradicts one there; where a name was changed, its sentence."""
    if verdict.claim in at_place or at_place & set(verdict.others):
        return True
    first, last = found.reading.claims[verdict.claim].sentence
    return not at_place and first < place[1] and place[0] < last


def test_the_errors_are_at_least_sixty_of_twenty_kinds_and_each_has_its_place() -> None:
    assert len(errors()) >= 60
    assert len({error.kind for error in errors()}) >= 20
    for error in errors():
        assert drafts()[error.draft].count(error.replace) == 1, error
        assert error.replace != error.by
        assert error.verdict in ("mismatch", "inconsistent")


def test_correct_drafts_raise_next_to_no_alarm(capsys: pytest.CaptureFixture[str]) -> None:
    alarms = []
    figures = 0
    for name in drafts():
        found = clean(name)
        figures += len(found.verdicts)
        alarms += [
            f"{name}: {found.reading.claims[v.claim].quote} {v.verdict} {v.cause} {v.zh}"
            for v in found.problems
        ]
    with capsys.disabled():
        sys.stdout.write(
            f"\n{figures} correct figures, {len(alarms)} false alarms\n" + "\n".join(alarms) + "\n"
        )
    assert figures >= 130
    assert len(alarms) <= FALSE_ALARMS * figures, alarms


def test_most_planted_errors_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    planted, found, as_expected = Counter(), Counter(), Counter()  # type: ignore[var-annotated]
    missed = []
    for error in errors():
        is_there, is_expected, said = is_found(error)
        planted[error.kind] += 1
        found[error.kind] += is_there
        as_expected[error.kind] += is_expected
        if not is_there:
            missed.append(f"{error.draft}: {error.replace} → {error.by} ({error.kind}) {said}")
    lines = [f"{'':30}{'planted':>9}{'found':>9}{'verdict':>9}"]
    lines += [f"{kind:30}{planted[kind]:>9}{found[kind]:>9}{as_expected[kind]:>9}" for kind in planted]
    lines.append(f"{'all':30}{planted.total():>9}{found.total():>9}{as_expected.total():>9}")
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join([*lines, *missed]) + "\n")
    assert found.total() >= FOUND * planted.total(), missed
