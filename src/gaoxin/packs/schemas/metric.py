"""kind: metrics. What is measured, in which unit and scope, and what it may be added to (统计指标)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from gaoxin.packs.schemas.base import (
    Closed,
    Confidence,
    Entry,
    Flag,
    Name,
    Override,
    SnakeId,
    Text,
    Wording,
    wrong,
)
from gaoxin.packs.schemas.metric_element import ElementField, MetricBounds

PeriodType = Literal[
    "flow_year",
    "flow_quarter",
    "flow_month",
    "stock_year_end",
    "stock_at_date",
    "average_year",
    "count_year",
    "count_in_window",
    "date",
    "category",
    "event_list",
    "score",
    "expert_score",
    "external_score",
]
SubjectKind = Literal[
    "zone",
    "region",
    "enterprise",
    "industry",
    "project",
    "person",
    "platform",
    "parcel",
    "fund",
    "chain_node",
]
ValueType = Literal["number", "money", "ratio", "date", "boolean", "code", "text", "list"]
YEARLY_TYPES: frozenset[str] = frozenset(
    {"flow_year", "flow_quarter", "stock_year_end", "average_year", "count_year"}
)
NUMERIC_TYPES = frozenset({"number", "money", "ratio"})


class Metric(Entry):
    """One row of the metric catalogue."""

    id: SnakeId = Field(description="Id, snake_case, never reused (编号)")
    zh: Name = Field(description="Chinese name (中文名)")
    en: Name = Field(description="English name (英文名)")
    aliases: tuple[Name, ...] = Field(
        default=(), description="Other names, as found in headers and texts, without the unit (别名)"
    )
    text_names: tuple[Name, ...] = Field(
        default=(),
        description="Names that running texts alone use, too short or too bare for a column (文中说法)",
    )
    unclear_names: tuple[Name, ...] = Field(
        default=(),
        description="Headers that leave open whether this metric or another is meant; a person chooses "
        "(指代不明的列名)",
    )
    unit: Name | None = Field(
        default=None, description="Unit of the published figures, such as 亿元; null if it has none (单位)"
    )
    dimension: Name | None = Field(
        default=None, description="Dimension the unit must belong to; taken from the unit if left out (量纲)"
    )
    period_type: PeriodType = Field(description="Flow, stock, average, count, date … (时期类型)")
    scope: Wording | None = Field(default=None, description="What is counted and what is not (口径)")
    aggregation: Literal["sum", "mean", "ratio", "none", "latest"] = Field(
        default="none", description="How parts become a whole; none = they may not be put together (汇总方法)"
    )
    subjects: tuple[SubjectKind, ...] = Field(
        min_length=1, description="Kinds of subject that have it (适用主体)"
    )
    value_type: ValueType = Field(default="number", description="What a value is (取值类型)")
    choices: dict[str, Name] = Field(
        default_factory=dict,
        description="Allowed codes and their Chinese names, for value_type code (可选值)",
    )
    elements: tuple[ElementField, ...] = Field(
        default=(), description="Fields of every element, for an event list (明细字段)"
    )
    scope_family: SnakeId | None = Field(
        default=None,
        description="Metrics of one family measure the same thing in different scopes and never stand in for "
        "each other (口径族)",
    )
    by_year: Flag | None = Field(
        default=None,
        description="Whether there is a value for each year; by the period type if left out (按年取值)",
    )
    bounds: MetricBounds | None = Field(
        default=None, description="Least and greatest value; usual ones of the dimension (取值范围)"
    )
    form: Text | None = Field(default=None, description="The form or register it comes from (来源表)")
    sensitivity: Literal["public", "internal", "restricted"] = Field(
        default="internal", description="Who may see a value about one enterprise (敏感程度)"
    )
    within: SnakeId | None = Field(
        default=None, description="Metric this one is a part of, never larger than it (其中)"
    )
    not_additive_with: tuple[SnakeId, ...] = Field(
        default=(), description="Metrics that overlap with this one and may not be added to it (不可相加)"
    )
    incomparable: Wording | None = Field(
        default=None,
        description="Why values of different subjects are never set against each other; left out where they "
        "may be (不可相互比较的原因)",
    )
    confidence: Confidence = Field(
        default="verified", description="Whether the definition was checked at its source (核实情况)"
    )
    comment: Text | None = Field(default=None, description="Remark for people who fill in or read it (说明)")

    @property
    def is_numeric(self) -> bool:
        return self.value_type in NUMERIC_TYPES

    @property
    def comparable(self) -> bool:
        """Whether values of two subjects, scope and period alike, say which has more."""
        return self.incomparable is None

    @property
    def yearly(self) -> bool:
        """Whether rules read it for a year: revenue[Y-1]; otherwise the latest value counts."""
        return self.period_type in YEARLY_TYPES if self.by_year is None else self.by_year

    @model_validator(mode="after")
    def _elements_are_of_lists(self) -> Metric:
        if self.elements and (self.period_type != "event_list" or self.value_type != "list"):
            raise wrong(
                f"只有 period_type: event_list 的清单才有明细字段，{self.id} 不是",
                f"elements belong to an event list; {self.id} is none",
            )
        names = [element.name for element in self.elements]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise wrong(f"明细字段 {twice[0]} 写了两次", f"duplicate id: the field {twice[0]} stands twice")
        if self.bounds is not None and not self.is_numeric:
            raise wrong(
                f"{self.value_type} 类指标 {self.id} 没有取值范围",
                f"{self.id} is a {self.value_type} and has no bounds",
            )
        return self

    def label(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


class Metrics(Closed):
    """A file of metrics."""

    kind: Literal["metrics"] = Field(description="Always metrics (文档种类)")
    overrides: tuple[Override, ...] = Field(
        default=(), description="Metrics of other packs replaced here (覆盖)"
    )
    metrics: tuple[Metric, ...] = Field(min_length=1, description="The metrics (统计指标)")
