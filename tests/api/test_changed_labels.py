"""Jobs of only what changed between two versions of a model."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Image, Label
from qa.jobs.models import Job
from qa.verification.models import Item
from tests.builders import make_class, make_dataset
from tests.cast import assemble, client_of

pytestmark = pytest.mark.django_db
JOBS = "/api/v1/jobs/"
OLD, NEW = "model:fruit@1", "model:fruit@2"
SAID = {  # by the first version, by the second
    "same": (("crab", 0.95), ("crab", 0.95)),
    "other-class": (("crab", 0.95), ("cod", 0.95)),
    "up": (("crab", 0.85), ("crab", 0.90)),
    "down": (("crab", 0.90), ("crab", 0.899)),
    "moved-below": (("crab", 0.5), ("crab", 0.7)),
    "new": (None, ("cod", 0.95)),
    "unsure-of": (("crab", None), ("crab", 0.95)),
    "gone": (("crab", 0.95), None),
}


@pytest.fixture
def admin(db: None) -> APIClient:
    return client_of(assemble().admin)


@pytest.fixture
def dataset(db: None) -> Dataset:
    found = make_dataset()
    for ref, pair in SAID.items():
        image = Image.objects.create(dataset=found, ref=ref, location="placeholder:")
        for source, said in zip((OLD, NEW), pair, strict=True):
            if said is not None:
                label(image, source, *said)
    return found


def label(image: Image, source: str, name: str, confidence: float | None, **more: Any) -> None:
    Label.objects.create(
        image=image,
        label_class=make_class(image.dataset, name),
        source=source,
        confidence=confidence,
        bin=None if confidence is None else round(confidence * 1000),
        **more,
    )


def body(dataset: Dataset, **more: Any) -> dict[str, Any]:
    given = {"name": "changed", "dataset": str(dataset.pk), "source": NEW, "changed_since": OLD}
    return {**given, **more}


def dealt(admin: APIClient, dataset: Dataset, **more: Any) -> set[str]:
    """The pictures of a job that is made, previewed and started."""
    given = body(dataset, **more)
    preview = admin.post(f"{JOBS}preview/", given, format="json").json()
    made = admin.post(JOBS, given, format="json").json()
    job = admin.post(f"{JOBS}{made['id']}/start/", {"force": True}, format="json").json()
    refs = list(Item.objects.filter(job=job["id"]).values_list("image__ref", flat=True))
    assert preview["items"] == made["items"] == job["items"] == len(refs)
    assert Job.objects.get(pk=job["id"]).population.count() > 0
    return set(refs)


def test_a_job_takes_only_labels_whose_class_changed(admin: APIClient, dataset: Dataset) -> None:
    assert dealt(admin, dataset) == {"other-class", "new"}


def test_it_also_takes_those_whose_confidence_crossed_a_threshold(
    admin: APIClient, dataset: Dataset
) -> None:
    assert dealt(admin, dataset, crossed=0.9) == {"other-class", "new", "up", "down"}
    assert dealt(admin, dataset, crossed=0.9, label_classes=["crab"]) == {"up", "down"}
    assert dealt(admin, dataset, crossed=0.6, min_confidence=0.6) == {
        "other-class", "new", "moved-below",
    }  # fmt: skip


def test_a_confidence_that_stayed_on_its_side_has_not_crossed(
    admin: APIClient, dataset: Dataset
) -> None:
    image = Image.objects.create(dataset=dataset, ref="certain", location="placeholder:")
    label(image, OLD, "crab", 1.0)
    label(image, NEW, "crab", 1.0)
    assert "certain" not in dealt(admin, dataset, crossed=1)


def test_labels_of_parts_of_pictures_are_neither_new_nor_old(
    admin: APIClient, dataset: Dataset
) -> None:
    image = Image.objects.create(dataset=dataset, ref="part", location="placeholder:")
    label(image, NEW, "cod", 0.9, region={"box": [0, 0, 1, 1]})
    whole = Image.objects.create(dataset=dataset, ref="whole", location="placeholder:")
    label(whole, OLD, "cod", 0.9, region={"box": [0, 0, 1, 1]})
    label(whole, NEW, "cod", 0.9)
    assert dealt(admin, dataset) == {"other-class", "new", "whole"}


@pytest.mark.parametrize(
    "wrong", [{"source": ""}, {"source": OLD}, {"changed_since": "", "crossed": 0.5}]
)
def test_changed_since_what_must_be_said(
    admin: APIClient, dataset: Dataset, wrong: dict[str, Any]
) -> None:
    for path in (JOBS, f"{JOBS}preview/"):
        answer = admin.post(path, body(dataset, **wrong), format="json")
        assert (answer.status_code, answer.json()["code"]) == (400, "changed_of_what")


def test_a_draft_can_be_changed_to_it_and_back(admin: APIClient, dataset: Dataset) -> None:
    made = admin.post(JOBS, body(dataset, crossed=0.9), format="json").json()
    assert (made["changed_since"], made["crossed"]) == (OLD, 0.9)
    address = f"{JOBS}{made['id']}/"
    refused = admin.patch(address, {"source": ""}, format="json")
    assert refused.json()["code"] == "changed_of_what"
    plain = {"source": "", "changed_since": "", "crossed": None}
    assert admin.patch(address, plain, format="json").json()["changed_since"] == ""
