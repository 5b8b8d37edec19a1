"""A worker may be stopped or killed or lose its lease: the run goes on, nothing is half in the ledger."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError
from django.utils import timezone

from gaoxin.web.imports import progress, services, work
from gaoxin.web.imports.models import ImportRun, State
from gaoxin.web.imports.progress import Reporter, ask_to_stop, progress_of
from gaoxin.web.imports.tenure import LEASE, MOST_ATTEMPTS, LeaseLost, claim
from gaoxin.web.ledger import bulk, models
from gaoxin.web.operations import worker
from gaoxin.web.operations.models import Heartbeat
from tests.web.builders import a_statistician
from tests.web.imports.workbooks import a_firm, a_return, at_work, checked, uploaded
from tests.web.locks import ledger_held


@pytest.mark.django_db
def test_run_is_worked_on_by_one_worker_at_a_time() -> None:
    run = uploaded(a_return([a_firm("甲厂")]))
    assert claim("first", only=run) is not None
    assert claim("second", only=run) is None


@pytest.mark.django_db
def test_lease_of_a_dead_worker_runs_out_and_the_step_is_done_again() -> None:
    run = uploaded(a_return([a_firm("甲厂")]))
    dead = claim("dead", only=run)
    assert dead is not None
    ImportRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert at_work(run).state == State.MAPPING
    with pytest.raises(LeaseLost):  # should it wake up after all, it can write nothing
        dead.still_mine(State.UPLOADED)


@pytest.mark.django_db
def test_run_that_kills_its_workers_is_set_aside() -> None:
    run = uploaded(a_return([a_firm("甲厂")]))
    for number in range(MOST_ATTEMPTS):
        assert claim(f"worker-{number}", only=run) is not None
        ImportRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - LEASE)
    assert claim("last", only=run) is None
    run.refresh_from_db()
    assert run.state == State.FAILED
    assert "中断了 3 次" in run.error_zh


@pytest.mark.django_db
def test_our_own_fault_ends_the_step_at_once_with_a_number_to_quote(monkeypatch: pytest.MonkeyPatch) -> None:
    run = uploaded(a_return([a_firm("甲厂")]))

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(work.STEPS, State.UPLOADED, broken)
    assert work.work_once("worker", only=run)
    run.refresh_from_db()
    assert (run.state, run.attempts, run.lease_until) == (State.FAILED, 0, None)
    assert str(run.pk) in run.error_zh


@pytest.mark.django_db
def test_a_database_that_does_not_answer_leaves_the_run_to_the_next_attempt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = uploaded(a_return([a_firm("甲厂")]))

    def locked(*_: object) -> None:
        raise OperationalError

    monkeypatch.setitem(work.STEPS, State.UPLOADED, locked)
    with pytest.raises(OperationalError):
        work.work_once("worker", only=run)
    run.refresh_from_db()
    assert (run.state, run.attempts) == (State.UPLOADED, 1)


@pytest.mark.django_db
def test_cancelling_between_two_chunks_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = a_statistician()
    run = checked(a_return([a_firm(f"第{n}厂") for n in range(20)]), clerk)
    services.start_accept(by=clerk, run_id=run.pk)
    monkeypatch.setattr(bulk, "CHUNK", 5)
    monkeypatch.setattr(progress, "_EVERY", 0)
    told: list[int] = []
    write = Reporter.__call__

    def stop_after_the_first_chunk(self: Reporter, phase: str, done: int, total: int) -> None:
        write(self, phase, done, total)
        if phase == "store":
            told.append(done)
            ask_to_stop(run.pk)

    monkeypatch.setattr(Reporter, "__call__", stop_after_the_first_chunk)
    before = models.Observation.objects.count()
    run = at_work(run)
    assert told == [5]
    assert run.state == State.REVIEW  # where the person started it
    assert models.Observation.objects.count() == before
    assert not models.Subject.objects.filter(name="第3厂").exists()


@pytest.mark.django_db
def test_asking_a_busy_worker_to_stop_does_not_touch_the_run() -> None:
    clerk = a_statistician()
    run = uploaded(a_return([a_firm("甲厂")]), clerk)
    assert claim("busy", only=run) is not None
    assert services.cancel(by=clerk, run_id=run.pk).state == State.UPLOADED
    assert progress_of(run.pk).cancel_requested


@pytest.mark.django_db(transaction=True)
def test_recording_is_cancelled_while_it_holds_the_ledger() -> None:
    clerk = a_statistician()
    run = checked(a_return([a_firm("甲厂")]), clerk)
    services.start_accept(by=clerk, run_id=run.pk)
    assert claim("recording", only=run) is not None
    with ledger_held(run):
        begun = time.monotonic()
        services.cancel(by=clerk, run_id=run.pk)
        assert time.monotonic() - begun < 10
    assert progress_of(run.pk).cancel_requested


@pytest.mark.django_db
def test_worker_that_is_asked_to_end_gives_its_run_back() -> None:
    run = uploaded(a_return([a_firm("甲厂")]))
    assert work.work_once("ending", only=run, stopping=lambda: True)
    run.refresh_from_db()
    assert (run.state, run.lease_until, run.attempts) == (State.UPLOADED, None, 0)


@pytest.mark.django_db
def test_progress_tells_phase_and_share() -> None:
    run = uploaded(a_return([a_firm("甲厂")]))
    report = Reporter(run.pk)
    report("store", 50, 200)
    told = progress_of(run.pk)
    assert (told.phase, told.percent, told.phase_zh) == ("store", 25, "入库")
    report("store", 51, 200)  # too soon after the last note
    assert progress_of(run.pk).done == 50
    report("store", 200, 200)
    assert progress_of(run.pk).percent == 100


@pytest.mark.django_db(transaction=True)
def test_worker_does_all_that_waits_and_shows_that_it_lives() -> None:
    run = uploaded(a_return([a_firm("甲厂")]))
    stop = threading.Event()
    assert worker.work(stop, once=True) == 1
    run.refresh_from_db()
    assert run.state == State.MAPPING
    assert not Heartbeat.objects.exists()  # it took its leave


FIRMS = 1500


def _home(tmp_path: Path) -> dict[str, str]:
    """The environment of a workbench of its own, on the database under test if that is PostgreSQL."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GAOXIN_")}
    kept.pop("DATABASE_URL", None)
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    source = str(Path(__file__).resolve().parents[3] / "src")
    return kept | {"GAOXIN_HOME": str(tmp_path), "GAOXIN_LANG": "zh", "PYTHONPATH": source}


_PREPARE = """
import sys
from gaoxin.web import opening
opening.connect(migrate=True)
from gaoxin.web.ledger.catalogue import library
from gaoxin.web.ledger.packs import load_packs
load_packs(library())
from gaoxin.web.ledger.models import Subject
from gaoxin.web.imports import services, work
run = services.upload(by=None, zone=Subject.objects.get(code="zone/weifang"), file_name="a.xlsx",
                      chunks=[open(sys.argv[1], "rb").read()]).run
work.do_step(run, lambda *_: None)
services.start_check(by=None, run_id=run.pk)
work.do_step(run, lambda *_: None)
services.start_accept(by=None, run_id=run.pk)
"""
_SLOW_WORKER = """
import sys, threading, time
from gaoxin.web import opening
opening.connect()
from gaoxin.web.ledger import bulk
bulk.CHUNK = 200
from gaoxin.web.imports.progress import Reporter
write = Reporter.__call__
def slowly(self, phase, done, total):
    write(self, phase, done, total)
    if phase == "store":
        print("storing", done, flush=True)
        time.sleep(0.2)
Reporter.__call__ = slowly
from gaoxin.web.operations.worker import work
work(threading.Event(), once=True)
"""
_COUNT = """
from gaoxin.web import opening
opening.connect()
from gaoxin.web.imports.models import ImportRun
from gaoxin.web.ledger.models import Batch, Observation, Subject
run = ImportRun.objects.get()
print(run.state, Observation.objects.filter(ref=None).count(), Batch.objects.filter(kind="import").count(),
      Subject.objects.filter(name__startswith="号厂").count())
"""
_EXPIRE = """
from gaoxin.web import opening
opening.connect()
from django.utils import timezone
from gaoxin.web.imports.models import ImportRun
ImportRun.objects.update(lease_until=timezone.now())
"""


def _run(environment: dict[str, str], program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    return ended.stdout


@pytest.mark.slow
def test_kill_minus_nine_in_the_middle_of_recording_leaves_nothing_and_another_worker_finishes(
    tmp_path: Path,
) -> None:
    environment = _home(tmp_path / "home")
    file = tmp_path / "a.xlsx"
    file.write_bytes(a_return([a_firm(f"号厂{n}") for n in range(FIRMS)]))
    _run(environment, _PREPARE, str(file))
    victim = subprocess.Popen(
        [sys.executable, "-c", _SLOW_WORKER],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert victim.stdout is not None
    assert victim.stdout.readline().startswith("storing")
    assert victim.stdout.readline().startswith("storing")
    victim.send_signal(signal.SIGKILL)
    victim.wait(timeout=10)
    assert _run(environment, _COUNT).split() == ["accepting", "0", "0", "0"]
    _run(environment, _EXPIRE)
    begun = time.monotonic()
    _run(environment, "from gaoxin.cli import main; raise SystemExit(main.run(['work', '--once']))")
    assert time.monotonic() - begun < 60
    # every firm with two figures, once
    assert _run(environment, _COUNT).split() == ["accepted", str(2 * FIRMS), "1", str(FIRMS)]
