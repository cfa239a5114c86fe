"""Masks for the boxes of a whole dataset; the worker's part is done in between, in this process."""

from typing import Any
from uuid import UUID

import pytest
from rest_framework.test import APIClient

from labelapp.background import WorkState
from labelapp.catalog.models import Dataset, Image, Label, LabelCount
from labelapp.catalog.services import purge_dataset
from labelapp.geometry.rle import decode
from ml.masks import bulk_drawing, drawing
from ml.masks.models import MaskRun
from tests.api.outlining import ellipse, photo
from tests.builders import make_class, make_dataset
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]
RUNS = "/api/v1/mask-runs/"
BOX = [20, 10, 80, 70]  # round the ellipse of `photo`


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return make_dataset()


def boxed(dataset: Dataset, count: int = 1, **fields: Any) -> list[Label]:
    """Labels with a box, each on a photo of its own."""
    given = {"confidence": 0.9, "bin": 900, "source": "boxes.csv", "region": {"box": BOX}} | fields
    crab = make_class(dataset)
    pictures = [photo(dataset, width=120 + nth) for nth in range(count)]
    return [Label.objects.create(image=one, label_class=crab, **given) for one in pictures]


def start(client: APIClient, dataset: Dataset, status: int = 202, **more: Any) -> dict[str, Any]:
    body = {"dataset": str(dataset.pk), "segmenter": "grabcut", **more}
    answer = client.post(RUNS, body, format="json")
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = answer.json()
    return found


def look(client: APIClient, run: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{RUNS}{run['id']}/").json()
    return found


def made(run: dict[str, Any]) -> list[Label]:
    return list(Label.objects.filter(origin=run["id"]))


def test_each_box_becomes_a_label_with_a_mask(admin: APIClient, dataset: Dataset) -> None:
    (label,) = boxed(dataset)
    run = start(admin, dataset)
    assert (run["state"], run["drawn"]) == ("queued", 0)
    bulk_drawing.carry_out(UUID(run["id"]))
    run = look(admin, run)
    assert (run["state"], run["drawn"], run["refused"]) == ("done", 1, 0)
    assert (run["progress"]["done"], run["progress"]["total"]) == (1, 1)
    (found,) = made(run)
    assert (found.image_id, found.label_class_id) == (label.image_id, label.label_class_id)
    assert (found.confidence, found.bin, found.source) == (0.9, 900, run["label_source"])
    assert found.extra["label"] == str(label.pk)
    mask, truth = decode(found.region["mask"]), ellipse()
    assert (mask & truth).sum() > 0.9 * (mask | truth).sum()
    counted = LabelCount.objects.get(dataset=dataset, source=found.source, bin=900)
    assert counted.count == 1


def test_run_twice_it_adds_nothing(admin: APIClient, dataset: Dataset) -> None:
    boxed(dataset, 3)
    for _ in range(2):
        bulk_drawing.carry_out(UUID(start(admin, dataset)["id"]))
    assert Label.objects.filter(source__startswith="model:").count() == 3


def test_a_source_narrows_it(admin: APIClient, dataset: Dataset) -> None:
    boxed(dataset)
    (other,) = boxed(dataset, source="other.csv")
    run = start(admin, dataset, source="other.csv")
    bulk_drawing.carry_out(UUID(run["id"]))
    assert [found.image_id for found in made(run)] == [other.image_id]


def test_boxes_that_allow_no_mask_are_counted_and_the_others_drawn(
    admin: APIClient, dataset: Dataset
) -> None:
    boxed(dataset, 2)
    boxed(dataset, region={"box": [500, 500, 40, 40]})
    (gone,) = boxed(dataset, region={"box": [1, 2, 50, 60]})
    Image.objects.filter(pk=gone.image_id).update(blob=None, location="nowhere.jpg")
    run = start(admin, dataset)
    bulk_drawing.carry_out(UUID(run["id"]))
    run = look(admin, run)
    assert (run["state"], run["drawn"], run["refused"]) == ("done", 2, 2)


def test_a_run_whose_worker_died_goes_on_where_it_was(
    admin: APIClient, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxed(dataset, 5)
    monkeypatch.setattr(bulk_drawing, "AT_ONCE", 2)
    run = start(admin, dataset)
    drawn: list[UUID] = []
    outlines = drawing.outlines

    def counted(model: Any, labels: Any) -> Any:
        if len(drawn) == 4 and not died:
            died.append(True)
            raise KeyboardInterrupt
        for one in outlines(model, labels):
            drawn.append(one[0].pk)
            yield one

    died: list[bool] = []
    monkeypatch.setattr(drawing, "outlines", counted)
    with pytest.raises(KeyboardInterrupt):
        bulk_drawing.carry_out(UUID(run["id"]))
    assert look(admin, run)["drawn"] == 4
    MaskRun.objects.update(state=WorkState.QUEUED)
    bulk_drawing.carry_out(UUID(run["id"]))
    assert look(admin, run)["drawn"] == 5
    assert len(drawn) == len(set(drawn)) == 5


def test_a_cancelled_run_stops_and_keeps_what_it_has(
    admin: APIClient, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxed(dataset, 4)
    monkeypatch.setattr(bulk_drawing, "AT_ONCE", 2)
    run, outlines = start(admin, dataset), drawing.outlines

    def cancelled(model: Any, labels: Any) -> Any:
        if made(run):
            assert admin.post(f"{RUNS}{run['id']}/cancel/").status_code == 200
        return outlines(model, labels)

    monkeypatch.setattr(drawing, "outlines", cancelled)
    bulk_drawing.carry_out(UUID(run["id"]))
    assert (look(admin, run)["state"], len(made(run))) == ("cancelled", 2)
    assert admin.post(f"{RUNS}{run['id']}/cancel/").json()["code"] == "mask_run_ended"


def test_what_cannot_begin_says_why(admin: APIClient, dataset: Dataset) -> None:
    assert start(admin, dataset, 400)["code"] == "nothing_to_outline"
    boxed(dataset)
    assert start(admin, dataset, 400, source="else.csv")["code"] == "nothing_to_outline"
    assert start(admin, dataset, 400, segmenter="magic")["code"] == "unknown_segmenter"
    answer = start(admin, dataset, 409, segmenter="sam-vit-h")
    assert "sam_vit_h_4b8939.pth" in answer["detail"]
    assert not MaskRun.objects.exists()


def test_runs_are_listed_and_go_with_their_dataset(admin: APIClient, dataset: Dataset) -> None:
    boxed(dataset)
    run = start(admin, dataset)
    assert [one["id"] for one in admin.get(RUNS).json()["results"]] == [run["id"]]
    purge_dataset(dataset=dataset)
    assert not MaskRun.objects.exists()
    assert admin.get(f"{RUNS}{run['id']}/").status_code == 404
