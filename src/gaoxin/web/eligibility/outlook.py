"""Whether the titles that run out would be granted again: by title and firm, in words (复核预判).

The evaluation of the zone judged them by the rules for a renewal; an evaluation made before that was kept is
asked anew on its own frozen facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.renewals import renewals
from gaoxin.rules.verdicts import Verdict
from gaoxin.web.eligibility.models import Run
from gaoxin.web.eligibility.residents import Residents
from gaoxin.web.eligibility.words import VERDICTS, Face
from gaoxin.web.eligibility.zone_rules import renewed_by
from gaoxin.web.ledger import catalogue
from gaoxin.web.pages.scope import language


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the rule for a renewal says of one firm. `why`: the conditions not met, else the data missing."""

    rule: str
    verdict: Verdict
    face: Face
    why: str


def renewal_rule(held: Residents, kind: str) -> CompiledRule | None:
    """The rule by which a title is renewed; None where there is none or the texts do not say which."""
    return renewed_by(held.zone, held.on, practice=held.practice).get(kind)


def outlooks(run: Run, held: Residents, kind: str) -> Mapping[str, Outlook]:
    """The firms whose title runs out within a year, by code."""
    rule = renewal_rule(held, kind)
    if "renewals" in run.card:
        rows = run.renewals.filter(kind=kind).select_related("subject")
        return {
            row.subject.code: _told(row.rule, Verdict(row.verdict), row.not_met, row.missing, rule)
            for row in rows
        }
    if rule is None:
        return {}
    found = renewals(held.frame, {kind: rule})
    return {
        each.title.subject: _told(each.rule, each.verdict, each.not_met, each.missing, rule) for each in found
    }


def _told(
    rule: str, verdict: Verdict, not_met: Iterable[str], missing: Iterable[str], compiled: CompiledRule | None
) -> Outlook:
    english = language() == "en"
    names = (
        {}
        if compiled is None or compiled.id != rule
        else {one.id: one.spec.en if english else one.spec.zh for one in compiled.conditions}
    )
    failing = [names.get(name, name) for name in not_met]
    why = _("、").join(failing)
    if not failing and missing:
        why = _("缺：%s") % _("、").join(catalogue.metric(name).label(language()) for name in missing)
    return Outlook(rule, verdict, VERDICTS[verdict], why)
