"""Training runs that something comes across; the worker's part is done in between, in this process."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import F
from pytest_django import Settings
from rest_framework.test import APIClient

from labelapp.background import sweep
from labelapp.catalog.models import Dataset
from labelapp.catalog.services import erase_image, purge_dataset
from ml.lessons import learning
from ml.lessons.models import Example, TrainingRun
from ml.lessons.tasks import train as bell
from ml.networks.classifiers.heads import FILE
from ml.registry.models import ModelVersion
from ml.runs import labellers
from ml.runs.models import Features
from ml.training import head
from tests.api.test_prediction_runs import damage
from tests.builders import make_dataset
from tests.cast import Cast, assemble, client_of
from tests.classifiers import COLOURS
from tests.predicting import make_model
from tests.training import (
    TRAININGS,
    ask,
    card,
    fill,
    kept_heads,
    look,
    train,
)

pytestmark = pytest.mark.django_db(transaction=True)
MANY = COLOURS * 12


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return assemble()


@pytest.fixture
def admin(people: Cast) -> APIClient:
    return client_of(people.admin)


@pytest.fixture
def dataset(transactional_db: None) -> Dataset:
    return make_dataset("Fruit & more")


@pytest.fixture(autouse=True)
def _own_weights(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    settings.WEIGHTS_DIR = tmp_path
    monkeypatch.setattr(head, "STRENGTHS", (1.0, 0.01))  # two penalties to choose from, for speed
    yield
    labellers.labeller.cache_clear()


@pytest.fixture
def base(people: Cast, tmp_path: Path) -> ModelVersion:
    return make_model(people.admin, tmp_path)


def test_it_fails_with_the_reason_when_too_few_pictures_can_be_read(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    images, before = fill(dataset, ["Red", "Red", "Blue", "Blue"]), kept_heads()
    for image in images[:1]:
        assert image.blob is not None
        damage(image.blob.storage_name)
    run = train(admin, dataset, base)
    assert (run["state"], run["made"]) == ("failed", None)
    assert "“Red” (1)" in run["message"]
    assert kept_heads() == before
    assert ModelVersion.objects.count() == 1


def test_a_model_whose_file_is_gone_fails_it(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    from ml.registry import files

    fill(dataset, MANY)
    (files.local_folder(base) / files.MODEL).unlink()
    run = train(admin, dataset, base)
    assert run["state"] == "failed"
    assert "model.onnx" in run["message"]


def test_a_version_whose_file_is_gone_is_not_compared_with(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    from ml.registry import files

    fill(dataset, MANY)
    old = ModelVersion.objects.get(pk=train(admin, dataset, base)["made"]["id"])
    (files.local_folder(old) / FILE).unlink()
    run = train(admin, dataset, base)
    assert (run["state"], run["version"]) == ("done", "2")
    assert f"It cannot be compared with {old}: {FILE} of {old} is not in " in run["log"]
    assert card(admin, run)["metrics"]["comparison"] is None


def test_two_trainings_of_a_dataset_at_once_are_one(
    admin: APIClient, people: Cast, dataset: Dataset, base: ModelVersion
) -> None:
    fill(dataset, MANY)

    def asked(_: int) -> tuple[int, dict[str, Any]]:
        body = {"dataset": str(dataset.pk), "base": str(base.pk), "sources": ["seed.csv"]}
        answer = client_of(people.admin).post(TRAININGS, body, format="json")
        connection.close()
        return answer.status_code, answer.json()

    with ThreadPoolExecutor(2) as pool:
        (first, made), (second, refused) = sorted(pool.map(asked, range(2)), key=lambda one: one[0])
    assert (first, second, refused["code"]) == (202, 409, "training_at_work")
    assert refused["run"] == made["id"]
    assert Example.objects.count() == 36


def test_cancelled_it_leaves_nothing_but_features(
    admin: APIClient, dataset: Dataset, base: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(dataset, MANY)
    run, before = ask(admin, dataset, base), kept_heads()
    write = learning.Training._write

    def cancelled_now(*given: Any) -> None:
        assert admin.post(f"{TRAININGS}{run['id']}/cancel/").status_code == 200
        write(*given)

    monkeypatch.setattr(learning.Training, "_write", cancelled_now)
    learning.carry_out(UUID(run["id"]))
    assert look(admin, run)["state"] == "cancelled"
    assert kept_heads() == before
    assert ModelVersion.objects.count() == 1
    assert Features.objects.count() == 36
    assert admin.post(f"{TRAININGS}{run['id']}/cancel/").json()["code"] == "training_ended"
    learning.carry_out(UUID(run["id"]))
    assert look(admin, run)["state"] == "cancelled"


class Died(BaseException):
    """As a process that is killed: nothing after it runs."""


def test_after_a_worker_died_at_the_end_the_next_one_makes_one_version(
    admin: APIClient, dataset: Dataset, base: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(dataset, MANY)
    run, before = ask(admin, dataset, base), kept_heads()

    def dies(*_: Any, **__: Any) -> None:
        raise Died

    with monkeypatch.context() as patched:
        patched.setattr(TrainingRun, "finish", dies)
        with pytest.raises(Died):
            learning.carry_out(UUID(run["id"]))
    assert len(kept_heads() - before) == 1  # a file of nobody's
    assert not ModelVersion.objects.filter(kind="head").exists()
    TrainingRun.objects.update(lease_until="2020-01-01T00:00:00Z")
    assert sweep(TrainingRun, bell) == 1
    learning.carry_out(UUID(run["id"]))
    run = look(admin, run)
    assert run["state"] == "done"
    assert kept_heads() - before == {run["made"]["id"]}


def test_a_worker_that_lost_its_run_while_it_saw_leaves_what_another_wrote(
    admin: APIClient, dataset: Dataset, base: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(dataset, MANY)
    run = ask(admin, dataset, base)

    def overtaken(*_: Any) -> dict[UUID, str]:
        TrainingRun.objects.update(attempts=F("attempts") + 1)
        Example.objects.update(part="held_out", given=0)
        return {one.image_id: "Seen too late." for one in Example.objects.all()}

    monkeypatch.setattr(learning, "see", overtaken)
    learning.carry_out(UUID(run["id"]))
    assert Example.objects.filter(part="held_out", given=0, refusal="").count() == 36
    assert look(admin, run)["state"] == "running"


def test_one_that_each_worker_dies_of_ends_as_failed(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    fill(dataset, MANY)
    run = ask(admin, dataset, base)
    TrainingRun.objects.update(state="running", attempts=5, lease_until="2020-01-01T00:00:00Z")
    sweep(TrainingRun, bell)
    run = look(admin, run)
    assert (run["state"], run["made"]) == ("failed", None)
    assert "worker died each time" in run["message"]
    ask(admin, dataset, base)


def test_erased_pictures_are_not_learned_from(
    admin: APIClient, people: Cast, dataset: Dataset, base: ModelVersion
) -> None:
    images = fill(dataset, MANY)
    run = ask(admin, dataset, base)
    erase_image(person=people.admin, image=images[0])
    learning.carry_out(UUID(run["id"]))
    assert look(admin, run)["state"] == "done"
    assert Example.objects.get(image=images[0]).part == ""
    assert not Features.objects.filter(image=images[0]).exists()


def test_a_dataset_with_a_training_at_work_is_not_deleted_and_its_models_outlive_it(
    admin: APIClient, dataset: Dataset, base: ModelVersion
) -> None:
    fill(dataset, MANY)
    run = ask(admin, dataset, base)
    address = f"/api/v1/datasets/{dataset.pk}/"
    refused = admin.delete(address, {"name": dataset.name}, format="json")
    assert refused.json()["code"] == "dataset_in_use"
    assert "the training of" in refused.json()["detail"]
    learning.carry_out(UUID(run["id"]))
    assert admin.delete(address, {"name": dataset.name}, format="json").status_code == 204
    purge_dataset(dataset=dataset)
    assert not TrainingRun.objects.exists()
    assert ModelVersion.objects.filter(kind="head").count() == 1
