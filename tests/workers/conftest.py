"""A real Celery worker on the tests' own database and broker."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from labelapp.local.spawn import spawn

Worker = Callable[..., AbstractContextManager["subprocess.Popen[bytes]"]]
ROOT = Path(__file__).resolve().parents[2]


def _database_url() -> str:
    """The address of the database that this test uses, which is not the one of the settings."""
    parts = connection.settings_dict
    return (
        f"postgres://{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT']}"
        f"/{parts['NAME']}"
    )


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Worker:
    """Starts a worker, `worker(queue, threads, app=...)`; killed with its context."""
    log = tmp_path / "worker.log"

    @contextmanager
    def started(
        queue: str = "cpu", threads: int = 2, app: str = "labelapp"
    ) -> Iterator["subprocess.Popen[bytes]"]:
        command = [
            sys.executable, "-m", "celery", "-A", app, "worker", "-Q", queue,
            "-P", "threads", "-c", str(threads), "--without-gossip", "--without-mingle", "-n", "test@%h",
        ]  # fmt: skip
        environment = {
            **os.environ,
            "DATABASE_URL": _database_url(),
            "REDIS_URL": settings.REDIS_URL,
            "DATA_DIR": str(settings.DATA_DIR),
            "SECRET_KEY": settings.SECRET_KEY,
        }
        with log.open("ab") as output:
            process = spawn(command, env=environment, cwd=ROOT, output=output)
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            if "Traceback" in (text := log.read_text()):
                sys.stderr.write(text)

    return started


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Look again and again until something is so; fails when it never is."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            pytest.fail(f"not so within {seconds} seconds")
        time.sleep(0.05)
