"""An archive is of one moment, trusts nobody, and appears whole or not at all."""

import io
import os
import sqlite3
import tarfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gaoxin.web.operations.archives import home, sqlite
from gaoxin.web.operations.archives.manifest import MANIFEST, Contents, Manifest, Member
from gaoxin.web.operations.archives.problems import BackupError, RestoreRefused, in_words
from gaoxin.web.operations.archives.reading import open_archive
from gaoxin.web.operations.archives.verifying import unpack, verify
from gaoxin.web.operations.archives.writing import Writer

NOTHING = Contents("postgresql", "15", (), (), (), (), None)
LETTER = b"\xe9\xab\x98\xe6\x96\xb0" * 100_000


def a_manifest(members: list[Member], contents: Contents = NOTHING) -> Manifest:
    return Manifest("0.1.0", "2026-11-22T20:56:26+00:00", "gaoxin", "here", contents, tuple(members))


def an_archive(path: Path, change: Callable[[list[Member]], list[Member]] = list) -> Path:
    """One file of 600 kB kept as it is and one compressed; `change` is what the manifest says instead."""
    with path.open("wb") as stream:
        writer = Writer(stream)
        with writer.member("home/imports/信.txt") as sink:
            sink.write(LETTER)
        with writer.member("home/imports/packed.txt", compress=True) as sink:
            sink.write(LETTER)
        manifest = a_manifest(change(writer.members))
        with writer.member(MANIFEST) as sink:
            sink.write(manifest.as_bytes())
        writer.end()
    return path


def a_tar(path: Path, *infos: tarfile.TarInfo) -> Path:
    """What somebody else packed: the manifest of an empty backup, and these members."""
    text = a_manifest([]).as_bytes()
    listing = tarfile.TarInfo(MANIFEST)
    listing.size = len(text)
    with tarfile.open(path, "w") as tar:
        tar.addfile(listing, io.BytesIO(text))
        for info in infos:
            tar.addfile(info, io.BytesIO(bytes(info.size)))
    return path


def test_archive_is_a_tar_that_any_tool_opens(tmp_path: Path) -> None:
    with tarfile.open(an_archive(tmp_path / "a.tar")) as tar:
        held = tar.extractfile("home/imports/信.txt")
        assert held is not None
        assert held.read() == LETTER
        assert [info.mode for info in tar] == [0o600] * 3


def test_content_comes_back_byte_by_byte(tmp_path: Path) -> None:
    with open_archive(an_archive(tmp_path / "a.tar")) as archive:
        assert b"".join(archive.content("home/imports/packed.txt")) == LETTER


def test_repetitive_rows_are_compressed(tmp_path: Path) -> None:
    with open_archive(an_archive(tmp_path / "a.tar")) as archive:
        # 600 000 bytes of six that repeat: less than a hundredth remains
        assert archive.manifest.member("home/imports/packed.txt").size < 6_000


def test_manifest_reads_back_as_written() -> None:
    manifest = a_manifest([Member("home/a", 1, "00", 1, "00")])
    assert Manifest.read(manifest.as_bytes()) == manifest


@pytest.mark.parametrize("place", [600, 300_000, 600_700])
def test_one_changed_byte_is_refused(tmp_path: Path, place: int) -> None:
    path = an_archive(tmp_path / "a.tar")
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(BackupError):
        verify(path, tmp_path)


@pytest.mark.parametrize("length", [0, 511, 100_000, 601_000])
def test_an_archive_cut_off_is_refused(tmp_path: Path, length: int) -> None:
    path = an_archive(tmp_path / "a.tar")
    os.truncate(path, length)
    with pytest.raises(BackupError):
        verify(path, tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda members: members[:1],
        lambda members: [*members, Member("home/more", 1, "00", 1, "00")],
        lambda members: [replace(members[0], size=1), members[1]],
        lambda members: [replace(members[0], sha256="00"), members[1]],
        lambda members: [members[0], replace(members[1], content_sha256="00")],
        lambda members: [members[0], replace(members[1], content_size=10)],
        lambda members: [members[0], replace(members[1], compressed=False)],
    ],
    ids=["unlisted", "missing", "size", "hash", "content", "bomb", "raw"],
)
def test_disagreement_with_the_manifest_is_refused(
    tmp_path: Path, change: Callable[[list[Member]], list[Member]]
) -> None:
    path = an_archive(tmp_path / "a.tar", change)
    with pytest.raises(BackupError):
        verify(path, tmp_path)


@pytest.mark.parametrize(
    "name", ["../out", "home/../../out", "/etc/out", "home/a/../../../out", "home", "other/x", "home//x"]
)
def test_a_name_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    with (
        pytest.raises(BackupError, match="越界"),
        open_archive(a_tar(tmp_path / "a.tar", tarfile.TarInfo(name))),
    ):
        pass


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_links_and_special_files_are_refused(tmp_path: Path, kind: bytes) -> None:
    info = tarfile.TarInfo("home/x")
    info.type, info.linkname = kind, "/etc/passwd"
    with pytest.raises(BackupError, match="普通文件"), open_archive(a_tar(tmp_path / "a.tar", info)):
        pass


def test_a_member_that_comes_twice_is_refused(tmp_path: Path) -> None:
    twice = [tarfile.TarInfo("home/x"), tarfile.TarInfo("home/x")]
    with pytest.raises(BackupError, match="重复"), open_archive(a_tar(tmp_path / "a.tar", *twice)):
        pass


def test_another_file_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(b"hello" * 1000)
    with pytest.raises(BackupError, match="不是 gaoxin 的备份"), open_archive(tmp_path / "a.tar"):
        pass


def test_a_full_disk_is_said_in_words() -> None:
    with (
        pytest.raises(BackupError, match="磁盘空间不够"),
        in_words(),
        Path("/dev/full").open("wb", buffering=0) as disk,
    ):
        disk.write(b"x")


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    """A database in WAL mode with two tables that always hold as many rows as each other, and one session."""
    path = tmp_path / "live.sqlite3"
    with sqlite3.connect(path) as live:
        live.execute("PRAGMA journal_mode = WAL")
        live.executescript(
            "CREATE TABLE a (x); CREATE TABLE b (x); CREATE TABLE django_session (session_key);"
            "INSERT INTO django_session VALUES ('a-key-nobody-may-find');"
        )
        live.executemany("INSERT INTO a VALUES (?)", [("x" * 2000,)] * 5000)
        live.executemany("INSERT INTO b VALUES (?)", [("x" * 2000,)] * 5000)
    live.close()
    return path


@pytest.fixture
def writing(accounts: Path) -> Iterator[Callable[[], int]]:
    """Somebody who writes into both tables without pause; called, it tells how often by now."""
    stop, done = threading.Event(), [0]

    def write() -> None:
        live = sqlite3.connect(accounts, timeout=30)
        while not stop.is_set():
            with live:
                live.execute("INSERT INTO a VALUES ('y')")
                live.execute("INSERT INTO b VALUES ('y')")
            done[0] += 1
        live.close()

    thread = threading.Thread(target=write)
    thread.start()
    yield lambda: done[0]
    stop.set()
    thread.join()


def test_a_copy_is_of_one_moment_while_somebody_writes(
    accounts: Path, writing: Callable[[], int], tmp_path: Path
) -> None:
    before = writing()
    for number in range(5):
        copied = tmp_path / f"{number}.sqlite3"
        sqlite.copy(accounts, copied)
        counts = sqlite.look(copied).counts
        assert counts["a"] == counts["b"] >= 5000
    assert writing() > before


def test_a_copy_holds_no_session(accounts: Path, tmp_path: Path) -> None:
    sqlite.copy(accounts, tmp_path / "copy.sqlite3")
    assert sqlite.look(tmp_path / "copy.sqlite3").counts["django_session"] == 0
    assert b"a-key-nobody-may-find" not in (tmp_path / "copy.sqlite3").read_bytes()


def test_a_copy_belongs_to_its_owner_alone(accounts: Path, tmp_path: Path) -> None:
    sqlite.copy(accounts, tmp_path / "copy.sqlite3")
    assert (tmp_path / "copy.sqlite3").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "copy.sqlite3-wal").exists()


def test_a_damaged_database_is_refused(accounts: Path, tmp_path: Path) -> None:
    sqlite.copy(accounts, tmp_path / "copy.sqlite3")
    with (tmp_path / "copy.sqlite3").open("r+b") as opened:
        opened.seek(3 * 4096)
        opened.write(b"\xff" * 4096)
    with pytest.raises(BackupError), in_words():
        sqlite.look(tmp_path / "copy.sqlite3")


def test_a_reference_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    with sqlite3.connect(path) as held:
        held.executescript(
            "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a REFERENCES a (id));"
            "INSERT INTO b VALUES (7)"
        )
    held.close()
    with pytest.raises(BackupError, match="完整性检查"):
        sqlite.look(path)


def test_files_are_kept_without_keys_logs_drafts_and_backups(tmp_path: Path) -> None:
    kept = {"imports/信.xlsx", "snapshots/ab12/manifest.json", "runs/card.json"}
    apart = {
        "secret-key",
        "log/gaoxin.log",
        "static/gx.css",
        "backups/x.tar",
        "gaoxin.sqlite3",
        "gaoxin.sqlite3-wal",
        "snapshots/.new-1/x",
        ".secret-key-12",
        "elsewhere/gaoxin-backup-20261122T205626Z.tar",
    }
    for name in kept | apart:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    found = home.files(
        tmp_path, database=tmp_path / "gaoxin.sqlite3", archives=tmp_path / "backups", skipped=[]
    )
    assert {name for name, _ in found} == kept


def test_a_link_is_named_instead_of_kept(tmp_path: Path) -> None:
    (tmp_path / "imports").mkdir()
    (tmp_path / "imports" / "link").symlink_to("/etc/passwd")
    skipped: list[str] = []
    assert not list(home.files(tmp_path, database=None, archives=tmp_path / "backups", skipped=skipped))
    assert skipped == ["imports/link"]


def test_a_folder_on_another_disk_is_followed(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "x.parquet").write_text("x")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "snapshots").symlink_to(tmp_path / "disk")
    found = home.files(tmp_path / "home", database=None, archives=tmp_path / "backups", skipped=[])
    assert [name for name, _ in found] == ["snapshots/x.parquet"]


@pytest.mark.parametrize("name", ["gaoxin.sqlite3", "imports", "backups", "note.txt"])
def test_what_is_there_already_is_not_restored_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(RestoreRefused) as refused:
        home.refuse_unless_empty(tmp_path, tmp_path / "gaoxin.sqlite3")
    assert name in refused.value.zh


@pytest.mark.parametrize("inside", [[], ["log"], [".bashrc", "secret-key"]])
def test_files_appear_together(tmp_path: Path, inside: list[str]) -> None:
    into = tmp_path / "home"
    into.mkdir()
    for name in inside:
        (into / name).touch()
    home.refuse_unless_empty(into, into / "gaoxin.sqlite3")
    with home.Staging(into, into / "gaoxin.sqlite3") as staging:
        unpack(iter([b"x"]), staging.path("imports/x"))
        unpack(iter([b"y"]), staging.database())
        assert not (into / "imports").exists()
        staging.place()
    assert {entry.name for entry in into.iterdir()} == {"imports", "gaoxin.sqlite3", *inside}
    assert [entry.name for entry in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("inside", [[], ["log"]])
@pytest.mark.parametrize("placed", [False, True])
def test_a_restore_that_fails_leaves_the_place_as_it_was(
    tmp_path: Path, inside: list[str], placed: bool
) -> None:
    into, database = tmp_path / "home", tmp_path / "elsewhere.sqlite3"
    into.mkdir()
    for name in inside:
        (into / name).touch()
    with pytest.raises(ZeroDivisionError):
        restore_and_fail(into, database, placed)
    assert [entry.name for entry in into.iterdir()] == inside
    assert [entry.name for entry in tmp_path.iterdir()] == ["home"]


def restore_and_fail(into: Path, database: Path, placed: bool) -> None:
    with home.Staging(into, database) as staging:
        unpack(iter([b"x"]), staging.path("imports/x"))
        unpack(iter([b"y"]), staging.database())
        if placed:
            staging.place()
        raise ZeroDivisionError
