"""The queue as the project declares it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from labelapp.celery import BEAT_SCHEDULE, QUEUES, app
from labelapp.local.folder import ROOT


@pytest.fixture(scope="module")
def ours() -> dict[str, str]:
    """Our tasks, by name, with the queue each declares."""
    app.loader.import_default_modules()
    tasks = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
    return {name: getattr(task, "queue", None) or "cpu" for name, task in tasks.items()}


def test_every_task_goes_to_a_queue_that_a_worker_listens_to(ours: dict[str, str]) -> None:
    assert ours
    assert set(ours.values()) <= set(QUEUES)


def test_every_scheduled_task_exists(ours: dict[str, str]) -> None:
    assert {entry["task"] for entry in BEAT_SCHEDULE.values()} - set(ours) == set()


def test_every_sweep_and_tidy_is_scheduled(ours: dict[str, str]) -> None:
    periodic = {name for name in ours if name.split(".")[-1].startswith(("sweep_", "tidy_"))}
    assert periodic - {entry["task"] for entry in BEAT_SCHEDULE.values()} == set()


def test_a_web_process_enqueues_to_our_broker() -> None:
    same = "celery.current_app.conf.broker_url == django.conf.settings.REDIS_URL"
    script = f"import labelapp.wsgi, celery, django.conf; print({same})"
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["True"]
