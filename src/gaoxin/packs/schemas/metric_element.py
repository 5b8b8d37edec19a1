"""What the elements of a list metric are made of, and how far a number may reach (明细字段、取值范围)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from gaoxin.packs.schemas.base import Closed, Name, Variable, wrong
from gaoxin.packs.schemas.exact import Exact, exact

ElementType = Literal["number", "money", "count", "rank", "year", "date", "code", "boolean", "text"]


class ElementField(Closed):
    """One field of every element of a list, such as the day of an award (明细字段).

    Missing: a field that an element leaves out is not known; an open `valid_to` is one without an end.
    """

    name: Variable = Field(description="Name used in conditions: e.level (字段名)")
    zh: Name = Field(description="Chinese name (中文名)")
    en: Name = Field(description="English name (英文名)")
    type: ElementType = Field(description="What a value is (取值类型)")
    unit: Name | None = Field(default=None, description="Unit of a number; money is in 元 (单位)")
    choices: dict[str, Name] = Field(
        default_factory=dict, description="Allowed codes and their Chinese names, for type code (可选值)"
    )

    @model_validator(mode="after")
    def _fits_its_type(self) -> ElementField:
        if (self.type == "code") != bool(self.choices):
            raise wrong(
                f"字段 {self.name} 是 {self.type}：code 要列可选值，其他类型不列",
                f"the field {self.name} is a {self.type}: a code has choices, other types have none",
            )
        if self.unit is not None and self.type not in ("number", "money", "count"):
            raise wrong(
                f"{self.type} 类字段 {self.name} 没有单位",
                f"the field {self.name} is a {self.type} and has no unit",
            )
        return self

    def label(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


class MetricBounds(Closed):
    """The least and the most a value can be; what lies outside is refused, not used (取值范围)."""

    low: Exact | None = Field(default=None, description="Least value, in the metric's unit (下限)")
    high: Exact | None = Field(default=None, description="Greatest value, in the metric's unit (上限)")

    @model_validator(mode="after")
    def _in_order(self) -> MetricBounds:
        if self.low is not None and self.high is not None and exact(self.low) > exact(self.high):
            raise wrong(
                f"下限 {self.low} 大于上限 {self.high}",
                f"the bounds are upside down: {self.low}, {self.high}",
            )
        return self
