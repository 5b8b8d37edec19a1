"""`gaoxin cases`: run case files and print every difference (运行用例文件).

1. A file is read like a pack file: strictly, with a line for every value.
2. Its shape tells what it asks: `KINDS` lists the shapes. An engine that learns to answer a kind gives it a
   `run`.
3. Every case ends as an Outcome; the closing line counts them.

A kind nobody answers yet is said and ends the call with 2: cases that did not run have not passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click
from click.exceptions import Exit

from gaoxin.cli.console import FINDINGS, MISUSE, SOUND, Console, verb
from gaoxin.cli.due import as_document, national_calendar, written
from gaoxin.core.deadlines import LIMIT_UNITS, due_date
from gaoxin.core.errors import GaoxinError
from gaoxin.core.issues import Issue
from gaoxin.packs.reader import Document, read_document


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case, run: its differences, each a Chinese and an English sentence; none when it passed."""

    label: str
    file: str
    line: int
    differences: tuple[tuple[str, str], ...] = ()
    reason: str = ""

    @property
    def passed(self) -> bool:
        return not self.differences

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.label,
            "file": self.file,
            "line": self.line,
            "passed": self.passed,
            "differences": [{"zh": zh, "en": en} for zh, en in self.differences],
        }


@dataclass(frozen=True, slots=True)
class CaseKind:
    """A shape of case file: how to recognise it, and who answers it (None: nobody yet)."""

    zh: str
    en: str
    recognises: Callable[[Any], bool]
    run: Callable[[Document], Iterable[Outcome]] | None
    instead_zh: str = ""
    instead_en: str = ""


@verb()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
def command(console: Console, files: tuple[Path, ...]) -> int:
    """运行用例文件，列出与预期不同之处。Run case files and print every difference.

    最后一行是“N passed, M failed”。有用例没有通过时退出码为 1，有文件不能运行时为 2。
    """
    outcomes: list[Outcome] = []
    issues: list[Issue] = []
    not_run = False
    for path in files:
        document = read_document(path)
        issues += document.issues
        if not document.sound:
            not_run |= any(issue.code == "read.unreadable" for issue in document.issues)
            continue
        kind = next((kind for kind in KINDS if kind.recognises(document.data)), None)
        if kind is None or kind.run is None:
            issues.append(_cannot_run(document, kind))
            not_run = True
            continue
        found = list(kind.run(document))
        if not found:
            issues.append(_issue(document, "cases.empty", "文件里没有用例", "the file holds no cases"))
        outcomes += found
    failed = sum(not outcome.passed for outcome in outcomes)
    passed = len(outcomes) - failed
    document_out = {
        "passed": passed,
        "failed": failed,
        "cases": [outcome.as_dict() for outcome in outcomes],
        "issues": [issue.as_dict() for issue in issues],
    }
    console.show(document_out, [*_lines(console, outcomes, issues), f"{passed} passed, {failed} failed"])
    if not_run:
        raise Exit(MISUSE)
    return FINDINGS if failed or issues else SOUND


def _lines(console: Console, outcomes: Iterable[Outcome], issues: Iterable[Issue]) -> Iterator[str]:
    for issue in issues:
        yield issue.text(console.lang)
    for outcome in outcomes:
        for zh, en in outcome.differences:
            yield f"{outcome.file}:{outcome.line} {outcome.label} {console.text(zh, en)}"
        if outcome.reason and not outcome.passed:
            yield f"    {console.text('用例写的理由', 'reason in the case')}: {outcome.reason}"


def _cannot_run(document: Document, kind: CaseKind | None) -> Issue:
    if kind is None:
        return _issue(
            document,
            "cases.unknown_shape",
            "认不出这是哪一类用例；日历用例的样子是 cases: 下面每条有 start、limit、unit、expected",
            "no known kind of case; calendar cases have start, limit, unit, expected under cases:",
        )
    return _issue(
        document,
        "cases.not_run",
        f"{kind.zh}暂不能运行{kind.instead_zh}",
        f"{kind.en} cannot be run yet{kind.instead_en}",
    )


def _issue(document: Document, code: str, zh: str, en: str) -> Issue:
    return Issue(code, "error", zh, en, file=document.file, line=1)


# Calendar cases: when is it due?

_NEEDED = ("start", "limit", "unit", "expected")
_CASE_KEYS = (*_NEEDED, "id", "pauses", "reason")
_EXPECTED = ("due", "provisional", "received", "due_at", "counted", "left", "last_counted")


def is_calendar(data: Any) -> bool:
    """`cases:` with at least one case that has a start or a limit, or with none at all."""
    if not isinstance(data, dict) or "kind" in data or not isinstance(data.get("cases"), list):
        return False
    cases = data["cases"]
    return not cases or any(isinstance(case, dict) and {"start", "limit"} & case.keys() for case in cases)


def run_calendar(document: Document) -> Iterator[Outcome]:
    """Ask the calendar of the national pack for every due date."""
    assert isinstance(document.data, dict)
    cases = document.data["cases"]
    assert isinstance(cases, list)
    seen: set[str] = set()
    for index, case in enumerate(cases):
        label = str(case["id"]) if isinstance(case, dict) and case.get("id") else f"#{index + 1}"
        differences = [] if label not in seen else [(f"编号 {label} 重复", f"id {label} occurs twice")]
        seen.add(label)
        differences += _misshapen(case) or _compared(case)
        reason = str(case.get("reason") or "") if isinstance(case, dict) else ""
        line = document.mark(("cases", index)).line
        yield Outcome(label, document.file, line, tuple(differences), reason)


def _misshapen(case: Any) -> list[tuple[str, str]]:
    """What keeps a case from being run."""
    if not isinstance(case, dict):
        return [("用例应是一组键和值", "a case is a mapping")]
    found = [(f"缺少 {key}", f"{key} is missing") for key in _NEEDED if key not in case]
    # a note of the author's is welcome, a misspelt key would silently not count
    for key in case:
        near = [] if key in _CASE_KEYS else get_close_matches(key, _CASE_KEYS, n=1, cutoff=0.75)
        found += [(f"{key} 是不是 {known}", f"is {key} meant to be {known}") for known in near]
    if isinstance(case.get("limit"), bool) or not isinstance(case.get("limit", 0), int):
        found.append((f"limit 应是整数，写的是 {case['limit']}", f"limit {case['limit']} is no whole number"))
    if case.get("unit", LIMIT_UNITS[0]) not in LIMIT_UNITS:
        found.append((f"unit 应为 {'、'.join(LIMIT_UNITS)} 之一", f"unit is one of {', '.join(LIMIT_UNITS)}"))
    expected = case.get("expected", {"due": None})
    if not isinstance(expected, dict) or not expected or not expected.keys() <= set(_EXPECTED):
        found.append((f"expected 只能写 {'、'.join(_EXPECTED)}", f"expected holds {', '.join(_EXPECTED)}"))
    pauses = case.get("pauses") or []
    if not isinstance(pauses, list) or any(
        not isinstance(pause, dict) or pause.keys() != {"from", "to"} for pause in pauses
    ):
        found.append(("pauses 的每一条应有 from 和 to", "each of pauses has from and to"))
    return found


def _compared(case: Any) -> list[tuple[str, str]]:
    pauses = [(pause["from"], pause["to"]) for pause in case.get("pauses") or []]
    try:
        start = datetime.fromisoformat(str(case["start"]))
        deadline = due_date(start, case["limit"], case["unit"], national_calendar(), pauses)
    except GaoxinError as error:
        return [(error.zh, error.en)]
    except ValueError:
        return [
            (f"start 应写成 2026-09-17T10:00，写的是 {case['start']}", f"start {case['start']} is no time")
        ]
    given = as_document(deadline)
    found = [
        (
            f"{key} 应为 {_shown(wanted)}，算出 {_shown(given[key])}",
            f"{key} should be {_shown(wanted)}, got {_shown(given[key])}",
        )
        for key, wanted in case["expected"].items()
        if given[key] != _as_written(wanted)
    ]
    return [*found, (deadline.zh, deadline.en)] if found else []


def _as_written(wanted: Any) -> Any:
    """A moment with seconds or a space in the form the clock writes it."""
    if not isinstance(wanted, str) or len(wanted) <= len("2026-09-23"):
        return wanted
    try:
        return written(datetime.fromisoformat(wanted))
    except ValueError:
        return wanted


def _shown(value: object) -> str:
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


# Rule cases: who qualifies? A list of maps with rule, on, facts and expect.


def is_rule(data: Any) -> bool:
    return isinstance(data, list) and any(
        isinstance(case, dict) and ("rule" in case or {"facts", "expect"} <= case.keys()) for case in data
    )


_RULE_NEEDED = ("name", "rule", "on", "money_unit", "facts", "expect")
_RULE_KEYS = (*_RULE_NEEDED, "application", "shows", "reason")


def run_rules(document: Document) -> Iterator[Outcome]:
    """Ask the rules of the shipped packs about every case."""
    from gaoxin.packs.library import open_library
    from gaoxin.rules.book import RuleBook
    from gaoxin.rules.cases import CaseRunner

    assert isinstance(document.data, list)
    runner = CaseRunner(RuleBook(open_library()))
    seen: set[tuple[str, str]] = set()
    for index, case in enumerate(document.data):
        line = document.mark((index,)).line
        label = f"{case.get('rule')}“{case.get('name')}”" if isinstance(case, dict) else f"#{index + 1}"
        differences = _misshapen_rule_case(case)
        if not differences:
            key = (str(case["rule"]), str(case["name"]))
            differences = [("名称重复", "the name occurs twice")] if key in seen else []
            seen.add(key)
            differences += runner.run(_rule_case(case))
        reason = str(case.get("reason") or "") if isinstance(case, dict) else ""
        yield Outcome(label, document.file, line, tuple(differences), reason)


def _misshapen_rule_case(case: Any) -> list[tuple[str, str]]:
    if not isinstance(case, dict):
        return [("用例应是一组键和值", "a case is a mapping")]
    found = [(f"缺少 {key}", f"{key} is missing") for key in _RULE_NEEDED if key not in case]
    for key in case:
        if key not in _RULE_KEYS:
            near = get_close_matches(str(key), _RULE_KEYS, n=1, cutoff=0.6)
            hint_zh, hint_en = (f"，是不是 {near[0]}", f"; is it {near[0]}") if near else ("", "")
            found.append((f"不认识的键 {key}{hint_zh}", f"unknown key {key}{hint_en}"))
    if case.get("money_unit", "元") not in ("元", "万元", "亿元"):
        found.append(("money_unit 应为 元、万元、亿元 之一", "money_unit is one of 元, 万元, 亿元"))
    if case.get("application", "new") not in ("new", "renewal"):
        found.append(("application 应为 new 或 renewal", "application is new or renewal"))
    for key in ("facts", "expect"):
        if not isinstance(case.get(key, {}), dict):
            found.append((f"{key} 应是一组键和值", f"{key} is a mapping"))
    try:
        date.fromisoformat(str(case.get("on", "2026-01-01")))
    except ValueError:
        found.append((f"on 应是日期，写的是 {case['on']}", f"on is a day, got {case['on']}"))
    unknown = set(case["expect"]) - set(_RULE_EXPECTED) if isinstance(case.get("expect"), dict) else set()
    found += [(f"expect 不认识 {key}", f"expect does not know {key}") for key in sorted(unknown)]
    return found


_RULE_EXPECTED = ("verdict", "score", "not_met", "missing", "amount", "class", "version", "completeness")


def _rule_case(case: Mapping[str, Any]) -> Any:
    from gaoxin.rules.cases import Case

    return Case(
        rule=str(case["rule"]),
        name=str(case["name"]),
        on=date.fromisoformat(str(case["on"])),
        money_unit=case["money_unit"],
        facts=case["facts"],
        expect=case["expect"],
        application=case.get("application", "new"),
    )


def is_pack(data: Any) -> bool:
    return isinstance(data, dict) and data.get("kind") == "cases"


KINDS: tuple[CaseKind, ...] = (
    CaseKind("日历用例", "calendar cases", is_calendar, run_calendar),
    CaseKind("规则用例", "rule cases", is_rule, run_rules),
    CaseKind("内容包用例", "pack cases", is_pack, None, "，请用 gaoxin check", "; use gaoxin check"),
)
