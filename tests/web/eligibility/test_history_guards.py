"""The history of verdicts keeps itself: nobody rewrites by SQL what was once found (判定历史的库内约束)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from gaoxin.web.eligibility import guards, services
from gaoxin.web.eligibility.models import ClauseDraft, DraftVersion, FlagReview, Run, Standing
from gaoxin.web.ledger.freezing import freeze_ledger
from tests.web.builders import a_correction, a_director, a_statistician, an_enterprise, an_entry, zone

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture
def judged() -> Run:
    """Two evaluations: 3 people leave TSME open, 9,999 are more than the 500 the text allows."""
    firm, clerk = an_enterprise(), a_statistician()
    people = an_entry(clerk, firm, "3", metric="staff_total_avg", unit="人", period="2025")
    freeze_ledger()
    services.evaluate(zone(), on=DAY)
    a_correction(clerk, people, "9999")
    freeze_ledger()
    return services.evaluate(zone(), on=DAY)


@pytest.fixture
def finished() -> ClauseDraft:
    """A finished draft with one version and one review record."""
    chief, place = a_director(), zone()
    draft = ClauseDraft.objects.create(zone=place, rule="C10", name="草案", made_by=chief, by_name="周正")
    DraftVersion.objects.create(draft=draft, number=1, written={"aid": "1万元"}, by=chief, by_name="周正")
    FlagReview.objects.create(draft=draft, flag="C10.x", reason="可以", by=chief, by_name="周正")
    draft.state = ClauseDraft.State.FINISHED
    draft.save()
    return draft


def refused(statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE eligibility_standing SET verdict = 'pass' WHERE until_id IS NULL",
        "UPDATE eligibility_standing SET until_id = NULL WHERE until_id IS NOT NULL",
        "UPDATE eligibility_standing SET until_id = since_id WHERE until_id IS NOT NULL",
        "UPDATE eligibility_standing SET verdict = 'pass', until_id = since_id WHERE until_id IS NULL",
        "UPDATE eligibility_standing SET not_met = '[]' WHERE rule = 'TSME'",
        "DELETE FROM eligibility_standing WHERE until_id IS NOT NULL",
        "DELETE FROM eligibility_standing",
        "UPDATE eligibility_run SET by_name = 'x'",
        "UPDATE eligibility_run SET state = 'failed'",
        "UPDATE eligibility_run SET card = '{}'",
    ],
)
def test_what_was_found_is_not_rewritten(judged: Run, statement: str) -> None:
    held = list(Standing.objects.order_by("pk").values_list())
    refused(statement)
    assert list(Standing.objects.order_by("pk").values_list()) == held
    assert Run.objects.get(pk=judged.pk).counts == judged.counts


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE eligibility_clausedraft SET state = 'open'",
        "UPDATE eligibility_clausedraft SET finished_by = 'x'",
        "DELETE FROM eligibility_clausedraft",
        "UPDATE eligibility_draftversion SET written = '{}'",
        "DELETE FROM eligibility_draftversion",
        "UPDATE eligibility_flagreview SET reason = 'x'",
        "DELETE FROM eligibility_flagreview",
    ],
)
def test_a_finished_draft_and_its_records_stay(finished: ClauseDraft, statement: str) -> None:
    refused(statement)
    assert finished.versions.get().written == {"aid": "1万元"}
    assert finished.reviews.get().reason == "可以"


def test_no_row_takes_the_place_of_another(judged: Run) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's")
    refused(
        "INSERT OR REPLACE INTO eligibility_standing "
        "(id, subject_id, rule, verdict, not_met, missing, unconfirmed, since_id) "
        "SELECT id, subject_id, rule, 'pass', '[]', '[]', 0, since_id FROM eligibility_standing LIMIT 1"
    )
    refused(
        "INSERT OR REPLACE INTO eligibility_standing "
        "(subject_id, rule, verdict, not_met, missing, unconfirmed, since_id) "
        "SELECT subject_id, rule, 'pass', '[]', '[]', 0, since_id FROM eligibility_standing "
        "WHERE until_id IS NULL LIMIT 1"
    )


def test_the_guards_are_those_of_the_list(judged: Run) -> None:
    """A migration that rebuilds a table on SQLite drops its triggers; then this fails."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        present = {name for (name,) in cursor.fetchall()}
    wanted = {line.split()[2] for line in guards.install(connection.vendor) if "CREATE TRIGGER" in line}
    assert wanted <= present
