"""Whether a title that runs out would be granted again on the facts of today (复核预判).

The version of the text is the one for a renewal: it may be another than for a first application, and where
the documents do not say which it is, nobody is judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from gaoxin.rules.attrition import attrition
from gaoxin.rules.matching import Matched, RuleColumns
from gaoxin.rules.titles import Title, TitleLedger
from gaoxin.rules.verdicts import Verdict

if TYPE_CHECKING:
    from gaoxin.rules.compiling import CompiledRule, Compiler

TITLES = "titles"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Renewal:
    """One title that runs out, and what its rule says of its firm: as a judgement does."""

    title: Title
    rule: str
    verdict: Verdict
    not_met: tuple[str, ...]
    missing: tuple[str, ...]


def renewal_rules(compiler: Compiler) -> dict[str, CompiledRule]:
    """The rule by which each title is renewed, by kind of title. `compiler`: one for renewals.

    Missing: a title without a rule, or whose texts do not say which version a renewal falls under.
    """
    found: dict[str, CompiledRule] = {}
    for rule in compiler.book.in_force(compiler.on, "renewal"):
        if rule.grants is not None and rule.status != "draft":
            found.setdefault(rule.grants.title, compiler.compiled(rule.id))
    return found


def renewals(
    frame: pl.DataFrame, rules: Mapping[str, CompiledRule], months: int = MONTHS
) -> tuple[Renewal, ...]:
    """Every title of a population that runs out within some months and is not renewed yet.

    Shapes: `frame` is a population frame; `rules` by kind of title, all of one day. In the order of kind,
    last day and subject. A firm whose list of titles is not known has none that runs out.
    """
    if TITLES not in frame.columns or not rules:
        return ()
    ledger = TitleLedger.of_frame(frame)
    found: list[Renewal] = []
    for kind in ledger.kinds:
        compiled = rules.get(kind)
        if compiled is None:
            continue
        ending = attrition(ledger, kind, compiled.on, {}, months).expiring
        told = _verdicts(frame, compiled, {each.title.subject for each in ending})
        found += [Renewal(each.title, compiled.id, *told[each.title.subject]) for each in ending]
    return tuple(found)


def _verdicts(
    frame: pl.DataFrame, compiled: CompiledRule, subjects: set[str]
) -> dict[str, tuple[Verdict, tuple[str, ...], tuple[str, ...]]]:
    if not subjects:
        return {}
    columns = RuleColumns.of(compiled)
    asked = frame.filter(pl.col("subject").is_in(sorted(subjects)))
    judged = columns.apply(asked.lazy()).collect()
    table = Matched(compiled.on, {compiled.id: columns}, {compiled.id: judged}).df()
    return {
        subject: (Verdict(verdict), tuple(not_met), tuple(missing))
        for subject, verdict, not_met, missing in table.select(
            "subject", "verdict", "not_met", "missing"
        ).iter_rows()
    }
