"""The queue: how work reaches the workers, and what the clock starts.

PostgreSQL holds the truth about every long piece of work; the queue is only a bell. A message may
come twice, late or never: tasks are idempotent, and a sweep rings again for what lies unfinished.
"""

from __future__ import annotations

import logging
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

QUEUES = ("interactive", "gpu", "cpu")
SWEEPS = (  # each few seconds
    "labelapp.imports.tasks.sweep_imports",
    "ml.masks.tasks.sweep_masks",
    "ml.runs.tasks.sweep_runs",
    "ml.lessons.tasks.sweep_trainings",
    "ml.alike.tasks.sweep_twins",
    "qa.jobs.tasks.sweep_jobs",
    "qa.verification.tasks.sweep_arrangings",
    "qa.segmentation.tasks.sweep_labelling",
    "qa.exports.tasks.sweep_exports",
)
TIDIES = (  # once a day
    "labelapp.catalog.tasks.purge_bin",
    "labelapp.imports.tasks.tidy_imports",
    "labelapp.accounts.tasks.tidy_accounts",
    "ml.masks.tasks.tidy_masks",
    "qa.jobs.tasks.tidy_jobs",
    "qa.exports.tasks.tidy_exports",
)


def _each(seconds: int, names: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    # One that nobody took before the next is due is dropped: a late one finds the same rows.
    entry = {"schedule": seconds, "options": {"expires": seconds}}
    return {name: {"task": name, **entry} for name in names}


BEAT_SCHEDULE = {**_each(5, SWEEPS), **_each(24 * 3600, TIDIES)}

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labelapp.settings")
app = Celery("labelapp")


def _configuration() -> dict[str, Any]:
    """Celery's settings; asked for at the first use, when Django's can be read."""
    from django.conf import settings

    return {
        "broker_url": settings.REDIS_URL,
        "broker_connection_retry_on_startup": True,
        "broker_transport_options": {
            # Longer than any task: leases bring back lost work, redelivery is only the second net.
            "visibility_timeout": 3600,
            "unacked_restore_interval": 1,
            "unacked_restore_throttle": 1,
            "socket_connect_timeout": 1,
        },
        # Whoever rings while the broker is away gets an error soon, and the sweep rings again.
        "task_publish_retry_policy": {"max_retries": 1, "interval_start": 0.1},
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_ignore_result": True,
        "task_default_queue": "cpu",
        "task_routes": {
            "ml.masks.tasks.*": {"queue": "interactive"},
            "ml.runs.tasks.*": {"queue": "gpu"},
            "ml.lessons.tasks.*": {"queue": "gpu"},
        },
        "task_serializer": "json",
        "accept_content": ["json"],
        "worker_prefetch_multiplier": 1,
        "worker_enable_remote_control": True,
        "worker_hijack_root_logger": False,
        "timezone": "UTC",
        "beat_schedule": BEAT_SCHEDULE,
    }


app.add_defaults(_configuration)
app.autodiscover_tasks()


@setup_logging.connect
def _log_as_django_does(**_: Any) -> None:
    """Stands in for Celery's own set-up of logging: Django has already made ours."""
    logging.captureWarnings(capture=True)
