"""kind: sources. The documents that figures come from (来源)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gaoxin.packs.schemas.base import Closed, Confidence, Day, Entry, Id, Name, Text


class SourceSpec(Entry):
    """One document: what it is, who published it, when."""

    id: Id = Field(description="Id, never reused (编号)")
    zh: Name = Field(description="Title in Chinese (标题)")
    en: Name = Field(description="Title in English (英文标题)")
    publisher: Name | None = Field(default=None, description="Who published it; null if unknown (发布单位)")
    published: Day | None = Field(default=None, description="Day of publication; null if unknown (发布日期)")
    published_confidence: Confidence = Field(
        default="to_confirm", description="Whether the day was checked (日期核实情况)"
    )
    document: Literal[
        "news", "notice", "law", "yearbook", "bulletin", "form", "standard", "register", "other"
    ] = Field(description="Kind of document (文件种类)")
    number: Name | None = Field(default=None, description="Document number (文号)")
    rights_note: Text | None = Field(default=None, description="What may be done with its text (版权说明)")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}\Z")] | None = Field(
        default=None, description="SHA-256 of the file the figures were read from (原件校验和)"
    )
    note: Text | None = Field(default=None, description="Remark (说明)")

    def label(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


class Sources(Closed):
    """A file of sources."""

    kind: Literal["sources"] = Field(description="Always sources (文档种类)")
    sources: tuple[SourceSpec, ...] = Field(min_length=1, description="The sources (来源)")
