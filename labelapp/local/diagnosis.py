"""What `manage.py doctor` looks at. Each check answers findings and never stops the others."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from labelapp import health
from labelapp.celery import QUEUES, app
from ml.registry.errors import WeightsMissing
from ml.registry.weights import segmenters

_RESTART = "Start it: make run (with Docker: docker compose up -d)."
_MOST_CLOCK_SECONDS = 5.0
_LEAST_FREE_BYTES = 2_000_000_000


@dataclass(frozen=True)
class Finding:
    """One line of the report: the part, what was found, and the cure when it is not well."""

    part: str
    found: str
    cure: str = ""

    @property
    def well(self) -> bool:
        return not self.cure


def database() -> Iterator[Finding]:
    cure = f"{_RESTART} Its log: {settings.LOG_DIR / 'postgres.log'}."
    yield _of_health("database", health.database(), cure)


def migrations() -> Iterator[Finding]:
    cure = "Restart labelapp, which brings the tables up to date, or: manage.py migrate."
    yield _of_health("tables", health.migrations(), cure)


def broker() -> Iterator[Finding]:
    cure = f"{_RESTART} Its log: {settings.LOG_DIR / 'valkey.log'}."
    yield _of_health("broker", health.broker(), cure)


def storage() -> Iterator[Finding]:
    cure = f"Give the user that runs labelapp the right to write in {settings.DATA_DIR}."
    yield _of_health("storage", health.storage(), cure)


def workers() -> Iterator[Finding]:
    """Whether somebody listens to each queue."""
    try:
        answers = app.control.inspect(timeout=2).active_queues() or {}
    except (OperationalError, RedisError, OSError):
        answers = {}
    for queue in QUEUES:
        names = [n for n, queues in answers.items() if any(q["name"] == queue for q in queues)]
        if names:
            yield Finding(f"queue {queue}", ", ".join(sorted(names)))
        else:
            cure = f"{_RESTART} Logs: {settings.LOG_DIR}/worker-*.log."
            yield Finding(f"queue {queue}", "no worker listens", cure)


def weights() -> Iterator[Finding]:
    """Whether the files of each segmenter are right. Only the default one must be there."""
    for one in segmenters():
        part, problem = f"segmenter {one.name}", one.refusal
        if problem is None:
            yield Finding(part, one.version)
        elif isinstance(problem, WeightsMissing) and one.name != settings.SEGMENTER:
            yield Finding(part, f"not there, if wanted: {problem.detail}")
        else:
            yield Finding(part, problem.title, problem.detail)


def clock() -> Iterator[Finding]:
    """Leases are compared across machines: the database's clock and ours must agree."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            row = cursor.fetchone()
    except DatabaseError:
        yield Finding("clock", "cannot be compared: the database does not answer", _RESTART)
        return
    apart = abs(time.time() - float(row[0] if row else 0))
    if apart > _MOST_CLOCK_SECONDS:
        cure = "Set both clocks by NTP: leases of batches would end early or late."
        yield Finding("clock", f"{apart:.0f} s apart from the database's", cure)
    else:
        yield Finding("clock", "agrees with the database's")


def disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA_DIR).free
    said = f"{free / 1e9:.1f} GB free for {settings.DATA_DIR}"
    cure = "Make room: uploads, exports and old backups lie there. PostgreSQL stops on a full disk."
    yield Finding("disk", said, "" if free >= _LEAST_FREE_BYTES else cure)


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    database,
    migrations,
    broker,
    workers,
    storage,
    weights,
    clock,
    disk,
)


def _of_health(part: str, answer: str, cure: str) -> Finding:
    return Finding(
        part, "ok" if answer == health.OK else answer, "" if answer == health.OK else cure
    )
