"""A number that a verdict leans on: the limits of rules, thresholds, outside figures (参数)."""

from __future__ import annotations

from pydantic import Field

from gaoxin.packs.schemas.base import Closed, Confidence, Name, Text


class Parameter(Closed):
    """A threshold or an outside figure that a verdict leans on, declared instead of hidden in a formula."""

    value: Name = Field(description='Quoted number, in `unit`: "3" (数值)')
    unit: Name = Field(description="Unit (单位)")
    confidence: Confidence = Field(
        description="verified, or to_confirm: a result that used it says so (核实情况)"
    )
    zh: Name = Field(description="What it is, Chinese (名称)")
    en: Name = Field(description="What it is, English")
    source: Text | None = Field(
        default=None, description="Where the value comes from, or where to check it (出处)"
    )
