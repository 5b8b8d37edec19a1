"""kind: rule_family. Which version of a text an application falls under (规则族)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, field_validator

from gaoxin.packs.schemas.base import Entry, Name, Override, Text
from gaoxin.packs.schemas.rule import Application, RuleId
from gaoxin.packs.schemas.rule_parameter import Span, unbroken


class RuleVersion(Span):
    """A version, the kind of application and the days it is for (版本)."""

    rule: RuleId = Field(description="The rule (规则)")
    application: Application = Field(description="new or renewal (申请类型)")
    note: Text | None = Field(default=None, description="Where the choice is stated (依据)")


class RuleFamily(Entry):
    """The versions of one text (规则族).

    Missing: an application for which the text is silent has no version; whoever asks for it is told so.
    """

    kind: Literal["rule_family"] = Field(description="Always rule_family (文档种类)")
    overrides: tuple[Override, ...] = Field(
        default=(), description="The family of another pack replaced here (覆盖)"
    )
    id: RuleId = Field(description="Id and name of the file (编号)")
    zh: Name = Field(description="Chinese name (中文名)")
    en: Name = Field(description="English name (英文名)")
    versions: tuple[RuleVersion, ...] = Field(
        min_length=1, description="The versions, for each kind of application the earliest first (版本)"
    )

    def label(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh

    def version_on(self, day: date, application: Application) -> RuleVersion | None:
        """The version for an application on a day, or None where the text is silent."""
        found = (line for line in self.versions if line.application == application and line.holds_on(day))
        return next(found, None)

    @field_validator("versions")
    @classmethod
    def _one_after_another(cls, versions: tuple[RuleVersion, ...]) -> tuple[RuleVersion, ...]:
        for application in dict.fromkeys(version.application for version in versions):
            unbroken(tuple(v for v in versions if v.application == application), "版本", "versions")
        return versions
