"""Pytest plugin: a PostgreSQL and a Valkey of the tests' own, up before Django reads its settings.

Loaded with `-p tests.servers`. Where DATABASE_URL or REDIS_URL is given, that server is used; of the
processes of `-n`, each has a database in one PostgreSQL, and a Valkey to itself: queues have no test's name.
Both servers write to a temporary folder and die with pytest, also when it is killed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from labelapp.local import postgres, valkey
from labelapp.local.spawn import free_port, spawn, stop, unprivileged

_stops: list[Callable[[], None]] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Starts what is missing and points the environment at it."""
    if early_config.known_args_namespace.help or early_config.known_args_namespace.version:
        return
    folder = Path(tempfile.mkdtemp(prefix="labelapp-tests-", dir="/tmp"))
    folder.chmod(0o711)  # PostgreSQL runs as nobody when we are root
    early_config.add_cleanup(_stop_all)
    _stops.append(lambda: shutil.rmtree(folder, ignore_errors=True))
    (folder / "data").mkdir()
    os.environ["DATA_DIR"] = str(folder / "data")
    os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 40)
    if "REDIS_URL" not in os.environ or "PYTEST_XDIST_WORKER" in os.environ:
        os.environ["REDIS_URL"] = _start_valkey(folder)
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = _start_postgres(folder)


def _start_postgres(folder: Path) -> str:
    identity = unprivileged()
    programs = postgres.reachable(postgres.find_programs(), identity)
    cluster = postgres.Cluster(
        data=folder / "postgres",
        programs=programs,
        port=free_port(),
        password=postgres.new_password(),
        identity=identity,
        extra={**postgres.FAST_AND_UNSAFE, "max_connections": "200"},
    )
    cluster.prepare()
    with (folder / "postgres.log").open("wb") as log:
        server = spawn(cluster.command(), identity=identity, death_signal=postgres.STOP, output=log)
    _stops.append(lambda: stop(server, postgres.STOP, patience=10))
    _wait(server, cluster.is_ready, folder / "postgres.log")
    cluster.ensure_database()
    return cluster.url


def _start_valkey(folder: Path) -> str:
    broker = valkey.Broker(
        data=folder / "valkey",
        program=valkey.find_program(),
        port=free_port(),
        password=postgres.new_password(),
        durable=False,
    )
    broker.prepare()
    with (folder / "valkey.log").open("wb") as log:
        server = spawn(broker.command(), death_signal=valkey.STOP, output=log)
    _stops.append(lambda: stop(server, valkey.STOP, patience=10))
    _wait(server, broker.is_ready, folder / "valkey.log")
    return broker.url


def _wait(server: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + 30
    while not ready():
        if server.poll() is not None or time.monotonic() > end:
            _stop_all()
            pytest.exit(f"a server for the tests did not start:\n{log.read_text()}", 3)
        time.sleep(0.02)


def _stop_all() -> None:
    while _stops:
        _stops.pop()()


if sys.platform == "win32":
    pytest.exit("labelapp's servers run on Linux and macOS", 3)
