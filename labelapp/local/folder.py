"""The data folder: what lies where, who may read it, and that only one server uses it at a time."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from labelapp.local.errors import StartError

ROOT = Path(__file__).resolve().parent.parent.parent
# Raised when a data folder is laid out in another way than before; an older program then stops.
LAYOUT = 1
# What people's work is made of, beside the database; settings.STORAGES writes there.
FILES = ("pictures", "files", "uploads", "exports")
_STOPPING_PATIENCE = 45.0
_NOTICE_PATIENCE = 2.0


@dataclass(frozen=True)
class DataFolder:
    """DATA_DIR, and the names of what is in it."""

    path: Path

    @classmethod
    def of_environment(cls) -> DataFolder:
        return cls(Path(os.environ.get("DATA_DIR") or ROOT / "data").resolve())

    @property
    def runtime(self) -> Path:
        """Where the servers answer now; there while `make run` is running."""
        return self.path / "runtime.json"

    @property
    def accounts(self) -> Path:
        """The first passwords, as long as nobody changed them."""
        return self.path / "accounts.txt"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def run(self) -> Path:
        """What belongs to a running server alone."""
        return self.path / "run"

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    def create(self) -> None:
        """Makes the folders. Others may pass through (PostgreSQL is another user), not look in."""
        try:
            for folder in (self.path, self.path / "incoming", *self._private()):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StartError(
                f"{self.path} cannot be made ({error.strerror}). Choose another DATA_DIR."
            ) from error
        if self.path.stat().st_uid == os.geteuid():
            self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for folder in self._private():
            folder.chmod(0o700)
        self._refuse_newer_layout()

    def secret_key(self) -> str:
        """The key that signs sessions and picture addresses: made once, kept with the data."""
        path = self.path / "secret_key"
        if not path.exists():
            write_private(path, secrets.token_urlsafe(50))
        return path.read_text().strip()

    def remember(self, **values: Any) -> dict[str, Any]:
        """What earlier starts chose (ports, passwords of our servers), with `values` as default."""
        path = self.path / "servers.json"
        known = json.loads(path.read_text()) if path.exists() else {}
        merged = {**values, **known}
        if merged != known:
            write_private(path, json.dumps(merged, indent=2))
        return merged

    def change(self, **values: Any) -> None:
        """Chooses anew, for example a port that somebody else took meanwhile."""
        write_private(
            self.path / "servers.json", json.dumps({**self.remember(), **values}, indent=2)
        )

    @contextlib.contextmanager
    def held(self, purpose: str) -> Iterator[Hold]:
        """Holds the folder for one server or one restore.

        Waits for a server that is about to stop; raises StartError when it goes on running.
        """
        with (self.run / "lock").open("a+") as file:
            _wait_for(file, self.path)
            hold = Hold(file, purpose)
            hold.write(stopping=False)
            yield hold
            hold.clear()

    def in_use(self) -> bool:
        """Whether a server, or a restore, holds the folder now."""
        with (self.run / "lock").open("a+") as file:
            return not _locked(file)

    def _private(self) -> list[Path]:
        return [self.logs, self.run, self.backups, *(self.path / name for name in FILES)]

    def _refuse_newer_layout(self) -> None:
        mark = self.path / "layout"
        if not mark.exists():
            mark.write_text(f"{LAYOUT}\n")
        found = int(mark.read_text())
        if found > LAYOUT:
            raise StartError(
                f"{self.path} was written by a newer labelapp (layout {found}; this one knows"
                f" {LAYOUT}). Start that newer version, or choose another DATA_DIR."
            )


@dataclass
class Hold:
    """The lock on a data folder, with a note in it for whoever comes next."""

    file: IO[str]
    purpose: str

    def write(self, *, stopping: bool) -> None:
        note = {"pid": os.getpid(), "purpose": self.purpose, "stopping": stopping}
        self.file.seek(0)
        self.file.truncate()
        self.file.write(json.dumps(note))
        self.file.flush()

    def clear(self) -> None:
        self.file.seek(0)
        self.file.truncate()


def write_private(path: Path, text: str) -> None:
    """Writes a file only its owner can read, whole or not at all."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    partial.rename(path)


def _wait_for(file: IO[str], folder: Path) -> None:
    began = time.monotonic()
    while not _locked(file):
        note = _note(file)
        waited = time.monotonic() - began
        if waited > (_STOPPING_PATIENCE if note.get("stopping") else _NOTICE_PATIENCE):
            raise StartError(
                f"{note.get('purpose', 'labelapp')} is already running on {folder} (process"
                f" {note.get('pid', 'unknown')}). Stop it with Ctrl-C in its terminal, or start"
                " another one beside it: `make run PORT=8001 DATA_DIR=...`."
            )
        time.sleep(0.1)


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _note(file: IO[str]) -> dict[str, Any]:
    file.seek(0)
    with contextlib.suppress(json.JSONDecodeError):
        found = json.loads(file.read() or "{}")
        return found if isinstance(found, dict) else {}
    return {}
