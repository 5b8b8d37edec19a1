"""What waits for a person (我的工作台): figures to rule on, open questions of the sources, imports not finished."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.permissions import can


@dataclass(frozen=True, slots=True)
class Count:
    """How many of each."""

    conflicts: int
    questions: int
    imports: int

    @property
    def count(self) -> int:
        return self.conflicts + self.questions + self.imports


def has_desk(reader: User) -> bool:
    return can(reader, "facts.rule") or can(reader, "facts.import")
