"""kind: cross_checks. What certain printed figures imply together, and whether that can be (数据互校)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from gaoxin.packs.schemas.base import (
    Closed,
    Count,
    Entry,
    Flag,
    Id,
    Name,
    Override,
    SnakeId,
    SubjectCode,
    Text,
    Variable,
    Wording,
)
from gaoxin.packs.schemas.observation import FigureKind
from gaoxin.packs.schemas.parameter import Parameter


class FigureKey(Closed):
    """A figure named by what it would be, for inputs that no source states (缺口)."""

    subject: SubjectCode = Field(description="Whom it is about (主体)")
    metric: SnakeId = Field(description="What is measured (指标)")
    period: Name = Field(description="For when (报告期)")
    figure: FigureKind = Field(default="level", description="Level, growth, share … (数值性质)")
    of: SubjectCode | None = Field(default=None, description="Whole of a share (占谁的)")


def _input_form(value: Any) -> str | None:
    if isinstance(value, str):
        return "<id>"
    return "<key>" if isinstance(value, dict | FigureKey) else None


CheckInput = Annotated[
    Annotated[Id, Tag("<id>")] | Annotated[FigureKey, Tag("<key>")],
    Discriminator(
        _input_form,
        custom_error_type="input_form",
        custom_error_message="expected the id of an observation or {subject, metric, period}",
    ),
]


class Shown(Closed):
    """One result that is printed with the verdict."""

    name: Variable = Field(description="Name of an input or of a step (变量)")
    unit: Name | None = Field(
        default=None, description="Unit to print in; null prints the bare number (单位)"
    )
    decimals: Annotated[Count, Field(le=9)] = Field(default=1, description="Decimals printed (小数位)")
    zh: Name = Field(description="What it is, Chinese (名称)")
    en: Name = Field(description="What it is, English")


class CrossCheck(Entry):
    """One check over named observations."""

    id: Id = Field(description="Id, such as chuxiong.implied_city_output (编号)")
    no: Count | None = Field(default=None, description="Number in the list the check comes from (序号)")
    rule: Id | None = Field(default=None, description="Logic rule it is an instance of, such as L3 (规则)")
    zh: Name = Field(description="What is checked, Chinese (内容)")
    en: Name = Field(description="What is checked, English")
    inputs: dict[Variable, CheckInput] = Field(
        min_length=1,
        description="Observation ids by name; {subject, metric, period} for a figure nobody stated (输入)",
    )
    parameters: dict[Variable, Parameter] = Field(
        default_factory=dict, description="Thresholds and outside figures, by name (参数)"
    )
    let: dict[Variable, Text] = Field(
        default_factory=dict, description="Steps worked out first, in order (中间量)"
    )
    show: tuple[Shown, ...] = Field(default=(), description="Results printed with the verdict (显示)")
    assert_: Text | None = Field(
        default=None, alias="assert", description='What must hold: "whole > part" (判断)'
    )
    on_true: Literal["ok", "info"] = Field(
        default="ok", description="Verdict if nothing speaks against it: info for a mere remark (成立时)"
    )
    on_false: Literal["flag", "inconsistent", "note"] = Field(
        default="flag", description="Verdict if it does not hold (不成立时)"
    )
    missing: Literal["gap"] = Field(default="gap", description="Verdict if an input is missing (缺数时)")
    compare_scope: tuple[Variable, ...] = Field(
        default=(), description="Inputs whose scopes must agree before the result means anything (口径须一致)"
    )
    additive: Flag = Field(
        default=True, description="False: the inputs overlap, a sum of them means nothing (可否相加)"
    )
    note: Wording | None = Field(default=None, description="What the result means (说明)")


class CrossChecks(Closed):
    """A file of cross-checks."""

    kind: Literal["cross_checks"] = Field(description="Always cross_checks (文档种类)")
    overrides: tuple[Override, ...] = Field(
        default=(), description="Checks of other packs replaced here (覆盖)"
    )
    checks: tuple[CrossCheck, ...] = Field(min_length=1, description="The checks (互校)")
