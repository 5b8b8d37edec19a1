"""The pages of an import as people read them (导入页): columns with samples, lines with judgement and
treatment.

What is decided is in `gaoxin.web.imports`; this module finds words, chips and places.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gaoxin.core.periods import Period
from gaoxin.core.quantities import format_number, from_storage
from gaoxin.facts.ingest.lines import DECISIONS, JUDGEMENTS, Line
from gaoxin.facts.ingest.mapping import Column, Mapping, Question
from gaoxin.facts.ingest.slips import SlipGroup
from gaoxin.facts.ingest.workbook import Table, column_letters
from gaoxin.packs.schemas import Metric
from gaoxin.web.imports.models import ImportRun, State
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.moments import when
from gaoxin.web.pages import names
from gaoxin.web.pages.quantity_words import unit_name
from gaoxin.web.pages.scope import language

STEPS = (State.UPLOADED, State.MAPPING, State.REVIEW, State.ACCEPTED)
# judgement → chip and icon
CHIPS: dict[str, tuple[str, str]] = {
    "unit_slip": ("torch", "scale"),
    "jump": ("soon", "alert"),
    "fell": ("soon", "dn"),
    "part": ("soon", "alert"),
    "look": ("soon", "help"),
    "sheet": ("torch", "help"),
    "gone": ("no", "na"),
    "error": ("no", "no"),
    "new": ("expert", "plus"),
    "changed": ("na", "refresh"),
    "unchanged": ("na", "equal"),
}
STATE_CHIPS: dict[str, tuple[str, str]] = {
    State.UPLOADED: ("expert", "clock"),
    State.MAPPING: ("torch", "cols"),
    State.CHECKING: ("expert", "clock"),
    State.REVIEW: ("torch", "scale"),
    State.ACCEPTING: ("expert", "clock"),
    State.ACCEPTED: ("yes", "yes"),
    State.CANCELLED: ("na", "na"),
    State.FAILED: ("no", "no"),
    State.WITHDRAWN: ("na", "undo"),
}
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class RunLine:
    """One import in the list."""

    id: str
    file: str
    period: str
    state: str
    chip: str
    icon: str
    who: str
    at: str
    rows: int | None
    ended: bool


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    name: str
    css: str


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of the sheet: what stands in it, and what it was understood to be."""

    index: int
    letters: str
    header: str
    samples: tuple[str, ...]
    means: str
    role: str
    is_metric: bool
    unit: str
    period: str
    scope: str
    questions: tuple[str, ...]
    choices: tuple[str, ...]
    choice_kind: str
    settled: bool


@dataclass(frozen=True, slots=True)
class Choice:
    decision: str
    word: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Bulk:
    """All open lines of one judgement, decided at once."""

    judgement: str
    word: str
    count: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One line of the review."""

    key: str
    id: str
    place: str
    name: str
    metric: str
    period: str
    old: str
    base: str
    new: str
    struck: str
    change: str
    chip: str
    icon: str
    word: str
    remark: str
    choices: tuple[Choice, ...]
    hit: bool
    open: bool


def bulk_acts(lines: Sequence[Line], decisions: Dictionary[str, str]) -> list[Bulk]:
    """What may be decided at once, judgement by judgement; slips have a banner of their own."""
    lang = language()
    still: dict[str, list[Line]] = {}
    for line in lines:
        if line.judgement not in ("unit_slip", "sheet") and decisions.get(line.key) not in line.options:
            still.setdefault(line.judgement, []).append(line)
    return [
        Bulk(
            judgement,
            JUDGEMENTS[judgement][lang != "zh"],
            len(found),
            tuple(Choice(option, _decision(judgement, option, lang), False) for option in found[0].options),
        )
        for judgement, found in still.items()
        if len(found) > 1
    ]


def _decision(judgement: str, option: str, lang: str) -> str:
    """The word of a decision; of a firm that is missing nothing old is kept: it is not reported."""
    if (judgement, option) == ("gone", "keep_old"):
        return _("记作未报")
    if (judgement, option) == ("gone", "send_back"):
        return _("列入退回名单")
    return DECISIONS[option][lang != "zh"]


def run_line(run: ImportRun) -> RunLine:
    chip, icon = STATE_CHIPS[run.state]
    return RunLine(
        id=str(run.pk),
        file=run.file_name,
        period=period_word(run.period),
        state=str(State(run.state).label),
        chip=chip,
        icon=icon,
        who=run.by_name,
        at=when(run.at),
        rows=run.counts.get("read"),
        ended=run.state in (State.ACCEPTED, State.CANCELLED, State.FAILED, State.WITHDRAWN),
    )


def steps(state: str) -> list[Step]:
    """选文件 → 对上列名 → 核对变化 → 入库, with where this run stands."""
    names_ = (_("选文件"), _("对上列名"), _("核对变化"), _("入库"))
    here = {
        State.UPLOADED: 0,
        State.MAPPING: 1,
        State.CHECKING: 2,
        State.REVIEW: 2,
        State.ACCEPTING: 3,
        State.ACCEPTED: 4,
        State.WITHDRAWN: 4,
    }.get(State(state), -1)
    return [
        Step(n + 1, name, "done" if n < here else "now" if n == here else "") for n, name in enumerate(names_)
    ]


def period_word(code: str) -> str:
    return names.period_name(Period.parse(code)) if code else ""


def column_lines(mapping: Mapping, table: Table) -> list[ColumnLine]:
    asked: dict[int, list[Question]] = {}
    for question in mapping.questions:
        if question.column is not None:
            asked.setdefault(question.column, []).append(question)
    return [_column(column, mapping, table, asked.get(column.index, [])) for column in mapping.columns]


def shared_units(mapping: Mapping) -> list[tuple[tuple[str, ...], int]]:
    """The units to choose from where several columns lack theirs, and how many columns that are."""
    asked: dict[tuple[str, ...], int] = {}
    for question in mapping.questions:
        if question.kind == "unit" and question.choices:
            asked[question.choices] = asked.get(question.choices, 0) + 1
    return [(choices, count) for choices, count in asked.items() if count > 1]


def sheet_questions(mapping: Mapping) -> list[str]:
    """Questions that are about no single column."""
    return [_said(question) for question in mapping.questions if question.column is None]


def _column(column: Column, mapping: Mapping, table: Table, asked: Sequence[Question]) -> ColumnLine:
    metric = catalogue.library().metrics.get(column.metric or "")
    first = asked[0] if asked else None
    choices = first.choices if first is not None else ()
    if first is not None and first.kind == "metric":
        choices = tuple(names.metric_name(catalogue.metric(code)) for code in choices)
    return ColumnLine(
        index=column.index,
        letters=column_letters(column.index),
        header=column.header,
        samples=_samples(column, mapping, table),
        means=names.metric_name(metric) if metric is not None else role_name(column.role),
        role=column.role,
        is_metric=metric is not None,
        unit=column.unit or "",
        period=period_word(column.period or ""),
        scope=_scope(column, metric),
        questions=tuple(_said(question) for question in asked),
        choices=choices,
        choice_kind=first.kind if first is not None and choices else "",
        settled=not asked and column.role != "unknown",
    )


def _scope(column: Column, metric: Metric | None) -> str:
    """What is counted, and first that a growth is meant and no level."""
    if metric is None:
        return ""
    kind = names.kind_name(column.figure) if column.figure != "level" else ""
    return " · ".join(part for part in (kind, names.word(metric.scope)) if part)


def role_name(role: str) -> str:
    return {
        "uscc": _("统一社会信用代码"),
        "name": _("企业名称"),
        "metric": _("指标"),
        "growth": _("增速（不导入）"),
        "row_number": _("序号"),
        "ignored": _("不导入"),
        "unknown": _("没对上"),
        "indicator": _("指标名称列"),
        "value": _("数值列"),
        "unit": _("单位列"),
        "period": _("时期列"),
        "subject": _("主体列"),
        "of": _("占谁的"),
        "figure": _("数的种类"),
    }.get(role, _("没对上"))


def roles_offered() -> list[tuple[str, str]]:
    return [(role, role_name(role)) for role in ("uscc", "name", "row_number", "ignored")]


def _samples(column: Column, mapping: Mapping, table: Table) -> tuple[str, ...]:
    found: list[str] = []
    for row in table.rows[mapping.first_row :]:
        if column.index < len(row) and row[column.index] not in ("", None):
            found.append(_plain(row[column.index]))
        if len(found) == _SAMPLES:
            break
    return tuple(found)


def _plain(cell: object) -> str:
    """A cell as the sheet shows it; a workbook keeps 330 as 330.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[:24]


def _said(question: Question) -> str:
    return question.en if language() == "en" else question.zh


def slip_words(group: SlipGroup) -> tuple[str, str]:
    """The suspicion in one sentence, and its evidence."""
    if language() == "en":
        return group.en, group.evidence_en
    return group.zh, group.evidence_zh


def review_line(line: Line, decisions: Dictionary[str, str]) -> ReviewLine:
    lang = language()
    chosen = decisions.get(line.key, "")
    chip, icon = CHIPS[line.judgement]
    metric = catalogue.library().metrics.get(line.metric)
    unit = unit_name(line.unit, lang) if line.unit else ""
    slip = line.converted is not None and chosen != "keep"
    remark = (line.zh or line.mend_zh) if lang == "zh" else (line.en or line.mend_en)
    mend = line.mend_zh if lang == "zh" else line.mend_en
    if mend and mend != remark:
        remark = f"{remark}；{mend}" if lang == "zh" else f"{remark}; {mend}"
    base = period_word(line.base_period)
    return ReviewLine(
        key=line.key,
        id=line.key.replace("/", "-").replace(":", "-"),
        place=_("第 %d 行") % line.row
        if line.row is not None
        else ""
        if line.judgement == "sheet"
        else _("原表没有"),
        name=line.name,
        metric=names.metric_name(metric)
        if metric is not None
        else _(line.metric_zh)
        if line.metric_zh
        else "",
        period=period_word(line.period),
        old=_amount(line.old, line.unit, line.old_text, unit),
        base=base,
        new=_amount(line.converted if slip else line.new, line.unit, line.new_text, unit)
        or (_("%d 个数") % line.figures if line.column is None and line.judgement == "new" else ""),
        struck=_amount(line.new, line.unit, "", "") if slip else "",
        change=_change(line),
        chip=chip,
        icon=icon,
        word=JUDGEMENTS[line.judgement][lang != "zh"],
        remark=remark,
        choices=tuple(
            Choice(option, _decision(line.judgement, option, lang), option == chosen)
            for option in line.options
        ),
        hit=line.judgement == "unit_slip",
        open=bool(line.options) and not chosen,
    )


def _amount(stored: int | None, unit: str, text: str, name: str) -> str:
    if stored is None:
        return text
    number = format_number(from_storage(stored, unit or "1"))
    return f"{number}{name}" if name == "%" else f"{number} {name}".strip()


def _change(line: Line) -> str:
    change = line.change
    if change is None:
        return ""
    sign = "+" if change > 0 else ""
    return f"{sign}{format_number(change)}%"
