"""Documents a rule rests on, and its parameters: numbers of law, each with the days it holds for (参数)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, get_args

from pydantic import Field, field_validator, model_validator

from gaoxin.packs.schemas.base import Closed, Confidence, Day, Id, Name, Text, Wording, wrong
from gaoxin.packs.schemas.exact import Exact, strictly_sorted

# How often a number was found: V2 in two or more published texts, V1 in one, M generally known and not yet
# compared with a text, U uncertain.
EvidenceMark = Literal["V2", "V1", "M", "U"]
_UNCOMPARED = frozenset({"M", "U"})


class Span(Closed):
    """First and last day something holds, both included; null = open (有效期间)."""

    start: Day | None = Field(default=None, alias="from", description="First day; null = always (起)")
    until: Day | None = Field(default=None, description="Last day; null = until further notice (止)")

    @model_validator(mode="after")
    def _in_order(self) -> Span:
        if self.start is not None and self.until is not None and self.until < self.start:
            raise wrong(
                f"止日 {self.until} 早于起日 {self.start}",
                f"it ends on {self.until}, before it begins on {self.start}",
                "对照文件改正日期",
                "correct the days after the document",
            )
        return self

    def holds_on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.until is None or day <= self.until)


class Cited(Closed):
    """Something a document says: where it stands and how sure we are (依据)."""

    document: Id | None = Field(default=None, description="Document of the rule (文件)")
    article: Text | None = Field(default=None, description="Article of the document (条款)")
    mark: EvidenceMark | None = Field(
        default=None, description="V2 two texts, V1 one text, M generally known, U uncertain (核实等级)"
    )
    confidence: Confidence | None = Field(
        default=None, description="verified, or to_confirm: a result that used it says so (核实情况)"
    )
    interpretation: Wording | None = Field(
        default=None, description="The reading chosen where the text is silent (解释)"
    )

    @model_validator(mode="after")
    def _not_surer_than_its_mark(self) -> Cited:
        return _checked_confidence(self)


class Proven(Cited):
    """Something a document says, with the place and the certainty always stated (必须注明依据)."""

    document: Id = Field(description="Document of the rule (文件)")
    article: Text = Field(description="Article of the document (条款)")
    mark: EvidenceMark = Field(
        description="V2 two texts, V1 one text, M generally known, U uncertain (核实等级)"
    )
    confidence: Confidence = Field(
        description="verified, or to_confirm: a result that used it says so (核实情况)"
    )


def _checked_confidence(cited: Cited) -> Cited:
    if cited.mark in _UNCOMPARED and cited.confidence == "verified":
        raise wrong(
            f"核实等级 {cited.mark} 表示没有对照过原文，不能写 verified",
            f"mark {cited.mark} was never compared with a published text; it cannot be verified",
            "写 confidence: to_confirm",
            "write confidence: to_confirm",
        )
    return cited


class RuleDocument(Closed):
    """A document that a rule rests on (文件)."""

    zh: Name = Field(description="Title, Chinese (标题)")
    en: Name | None = Field(default=None, description="Title, English")
    number: Name | None = Field(default=None, description="Number: 国科发政〔2017〕115号 (文号)")
    issuer: Name | None = Field(default=None, description="Who issued it (发文机关)")
    issued: Day | None = Field(default=None, description="Day of issue (发布日期)")
    effective: Day | None = Field(default=None, description="First day in force (施行日期)")
    until: Day | None = Field(default=None, description="Last day in force; null = still (失效日期)")
    confidence: Confidence = Field(description="Whether it was compared with the original (核实情况)")
    note: Text | None = Field(default=None, description="Remark (说明)")


class ValueTable(Closed):
    """A value for each band of another number, the best band first (分档表)."""

    at_least: tuple[tuple[Exact, Exact], ...] = Field(
        default=(), description="[threshold, value], threshold included, from the highest down (不低于)"
    )
    above: tuple[tuple[Exact, Exact], ...] = Field(
        default=(), description="[threshold, value], threshold not included, from the highest down (高于)"
    )
    at_most: tuple[tuple[Exact, Exact], ...] = Field(
        default=(), description="[threshold, value], threshold included, from the lowest up (不高于)"
    )
    below: tuple[tuple[Exact, Exact], ...] = Field(
        default=(), description="[threshold, value], threshold not included, from the lowest up (低于)"
    )
    otherwise: Exact = Field(description="Value outside all bands (其他)")

    @model_validator(mode="after")
    def _one_direction(self) -> ValueTable:
        rows, falling = one_direction(self.at_least, self.above, self.at_most, self.below)
        strictly_sorted([mark for mark, _ in rows], falling=falling)
        return self


def one_direction(
    at_least: tuple[tuple[str, object], ...],
    above: tuple[tuple[str, object], ...],
    at_most: tuple[tuple[str, object], ...],
    below: tuple[tuple[str, object], ...],
) -> tuple[tuple[tuple[str, object], ...], bool]:
    """The rows of the one direction that is written, and whether their thresholds must fall."""
    written = [
        (rows, falling)
        for rows, falling in ((at_least, True), (above, True), (at_most, False), (below, False))
        if rows
    ]
    if len(written) != 1:
        raise wrong(
            f"分档只写一个方向，这里写了 {len(written)} 个",
            f"bands run in one direction; {len(written)} are written here",
            "写 at_least、above、at_most、below 四者之一",
            "write one of at_least, above, at_most, below",
        )
    return written[0]


ParameterForm = Literal["value", "table", "date", "codes"]
FORMS: tuple[ParameterForm, ...] = get_args(ParameterForm)


class DatedValue(Span, Proven):
    """What a parameter is on the days of a span: a number, a table, a date, or codes (历次取值)."""

    value: Exact | None = Field(default=None, description='Quoted number, in `unit`: "500" (数值)')
    table: ValueTable | None = Field(default=None, description="Bands, values in `unit` (分档表)")
    date: Day | None = Field(default=None, description="A date, for a parameter that is a day (日期)")
    codes: tuple[Name, ...] = Field(
        default=(), description="Codes, for a parameter that lists them: industries (代码)"
    )
    note: Text | None = Field(default=None, description="Remark (说明)")

    @model_validator(mode="after")
    def _is_one_thing(self) -> DatedValue:
        written = [name for name in FORMS if getattr(self, name) not in (None, ())]
        if len(written) != 1:
            raise wrong(
                f"value、table、date、codes 只写一个，这里写了 {len(written)} 个",
                f"write one of value, table, date, codes; {len(written)} are written here",
            )
        return self

    @property
    def form(self) -> ParameterForm:
        return next(name for name in FORMS if getattr(self, name) not in (None, ()))


class RuleParameter(Closed):
    """A number of law: its name, its unit, and every value it has had (规则参数).

    Law is append-only: a changed threshold is a further line under `values`.
    """

    zh: Name = Field(description="What it is, Chinese (名称)")
    en: Name = Field(description="What it is, English")
    unit: Name | None = Field(
        default=None, description='Unit of the values, "1" for a bare ratio; none for dates and codes (单位)'
    )
    of_unit: Name | None = Field(default=None, description="Unit of the thresholds of a table (界限单位)")
    dated_by: Literal["application_day", "last_year_end"] = Field(
        default="application_day",
        description="The day whose value counts: that of the application, or the last day of the year "
        "before, as for a tax year (取值日)",
    )
    values: tuple[DatedValue, ...] = Field(
        min_length=1, description="Every value it has had, the earliest first (历次取值)"
    )

    @field_validator("values")
    @classmethod
    def _one_after_another(cls, values: tuple[DatedValue, ...]) -> tuple[DatedValue, ...]:
        if len({line.form for line in values}) > 1:
            raise wrong(
                "同一参数的各次取值形式不同",
                "the values of one parameter have different forms",
                "每次取值写成同一种形式",
                "write all of them in one form",
            )
        unbroken(values, "取值", "values")
        return values

    @model_validator(mode="after")
    def _has_its_units(self) -> RuleParameter:
        form = self.values[0].form
        if (self.unit is None) != (form in ("date", "codes")):
            raise wrong(
                "数值参数要写 unit，日期和代码不写",
                "a number has a unit, dates and codes have none",
                '补上 unit:；没有量纲的比率写 "1"',
                'add unit:; a bare ratio is "1"',
            )
        if (self.of_unit is not None) != (form == "table"):
            raise wrong(
                "of_unit 是分档表界限的单位，有表才写、有表必写",
                "of_unit is the unit of a table's thresholds: written with a table and only with one",
            )
        return self

    def counting_day(self, on: date) -> date:
        """The day whose value counts for an application on `on`."""
        return on if self.dated_by == "application_day" else date(on.year - 1, 12, 31)

    def line_on(self, day: date) -> DatedValue | None:
        """The line that holds on a day, or None outside all of them."""
        return next((line for line in self.values if line.holds_on(day)), None)


def unbroken(spans: tuple[Span, ...] | tuple[DatedValue, ...], zh: str, en: str) -> None:
    """Refuse spans out of order, overlapping, or with days between them that none of them covers.

    Raises: PydanticCustomError, for the schema whose field they are.
    """
    for earlier, later in pairwise(spans):
        if later.start is None or (earlier.start is not None and later.start <= earlier.start):
            raise wrong(
                f"{zh}没有按起始日期排列：{later.start or '空'} 写在 {earlier.start or '空'} 之后",
                f"the {en} are not in order: {later.start} stands after {earlier.start}",
                "从早到晚排列，只有第一条可以不写 from",
                "write the earliest first; only the first may leave out from",
            )
        if earlier.until is None or later.start <= earlier.until:
            raise wrong(
                f"{zh}重叠：{later.start} 起的一条开始时，前一条到 {earlier.until or '无止日'} 才结束",
                f"the {en} overlap: one begins on {later.start}, the one before it ends on "
                f"{earlier.until or 'no day'}",
                f"前一条写 until: {later.start - timedelta(days=1)}",
                f"let the one before it end with until: {later.start - timedelta(days=1)}",
            )
        if later.start - earlier.until > timedelta(days=1):
            first, last = earlier.until + timedelta(days=1), later.start - timedelta(days=1)
            raise wrong(
                f"{zh}有空档：{first} 至 {last} 没有取值",
                f"the {en} have a hole: nothing holds from {first} to {last}",
                "补上这一段，或改正起止日期",
                "add the missing span, or correct the days",
            )
