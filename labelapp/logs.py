"""Logs: one JSON object a line, with the request's id, and without secrets.

Every process writes to its standard error; whoever started it keeps the lines and rotates them
(`make run` in DATA_DIR/logs, Docker by its own driver). In a terminal the lines are for people.
"""

from __future__ import annotations

import json
import logging
import logging.config
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from celery._state import get_current_task
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from labelapp.api.request_id import current_request_id

access = logging.getLogger("labelapp.access")

_SECRETS = [
    (re.compile(r"(://[^:/@\s]*:)[^@/\s]+@"), r"\1***@"),
    (re.compile(r"(?i)\b(bearer|token|basic)\s+[\w.~+/=-]{8,}"), r"\1 ***"),
    (
        re.compile(
            r"(?i)(password|passwd|secret(?:_key)?|token|signature|sessionid)(\W{1,4})[^\s,&'\"}]+"
        ),
        r"\1\2***",
    ),
]


def scrub(text: str) -> str:
    """The text with passwords, tokens and keys replaced by ***."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON; what is passed as `extra={"fields": {...}}` is added."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": scrub(record.getMessage()),
            "process": record.process,
        }
        if request_id := current_request_id():
            line["request_id"] = request_id
        task: Any = get_current_task()
        if task is not None:
            line["task"], line["task_id"] = task.name, task.request.id
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["exception"] = scrub(self.formatException(record.exc_info))
        return json.dumps(line, default=str, ensure_ascii=False)


class PlainFormatter(logging.Formatter):
    """The same record for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))


def configuration(level: str = "INFO", *, for_people: bool | None = None) -> dict[str, Any]:
    """The logging set-up as `logging.config.dictConfig` takes it, also for gunicorn."""
    people = sys.stderr.isatty() if for_people is None else for_people
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "labelapp.logs.JsonFormatter"},
            "plain": {
                "()": "labelapp.logs.PlainFormatter",
                "format": "%(levelname)s %(name)s: %(message)s",
            },
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "plain" if people else "json",
            }
        },
        "root": {"level": level, "handlers": ["stderr"]},
        "loggers": {
            # Django's own handlers go: one line for a fault is enough.
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            "django.request": {"level": "ERROR"},  # refusals are in the access log
            "gunicorn.error": {"handlers": [], "propagate": True},
            "gunicorn.access": {"handlers": [], "propagate": False},
            # The sweeps would fill the logs with two lines each, every few seconds.
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "botocore": {"level": "WARNING"},
            "boto3": {"level": "WARNING"},
            "PIL": {"level": "WARNING"},
        },
    }


def configure(options: dict[str, Any]) -> None:
    """Django's LOGGING_CONFIG: sets up logging from `{"level": ...}`."""
    logging.config.dictConfig(configuration(str(options.get("level", "INFO"))))


class AccessLogMiddleware:
    """One line for each answer: who asked what, the status, how long it took.

    The query is left out: picture addresses are signed there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = perf_counter()
        response = self.get_response(request)
        if access.isEnabledFor(logging.INFO):
            access.info(
                "%s %s %d",
                request.method,
                request.path,
                response.status_code,
                extra={"fields": _facts(request, response, perf_counter() - began)},
            )
        return response


def _facts(request: HttpRequest, response: HttpResponseBase, seconds: float) -> dict[str, Any]:
    # Only a person whom the view has already looked up: a log line must not cost a query.
    user = request.__dict__.get("user")
    person = None if isinstance(user, SimpleLazyObject) else user
    person = person or getattr(request, "_cached_user", None)
    return {
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "person": str(person.pk) if person is not None and person.pk else None,
        "address": request.META.get("REMOTE_ADDR"),
    }
