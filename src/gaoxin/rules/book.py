"""Which version of a rule holds, on a day and for a kind of application (规则册).

A versioned id names one text and tests that text on any day; a family chooses among its versions. Where the
documents are silent nothing is chosen, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from gaoxin.core.errors import RuleError
from gaoxin.core.spelling import did_you_mean

if TYPE_CHECKING:
    from gaoxin.packs.library import Library
    from gaoxin.packs.schemas.rule import Application, Rule


@dataclass(frozen=True)
class RuleBook:
    """The rules of the opened packs."""

    library: Library = field(repr=False)

    def select(self, name: str, on: date, application: Application = "new") -> Rule:
        """The rule itself, or the version of a family for an application on a day.

        Raises: RuleError for an unknown name, with near ones; where the text is silent; and for a rule that
        is only described.
        """
        family = self.library.rule_families.get(name)
        if family is None:
            return self._executable(self._rule(name))
        version = family.version_on(on, application)
        if version is None:
            kind_zh, kind_en = _APPLICATIONS[application]
            raise RuleError(
                f"{family.zh}：{on} 的{kind_zh}适用哪个版本，文件没有写明，不能判定",
                f"{family.en}: the documents do not say which version an application for {kind_en} on {on} "
                "falls under",
                family=name,
                on=on.isoformat(),
            )
        return self._executable(self._rule(version.rule))

    def in_force(self, on: date, application: Application = "new") -> Iterator[Rule]:
        """Every executable rule an application on a day can fall under, in the order of their ids."""
        for name in sorted(self.library.rules):
            rule = self.library.rules[name]
            if not rule.executable or not rule.effective.holds_on(on) or application not in rule.applications:
                continue
            family = self.library.rule_families.get(rule.family) if rule.family else None
            version = family.version_on(on, application) if family else None
            if family is None or (version is not None and version.rule == rule.id):
                yield rule

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Everything that `select` knows."""
        return tuple(sorted({*self.library.rules, *self.library.rule_families}))

    def _rule(self, name: str) -> Rule:
        if name not in self.library.rules:
            hint_zh, hint_en = did_you_mean(name, self.names)
            raise RuleError(
                f"没有规则 {name}" + (f"，{hint_zh}" if hint_zh else ""),
                f"there is no rule {name}" + (f"; {hint_en}" if hint_en else ""),
                rule=name,
            )
        return self.library.rules[name]

    def _executable(self, rule: Rule) -> Rule:
        if not rule.executable:
            raise RuleError(
                f"{rule.zh}（{rule.id}）只有说明，不能判定：{rule.describe.zh}",
                f"{rule.en} ({rule.id}) is described only and cannot be decided: {rule.describe.en}",
                rule=rule.id,
            )
        return rule


_APPLICATIONS = {"new": ("新申请", "a first grant"), "renewal": ("复核申请", "renewal")}
