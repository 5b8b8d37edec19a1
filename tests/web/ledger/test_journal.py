"""Who opens a page is written down at once, even while an import holds the ledger."""

from __future__ import annotations

import shutil
import time

import pytest
from django.db import OperationalError, connection

from gaoxin.web.ledger import journal, services
from gaoxin.web.ledger.models import AuditEvent
from tests.web.builders import a_director, an_enterprise
from tests.web.conftest import SignedIn
from tests.web.locks import ledger_held

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_older_notes() -> None:
    shutil.rmtree(journal._folder(), ignore_errors=True)


def views(of) -> int:
    return AuditEvent.objects.filter(action="subject.view", target=of.code).count()


def test_page_is_not_kept_waiting_and_the_note_arrives_later(signed_in: SignedIn) -> None:
    reader, firm = a_director(), an_enterprise()
    browser = signed_in(reader)
    with ledger_held():
        begun = time.monotonic()
        assert browser.get(f"/subjects/{firm.code}/").status_code == 200
        assert time.monotonic() - begun < 20  # the lock is held for longer, and a step would wait for 30 s
        held = views(firm)
    assert held == (0 if connection.vendor == "sqlite" else 1)
    journal.carry_over()
    assert views(firm) == 1


def test_notes_kept_in_the_file_are_carried_over_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, firm = a_director(name="周正"), an_enterprise()

    def busy(**_: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as locked:
        locked.setattr(journal, "record_event", busy)
        services.note_view(by=reader, subject=firm)
        services.note_view(by=reader, subject=firm)
    assert views(firm) == 0
    assert journal.carry_over() == 2
    assert journal.carry_over() == 0
    events = AuditEvent.objects.filter(action="subject.view", target=firm.code)
    assert {(event.by_name, event.zone_id) for event in events} == {("周正", firm.zone_id)}


def test_file_left_by_a_crash_is_not_written_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, firm = a_director(), an_enterprise()

    def busy(**_: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as locked:
        locked.setattr(journal, "record_event", busy)
        services.note_view(by=reader, subject=firm)
    pending = journal._folder() / "pending.jsonl"
    content = pending.read_text(encoding="utf-8")
    assert journal.carry_over() == 1
    pending.write_text(content, encoding="utf-8")
    assert journal.carry_over() == 0
    assert views(firm) == 1


def test_other_faults_of_the_database_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(journal, "record_event", broken)
    with pytest.raises(OperationalError):
        services.note_view(by=a_director(), subject=an_enterprise())


def test_a_step_that_found_the_ledger_busy_is_told_in_words(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(**_: object) -> None:
        raise OperationalError("database is locked")

    reader, firm = a_director(), an_enterprise()
    monkeypatch.setattr("gaoxin.web.pages.views.subjects.services.note_view", busy)
    answer = signed_in(reader).get(f"/subjects/{firm.code}/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "正在入库" in answer.content.decode()
