"""Every address of the workbench with values that exist, found by walking the urlconf (全部页面).

A new address without values here fails the tests that walk: nothing is left out by forgetting it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gaoxin.web.accounts.models import User
from gaoxin.web.drafts.models import Draft, Proposal
from gaoxin.web.drafts.proposals import propose
from gaoxin.web.imports import services as imports
from gaoxin.web.imports.models import ImportRun
from gaoxin.web.ledger.models import Observation, Source, Subject
from gaoxin.web.objections.models import Objection
from gaoxin.web.objections.services import raise_objection
from tests.web.builders import a_director, a_source, an_enterprise, an_entry, zone
from tests.web.drafts.draft_builders import a_draft

# answered by other apps or by the framework, with tests of their own
OTHERS = frozenset({"sign-in", "sign-in-as", "sign-out", "set_language", "healthz"})


@dataclass(frozen=True, slots=True)
class World:
    """Something of everything, in the zone of Chuxiong."""

    enterprise: Subject
    figure: Observation
    disputed: Observation
    source: Source
    run: ImportRun
    clerk: User
    objection: Objection
    draft: Draft
    proposal: Proposal


def a_world(clerk: User) -> World:
    """An enterprise with a figure, a conflict, a document, an upload that waits."""
    firm = an_enterprise("滇中精密机械", "chuxiong")
    one, other = a_source("第一季度报表", "chuxiong"), a_source("第二次报表", "chuxiong")
    figure = an_entry(clerk, firm, source=one, locator="第 3 行", written="120万元")
    disputed = an_entry(clerk, firm, "300", metric="total_assets", source=one)
    an_entry(clerk, firm, "400", metric="total_assets", source=other)
    uploaded = imports.upload(
        by=clerk, zone=zone("chuxiong"), file_name="月报.csv", chunks=["信用代码,营业收入（万元）\n".encode()]
    )
    objection = raise_objection(by=a_director(("chuxiong",)), observation_id=figure.pk, reason="120 → 1200")
    draft = a_draft(clerk, slug="chuxiong")
    propose(by=clerk, draft_id=draft.pk)
    proposal = Proposal.objects.get(draft=draft)
    return World(firm, figure, disputed, one, uploaded.run, clerk, objection, draft, proposal)


def values(world: World) -> dict[str, dict[str, object]]:
    """Address name → its parameters."""
    zone_of, metric = {"slug": "chuxiong"}, {"slug": "chuxiong", "code": "gdp"}
    firm = {"kind": "enterprise", "code": world.enterprise.code.partition("/")[2]}
    figure, disputed = {"observation": world.figure.pk}, {"observation": world.disputed.pk}
    run = {"run": world.run.pk}
    rule, draft = {"rule": "TSME"}, {"pk": world.draft.pk}
    return {
        "zone": zone_of,
        "zone-export": zone_of,
        "zone-word": zone_of,
        "brief": zone_of,
        "brief-docx": zone_of,
        "brief-html": zone_of,
        "answer-question": {"observation": world.figure.pk},
        "metric": metric,
        "metric-export": metric,
        "subject": firm,
        "subject-export": firm,
        "eligibility": {"code": firm["code"]},
        "eligibility-export": {"code": firm["code"]},
        "eligibility-ways": {"code": firm["code"]},
        "rule": {"rule": "TSME"},
        "figure": figure,
        "card": figure,
        "correct": figure,
        "check-figure": figure,
        "conflict": disputed,
        "derived-card": {"name": "implied_whole(C007,C008)"},
        "source": {"code": "article_chuxiong"},
        "source-export": {"code": "article_chuxiong"},
        "objection-new": figure,
        "objection": {"pk": world.objection.pk},
        "account": {"pk": world.clerk.pk},
        "account-reset": {"pk": world.clerk.pk},
        "account-close": {"pk": world.clerk.pk},
        "account-reopen": {"pk": world.clerk.pk},
        "near-miss": rule,
        "near-miss-export": rule,
        "near-miss-notices": rule,
        "near-way": rule | {"code": firm["code"]},
        "candidates": rule,
        "candidates-export": rule,
        "clause": {"rule": "C1"},
        "clause-save": {"rule": "C1"},
        "draft": {"pk": 1},
        "draft-review": {"pk": 1},
        "draft-finish": {"pk": 1},
        "paper": draft,
        "paper-figure": draft | {"number": 2},
        "paper-state": draft,
        "paper-decide": draft,
        "paper-recheck": draft,
        "paper-share": draft,
        "paper-propose": draft,
        "paper-compare": draft,
        "paper-comments": draft,
        "paper-corrected": draft,
        "paper-sheet": draft,
        "proposal-answer": {"pk": world.proposal.pk},
        "withdraw": {"batch": world.figure.batch_id},
        "import": run,
        "import-progress": run,
        "import-settings": run,
        "import-column": run | {"index": 0},
        "import-move": run | {"step": "check"},
        "import-decide": run,
        "import-annotated": run,
        "import-withdraw": run,
    }


def names() -> Iterator[str]:
    """The names of all addresses, with or without parameters."""
    yield from sorted({name for name in _walk(get_resolver().url_patterns) if name not in OTHERS})


def _walk(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def address(name: str, world: World) -> str:
    return reverse(name, kwargs=values(world).get(name))
