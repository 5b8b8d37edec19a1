"""Which amounts does a column of growth belong to, and what is said of it in the preview (增速列归谁).

A growth is about the latest of the amounts that stand together at its left: in 本年累计 | 上年同期 |
同比增长 it is the growth of 本年累计. Where two amounts end on the same day (本月 | 累计 | 同比增长) a person
says which period is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gaoxin.core.issues import Issue
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.growth_header import refusal
from gaoxin.facts.ingest.mapping import Column, Mapping
from gaoxin.facts.ingest.placing import period_for
from gaoxin.facts.ingest.workbook import Table, column_letters
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Metric


def grown(column: Column, before: Sequence[Column], mapping: Mapping, library: Library) -> Column:
    """A column of growth with the metric and the period of the amounts it follows, where it names none.

    Missing: it stays left out (role growth) if no amounts stand at its left, and without a period if they
    leave open which one is meant.
    """
    run = _amounts_left_of(column, before)
    if column.role == "growth" and run and run[0].role == "metric":
        metric = library.metrics.get(run[0].metric or "")
        if metric is not None and metric.is_numeric:
            column = replace(column, role="metric", metric=metric.id)
    if column.role not in ("metric", "value") or column.period is not None:
        return column
    if any(each.metric == column.metric for each in run):
        last = _latest(column, run)
        if len(last) != 1:
            return column
        return replace(column, period=last[0].period, period_rule=last[0].period_rule)
    if mapping.period is None:
        return column
    report = Period.parse(mapping.period)
    named = library.metrics.get(column.metric or "")
    told = report if named is None else period_for(named, report)
    return replace(column, period=told.code, period_rule="report")


def open_periods(column: Column, before: Sequence[Column]) -> tuple[str, ...]:
    """The periods a growth without one may be about: those of the latest amounts at its left."""
    return tuple(each.period or "" for each in reversed(_latest(column, _amounts_left_of(column, before))))


def _latest(column: Column, run: Sequence[Column]) -> list[Column]:
    """Of the amounts of the column's metric those that end last; none if one of them has no period."""
    ends = {
        each.index: Period.parse(each.period).end
        for each in run
        if each.metric == column.metric and each.period is not None
    }
    held = [each for each in run if each.metric == column.metric]
    if not held or len(ends) < len(held):
        return []
    return [each for each in held if ends[each.index] == max(ends.values())]


def _amounts_left_of(column: Column, before: Sequence[Column]) -> list[Column]:
    """The amounts of one metric that stand side by side directly at the left, nearest first."""
    run: list[Column] = []
    for each in sorted((held for held in before if held.index < column.index), key=lambda held: -held.index):
        amount = each.role in ("metric", "value") and each.figure == "level"
        if not amount or each.index != column.index - len(run) - 1 or (run and each.metric != run[0].metric):
            break
        run.append(each)
    return run


def taken_as_growth(column: Column, metric: Metric | None, mapping: Mapping, table: Table) -> Issue:
    """Says in the preview of whom and for when the column is the growth."""
    period = "" if column.period is None else Period.parse(column.period).label("zh")
    whose = "各行指标" if metric is None else f"“{metric.zh}”"
    return Issue(
        "growth_taken",
        "info",
        f"“{column.header}”读作{whose}{period}比上年同期的增速，按公布数登记，不由水平推算。",
        f"{column.header!r} is taken as the published growth of "
        f"{'each row' if metric is None else metric.en} over the year before.",
        file=table.file,
        sheet=table.sheet,
        cell=f"{column_letters(column.index)}{mapping.header_bottom + 1}",
        mend_zh="不对的话请改这一列对应的指标，或选“不导入”。",
        mend_en="If this is wrong, choose another metric for the column or leave it out.",
    )


def left_out(column: Column, mapping: Mapping, table: Table) -> Issue:
    """Why a column of growth or of another change is not loaded, and what to do."""
    where = f"{column_letters(column.index)}{mapping.header_bottom + 1}"
    other = refusal(column.header)
    if mapping.kind == "enterprise" and other is None:
        zh, en = "是增速，系统会自己算，不导入。", "is a growth rate, which is computed and not imported."
        return Issue(
            "growth_left_out",
            "info",
            f"“{column.header}”{zh}",
            f"{column.header!r} {en}",
            file=table.file,
            sheet=table.sheet,
            cell=where,
        )
    if other is not None:
        zh = f"“{column.header}”是{other[0]}，不是比上年同期的增速，不导入。"
        en = f"{column.header!r} is {other[1]}, not a growth over the year before, and is left out."
        mend = (
            "只登记比上年同期的增速；水平数请另列一列。",
            "Only growth over the year before is kept; give amounts a column of their own.",
        )
    else:
        zh = f"“{column.header}”没有写是哪个指标的增速，左边也不是数额列，不导入。"
        en = f"{column.header!r} does not say whose growth it is, nor do amounts stand left of it."
        mend = (
            "请给这一列选指标，选了就按它的增速登记。",
            "Choose the metric whose growth the column holds.",
        )
    return Issue(
        "growth_left_out",
        "warning",
        zh,
        en,
        file=table.file,
        sheet=table.sheet,
        cell=where,
        mend_zh=mend[0],
        mend_en=mend[1],
    )
