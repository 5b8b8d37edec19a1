"""kind: glossary. One word per thing, Chinese and English (术语)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gaoxin.packs.schemas.base import Closed, Entry, Name, Override, SnakeId, Wording


class Term(Entry):
    """One term of the field and what it means."""

    id: SnakeId = Field(description="Identifier used in code and packs (编号)")
    zh: Name = Field(description="The Chinese term (中文术语)")
    en: Name = Field(description="The English term (英文术语)")
    note: Wording | None = Field(
        default=None, description="What it means and what it is often mistaken for (释义)"
    )


class Glossary(Closed):
    """A file of terms."""

    kind: Literal["glossary"] = Field(description="Always glossary (文档种类)")
    overrides: tuple[Override, ...] = Field(
        default=(), description="Terms of other packs replaced here (覆盖)"
    )
    terms: tuple[Term, ...] = Field(min_length=1, description="The terms (术语)")
