"""The candidate library of a rule: who is in by the entry rule, since when, and why others left (后备库).

Entry rule: at most `short` conditions not met and at most `missing` figures missing, and not qualified yet.
The library is not kept: it follows from the dated standings, so entry and exit have the day of the evaluation
that found them, and the reason is what changed between two standings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.verdicts import Verdict
from gaoxin.web.accounts.permissions import require
from gaoxin.web.eligibility.models import Run, Standing
from gaoxin.web.eligibility.selectors import standings
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.models import Subject
from gaoxin.web.ledger.search import matches
from gaoxin.web.pages.scope import language

USUAL_SHORT, USUAL_MISSING = 1, 3
MOST = 20
STATES = {"in": gettext_lazy("在库"), "out": gettext_lazy("已出库"), "all": gettext_lazy("全部")}


@dataclass(frozen=True, slots=True)
class EntryRule:
    """Who is in: at most so many conditions not met, at most so many figures missing."""

    short: int
    missing: int

    def admits(self, said: Said) -> bool:
        if said.verdict == Verdict.PASS:
            return False
        return len(said.not_met) <= self.short and len(said.missing) <= self.missing


@dataclass(frozen=True, slots=True)
class Said:
    """One standing of one enterprise. `until` None: it is so now."""

    subject: int
    verdict: str
    not_met: tuple[str, ...]
    missing: tuple[str, ...]
    since: date
    since_run: int
    until: date | None
    until_run: int | None


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of one enterprise in the library, newest state last. `left` None: it is still in."""

    subject: int
    entered: date
    entered_run: int
    why_in: str
    left: date | None
    left_run: int | None
    why_out: str
    now: Said

    @property
    def is_in(self) -> bool:
        return self.left is None


@dataclass(frozen=True, slots=True)
class CandidateRow:
    subject: Subject
    stay: Stay
    not_met: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """All stays under an entry rule. `entered`, `left`, `passed`: what the latest evaluation changed."""

    stays: tuple[Stay, ...]
    entered: int
    left: int
    passed: int

    @property
    def inside(self) -> int:
        return sum(1 for stay in self.stays if stay.is_in)


def library(reader: object, zone: Subject, rule: CompiledRule, entry: EntryRule, run: Run) -> Library:
    """The library of one rule, from every standing its enterprises ever had. Raises: PermissionDenied,
    NotFound.
    """
    require(reader, "boards.view")
    standings(reader, zone, rule.id)  # the zone is the reader's
    rows = Standing.objects.filter(subject__zone=zone, rule=rule.id).order_by("subject_id", "pk")
    told = rows.values_list(
        "subject_id", "verdict", "not_met", "missing", "since__on", "since_id", "until__on", "until_id"
    )
    said = (Said(a, b, tuple(c), tuple(d), e, f, g, h) for a, b, c, d, e, f, g, h in told.iterator(5_000))
    names = condition_names(rule)
    stays = tuple(
        stay
        for _subject, held in groupby(said, key=lambda one: one.subject)
        for stay in stays_of(list(held), entry, names)
    )
    return Library(
        stays,
        entered=sum(1 for stay in stays if stay.entered_run == run.pk),
        left=sum(1 for stay in stays if stay.left_run == run.pk),
        passed=sum(1 for stay in stays if stay.left_run == run.pk and stay.now.verdict == Verdict.PASS),
    )


def stays_of(said: Sequence[Said], entry: EntryRule, names: Mapping[str, str]) -> Iterator[Stay]:
    """The stays of one enterprise, from its standings in order of time."""
    opened: tuple[Said, str] | None = None
    before: Said | None = None
    for one in said:
        if opened is not None and before is not None and before.until_run != one.since_run:
            yield _stay(opened, before, before.until, before.until_run, _("这条规则不再判定它"))
            opened = None
        if opened is None and entry.admits(one):
            opened = one, _why_in(before, one, names)
        elif opened is not None and not entry.admits(one):
            yield _stay(opened, one, one.since, one.since_run, _why_out(before, one, names))
            opened = None
        before = one
    if opened is None or before is None:
        return
    if before.until is not None:
        yield _stay(opened, before, before.until, before.until_run, _("这条规则不再判定它"))
    else:
        yield _stay(opened, before, None, None, "")


def rows(
    held: Library, zone: Subject, rule: CompiledRule, *, state: str, q: str, after: int, limit: int
) -> tuple[list[CandidateRow], int]:
    """A page of the library by date of entry, newest first, and how many there are under the filter."""
    stays: Sequence[Stay] = [stay for stay in held.stays if state == "all" or stay.is_in == (state == "in")]
    if q:
        found = Subject.objects.filter(zone=zone, kind="enterprise").filter(matches(q))
        named = set(found.values_list("pk", flat=True))
        stays = [stay for stay in stays if stay.subject in named]
    stays = sorted(
        stays,
        key=lambda stay: (
            -(stay.left or stay.entered).toordinal(),
            len(stay.now.not_met),
            len(stay.now.missing),
            stay.subject,
        ),
    )
    page = stays[after : after + limit]
    subjects = Subject.objects.in_bulk([stay.subject for stay in page])
    names = condition_names(rule)
    made = [
        CandidateRow(
            subjects[stay.subject],
            stay,
            tuple(names.get(name, name) for name in stay.now.not_met),
            tuple(catalogue.metric(name).label(language()) for name in stay.now.missing),
        )
        for stay in page
    ]
    return made, len(stays)


def condition_names(rule: CompiledRule) -> dict[str, str]:
    """The conditions of a rule by id, in the language of the page."""
    lang = language()
    return {held.id: held.spec.en if lang == "en" else held.spec.zh for held in rule.conditions}


def _stay(opened: tuple[Said, str], now: Said, left: date | None, left_run: int | None, why: str) -> Stay:
    first, why_in = opened
    return Stay(first.subject, first.since, first.since_run, why_in, left, left_run, why, now)


def _why_in(before: Said | None, now: Said, names: Mapping[str, str]) -> str:
    if before is None:
        return _("首次判定时够入库条件")
    if before.verdict == Verdict.PASS:
        return _("原来符合，现在%s") % _lacks(now, names)
    met = [names.get(one, one) for one in before.not_met if one not in now.not_met]
    known = [catalogue.metric(one).label(language()) for one in before.missing if one not in now.missing]
    told = [_("已达到：%s") % _listed(met)] if met else []
    told += [_("已补数：%s") % _listed(known)] if known else []
    return _("；").join(told) or _("够入库条件")


def _why_out(before: Said | None, now: Said, names: Mapping[str, str]) -> str:
    if now.verdict == Verdict.PASS:
        return _("已符合，转出")
    held = before if before is not None else now
    failing = [names.get(one, one) for one in now.not_met if one not in held.not_met]
    lost = [catalogue.metric(one).label(language()) for one in now.missing if one not in held.missing]
    told = [_("又不符合：%s") % _listed(failing)] if failing else []
    told += [_("又缺数：%s") % _listed(lost)] if lost else []
    return _("；").join(told) or _("不再够入库条件")


def _lacks(now: Said, names: Mapping[str, str]) -> str:
    if now.not_met:
        return _("不符合：%s") % _listed([names.get(one, one) for one in now.not_met])
    return _("缺数：%s") % _listed([catalogue.metric(one).label(language()) for one in now.missing])


def _listed(words: Sequence[str]) -> str:
    shown = _("、").join(words[:3])
    return shown if len(words) <= 3 else _("%(shown)s等 %(n)d 项") % {"shown": shown, "n": len(words)}
