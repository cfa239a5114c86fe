"""Jobs in which people outline: pictures dealt one by one, documents that nobody overwrites unseen."""

import uuid
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Image, LabelClass
from labelapp.catalog.services import purge_dataset
from labelapp.geometry.rle import encode
from qa.jobs.leases import sweep_leases
from qa.jobs.models import Assignment, Job
from qa.segmentation.models import Document, PictureItem
from tests.api.outlining import (
    MASK,
    Annotator,
    dataset_to_outline,
    ellipse,
    outline,
    photo,
    start,
)
from tests.builders import make_dataset, make_labels
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset() -> Dataset:
    return dataset_to_outline()


@pytest.fixture
def job(cast: Cast, dataset: Dataset) -> str:
    return start(cast, dataset, team=str(cast.red.pk))


@pytest.fixture
def ana(cast: Cast, job: str) -> Annotator:
    return Annotator(client_of(cast.ana), job)


def test_a_picture_is_dealt_with_all_that_its_annotator_needs(ana: Annotator) -> None:
    claim = ana.claim()
    (tile,) = claim["assignment"]["items"]
    assert set(tile) == {"id", "image", "position", "thumb_url", "full_url", "width", "height"}
    assert ana.client.get(tile["full_url"]).status_code == 200
    assert [one["name"] for one in claim["job"]["classes"]] == ["Cup", "Spoon"]
    assert (claim["progress"]["batch_number"], claim["progress"]["batches"]) == (1, 3)


def test_every_picture_is_dealt_once_and_in_the_order_of_the_seed(
    cast: Cast, dataset: Dataset
) -> None:
    job = start(cast, dataset, seed="7", reviewers_per_item=1)
    people = [Annotator(client_of(one), job) for one in (cast.ana, cast.ben)]
    dealt = [people[place % 2].picture() for place in range(2)]
    for person in people:
        person.post(f"assignments/{person.take()['id']}/submit/", {}, str(uuid.uuid4()))
    dealt.append(people[0].picture())
    assert people[1].claim()["reason"] == "all_dealt"
    ranked = PictureItem.objects.filter(job_id=job).order_by("rank").values_list("image", flat=True)
    assert dealt == [str(one) for one in ranked]


def test_a_document_comes_back_as_it_was_saved_with_box_and_area_of_its_masks(
    ana: Annotator,
) -> None:
    image = ana.wide()
    opened = ana.open(image)
    assert (opened.headers["ETag"], opened.json()["objects"]) == ('"0"', [])
    saved = ana.save(image, opened.headers["ETag"], outline(2, mask=None), outline(1))
    assert (saved.status_code, saved.headers["ETag"]) == (200, '"1"')
    again = ana.open(image)
    assert again.headers["ETag"] == '"1"'
    assert again.json() == saved.json()
    first, second = again.json()["objects"]
    assert first["mask"] == MASK
    assert first["label_class"]["name"] == "Cup"
    assert first["area"] == ellipse().sum()
    assert first["history"] == outline()["history"]
    assert (second["id"], second["mask"], second["bbox"], second["area"]) == ("o2", None, None, 0)
    # What a GET answers can be sent back.
    assert ana.save(image, '"1"', first, second).status_code == 200


def test_two_tabs_cannot_overwrite_each_other(ana: Annotator) -> None:
    image = ana.wide()
    assert ana.save(image, None, outline()).status_code == 428
    assert ana.save(image, '"0"', outline()).status_code == 200
    late = ana.save(image, '"0"', outline(2))
    assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
    assert late.json()["etag"] == '"1"'
    assert ana.save(image, "*", outline(2)).status_code == 412
    assert [one["id"] for one in ana.open(image).json()["objects"]] == ["o1"]


def test_the_same_save_again_after_a_lost_answer_is_no_conflict(ana: Annotator) -> None:
    image = ana.wide()
    for _ in range(2):
        answer = ana.save(image, '"0"', outline(), Prefer="return=minimal")
        assert (answer.status_code, answer.headers["ETag"], answer.content) == (204, '"1"', b"")
    assert Document.objects.get().revision == 1


@pytest.mark.parametrize(
    ("outlines", "code"),
    [
        ([outline(), outline()], "object_twice"),
        ([outline(label_class="Fork")], "unknown_class"),
        ([outline(mask={**MASK, "counts": "0"})], "broken_mask"),
        ([outline(mask={**MASK, "counts": "a word"})], "broken_mask"),
        ([outline(mask=dict(encode(np.ones((4, 5), bool))))], "mask_of_another_size"),
        ([outline(mask={"size": [90], "counts": "0"})], "invalid"),
        ([outline(source="magic")], "invalid"),
        ([outline(history=[{"name": "a\x00b"}])], "invalid"),
        (["an object"], "invalid"),
    ],
)
def test_each_bad_object_has_its_own_refusal_and_nothing_is_saved(
    ana: Annotator, outlines: list[Any], code: str
) -> None:
    image = ana.wide()
    answer = ana.save(image, '"0"', *outlines)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert answer.json()["errors"]
    assert not Document.objects.exists()


def test_a_finished_picture_stands_until_it_is_reopened(ana: Annotator) -> None:
    held = ana.take()
    image = held["items"][0]["image"]
    ana.save(image, '"0"', outline(mask=None))
    marks = ana.post(f"assignments/{held['id']}/submit/", {"verdicts": {"a": "confirm"}}, "a")
    assert (marks.status_code, marks.json()["code"]) == (400, "no_marks")
    sent = [ana.post(f"assignments/{held['id']}/submit/", {}, "k") for _ in range(2)]
    assert sent[0].json() == sent[1].json()
    assert sent[0].json()["counts"] == {"objects": 1}
    refused = ana.save(image, '"1"', outline(2, mask=None))
    assert (refused.status_code, refused.json()["code"]) == (409, "already_submitted")
    ana.post(f"assignments/{held['id']}/reopen/")
    assert ana.save(image, '"1"', outline(2, mask=None)).status_code == 200
    assert ana.post(f"assignments/{held['id']}/submit/", {}, "l").status_code == 200
    progress = ana.claim()["progress"]
    assert (progress["batch_number"], progress["judged"]) == (2, 1)


def test_what_was_drawn_is_kept_when_the_lease_is_lost(
    ana: Annotator, cast: Cast, job: str
) -> None:
    image = ana.picture()
    Assignment.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    sweep_leases()
    rita = Annotator(client_of(cast.admin), job)
    assert rita.picture() == image
    lost = ana.save(image, '"0"', outline(mask=None))
    assert (lost.status_code, lost.json()["code"]) == (409, "lease_lost")
    assert lost.json()["etag"] == '"1"'
    assert len(ana.open(image).json()["objects"]) == 1
    assert rita.open(image).json()["objects"] == []


def test_each_annotator_has_a_document_of_their_own_and_only_results_are_read_by_others(
    cast: Cast, dataset: Dataset
) -> None:
    job = start(cast, dataset, reviewers_per_item=2)
    ana, ben = (Annotator(client_of(one), job) for one in (cast.ana, cast.ben))
    image = ana.picture()
    assert ben.picture() == image
    assert ana.save(image, '"0"', outline(mask=None)).status_code == 200
    assert ben.open(image).headers["ETag"] == '"0"'
    assert ben.open(image, person=cast.ana.pk).status_code == 404
    others = set(map(str, Image.objects.values_list("pk", flat=True))) - {image}
    assert ana.open(others.pop()).status_code == 404
    analyst = Annotator(client_of(cast.analyst), job)
    assert len(analyst.open(image, person=cast.ana.pk).json()["objects"]) == 1
    assert listed(analyst.client, job) == [str(cast.ana.pk)]
    assert listed(ben.client, job) == []
    assert analyst.save(image, '"0"').status_code == 403


def listed(client: APIClient, job: str) -> list[str]:
    found = client.get(f"/api/v1/annotations/?job={job}").json()["results"]
    assert all("history" not in one for document in found for one in document["objects"])
    return [document["person"]["id"] for document in found]


def test_an_admin_may_write_a_document_of_somebody(ana: Annotator, cast: Cast, job: str) -> None:
    image = ana.picture()
    admin = Annotator(client_of(cast.admin), job)
    path = admin.path(image, person=cast.ana.pk)
    body = {"objects": [outline(mask=None)]}
    answer = admin.client.put(path, body, format="json", headers={"If-Match": '"0"'})
    assert answer.json()["person"]["id"] == str(cast.ana.pk)
    assert ana.open(image).headers["ETag"] == '"1"'
    nobody = admin.path(image, person=uuid.uuid4())
    assert (
        admin.client.put(nobody, body, format="json", headers={"If-Match": '"0"'}).status_code
        == 404
    )


def test_only_pictures_with_such_a_label_are_asked_for_and_no_more_than_wanted(
    cast: Cast, dataset: Dataset
) -> None:
    make_labels(dataset, ["0.4", "0.9", "0.95"], label_class="Cup", source="model:1")
    job = start(cast, dataset, source="model:1", min_confidence=0.5, label_classes=["Cup"])
    assert PictureItem.objects.filter(job_id=job).count() == 2
    few = start(cast, dataset, name="few", cap_per_class=1)
    assert PictureItem.objects.filter(job_id=few).count() == 1
    found = client_of(cast.admin).get(f"/api/v1/jobs/{few}/").json()
    assert (found["items"], found["batches"], found["batch_size"]) == (1, 1, 1)


def test_a_job_without_a_class_or_a_picture_does_not_start(cast: Cast) -> None:
    dataset, admin = make_dataset(), client_of(cast.admin)
    body = {"name": "empty", "dataset": str(dataset.pk), "kind": "segmentation"}
    made = admin.post("/api/v1/jobs/", body, format="json").json()
    photo(dataset)
    answer = admin.post(f"/api/v1/jobs/{made['id']}/start/", {"force": True}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_items")


def test_the_screens_of_jobs_bear_a_job_of_outlines(ana: Annotator, cast: Cast, job: str) -> None:
    held = ana.take()
    admin = client_of(cast.admin)
    assert admin.get(f"/api/v1/jobs/{job}/progress/").status_code == 200
    assert admin.get(f"/api/v1/items/?job={job}").json()["results"] == []
    assert admin.get(f"/api/v1/jobs/{job}/table/").status_code == 200
    home = ana.client.get("/api/v1/me/work/").json()
    assert [tile["image"] for tile in home["open"]["tiles"]] == [held["items"][0]["image"]]


def test_documents_go_with_their_job_and_dataset(
    ana: Annotator, dataset: Dataset, cast: Cast, job: str
) -> None:
    ana.save(ana.picture(), '"0"', outline(mask=None))
    Job.objects.update(state="closed")
    purge_dataset(dataset=dataset)
    assert not Document.objects.exists()
    assert not PictureItem.objects.exists()
    assert not LabelClass.objects.exists()
