"""Conditions of a rule, the direct routes past them, and its flags (条件、直通、提示)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gaoxin.packs.schemas.base import Closed, Id, Name, Text
from gaoxin.packs.schemas.rule_parameter import Cited, Proven

Aspect = Literal[
    "base",
    "scale",
    "staff",
    "rd",
    "ip",
    "income",
    "score",
    "market",
    "title",
    "compliance",
    "project",
]


class RuleCondition(Proven):
    """One condition; all conditions of a rule must hold (条件)."""

    id: Id = Field(description="Id, unique in the rule: T2 (编号)")
    zh: Name = Field(description="What it is about, Chinese (名称)")
    en: Name = Field(description="What it is about, English")
    aspect: Aspect = Field(description="Column of the matrix it belongs to (方面)")
    test: Text = Field(description="What must hold, in the condition language (判断)")


class DirectAlternative(Cited):
    """One way of the direct route (直通情形)."""

    id: Id = Field(description="Id, unique in the rule: D1 (编号)")
    zh: Name = Field(description="What it is, Chinese (名称)")
    en: Name | None = Field(default=None, description="What it is, English")
    test: Text = Field(description="What must hold, in the condition language (判断)")


class DirectRoute(Cited):
    """Replaces conditions for those who meet any of its alternatives; base conditions always hold (直通)."""

    id: Id = Field(description="Id, unique in the rule: D (编号)")
    zh: Name = Field(description="What it is, Chinese (名称)")
    en: Name | None = Field(default=None, description="What it is, English")
    document: Id = Field(description="Document of the rule (文件)")
    article: Text = Field(description="Article of the document (条款)")
    replaces: tuple[Id, ...] = Field(min_length=1, description="Conditions it replaces (替代的条件)")
    any: tuple[DirectAlternative, ...] = Field(min_length=1, description="Any of these will do (任一)")


class RuleFlag(Cited):
    """Something an officer should look at; it never changes a verdict (提示)."""

    id: Id = Field(description="Id, unique in the rule: F1 (编号)")
    zh: Name = Field(description="What it is, Chinese (名称)")
    en: Name = Field(description="What it is, English")
    test: Text = Field(description="When it is raised, in the condition language (判断)")


class Classes(Closed):
    """Names for the values of a score that orders, as the size classes do (分类)."""

    of: Id = Field(description="The score (评分)")
    names: dict[str, Name] = Field(min_length=1, description='Name of each value: "0": micro (取值名称)')
    zh: dict[str, Name] = Field(min_length=1, description="Chinese word for each name (中文名)")


class Completeness(Closed):
    """How much of the data is there, written 2/3; it never changes a verdict (数据齐备)."""

    metrics: tuple[Id, ...] = Field(min_length=1, description="Definitions or metrics counted (计入的指标)")
