"""What every model of a pack file shares: closed, frozen, and aware of the line it was written on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StrictBool,
    StrictInt,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from gaoxin.packs.document import NodePath


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an object of a pack was written: pack, file, line and column."""

    file: str
    line: int
    column: int = 1
    pack: str = ""
    path: NodePath = field(default=(), compare=False, repr=False)
    marks: Mapping[NodePath, Any] = field(default_factory=dict, compare=False, repr=False)
    texts: Mapping[NodePath, Any] = field(default_factory=dict, compare=False, repr=False)

    def at(self, *steps: str | int) -> Origin:
        """The origin of a field inside; of the object itself if the field was not written."""
        path = (*self.path, *steps)
        while path != self.path and path not in self.marks:
            path = path[:-1]
        if path == self.path:
            return self
        mark = self.marks[path]
        return Origin(self.file, mark.line, mark.column, self.pack, path, self.marks, self.texts)

    @property
    def text(self) -> Origin:
        """Where the first character of this value stands; the origin itself if it is no single value."""
        mark = self.texts.get(self.path)
        if mark is None:
            return self
        return Origin(self.file, mark.line, mark.column, self.pack, self.path, self.marks, self.texts)


NOWHERE = Origin(file="", line=0)


# An id may be a field or, for a kind that has one entry for each zone, a property.
_OWN_ID = attrgetter("id")


class Closed(BaseModel):
    """A frozen part of a document; a key that is not declared is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, regex_engine="python-re")


class Entry(Closed):
    """A part that other files refer to, so it knows its origin."""

    _origin: Origin = PrivateAttr(default=NOWHERE)

    @property
    def origin(self) -> Origin:
        return self._origin

    @property
    def key(self) -> str:
        """What other files call this entry: its `id`, unless its kind says otherwise."""
        return str(_OWN_ID(self))

    def placed(self, origin: Origin) -> None:
        """Note where this entry was written; called once, by the reader of the document."""
        self._origin = origin


def wrong(zh: str, en: str, mend_zh: str = "", mend_en: str = "") -> PydanticCustomError:
    """A validation error whose Chinese and English words reach the issue unchanged."""
    # The template is the context itself: braces in the words must not be taken for placeholders.
    return PydanticCustomError("gaoxin", "{en}", {"zh": zh, "en": en, "mend_zh": mend_zh, "mend_en": mend_en})


def _iso_day(value: object) -> object:
    if isinstance(value, str):
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                return date.fromisoformat(value)
        except ValueError:
            pass
    elif isinstance(value, date):
        return value
    raise wrong(f"{value!r} 不是日期", f"{value!r} is not a date", "写成 2026-01-31", "write 2026-01-31")


Day = Annotated[date, BeforeValidator(_iso_day)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True, max_length=2000)]
Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True, max_length=200)]
Id = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.\-]{0,79}\Z"),
    Field(examples=["C007", "zone.city_output"]),
]
SnakeId = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,79}\Z"), Field(examples=["industrial_output"])
]
Variable = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}\Z"), Field(examples=["part"])]
SubjectCode = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z_]{1,19}/[A-Za-z0-9][A-Za-z0-9\-]{0,59}\Z"),
    Field(examples=["zone/chuxiong", "region/532301"]),
]
Count = Annotated[StrictInt, Field(ge=0, le=10**12)]
Flag = StrictBool
Confidence = Literal["verified", "to_confirm"]


class Wording(Closed):
    """The same words in both languages."""

    zh: Text = Field(description="Chinese words (中文)")
    en: Text = Field(description="English words (英文)")

    def label(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


class Override(Closed):
    """Says that entries of this file replace entries of a pack this one depends on (覆盖)."""

    id: Id = Field(
        description="Id of the replaced entry; the replacement stands in the same file (被替换的编号)"
    )
    reason: Text = Field(description="Why this pack differs, with the document it follows (理由和依据)")
