"""Exports written by a real worker process, held up by a lock where it is to die or be cancelled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from rest_framework.test import APIClient

from labelapp.background import WorkState, sweep
from qa.exports import writer
from qa.exports.models import Export
from qa.exports.tasks import write_export
from qa.jobs.models import Job
from tests.builders import make_running_job
from tests.cast import assemble, client_of
from tests.workers.conftest import Worker, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def analyst(transactional_db: None) -> APIClient:
    return client_of(assemble().analyst)


@pytest.fixture
def job(transactional_db: None) -> Job:
    return make_running_job(30)


def start(analyst: APIClient, job: Job) -> Export:
    answer = analyst.post("/api/v1/exports/", {"job": str(job.pk)}, format="json")
    assert answer.status_code == 202, answer.json()
    return Export.objects.get(pk=answer.json()["id"])


def fetch(analyst: APIClient, export: Export) -> Any:
    return analyst.get(f"/api/v1/exports/{export.pk}/").json()


def state(export: Export) -> str:
    export.refresh_from_db()
    return export.state


@contextmanager
def labels_held() -> Iterator[None]:
    """Nobody reads a label meanwhile, so a worker stands still in the middle of its file."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE catalog_label IN ACCESS EXCLUSIVE MODE")
        yield


def files(export: Export) -> set[str]:
    return {path.name for path in writer.folder_of(export).rglob("*") if path.is_file()}


def lines_of(analyst: APIClient, export: Export) -> list[str]:
    answer: Any = analyst.get(fetch(analyst, export)["url"])
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()
    answer.close()
    return text.splitlines()


def test_a_worker_hears_the_bell_and_writes_the_file(
    analyst: APIClient, job: Job, worker: Worker
) -> None:
    with worker():
        export = start(analyst, job)
        wait_until(lambda: state(export) == WorkState.DONE)
    assert len(lines_of(analyst, export)) == 31
    assert files(export) == {"labels.csv", "manifest.json"}


def test_one_whose_bell_was_lost_is_found_by_the_sweep(
    analyst: APIClient, job: Job, worker: Worker
) -> None:
    export = Export.objects.create(
        dataset=job.dataset,
        job=job,
        format="csv",
        filters={
            "outcome": [],
            "label_classes": [],
            "min_confidence": None,
            "latest": False,
            "guard_formulas": True,
            "reviewers": False,
        },
    )
    Export.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    with worker():
        assert sweep(Export, write_export) == 1
        wait_until(lambda: state(export) == WorkState.DONE)
    assert len(lines_of(analyst, export)) == 31


def test_a_worker_killed_in_the_middle_shows_no_half_file_and_another_one_finishes(
    analyst: APIClient, job: Job, worker: Worker
) -> None:
    with worker() as first:
        export = start(analyst, job)
        with labels_held():
            wait_until(lambda: state(export) == WorkState.RUNNING)
            wait_until(lambda: "labels.csv.part" in files(export))
            first.kill()
            first.wait()
    assert state(export) == WorkState.RUNNING
    assert fetch(analyst, export)["url"] is None
    Export.objects.update(lease_until=timezone.now())
    with worker():
        sweep(Export, write_export)
        wait_until(lambda: state(export) == WorkState.DONE)
    assert export.attempts == 2
    assert len(lines_of(analyst, export)) == 31
    assert files(export) == {"labels.csv", "manifest.json"}
    assert {path.name for path in writer.folder_of(export).iterdir()} == {"2"}


def test_an_export_cancelled_in_the_middle_leaves_no_file(
    analyst: APIClient, job: Job, worker: Worker
) -> None:
    with worker():
        export = start(analyst, job)
        with labels_held():
            wait_until(lambda: "labels.csv.part" in files(export))
            cancelled = analyst.post(f"/api/v1/exports/{export.pk}/cancel/")
            assert cancelled.json()["state"] == "cancelled"
        wait_until(lambda: not any(Path(writer.folder_of(export)).rglob("*")))
    assert state(export) == WorkState.CANCELLED
