"""kind: not_loaded. Figures of a source that are not facts, each with the reason (不作数据的数字)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gaoxin.packs.schemas.base import Closed, Entry, Id, Text


class NotLoaded(Entry):
    """One figure that was read and left out: a slogan, an idiom, part of a title, a threshold."""

    id: Id = Field(description="Id in the reading of the source; observations use the same numbers (编号)")
    reason_zh: Text = Field(description="Why it is not a fact, Chinese (理由)")
    reason_en: Text = Field(description="Why it is not a fact, English")


class NotLoadedList(Closed):
    """A file of figures that are not loaded. Nothing refers to them; they make the reading complete."""

    kind: Literal["not_loaded"] = Field(description="Always not_loaded (文档种类)")
    entries: tuple[NotLoaded, ...] = Field(min_length=1, description="The figures left out (不作数据的数字)")
