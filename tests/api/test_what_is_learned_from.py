"""Which pictures a training learns from: what reviewers confirmed, what people named, what an export says."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from rest_framework.test import APIClient

from labelapp.accounts.models import User
from labelapp.catalog import truths
from labelapp.catalog.models import Dataset, Image, Label
from labelapp.catalog.services import merge_class
from labelapp.catalog.truths import How
from ml.lessons.models import Example, TrainingRun
from ml.registry.models import ModelVersion
from qa.exports.services import write_export
from qa.jobs.models import Job
from tests.api.reviewing import Reviewer
from tests.builders import make_class, make_dataset, make_labels, make_running_job
from tests.cast import Cast, assemble, client_of
from tests.predicting import make_model
from tests.training import ask, name

pytestmark = pytest.mark.django_db
Say = Callable[[dict[str, Any]], Any]
EXPORTS = "/api/v1/exports/"


@pytest.fixture
def people(db: None) -> Cast:
    return assemble()


@pytest.fixture
def admin(people: Cast) -> APIClient:
    return client_of(people.admin)


@pytest.fixture
def dataset(db: None) -> Dataset:
    found = make_dataset()
    for one in ("crab", "cod"):
        make_labels(found, ["0.9"] * 5, label_class=one)
    return found


def review(person: User, dataset: Dataset, say: str | Say = "confirm", **more: Any) -> Job:
    job = make_running_job(0, dataset=dataset, batch_size=1, **more)
    Reviewer(client_of(person), job.pk).work(say)
    return job


def known(dataset: Dataset, *jobs: Job) -> dict[UUID, tuple[str, How]]:
    found = truths.judged(dataset, [job.pk for job in jobs])
    names = {one.pk: one.name for one in dataset.classes.all()}
    return {one.image: (names[one.label_class], one.how) for one in found}


def every_other() -> Say:
    said = iter(["confirm", "disconfirm"] * 100)
    return lambda _item: next(said)


def test_confirmed_labels_are_known_and_others_are_not(people: Cast, dataset: Dataset) -> None:
    job = review(people.admin, dataset, every_other())
    found = known(dataset)
    confirmed = job.frozen_items.filter(outcome="confirmed")
    assert set(found) == set(confirmed.values_list("image", flat=True))
    assert {how for _, how in found.values()} == {How.CONFIRMED}


def test_the_last_job_that_judged_a_label_counts(people: Cast, dataset: Dataset) -> None:
    first = review(people.admin, dataset)
    assert len(known(dataset)) == 10
    review(people.admin, dataset, "disconfirm", label_classes=[make_class(dataset, "cod").pk])
    make_running_job(0, dataset=dataset)  # judges nothing
    assert {of_class for of_class, _ in known(dataset).values()} == {"crab"}
    assert len(known(dataset, first)) == 10


def test_what_a_person_named_is_known_surest(people: Cast, dataset: Dataset) -> None:
    job = review(people.admin, dataset, "disconfirm")
    label = Label.objects.filter(label_class__name="crab").first()
    assert label is not None
    name(label.image, "cod", source="person:ana")
    elsewhere = Image.objects.create(dataset=dataset, ref="elsewhere.jpg", location="placeholder:")
    name(elsewhere, "cod", source="person:ana")
    said = ("cod", How.CORRECTED)
    assert known(dataset) == {label.image_id: said, elsewhere.pk: said}
    assert known(dataset, job) == {label.image_id: said}


def test_labels_of_a_part_of_a_picture_teach_nothing_about_the_whole(
    people: Cast, dataset: Dataset
) -> None:
    Label.objects.update(region={"box": [0, 0, 5, 5]})
    review(people.admin, dataset)
    name(Image.objects.all()[0], "cod", source="person:ana").delete()
    assert known(dataset) == {}


def test_confirmed_labels_follow_a_merge_of_classes(people: Cast, dataset: Dataset) -> None:
    review(people.admin, dataset)
    crab, cod = make_class(dataset, "crab"), make_class(dataset, "cod")
    merge_class(person=people.admin, label_class=cod, into=crab)
    assert {of_class for of_class, _ in known(dataset).values()} == {"crab"}
    assert len(known(dataset)) == 10


def test_jobs_of_another_dataset_are_refused(
    people: Cast, admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    job = make_running_job(1)
    assert ask(admin, dataset, model, 404, jobs=[str(job.pk)])["code"] == "not_found"


@pytest.fixture
def model(people: Cast, settings: Any, tmp_path: Any) -> ModelVersion:
    settings.WEIGHTS_DIR = tmp_path
    return make_model(people.admin, tmp_path)


@pytest.mark.django_db(transaction=True)  # an export reads by a connection of its own
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_says_what_it_said_when_it_was_written(
    form: str, people: Cast, admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    first = review(people.admin, dataset)
    body = {"job": str(first.pk), "format": form, "outcome": ["confirmed"]}
    export = admin.post(EXPORTS, body, format="json").json()
    refused = ask(admin, dataset, model, 409, export=export["id"])
    assert refused["code"] == "export_not_ready"
    write_export(UUID(export["id"]))
    review(people.admin, dataset, "disconfirm", label_classes=[make_class(dataset, "cod").pk])
    run = ask(admin, dataset, model, export=export["id"], sources=[])
    assert run["counts"] == {"exported": 10, "conflicting": 0}
    assert run["asked"]["export"] == export["id"]
    images = set(Example.objects.values_list("image", flat=True))
    assert images == set(Image.objects.filter(dataset=dataset).values_list("pk", flat=True))
    assert TrainingRun.objects.get().state == "queued"


def test_an_export_without_outcomes_teaches_nothing(
    people: Cast, admin: APIClient, dataset: Dataset, model: ModelVersion
) -> None:
    export = admin.post(
        EXPORTS, {"dataset": str(dataset.pk), "format": "coco"}, format="json"
    ).json()
    refused = ask(admin, dataset, model, 400, export=export["id"])
    assert refused["code"] == "not_for_learning"
    assert ask(admin, make_dataset(), model, 404, export=export["id"])["code"] == "not_found"
