"""kind: actions. What an enterprise can do to qualify, what it costs and how long it takes (改进动作)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StrictInt, Tag, model_validator

from gaoxin.packs.schemas.base import (
    Closed,
    Confidence,
    Entry,
    Flag,
    Name,
    Override,
    SnakeId,
    Text,
    wrong,
)
from gaoxin.packs.schemas.exact import Exact, exact
from gaoxin.packs.schemas.rule import RuleId


def _target_form(value: Any) -> str | None:
    return {bool: "<flag>", str: "<text>"}.get(type(value))


Target = Annotated[
    Annotated[Flag, Tag("<flag>")] | Annotated[Name, Tag("<text>")],
    Discriminator(
        _target_form, custom_error_type="target_form", custom_error_message="expected true, false or a code"
    ),
]


class UnitCost(Closed):
    """What one step costs (单步成本)."""

    value: Exact = Field(description='Quoted number: "0.1" (数值)')
    unit: Name = Field(description="Unit of money: 万元 (单位)")


class LeadTime(Closed):
    """How long it takes until the figure has moved (所需时间)."""

    n: Annotated[StrictInt, Field(ge=0, le=10_000)] = Field(description="How many (数量)")
    unit: Literal["working_day", "calendar_day", "month", "year"] = Field(description="Of what (单位)")


class Action(Entry):
    """One thing that moves one figure by steps, or settles one fact (改进动作)."""

    id: SnakeId = Field(description="Id (编号)")
    zh: Name = Field(description="What is done, Chinese (做什么)")
    en: Name = Field(description="What is done, English")
    metric: SnakeId = Field(description="Metric it moves (指标)")
    period: Literal["Y", "Y-1", "Y-2", "now"] = Field(
        description="Year of the figure, seen from the evaluation; now for a metric without year (时期)"
    )
    direction: Literal["up", "down", "set"] = Field(
        description="up or down by steps; set: a fact becomes `to` (方向)"
    )
    to: Target | None = Field(default=None, description="What a fact is set to (设为)")
    step: Exact | None = Field(default=None, description='Size of one step: "1" (步长)')
    unit: Name | None = Field(default=None, description="Unit of the step (单位)")
    unit_cost: UnitCost = Field(description="What one step costs (单步成本)")
    lead_time: LeadTime = Field(description="How long it takes (所需时间)")
    most: Exact | None = Field(default=None, description="At most so many steps (最多步数)")
    who: Literal["enterprise", "officer", "expert", "agency"] = Field(description="Who does it (由谁做)")
    needs_document: Text | None = Field(default=None, description="What must be shown afterwards (所需材料)")
    applies_to: tuple[RuleId, ...] = Field(
        default=(), description="Rules it is meant for; all if left out (适用规则)"
    )
    confidence: Confidence = Field(description="Whether cost and time were checked (核实情况)")
    note: Text | None = Field(default=None, description="Remark (说明)")

    def label(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh

    @model_validator(mode="after")
    def _moves_or_settles(self) -> Action:
        settles = self.direction == "set"
        if settles != (self.to is not None) or settles == (self.step is not None):
            raise wrong(
                "direction: set 写 to:，不写 step:；up、down 写 step:，不写 to:",
                "direction set takes to and no step; up and down take step and no to",
            )
        if self.step is not None and (self.unit is None or exact(self.step) <= 0):
            raise wrong("步长要大于零并写单位", "a step is above zero and has a unit")
        return self


class Actions(Closed):
    """A file of actions."""

    kind: Literal["actions"] = Field(description="Always actions (文档种类)")
    overrides: tuple[Override, ...] = Field(
        default=(), description="Actions of other packs replaced here (覆盖)"
    )
    actions: tuple[Action, ...] = Field(min_length=1, description="The actions (改进动作)")
