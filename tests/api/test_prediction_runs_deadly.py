"""Prediction runs that workers die of; the worker's part is done in between, in this process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Label
from ml.registry.models import ModelVersion
from ml.runs import labellers, predicting, sweeping
from ml.runs.models import Shard
from tests.builders import make_dataset
from tests.cast import Cast, assemble, client_of
from tests.predicting import RUNS, coloured, look, make_model, start

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return assemble()


@pytest.fixture
def admin(people: Cast) -> APIClient:
    return client_of(people.admin)


@pytest.fixture
def dataset(transactional_db: None) -> Dataset:
    return make_dataset()


@pytest.fixture(autouse=True)
def _own_weights(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.WEIGHTS_DIR = tmp_path
    yield
    labellers.labeller.cache_clear()


@pytest.fixture
def model(people: Cast, tmp_path: Path) -> ModelVersion:
    return make_model(people.admin, tmp_path)


def carry_out(run: dict[str, Any]) -> None:
    predicting.take_part(UUID(run["id"]))


def left_by_the_dead(shard: Shard, attempts: int = 2) -> None:
    """As workers leave a shard that die of it."""
    Shard.objects.filter(pk=shard.pk).update(
        state="running", attempts=attempts, lease_until="2020-01-01T00:00:00Z"
    )


def test_a_picture_that_workers_die_of_is_found_and_the_others_are_labelled(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    deadly, *others = (coloured(dataset, "Red") for _ in range(21))  # seven parts of three
    run = start(admin, dataset, model)
    for parts in (7, 9, 9):
        (shard,) = Shard.objects.filter(images__contains=[deadly.pk])
        left_by_the_dead(shard)
        sweeping.sweep_runs()
        assert Shard.objects.count() == parts
    assert not shard.mine().exists()
    assert sum(len(one.images) for one in Shard.objects.all()) == 21
    carry_out(run)
    run = look(admin, run)
    assert (run["state"], run["labelled"], run["unreadable"]) == ("done", 20, 1)
    (row,) = admin.get(f"{RUNS}{run['id']}/unreadable/").json()["results"]
    assert row["image"] == str(deadly.pk)
    assert "died" in row["reason"]
    named = Label.objects.filter(source=model.source).values_list("image", flat=True)
    assert sorted(named) == sorted(one.pk for one in others)


def test_a_model_that_each_worker_dies_of_ends_the_run_with_the_reason(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    for _ in range(40):
        coloured(dataset, "Red")
    run = start(admin, dataset, model)
    for _ in range(12):
        for shard in Shard.objects.exclude(state="cancelled"):
            left_by_the_dead(shard)
        sweeping.sweep_runs()
    run = look(admin, run)
    assert (run["state"], run["labelled"]) == ("failed", 0)
    assert "may be too large for this machine" in run["message"]
    assert Shard.objects.count() < 30


def test_shards_that_one_worker_left_together_count_as_one_death(
    admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    for _ in range(33):
        coloured(dataset, "Red")
    run = start(admin, dataset, model)
    for _ in range(2):  # in each, a worker dies of all and another of one alone: four deaths in all
        for shard in Shard.objects.order_by("number"):
            left_by_the_dead(shard, 2 if shard.number == 0 else 1)
        sweeping.sweep_runs()
    assert look(admin, run)["state"] == "queued"
    for shard in Shard.objects.order_by("number")[:10]:  # and ten more
        left_by_the_dead(shard)
    sweeping.sweep_runs()
    run = look(admin, run)
    assert (run["state"], run["labelled"]) == ("failed", 0)
    assert "Workers died at least 12 times" in run["message"]
