"""A backup brings everything back, and a bad one changes nothing."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from labelapp.local import backup
from labelapp.local.database import started
from labelapp.local.errors import StartError
from labelapp.local.folder import DataFolder


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name)
    folder = Path(tempfile.mkdtemp(prefix="labelapp-backup-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def filled(path: Path, *, owls: int) -> DataFolder:
    """A data folder with a table, a picture and a key."""
    folder = DataFolder(path)
    folder.create()
    folder.secret_key()
    (folder.path / "pictures" / "ab").mkdir()
    (folder.path / "pictures" / "ab" / "owl.jpg").write_bytes(b"owl" * owls)
    with folder.held("a test"), started(folder) as database:
        database.run("psql", "-c", f"CREATE TABLE owl AS SELECT generate_series(1, {owls})")
    return folder


def owls(folder: DataFolder) -> int:
    with folder.held("a test"), started(folder) as database:
        return int(database.run("psql", "-tAc", "SELECT count(*) FROM owl"))


def test_it_brings_everything_into_a_new_folder(place: Path) -> None:
    first = filled(place / "first", owls=7)
    made = backup.create(first, place / "owls.tar")
    second = DataFolder(place / "second")
    second.create()
    backup.restore(second, made)
    assert owls(second) == 7
    assert (second.path / "pictures" / "ab" / "owl.jpg").read_bytes() == b"owl" * 7
    assert second.secret_key() == first.secret_key()
    assert made.stat().st_mode & 0o077 == 0


def test_it_replaces_what_is_there_and_leaves_nothing_of_it(place: Path) -> None:
    made = backup.create(filled(place / "first", owls=7), place / "owls.tar")
    second = filled(place / "second", owls=3)
    (second.path / "pictures" / "old.jpg").touch()
    backup.restore(second, made)
    assert owls(second) == 7
    assert not (second.path / "pictures" / "old.jpg").exists()
    assert [path.name for path in second.path.glob(".restore-*")] == []


def test_a_backup_before_a_migration_keeps_the_pictures_out_and_in_place(place: Path) -> None:
    folder = filled(place / "first", owls=7)
    made = backup.before_migration(folder)
    with tarfile.open(made) as tar:
        assert tar.getnames() == ["manifest.json", "database.dump", "complete"]
    with folder.held("a test"), started(folder) as database:
        database.run("psql", "-c", "DELETE FROM owl")
    backup.restore(folder, made)
    assert owls(folder) == 7
    assert (folder.path / "pictures" / "ab" / "owl.jpg").exists()


def test_a_bad_file_changes_nothing(place: Path) -> None:
    folder = filled(place / "first", owls=7)
    made = backup.create(folder, place / "owls.tar")
    whole = made.read_bytes()
    dump = whole.index(b"PGDMP")
    bad = {
        "cut": (whole[: len(whole) // 2], "cut off"),
        "without its end": (whole[: whole.index(b"complete\0")], "not a whole"),
        "damaged": (whole[: dump + 900] + b"\xff\xfe" + whole[dump + 902 :], "damaged"),
        "another file": (b"hello", "not a labelapp backup"),
    }
    for name, (content, complaint) in bad.items():
        path = place / name
        path.write_bytes(content)
        with pytest.raises(StartError, match=complaint):
            backup.restore(folder, path)
    assert owls(folder) == 7
    assert [path.name for path in folder.path.glob(".restore-*")] == []


def test_a_backup_cannot_write_outside_the_folder(place: Path) -> None:
    folder = DataFolder(place / "first")
    folder.create()
    evil = place / "evil.tar"
    (place / "payload").write_text("x")
    for name in ("pictures/../../escaped", "/etc/escaped", "run/lock"):
        with tarfile.open(evil, "w") as tar:
            tar.add(place / "payload", name)
        with pytest.raises(StartError, match="no backup of ours"):
            backup.restore(folder, evil)
    assert not (place / "escaped").exists()


def test_it_restores_nothing_under_a_running_server(place: Path) -> None:
    folder = DataFolder(place / "first")
    folder.create()
    with folder.held("make run"), pytest.raises(StartError, match="already running"):
        backup.restore(folder, place / "owls.tar")


def test_it_overwrites_no_backup(place: Path) -> None:
    folder = DataFolder(place / "first")
    folder.create()
    (place / "owls.tar").touch()
    with pytest.raises(StartError, match="exists already"):
        backup.create(folder, place / "owls.tar")
