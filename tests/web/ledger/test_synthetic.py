"""The practice zone: an invented population beside the real ones, never among them."""

from __future__ import annotations

import pytest

from gaoxin.core.errors import FactError
from gaoxin.facts.ingest.workbook import read_table
from gaoxin.web.ledger import models, selectors
from gaoxin.web.ledger.synthetic import SandboxLoaded, load_sandbox, practice_return
from tests.web.builders import a_statistician, zone

pytestmark = pytest.mark.django_db


def test_everything_made_is_synthetic_and_in_the_practice_zone() -> None:
    made = load_sandbox(enterprises=15, seed=3)
    firms = models.Subject.objects.filter(zone=zone("sandbox"), kind="enterprise")
    assert made.enterprises == firms.count() == 15
    rows = models.Observation.objects.filter(batch__kind="sandbox")
    assert made.observations == rows.count() > 15
    assert set(rows.values_list("status", flat=True)) == {"synthetic"}
    assert set(rows.values_list("subject__synthetic", flat=True)) == {True}


def test_same_population_again_changes_nothing() -> None:
    load_sandbox(enterprises=15, seed=3)
    assert load_sandbox(enterprises=15, seed=3) == SandboxLoaded("zone/sandbox", 0, 0)
    with pytest.raises(FactError, match="不再混入另一批"):
        load_sandbox(enterprises=15, seed=4)


def test_figures_read_like_any_others_and_say_what_they_are() -> None:
    load_sandbox(enterprises=15, seed=3)
    clerk = a_statistician(("sandbox",))
    firm = models.Subject.objects.filter(zone=zone("sandbox"), kind="enterprise").first()
    found = selectors.standing(clerk, firm, figure=None)
    assert {figure.status for figure in found} == {"synthetic"}
    assert {figure.is_conflict for figure in found} == {False}


def test_real_zone_and_a_name_that_is_no_code_are_refused() -> None:
    with pytest.raises(FactError, match="真实的高新区"):
        load_sandbox(enterprises=5, zone="zone/weifang")
    with pytest.raises(FactError, match="不是高新区编码"):
        load_sandbox(enterprises=5, zone="zone/../x")


def test_monthly_return_to_practise_on_is_kept_for_who_may_import() -> None:
    load_sandbox(enterprises=1_500, seed=1)
    kept = practice_return(a_statistician(("sandbox",)), zone("sandbox"))
    assert kept is not None
    assert {fault["kind"] for fault in kept.faults} == {"unit_slip", "jump", "uscc", "number", "gone"}
    assert read_table(kept.path, kept.name).rows
    assert practice_return(a_statistician(("weifang",)), zone("sandbox")) is None
    assert practice_return(a_statistician(("weifang",)), zone("weifang")) is None


def test_population_that_is_broken_off_leaves_nothing() -> None:
    told: list[int] = []

    def stop() -> bool:
        return bool(told)

    def progress(phase: str, done: int, total: int) -> None:
        if phase == "generate" and done == total:
            told.append(done)

    with pytest.raises(FactError.__mro__[1], match="取消"):
        load_sandbox(enterprises=15, seed=3, progress=progress, cancelled=stop)
    assert not models.Batch.objects.filter(kind="sandbox").exists()
    assert not models.Subject.objects.filter(zone=zone("sandbox"), kind="enterprise").exists()
