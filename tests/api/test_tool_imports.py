"""Exports of Label Studio and FiftyOne by the API: which field is taken, who says it, what is rejected."""

import json
from typing import Any

import numpy as np
import pytest
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Image, Label
from labelapp.geometry.rle import decode
from tests.api.importing import bring, change, picture, rejected, zip_of
from tests.builders import make_dataset
from tests.cast import Cast, client_of
from tests.unit.geometry.painting import channels_of, pack

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]
WIDTH, HEIGHT = 40, 30
PAINTED = np.random.default_rng(5).random((HEIGHT, WIDTH)) < 0.4


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset("cups")


def studio() -> tuple[str, str]:
    """Two uploads and a task that nobody answered; two people, and a model's guess."""
    size = {"original_width": WIDTH, "original_height": HEIGHT}

    def result(kind: str, field: str, **value: Any) -> dict[str, Any]:
        return {"id": field, "type": kind, "from_name": field, "value": value, **size}

    def by(who: int, *results: Any, **more: Any) -> dict[str, Any]:
        return {"completed_by": who, "was_cancelled": False, "result": list(results), **more}

    painted = list(pack(channels_of(PAINTED)))
    brush = result("brushlabels", "mask", brushlabels=["Cup"], format="rle", rle=painted)
    box = result(
        "rectanglelabels", "mask", rectanglelabels=["Spoon"], x=50, y=10, width=25, height=50
    )
    outside = result(
        "rectanglelabels", "mask", rectanglelabels=["Spoon"], x=101, y=0, width=1, height=1
    )
    guess = {"model_version": "v1", "score": 0.5, "result": [{**brush, "score": 0.875}]}
    tasks = [
        {
            "id": 1,
            "data": {"image": "/data/upload/4/0a1b2c3d-a.jpg"},
            "annotations": [by(1, brush, outside), by(2, brush, box)],
            "predictions": [guess],
        },
        {
            "id": 2,
            "data": {"image": "/data/upload/4/1a1b2c3d-b.jpg"},
            "annotations": [by(1, was_cancelled=True)],
        },
        {"id": 3, "data": {"image": "https://pictures.org/c.jpg"}, "annotations": []},
    ]
    return "project-4.json", json.dumps(tasks)


def dataset_json() -> tuple[str, str]:
    def detections(*labels: tuple[str, float | None]) -> dict[str, Any]:
        made = [
            {
                "_cls": "Detection",
                "label": word,
                "bounding_box": [0, 0, 0.5, 0.5],
                "confidence": sure,
            }
            for word, sure in labels
        ]
        return {"_cls": "Detections", "detections": made}

    size = {"width": WIDTH, "height": HEIGHT}
    samples = [
        {
            "filepath": f"/home/me/cups/{name}.jpg",
            "metadata": size,
            "ground_truth": detections(("Cup", None)),
            "predictions": detections(("Cup", 0.875), ("Spoon", 0.25)),
        }
        for name in ("a", "b")
    ]
    return "samples.json", json.dumps({"name": "cups", "samples": samples})


def zipped() -> bytes:
    return zip_of({"val/a.jpg": picture(WIDTH, HEIGHT), "val/b.jpg": picture(WIDTH + 1, HEIGHT)})


def test_a_field_of_a_label_studio_export_is_asked_for_and_taken(
    admin: APIClient, dataset: Dataset
) -> None:
    found = bring(admin, dataset, file=studio(), images=zipped())
    assert (found["state"], found["facts"]["kind"]) == ("needs_answers", "label_studio")
    (question,) = found["questions"]
    assert (question["id"], question["choices"]) == ("columns:class", ["mask", "mask (v1)"])
    assert question["text"] == "Several fields hold labels. Which one is to be taken?"
    assert found["preview"][0]["cells"] == [
        "/data/upload/4/0a1b2c3d-a.jpg",
        "Cup, Spoon, Cup, Spoon",
        "Cup",
    ]
    assert not Image.objects.exists()
    found = change(admin, found, answers={"columns:class": "mask"})
    assert (found["state"], found["source"]) == ("done", "project-4.json: mask")
    assert found["counts"] == {
        "rows": 7, "labels": 2, "images": 2, "unchanged": 0, "updated": 0, "rejected": 4,
    }  # fmt: skip
    assert rejected(admin, found) == [
        "1,duplicate of task 1",
        '1,"the box lies outside the picture (task id 1, result mask)"',
        "2,the task was skipped by its annotator (task id 2)",
        "3,pictures are not fetched from web addresses; use a path or s3://",
    ]
    assert [row["problem"] for row in found["preview"][:2]] == [None, None]
    painted, box = Label.objects.order_by("label_class__name")
    assert np.array_equal(decode(painted.region["mask"]), PAINTED)
    assert (painted.image.ref, painted.confidence) == ("0a1b2c3d-a.jpg", None)
    assert box.region == {"box": [20, 3, 10, 15]}
    assert painted.image.blob_id is not None
    again = bring(
        admin, dataset, file=studio(), images=zipped(), mapping='{"columns": {"mask": "class"}}'
    )
    assert (again["counts"]["labels"], again["counts"]["unchanged"]) == (0, 2)


def test_what_a_model_said_stays_apart_from_what_people_said(
    admin: APIClient, dataset: Dataset
) -> None:
    for field in ("ground_truth", "predictions"):
        mapping = json.dumps({"columns": {field: "class"}})
        found = bring(admin, dataset, file=dataset_json(), images=zipped(), mapping=mapping)
        assert (found["state"], found["facts"]["kind"]) == ("done", "fiftyone")
        assert found["counts"]["rejected"] == 0
    said = Label.objects.values_list("source", "label_class__name", "confidence").distinct()
    assert set(said) == {
        ("samples.json: ground_truth", "Cup", None),
        ("samples.json: predictions", "Cup", 0.875),
        ("samples.json: predictions", "Spoon", 0.25),
    }
    assert Image.objects.count() == 2
    assert set(Image.objects.values_list("width", flat=True)) == {WIDTH, WIDTH + 1}


def test_a_choice_may_be_changed_until_it_is_written_and_a_named_source_stays(
    admin: APIClient, dataset: Dataset
) -> None:
    found = bring(admin, dataset, file=dataset_json(), missing_images="reference", dry_run=True)
    assert found["state"] == "needs_answers"
    for field, labels in (("predictions", 4), ("ground_truth", 2)):
        found = change(admin, found, mapping={"columns": {field: "class"}}, dry_run=True)
        assert (found["counts"]["labels"], found["source"]) == (labels, f"samples.json: {field}")
        assert found["facts"]["roles"][field] == ["class", "ignore"]
    found = change(admin, found, source="by hand", dry_run=False)
    assert (found["state"], found["source"], Label.objects.count()) == ("done", "by hand", 2)


def test_an_export_without_an_answer_brings_its_pictures(
    admin: APIClient, dataset: Dataset
) -> None:
    tasks = [{"id": 1, "data": {"image": "a.jpg"}}]
    found = bring(admin, dataset, file=("tasks.json", json.dumps(tasks)), images=zipped())
    assert (found["state"], found["counts"]["images"]) == ("done", 1)
    empty = bring(admin, dataset, file=("tasks.json", "[]"))
    assert (empty["state"], empty["error_code"]) == ("failed", "no_rows")
    assert empty["message"] == "The export holds no tasks."


def test_labels_that_none_here_can_hold_are_told(admin: APIClient, dataset: Dataset) -> None:
    sample = {
        "filepath": "a.jpg",
        "kind": {"_cls": "Classification", "label": "Cup"},
        "dots": {"_cls": "Keypoints", "keypoints": []},
    }
    file = ("samples.json", json.dumps({"samples": [sample]}))
    found = bring(admin, dataset, file=file, missing_images="reference")
    assert (found["counts"]["labels"], found["source"]) == (1, "samples.json")
    notices = {one["code"]: one["text"] for one in found["notices"]}
    assert (
        notices["other_kinds"] == "Left out, being of kinds that are not taken: dots (Keypoints)."
    )
