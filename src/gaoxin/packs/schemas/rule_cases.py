"""kind: rule_cases. What a rule must give for made-up enterprises, worked by hand (规则用例)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StrictBool, StrictInt, StringConstraints, Tag, model_validator

from gaoxin.packs.schemas.base import Closed, Day, Entry, Id, Name, Override, SnakeId, Text, wrong
from gaoxin.packs.schemas.exact import Exact
from gaoxin.packs.schemas.rule import Application, RuleId

RuleVerdict = Literal["pass", "fail", "unknown", "pending_expert"]
# What a case shows about its rule; every executable rule has the first four.
Shows = Literal["yes", "no", "boundary", "missing", "expert", "other"]
NEEDED: tuple[Shows, ...] = ("yes", "no", "boundary", "missing")

Year = Annotated[str, StringConstraints(pattern=r"^[12]\d{3}\Z")]
FactText = Annotated[str, StringConstraints(min_length=1, max_length=500)]


def _scalar_form(value: Any) -> str | None:
    if value is None:
        return "<null>"
    return {bool: "<flag>", int: "<whole>", str: "<text>"}.get(type(value))


def _fact_form(value: Any) -> str | None:
    if isinstance(value, dict):
        return "<years>"
    return "<elements>" if isinstance(value, list | tuple) else _scalar_form(value)


FactValue = Annotated[
    Annotated[None, Tag("<null>")]
    | Annotated[StrictBool, Tag("<flag>")]
    | Annotated[StrictInt, Tag("<whole>")]
    | Annotated[FactText, Tag("<text>")],
    Discriminator(
        _scalar_form,
        custom_error_type="fact_form",
        custom_error_message="expected a whole number, a quoted decimal, true, false, a date, a text or null",
    ),
]
Fact = Annotated[
    Annotated[None, Tag("<null>")]
    | Annotated[StrictBool, Tag("<flag>")]
    | Annotated[StrictInt, Tag("<whole>")]
    | Annotated[FactText, Tag("<text>")]
    | Annotated[dict[Year, FactValue], Tag("<years>")]
    | Annotated[tuple[dict[str, FactValue], ...], Tag("<elements>")],
    Discriminator(
        _fact_form,
        custom_error_type="fact_form",
        custom_error_message="expected a value, {year: value}, or a list of elements",
    ),
]


def _number_form(value: Any) -> str | None:
    if isinstance(value, list | tuple):
        return "<range>"
    return {int: "<whole>", str: "<text>"}.get(type(value))


CaseNumber = Annotated[
    Annotated[StrictInt, Tag("<whole>")] | Annotated[Exact, Tag("<text>")],
    Discriminator(
        _number_form,
        custom_error_type="fact_form",
        custom_error_message='expected a whole number or a quoted decimal: "7.5"',
    ),
]
ScoreExpected = Annotated[
    Annotated[StrictInt, Tag("<whole>")]
    | Annotated[Exact, Tag("<text>")]
    | Annotated[tuple[CaseNumber, CaseNumber], Tag("<range>")],
    Discriminator(
        _number_form,
        custom_error_type="fact_form",
        custom_error_message="expected a number, or [lo, hi] while inputs are missing",
    ),
]


def _class_form(value: Any) -> str | None:
    return "<text>" if isinstance(value, str) else "<several>" if isinstance(value, list | tuple) else None


class RuleExpectation(Closed):
    """What must come out; what is left out is not checked (应得)."""

    verdict: RuleVerdict = Field(description="pass, fail, unknown or pending_expert (结论)")
    score: ScoreExpected | None = Field(
        default=None, description="Exact score, or [lo, hi] while inputs are missing (得分)"
    )
    not_met: tuple[Id, ...] | None = Field(
        default=None, description="Conditions definitely not met (未满足的条件)"
    )
    missing: tuple[SnakeId, ...] | None = Field(
        default=None, description="Metrics whose absence leaves the verdict open (缺少的指标)"
    )
    amount: CaseNumber | None = Field(default=None, description="Amount in money_unit (金额)")
    class_: (
        Annotated[
            Annotated[Name, Tag("<text>")] | Annotated[tuple[Name, ...], Tag("<several>")],
            Discriminator(
                _class_form,
                custom_error_type="fact_form",
                custom_error_message="expected the class, or the list of classes still possible",
            ),
        ]
        | None
    ) = Field(default=None, alias="class", description="Class, or the classes still possible (分类)")
    version: RuleId | None = Field(default=None, description="Rule that a family selects (选用的版本)")
    completeness: Annotated[str, StringConstraints(pattern=r"^\d{1,3}/\d{1,3}\Z")] | None = Field(
        default=None, description='"2/3" (数据齐备)'
    )

    @model_validator(mode="after")
    def _settled_lacks_nothing(self) -> RuleExpectation:
        if self.verdict in ("pass", "fail") and self.missing:
            raise wrong(
                f"结论是 {self.verdict}，就不再缺什么：missing 应为空",
                f"with the verdict {self.verdict} nothing is missing any more: missing is empty",
            )
        return self


class RuleCase(Closed):
    """One made-up enterprise on one day, and what the rule must say of it (规则用例)."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        description="What it shows, as a sentence (说明什么)"
    )
    shows: Shows = Field(description='"yes", "no", boundary, missing, expert or other (用例类型)')
    on: Day = Field(description="Day of application: selects the version, fixes Y-1 (申请日)")
    application: Application | None = Field(default=None, description="new or renewal (申请类型)")
    money_unit: Literal["元", "万元", "亿元"] = Field(description="Unit of all money in the case (金额单位)")
    facts: dict[SnakeId, Fact] = Field(
        default_factory=dict,
        description="Metric: value, {year: value} or a list of elements; null = missing (事实)",
    )
    expect: RuleExpectation = Field(description="What must come out (应得)")
    reason: Text | None = Field(default=None, description="The sum worked by hand (算式)")

    @model_validator(mode="after")
    def _shows_what_it_says(self) -> RuleCase:
        fitting = {"yes": "pass", "no": "fail", "expert": "pending_expert"}.get(self.shows)
        if fitting is not None and self.expect.verdict != fitting:
            raise wrong(
                f"shows: {self.shows} 的用例结论应是 {fitting}，这里写 {self.expect.verdict}",
                f"a case that shows {self.shows} expects {fitting}, not {self.expect.verdict}",
                "改正 shows 或 verdict",
                "correct shows or verdict",
            )
        return self


class RuleCases(Entry):
    """The cases of one rule or one family (规则用例)."""

    kind: Literal["rule_cases"] = Field(description="Always rule_cases (文档种类)")
    overrides: tuple[Override, ...] = Field(
        default=(), description="The cases of another pack replaced here (覆盖)"
    )
    rule: RuleId = Field(description="Rule or family, and name of the file (规则)")
    cases: tuple[RuleCase, ...] = Field(min_length=1, description="The cases (用例)")

    @property
    def key(self) -> str:
        return self.rule
