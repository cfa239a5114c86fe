"""What gunicorn reads: `gunicorn -c python:labelapp.local.web labelapp.wsgi`, here and in Docker."""

import gc
import os
from pathlib import Path
from typing import Any

from django.urls import get_resolver
from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from labelapp.logs import configuration

_host = os.environ.get("HOST") or "127.0.0.1"
_port = os.environ.get("PORT") or "8000"

bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES") or 2)
# A thread holds one database connection: processes x threads of them in all.
threads = int(os.environ.get("WEB_THREADS") or 4)
preload_app = True  # imported once: a worker that died is back at once, and pages are shared
limit_request_line = 8190  # a table's thousand edges stand in the address
timeout = 120
graceful_timeout = 8
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (heartbeats)
control_socket_disable = True
logconfig_dict = configuration()


class OwnLogger(Logger):  # type: ignore[misc]  # no types
    """Errors only. labelapp.logs.AccessLogMiddleware knows more: the request's id, the person."""

    # A logging configuration would switch it on, and gather what nobody reads at every request.
    access_log_enabled = False


logger_class = OwnLogger


def when_ready(_server: Any) -> None:
    """Before the workers are forked: load every view, and never search any of it for garbage."""
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
