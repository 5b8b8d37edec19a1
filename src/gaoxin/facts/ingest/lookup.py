"""What one column is, by its header: a role of the form, or a metric with unit and period (认列).

Names are looked up in the packs exactly as they are written; near names become candidates for a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gaoxin.core.errors import PeriodError
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.growth_header import GrowthHeader, read_growth, refusal
from gaoxin.facts.ingest.header_rows import Header, as_text
from gaoxin.facts.ingest.header_text import (
    HeaderText,
    by_rule,
    period_in,
    period_of,
    read_header,
    role_of,
    units_in,
)
from gaoxin.facts.ingest.mapping import Column, Layout, Role, label
from gaoxin.facts.ingest.placing import period_for, unit_for
from gaoxin.facts.ingest.workbook import Table
from gaoxin.packs.library import Library
from gaoxin.packs.matching import MetricMatch
from gaoxin.packs.schemas import Metric

# Metrics of the packs that say whom a row is about, with every name their columns go by.
_IDENTITY: dict[str, Role] = {"subject_name": "name", "uscc": "uscc"}


@dataclass(frozen=True, slots=True)
class Above:
    """What titles and notes above the header say for the whole sheet."""

    units: tuple[str, ...]
    period: Period | None

    @classmethod
    def of(cls, table: Table, header: Header) -> Above:
        lines = [as_text(cell) for row in table.rows[: header.top] for cell in row if cell != ""]
        units = tuple(symbol for line in lines for symbol in units_in(line))
        period = next(
            (found for line in (*lines, table.file) if (found := period_in(line)) is not None), None
        )
        return cls(units, period)


class Lookup:
    """Remembers what a text means; a header of a hundred columns is read a few times over."""

    def __init__(self, library: Library, kind: str) -> None:
        self._library = library
        self._kind = kind
        self._matches: dict[str, MetricMatch] = {}

    def match(self, text: str) -> MetricMatch:
        found = self._matches.get(text)
        if found is None:
            found = self._matches[text] = self._library.find_metric(text, self._kind)
        return found

    def means_something(self, parts: Sequence[str]) -> bool:
        if any(role_of(part, long=True) for part in parts):
            return True
        return any(
            self.match(name).metric or self.match(name).candidates for name in _names(parts) if len(name) < 60
        )

    def _role(self, text: str, *, long: bool) -> Role | None:
        """园区 says whom a row of a wide table of zones is about; of an enterprise it says where it is."""
        if not long and self._kind != "enterprise" and role_of(text, long=True) == "subject":
            return "name"
        return role_of(text, long=long)

    def layout(self, header: Header) -> Layout:
        """Long when one column names the metric and none is one."""
        roles = [role_of(parts[-1], long=True) for parts in header.levels if parts]
        metrics = sum(1 for parts in header.levels if any(self.match(name).metric for name in _names(parts)))
        return "long" if "indicator" in roles and metrics <= 1 else "wide"

    def column(
        self, index: int, parts: Sequence[str], layout: Layout, report: Period | None, above: Above
    ) -> Column:
        header = label(parts)
        texts = [read_header(part) for part in parts]
        told, rule = _period(texts, report, header)
        period = None if told is None else told.code
        role = next(
            (found for part in (parts[-1], *parts) if (found := self._role(part, long=layout == "long"))),
            None,
        )
        written = next((text.unit for text in reversed(texts) if text.unit), None)
        grown = read_growth(parts) if role is None and self._kind != "enterprise" else None
        if layout == "long":
            if grown is not None and not grown.names:
                return self._growth_column(index, header, grown, "value", None, report, above)
            if role is None and refusal(header):
                return Column(index, header, "growth")
            if role is None and period is not None and not any(text.name for text in texts):
                role = "value"
            if role == "value" and period is None and report is not None:
                period, rule = report.code, "report"
            return Column(
                index,
                header,
                role or "unknown",
                unit=written,
                unit_from="header" if written else "",
                period=period,
                period_rule=rule,
            )
        if role is not None:
            return Column(index, header, role)
        names = _names(parts)
        named = any(self.match(name).metric for name in names if read_header(name).growth)
        if any(text.growth for text in texts) and not named:
            return self._growth(index, header, grown, report, above)
        candidates: tuple[Metric, ...] = ()
        for name in names:
            match = self.match(name)
            if match.metric is not None and match.metric.id in _IDENTITY:
                return Column(index, header, _IDENTITY[match.metric.id])
            if match.metric is not None:
                return self._metric_column(
                    index, header, match.metric, match.unit or written, told, rule, report, above
                )
        # A near name is looked for without 上年度, which would find the period of the return.
        for name in (*names[1:], *names[:1]):
            candidates = candidates or self.match(name).candidates
        return Column(
            index,
            header,
            "unknown",
            unit=written,
            unit_from="header" if written else "",
            period=period,
            period_rule=rule,
            candidates=tuple(metric.id for metric in candidates),
        )

    def _growth(
        self, index: int, header: str, grown: GrowthHeader | None, report: Period | None, above: Above
    ) -> Column:
        """A column of growth in a wide table: of the metric it names, or, bare, of what stands left of it."""
        if grown is None:
            return Column(index, header, "growth")
        names = ("".join(grown.names), *grown.names[-1:])
        for name in dict.fromkeys(names):
            metric = self.match(name).metric if name else None
            if metric is not None and metric.is_numeric:
                return self._growth_column(index, header, grown, "metric", metric, report, above)
        held = self._growth_column(index, header, grown, "growth", None, report, above)
        if not grown.names:
            return held
        near = next((found for name in names if (found := self.match(name).candidates)), ())
        return replace(held, role="unknown", candidates=tuple(metric.id for metric in near))

    def _growth_column(
        self,
        index: int,
        header: str,
        grown: GrowthHeader,
        role: Role,
        metric: Metric | None,
        report: Period | None,
        above: Above,
    ) -> Column:
        """Without a period of its own it has that of the amounts left of it, which `settle` sees."""
        told, rule = _period(grown.texts, report, header)
        held, held_from = (grown.unit, "header") if grown.unit else (None, "")
        if held is None and "%" in above.units:
            held, held_from = "%", "sheet"
        if told is not None and metric is not None:
            told = period_for(metric, told)
        return Column(
            index,
            header,
            role,
            None if metric is None else metric.id,
            held,
            held_from,
            None if told is None else told.code,
            rule,
            figure="growth",
        )

    def _metric_column(
        self,
        index: int,
        header: str,
        metric: Metric,
        written: str | None,
        told: Period | None,
        rule: str,
        report: Period | None,
        above: Above,
    ) -> Column:
        held, held_from = (written, "header") if written is not None else unit_for(metric, above.units)
        if told is None and report is not None:
            told, rule = report, "report"
        period = None if told is None else period_for(metric, told).code
        return Column(index, header, "metric", metric.id, held, held_from, period, rule)


def _names(parts: Sequence[str]) -> tuple[str, ...]:
    """Names to look up, best first: as written, the levels joined, the lowest that names something.

    The text as written comes first because a name may hold what looks like a period or a unit.
    """
    if not parts:
        return ()
    bare = [read_header(part).name for part in parts]
    said = [name for name in bare if name]
    # 营业收入 over 其中：出口 is not 营业收入: the level above counts only where those below name nothing.
    names = [parts[-1], "".join(said), *said[-1:]]
    if len(said) > 1:
        names.insert(2, f"{said[0]}({said[-1]})")
    return tuple(dict.fromkeys(name for name in names if name and not re.fullmatch(r"\d{4}", name)))


def _period(texts: Sequence[HeaderText], report: Period | None, header: str) -> tuple[Period | None, str]:
    """The period a header means, and the rule it follows if it names no year of its own.

    累计 or 本月 under 2025年 means that stretch of 2025, of the length the report has.
    """
    rule = next((text.rule for text in reversed(texts) if text.rule), "")
    for text in reversed(texts):
        try:
            told = period_of(HeaderText("", None, text.period, "", False), report)
            if told is None:
                continue
            if report is not None and told.form == "year" and (rule.startswith("month") or "累计" in header):
                told = by_rule(rule, report.shift(years=told.end.year - report.end.year))
            return told, ""
        except PeriodError:
            continue
    return (by_rule(rule, report) if rule else None), rule
