"""kind: brief. What a report says and in which order; the figures come from the facts (简报)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gaoxin.packs.schemas.base import Closed, Entry, Flag, Name, SnakeId, Text
from gaoxin.packs.schemas.metric import SubjectKind


class BriefSentence(Closed):
    """One sentence with its figures in braces; see `gaoxin.packs.brief_text`."""

    text: Text = Field(
        description="With figures in braces: {gdp}, {gdp:growth}, [，占{city}的{gdp:share of city}] (句式)"
    )
    required: Flag = Field(
        default=False, description="Stands even if no figure of it is known, with marked gaps (必写)"
    )
    each: SubjectKind | None = Field(
        default=None, description="Said once for every part of the zone of this kind (逐个)"
    )


class BriefParagraph(Closed):
    """Sentences that stand together."""

    lead: Name | None = Field(default=None, description="Words the paragraph opens with (段首语)")
    sentences: tuple[BriefSentence, ...] = Field(min_length=1, description="Sentences in order (句)")


class BriefSection(Closed):
    """A heading and its paragraphs; it is left out if nothing in it can be said."""

    heading: Name | None = Field(default=None, description="Heading; none for the opening (标题)")
    paragraphs: tuple[BriefParagraph, ...] = Field(min_length=1, description="Paragraphs in order (段)")


class Brief(Entry):
    """One kind of report about a zone."""

    kind: Literal["brief"] = Field(description="Always brief (文档种类)")
    id: SnakeId = Field(description="Id, snake_case (编号)")
    zh: Name = Field(description="What it is called, Chinese (名称)")
    en: Name = Field(description="What it is called, English")
    title: Text = Field(description="Title, with names in braces (标题)")
    sections: tuple[BriefSection, ...] = Field(min_length=1, description="Sections in order (分节)")
