"""Whether the packs say today what they said when a zone was judged (规则已更新).

An evaluation keeps the edition of every rule it applied. Pages of stored verdicts say so where the text is
another one now; pages that judge the frozen facts anew say that the stored verdicts are of the older text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gaoxin.packs.schemas.rule import Application
from gaoxin.rules.editions import editions, outdated
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import can
from gaoxin.web.eligibility import selectors
from gaoxin.web.eligibility.models import Run, State
from gaoxin.web.eligibility.zone_rules import rules_in_force, zone_library
from gaoxin.web.pages.scope import language

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Outdated:
    """`names`: the first rules with another text; `count`: how many; `live`: the page itself goes by the new
    text; `may_ask`: the reader may have the zone judged again; `busy`: that is under way.
    """

    names: tuple[str, ...]
    count: int
    live: bool
    may_ask: bool
    busy: bool


def rules_changed(run: Run) -> tuple[str, ...]:
    """The rules whose text is another one now, that came or that went since an evaluation, by id.

    Missing: an evaluation that kept no editions claims nothing.
    """
    then = run.card.get("rules") or {}
    if not then:
        return ()
    now = _editions(run.zone.code, run.on, run.application, run.zone.synthetic)
    return outdated(then, now)


def rules_left(run: Run) -> list[str]:
    """The rules of an evaluation that the packs still have, in its order."""
    known = zone_library(run.zone.code, practice=run.zone.synthetic).rules
    return [rule for rule in run.rules if rule in known]


def outdated_view(
    reader: User, run: Run | None, rule: str | None = None, *, live: bool = False
) -> Outdated | None:
    """What a page says of an evaluation; None where nothing changed. `rule`: the one the page is about."""
    changed = rules_changed(run) if run is not None else ()
    if rule is not None:
        changed = tuple(name for name in changed if name == rule)
    if run is None or not changed:
        return None
    under_way = selectors.run_under_way(reader, run.zone)
    return Outdated(
        names=tuple(_name(run, name) for name in changed[:_NAMED]),
        count=len(changed),
        live=live,
        may_ask=can(reader, "standings.evaluate"),
        busy=under_way is not None and under_way.state != State.FAILED,
    )


def _name(run: Run, rule: str) -> str:
    held = zone_library(run.zone.code, practice=run.zone.synthetic).rules.get(rule)
    if held is None:
        return rule
    return held.en if language() == "en" else held.short


@lru_cache(maxsize=32)
def _editions(zone: str, on: date, application: Application, practice: bool) -> dict[str, str]:
    return editions(rules_in_force(zone, on, application, practice=practice))
