"""What must be settled before the figures are read: unknown names, missing units, two columns for one thing
(要你定的).

`settle` is asked again after every correction; an empty list of questions lets the import go on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from gaoxin.core.errors import UnitError
from gaoxin.core.issues import Issue
from gaoxin.core.quantities import Dimension, unit
from gaoxin.facts.ingest.growth_columns import grown, left_out, open_periods, taken_as_growth
from gaoxin.facts.ingest.mapping import Column, Mapping, Question
from gaoxin.facts.ingest.placing import as_figure, spoken_unit
from gaoxin.facts.ingest.workbook import Table, column_letters
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Metric

_LOOKED_AT = 2_000
_KEPT = ("period_from_title", "column_missing")


def settle(mapping: Mapping, library: Library, table: Table) -> Mapping:
    """The mapping with its open questions and remarks worked out anew."""
    questions: list[Question] = []
    issues = [issue for issue in mapping.issues if issue.code in _KEPT]
    columns: list[Column] = []
    for column in mapping.columns:
        if column.figure == "growth":
            column = grown(column, columns, mapping, library)
        metric = library.metrics.get(column.metric or "") if column.role == "metric" else None
        if column.role == "metric" and metric is None:
            column = replace(column, role="unknown", metric=None)
        if metric is not None:
            metric = as_figure(metric, column.figure)
            if column.unit is not None:
                column = replace(column, unit=spoken_unit(column.unit, metric))
            elif metric.value_type == "ratio" and _all_percent(column, table, mapping.first_row):
                column = replace(column, unit="%", unit_from="cells")
            column = _fraction(column, metric, table, mapping.first_row)
            questions += _about(column, metric, table, mapping.first_row, open_periods(column, columns))
        elif column.role == "unknown":
            if column.candidates and len(column.candidates) > 1:
                questions.append(_which(column, library))
            issues.append(_unmatched(column, library, mapping, table))
        elif column.role == "growth":
            issues.append(left_out(column, mapping, table))
        elif column.role == "value" and column.figure == "growth" and column.unit is None:
            questions.append(_unit(column, ("%", "1", "‰")))
        if column.figure == "growth" and column.role in ("metric", "value"):
            issues.append(taken_as_growth(column, metric, mapping, table))
        columns.append(column)
    held = replace(mapping, columns=tuple(columns))
    questions += _identity(held)
    questions += _twice(held)
    return replace(held, questions=tuple(questions), issues=tuple(issues))


def _about(
    column: Column, metric: Metric, table: Table, first_row: int, periods: tuple[str, ...]
) -> list[Question]:
    """Unit, period and percentage of one metric column."""
    asked: list[Question] = []
    if metric.is_numeric and metric.unit is not None:
        if column.unit is None:
            asked.append(_unit(column, _unit_choices(metric)))
        elif not _converts(column.unit, metric.unit):
            asked.append(
                Question(
                    "unit",
                    column.index,
                    f"“{column.header}”写的单位是{column.unit}，“{metric.zh}”要能换算成{metric.unit}的单位。",
                    f"{column.header!r} is in {column.unit}; {metric.en} needs a unit that converts to "
                    f"{metric.unit}.",
                    _unit_choices(metric),
                )
            )
        elif column.fraction is None and _is_percent(column) and _below_one(column, table, first_row):
            asked.append(
                Question(
                    "fraction",
                    column.index,
                    f"“{column.header}”的单位是 %，可是填的数都不大于 1。0.12 是 12% 还是 0.12%？",
                    f"{column.header!r} is in %, but no number is above 1. Is 0.12 meant as 12 % or as 0.12 "
                    "%?",
                    ("12%", "0.12%"),
                )
            )
    if column.period is None:
        asked.append(
            Question(
                "period",
                column.index,
                f"“{column.header}”没有写时期。请选报告期。",
                f"{column.header!r} has no period. Choose the period of the report.",
                periods,
            )
        )
    return asked


def _unit(column: Column, choices: tuple[str, ...]) -> Question:
    return Question(
        "unit",
        column.index,
        f"“{column.header}”没有写单位，表上方也没有。请选这一列的单位。",
        f"{column.header!r} has no unit, nor has the sheet. Choose the unit of this column.",
        choices,
    )


def _fraction(column: Column, metric: Metric, table: Table, first_row: int) -> Column:
    """A ratio without any unit is asked about by its unit; one written in % by its numbers."""
    if (
        column.fraction is None
        and metric.value_type == "ratio"
        and column.unit is not None
        and not _is_percent(column)
    ):
        return replace(column, fraction=False)
    return column


def _is_percent(column: Column) -> bool:
    return column.unit == "%"


def _all_percent(column: Column, table: Table, first_row: int) -> bool:
    """True when there are numbers and the sheet formats each as a percentage."""
    formatted = table.facts.percent.get(column.index, frozenset())
    numbers = [
        row
        for row in range(first_row, min(len(table.rows), first_row + _LOOKED_AT))
        if type(table.rows[row][column.index]) in (float, int)
    ]
    return bool(numbers) and all(row in formatted for row in numbers)


def _below_one(column: Column, table: Table, first_row: int) -> bool:
    """True when plain numbers (not formatted as a percentage) are there and none is above 1."""
    formatted = table.facts.percent.get(column.index, frozenset())
    seen = False
    for row in range(first_row, min(len(table.rows), first_row + _LOOKED_AT)):
        cell = table.rows[row][column.index]
        if (
            isinstance(cell, float | int)
            and not isinstance(cell, bool)
            and row not in formatted
            and cell != 0
        ):
            seen = True
            if abs(cell) > 1:
                return False
    return seen


def _converts(written: str, wanted: str) -> bool:
    try:
        return unit(written).converts_to(unit(wanted))
    except UnitError:
        return False


def _unit_choices(metric: Metric) -> tuple[str, ...]:
    own = unit(metric.unit or "1")
    choices = {
        Dimension.money: ("万元", "元", "亿元", "千元"),
        Dimension.ratio: ("%", "1", "‰"),
        Dimension.area: ("平方米", "亩", "公顷", "平方公里"),
    }.get(own.dimension, ())
    return tuple(
        dict.fromkeys((*(symbol for symbol in choices if _converts(symbol, own.symbol)), own.symbol))
    )


def _which(column: Column, library: Library) -> Question:
    names = [library.metrics[metric].zh for metric in column.candidates if metric in library.metrics]
    return Question(
        "metric",
        column.index,
        f"“{column.header}”可能是：{'、'.join(names)}。口径不同，请选一个，或选“不导入”。",
        f"{column.header!r} may be one of several metrics with different scopes. Choose one, or leave the "
        "column out.",
        column.candidates,
    )


def _unmatched(column: Column, library: Library, mapping: Mapping, table: Table) -> Issue:
    near = [library.metrics[metric].zh for metric in column.candidates[:3] if metric in library.metrics]
    hint_zh = f"相近的指标：{'、'.join(near)}。" if near else "指标目录里没有相近的名称。"
    return Issue(
        "column_unmatched",
        "warning",
        f"没认出“{column.header}”这一列，暂不导入。",
        f"The column {column.header!r} was not recognised and is left out.",
        file=table.file,
        sheet=table.sheet,
        cell=f"{column_letters(column.index)}{mapping.header_bottom + 1}",
        mend_zh=f"{hint_zh}请选对应的指标，或确认不导入。",
        mend_en="Choose its metric, or confirm that it is left out.",
    )


def _identity(mapping: Mapping) -> list[Question]:
    """Whom the rows are about, and for a long table which metric and which figure."""
    if mapping.layout == "wide":
        if mapping.of_role("uscc") or mapping.of_role("name"):
            return []
        return [
            Question(
                "identity",
                None,
                "没有找到“统一社会信用代码”或“企业名称”列，分不清每行是谁的。请指出是哪一列。",
                "There is no column with credit code or name, so the rows cannot be told apart. Say which "
                "column it is.",
            )
        ]
    asked: list[Question] = []
    if not mapping.of_role("indicator") or not mapping.of_role("value"):
        asked.append(
            Question(
                "value",
                None,
                "没有找到“指标”或“数值”列。请指出是哪一列。",
                "There is no column with the metric or with the value. Say which column it is.",
            )
        )
    if not mapping.of_role("subject") and not mapping.subject:
        asked.append(
            Question(
                "identity",
                None,
                "表里没有写是哪个主体（园区、地区）的数。请选主体。",
                "The sheet does not say which zone or region it is about. Choose the subject.",
            )
        )
    if not mapping.of_role("period") and any(column.period is None for column in mapping.of_role("value")):
        asked.append(
            Question(
                "period", None, "表里没有写时期。请选报告期。", "The sheet states no period. Choose one."
            )
        )
    return asked


def _twice(mapping: Mapping) -> list[Question]:
    """Two columns for one metric and period, or two for one role: which one counts?"""
    held: dict[tuple[str, ...], list[Column]] = defaultdict(list)
    for column in mapping.columns:
        if column.role == "metric" and column.metric and column.period:
            held["metric", column.metric, column.period, column.figure].append(column)
        elif column.role in ("uscc", "name", "indicator", "unit", "period", "subject", "of", "figure"):
            held["role", column.role].append(column)
    return [_which_column(columns) for columns in held.values() if len(columns) > 1]


def _which_column(columns: Sequence[Column]) -> Question:
    places = "、".join(f"{column_letters(column.index)} 列“{column.header}”" for column in columns)
    return Question(
        "twice",
        columns[-1].index,
        f"{places}对上了同一个内容、同一时期。请留一列，其余选“不导入”。",
        "Several columns hold the same thing for the same period. Keep one and leave the others out.",
        tuple(str(column.index) for column in columns),
    )
