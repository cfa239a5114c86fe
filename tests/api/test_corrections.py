"""Masks that a check found wrong go to the editor, and what people drew becomes labels."""

import uuid
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from labelapp.catalog.counts import differences
from labelapp.catalog.models import Dataset, Image, Label
from labelapp.geometry.rle import decode
from qa.jobs.models import Job
from qa.jobs.removal import remove_job
from qa.segmentation.labelling import carry_out
from qa.segmentation.models import GivenMask, LabelRun
from tests.api.outlining import HEIGHT, MASK, WIDTH, Annotator, ellipse, outline, photo, start
from tests.api.reviewing import Reviewer
from tests.builders import make_class, make_dataset, make_labels, make_mask
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]


def box() -> NDArray[np.bool_]:
    """(H, W): a few pixels in a corner."""
    mask = np.zeros((HEIGHT, WIDTH), dtype=bool)
    mask[2:9, 4:20] = True
    return mask


@pytest.fixture
def dataset() -> Dataset:
    """Two pictures: a cup and a spoon on the first, a cup on the second."""
    dataset = make_dataset("table")
    both, one = photo(dataset), photo(dataset)
    make_mask(both, ellipse())
    make_mask(both, box(), label_class="Spoon")
    make_mask(one, ~ellipse())
    make_class(dataset, "Plate")
    return dataset


def check(cast: Cast, dataset: Dataset, wrong: str = "Cup", **fields: Any) -> str:
    """A check of all labels in which those of a class were found wrong."""
    job = start(cast, dataset, kind="verification", **fields)
    ana = Reviewer(client_of(cast.ana), job)
    while (batch := ana.claim()["assignment"]) is not None:
        value = "disconfirm" if batch["label_class"]["name"] == wrong else "confirm"
        ana.submit(batch, value)
    return job


def correction(cast: Cast, dataset: Dataset, check_id: str, **fields: Any) -> Annotator:
    job = start(cast, dataset, from_job=check_id, **fields)
    return Annotator(client_of(cast.ana), job)


def wish(cast: Cast, dataset: Dataset, **fields: Any) -> Any:
    body = {"name": "x", "dataset": str(dataset.pk), "kind": "segmentation", **fields}
    return client_of(cast.admin).post("/api/v1/jobs/preview/", body, format="json")


def test_pictures_with_a_wrong_mask_are_dealt_and_no_others(cast: Cast, dataset: Dataset) -> None:
    job = check(cast, dataset, wrong="Spoon")
    made = wish(cast, dataset, from_job=job).json()
    assert (made["items"], made["masks"]) == (1, 1)
    ana = correction(cast, dataset, job)
    assert ana.picture() == str(Label.objects.get(label_class__name="Spoon").image_id)


def test_the_editor_opens_with_the_masks_wrong_above_and_right_ones_locked(
    cast: Cast, dataset: Dataset
) -> None:
    ana = correction(cast, dataset, check(cast, dataset, wrong="Spoon"))
    opened = ana.open(ana.picture())
    assert opened["ETag"] == '"0"'
    right, wrong = opened.json()["objects"]
    assert [right["label_class"]["name"], right["locked"]] == ["Cup", True]
    assert [wrong["label_class"]["name"], wrong["locked"]] == ["Spoon", False]
    label = Label.objects.get(label_class__name="Spoon")
    assert wrong["mask"] == label.region["mask"]
    assert (wrong["id"], wrong["source"], wrong["accepted"]) == (str(label.pk), "import", False)
    assert wrong["area"] == decode(wrong["mask"]).sum()
    (step,) = wrong["history"]
    assert (step["kind"], step["note"]) == ("given", "outlines")
    assert len(step["set"]["points"]) == 4


def test_what_was_given_can_be_saved_as_it_came_and_is_given_once(
    cast: Cast, dataset: Dataset
) -> None:
    ana = correction(cast, dataset, check(cast, dataset))
    image = ana.picture()
    objects = ana.open(image).json()["objects"]
    assert ana.save(image, '"0"', *objects).status_code == 200
    assert ana.save(image, '"1"').status_code == 200
    assert ana.open(image).json()["objects"] == []
    left = ana.client.get(f"/api/v1/annotations/?job={ana.job_id}").json()["results"]
    assert [one["objects"] for one in left] == [[]]


def test_what_was_given_counts_only_once_it_is_accepted(cast: Cast, dataset: Dataset) -> None:
    ana = correction(cast, dataset, check(cast, dataset))
    image = ana.picture()
    objects = ana.open(image).json()["objects"]
    ana.save(image, '"0"', *objects)
    path = f"/api/v1/jobs/{ana.job_id}/outlining/"
    assert client_of(cast.admin).get(path).json()["objects"] == 0
    ana.save(image, '"1"', {**objects[-1], "accepted": True})
    assert client_of(cast.admin).get(path).json()["objects"] == 1


def test_a_mask_of_another_size_or_with_a_broken_code_is_left_out(
    cast: Cast, dataset: Dataset
) -> None:
    image = Image.objects.order_by("ref").first()
    assert image is not None
    for number, mask in enumerate([{"size": [3, 3], "counts": "9"}, {**MASK, "counts": "9"}]):
        label = make_mask(image, ellipse(), source=f"broken{number}")
        Label.objects.filter(pk=label.pk).update(region={"mask": mask})
    ana = correction(cast, dataset, check(cast, dataset))
    held = [ana.take()]
    held.append(ana.take(held[0]["id"]))
    counts = [len(ana.open(one["items"][0]["image"]).json()["objects"]) for one in held]
    assert sorted(counts) == [1, 2]


def test_only_classes_of_the_job_are_corrected(cast: Cast, dataset: Dataset) -> None:
    job = check(cast, dataset)
    assert wish(cast, dataset, from_job=job, label_classes=["Spoon"]).json()["items"] == 0
    assert wish(cast, dataset, from_job=job, label_classes=["Cup"]).json()["items"] == 2
    assert wish(cast, dataset, from_job=job, outcomes=["unsure"]).json()["masks"] == 0


def test_labels_without_a_mask_are_not_corrected(cast: Cast) -> None:
    dataset = make_dataset("whole")
    make_labels(dataset, ["0.5", "0.6"], label_class="Cup")
    job = check(cast, dataset)
    made = (
        client_of(cast.admin)
        .post(
            "/api/v1/jobs/",
            {"name": "x", "dataset": str(dataset.pk), "kind": "segmentation", "from_job": job},
            format="json",
        )
        .json()
    )
    assert (made["items"], made["outcomes"]) == (0, ["disconfirmed", "split"])
    refused = client_of(cast.admin).post(f"/api/v1/jobs/{made['id']}/start/")
    assert (refused.status_code, refused.json()["code"]) == (409, "no_items")


def test_a_correction_says_whose_and_outlives_the_check(cast: Cast, dataset: Dataset) -> None:
    job = check(cast, dataset)
    ana = correction(cast, dataset, job)
    path = f"/api/v1/jobs/{ana.job_id}/"
    found = client_of(cast.admin).get(path).json()
    assert (found["from_job"], found["from_job_name"]) == (job, "outlines")
    remove_job(uuid.UUID(job))
    assert client_of(cast.admin).get(path).json()["from_job"] is None
    remove_job(uuid.UUID(ana.job_id))
    assert GivenMask.objects.count() == 0


@pytest.mark.parametrize(
    "given", ["a draft", "another dataset", "outlines", "verification", "alone"]
)
def test_what_cannot_be_corrected_is_refused(cast: Cast, dataset: Dataset, given: str) -> None:
    admin = client_of(cast.admin)
    body: dict[str, Any] = {"from_job": check(cast, dataset), "kind": "segmentation"}
    if given == "a draft":
        draft = {"name": "d", "dataset": str(dataset.pk)}
        body["from_job"] = admin.post("/api/v1/jobs/", draft, format="json").json()["id"]
    elif given == "another dataset":
        body["dataset"] = str(make_dataset().pk)
    elif given == "outlines":
        body["from_job"] = start(cast, dataset)
    elif given == "verification":
        body["kind"] = "verification"
    else:
        body = {"outcomes": ["split"], "kind": "segmentation"}
    body = {"name": "x", "dataset": str(dataset.pk), **body}
    for path in ("jobs/", "jobs/preview/"):
        refused = admin.post(f"/api/v1/{path}", body, format="json")
        assert (refused.status_code, refused.json()["code"]) == (400, "cannot_correct")
        assert list(refused.json()["errors"]) == ["from_job"]


def test_an_unknown_job_or_outcome_is_refused(cast: Cast, dataset: Dataset) -> None:
    assert wish(cast, dataset, from_job=str(uuid.uuid4())).status_code == 404
    refused = wish(cast, dataset, from_job=check(cast, dataset), outcomes=["confirmed"])
    assert list(refused.json()["errors"]) == ["outcomes"]


def test_a_check_can_take_only_labels_that_have_a_mask(cast: Cast, dataset: Dataset) -> None:
    make_labels(dataset, ["0.5"] * 3, label_class="Cup")
    made = wish(cast, dataset, kind="verification").json()
    assert (made["items"], made["masks"]) == (6, 3)
    made = wish(cast, dataset, kind="verification", with_mask=True).json()
    assert (made["items"], made["masks"]) == (3, 3)
    job = start(cast, dataset, kind="verification", with_mask=True)
    assert client_of(cast.admin).get(f"/api/v1/jobs/{job}/").json()["items"] == 3
    assert wish(cast, dataset, with_mask=True).json()["items"] == 2


# What people drew becomes labels.


def label(cast: Cast, job_id: str) -> dict[str, Any]:
    """Asked for and carried out, as a worker would."""
    admin = client_of(cast.admin)
    asked = admin.post(f"/api/v1/jobs/{job_id}/labels/")
    assert asked.status_code == 202, asked.json()
    carry_out(uuid.UUID(asked.json()["id"]))
    found: dict[str, Any] = admin.get(f"/api/v1/jobs/{job_id}/labels/").json()
    return found


def drawn(cast: Cast, dataset: Dataset, *outlines: Any, send: bool = True) -> Annotator:
    """Ana's outlines on one picture of a job, sent or not."""
    ana = Annotator(client_of(cast.ana), start(cast, dataset))
    assignment = ana.take()
    saved = ana.save(assignment["items"][0]["image"], '"0"', *outlines)
    assert saved.status_code == 200, saved.json()
    if send:
        assert ana.send(assignment, {}).status_code == 200
    return ana


def test_outlines_become_labels_of_their_annotator_once(cast: Cast, dataset: Dataset) -> None:
    unfinished = [outline(2, accepted=False), outline(3, mask=None), outline(4, label_class=None)]
    ana = drawn(cast, dataset, outline(1), *unfinished)
    first = label(cast, ana.job_id)
    assert (first["state"], first["added"], first["unchanged"]) == ("done", 1, 0)
    found = Label.objects.get(source="person:ana")
    assert (found.label_class.name, found.region) == ("Cup", {"mask": MASK})
    assert (found.confidence, found.extra["object"]) == (None, "o1")
    again = label(cast, ana.job_id)
    assert (again["added"], again["unchanged"]) == (0, 1)
    assert Label.objects.filter(source="person:ana").count() == 1
    assert differences() == []
    page = client_of(cast.admin).get(f"/api/v1/jobs/{ana.job_id}/outlining/").json()
    assert page["labels"]["id"] == again["id"]


def test_pictures_that_were_not_sent_make_no_labels(cast: Cast, dataset: Dataset) -> None:
    ana = drawn(cast, dataset, outline(1), send=False)
    refused = client_of(cast.admin).post(f"/api/v1/jobs/{ana.job_id}/labels/")
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_sent")
    assert client_of(cast.admin).get(f"/api/v1/jobs/{ana.job_id}/labels/").status_code == 404


def test_a_picture_that_was_opened_again_waits_until_it_is_sent(
    cast: Cast, dataset: Dataset
) -> None:
    ana = drawn(cast, dataset, outline(1))
    sent = ana.client.get(f"/api/v1/assignments/?job={ana.job_id}").json()["results"][0]
    assert ana.post(f"assignments/{sent['id']}/reopen/").status_code == 200
    refused = client_of(cast.admin).post(f"/api/v1/jobs/{ana.job_id}/labels/")
    assert refused.json()["code"] == "nothing_sent"


def test_a_run_that_is_at_work_is_answered_to_whoever_asks_again(
    cast: Cast, dataset: Dataset
) -> None:
    ana = drawn(cast, dataset, outline(1))
    path = f"/api/v1/jobs/{ana.job_id}/labels/"
    admin = client_of(cast.admin)
    assert admin.post(path).json()["id"] == admin.post(path).json()["id"]
    assert LabelRun.objects.count() == 1


def test_a_check_has_no_outlines_to_label(cast: Cast, dataset: Dataset) -> None:
    job = check(cast, dataset)
    assert client_of(cast.admin).post(f"/api/v1/jobs/{job}/labels/").status_code == 404


def test_a_corrected_mask_is_a_label_that_can_be_checked_again(
    cast: Cast, dataset: Dataset
) -> None:
    ana = correction(cast, dataset, check(cast, dataset, wrong="Spoon"))
    assignment = ana.take()
    image = assignment["items"][0]["image"]
    *right, wrong = ana.open(image).json()["objects"]
    better = {**wrong, "mask": MASK, "accepted": True, "source": "model_and_hand"}
    assert ana.save(image, '"0"', *right, better).status_code == 200
    ana.send(assignment, {})
    assert label(cast, ana.job_id)["added"] == 1
    made = wish(cast, dataset, kind="verification", source="person:ana").json()
    assert (made["items"], made["masks"]) == (1, 1)
    assert Job.objects.get(pk=ana.job_id).outcomes == ["disconfirmed", "split"]
