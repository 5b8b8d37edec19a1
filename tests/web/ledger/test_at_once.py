"""Two people at the same moment: exactly one wins, on real connections (同时操作)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection

from gaoxin.core.errors import FactError, GaoxinError
from gaoxin.packs.library import open_library
from gaoxin.web.errors import MoveRefused
from gaoxin.web.ledger import models, selectors, services
from gaoxin.web.ledger.packs import load_packs
from tests.packs.builders import a_zone_with
from tests.web.builders import a_correction, a_director, a_source, a_statistician, an_enterprise, an_entry

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave or refused with, each on a connection of its own, all started together."""
    outcomes: list[object] = [None] * len(acts)
    start = Barrier(len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait(10)
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def winners(outcomes: list[object], refusal: type[GaoxinError] = MoveRefused) -> list[object]:
    lost = [one for one in outcomes if isinstance(one, Exception)]
    assert all(isinstance(one, refusal) for one in lost), lost
    return [one for one in outcomes if not isinstance(one, Exception)]


def test_of_two_corrections_exactly_one_wins() -> None:
    first, second, firm = a_statistician(name="陈敏"), a_statistician(name="李明"), an_enterprise()
    for period in ("2022", "2023", "2024"):
        old = an_entry(first, firm, "120", period=period)
        outcomes = at_once(
            lambda row=old: a_correction(first, row, "140"),
            lambda row=old: a_correction(second, row, "150"),
        )
        [won] = winners(outcomes)
        [lost] = [one for one in outcomes if isinstance(one, MoveRefused)]
        assert won.batch.by_name in lost.zh
        [figure] = selectors.standing(first, firm, period=period)
        assert (figure.observation_id, figure.is_conflict) == (won.pk, False)
    assert models.Supersession.objects.count() == 3
    assert models.AuditEvent.objects.filter(action="observation.correct").count() == 3


def test_of_two_entries_from_one_document_exactly_one_wins() -> None:
    first, second, firm, paper = a_statistician(), a_statistician(), an_enterprise(), a_source()
    outcomes = at_once(
        lambda: an_entry(first, firm, "120", source=paper),
        lambda: an_entry(second, firm, "130", source=paper),
    )
    assert len(winners(outcomes, FactError)) == 1
    assert models.Observation.objects.filter(subject=firm).count() == 1


def test_a_correction_and_a_withdrawal_do_not_pass_each_other() -> None:
    """Whichever comes second finds the other; never is a withdrawn figure corrected into nothing."""
    clerk, other, firm = a_statistician(), a_statistician(), an_enterprise()
    row = an_entry(clerk, firm, "120")
    outcomes = at_once(
        lambda: a_correction(clerk, row, "140"),
        lambda: services.withdraw_batch(by=other, batch_id=row.batch_id, reason="填错"),
    )
    winners(outcomes)
    gone = not isinstance(outcomes[1], Exception)
    standing = [figure.value.number for figure in selectors.standing(clerk, firm)]
    corrected = not isinstance(outcomes[0], Exception)
    assert standing == ([140 * 1_000_000] if corrected else [])
    assert gone or corrected


def test_of_two_second_looks_exactly_one_is_written() -> None:
    clerk, firm = a_statistician(), an_enterprise()
    row = an_entry(clerk, firm)
    chiefs = a_director(), a_director()
    outcomes = at_once(
        *(lambda by=chief: services.check_observation(by=by, observation_id=row.pk) for chief in chiefs)
    )
    assert len(winners(outcomes)) == 1


def test_a_ruling_and_a_new_rival_keep_their_order() -> None:
    clerk, firm = a_statistician(), an_enterprise()
    rows = [an_entry(clerk, firm, value) for value in ("120", "140")]
    seen = [row.pk for row in rows]
    outcomes = at_once(
        lambda: services.rule_conflict(by=clerk, stands=rows[0].pk, reason="年鉴", seen=seen),
        lambda: an_entry(clerk, firm, "160"),
    )
    assert len(winners(outcomes)) in (1, 2)
    [figure] = selectors.standing(clerk, firm)
    assert figure.is_conflict  # the ruling could not consider the newcomer, or was refused


def test_moments_are_given_out_one_after_another() -> None:
    clerk, firms = a_statistician(), [an_enterprise() for _ in range(6)]
    outcomes = at_once(*(lambda firm=firm: an_entry(clerk, firm) for firm in firms))
    assert len(winners(outcomes)) == 6
    moments = list(models.Batch.objects.filter(kind="entry").values_list("at", flat=True))
    assert len(set(moments)) == 6


def test_two_servers_starting_together_load_the_packs_once(tmp_path: Path) -> None:
    a_zone_with(tmp_path, {})
    small = open_library([tmp_path / "shared", tmp_path / "demo"])
    outcomes = at_once(lambda: load_packs(small), lambda: load_packs(small))
    told = sorted((one.new, one.unchanged) for one in winners(outcomes))
    assert told == [(0, 2), (2, 0)]
    assert models.Batch.objects.filter(zone__code="zone/demo").count() == 1


def test_readers_never_meet_half_an_act() -> None:
    """While figures are corrected again and again, each reading finds one that stands and no conflict."""
    clerk, firm = a_statistician(), an_enterprise()
    row = an_entry(clerk, firm, "1")
    found: list[tuple[int, bool]] = []

    def write() -> None:
        current = row
        for value in range(2, 14):
            current = a_correction(clerk, current, str(value))

    def read() -> None:
        for _ in range(25):
            [figure] = selectors.standing(clerk, firm)
            found.append((figure.value.number // 1_000_000, figure.is_conflict))

    winners(at_once(write, read))
    assert not any(conflict for _, conflict in found)
    assert [value for value, _ in found] == sorted(value for value, _ in found)
