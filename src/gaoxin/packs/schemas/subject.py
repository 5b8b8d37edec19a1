"""kind: subjects. The zones, regions and industries that figures are about (主体)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gaoxin.packs.schemas.base import Closed, Confidence, Entry, Name, SubjectCode, Wording


class SubjectSpec(Entry):
    """One subject that the packs know: its code, names and place."""

    code: SubjectCode = Field(
        description="zone/, region/, enterprise/, industry/ or project/ and a slug or code (主体编码)"
    )
    zh: Name = Field(description="Chinese name (中文名)")
    en: Name = Field(description="English name (英文名)")
    aliases: tuple[Name, ...] = Field(default=(), description="Short and former names (别名)")
    parent: SubjectCode | None = Field(default=None, description="The region or zone it lies in (上级)")
    zone: SubjectCode | None = Field(
        default=None, description="The zone it belongs to, for enterprises and projects (所属高新区)"
    )
    established: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?\Z")] | None = Field(
        default=None, description='Year, month or day of founding, quoted: "1992" (设立时间)'
    )
    national_since: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?\Z")] | None = Field(
        default=None, description="When a zone became a national high-tech zone (升级为国家高新区的时间)"
    )
    uscc: Name | None = Field(
        default=None, description="Unified social credit code of an enterprise (统一社会信用代码)"
    )
    confidence: Confidence = Field(
        default="verified", description="Whether this entry was checked at its source (核实情况)"
    )
    note: Wording | None = Field(default=None, description="Remark (说明)")

    @property
    def key(self) -> str:
        return self.code

    @property
    def kind(self) -> str:
        """zone, region, enterprise …: the part of the code before the slash."""
        return self.code.partition("/")[0]

    def label(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


class Subjects(Closed):
    """A file of subjects."""

    kind: Literal["subjects"] = Field(description="Always subjects (文档种类)")
    subjects: tuple[SubjectSpec, ...] = Field(min_length=1, description="The subjects (主体)")
