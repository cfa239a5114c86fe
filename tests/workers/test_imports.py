"""Imports carried out by a real worker process, killed in the middle where that is the question."""

import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from rest_framework.test import APIClient

from labelapp.background import WorkState
from labelapp.catalog.counts import differences
from labelapp.catalog.models import Dataset, Image, Label
from labelapp.imports.models import Import
from labelapp.imports.services import sweep_imports
from tests.api.importing import CSV, picture, read, send, zip_of
from tests.builders import make_dataset
from tests.cast import assemble, client_of
from tests.workers.conftest import Worker, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MANY = CSV + "".join(f"{n % 40_000}.jpg,class {n % 7},0.{n:06}\n" for n in range(120_000))


@pytest.fixture
def admin(transactional_db: None) -> APIClient:
    return client_of(assemble().admin)


@pytest.fixture
def dataset(transactional_db: None) -> Dataset:
    return make_dataset("crabs")


def start(admin: APIClient, dataset: Dataset, **fields: Any) -> Import:
    answer = send(admin, dataset, **fields)
    assert answer.status_code == 202, answer.content
    return Import.objects.get(pk=answer.json()["id"])


def state(work: Import) -> str:
    work.refresh_from_db()
    return work.state


def _end(work: Import) -> datetime:
    assert work.finished_at is not None
    return work.finished_at


def test_a_worker_hears_the_bell_and_carries_the_import_out(
    admin: APIClient, dataset: Dataset, worker: Worker
) -> None:
    with worker():
        file = CSV + "a.jpg,Crab,0.5\nb.jpg,Crab,0.6\n"
        zipped = zip_of({"a.jpg": picture(), "b.jpg": picture(50)})
        work = start(admin, dataset, file=file, images=zipped)
        wait_until(lambda: state(work) == WorkState.DONE)
    found = read(admin, str(work.pk))
    assert (found["counts"]["labels"], found["counts"]["images"]) == (2, 2)
    assert found["progress"]["done"] == 2


def test_an_import_whose_bell_was_lost_is_found_by_the_sweep(
    admin: APIClient, dataset: Dataset, worker: Worker
) -> None:
    work = Import.objects.create(
        dataset=dataset, source="x", file_name="x.csv", missing_images="reference"
    )
    name = storages["uploads"].save("imports/x/labels", ContentFile(CSV + "a.jpg,Crab,0.5\n"))
    long_ago = timezone.now() - timedelta(minutes=1)
    Import.objects.filter(pk=work.pk).update(file=name, created_at=long_ago)
    with worker():
        assert sweep_imports() == 1
        wait_until(lambda: state(work) == WorkState.DONE)
    assert Label.objects.count() == 1


def test_a_worker_killed_in_the_middle_leaves_nothing_and_another_one_finishes(
    admin: APIClient, dataset: Dataset, worker: Worker
) -> None:
    with worker() as first:
        work = start(admin, dataset, file=MANY, missing_images="reference")
        wait_until(lambda: state(work) == WorkState.RUNNING and "Writing" in work.message)
        first.kill()
        first.wait()
    assert state(work) == WorkState.RUNNING
    assert Image.objects.count() == Label.objects.count() == 0
    Import.objects.filter(pk=work.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    with worker():
        sweep_imports()
        wait_until(lambda: state(work) == WorkState.DONE)
    assert work.attempts == 2
    assert work.counts == {
        "rows": 120_000, "labels": 120_000, "images": 40_000, "unchanged": 0, "updated": 0,
        "rejected": 0,
    }  # fmt: skip
    assert Label.objects.count() == 120_000
    assert differences() == []
    dataset.refresh_from_db()
    assert dataset.image_count == 40_000


def test_two_imports_of_one_file_at_once_add_it_once(
    admin: APIClient, dataset: Dataset, worker: Worker
) -> None:
    file = "".join(MANY.splitlines(keepends=True)[:4_000])
    sent = {"file": file, "missing_images": "placeholder"}
    one, other = (start(admin, dataset, **sent) for _ in range(2))
    with worker():
        wait_until(lambda: state(one) == state(other) == WorkState.DONE, seconds=150)
    assert one.started_at is not None
    assert other.started_at is not None
    assert max(one.started_at, other.started_at) < min(_end(one), _end(other)), "they met"
    rows = one.counts["rows"]
    assert one.counts["labels"] + other.counts["labels"] == rows == Label.objects.count()
    assert one.counts["unchanged"] + other.counts["unchanged"] == rows
    assert differences() == []


def test_cancelling_stops_the_worker_before_anything_is_written(
    admin: APIClient, dataset: Dataset, worker: Worker
) -> None:
    with worker():
        work = start(admin, dataset, file=MANY, missing_images="reference")
        wait_until(lambda: state(work) in {WorkState.CHECKING, WorkState.RUNNING})
        assert admin.post(f"/api/v1/imports/{work.pk}/cancel/").status_code == 200
        time.sleep(4)
    assert state(work) == WorkState.CANCELLED
    assert Image.objects.count() == Label.objects.count() == 0
