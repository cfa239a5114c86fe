"""COCO files by the API: labels with masks and boxes, what is rejected, what a preview shows."""

import json
from typing import Any

import numpy as np
import pytest
from pycocotools import mask as reference
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Image, Label
from labelapp.geometry.rle import decode, encode
from tests.api.importing import bring, change, picture, rejected, zip_of
from tests.builders import make_dataset
from tests.cast import Cast, client_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("lease_thread_sleeps"),
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),  # pycocotools
]
WIDTH, HEIGHT = 40, 30
NOISE = np.random.default_rng(5).random((HEIGHT, WIDTH)) < 0.4
POLYGON = [3.2, 1.1, 30.7, 4.4, 12.0, 25.9]


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset("cups")


def coco(*annotations: dict[str, Any], **more: Any) -> tuple[str, str]:
    """Two pictures that a zip has below a folder, and one that it lacks."""
    whole = {
        "images": [
            {"id": n, "file_name": f"{name}.jpg", "width": WIDTH + n, "height": HEIGHT}
            for n, name in enumerate(("a", "b", "gone"))
        ],
        "categories": [{"id": 1, "name": "Cup"}, {"id": 2, "name": "Spoon"}],
        "annotations": [{"id": 50 + n, **one} for n, one in enumerate(annotations)],
        **more,
    }
    return "instances.json", json.dumps(whole)


def on(image: int, category: int, **more: Any) -> dict[str, Any]:
    return {"image_id": image, "category_id": category, **more}


def zipped() -> bytes:
    return zip_of({"val/a.jpg": picture(WIDTH, HEIGHT), "val/b.jpg": picture(WIDTH + 1, HEIGHT)})


def test_masks_come_in_pixel_by_pixel_on_the_pictures_they_name(
    admin: APIClient, dataset: Dataset
) -> None:
    mask = dict(encode(NOISE))
    crowd = {"size": [HEIGHT, WIDTH], "counts": [7, 1000, HEIGHT * WIDTH - 1007]}
    file = coco(
        on(0, 1, segmentation=mask, score=0.875),
        on(0, 2, segmentation=crowd, iscrowd=1),
        on(1, 1, segmentation=[POLYGON], bbox=[0, 0, 1, 1]),
        on(1, 2, bbox=[1, 2, 3, 4], segmentation=[]),
    )
    found = bring(admin, dataset, file=file, images=zipped())
    assert (found["state"], found["facts"]["kind"]) == ("done", "coco")
    assert {**found["counts"], "rejected": 0} == {
        "rows": 5, "labels": 4, "images": 2, "unchanged": 0, "updated": 0, "rejected": 0,
    }  # fmt: skip
    assert rejected(admin, found) == ["gone.jpg,picture not found"]
    cup, spoon, polygon, box = Label.objects.order_by("extra__id")
    assert (cup.region, cup.confidence, cup.source) == ({"mask": mask}, 0.875, "instances.json")
    assert (cup.image.ref, cup.image.width, cup.label_class.name) == ("a.jpg", WIDTH, "Cup")
    expected = reference.decode(reference.frPyObjects(crowd, HEIGHT, WIDTH))
    assert np.array_equal(decode(spoon.region["mask"]), expected)
    assert spoon.extra == {"id": 51, "iscrowd": 1}
    expected = reference.decode(reference.frPyObjects([POLYGON], HEIGHT, WIDTH + 1))[:, :, 0]
    assert np.array_equal(decode(polygon.region["mask"]), expected)
    assert box.region == {"box": [1, 2, 3, 4]}
    again = bring(admin, dataset, file=file, images=zipped())
    assert (again["counts"]["labels"], again["counts"]["unchanged"]) == (0, 4)


def test_each_bad_annotation_is_rejected_by_its_place_and_the_rest_comes_in(
    admin: APIClient, dataset: Dataset
) -> None:
    good = on(0, 1, segmentation=dict(encode(NOISE)))
    file = coco(
        good,
        good,
        on(9, 1, bbox=[0, 0, 1, 1]),
        on(0, 1, segmentation={"size": [HEIGHT, WIDTH], "counts": [1]}),
        on(2, 1, bbox=[0, 0, 1, 1]),
        on(1, 2, bbox=[0, 0, 9, 9]),
        on(1, 2, bbox=[0, 0, 8, 9], score=-0.5),
        on(1, 2, bbox=[0, 0, 8, 9], score=0.5),
    )
    found = bring(admin, dataset, file=file, images=zipped())
    assert found["counts"]["labels"] == 3
    assert rejected(admin, found) == [
        "2,duplicate of annotation 1",
        "3,no picture of the file has the id 9 (annotation id 52)",
        '4,"the mask does not add up: the runs hold 1 pixels, the picture 1200 (annotation id 53)"',
        "5,picture not found",
        "7,confidence “-0.5” is outside 0 to 1",
    ]


def test_a_mask_of_another_size_than_its_picture_is_rejected_in_every_format(
    admin: APIClient, dataset: Dataset
) -> None:
    turned = dict(encode(NOISE.T))
    images = [{"id": 0, "file_name": "a.jpg"}]
    file = coco(on(0, 1, segmentation=turned), images=images)
    found = bring(admin, dataset, file=file, images=zipped())
    reason = '1,"the mask is 40 x 30, the picture 30 x 40"'
    assert rejected(admin, found) == [reason]
    line = json.dumps({"image": "a.jpg", "label": "Cup", "mask": turned})
    found = bring(admin, dataset, file=("a.jsonl", line), images=zipped())
    assert rejected(admin, found) == [reason]
    assert found["problems"][0]["code"] == "mask_of_another_size"
    broken = json.dumps({"image": "a.jpg", "label": "Cup", "mask": {"size": [2, 2], "counts": "1"}})
    found = bring(admin, dataset, file=("a.jsonl", broken), images=zipped())
    assert [one["code"] for one in found["problems"]] == ["bad_mask"]
    file = coco(on(0, 1, segmentation=turned), images=[{"id": 0, "file_name": "new.jpg"}])
    found = bring(admin, dataset, file=file, missing_images="placeholder")
    assert found["counts"]["labels"] == 1  # a stand-in has a size of its own


def test_a_preview_shows_what_was_understood(admin: APIClient, dataset: Dataset) -> None:
    file = coco(on(0, 1, segmentation=dict(encode(NOISE)), score=0.5), on(1, 2, bbox=[1, 2, 3, 4]))
    found = bring(admin, dataset, file=file, images=zipped(), dry_run=True)
    assert found["facts"]["headers"] == ["file_name", "category", "outline", "score"]
    assert [row["cells"] for row in found["preview"][:2]] == [
        ["a.jpg", "Cup", "mask", "0.5"],
        ["b.jpg", "Spoon", "box [1, 2, 3, 4]", ""],
    ]
    assert found["preview"][0]["confidence"] == 0.5
    assert found["confidence_scale"] == "fraction"
    assert {one["name"]: one["rows"] for one in found["classes"]} == {"Cup": 1, "Spoon": 1}
    assert not Label.objects.exists()
    assert change(admin, found, dry_run=False)["counts"]["labels"] == 2


def test_a_picture_without_an_annotation_comes_in_too(admin: APIClient, dataset: Dataset) -> None:
    found = bring(admin, dataset, file=coco(on(0, 1, bbox=[0, 0, 1, 1])), images=zipped())
    assert (found["counts"]["labels"], found["counts"]["images"]) == (1, 2)
    assert set(Image.objects.values_list("ref", flat=True)) == {"a.jpg", "b.jpg"}


def test_a_file_that_lists_nothing_says_so(admin: APIClient, dataset: Dataset) -> None:
    found = bring(admin, dataset, file=coco(images=[]), images=zipped())
    assert (found["state"], found["error_code"]) == ("failed", "no_rows")
    assert found["message"] == "The COCO file lists neither annotations nor pictures."


def test_results_without_their_pictures_are_refused_in_clear_words(
    admin: APIClient, dataset: Dataset
) -> None:
    file = ("results.json", json.dumps([on(0, 1, bbox=[0, 0, 1, 1], score=0.5)]))
    found = bring(admin, dataset, file=file, images=zipped())
    assert (found["state"], found["error_code"]) == ("failed", "coco_results")
    assert "as “annotations” into the COCO file" in found["message"]
