"""Masks as files: pictures of classes and objects, a SageMaker manifest, lines, and COCO of labels."""

import csv
import doctest
import io
import json
import uuid
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image as Pillow
from pycocotools.coco import COCO
from rest_framework.test import APIClient

from labelapp.catalog.models import Image, Label
from labelapp.geometry.rle import encode
from qa.exports import services
from qa.exports.formats import png, sagemaker
from qa.exports.formats.png import Names
from qa.exports.shapes import Shape
from qa.verification.models import Item
from tests.api.importing import bring, picture, zip_of
from tests.api.outlining import (
    HEIGHT,
    MASK,
    WIDTH,
    Annotator,
    dataset_to_outline,
    ellipse,
    outline,
    start,
)
from tests.api.reviewing import Reviewer
from tests.builders import make_class, make_dataset, make_labels, make_running_job
from tests.cast import Cast, client_of

pytestmark = [
    # An export reads on a connection of its own, so what it reads must be committed.
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),  # pycocotools
]


@pytest.fixture
def analyst(cast: Cast) -> APIClient:
    return client_of(cast.analyst)


def square(
    top: int, left: int, side: int, size: tuple[int, int] = (HEIGHT, WIDTH)
) -> dict[str, Any]:
    mask = np.zeros(size, bool)
    mask[top : top + side, left : left + side] = True
    return dict(encode(mask))


def written(client: APIClient, file_format: str, **body: Any) -> tuple[dict[str, Any], bytes]:
    """The finished export and its file."""
    asked = {"format": file_format, **body}
    made = client.post("/api/v1/exports/", asked, format="json")
    assert made.status_code == 202, made.json()
    services.write_export(uuid.UUID(made.json()["id"]))
    export = client.get(f"/api/v1/exports/{made.json()['id']}/").json()
    assert export["state"] == "done", export["message"]
    return export, content_of(client.get(export["url"]))


def content_of(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def pixels(zipped: zipfile.ZipFile, name: str) -> NDArray[Any]:
    return np.asarray(Pillow.open(io.BytesIO(zipped.read(name))))


def lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


def submit_all(annotator: Annotator) -> None:
    held = annotator.client.get(f"/api/v1/assignments/?job={annotator.job_id}").json()["results"]
    for one in held:
        if one["state"] == "dealt":
            annotator.post(f"assignments/{one['id']}/submit/", {}, one["id"])


def stem(image: str) -> str:
    return Image.objects.get(pk=image).ref.rpartition(".")[0]


def test_pictures_of_classes_and_objects_have_the_very_pixels(
    cast: Cast, analyst: APIClient
) -> None:
    job = start(cast, dataset_to_outline())
    ana = Annotator(client_of(cast.ana), job)
    image = ana.wide()
    over = square(40, 50, 20)
    drawn = [
        outline(1, label_class="Spoon"),
        outline(2, mask=over, name="inner"),
        outline(3, accepted=False),
    ]
    assert ana.save(image, '"0"', *drawn).status_code == 200
    export, content = written(analyst, "masks", job=job)
    assert (export["rows"], export["manifest"]["counts"]["by_class"]) == (
        2, {"Cup": {"unfinished": 1}, "Spoon": {"unfinished": 1}},
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        assert zipped.testzip() is None
        name = f"{stem(image)}.png"
        expected = np.where(ellipse(), 2, 0)
        expected[40:60, 50:70] = 1
        classes = Pillow.open(io.BytesIO(zipped.read(f"classes/{name}")))
        assert classes.mode == "P"
        assert np.array_equal(np.asarray(classes), expected)
        legend = json.loads(zipped.read("legend.json"))["classes"]
        assert [(one["number"], one["name"]) for one in legend] == [
            (0, "background"), (1, "Cup"), (2, "Spoon"),
        ]  # fmt: skip
        shown = classes.convert("RGB").getpixel((60, 50))
        assert "#{:02x}{:02x}{:02x}".format(*shown) == legend[1]["color"]  # type: ignore[misc]
        objects = pixels(zipped, f"objects/{name}")
        assert objects.dtype == np.uint16
        assert np.array_equal(objects, np.where(expected == 1, 2, np.where(expected == 2, 1, 0)))
        spoon, cup = lines(zipped.read("objects.jsonl"))
    assert (spoon["object"], spoon["label"], spoon["class"], spoon["png"]) == (1, "Spoon", 2, name)
    assert (cup["box"], cup["area"], cup["name"], cup["annotator"]) == (
        [50, 40, 20, 20], 400, "inner", "ana",
    )  # fmt: skip
    again, same = written(analyst, "masks", job=job)
    assert same == content
    assert again["manifest"]["labels_sha256"] == export["manifest"]["labels_sha256"]


def test_each_of_several_annotators_has_pictures_of_their_own(
    cast: Cast, analyst: APIClient
) -> None:
    job = start(cast, dataset_to_outline(), reviewers_per_item=2)
    for person in (cast.ana, cast.ben):
        annotator = Annotator(client_of(person), job)
        image = annotator.wide()
        annotator.save(image, '"0"', outline(1))
    _, content = written(analyst, "masks", job=job)
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        found = sorted(name for name in zipped.namelist() if name.startswith("classes/"))
        assert found == [f"classes/{stem(image)}.{who}.png" for who in ("ana", "ben")]


def test_a_finished_picture_without_an_object_is_all_background(
    cast: Cast, analyst: APIClient
) -> None:
    job = start(cast, dataset_to_outline())
    ana = Annotator(client_of(cast.ana), job)
    image = ana.wide()
    ana.save(image, '"0"')
    _, content = written(analyst, "masks", job=job)
    assert zipfile.ZipFile(io.BytesIO(content)).namelist() == ["objects.jsonl", "legend.json"]
    submit_all(ana)
    _, content = written(analyst, "masks", job=job)
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        assert not pixels(zipped, f"classes/{stem(image)}.png").any()


def test_a_sagemaker_manifest_names_the_colours_and_classes_of_its_masks(
    cast: Cast, analyst: APIClient
) -> None:
    job = start(cast, dataset_to_outline(), name="Garden, 2nd round")
    ana = Annotator(client_of(cast.ana), job)
    image = ana.wide()
    ana.save(image, '"0"', outline(1, label_class="Spoon"))
    _, content = written(analyst, "sagemaker", job=job)
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        (line,) = lines(zipped.read("output.manifest"))
        assert line["source-ref"] == Image.objects.get(pk=image).ref
        mask = line["garden-2nd-round-ref"]
        assert np.array_equal(pixels(zipped, mask), np.where(ellipse(), 2, 0))
    said = line["garden-2nd-round-ref-metadata"]
    assert said.pop("creation-date").startswith("20")
    assert said == {
        "internal-color-map": {
            "0": {"class-name": "BACKGROUND", "hex-color": "#000000"},
            "2": {"class-name": "Spoon", "hex-color": "#008000"},
        },
        "type": "groundtruth/semantic-segmentation",
        "human-annotated": "yes",
        "job-name": "labeling-job/garden-2nd-round",
    }
    assert written(analyst, "sagemaker", job=job)[1] == content


def test_outlines_are_lines_and_cells_too_and_come_in_again(cast: Cast, analyst: APIClient) -> None:
    job = start(cast, dataset_to_outline())
    ana = Annotator(client_of(cast.ana), job)
    image = ana.wide()
    ana.save(image, '"0"', outline(1, name="=1+1"), outline(2, label_class="Spoon", mask=None))
    export, content = written(analyst, "jsonl", job=job)
    (line,) = lines(content)
    box = [20, 10, 80, 70]
    assert line == {
        "image": Image.objects.get(pk=image).ref, "label": "Cup", "name": "=1+1", "box": box,
        "area": int(ellipse().sum()), "mask": MASK, "annotator": "ana", "source": "model",
        "order": 1, "finished": False, "job": job,
    }  # fmt: skip
    assert export["rows"] == 1
    streamed = analyst.get(f"/api/v1/exports/labels/?job={job}&label_classes=Cup")
    (row,) = csv.DictReader(io.StringIO(content_of(streamed).decode()))
    assert [row[side] for side in ("x", "y", "width", "height")] == [str(side) for side in box]
    assert (row["label"], row["name"], row["area"]) == ("Cup", "'=1+1", str(line["area"]))
    into = make_dataset("again")
    found = bring(
        client_of(cast.admin), into, file=("a.jsonl", content), missing_images="reference"
    )
    assert found["counts"]["labels"] == 1, found["problems"]
    assert Label.objects.get(image__dataset=into).region == {"mask": MASK}


def test_coco_has_the_masks_that_people_confirmed(
    cast: Cast, analyst: APIClient, tmp_path: Path
) -> None:
    dataset = make_dataset()
    labels = make_labels(dataset, ["0.9", "0.7", "0.5", "0.3"])
    for place, label in enumerate(labels[:3]):
        label.region = {"mask": square(place, place, 5)}
        label.extra = {"iscrowd": 1} if place == 1 else {}
        label.save()
    job = make_running_job(0, dataset=dataset)
    judged = {str(labels[0].pk), str(labels[1].pk)}
    reviewer = Reviewer(client_of(cast.ana), job.pk)
    items = {str(item.pk): str(item.label_id) for item in Item.objects.filter(job=job)}
    reviewer.work(lambda item: "confirm" if items[item["id"]] in judged else "disconfirm")
    for source in ({"job": str(job.pk)}, {"dataset": str(dataset.pk)}):
        export, content = written(analyst, "coco", outcome=["confirmed"], **source)
        path = tmp_path / "coco.json"
        path.write_bytes(content)
        coco = COCO(str(path))
        found = coco.loadAnns(coco.getAnnIds())
        assert {one["score"]: one["iscrowd"] for one in found} == {0.9: 0, 0.7: 1}
        assert all(one["area"] == 25 == coco.annToMask(one).sum() for one in found)
        assert {tuple(one["bbox"]) for one in found} == {(0, 0, 5, 5), (1, 1, 5, 5)}
        assert (len(coco.getImgIds()), export["rows"]) == (2, 2)
        assert found[0]["attributes"]["outcome"] == "confirmed"
        picky, _ = written(analyst, "coco", min_confidence=0.8, **source)
        assert picky["rows"] == 1
    preview = analyst.get(f"/api/v1/exports/preview/?job={job.pk}&format=coco").json()
    assert (preview["rows"], len(preview["sample"])) == (3, 3)
    export, content = written(analyst, "masks", job=str(job.pk))
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        assert len(lines(zipped.read("objects.jsonl"))) == export["rows"] == 3


def test_coco_has_boxes_where_no_label_has_a_mask(analyst: APIClient) -> None:
    dataset = make_dataset()
    first, second = make_labels(dataset, ["0.9", "0.7"])
    Label.objects.filter(pk=first.pk).update(region={"box": [1, 2, 3, 4.5]})
    _, content = written(analyst, "coco", dataset=str(dataset.pk))
    (box,) = json.loads(content)["annotations"]
    assert (box["bbox"], box["area"], box["segmentation"]) == ([1, 2, 3, 4.5], 13.5, [])
    Label.objects.filter(pk=second.pk).update(region={"mask": square(0, 0, 3)})
    _, content = written(analyst, "coco", dataset=str(dataset.pk))
    assert [one["bbox"] for one in json.loads(content)["annotations"]] == [[0, 0, 3, 3]]


def test_the_smaller_of_two_labels_lies_over_the_larger(analyst: APIClient) -> None:
    dataset = make_dataset()
    (label,) = make_labels(dataset, ["0.9"], label_class="a")
    large, small = square(0, 0, 9), square(2, 2, 3)
    Label.objects.filter(pk=label.pk).update(region={"mask": small})
    Label.objects.create(
        image=label.image, label_class=make_class(dataset, "b"), source="x", region={"mask": large}
    )
    _, content = written(analyst, "masks", dataset=str(dataset.pk))
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        found = pixels(zipped, f"classes/{label.image.ref.rpartition('.')[0]}.png")
    assert (found[0, 0], found[3, 3], found[20, 20]) == (2, 1, 0)


def test_more_classes_than_a_picture_has_room_for_are_refused(analyst: APIClient) -> None:
    dataset = make_dataset()
    for number in range(256):
        make_class(dataset, f"class {number}")
    for file_format in ("masks", "sagemaker"):
        wish = {"dataset": str(dataset.pk), "format": file_format}
        answer = analyst.post("/api/v1/exports/", wish, format="json")
        assert (answer.status_code, answer.json()["code"]) == (400, "too_many_classes")


def test_a_mask_that_does_not_add_up_fails_the_export_in_clear_words(analyst: APIClient) -> None:
    dataset = make_dataset()
    (label,) = make_labels(dataset, ["0.9"])
    Label.objects.filter(pk=label.pk).update(region={"mask": {"size": [4, 4], "counts": "1"}})
    for file_format in ("masks", "coco"):
        wish = {"dataset": str(dataset.pk), "format": file_format}
        made = analyst.post("/api/v1/exports/", wish, format="json").json()
        services.write_export(uuid.UUID(made["id"]))
        found = analyst.get(f"/api/v1/exports/{made['id']}/").json()
        assert (found["state"], found["url"]) == ("failed", None)
        assert f"A mask on “{label.image.ref}” does not add up" in found["message"]


masks = st.tuples(st.integers(1, 20), st.integers(1, 20), st.integers(0, 999)).flatmap(
    lambda one: st.sampled_from([0.02, 0.3, 1.0]).map(
        lambda share: np.random.default_rng(one[2]).random(one[:2]) < share
    )
)


@given(st.lists(masks, min_size=1, max_size=8))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_masks_go_in_and_out_without_a_pixel_changed(
    cast: Cast, tmp_path: Path, given_masks: list[NDArray[np.bool_]]
) -> None:
    admin, dataset = client_of(cast.admin), make_dataset()
    one_pixel = np.zeros((7, 9), bool)
    one_pixel[3, 4] = True
    every = [*given_masks, one_pixel, np.ones((5, 4), bool)]
    whole = {
        "images": [
            {"id": n, "file_name": f"{n}.png", "height": mask.shape[0], "width": mask.shape[1]}
            for n, mask in enumerate(every)
        ],
        "categories": [{"id": 3, "name": "Cup"}],
        "annotations": [
            {"id": n, "image_id": n, "category_id": 3, "segmentation": dict(encode(mask))}
            for n, mask in enumerate(every)
        ],
    }
    pictures = {
        f"{n}.png": picture(mask.shape[1], mask.shape[0], "PNG") for n, mask in enumerate(every)
    }
    file = ("coco.json", json.dumps(whole))
    found = bring(admin, dataset, file=file, images=zip_of(pictures))
    assert found["counts"]["labels"] == len(every), found["problems"]
    _, content = written(client_of(cast.analyst), "coco", dataset=str(dataset.pk))
    path = tmp_path / "out.json"
    path.write_bytes(content)
    coco = COCO(str(path))
    assert len(coco.getAnnIds()) == len(every)
    for annotation in coco.loadAnns(coco.getAnnIds()):
        (at,) = coco.loadImgs([annotation["image_id"]])
        mask = every[int(at["file_name"].partition(".")[0])]
        assert (at["height"], at["width"]) == mask.shape
        assert np.array_equal(coco.annToMask(annotation), mask)


@pytest.mark.parametrize("module", [png, sagemaker])
def test_the_examples_in_the_docstrings_hold(module: Any) -> None:
    assert doctest.testmod(module).failed == 0


def test_names_of_pictures_lead_nowhere_and_are_given_once() -> None:
    names = Names()

    def of(ref: str) -> str:
        return names.of(Shape(ref, 1, 1, "", None, None, None, None, False, {}, False, None))

    refs = [
        "a/b.jpg",
        "a/b.png",
        "../../etc/passwd",
        "/a/B.jpg",
        "s3://bucket/x.y.jpg",
        "c:\\d.jpg",
        "..",
    ]
    assert [of(ref) for ref in refs] == [
        "a/b.png", "a/b-2.png", "etc/passwd.png", "a/B-3.png", "s3/bucket/x.y.png", "c/d.png", "picture.png",
    ]  # fmt: skip
