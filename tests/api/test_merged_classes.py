"""What named a class that was merged since then goes on with the class that it became."""

import uuid
from typing import Any

import pytest

from labelapp.catalog import services as catalog
from labelapp.catalog.models import Dataset, LabelClass
from qa.exports import selectors as exports
from qa.jobs import services as jobs
from qa.verification.models import Item
from tests.builders import make_class, make_dataset, make_job, make_labels, make_running_job
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset(db: None) -> Dataset:
    """Three crabs, two misspelt ones, one lobster."""
    dataset = make_dataset()
    make_labels(dataset, ["0.9", "0.8", "0.7"], label_class="crab")
    make_labels(dataset, ["0.6", "0.5"], label_class="carb")
    make_labels(dataset, ["0.9"], label_class="lobster")
    return dataset


@pytest.fixture
def carb(dataset: Dataset) -> LabelClass:
    return make_class(dataset, "carb")


def named(one: LabelClass) -> dict[str, str]:
    return {"id": str(one.pk), "name": one.name}


def merge(cast: Cast, carb: LabelClass) -> LabelClass:
    crab = make_class(carb.dataset, "crab")
    catalog.merge_class(person=cast.admin, label_class=carb, into=crab)
    return crab


def test_a_draft_follows_when_it_is_read_and_when_it_starts(cast: Cast, carb: LabelClass) -> None:
    job = make_job(carb.dataset, label_classes=[carb.pk])
    crab = merge(cast, carb)
    admin = client_of(cast.admin)
    draft = admin.get(f"/api/v1/jobs/{job.pk}/").json()
    assert (draft["label_classes"], draft["items"]) == ([named(crab)], 5)
    started = admin.post(f"/api/v1/jobs/{job.pk}/start/", {"force": True}, format="json").json()
    assert (started["state"], started["items"]) == ("running", 5)
    assert started["label_classes"] == [named(crab)]
    assert Item.objects.filter(job=job, label_class=crab).count() == 5


def test_a_draft_that_named_both_names_the_survivor_once(cast: Cast, carb: LabelClass) -> None:
    crab = make_class(carb.dataset, "crab")
    job = make_job(carb.dataset, label_classes=[carb.pk, crab.pk])
    merge(cast, carb)
    draft = client_of(cast.admin).get(f"/api/v1/jobs/{job.pk}/").json()
    assert (draft["label_classes"], draft["items"]) == ([named(crab)], 5)


def test_a_preview_follows_too(cast: Cast, carb: LabelClass) -> None:
    merge(cast, carb)
    for named in (str(carb.pk), "carb"):
        body = {"dataset": str(carb.dataset_id), "label_classes": [named]}
        preview = client_of(cast.admin).post("/api/v1/jobs/preview/", body, format="json").json()
        assert (preview["items"], len(preview["sample"])) == (5, 5)


def test_reference_pictures_of_a_merged_class_are_shown_with_the_survivor(
    cast: Cast, carb: LabelClass
) -> None:
    example = {"image": str(uuid.uuid4()), "right": True, "label_class": str(carb.pk)}
    job = make_job(carb.dataset, label_classes=[carb.pk], examples=[example])
    merge(cast, carb)
    jobs.start_job(person=cast.admin, job_id=job.pk, force=True)
    claimed = client_of(cast.ana).post(f"/api/v1/jobs/{job.pk}/claim/", {}, format="json").json()
    assert [one["right"] for one in claimed["job"]["examples"]] == [True]


def test_labels_are_found_by_the_id_or_the_name_of_a_merged_class(
    cast: Cast, carb: LabelClass
) -> None:
    merge(cast, carb)
    for named in (str(carb.pk), "carb"):
        query: dict[str, Any] = {"dataset": carb.dataset_id, "label_class": named}
        found = client_of(cast.analyst).get("/api/v1/labels/", query).json()["results"]
        assert len(found) == 5


def rows_of(cast: Cast, **query: Any) -> int:
    rows = exports.rows_of(cast.analyst, outcome=[], **query)
    number: int = exports.preview(rows, "csv")["rows"]
    return number


def test_exports_follow_a_merged_class(cast: Cast, carb: LabelClass) -> None:
    merge(cast, carb)
    job = make_running_job(0, dataset=carb.dataset)
    for named in (str(carb.pk), "carb"):
        assert rows_of(cast, dataset=carb.dataset_id, label_classes=[named]) == 5
        assert rows_of(cast, job=job.pk, label_classes=[named]) == 5


def test_a_job_that_froze_the_class_before_goes_on_under_its_own_name(
    cast: Cast, carb: LabelClass
) -> None:
    job = make_running_job(0, dataset=carb.dataset)
    crab = merge(cast, carb)
    for named, expected in ((str(carb.pk), 2), ("carb", 2), (str(crab.pk), 3), ("crab", 3)):
        assert rows_of(cast, job=job.pk, label_classes=[named]) == expected
        query: dict[str, Any] = {"job": job.pk, "label_class": named}
        found = client_of(cast.analyst).get("/api/v1/items/", query).json()["results"]
        assert len(found) == expected
