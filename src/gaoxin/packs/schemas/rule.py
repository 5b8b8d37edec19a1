"""kind: rule. Who qualifies for a title, a size class, a deduction, a clause, by which text (认定规则).

The parts stand beside this module: `rule_parameter`, `rule_score`, `rule_condition`, `rule_benefit`. What the
expressions mean is the business of `gaoxin.compute.language`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field, StrictInt, StringConstraints, ValidationInfo, field_validator, model_validator

from gaoxin.core.spelling import did_you_mean
from gaoxin.packs.schemas.base import (
    Closed,
    Day,
    Entry,
    Id,
    Name,
    Override,
    SnakeId,
    Text,
    Variable,
    Wording,
    wrong,
)
from gaoxin.packs.schemas.rule_benefit import Benefit
from gaoxin.packs.schemas.rule_condition import Classes, Completeness, DirectRoute, RuleCondition, RuleFlag
from gaoxin.packs.schemas.rule_parameter import RuleDocument, RuleParameter, Span
from gaoxin.packs.schemas.rule_score import Part

RuleId = Annotated[
    str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9.\-]{0,39}\Z"), Field(examples=["TSME", "GAZ-HP"])
]
Application = Literal["new", "renewal"]
Category = Literal["title", "size", "deduction", "clause", "points", "description"]
Status = Literal["in_force", "superseded", "transitional", "draft", "description"]


# What a rule that is only described does not have, and the categories that a part belongs to.
_PARTS = ("scores", "conditions", "direct", "classes", "completeness", "flags", "benefit")
_FITTING: dict[str, tuple[str, ...]] = {
    "benefit": ("clause", "deduction"),
    "grants": ("title", "description"),
    "classes": ("size",),
    "completeness": ("points",),
}


class Effective(Span):
    """The days on which an application received falls under this text (适用期间)."""

    start: Day | None = Field(alias="from", description="First day; null only if the text gives none (起)")


class Validity(Closed):
    """How long a title holds, from the day it is granted (有效期)."""

    years: Annotated[StrictInt, Field(ge=1, le=99)] = Field(description="Years (年)")


class Grant(Closed):
    """The title that a pass leads to (授予的称号)."""

    title: SnakeId = Field(description="Kind of title, as in the metric titles (称号)")
    level: SnakeId | None = Field(default=None, description="Level of the title (级别)")
    valid: Validity | None = Field(default=None, description="How long it holds (有效期)")


class Definition(Closed):
    """A number or a truth with a name that conditions and scores use (定义)."""

    zh: Name = Field(description="What it is, Chinese (名称)")
    en: Name | None = Field(default=None, description="What it is, English")
    expr: Text = Field(description="Expression in the condition language (表达式)")
    unit: Name | None = Field(default=None, description="Unit it is shown in (显示单位)")


class RuleScore(Part):
    """A score: a part with a name of its own, shown in a unit (评分)."""

    id: Id = Field(default="score", description="Left out: the name under scores is its id (编号)")
    unit: Name = Field(default="分", description="Unit it is shown in (显示单位)")


class Rule(Entry):
    """One version of one text (规则)."""

    kind: Literal["rule"] = Field(description="Always rule (文档种类)")
    overrides: tuple[Override, ...] = Field(
        default=(), description="The rule of another pack replaced here (覆盖)"
    )
    id: RuleId = Field(description="Id and name of the file (编号)")
    zh: Name = Field(description="Chinese name (中文名)")
    en: Name = Field(description="English name (英文名)")
    short: Name = Field(description="Short Chinese name for a chip or a table (简称)")
    category: Category = Field(description="What it is about (类别)")
    family: RuleId | None = Field(default=None, description="Family whose version it is (规则族)")
    applications: tuple[Application, ...] = Field(
        default=("new", "renewal"), min_length=1, description="Kinds of application it is for (申请类型)"
    )
    effective: Effective = Field(description="Applications received on these days (适用期间)")
    selects_by: Literal["application_day", "acceptance_day"] = Field(
        default="application_day", description="The day that counts for `effective` (适用日期)"
    )
    status: Status = Field(
        description="in_force, superseded, transitional, draft; description: not executable (状态)"
    )
    grants: Grant | None = Field(default=None, description="The title a pass leads to (授予的称号)")
    scope: dict[SnakeId, tuple[SnakeId, ...]] = Field(
        default_factory=dict,
        description="Members of a scope family the text means; the others are refused (口径)",
    )
    documents: dict[Variable, RuleDocument] = Field(
        min_length=1, description="Documents it rests on, by a short name (文件)"
    )
    parameters: dict[Variable, RuleParameter] = Field(
        default_factory=dict, description="Numbers of law, by name (参数)"
    )
    definitions: dict[Variable, Definition] = Field(
        default_factory=dict, description="Named expressions; each may use those before it (定义)"
    )
    scores: dict[Variable, RuleScore] = Field(default_factory=dict, description="Scores, by name (评分)")
    conditions: tuple[RuleCondition, ...] = Field(default=(), description="All of them must hold (条件)")
    direct: tuple[DirectRoute, ...] = Field(default=(), description="Direct routes (直通)")
    classes: Classes | None = Field(default=None, description="Names of an ordering score (分类)")
    completeness: Completeness | None = Field(default=None, description="How much data is there (数据齐备)")
    flags: tuple[RuleFlag, ...] = Field(default=(), description="For the officer's eye only (提示)")
    benefit: Benefit | None = Field(default=None, description="What it pays (兑现)")
    describe: Wording = Field(description="The rule in plain words, for officers (说明)")

    @property
    def executable(self) -> bool:
        return self.status != "description"

    def label(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh

    def parts(self) -> Iterator[Part]:
        """Every score and score part, wholes before their parts."""
        return _parts(self.scores.values())

    @field_validator(*_PARTS, "grants")
    @classmethod
    def _belongs_to_the_kind_of_rule(cls, part: object, info: ValidationInfo) -> object:
        name, category = str(info.field_name), info.data.get("category")
        if part and info.data.get("status") == "description" and name in _PARTS:
            raise wrong(
                f"只作说明的规则不写 {name}",
                f"a rule with status description has no {name}",
                "去掉这些内容，或改 status",
                "remove them, or change the status",
            )
        fitting = _FITTING.get(name, ())
        if part is not None and fitting and category is not None and category not in fitting:
            raise wrong(
                f"{category} 类规则不写 {name}",
                f"a rule of category {category} has no {name}",
                f"只有 {'、'.join(fitting)} 类才写",
                f"it belongs to category {' or '.join(fitting)}",
            )
        return part

    @field_validator("scores")
    @classmethod
    def _named(cls, scores: dict[str, RuleScore], info: ValidationInfo) -> dict[str, RuleScore]:
        named = {name: score.model_copy(update={"id": name}) for name, score in scores.items()}
        parts = (part.id for part in _parts(named.values()))
        _unique("定义或评分项", "definition or score part", [*info.data.get("definitions", ()), *parts])
        return named

    @field_validator("conditions")
    @classmethod
    def _once_each(cls, conditions: tuple[RuleCondition, ...]) -> tuple[RuleCondition, ...]:
        _unique("条件", "condition", (condition.id for condition in conditions))
        return conditions

    @field_validator("direct")
    @classmethod
    def _replaces_what_is_there(
        cls, direct: tuple[DirectRoute, ...], info: ValidationInfo
    ) -> tuple[DirectRoute, ...]:
        conditions = {condition.id: condition for condition in info.data.get("conditions", ())}
        for route in direct if "conditions" in info.data else ():
            for name in route.replaces:
                if name not in conditions:
                    raise wrong(
                        f"直通 {route.id} 替代的条件 {name} 不存在",
                        f"the direct route {route.id} replaces the unknown condition {name}",
                        f"可用：{'、'.join(conditions)}",
                        f"use one of {', '.join(conditions)}",
                    )
                if conditions[name].aspect == "base":
                    raise wrong(
                        f"直通 {route.id} 不能替代基本条件 {name}",
                        f"the direct route {route.id} cannot replace the base condition {name}",
                        "基本条件始终要满足；从 replaces 里去掉",
                        "base conditions always hold; take it out of replaces",
                    )
        names = list(conditions)
        names += [name for route in direct for name in (route.id, *(way.id for way in route.any))]
        _unique("条件或直通", "condition or direct route", names)
        return direct

    @field_validator("classes")
    @classmethod
    def _of_a_score(cls, classes: Classes | None, info: ValidationInfo) -> Classes | None:
        if classes is None or "scores" not in info.data:
            return classes
        scores = info.data["scores"]
        if classes.of not in scores:
            raise wrong(
                f"没有评分 {classes.of}", f"unknown score {classes.of}", *did_you_mean(classes.of, scores)
            )
        lacking = sorted(set(classes.names.values()) ^ set(classes.zh))
        if lacking:
            raise wrong(
                f"分类的名称和中文名不对应：{'、'.join(lacking)}",
                f"the names of the classes and their Chinese words differ: {', '.join(lacking)}",
            )
        return classes

    @field_validator("flags")
    @classmethod
    def _flags_once_each(cls, flags: tuple[RuleFlag, ...]) -> tuple[RuleFlag, ...]:
        _unique("提示", "flag", (flag.id for flag in flags))
        return flags

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Rule:
        if self.executable and self.category == "description":
            raise wrong(
                "category: description 的规则不可执行，status 也写 description",
                "a rule of category description is not executable: its status is description too",
            )
        if self.executable and not self.conditions:
            raise wrong(
                "规则没有条件",
                "the rule has no conditions",
                "写 conditions:；只作说明的规则写 status: description",
                "write conditions:; a rule that is only described has status: description",
            )
        if self.executable and self.category in _FITTING["benefit"] and self.benefit is None:
            raise wrong(
                f"{self.category} 类规则缺少 benefit:",
                f"a rule of category {self.category} lacks a benefit",
                "写上金额、性质、层级和事项",
                "write amount, nature, level and matter",
            )
        return self


def _parts(scores: Iterable[Part]) -> Iterator[Part]:
    """Scores and all their parts, wholes before their parts."""
    stack = list(reversed(list(scores)))
    while stack:
        part = stack.pop()
        yield part
        stack.extend(reversed(part.children))


def _unique(zh: str, en: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise wrong(
                f"{zh}编号 {name} 写了两次",
                f"duplicate id: the {en} {name} stands twice",
                "换一个编号",
                "choose another id",
            )
        seen.add(name)
