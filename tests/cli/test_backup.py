"""`gaoxin backup` and `gaoxin restore`, called as people call them: in a process of their own."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

RECORD = """
import sys
from gaoxin.web.opening import connect
connect()
from django.db import transaction
from gaoxin.web.ledger import bulk, models
from gaoxin.web.ledger.moments import stamp

def record(rows):
    with transaction.atomic():
        at = stamp()
        real, source = models.Subject.objects.get(code="zone/weifang"), models.Source.objects.first()
        batch = models.Batch.objects.create(kind="import", by_name="测试", at=at, rows=rows)
        metric = models.Metric.objects.filter(dimension="money").first()
        lines = ((real.pk, metric.pk, "2024", 10**12 + row, "备注\\t\\\\N\\n一") for row in range(rows))
        bulk.load(("subject_id", "metric_id", "period", "number", "note"), lines,
                  constants={"batch_id": batch.pk, "source_id": source.pk, "dimension": "money"})

while True:
    record(int(sys.argv[1]))
    print("one batch", flush=True)
    if sys.argv[2] == "once":
        break
"""
FREEZE = """
from gaoxin.web.opening import connect
connect()
from gaoxin.web.ledger.freezing import freeze_ledger
print(freeze_ledger().snapshot.hash)
"""
LATER = ("ledger", "9999_later", "2026-11-22")
SERVER = os.environ.get("GAOXIN_TEST_DATABASE_URL", "")
on_a_server = pytest.mark.skipif(
    not SERVER.startswith("postgres"), reason="GAOXIN_TEST_DATABASE_URL names no PostgreSQL server"
)


class Ledger:
    """A GAOXIN_HOME with its database, and the calls that can be made there."""

    def __init__(self, home: Path, url: str = "") -> None:
        self.home, self.url = home, url
        self.environment = os.environ | {
            "GAOXIN_HOME": str(home),
            "DATABASE_URL": url,
            "GAOXIN_LANG": "zh",
            "DJANGO_SETTINGS_MODULE": "gaoxin.web.settings",
        }

    def start(self, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, *words]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def call(self, *words: str) -> tuple[int, str, str]:
        process = self.start("-m", "gaoxin", *words)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def backup(self, *words: str) -> dict:
        code, out, err = self.call("backup", "--json", *words)
        assert code == 0, err
        return json.loads(out)

    def run(self, program: str, *words: str) -> str:
        process = self.start("-c", program, *words)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        return out

    def rows(self, statement: str) -> list[tuple]:
        held = sqlite3.connect(self.home / "gaoxin.sqlite3")
        try:
            return held.execute(statement).fetchall()
        finally:
            held.close()


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The shipped packs, one snapshot, 1 000 imported figures and one upload."""
    made = Ledger(tmp_path_factory.mktemp("ledger") / "home")
    return prepared(made)


def prepared(made: Ledger) -> Ledger:
    code, _, err = made.call("serve", "--prepare-only")
    assert code == 0, err
    made.run(FREEZE)
    made.run(RECORD, "1000", "once")
    (made.home / "imports").mkdir(exist_ok=True)
    (made.home / "imports" / "潍坊.csv").write_text("信", encoding="utf-8")
    return made


def empty(place: Path, url: str = "") -> Ledger:
    return Ledger(place / "restored", url)


def archives(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_everything_comes_back(ledger: Ledger, tmp_path: Path) -> None:
    made = ledger.backup("--to", str(tmp_path))
    target = empty(tmp_path)
    code, out, err = target.call("restore", made["file"], "--json")
    assert code == 0, err
    restored = json.loads(out)
    assert restored["tables"] == made["tables"]
    assert restored["sha256"] == made["sha256"]
    assert restored["snapshots"] == made["snapshots"] != []
    assert restored["newest_batch"] == made["newest_batch"] is not None
    assert (target.home / "imports" / "潍坊.csv").read_text("utf-8") == "信"
    figures = "SELECT * FROM ledger_observation WHERE id <= 1127 ORDER BY id"
    assert target.rows(figures) == ledger.rows(figures)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        target.rows("DELETE FROM ledger_observation")


def test_restored_ledger_opens_and_remembers(ledger: Ledger, tmp_path: Path) -> None:
    made = ledger.backup("--to", str(tmp_path))
    target = empty(tmp_path)
    target.call("restore", made["file"])
    (act,) = target.rows("SELECT action, target FROM ledger_auditevent ORDER BY id DESC LIMIT 1")
    assert act == ("backup.restore", Path(made["file"]).name)
    assert target.call("serve", "--prepare-only")[0] == 0


def test_backup_tells_what_it_proved(ledger: Ledger, tmp_path: Path) -> None:
    code, out, _ = ledger.call("backup", "--to", str(tmp_path))
    (path,) = tmp_path.iterdir()
    assert code == 0
    assert "已核对：重新打开文件" in out
    assert "完整性检查和外键检查" in out
    assert "没有备份：登录会话" in out
    assert path.stat().st_mode & 0o777 == 0o600


def test_backup_is_of_one_moment_while_a_colleague_imports(ledger: Ledger, tmp_path: Path) -> None:
    colleague = ledger.start("-c", RECORD, "2000", "again")
    try:
        assert colleague.stdout is not None
        assert colleague.stdout.readline() == "one batch\n"
        made = ledger.backup("--to", str(tmp_path))
    finally:
        colleague.kill()
        colleague.communicate()
    target = empty(tmp_path)
    assert target.call("restore", made["file"])[0] == 0
    unfinished = target.rows(
        "SELECT b.id FROM ledger_batch b JOIN ledger_observation o ON o.batch_id = b.id "
        "WHERE b.kind = 'import' GROUP BY b.id, b.rows HAVING count(*) <> b.rows"
    )
    assert not unfinished


def test_nothing_secret_is_kept(ledger: Ledger, tmp_path: Path) -> None:
    made = ledger.backup("--to", str(tmp_path))
    with tarfile.open(made["file"]) as tar:
        names = tar.getnames()
    assert not [name for name in names if "secret-key" in name or "/log/" in name or "/static/" in name]
    assert {"secret-key", "log", "django_session"} <= set(made["left_out"])


def test_a_changed_archive_is_refused_and_leaves_nothing(ledger: Ledger, tmp_path: Path) -> None:
    path = Path(ledger.backup("--to", str(tmp_path / "to"))["file"])
    data = bytearray(path.read_bytes())
    data[4000] ^= 1  # inside the database, which is the first member
    path.write_bytes(data)
    code, _, err = empty(tmp_path).call("restore", str(path))
    assert code == 1
    assert "已拒绝" in err
    assert archives(tmp_path) == ["to"]


def test_a_place_in_use_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    made = ledger.backup("--to", str(tmp_path))
    before = ledger.rows("SELECT count(*) FROM ledger_observation")
    code, _, err = ledger.call("restore", made["file"])
    assert code == 1
    assert "只能恢复到空的地方" in err
    assert ledger.rows("SELECT count(*) FROM ledger_observation") == before


def test_another_kind_of_database_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    made = ledger.backup("--to", str(tmp_path / "to"))
    target = empty(tmp_path)
    code, _, err = target.call("restore", made["file"], "--database-url", "postgres:///nowhere")
    assert code == 1
    assert "这是 SQLite 的备份，不能恢复到 PostgreSQL" in err
    assert not target.home.exists()


def test_a_backup_of_a_newer_version_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    held = sqlite3.connect(ledger.home / "gaoxin.sqlite3", isolation_level=None)
    held.execute("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", LATER)
    try:
        made = ledger.backup("--to", str(tmp_path / "to"))
    finally:
        held.execute("DELETE FROM django_migrations WHERE name = '9999_later'")
        held.close()
    code, _, err = empty(tmp_path).call("restore", made["file"])
    assert code == 1
    assert "这份备份来自更新的版本" in err
    assert archives(tmp_path) == ["to"]


def test_only_the_newest_are_kept(ledger: Ledger, tmp_path: Path) -> None:
    for day in ("01", "02", "03"):
        (tmp_path / f"gaoxin-backup-202601{day}T000000Z.tar").write_text("older")
    (tmp_path / "gaoxin-backup-of-mine.tar").write_text("not by gaoxin")
    made = ledger.backup("--to", str(tmp_path), "--keep", "2")
    assert archives(tmp_path) == [
        "gaoxin-backup-20260103T000000Z.tar",
        Path(made["file"]).name,
        "gaoxin-backup-of-mine.tar",
    ]
    assert [Path(path).name[14:22] for path in made["pruned"]] == ["20260101", "20260102"]


def test_missing_files_of_a_snapshot_are_a_finding_and_no_older_backup_goes(
    ledger: Ledger, tmp_path: Path
) -> None:
    (tmp_path / "gaoxin-backup-20260101T000000Z.tar").write_text("older")
    (ledger.home / "snapshots").rename(tmp_path / "away")
    try:
        code, out, _ = ledger.call("backup", "--to", str(tmp_path), "--keep", "1")
    finally:
        (tmp_path / "away").rename(ledger.home / "snapshots")
    assert code == 1
    assert "不在 GAOXIN_HOME 中" in out
    assert "gaoxin-backup-20260101T000000Z.tar" in archives(tmp_path)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_backup_leaves_nothing_that_looks_whole(
    ledger: Ledger, tmp_path: Path, sign: signal.Signals
) -> None:
    large = ledger.home / "imports" / "large"
    large.touch()
    os.truncate(large, 400_000_000)
    try:
        process = ledger.start("-m", "gaoxin", "backup", "--to", str(tmp_path))
        while not list(tmp_path.glob("*.part")):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(sign)
        process.communicate(timeout=60)
        assert process.returncode != 0
        assert not list(tmp_path.glob("*.tar"))
        assert sign == signal.SIGKILL or archives(tmp_path) == []
    finally:
        large.unlink()
    made = ledger.backup("--to", str(tmp_path))  # also takes away what a killed one left
    assert archives(tmp_path) == [Path(made["file"]).name]


def test_no_database_is_made_by_backing_up(tmp_path: Path) -> None:
    code, _, err = empty(tmp_path).call("backup")
    assert code == 1
    assert "没有找到数据库" in err
    assert archives(tmp_path) == []


# --- PostgreSQL


@pytest.fixture
def twin() -> Iterator[str]:
    """An empty database on the server."""
    with a_database("twin") as url:
        yield url


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The same ledger as above, on PostgreSQL."""
    with a_database("ledger") as url:
        yield prepared(Ledger(tmp_path_factory.mktemp("served") / "home", url))


@contextmanager
def a_database(purpose: str) -> Iterator[str]:
    import psycopg

    name = f"gaoxin_backup_{purpose}_{os.getpid()}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            yield urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@on_a_server
def test_everything_comes_back_on_postgresql(served: Ledger, twin: str, tmp_path: Path) -> None:
    import psycopg

    colleague = served.start("-c", RECORD, "2000", "again")
    try:
        assert colleague.stdout is not None
        assert colleague.stdout.readline() == "one batch\n"
        made = served.backup("--to", str(tmp_path / "to"))
    finally:
        colleague.kill()
        colleague.communicate()
    target = empty(tmp_path)
    code, out, err = target.call("restore", made["file"], "--database-url", twin, "--json")
    assert code == 0, err
    assert json.loads(out)["tables"] == made["tables"]
    assert json.loads(out)["snapshots"] == made["snapshots"] != []
    with psycopg.connect(twin, autocommit=True) as opened:
        (found,) = opened.execute("SELECT count(*) FROM ledger_observation").fetchone()
        assert found == made["tables"]["ledger_observation"]
        unfinished = opened.execute(
            "SELECT b.id FROM ledger_batch b JOIN ledger_observation o ON o.batch_id = b.id "
            "WHERE b.kind = 'import' GROUP BY b.id, b.rows HAVING count(*) <> b.rows"
        )
        assert not unfinished.fetchall()
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            opened.execute("UPDATE ledger_observation SET number = 0")
    # numbers go on where they stood
    Ledger(target.home, twin).run(RECORD, "10", "once")
    # a second time into the same database
    code, _, err = empty(tmp_path / "again").call("restore", made["file"], "--database-url", twin)
    assert code == 1
    assert "只能恢复到空数据库" in err


@on_a_server
def test_a_changed_archive_leaves_the_server_empty(served: Ledger, twin: str, tmp_path: Path) -> None:
    import psycopg

    path = Path(served.backup("--to", str(tmp_path / "to"))["file"])
    with tarfile.open(path) as tar:
        place = tar.getmember("database/ledger_observation.copy.gz").offset_data
    data = bytearray(path.read_bytes())
    data[place + 400] ^= 1
    path.write_bytes(data)
    target = empty(tmp_path)
    code, _, err = target.call("restore", str(path), "--database-url", twin)
    assert code == 1
    assert "已拒绝" in err
    assert not target.home.exists()
    with psycopg.connect(twin) as opened:
        (tables,) = opened.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == 0


@on_a_server
def test_a_backup_of_postgresql_does_not_go_into_sqlite(served: Ledger, tmp_path: Path) -> None:
    made = served.backup("--to", str(tmp_path / "to"))
    code, _, err = empty(tmp_path).call("restore", made["file"])
    assert code == 1
    assert "这是 PostgreSQL 的备份，不能恢复到 SQLite" in err
