"""kind: observations. Figures as a source states them, each with its place in the source (观测值)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from gaoxin.packs.schemas.base import (
    Closed,
    Confidence,
    Count,
    Entry,
    Id,
    Name,
    SnakeId,
    SubjectCode,
    Text,
    Wording,
    wrong,
)

# comparable_base: what a published growth was measured against; it is not last year's published level.
FigureKind = Literal[
    "level", "growth", "share", "rank", "multiple", "change", "duration", "target", "list", "comparable_base"
]
Op = Literal["=", ">", ">=", "<", "<=", "~"]
Status = Literal["reported", "verified", "estimated", "derived", "synthetic"]


class Range(Closed):
    """A value known to lie between two numbers, both included (区间)."""

    lo: Name = Field(description='Lower end, quoted: "373" (下限)')
    hi: Name = Field(description='Upper end, quoted: "378" (上限)')


def _value_form(value: Any) -> str | None:
    if isinstance(value, str):
        return "<text>"
    if isinstance(value, list | tuple):
        return "<list>"
    if isinstance(value, dict | Range):
        return "<range>"
    return None


ObservedValue = Annotated[
    Annotated[Text, Tag("<text>")]
    | Annotated[tuple[Text, ...], Tag("<list>")]
    | Annotated[Range, Tag("<range>")],
    Discriminator(
        _value_form,
        custom_error_type="value_form",
        custom_error_message='expected a quoted number such as "432", a list of texts, or {lo, hi}',
    ),
]


class Locator(Closed):
    """Where in the source the figure stands; at least one of the places is named (位置)."""

    page: Count | None = Field(default=None, description="Page (页)")
    section: Name | None = Field(default=None, description="Heading or number of the section (节)")
    article: Name | None = Field(default=None, description="Article of a law or notice (条)")
    paragraph: Count | None = Field(default=None, description="Paragraph, counted from 1 (段)")
    sentence: Count | None = Field(default=None, description="Sentence in the paragraph, counted from 1 (句)")
    table: Name | None = Field(default=None, description="Table number or name (表)")
    sheet: Name | None = Field(default=None, description="Worksheet (工作表)")
    row: Count | None = Field(default=None, description="Row (行)")
    cell: Name | None = Field(default=None, description="Cell such as C7 (单元格)")

    @model_validator(mode="after")
    def _names_a_place(self) -> Locator:
        if not self.model_fields_set:
            raise wrong(
                "位置是空的",
                "the locator is empty",
                "写出第几段第几句，如 {paragraph: 3, sentence: 1}",
                "write {paragraph: 3, sentence: 1}",
            )
        return self

    def label(self, lang: str) -> str:
        """第 3 段第 1 句 / paragraph 3, sentence 1."""
        zh = {
            "page": "第{}页",
            "section": "“{}”",
            "article": "{}",
            "paragraph": "第{}段",
            "sentence": "第{}句",
        }
        zh |= {"table": "{}", "sheet": "工作表“{}”", "row": "第{}行", "cell": "单元格{}"}
        parts = [(name, getattr(self, name)) for name in type(self).model_fields]
        written = [(name, value) for name, value in parts if value is not None]
        if lang == "en":
            return ", ".join(f"{name} {value}" for name, value in written)
        return "".join(zh[name].format(value) for name, value in written)


class Question(Closed):
    """What a person has to settle before the figure can be trusted (待裁定)."""

    zh: Name = Field(description="The question in one line, Chinese (问题)")
    en: Name = Field(description="The question in one line, English")
    detail_zh: Text | None = Field(default=None, description="What depends on the answer, Chinese (影响)")
    detail_en: Text | None = Field(default=None, description="What depends on the answer, English")
    icon: Name | None = Field(default=None, description="Name of the icon shown beside it (图标)")


class ObservationSpec(Entry):
    """One figure, as written in one place of one source."""

    id: Id = Field(description="Id, unique over all packs, never reused (编号)")
    subject: SubjectCode = Field(description="Whom the figure is about (主体)")
    metric: SnakeId = Field(description="What is measured (指标)")
    period: Name = Field(
        description='For when: "2021", 2021H1, 2021Q3, 2021-06, 2024-01/2024-09, 2021-12-31 (报告期)'
    )
    figure: FigureKind = Field(default="level", description="Level, growth, share, rank … (数值性质)")
    value: ObservedValue = Field(
        description='Quoted number ("432", "1/7"), text, list of texts, or {lo, hi}; in `unit` (数值)'
    )
    unit: Name | None = Field(default=None, description="Unit as written; null for texts and lists (单位)")
    op: Op = Field(
        default="=", description='">" for 超过/突破, ">=" for 以上, "<" for 不足/近, "~" for 左右 (界限)'
    )
    of: SubjectCode | None = Field(
        default=None, description="Whole of a share, or region of a ranking (占谁的/在谁之中)"
    )
    of_metric: SnakeId | None = Field(
        default=None,
        description="Denominator of a share if it is another metric than the one measured (占哪个指标)",
    )
    group: Wording | Literal["unknown"] | None = Field(
        default=None, description="The group that was ranked; unknown if the source does not say (排名范围)"
    )
    population: Annotated[Count, Field(ge=1)] | Literal["unknown"] | None = Field(
        default=None, description="How many were ranked; unknown if the source does not say (参评数)"
    )
    base: Name | None = Field(
        default=None,
        description="Period or subject that a growth, change or multiple is measured against (基数)",
    )
    source: Id = Field(description="The document it is taken from (来源)")
    locator: Locator = Field(description="Where in the document (位置)")
    written: Annotated[str, StringConstraints(max_length=24, pattern=r"^[^。！？；\n]*\Z")] = Field(
        default="", description="The figure as written, a few characters, never a sentence (原文写法)"
    )
    status: Status = Field(default="reported", description="How firm the figure is (数据状态)")
    period_confidence: Confidence = Field(
        default="verified", description="to_confirm if the source does not state the period (报告期核实情况)"
    )
    note: Wording | None = Field(default=None, description="Remark shown beside the figure (说明)")
    question: Question | None = Field(default=None, description="Open question for a person (待裁定)")

    @property
    def ranked(self) -> int | None:
        """How many were ranked; None if not a rank or not known."""
        return self.population if isinstance(self.population, int) else None


class Observations(Closed):
    """A file of observations."""

    kind: Literal["observations"] = Field(description="Always observations (文档种类)")
    observations: tuple[ObservationSpec, ...] = Field(min_length=1, description="The figures (观测值)")
