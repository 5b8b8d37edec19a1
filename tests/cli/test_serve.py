"""`gaoxin serve`: ports, addresses, and children that are stopped."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest

from gaoxin.cli import serve


def test_free_port_is_kept() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert serve.free_port("127.0.0.1", port) == port


def test_taken_port_gives_way_to_the_next() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve.free_port("127.0.0.1", port) > port


def test_no_port_at_all_is_misuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "PORTS_TO_TRY", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(click.UsageError):
            serve.free_port("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::", "http://[::1]:8000/"),
        ("::1", "http://[::1]:8000/"),
        ("gaoxin.local", "http://gaoxin.local:8000/"),
    ],
)
def test_address_can_be_opened(host: str, expected: str) -> None:
    assert serve.address(host, 8000) == expected


def test_stop_ends_every_child() -> None:
    children = [subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) for _ in range(2)]
    serve.stop(children)
    assert [child.returncode for child in children] == [-signal.SIGTERM] * 2


def test_child_that_will_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "STOP_WITHIN", 0.2)
    deaf = "from signal import *; signal(SIGTERM, SIG_IGN); print(flush=True); pause()"
    child = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    serve.stop([child])
    child.stdout.close()
    assert child.returncode == -signal.SIGKILL


def test_stop_by_the_system_is_an_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt), serve.stopping_as_interrupt():
        signal.raise_signal(signal.SIGTERM)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "gaoxin.local", ""])
def test_a_demonstration_never_listens_to_other_machines(host: str) -> None:
    """Its roles need no password, and a Host header of `localhost` is quickly written."""
    with pytest.raises(click.UsageError):
        serve.refuse_strangers(host)


def test_a_demonstration_is_refused_where_people_have_accounts(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Refused before anything is written: neither invented firms nor passwordless accounts come in."""

    def call(*words: str, given: str = "") -> int:
        command = [sys.executable, "-m", "gaoxin", *words, "--lang", "zh"]
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        home = {"GAOXIN_HOME": str(tmp_path), "GAOXIN_SECRET_KEY": "k" * 40}
        return subprocess.run(command, env=kept | home, input=given, text=True, check=False).returncode

    assert call("serve", "--prepare-only") == 0
    opened = (
        "account",
        "open",
        "demo-chen",
        "--role",
        "statistician",
        "--name",
        "陈敏",
        "--zone",
        "chuxiong",
    )
    assert call(*opened, "--password-stdin", given="correct horse battery\n") == 0
    capfd.readouterr()
    assert call("serve", "--demo", "--prepare-only") == 2
    said = capfd.readouterr().err
    assert "这里有 1 个正式账号" in said
    assert "GAOXIN_HOME=./demo gaoxin serve --demo" in said
    assert call("account", "close", "demo-chen") == 0
    assert call("serve", "--demo", "--prepare-only") == 2
    held = sqlite3.connect(tmp_path / "gaoxin.sqlite3")
    assert held.execute(
        "select count(*) from ledger_subject where kind = 'enterprise' and synthetic"
    ).fetchone() == (0,)
    held.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_a_demonstration_listens_to_this_machine(host: str) -> None:
    serve.refuse_strangers(host)


def test_two_runs_that_ask_at_once_get_two_ports() -> None:
    first = serve.free_port("127.0.0.1", 18000)
    one, held = serve.claim_port("127.0.0.1", first)
    other, guard = serve.claim_port("127.0.0.1", first)  # nobody listens on the first one yet
    assert other > one == first
    for lock in (held, guard):
        if lock is not None:
            lock.close()
    again, lock = serve.claim_port("127.0.0.1", first)
    assert again == first
    if lock is not None:
        lock.close()
