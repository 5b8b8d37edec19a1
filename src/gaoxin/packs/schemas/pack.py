"""pack.yaml: what a pack is called and what it stands on (内容包)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gaoxin.packs.schemas.base import Entry, Name, SnakeId, SubjectCode


class Pack(Entry):
    """One folder of content. Its id is the name of the folder."""

    kind: Literal["pack"] = Field(description="Always pack (文档种类)")
    id: SnakeId = Field(description="Id of the pack, equal to the folder's name (编号)")
    zh: Name = Field(description="Chinese name (中文名)")
    en: Name = Field(description="English name (英文名)")
    version: Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d{1,2}(\.\d+)?\Z")] = Field(
        description='Year and month of the content, quoted: "2026.11" (版本)'
    )
    depends: tuple[SnakeId, ...] = Field(default=(), description="Packs this one builds on (依赖的内容包)")
    zone: SubjectCode | None = Field(
        default=None, description="The zone this pack belongs to, or null (所属高新区)"
    )
