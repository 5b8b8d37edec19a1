"""kind: calendar. One year of working days as the State Council arranged them (工作日历)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, StrictInt, model_validator

from gaoxin.packs.schemas.base import Closed, Confidence, Day, Entry, Name, wrong


class Holiday(Closed):
    """Days off in one stretch, first and last included (放假)."""

    name: Name = Field(description="Name of the holiday (节日)")
    first: Day = Field(alias="from", description="First day off (起)")
    last: Day = Field(alias="to", description="Last day off (止)")

    @model_validator(mode="after")
    def _in_order(self) -> Holiday:
        if self.last < self.first:
            raise wrong(
                f"{self.name}的结束日 {self.last} 早于开始日 {self.first}",
                f"{self.name} ends on {self.last}, before it begins on {self.first}",
                "对照通知改正日期",
                "correct the days after the notice",
            )
        return self

    def days(self) -> Iterator[date]:
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)


class CalendarSpec(Entry):
    """One year: stretches off, and weekend days that are worked (调休上班)."""

    kind: Literal["calendar"] = Field(description="Always calendar (文档种类)")
    year: Annotated[StrictInt, Field(ge=1990, le=2100)] = Field(description="The year (年份)")
    notice: Name = Field(description="Number of the State Council notice (文号)")
    notice_confidence: Confidence = Field(
        default="verified", description="Whether that number was checked (文号核实情况)"
    )
    confidence: Confidence = Field(
        default="verified", description="Whether the days were checked against the notice (核实情况)"
    )
    off: tuple[Holiday, ...] = Field(min_length=1, description="Stretches off (放假)")
    work: tuple[Day, ...] = Field(default=(), description="Weekend days that are worked (调休上班)")

    @property
    def key(self) -> str:
        return str(self.year)
