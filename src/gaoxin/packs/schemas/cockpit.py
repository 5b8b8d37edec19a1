"""kind: cockpit. What stands on the front page of a zone, and in which order (总览布局)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gaoxin.packs.schemas.base import Closed, Entry, Flag, Id, Name, SnakeId, SubjectCode, Wording
from gaoxin.packs.schemas.observation import FigureKind


class FigureRef(Closed):
    """One place on the page that shows one figure of the zone."""

    metric: SnakeId = Field(description="What is shown (指标)")
    figure: FigureKind = Field(default="level", description="Level, growth, share … (数值性质)")
    subject: SubjectCode | None = Field(default=None, description="About whom, if not the zone itself (主体)")
    of: SubjectCode | None = Field(default=None, description="Share of what is printed beneath it (占谁的)")
    period: Name | None = Field(default=None, description="For when, if not the period of the page (报告期)")
    label: Wording | None = Field(default=None, description="Words used instead of the metric's name (显示名)")
    note: Wording | None = Field(default=None, description="Line beneath the figure (说明)")
    derivation: Id | None = Field(default=None, description="Implied figure printed beneath it (推算)")
    secondary: tuple[FigureRef, ...] = Field(default=(), description="Figures printed in the line beneath (附列)")


class Hero(Closed):
    """The one largest figure and the comparison beside it (主数字)."""

    figure: FigureRef = Field(description="The figure (数值)")
    lead: Wording | None = Field(default=None, description="One sentence under it (一句话)")
    shares_of: SubjectCode | None = Field(default=None, description="Region whose parts are drawn (占谁的)")
    shares: tuple[FigureRef, ...] = Field(default=(), description="Shares drawn as rings or bars (占比图)")


class TableColumn(Closed):
    """One column of a section's table."""

    metric: SnakeId = Field(description="What stands in the column (指标)")
    figure: FigureKind = Field(default="level", description="Level, growth, share … (数值性质)")
    label: Wording | None = Field(default=None, description="Words used instead of the metric's name (显示名)")


class Table(Closed):
    """Subjects down, metrics across."""

    subjects: tuple[SubjectCode, ...] = Field(min_length=1, description="Rows (行)")
    columns: tuple[TableColumn, ...] = Field(min_length=1, description="Columns (列)")


class Section(Closed):
    """One panel of the page."""

    id: SnakeId = Field(description="Id, used as anchor (编号)")
    zh: Name = Field(description="Heading, Chinese (标题)")
    en: Name = Field(description="Heading, English")
    period: Name | None = Field(default=None, description="For when, if not the period of the page (报告期)")
    icon: Name | None = Field(default=None, description="Icon (图标)")
    wide: Flag = Field(default=False, description="Takes the whole width (通栏)")
    figures: tuple[FigureRef, ...] = Field(default=(), description="Figures in order (数值)")
    table: Table | None = Field(default=None, description="A table of subjects and metrics (表)")
    checks: tuple[Id, ...] = Field(default=(), description="Cross-checks shown here (互校)")
    note: Wording | None = Field(default=None, description="Line at the foot (说明)")


class Cockpit(Entry):
    """The front page of one zone."""

    kind: Literal["cockpit"] = Field(description="Always cockpit (文档种类)")
    zone: SubjectCode = Field(description="The zone (高新区)")
    period: Name | None = Field(default=None, description="Period shown first; the newest if left out (默认报告期)")
    hero: Hero = Field(description="The one largest figure (主数字)")
    leading: tuple[FigureRef, ...] = Field(default=(), description="Row of leading figures (主要指标)")
    sections: tuple[Section, ...] = Field(default=(), description="Panels in order (分区)")

    @property
    def id(self) -> str:
        return self.zone
