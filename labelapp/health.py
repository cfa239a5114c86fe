"""Is it alive, is it ready: for `make run`, for Docker's health checks, for a load balancer."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import cache

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

OK = "ok"


@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 when everything a request may need is there, else 503; says which part is missing."""
    found = {name: check() for name, check in CHECKS.items()}
    ready = all(answer == OK for answer in found.values())
    return JsonResponse({"ready": ready, "checks": found}, status=200 if ready else 503)


def database() -> str:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "the database does not answer"
    return OK


def broker() -> str:
    """Whether the broker answers."""
    try:
        _redis().ping()
    except redis.RedisError:
        return "the broker does not answer"
    return OK


def migrations() -> str:
    """Whether the tables are those that this program was written for."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return "the database does not answer"
    missing = _on_disk() - applied
    return OK if not missing else f"{len(missing)} migrations are not applied"


def storage() -> str:
    """Whether the data folder takes a file."""
    try:
        with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
            file.write(b"labelapp")
    except OSError as error:
        return f"the data folder cannot be written: {error.strerror}"
    return OK


CHECKS: dict[str, Callable[[], str]] = {
    "database": database,
    "broker": broker,
    "migrations": migrations,
    "storage": storage,
}


@cache
def _on_disk() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1, max_connections=8
    )
