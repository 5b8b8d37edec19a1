"""kind: derivations. Generic rules by which one figure implies another, for every zone (推算)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gaoxin.packs.schemas.base import Closed, Entry, Id, Name, Override, Text, Variable, Wording
from gaoxin.packs.schemas.observation import FigureKind

# "*" stands for any metric, the same one everywhere in the rule.
MetricPattern = Annotated[str, StringConstraints(pattern=r"^(\*|[a-z][a-z0-9_]{0,79})\Z")]


class FigurePattern(Closed):
    """Which figures a generic rule reads or yields, seen from one subject and one period."""

    metric: MetricPattern = Field(
        description='Metric id, or "*" for any metric, the same one in the whole rule (指标)'
    )
    figure: FigureKind = Field(default="level", description="Level, growth, share … (数值性质)")
    subject: Literal["self", "of"] = Field(
        default="self", description="self, or of: the whole that the share of this rule refers to (主体)"
    )
    period: Literal["same", "previous", "base"] = Field(
        default="same", description="same, previous: a year earlier; base: the base the figure names (报告期)"
    )


class Derivation(Entry):
    """One way to work out a figure that nobody printed."""

    id: Id = Field(description="Id (编号)")
    zh: Name = Field(description="Chinese name (中文名)")
    en: Name = Field(description="English name (英文名)")
    yields: FigurePattern = Field(description="The figure that is worked out (得到)")
    inputs: dict[Variable, FigurePattern] = Field(
        min_length=1, description="The figures it needs, by name (输入)"
    )
    formula: Text = Field(description='Arithmetic over the inputs: "level / share" (公式)')
    note: Wording | None = Field(default=None, description="When it may not be used (适用条件)")


class Derivations(Closed):
    """A file of derivations."""

    kind: Literal["derivations"] = Field(description="Always derivations (文档种类)")
    overrides: tuple[Override, ...] = Field(
        default=(), description="Derivations of other packs replaced here (覆盖)"
    )
    derivations: tuple[Derivation, ...] = Field(min_length=1, description="The derivations (推算)")
