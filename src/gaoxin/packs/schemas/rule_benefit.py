"""What a clause or a deduction pays: the amount, its limits, its stages (兑现)."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pydantic import Field, field_validator

from gaoxin.packs.schemas.base import Closed, Day, Flag, Id, Name, Text, wrong
from gaoxin.packs.schemas.exact import Amount, in_base_units
from gaoxin.packs.schemas.rule_parameter import Cited


class Stage(Closed):
    """A part of the amount and when it is paid (分期)."""

    zh: Name = Field(description="When it is paid, Chinese (拨付时点)")
    en: Name | None = Field(default=None, description="When it is paid, English")
    share: Amount = Field(description='Share of the amount: "50%" (比例)')


class Clawback(Cited):
    """When money is to be paid back (收回)."""

    zh: Name = Field(description="When, Chinese (情形)")
    en: Name | None = Field(default=None, description="When, English")
    test: Text | None = Field(default=None, description="The same in the condition language (判断)")


class Benefit(Closed):
    """The money of a clause or a deduction; 0 when a condition fails (兑现)."""

    amount: Text = Field(description='Money, as an expression: "min(0.5 * bills, $cap)" (金额)')
    nature: Literal["ceiling", "fixed", "computed"] = Field(
        description="ceiling: up to (最高); fixed; computed from the figures (性质)"
    )
    level: Literal["district", "city", "province", "national"] = Field(description="Who pays (层级)")
    matter: Id = Field(description="Paid once over all levels, the highest counts (同一事项, 就高不重复)")
    group: Id | None = Field(default=None, description="Pick one of the clauses of this group (择一)")
    per: Literal["enterprise", "contract", "project"] = Field(
        default="enterprise", description="What it is paid for (计算对象)"
    )
    once: Flag = Field(default=False, description="Paid once in the life of the enterprise (仅一次)")
    yearly_cap: Text | None = Field(
        default=None, description="At most so much in a year, as an expression (年度上限)"
    )
    stages: tuple[Stage, ...] = Field(default=(), description="Stages of payment, 100 % together (分期)")
    clawback: Clawback | None = Field(default=None, description="When it is paid back (收回)")
    deadline: Day | None = Field(
        default=None, description="Last day to apply; a flag, not a condition (申报截止日)"
    )

    @field_validator("stages")
    @classmethod
    def _whole(cls, stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        total = sum((in_base_units(stage.share) for stage in stages), Fraction(0))
        if stages and total != 1:
            raise wrong(
                f"各期比例合计 {float(total):.1%}，不是 100%",
                f"the stages add up to {float(total):.1%}, not 100 %",
                "改正各期的 share",
                "correct the shares",
            )
        return stages
