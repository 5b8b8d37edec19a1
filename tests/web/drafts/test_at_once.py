"""Two people, or two clicks, at the same moment: one is done, the other is told, nothing breaks."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from gaoxin.core.errors import GaoxinError
from gaoxin.web.drafts import proposals, services
from gaoxin.web.drafts.models import Answer, Pending, Proposal
from gaoxin.web.ledger.models import Observation
from tests.web.builders import a_statistician
from tests.web.drafts.draft_builders import a_draft
from tests.web.drafts.test_proposals import a_text

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 4


def at_once(act: Callable[[], object]) -> list[object]:
    """What each of four threads got that began together; a refusal in words as its code."""
    begin, got = threading.Barrier(CLICKS), []

    def one() -> None:
        begin.wait(10)
        try:
            got.append(act())
        except GaoxinError as refused:
            got.append(refused.code)
        except Exception as broken:
            got.append(broken)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(CLICKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return got


def test_a_long_draft_is_left_to_the_worker_once() -> None:
    clerk = a_statistician()
    draft = a_draft(clerk, "第一段。" * 6_000, ())
    got = at_once(lambda: services.check_again(by=clerk, draft_id=draft.pk))
    assert sorted(map(str, got)) == ["None", "move_refused", "move_refused", "move_refused"]
    assert Pending.objects.count() == 1


def test_each_place_is_proposed_once() -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    got = at_once(lambda: proposals.propose(by=clerk, draft_id=draft.pk))
    assert sorted(map(str, got)) == ["0", "0", "0", "3"]
    assert Proposal.objects.count() == 3


def test_a_proposal_is_accepted_once() -> None:
    clerk = a_statistician()
    draft = a_text(clerk)
    proposals.propose(by=clerk, draft_id=draft.pk, numbers=[1])
    held, before = Proposal.objects.get(), Observation.objects.count()
    got = at_once(lambda: proposals.accept(by=clerk, proposal_id=held.pk))
    assert [one for one in got if one != "move_refused"] == [Answer.objects.get()]
    assert Observation.objects.count() == before + 1
