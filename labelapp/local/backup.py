"""One file that holds an installation: database, pictures and other files, the signing key.

    python -m labelapp.local.backup create [FILE]
    python -m labelapp.local.backup restore FILE      (FORCE=1 replaces data without asking)

The file is a plain tar: `manifest.json` first (what it is, the SHA-256 of the dump), `database.dump`
(pg_dump's custom format), SMALL_FILES, the folders of FILES, and an empty `complete` last.
Pictures in a bucket stay in the bucket.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import os
import shutil
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from labelapp.local.database import Database, reached, started
from labelapp.local.errors import StartError
from labelapp.local.folder import FILES, LAYOUT, DataFolder

SMALL_FILES = ("secret_key", "accounts.txt", "run/first-passwords.json")
_DUMP, _MANIFEST, _COMPLETE = "database.dump", "manifest.json", "complete"
_KIND = "labelapp backup"
_KEPT_BEFORE_MIGRATION = 5


def create(folder: DataFolder, target: Path | None = None, *, files: bool = True) -> Path:
    """Writes a backup, beside a running server or without one, and returns its path.

    The dump is one consistent moment. Pictures are never changed once written, so that those copied
    after it hold all that the dump names. A backup is there whole or not at all.
    """
    target = (target or folder.backups / f"labelapp-{_now()}.tar").resolve()
    if target.exists():
        raise StartError(f"{target} exists already; name another file.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as place:
        dump, partial = Path(place) / _DUMP, Path(place) / target.name
        with reached(folder) as database:
            database.run("pg_dump", "--format=custom", "--no-owner", f"--file={dump}")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            _write(file, folder, dump, files=files)
        partial.rename(target)
    return target


def before_migration(folder: DataFolder) -> Path:
    """A backup of the database alone, all that a migration changes; the last five are kept."""
    made = create(folder, folder.backups / f"before-migration-{_now()}.tar", files=False)
    for old in sorted(folder.backups.glob("before-migration-*.tar"))[:-_KEPT_BEFORE_MIGRATION]:
        old.unlink()
    return made


def restore(folder: DataFolder, source: Path) -> None:
    """Puts a backup in the place of the data folder's content.

    Everything is read and checked beside the old data; the old goes when the new stands.
    Raises StartError when the file is not a whole backup, or a server runs on the folder.
    """
    with (
        folder.held("make restore"),
        tempfile.TemporaryDirectory(prefix=".restore-", dir=folder.path) as place,
    ):
        fresh = Path(place) / "new"
        manifest = _unpack(source, fresh)
        with started(folder) as database:
            _exchange_database(database, fresh / _DUMP)
        if manifest["files"]:
            for name in (*FILES, *SMALL_FILES):
                _exchange(folder.path / name, fresh / name, Path(place) / "old" / name)
        # What was queued belongs to the old rows; the sweep rings for those that are here now.
        shutil.rmtree(folder.path / "valkey", ignore_errors=True)
        folder.create()
        (folder.run / "first-start-done").touch()


def _write(file: IO[bytes], folder: DataFolder, dump: Path, *, files: bool) -> None:
    manifest = {
        "kind": _KIND,
        "layout": LAYOUT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": files,
        "database_sha256": _sha256(dump),
    }
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        _add_text(tar, _MANIFEST, json.dumps(manifest, indent=2))
        tar.add(dump, _DUMP)
        for name in (*SMALL_FILES, *FILES) if files else ():
            if (folder.path / name).exists():
                _add_tree(tar, folder.path / name, name)
        _add_text(tar, _COMPLETE, "")


def _add_tree(tar: tarfile.TarFile, path: Path, name: str) -> None:
    """Adds files alone. One that is removed meanwhile is no longer named by anything that counts."""
    if path.is_dir():
        for inner in sorted(path.iterdir()):
            _add_tree(tar, inner, f"{name}/{inner.name}")
        return
    with contextlib.suppress(FileNotFoundError):
        tar.add(path, name)


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    facts = tarfile.TarInfo(name)
    facts.size, facts.mode = len(text.encode()), 0o600
    tar.addfile(facts, io.BytesIO(text.encode()))


def _unpack(source: Path, fresh: Path) -> dict[str, Any]:
    """Unpacks a whole, known backup into `fresh`; returns its manifest."""
    names = []
    try:
        with tarfile.open(source, "r:") as tar:
            for member in tar:
                names.append(member.name)
                _unpack_member(tar, member, fresh)
    except OSError as error:
        raise StartError(f"{source} cannot be read ({error.strerror or error}).") from error
    except tarfile.TarError as error:
        raise StartError(f"{source} is not a labelapp backup, or is cut off ({error}).") from error
    if not names or names[0] != _MANIFEST or names[-1] != _COMPLETE:
        raise StartError(f"{source} is not a whole labelapp backup; nothing was changed.")
    manifest: dict[str, Any] = json.loads((fresh / _MANIFEST).read_text())
    if manifest["kind"] != _KIND or manifest["layout"] > LAYOUT:
        raise StartError(f"{source} was made by a newer labelapp; restore it with that one.")
    if _sha256(fresh / _DUMP) != manifest["database_sha256"]:
        raise StartError(f"{source} is damaged: the database in it is not the one saved.")
    return manifest


def _unpack_member(tar: tarfile.TarFile, member: tarfile.TarInfo, fresh: Path) -> None:
    path = PurePosixPath(member.name)
    known = path.parts[0] in FILES or member.name in {*SMALL_FILES, _DUMP, _MANIFEST, _COMPLETE}
    content = tar.extractfile(member) if member.isreg() else None
    if not known or ".." in path.parts or content is None:
        raise StartError(f"The backup holds {member.name!r}, which no backup of ours does.")
    target = fresh / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, target.open("wb") as file:
        shutil.copyfileobj(content, file, 1 << 20)
    target.chmod(member.mode & 0o666)


def _exchange_database(database: Database, dump: Path) -> None:
    """Loads the dump under another name, then lets it take the database's place at once."""
    name, fresh, old = database.name, f"{database.name}_restored", f"{database.name}_replaced"
    server = database.named("postgres")
    for leftover in (fresh, old):
        server.run("psql", "-q", "-c", f'DROP DATABASE IF EXISTS "{leftover}" WITH (FORCE)')
    server.run("psql", "-q", "-c", f'CREATE DATABASE "{fresh}" TEMPLATE template0')
    database.named(fresh).run(
        "pg_restore", "--exit-on-error", "--no-owner", "--single-transaction", "-d", fresh, dump
    )
    swap = f'ALTER DATABASE "{name}" RENAME TO "{old}"; ALTER DATABASE "{fresh}" RENAME TO "{name}"'
    server.run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-c", f"BEGIN; {swap}; COMMIT")
    server.run("psql", "-q", "-c", f'DROP DATABASE "{old}" WITH (FORCE)')


def _exchange(place: Path, new: Path, old: Path) -> None:
    if place.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        place.rename(old)
    if new.exists():
        new.rename(place)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S")


def _agreed(folder: DataFolder) -> bool:
    """Whether what is there may be replaced: nothing is there, FORCE=1, or a person says yes."""
    empty = not (folder.path / "postgres").exists() and "DATABASE_URL" not in os.environ
    if empty or os.environ.get("FORCE") == "1":
        return True
    if not sys.stdin.isatty():
        raise StartError(f"{folder.path} has data, which this would replace. Say FORCE=1 if so.")
    return input(f"Replace all data of {folder.path}? Type yes: ").strip() == "yes"


def main() -> int:
    parser = argparse.ArgumentParser(prog="labelapp.local.backup")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("create").add_argument("file", nargs="?", type=Path)
    actions.add_parser("restore").add_argument("file", type=Path, help="make restore FILE=...")
    asked = parser.parse_args()
    folder = DataFolder.of_environment()
    try:
        folder.create()
        if asked.action == "create":
            made = create(folder, asked.file)
            print(f"Backup: {made} ({made.stat().st_size / 1e6:.1f} MB)")
        elif _agreed(folder):
            restore(folder, asked.file)
            print(f"Restored {asked.file} into {folder.path}. Start it: make run")
        else:
            print("Nothing was changed.")
    except StartError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
