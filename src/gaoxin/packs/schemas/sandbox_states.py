"""What else a made-up enterprise has: codes, judgements, events and titles, and published totals to meet."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gaoxin.packs.schemas.base import Closed, Count, Id, Name, SnakeId, SubjectCode, Wording

Decimal = Annotated[str, StringConstraints(pattern=r"^-?\d{1,12}(\.\d{1,6})?\Z")]
Weights = dict[str, Annotated[Count, Field(ge=1)]]


class CodeDraw(Closed):
    """A code of an enterprise, the same in all years."""

    metric: SnakeId = Field(description="What is drawn, of value type code (指标)")
    choices: Weights = Field(min_length=1, description="Codes and how often each is drawn (代码及权重)")
    missing: Decimal = Field(default="0", description="Share of enterprises without it (缺报比例)")


class Judgements(Closed):
    """Points and opinions that experts give to the few enterprises they have assessed (专家评分)."""

    share: Decimal = Field(description="Share of enterprises that were assessed (已评比例)")
    points: dict[SnakeId, tuple[Count, Count]] = Field(
        default_factory=dict, description="Metric: least and most points, whole numbers (得分范围)"
    )
    opinions: dict[SnakeId, Decimal] = Field(
        default_factory=dict, description="Metric of value type boolean: share of yes (意见为“是”的比例)"
    )


class FieldDraw(Closed):
    """How one field of an event is drawn; exactly one of the ways."""

    codes: Weights | None = Field(default=None, description="Codes or texts and their weights (代码及权重)")
    days_back: tuple[Count, Count] | None = Field(
        default=None, description="A day so many days before the end of the last year (几天以前)"
    )
    years_after: Annotated[Count, Field(ge=1, le=20)] | None = Field(
        default=None, description="The last day so many years after valid_from (有效年数)"
    )
    money: tuple[Decimal, Decimal] | None = Field(
        default=None, description="Middle in 万元 and standard deviation of the logarithm (金额)"
    )
    whole: tuple[Count, Count] | None = Field(default=None, description="A whole number between two (整数)")
    yes: Decimal | None = Field(default=None, description="Share of yes (“是”的比例)")
    text: Name | None = Field(default=None, description="A text before a running number (文字)")


class EventDraw(Closed):
    """A list of events; an enterprise has some, is known to have none, or nothing is known."""

    metric: SnakeId = Field(description="What is drawn, an event list (明细清单)")
    missing: Decimal = Field(default="0", description="Share of which nothing is known (缺报比例)")
    some: Decimal = Field(
        description="Share with at least one event; those with more R&D more often (有的比例)"
    )
    most: Annotated[Count, Field(ge=1, le=12)] = Field(default=1, description="Most events (最多几条)")
    fields: dict[SnakeId, FieldDraw] = Field(min_length=1, description="Fields of every event (字段)")


class Title(Closed):
    """A title some enterprises hold at the end of the last year; those with more R&D hold it more often."""

    kind: SnakeId = Field(description="Kind of the metric titles (称号)")
    level: Literal["national", "provincial"] = Field(description="Level (级别)")
    share: Decimal = Field(description="Share of enterprises that hold it; without a target (比例)")
    new: Decimal = Field(
        default="0.35", description="Share of the holders recognised in the last year (新增比例)"
    )
    lapsed: Decimal = Field(
        default="0.2", description="Lost in the last year, against the holders (到期未续比例)"
    )
    renewed: Decimal = Field(
        default="0.3", description="Share of the other holders that had held it before (重新认定比例)"
    )
    valid_years: Annotated[Count, Field(ge=1, le=10)] = Field(description="Years it is valid (有效年数)")
    months: tuple[Annotated[Count, Field(ge=1, le=12)], Annotated[Count, Field(ge=1, le=12)]] = Field(
        default=(9, 12), description="First and last month of recognition (认定月份)"
    )
    within: SnakeId | None = Field(
        default=None, description="Only holders of this title, drawn before it, hold it (须先有的称号)"
    )
    prefix: Name = Field(description="First letters of the certificate number (证书号开头)")


class Target(Closed):
    """A published total of a real zone that the population meets at a size, and in proportion below it.

    Counts are met exactly, sums within their last printed digit; the figures themselves stay made up.
    """

    metric: SnakeId = Field(description="Total of the practice zone (合计指标)")
    value: Decimal = Field(description="Published total, in `unit` (公布数)")
    unit: Name = Field(description="Unit it is printed in (单位)")
    at: Annotated[Count, Field(ge=1)] = Field(
        description="Number of enterprises at which it is met (适用家数)"
    )
    zone: SubjectCode = Field(description="The real zone (真实高新区)")
    observation: Id = Field(description="Its observation in the pack of that zone (观测值编号)")
    through: SnakeId | None = Field(
        default=None,
        description="Figure that is scaled with everything drawn as a share of it; for sums (按它缩放)",
    )
    note: Wording | None = Field(default=None, description="What was assumed (说明)")
