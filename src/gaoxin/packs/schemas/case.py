"""kind: cases. What the content must give, worked by hand (用例). Gate 5 runs them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from gaoxin.packs.schemas.base import Closed, Count, Day, Entry, Flag, Id, Name, SubjectCode, Text, wrong

Verdict = Literal[
    "ok",
    "flag",
    "inconsistent",
    "note",
    "undetermined",
    "gap",
    "coarse",
    "not_comparable",
    "not_additive",
    "info",
    "bound",
]
VERDICTS: tuple[str, ...] = get_args(Verdict)
DEADLINE_KEYS = frozenset({"due", "provisional"})


def _expected_form(value: Any) -> str | None:
    if isinstance(value, bool):
        return "<flag>"
    if isinstance(value, str):
        return "<text>"
    if value is None:
        return "<null>"
    return "<range>" if isinstance(value, list | tuple) else None


Expected = Annotated[
    Annotated[Flag, Tag("<flag>")]
    | Annotated[Text, Tag("<text>")]
    | Annotated[tuple[Name | None, Name | None], Tag("<range>")]
    | Annotated[None, Tag("<null>")],
    Discriminator(
        _expected_form,
        custom_error_type="expected_form",
        custom_error_message='expected "text", true or false, or a range ["490.6", "492.3"]',
    ),
]


class Pause(Closed):
    """The clock stands still on [from, to)."""

    start: Day = Field(alias="from", description="First day of the pause (起)")
    end: Day | None = Field(alias="to", description="First day after it; null if it has not ended (止)")


class DeadlineQuestion(Closed):
    """When is it due?"""

    start: Name = Field(description='Local time of receipt, "2026-09-17T10:00" (收到时间)')
    limit: Annotated[Count, Field(ge=1, le=10_000)] = Field(description="How many units (时限)")
    unit: Literal["working_day", "calendar_day", "half_working_day"] = Field(description="Of what (单位)")
    pauses: tuple[Pause, ...] = Field(default=(), description="Stretches that stop the clock (中止)")


class DerivationQuestion(Closed):
    """What does a derivation give for one subject and period?"""

    id: Id = Field(description="The derivation (推算)")
    subject: SubjectCode = Field(description="Subject of the figure it gives (得到的主体)")
    metric: Name | None = Field(default=None, description='The metric that "*" stands for (指标)')
    period: Name = Field(description="For when (报告期)")
    of: SubjectCode | None = Field(default=None, description="Whole, if it gives a share (占谁的)")


class PackCase(Entry):
    """One question to the content and the answer it must give."""

    id: Id | None = Field(default=None, description="Id; the line is used if left out (编号)")
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = Field(
        default=None, description="What it shows, as a sentence (说明什么)"
    )
    check: Id | None = Field(default=None, description="Ask this cross-check (互校)")
    derivation: DerivationQuestion | None = Field(default=None, description="Ask a derivation (推算)")
    due: DeadlineQuestion | None = Field(default=None, description="Ask for a due date (到期日)")
    expect: dict[Name, Expected] = Field(
        min_length=1,
        description='verdict: ok; a name: ["490.6", "492.3"]; due: "2026-09-23" (null where no date can '
        "be given yet), provisional: false (应得)",
    )
    reason: Text | None = Field(default=None, description="The sum worked by hand (算式)")

    @model_validator(mode="after")
    def _asks_one_thing(self) -> PackCase:
        asked = [name for name in ("check", "derivation", "due") if getattr(self, name) is not None]
        if len(asked) != 1:
            raise wrong(
                f"一个用例只问一件事，这里问了 {len(asked)} 件",
                f"a case asks one thing; this one asks {len(asked)}",
                "写 check、derivation、due 三者之一",
                "write one of check, derivation, due",
            )
        verdict = self.expect.get("verdict")
        if self.check is not None and verdict is not None and verdict not in VERDICTS:
            known = ", ".join(VERDICTS)
            raise wrong(
                f"没有 {verdict} 这种结论",
                f"there is no verdict {verdict}",
                f"可用：{known}",
                f"use one of {known}",
            )
        if asked == ["due"] and not set(self.expect) <= DEADLINE_KEYS:
            raise wrong(
                "到期日用例只写 due 和 provisional", "a deadline case expects due and provisional only"
            )
        unknown = [name for name, value in self.expect.items() if value is None]
        if unknown and unknown != ["due"]:
            raise wrong(
                "只有 due 可以写 null（日历未公布，给不出日期）",
                "only due may be null: the calendar is not published, so there is no date",
                '写出应得的结论或区间，如 ["490.6", "492.3"]',
                'write the verdict or the range, such as ["490.6", "492.3"]',
            )
        return self

    @property
    def question(self) -> Literal["check", "derivation", "due"]:
        return "check" if self.check is not None else "derivation" if self.derivation is not None else "due"

    @property
    def verdict(self) -> str | None:
        value = self.expect.get("verdict")
        return value if isinstance(value, str) else None

    @property
    def label(self) -> str:
        return self.id or self.name or self.check or f"line {self.origin.line}"


class Cases(Closed):
    """A file of cases."""

    kind: Literal["cases"] = Field(description="Always cases (文档种类)")
    cases: tuple[PackCase, ...] = Field(min_length=1, description="The cases (用例)")
