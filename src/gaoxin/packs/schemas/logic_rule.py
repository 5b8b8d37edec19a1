"""kind: logic_rules. The declared checks L1–L15 and their generic instances (审核关系)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gaoxin.packs.schemas.base import Closed, Entry, Name, Override, Text, Variable, Wording
from gaoxin.packs.schemas.cross_check import Shown
from gaoxin.packs.schemas.derivation import FigurePattern
from gaoxin.packs.schemas.parameter import Parameter


class LogicInstance(Closed):
    """The rule said of certain metrics, for every subject that has them."""

    zh: Name | None = Field(default=None, description="What is said, Chinese (内容)")
    en: Name | None = Field(default=None, description="What is said, English")
    inputs: dict[Variable, FigurePattern] = Field(
        min_length=1, description="The figures it needs, by name (输入)"
    )
    let: dict[Variable, Text] = Field(
        default_factory=dict, description="Steps worked out first, in order (中间量)"
    )
    show: tuple[Shown, ...] = Field(
        default=(), description="Steps that a finding prints, each with its name in words (显示)"
    )
    assert_: Text = Field(alias="assert", description='What must hold: "part <= whole" (判断)')


class LogicRule(Entry):
    """One declared rule of figure checking."""

    id: Annotated[str, StringConstraints(pattern=r"^L[1-9][0-9]{0,2}\Z")] = Field(description="L1 … (编号)")
    zh: Name = Field(description="The rule in one line, Chinese (规则)")
    en: Name = Field(description="The rule in one line, English")
    severity: Literal["hard", "soft", "info"] = Field(
        description="hard blocks, soft needs an explanation, info is a remark (强制/核实/提示)"
    )
    parameters: dict[Variable, Parameter] = Field(
        default_factory=dict,
        description="Limits of the rule, by name; its instances may use them in formulas (参数)",
    )
    applies: tuple[LogicInstance, ...] = Field(
        default=(),
        description="Generic instances; those of L1 that follow from `within` are not repeated (适用)",
    )
    note: Wording | None = Field(default=None, description="Remark (说明)")


class LogicRules(Closed):
    """A file of logic rules."""

    kind: Literal["logic_rules"] = Field(description="Always logic_rules (文档种类)")
    overrides: tuple[Override, ...] = Field(
        default=(), description="Rules of other packs replaced here (覆盖)"
    )
    rules: tuple[LogicRule, ...] = Field(min_length=1, description="The rules (审核规则)")
