"""The order of the tiles in a batch: alike ones together, where a model has seen all of them."""

from typing import Any

import numpy as np
import pytest
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Image, Label
from labelapp.likeness.order import alike_together
from ml.registry.models import ModelVersion
from ml.registry.services import list_shipped
from ml.runs.models import Features
from qa.jobs.models import Job
from qa.verification.arranging import carry_out
from qa.verification.models import Arrangement, Arranging, Item
from qa.verification.services import remove_items
from qa.verification.verify import differences
from tests.api.reviewing import Reviewer
from tests.builders import make_dataset, make_labels
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]
SIZE = 8


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset()


@pytest.fixture
def labels(dataset: Dataset) -> list[Label]:
    return make_labels(dataset, ["0.9"] * 2 * SIZE)


def see(labels: list[Label]) -> ModelVersion:
    """A version that saw these pictures, each in a direction of its own."""
    version = list_shipped()
    draw = np.random.default_rng(7)
    for label in labels:
        vector = draw.normal(size=6) + 2
        vector /= np.linalg.norm(vector)
        data = vector.astype("<f2").tobytes()
        Features.objects.create(image=label.image, model_version=version, vector=data)
    return version


def started(admin: APIClient, dataset: Dataset) -> Job:
    body = {"name": "Check", "dataset": str(dataset.pk), "batch_size": SIZE}
    made = admin.post("/api/v1/jobs/", body, format="json").json()
    answer = admin.post(f"/api/v1/jobs/{made['id']}/start/", {"force": True}, format="json")
    assert answer.status_code == 200, answer.content
    return Job.objects.get(pk=made["id"])


def shown(assignment: dict[str, Any]) -> list[str]:
    assert [one["position"] for one in assignment["items"]] == list(range(SIZE))
    return [one["id"] for one in assignment["items"]]


def expected(ids: list[str]) -> list[str]:
    """The order of these items by what was seen of their pictures."""
    items = list(Item.objects.filter(pk__in=ids).order_by("pk"))
    kept = dict(Features.objects.values_list("image", "vector"))
    features = np.stack([np.frombuffer(kept[one.image_id], "<f2") for one in items])
    return [str(items[place].pk) for place in alike_together(features)]


def test_alike_tiles_stand_together_and_the_batch_holds_what_was_dealt(
    admin: APIClient, dataset: Dataset, labels: list[Label]
) -> None:
    see(labels)
    job = started(admin, dataset)
    before = set(Item.objects.filter(job=job).values_list("pk", "batch", "rank"))
    carry_out(job.pk)
    assert set(Item.objects.filter(job=job).values_list("pk", "batch", "rank")) == before
    reviewer = Reviewer(admin, job.pk)
    orders = []
    for _ in range(2):
        assignment = reviewer.take()
        ids = shown(assignment)
        assert ids == expected(ids)
        assert shown(reviewer.take()) == ids  # claimed again
        orders.append(ids == sorted(ids))
        wrong = ids[3]
        verdicts = {pk: "disconfirm" if pk == wrong else "confirm" for pk in ids}
        assert reviewer.send(assignment, verdicts).status_code == 200
        assert Item.objects.get(pk=wrong).disconfirm_count == 1
    assert not all(orders)
    assert differences() == []
    assert Arranging.objects.get(job=job).state == "done"


def test_a_batch_with_an_unseen_picture_keeps_its_own_order(
    admin: APIClient, dataset: Dataset, labels: list[Label]
) -> None:
    see(labels[1:])
    job = started(admin, dataset)
    carry_out(job.pk)
    [unseen] = Item.objects.filter(image=labels[0].image)
    assert not Arrangement.objects.filter(batch=unseen.batch_id).exists()
    assert Arrangement.objects.count() == 1


def test_tiles_that_somebody_has_seen_lie_as_they_lay(
    admin: APIClient, dataset: Dataset, labels: list[Label]
) -> None:
    see(labels)
    job = started(admin, dataset)
    reviewer = Reviewer(admin, job.pk)
    ids = shown(reviewer.take())
    assert ids == sorted(ids)
    carry_out(job.pk)
    carry_out(job.pk)  # a bell that came twice
    assert shown(reviewer.take()) == ids
    assert Arrangement.objects.count() == 1


def test_nothing_is_arranged_where_no_model_saw_anything(
    admin: APIClient, dataset: Dataset, labels: list[Label]
) -> None:
    job = started(admin, dataset)
    assert not Arranging.objects.exists()
    carry_out(job.pk)
    ids = shown(Reviewer(admin, job.pk).take())
    assert ids == sorted(ids)


def test_orders_go_with_their_job(admin: APIClient, dataset: Dataset, labels: list[Label]) -> None:
    see(labels)
    job = started(admin, dataset)
    carry_out(job.pk)
    remove_items(job.pk)
    assert not Arrangement.objects.exists()
    assert not Arranging.objects.exists()
    assert Image.objects.filter(dataset=dataset).count() == 2 * SIZE
