"""Outlines as a COCO file, read by the reference implementation."""

import json
import uuid
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pycocotools.coco import COCO
from rest_framework.test import APIClient

from labelapp.catalog.models import Image
from qa.exports import services
from tests.api.exporting import text_of
from tests.api.outlining import MASK, Annotator, dataset_to_outline, ellipse, outline, start
from tests.cast import Cast, client_of

pytestmark = [
    # An export reads on a connection of its own, so what it reads must be committed.
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),  # pycocotools
]


@pytest.fixture
def analyst(cast: Cast) -> APIClient:
    return client_of(cast.analyst)


def written(client: APIClient, folder: Path, **body: Any) -> tuple[dict[str, Any], COCO]:
    made = client.post("/api/v1/exports/", {"format": "coco", **body}, format="json").json()
    services.write_export(uuid.UUID(made["id"]))
    export = client.get(f"/api/v1/exports/{made['id']}/").json()
    assert export["state"] == "done", export["message"]
    path = folder / "outlines.json"
    path.write_text(text_of(client.get(export["url"])))
    return export, COCO(str(path))


def test_the_reference_reads_the_very_masks(cast: Cast, analyst: APIClient, tmp_path: Path) -> None:
    job = start(cast, dataset_to_outline())
    ana = Annotator(client_of(cast.ana), job)
    image = ana.wide()
    kept = [
        outline(1, name='“Cup”, "chipped" \\ \n 1'),
        outline(2, label_class="Spoon", source="hand"),
        outline(3, label_class=None),
        outline(4, mask=None),
        outline(5, accepted=False),
    ]
    assert ana.save(image, '"0"', *kept).status_code == 200
    export, coco = written(analyst, tmp_path, job=job)
    assert [one["name"] for one in coco.loadCats(coco.getCatIds())] == ["Cup", "Spoon"]
    (picture,) = coco.loadImgs(coco.getImgIds())
    stored = Image.objects.get(pk=image)
    assert (picture["file_name"], picture["width"], picture["height"]) == (stored.ref, 120, 90)
    cup, spoon = coco.loadAnns(coco.getAnnIds(imgIds=[picture["id"]]))
    assert cup["segmentation"] == MASK
    assert np.array_equal(coco.annToMask(cup), ellipse())
    assert (cup["area"], cup["category_id"]) == (int(ellipse().sum()), 1)
    assert cup["attributes"]["name"] == kept[0]["name"]
    assert spoon["attributes"]["annotator"] == "ana"
    assert spoon["attributes"]["source"] == "hand"
    assert export["rows"] == 2
    assert export["manifest"]["counts"]["by_class"] == {
        "Cup": {"unfinished": 1},
        "Spoon": {"unfinished": 1},
    }


def test_a_file_has_only_the_classes_asked_for_and_says_what_is_finished(
    cast: Cast, analyst: APIClient, tmp_path: Path
) -> None:
    job = start(cast, dataset_to_outline())
    ana = Annotator(client_of(cast.ana), job)
    image = ana.wide()
    ana.save(image, '"0"', outline(1), outline(2, label_class="Spoon"))
    for held in ana.client.get(f"/api/v1/assignments/?job={job}").json()["results"]:
        ana.post(f"assignments/{held['id']}/submit/", {}, held["id"])
    _, coco = written(analyst, tmp_path, job=job, label_classes=["Spoon"])
    (spoon,) = coco.loadAnns(coco.getAnnIds())
    assert (spoon["category_id"], spoon["attributes"]["finished"]) == (2, True)


def test_a_job_without_a_document_is_an_empty_file(
    cast: Cast, analyst: APIClient, tmp_path: Path
) -> None:
    export, coco = written(analyst, tmp_path, job=start(cast, dataset_to_outline()))
    assert (export["rows"], coco.getImgIds(), coco.getAnnIds()) == (0, [], [])
    assert len(coco.getCatIds()) == 2


def test_outlines_are_filtered_by_class_alone(cast: Cast, analyst: APIClient) -> None:
    job = start(cast, dataset_to_outline())
    for file_format in ("csv", "jsonl", "coco", "masks", "sagemaker"):
        for more in ({"outcome": ["confirmed"]}, {"min_confidence": 0.5}):
            wish = {"job": job, "format": file_format, **more}
            answer = analyst.post("/api/v1/exports/", wish, format="json")
            assert (answer.status_code, answer.json()["code"]) == (400, "outlines_by_class")
    streamed = analyst.get(f"/api/v1/exports/labels/?job={job}&outcome=confirmed")
    assert json.loads(streamed.content)["code"] == "outlines_by_class"


def test_what_a_worker_writes_is_not_streamed(cast: Cast, analyst: APIClient) -> None:
    job = start(cast, dataset_to_outline())
    for file_format in ("coco", "masks", "sagemaker"):
        streamed = analyst.get(f"/api/v1/exports/labels/?job={job}&format={file_format}")
        assert json.loads(streamed.content)["code"] == "written_not_streamed"
