"""An outlining job as its admin makes and watches it: pictures done, objects drawn, who holds what."""

from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from labelapp.catalog.models import Dataset, Image
from labelapp.catalog.services import erase_image
from labelapp.geometry.rle import encode
from qa.jobs.models import Assignment, Job
from tests.api.outlining import Annotator, dataset_to_outline, outline, photo, start
from tests.builders import make_class, make_dataset, make_running_job
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    return dataset_to_outline()


def previewed(admin: APIClient, dataset: Dataset, **fields: Any) -> Any:
    body = {"dataset": str(dataset.pk), "kind": "segmentation", **fields}
    answer = admin.post("/api/v1/jobs/preview/", body, format="json")
    assert answer.status_code == 200, answer.json()
    return answer.json()


def page_of(client: APIClient, job: str) -> Any:
    answer = client.get(f"/api/v1/jobs/{job}/outlining/")
    assert answer.status_code == 200, answer.content
    return answer.json()


def draw(ana: Annotator, *outlines: dict[str, Any]) -> str:
    """Claims a picture, saves these objects on it; the assignment."""
    held = ana.take()
    item = held["items"][0]
    whole = dict(encode(np.ones((item["height"], item["width"]), bool)))
    drawn = [{**one, "mask": one["mask"] and whole} for one in outlines]
    assert ana.save(item["image"], '"0"', *drawn).status_code == 200
    return str(held["id"])


def finish(ana: Annotator, assignment: str) -> None:
    answer = ana.post(f"assignments/{assignment}/submit/", {"active_ms": 30_000}, assignment)
    assert answer.status_code == 200, answer.json()


def test_a_preview_counts_the_pictures_and_shows_some_of_them(
    admin: APIClient, dataset: Dataset
) -> None:
    found = previewed(admin, dataset, reviewers_per_item=2)
    assert (found["items"], found["batches"], found["looks"]) == (3, 3, 6)
    assert [one["label_class"] for one in found["sample"]] == [None] * 3
    shown = admin.get(found["sample"][0]["thumb_url"])
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert previewed(admin, dataset, cap_per_class=2)["items"] == 2


def test_an_erased_picture_is_neither_counted_nor_shown(
    admin: APIClient, cast: Cast, dataset: Dataset
) -> None:
    erase_image(person=cast.admin, image=Image.objects.filter(dataset=dataset).earliest("ref"))
    found = previewed(admin, dataset)
    assert (found["items"], len(found["sample"])) == (2, 2)
    assert Job.objects.get(pk=start(cast, dataset)).items == 2


def test_pictures_without_a_label_are_outlined_once_a_class_is_named(
    admin: APIClient, cast: Cast
) -> None:
    bare = make_dataset()
    photo(bare)
    assert previewed(admin, bare)["items"] == 0
    named = admin.post(f"/api/v1/datasets/{bare.pk}/classes/", {"name": "Cup"}, format="json")
    assert named.status_code == 201
    assert previewed(admin, bare)["items"] == 1
    claim = Annotator(client_of(cast.ana), start(cast, bare)).claim()
    assert claim["job"]["kind"] == "segmentation"
    assert [one["name"] for one in claim["job"]["classes"]] == ["Cup"]


def test_the_pace_of_one_kind_of_work_says_nothing_of_another(
    admin: APIClient, cast: Cast, dataset: Dataset
) -> None:
    ana = Annotator(client_of(cast.ana), make_running_job(4, batch_size=4).pk)
    ana.submit(ana.take())
    assert previewed(admin, dataset)["seconds_per_item"] is None
    outlining = Annotator(client_of(cast.ana), start(cast, dataset))
    finish(outlining, draw(outlining))
    assert previewed(admin, dataset)["seconds_per_item"] == 30
    assert previewed(admin, dataset, kind="verification")["seconds_per_item"] == 0.25


def test_the_page_counts_pictures_objects_and_people(
    admin: APIClient, cast: Cast, dataset: Dataset
) -> None:
    job = start(cast, dataset)
    ana, ben = Annotator(client_of(cast.ana), job), Annotator(client_of(cast.ben), job)
    finish(ana, draw(ana, outline(1), outline(2), outline(3, label_class="Spoon")))
    draw(ben, outline(1), outline(2, accepted=False), outline(3, mask=None))
    page = page_of(admin, job)
    assert (page["pictures"], page["finished"], page["sent"], page["objects"]) == (3, 1, 1, 4)
    assert page["bars"] == {"opinions": [1, 0, 0], "held": [1]}
    classes = [
        (one["label_class"]["name"], one["objects"], one["documents"]) for one in page["by_class"]
    ]
    assert classes == [("Cup", 3, 2), ("Spoon", 1, 1)]
    people = [
        (one["person"]["name"], one["pictures"], one["objects"], one["seconds_per_picture"])
        for one in page["by_annotator"]
    ]
    assert people == [("ana", 1, 3, 30), ("ben", 0, 1, None)]
    (held,) = page["held"]
    assert (held["person"]["name"], held["objects"], page["at_work"]) == ("ben", 1, 1)
    assert admin.get(held["thumb_url"]).status_code == 200
    assert page["picture_time"]["median_seconds"] == 30


def test_a_picture_with_two_annotators_is_done_when_both_have_sent_it(
    admin: APIClient, cast: Cast, dataset: Dataset
) -> None:
    job = start(cast, dataset, reviewers_per_item=2)
    for person in (cast.ana, cast.ben):
        annotator = Annotator(client_of(person), job)
        finish(annotator, draw(annotator, outline(1)))
        page = page_of(admin, job)
    assert (page["finished"], page["sent"]) == (1, 2)
    assert page["bars"]["opinions"] == [2, 0, 0]


def test_objects_on_an_erased_picture_are_counted_no_more(
    admin: APIClient, cast: Cast, dataset: Dataset
) -> None:
    job = start(cast, dataset)
    ana = Annotator(client_of(cast.ana), job)
    draw(ana, outline(1))
    assert page_of(admin, job)["objects"] == 1
    drawn_on = Assignment.objects.get(job=UUID(job)).batch.picture.image
    erase_image(person=cast.admin, image=drawn_on)
    assert page_of(admin, job)["objects"] == 0


def test_more_pictures_ask_no_more_questions(
    admin: APIClient, cast: Cast, dataset: Dataset
) -> None:
    def questions(job: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(admin, job)
        return len(asked)

    small = start(cast, dataset, cap_per_class=1)
    large = start(cast, dataset, reviewers_per_item=2)
    for job, people in [(small, [cast.ana]), (large, [cast.ana, cast.ben])]:
        for person in people:
            annotator = Annotator(client_of(person), job)
            draw(annotator, outline(1), outline(2, label_class="Spoon"))
    assert questions(large) <= questions(small) <= 20


def test_the_page_of_a_check_is_another(admin: APIClient) -> None:
    answer = admin.get(f"/api/v1/jobs/{make_running_job(2).pk}/outlining/")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_outlines")


def test_the_preview_of_an_export_counts_objects_by_class(
    admin: APIClient, cast: Cast, dataset: Dataset
) -> None:
    make_class(dataset, "Fork")
    job = start(cast, dataset)
    ana = Annotator(client_of(cast.ana), job)
    finish(ana, draw(ana, outline(1), outline(2, label_class="Spoon")))
    ben = Annotator(client_of(cast.ben), job)
    draw(ben, outline(1))
    found = admin.get("/api/v1/exports/preview/", {"job": job}).json()
    assert (found["rows"], found["sample"]) == (3, [])
    assert found["objects"] == [
        {"label_class": "Cup", "finished": 1, "unfinished": 1},
        {"label_class": "Spoon", "finished": 1, "unfinished": 0},
    ]
    spoons = admin.get("/api/v1/exports/preview/", {"job": job, "label_classes": "Spoon"}).json()
    assert spoons["rows"] == 1
    judged = admin.get("/api/v1/exports/preview/", {"job": job, "outcome": "confirmed"})
    assert (judged.status_code, judged.json()["code"]) == (400, "outlines_by_class")
