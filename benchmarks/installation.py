"""Servers for one run: PostgreSQL and Valkey with the settings of `make run`, gunicorn on top."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from labelapp.local import programs, servers
from labelapp.local.folder import ROOT, DataFolder
from labelapp.local.processes import Program
from labelapp.local.spawn import free_port, spawn, stop

_PATIENCE = 60.0


@dataclass(frozen=True)
class Installation:
    """Where everything answers; the pids are the roots of the servers' process trees."""

    folder: DataFolder
    web_port: int
    web_pid: int
    database_pid: int


@contextmanager
def installation() -> Iterator[Installation]:
    """Start all servers in a new temporary folder and set Django up on them; removed at the end."""
    with ExitStack() as ends:
        place = Path(tempfile.mkdtemp(prefix="labelapp-bench-", dir="/var/tmp"))
        ends.callback(shutil.rmtree, place, ignore_errors=True)
        folder = DataFolder(place)
        folder.create()
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        cluster, broker = servers.cluster(folder), servers.broker(folder)
        database = started(ends, programs.database(cluster), folder, cluster.is_ready)
        started(ends, programs.broker(broker), folder, broker.is_ready)
        cluster.ensure_database()
        port = free_port()
        os.environ |= {
            "DATA_DIR": str(place),
            "DATABASE_URL": cluster.url,
            "REDIS_URL": broker.url,
            "SECRET_KEY": folder.secret_key(),
            "PORT": str(port),
            "RATE_LIMITS": "0",
            "DJANGO_SETTINGS_MODULE": "labelapp.settings",
        }
        _set_up_django()
        web = started(ends, programs.web(), folder, lambda: _answers(port))
        yield Installation(folder, port, web.pid, database.pid)


def started(
    ends: ExitStack, program: Program, folder: DataFolder, ready: Callable[[], bool]
) -> subprocess.Popen[bytes]:
    """Start a program and wait until it is ready; it is stopped with `ends`."""
    if program.before is not None:
        program.before()
    log = ends.enter_context((folder.logs / f"{program.name}.log").open("wb"))
    child = spawn(
        program.command(),
        env={**os.environ, **program.env},
        cwd=program.cwd,
        identity=program.identity,
        death_signal=program.stop_signal,
        output=log,
    )
    ends.callback(stop, child, program.stop_signal, patience=30)
    end = time.monotonic() + _PATIENCE
    while not ready():
        if child.poll() is not None or time.monotonic() > end:
            raise RuntimeError((folder.logs / f"{program.name}.log").read_text())
        time.sleep(0.05)
    return child


def _answers(port: int) -> bool:
    with suppress(OSError):
        address = f"http://127.0.0.1:{port}/healthz"
        return bool(urllib.request.urlopen(address, timeout=5).status == 200)
    return False


def _set_up_django() -> None:
    import django
    from django.core.management import call_command

    os.chdir(ROOT)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
