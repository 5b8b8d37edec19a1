"""Which text of a rule a result rests on, as a digest that fits on a line (规则版本).

Equal digests are equal texts: conditions, numbers, days, documents. A result that names the edition of every
rule can be compared with what the packs say today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from gaoxin.facts.runcards import digest

if TYPE_CHECKING:
    from gaoxin.packs.schemas.rule import Rule
    from gaoxin.rules.compiling import CompiledRule

_SIGNS = 16


def edition(rule: Rule) -> str:
    """The digest of one text: the first 16 hexadecimal digits of its SHA-256."""
    return digest(rule.model_dump(mode="json"))[:_SIGNS]


def editions(rules: Iterable[CompiledRule]) -> dict[str, str]:
    """The editions of some rules and of those their conditions ask, by id."""
    found: dict[str, str] = {}
    for held in rules:
        found[held.id] = edition(held.rule)
        found |= {name: told for name, told in editions(held.asked.values()).items() if name not in found}
    return dict(sorted(found.items()))


def outdated(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The rules whose text is another one now, that are new, or that are gone; sorted."""
    return tuple(sorted(name for name in {*then, *now} if then.get(name) != now.get(name)))
