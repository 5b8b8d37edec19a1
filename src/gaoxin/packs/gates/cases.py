"""Gate 5, cases: does the content give the answers its authors worked out by hand?

The calendar is asked here. Who evaluates cross-checks and derivations lives on the floor above, handed in
as an `Evaluator`; a kind of question nobody answers is said once, as a warning, never passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from gaoxin.core.deadlines import due_date
from gaoxin.core.errors import GaoxinError
from gaoxin.core.issues import Issue
from gaoxin.core.quantities import round_half_up
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import PackCase

Bounds = tuple[Fraction | None, Fraction | None]
Answer = str | bool | Bounds | None

# Answers one case with a value for every name it expects.
# Units: numbers as exact fractions, in the unit the check prints the name in.
# Missing: a name that cannot be answered is absent; None stands for "no value".
Evaluator = Callable[[Library, PackCase], Mapping[str, Answer]]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case, run: what it expected, what came out, and every difference."""

    case: PackCase
    issues: tuple[Issue, ...]

    @property
    def passed(self) -> bool:
        return not self.issues


def run_cases(library: Library, evaluators: Mapping[str, Evaluator]) -> list[CaseResult]:
    """Run every case whose kind of question somebody answers."""
    known = {"due": answer_deadline, **evaluators}
    return [_run(library, case, known[case.question]) for case in library.cases if case.question in known]


def check_cases(library: Library, evaluators: Mapping[str, Evaluator]) -> list[Issue]:
    """All differences between the cases and what the content gives."""
    results = run_cases(library, evaluators)
    issues = [issue for result in results for issue in result.issues]
    ran = {id(result.case) for result in results}
    unanswered = [case for case in library.cases if id(case) not in ran]
    for question in sorted({case.question for case in unanswered}):
        first = next(case for case in unanswered if case.question == question)
        count = sum(case.question == question for case in unanswered)
        issues.append(
            Issue(
                code="case.not_run",
                severity="warning",
                zh=f"{count} 个 {question} 用例没有运行：没有装上求值器",
                en=f"{count} {question} cases were not run: nobody evaluates them here",
                file=first.origin.file,
                line=first.origin.line,
            )
        )
    return issues


def answer_deadline(library: Library, case: PackCase) -> Mapping[str, Answer]:
    """When is it due, and is that final?"""
    asked = case.due
    if asked is None:
        return {}
    pauses = [(pause.start, pause.end) for pause in asked.pauses]
    found = due_date(
        datetime.fromisoformat(asked.start), asked.limit, asked.unit, library.calendar(), pauses=pauses
    )
    return {"due": _written(found.due), "provisional": found.provisional}


def _run(library: Library, case: PackCase, answer: Evaluator) -> CaseResult:
    try:
        given = answer(library, case)
    except (GaoxinError, ValueError) as error:
        zh, en = (error.zh, error.en) if isinstance(error, GaoxinError) else (str(error), str(error))
        words = (f"用例 {case.label} 无法运行：{zh}", f"case {case.label} cannot be run: {en}")
        return CaseResult(case, (_issue(case, (), *words),))
    return CaseResult(case, tuple(_differences(case, given)))


def _differences(case: PackCase, given: Mapping[str, Answer]) -> Iterable[Issue]:
    for name, expected in case.expect.items():
        if name not in given:
            words = (f"没有得出 {name}", f"nothing was given for {name}")
        elif agrees(expected, given[name]):
            continue
        else:
            shown, wanted = show(given[name]), show(expected)
            words = (f"{name} 应为 {wanted}，得出 {shown}", f"{name} should be {wanted}, got {shown}")
        zh, en = words
        yield _issue(case, ("expect", name), f"用例 {case.label}：{zh}", f"case {case.label}: {en}")


def agrees(expected: str | bool | tuple[str | None, str | None] | None, given: Answer) -> bool:
    """True if an answer is what a case expects, to the digits the case writes.

    Rounding: an end of a range agrees if it rounds, half away from zero, to what is written; a single number
    must be what both ends round to.
    """
    if isinstance(expected, tuple):
        if not isinstance(given, tuple):
            return False
        return all(_end_agrees(text, end) for text, end in zip(expected, given, strict=True))
    if isinstance(expected, str) and isinstance(given, tuple):
        return all(_end_agrees(expected, end) for end in given)
    return expected == given


def show(value: object) -> str:
    """An answer as a message prints it."""
    if isinstance(value, tuple):
        return "[" + ", ".join(show(end) for end in value) + "]"
    if isinstance(value, Fraction):
        return str(value.numerator) if value.denominator == 1 else format(round_half_up(value, 4), "f")
    if isinstance(value, bool):
        return "true" if value else "false"
    return "∅" if value is None else str(value)


def _end_agrees(text: str | None, end: Fraction | None) -> bool:
    if text is None or end is None:
        return text is None and end is None
    if "/" in text:
        return Fraction(text) == end
    return Decimal(text) == round_half_up(end, len(text.partition(".")[2]))


def _written(due: date | datetime | None) -> str | None:
    if isinstance(due, datetime):
        return due.strftime("%Y-%m-%dT%H:%M")
    return due.isoformat() if due is not None else None


def _issue(case: PackCase, path: tuple[str, ...], zh: str, en: str) -> Issue:
    origin = case.origin.at(*path)
    mend = ("算一遍再改内容或用例", "work it out again, then mend the content or the case")
    return Issue("case.failed", "error", zh, en, origin.file, origin.line, mend_zh=mend[0], mend_en=mend[1])
