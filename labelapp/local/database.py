"""The database of a data folder for a command of its own: the running one, or started for it."""

from __future__ import annotations

import contextlib
import json
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from labelapp.local import postgres, servers
from labelapp.local.errors import StartError
from labelapp.local.folder import DataFolder
from labelapp.local.processes import end_former
from labelapp.local.spawn import spawn, stop

_PATIENCE = 120.0  # seconds for recovery after a crash


@dataclass(frozen=True)
class Database:
    """A database that answers, and the programs that read and write it."""

    programs: Path
    url: str

    @property
    def name(self) -> str:
        return urlsplit(self.url).path.lstrip("/")

    def run(self, program: str, *arguments: str | Path) -> str:
        """Runs one of PostgreSQL's client programs on it; returns what it prints."""
        return postgres.client(self.programs, self.url, program, *arguments)

    def named(self, name: str) -> Database:
        """The database of another name on the same server."""
        return Database(self.programs, urlunsplit(urlsplit(self.url)._replace(path=f"/{name}")))


@contextlib.contextmanager
def reached(folder: DataFolder) -> Iterator[Database]:
    """The database given, or the one that `make run` runs, or else ours, started for this alone."""
    given = servers.given("DATABASE_URL")
    if given is not None:
        yield Database(postgres.find_programs(), given)
    elif folder.in_use() and folder.runtime.exists():
        url = json.loads(folder.runtime.read_text())["database_url"]
        yield Database(postgres.find_programs(folder.path / "postgres"), url)
    else:
        with folder.held("a backup"), started(folder) as database:
            yield database


@contextlib.contextmanager
def started(folder: DataFolder) -> Iterator[Database]:
    """The database given, or else ours, started for this alone. Hold the folder around it."""
    given = servers.given("DATABASE_URL")
    if given is not None:
        yield Database(postgres.find_programs(), given)
        return
    end_former(folder.run / "children.json")
    cluster = servers.cluster(folder)
    cluster.prepare()
    with tempfile.TemporaryFile() as log:
        server = spawn(
            cluster.command(), identity=cluster.identity, death_signal=postgres.STOP, output=log
        )
        try:
            end = time.monotonic() + _PATIENCE
            while not cluster.is_ready():
                if server.poll() is not None or time.monotonic() > end:
                    log.seek(0)
                    raise StartError(f"PostgreSQL did not start:\n{log.read().decode()}")
                time.sleep(0.05)
            cluster.ensure_database()
            yield Database(cluster.programs, cluster.url)
        finally:
            stop(server, postgres.STOP, patience=60)
