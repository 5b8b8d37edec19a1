"""kind: cockpit. What stands on the front page of a zone, and in which order (总览布局).

Figures are named by what they are (metric, figure, whole, group, period), never by the observation that
states them, so a correction shows without a change here. Open questions are the exception: they hang on one.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gaoxin.packs.schemas.base import Closed, Count, Entry, Id, Name, SnakeId, SubjectCode, Wording
from gaoxin.packs.schemas.observation import FigureKind


class FigureRef(Closed):
    """One place on the page that shows one figure."""

    metric: SnakeId = Field(description="What is shown (指标)")
    figure: FigureKind = Field(default="level", description="Level, growth, share … (数值性质)")
    subject: SubjectCode | None = Field(default=None, description="About whom, if not the zone itself (主体)")
    of: SubjectCode | None = Field(default=None, description="Whole of a share, region of a ranking (占谁的)")
    group: Name | None = Field(
        default=None, description="Chinese words of the observation's group (排名范围)"
    )
    period: Name | None = Field(default=None, description="For when, if not the period of the page (报告期)")
    label: Wording | None = Field(
        default=None, description="Words used instead of the metric's name (显示名)"
    )
    note: Wording | None = Field(default=None, description="Line beneath the figure (说明)")
    derivation: Id | None = Field(default=None, description="Implied figure printed beneath it (推算)")
    secondary: tuple[FigureRef, ...] = Field(
        default=(), description="Figures printed in the line beneath (附列)"
    )


class Hero(Closed):
    """The one largest figure and the comparison beside it (主数字)."""

    title: Wording | None = Field(default=None, description="Heading of the panel (标题)")
    note: Wording | None = Field(default=None, description="Words beside the heading (标题旁说明)")
    figure: FigureRef = Field(description="The figure (数值)")
    lead: Wording | None = Field(default=None, description="One sentence under it (一句话)")
    beside: tuple[FigureRef, ...] = Field(
        default=(), description="Small figures under the sentence (句下小字)"
    )
    beside_label: Wording | None = Field(
        default=None, description="Words before those small figures (小字前的话)"
    )
    shares_of: SubjectCode | None = Field(default=None, description="Region whose parts are drawn (占谁的)")
    shares: tuple[FigureRef, ...] = Field(default=(), description="Shares drawn as bars, in order (占比图)")


class TableRow(Closed):
    """One subject, or the subjects between which a person has to decide."""

    subject: SubjectCode = Field(description="Row (行)")
    alternatives: tuple[SubjectCode, ...] = Field(
        default=(), description="Other readings of the same row (或)"
    )
    role: Wording | None = Field(default=None, description="Words in the second column (定位)")
    question: Id | None = Field(
        default=None, description="Observation whose question concerns the row (待裁定)"
    )


class TableColumn(Closed):
    """One column of a section's table."""

    metric: SnakeId = Field(description="What stands in the column (指标)")
    figure: FigureKind = Field(default="level", description="Level, growth, share … (数值性质)")
    period: Name | None = Field(default=None, description="For when, if not the period of the page (报告期)")
    unit: Name | None = Field(
        default=None, description="One unit for the whole column, printed in its head (单位)"
    )
    label: Wording | None = Field(
        default=None, description="Words used instead of the metric's name (显示名)"
    )


class Table(Closed):
    """Subjects down, metrics across."""

    subject_label: Wording | None = Field(default=None, description="Head of the first column (首列名)")
    role_label: Wording | None = Field(
        default=None, description="Head of the column of roles; left out if no row has one (定位列名)"
    )
    rows: tuple[TableRow, ...] = Field(min_length=1, description="Rows (行)")
    columns: tuple[TableColumn, ...] = Field(min_length=1, description="Columns (列)")


class Section(Closed):
    """One panel of the page."""

    id: SnakeId = Field(description="Id, used as anchor (编号)")
    zh: Name = Field(description="Heading, Chinese (标题)")
    en: Name = Field(description="Heading, English")
    period: Name | None = Field(default=None, description="For when, if not the period of the page (报告期)")
    layout: Literal["figures", "bars", "ladder", "table"] = Field(
        default="figures",
        description="figures in a grid, bars on one scale, ladder: titles side by side, never summed (版式)",
    )
    width: Annotated[Count, Field(ge=4, le=12)] = Field(default=12, description="Of 12 columns (宽度)")
    per_row: Annotated[Count, Field(ge=1, le=6)] | None = Field(
        default=None, description="Figures in one row (每行个数)"
    )
    note: Wording | None = Field(default=None, description="Words beside the heading (标题旁说明)")
    foot: Wording | None = Field(default=None, description="Line at the foot (脚注)")
    figures: tuple[FigureRef, ...] = Field(default=(), description="Figures in order (数值)")
    bars: tuple[FigureRef, ...] = Field(
        default=(), description="Figures drawn as bars under the figures (条形)"
    )
    bars_label: Wording | None = Field(default=None, description="Words above the bars (条形标题)")
    table: Table | None = Field(default=None, description="A table of subjects and metrics (表)")
    checks: tuple[Id, ...] = Field(default=(), description="Cross-checks shown here (互校)")


class Cockpit(Entry):
    """The front page of one zone."""

    kind: Literal["cockpit"] = Field(description="Always cockpit (文档种类)")
    zone: SubjectCode = Field(description="The zone (高新区)")
    period: Name | None = Field(
        default=None, description="Period shown first; the newest if left out (默认报告期)"
    )
    intro: Wording | None = Field(default=None, description="Line under the page title (题下一行)")
    hero: Hero = Field(description="The one largest figure (主数字)")
    questions: tuple[Id, ...] = Field(
        default=(), description="Observations with an open question, in order (等你裁定)"
    )
    questions_note: Wording | None = Field(default=None, description="Words beside that heading (标题旁说明)")
    leading: tuple[FigureRef, ...] = Field(default=(), description="Row of leading figures (主要指标)")
    sections: tuple[Section, ...] = Field(default=(), description="Panels in order (分区)")

    @property
    def key(self) -> str:
        return self.zone
