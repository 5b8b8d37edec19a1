"""kind: sandbox. What a made-up population of enterprises is made of (演练区的虚构企业).

Names are put together from parts of places that do not exist; figures are drawn around declared middles.
Nothing in it describes a real enterprise. The drawing itself is done on the fact floor.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gaoxin.packs.schemas.base import Closed, Count, Entry, Name, SnakeId, SubjectCode
from gaoxin.packs.schemas.base import Flag as YesNo
from gaoxin.packs.schemas.sandbox_states import CodeDraw, Decimal, EventDraw, Judgements, Target, Title


class NameParts(Closed):
    """A name is place + first + second + trade + form: 演州青岚精密机械有限公司."""

    places: tuple[Name, ...] = Field(min_length=1, description="Places that do not exist (虚构地名)")
    first: tuple[Name, ...] = Field(min_length=1, description="First character of the brand (字号首字)")
    second: tuple[Name, ...] = Field(min_length=1, description="Second character of the brand (字号次字)")
    forms: tuple[Name, ...] = Field(min_length=1, description="Legal forms (组织形式)")


class SandboxIndustry(Closed):
    """One industry of the practice zone."""

    subject: SubjectCode = Field(description="The industry (产业)")
    industry_code: Annotated[str, StringConstraints(pattern=r"^[A-T]\d{4}\Z")] = Field(
        description="GB/T 4754 section letter and class (行业代码)"
    )
    tech_field: SnakeId = Field(description="Code of the metric tech_field (高新技术领域)")
    weight: Annotated[Count, Field(ge=1)] = Field(description="How often it is drawn (权重)")
    size: Decimal = Field(default="1", description="Its middle revenue against that of the zone (规模系数)")
    trades: tuple[Name, ...] = Field(min_length=1, description="Trade words of names (行业用词)")


class Spread(Closed):
    """How the figures of one metric are drawn: log-normally around a middle, or as a part of another."""

    metric: SnakeId = Field(description="What is drawn (指标)")
    share_of: SnakeId | None = Field(default=None, description="Drawn as a share of this metric (占哪个指标)")
    middle: Decimal = Field(description="Median, in the metric's unit, or the share (中位数)")
    spread: Decimal = Field(description="Standard deviation of the logarithm (离散)")
    growth: Decimal = Field(default="0", description="Median growth a year (年增长)")
    most: Decimal | None = Field(default=None, description="Upper limit, such as 1 for a part (上限)")
    least: Decimal | None = Field(default=None, description="Lower limit, such as 1 for a rank (下限)")
    negative: Decimal = Field(default="0", description="Share of enterprises that lose instead (亏损比例)")
    some: Decimal = Field(default="1", description="Share that has any; the others report 0 (非零比例)")
    lean: Decimal = Field(
        default="0", description="How far it follows the R&D of the enterprise, 0 to 1 (与研发的相关)"
    )
    ahead: YesNo = Field(
        default=False, description="The year that is being reported is known as well (含填报当年)"
    )
    once: YesNo = Field(default=False, description="Only the newest value is known (只有最新值)")
    missing: Decimal = Field(default="0", description="Share of enterprises without it (缺报比例)")


class Flag(Closed):
    """A yes or no of an enterprise, the same in all years."""

    metric: SnakeId = Field(description="What is drawn, of value type boolean (指标)")
    yes: Decimal = Field(description="Share of enterprises that answer yes (“是”的比例)")
    missing: Decimal = Field(default="0", description="Share of enterprises without it (缺报比例)")


class MonthlyReport(Closed):
    """The monthly return of the larger enterprises, for practising the import."""

    revenue_from: Decimal = Field(
        description="Revenue in 万元 from which they report; for practice only (起报收入)"
    )
    metrics: tuple[SnakeId, ...] = Field(min_length=1, description="Columns, each drawn above (报表指标)")
    late: Decimal = Field(
        default="0.15", description="Share that has not reported the last month yet (迟报比例)"
    )
    newcomers: Count = Field(
        default=12, description="Enterprises that report for the first time (新入统家数)"
    )


class Population(Entry):
    """The made-up population of one practice zone."""

    kind: Literal["sandbox"] = Field(description="Always sandbox (文档种类)")
    zone: SubjectCode = Field(description="The practice zone (演练区)")
    years: tuple[Annotated[Count, Field(ge=2000, le=2100)], ...] = Field(
        min_length=1, description="Years (年份)"
    )
    credit_region: Annotated[str, StringConstraints(pattern=r"^\d{6}\Z")] = Field(
        description="Unassigned region of the made-up credit codes (信用代码用的未分配区划)"
    )
    names: NameParts = Field(description="Parts of names (名称)")
    industries: tuple[SandboxIndustry, ...] = Field(min_length=1, description="Industries (产业)")
    figures: tuple[Spread, ...] = Field(
        min_length=1, description="Figures, each after those it is a share of (数值)"
    )

    flags: tuple[Flag, ...] = Field(default=(), description="Yes and no (是否类指标)")
    codes: tuple[CodeDraw, ...] = Field(default=(), description="Codes (代码类指标)")
    judgements: tuple[Judgements, ...] = Field(default=(), description="Opinions of experts (专家评分)")
    events: tuple[EventDraw, ...] = Field(default=(), description="Lists of events (明细清单)")
    titles: tuple[Title, ...] = Field(default=(), description="Titles (资质称号)")
    titles_missing: Decimal = Field(
        default="0", description="Share of those without a title of which nothing is known (称号缺报比例)"
    )
    targets: tuple[Target, ...] = Field(default=(), description="Published totals to meet (公布数)")
    monthly: MonthlyReport | None = Field(default=None, description="The monthly return (月报)")

    @property
    def key(self) -> str:
        return self.zone
