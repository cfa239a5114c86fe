"""Datasets, their classes and labels, and the life of both."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from labelapp.accounts.models import AuditEntry
from labelapp.catalog import dependents, services
from labelapp.catalog.counts import differences
from labelapp.catalog.models import Blob, Dataset, Image, Label, LabelChange, LabelClass
from tests.api.importing import CSV, bring, picture, send, zip_of
from tests.builders import make_class, make_dataset, make_labels, make_running_job
from tests.cast import Cast, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lease_thread_sleeps")]
DATASETS = "/api/v1/datasets/"


@pytest.fixture
def admin(cast: Cast) -> APIClient:
    return client_of(cast.admin)


@pytest.fixture
def dataset() -> Dataset:
    """Three crabs (one without confidence), two lobsters."""
    made = make_dataset("sea")
    make_labels(made, ["0.81", "0.99", None], label_class="crab")
    make_labels(made, ["0.5", "1"], label_class="lobster")
    return made


def test_a_new_dataset_is_empty(admin: APIClient) -> None:
    answer = admin.post(DATASETS, {"name": "sea"}, format="json")
    assert answer.status_code == 201
    made = answer.json()
    assert {name: made[name] for name in ("name", "images", "labels", "classes")} == {
        "name": "sea", "images": 0, "labels": 0, "classes": 0,
    }  # fmt: skip
    assert admin.get(f"{DATASETS}{made['id']}/").json()["id"] == made["id"]


def test_a_name_is_given_once_in_any_case(admin: APIClient, dataset: Dataset) -> None:
    answer = admin.post(DATASETS, {"name": "SEA"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "dataset_name_taken")
    answer = admin.post(DATASETS, {"name": "  "}, format="json")
    assert answer.status_code == 400


def test_a_card_shows_counts_classes_and_five_pictures(
    admin: APIClient, dataset: Dataset, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        make_labels(make_dataset(), ["0.5"])
    with django_assert_max_num_queries(6):
        answer = admin.get(DATASETS).json()
    card = next(one for one in answer["results"] if one["name"] == "sea")
    assert (card["labels"], card["classes"], len(card["samples"])) == (5, 2, 5)
    assert [(one["label_class"]["name"], one["labels"]) for one in card["by_class"]] == [
        ("crab", 3), ("lobster", 2),
    ]  # fmt: skip
    shown = admin.get(card["samples"][0]["thumb_url"])
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")


def test_classes_come_with_their_counts(admin: APIClient, dataset: Dataset) -> None:
    answer = admin.get(f"{DATASETS}{dataset.pk}/classes/").json()["results"]
    crab = next(one for one in answer if one["name"] == "crab")
    assert (crab["labels"], crab["without"], crab["by_source"]) == (3, 1, {"model.csv": 3})
    assert crab["histogram"][16] == crab["histogram"][19] == 1
    lobster = next(one for one in answer if one["name"] == "lobster")
    assert lobster["histogram"][10] == lobster["histogram"][19] == 1


@pytest.mark.parametrize(
    ("wanted", "confidences"),
    [
        ({}, {0.81, 0.99, None, 0.5, 1.0}),
        ({"label_class": "crab"}, {0.81, 0.99, None}),
        ({"min_confidence": 0.81}, {0.81, 0.99, 1.0}),
        ({"max_confidence": 0.81}, {0.5}),
        ({"max_confidence": 1}, {0.5, 0.81, 0.99, 1.0}),
        ({"min_confidence": 0.815, "max_confidence": 0.995}, {0.99}),
        ({"source": "another"}, set()),
    ],
)
def test_labels_are_filtered(
    admin: APIClient, dataset: Dataset, wanted: dict[str, Any], confidences: set[float | None]
) -> None:
    answer = admin.get("/api/v1/labels/", {"dataset": str(dataset.pk), **wanted})
    assert {row["confidence"] for row in answer.json()["results"]} == confidences


def test_labels_come_in_pages(admin: APIClient, dataset: Dataset) -> None:
    url: str | None = f"/api/v1/labels/?dataset={dataset.pk}&page_size=2"
    seen = []
    while url:
        answer = admin.get(url).json()
        seen += [row["id"] for row in answer["results"]]
        url = answer["next"]
    assert sorted(map(UUID, seen)) == sorted(Label.objects.values_list("pk", flat=True))


def test_an_unknown_class_or_limit_is_refused(admin: APIClient, dataset: Dataset) -> None:
    url = f"/api/v1/labels/?dataset={dataset.pk}"
    assert admin.get(f"{url}&label_class=whale").json()["code"] == "unknown_class"
    assert admin.get(f"{url}&min_confidence=2").status_code == 400
    assert admin.get("/api/v1/labels/").status_code == 400


def test_a_class_is_renamed_and_keeps_its_id(admin: APIClient, dataset: Dataset) -> None:
    crab = make_class(dataset, "crab")
    answer = admin.patch(f"/api/v1/classes/{crab.pk}/", {"name": "King crab"}, format="json")
    assert answer.json() == {"id": str(crab.pk), "name": "King crab"}
    taken = admin.patch(f"/api/v1/classes/{crab.pk}/", {"name": "LOBSTER"}, format="json")
    assert (taken.status_code, taken.json()["code"]) == (409, "class_name_taken")


def test_a_class_is_named_before_any_label_has_it(admin: APIClient, dataset: Dataset) -> None:
    url = f"{DATASETS}{dataset.pk}/classes/"
    made = admin.post(url, {"name": "Sea  star"}, format="json")
    assert made.status_code == 201
    assert make_class(dataset, "sea STAR").pk == UUID(made.json()["id"])
    twice = admin.post(url, {"name": "SEA star"}, format="json").json()
    assert (twice["code"], twice["other"]) == ("class_name_taken", made.json()["id"])
    card = admin.get(f"{DATASETS}{dataset.pk}/").json()
    assert {one["label_class"]["name"]: one["labels"] for one in card["by_class"]}["Sea  star"] == 0


def test_the_name_of_a_merged_class_leads_to_what_it_became(
    admin: APIClient, cast: Cast, dataset: Dataset
) -> None:
    crab, lobster = make_class(dataset, "crab"), make_class(dataset, "lobster")
    services.merge_class(person=cast.admin, label_class=crab, into=lobster)
    taken = admin.post(f"{DATASETS}{dataset.pk}/classes/", {"name": "Crab"}, format="json").json()
    assert (taken["code"], taken["other"]) == ("class_name_taken", str(lobster.pk))


def test_a_dataset_has_no_more_classes_than_the_limit(
    admin: APIClient, dataset: Dataset, settings: Any
) -> None:
    settings.MAX_CLASSES_PER_DATASET = 2
    answer = admin.post(f"{DATASETS}{dataset.pk}/classes/", {"name": "whale"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_classes")
    assert dataset.classes.count() == 2


def test_merging_moves_labels_counts_and_later_imports(
    admin: APIClient, cast: Cast, dataset: Dataset
) -> None:
    crab, lobster = make_class(dataset, "crab"), make_class(dataset, "lobster")
    answer = admin.post(
        f"/api/v1/classes/{crab.pk}/merge/", {"into": str(lobster.pk)}, format="json"
    )
    assert (answer.status_code, answer.json()["labels"]) == (200, 5)
    assert differences() == []
    assert LabelChange.objects.filter(kind="merge").count() == 3
    assert admin.get(f"{DATASETS}{dataset.pk}/").json()["classes"] == 1
    file = CSV + "new.jpg,crab,0.5\n"
    found = bring(admin, dataset, file=file, missing_images="reference")
    assert found["state"] == "done"
    assert Label.objects.get(image__ref="new.jpg").label_class == lobster
    by_name = admin.get(f"/api/v1/labels/?dataset={dataset.pk}&label_class=crab").json()
    assert len(by_name["results"]) == 6


def test_where_both_classes_said_the_same_the_targets_label_stays_with_both_confidences(
    admin: APIClient, cast: Cast
) -> None:
    dataset = make_dataset()
    rows = "a.jpg,Crab,0.9\na.jpg,Krabbe,0.6\nb.jpg,Krabbe,0.5\n"
    bring(admin, dataset, file=CSV + rows, missing_images="reference")
    old, new = (LabelClass.objects.get(name=name) for name in ("Krabbe", "Crab"))
    services.merge_class(person=cast.admin, label_class=old, into=new)
    live = {(one.image.ref, one.confidence) for one in Label.objects.live()}
    assert live == {("a.jpg", 0.9), ("b.jpg", 0.5)}
    both = LabelChange.objects.get(label__image__ref="a.jpg")
    assert (both.before["confidence"], both.after["confidence"]) == (0.6, 0.9)
    assert differences() == []
    shown = admin.get("/api/v1/labels/", {"dataset": str(dataset.pk)}).json()["results"]
    assert len(shown) == 2


def test_a_merged_class_may_give_its_name_to_the_target(
    admin: APIClient, cast: Cast, dataset: Dataset
) -> None:
    crab, lobster = make_class(dataset, "crab"), make_class(dataset, "lobster")
    services.merge_class(person=cast.admin, label_class=crab, into=lobster)
    answer = admin.patch(f"/api/v1/classes/{lobster.pk}/", {"name": "Crab"}, format="json")
    assert answer.status_code == 200, answer.json()
    for name in ("Crab", "lobster"):
        found = bring(
            admin, dataset, file=CSV + f"{name}.jpg,{name},0.5\n", missing_images="reference"
        )
        assert found["state"] == "done", found["questions"]
        assert Label.objects.get(image__ref=f"{name}.jpg").label_class == lobster


@pytest.mark.parametrize("target", ["itself", "elsewhere", "merged"])
def test_a_merge_into_the_wrong_class_is_refused(
    admin: APIClient, cast: Cast, dataset: Dataset, target: str
) -> None:
    crab, lobster = make_class(dataset, "crab"), make_class(dataset, "lobster")
    into = {"itself": crab, "elsewhere": make_class(make_dataset()), "merged": lobster}[target]
    if target == "merged":
        services.merge_class(person=cast.admin, label_class=lobster, into=make_class(dataset, "x"))
    answer = admin.post(f"/api/v1/classes/{crab.pk}/merge/", {"into": str(into.pk)}, format="json")
    assert answer.json()["code"] == ("not_found" if target == "merged" else "cannot_merge")


def test_deleting_asks_for_the_name_and_can_be_undone(admin: APIClient, dataset: Dataset) -> None:
    url = f"{DATASETS}{dataset.pk}/"
    wrong = admin.delete(url, {"name": "see"}, format="json")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "name_does_not_match")
    assert admin.delete(url, {"name": "sea"}, format="json").status_code == 204
    assert admin.get(url).status_code == 404
    assert send(admin, dataset, file=CSV).status_code == 404
    [binned] = admin.get(f"{DATASETS}bin/").json()["results"]
    assert (binned["name"], binned["deleted_by"]) == ("sea", "admin")
    admin.post(DATASETS, {"name": "sea"}, format="json")
    assert admin.post(f"{url}restore/").json()["code"] == "dataset_name_taken"
    Dataset.objects.live().get(name="sea").delete()
    assert admin.post(f"{url}restore/").status_code == 200
    assert admin.get(url).json()["labels"] == 5


def test_a_dataset_that_something_rests_on_is_not_deleted(
    admin: APIClient, dataset: Dataset
) -> None:
    send(admin, dataset, file=CSV + "a.jpg,crab,0.5\n")
    answer = admin.delete(f"{DATASETS}{dataset.pk}/", {"name": "sea"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "dataset_in_use")
    assert answer.json()["holding"] == ["the import of “labels.csv”"]


def test_the_bin_is_emptied_after_thirty_days_with_everything_in_it(
    admin: APIClient, cast: Cast, dataset: Dataset, django_capture_on_commit_callbacks: Any
) -> None:
    other = make_dataset("other")
    shared, own = picture(), picture(60)
    bring(admin, other, images=zip_of({"a.jpg": shared}))
    bring(admin, dataset, images=zip_of({"a.jpg": shared, "b.jpg": own}))
    services.delete_dataset(person=cast.admin, dataset=dataset, name="sea")
    assert services.purge_bin() == 0
    Dataset.objects.filter(pk=dataset.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        assert services.purge_bin() == 1
    assert not Dataset.objects.filter(pk=dataset.pk).exists()
    assert not Image.objects.filter(dataset=dataset.pk).exists()
    assert Blob.objects.count() == 1
    assert AuditEntry.objects.filter(action="dataset.purge", subject="sea").exists()


def test_analysts_read_and_labelers_do_not(cast: Cast, dataset: Dataset) -> None:
    analyst, labeler = client_of(cast.analyst), client_of(cast.ana)
    assert analyst.get(f"{DATASETS}{dataset.pk}/").status_code == 200
    assert analyst.post(DATASETS, {"name": "x"}, format="json").status_code == 403
    assert labeler.get(DATASETS).status_code == 403
    assert labeler.get("/api/v1/labels/").status_code == 403


def test_a_running_job_keeps_its_dataset(admin: APIClient) -> None:
    job = make_running_job(3)
    if not dependents.holding(job.dataset_id):
        pytest.fail("qa.jobs does not say which running jobs rest on a dataset")
    url = f"{DATASETS}{job.dataset_id}/"
    answer = admin.delete(url, {"name": job.dataset.name}, format="json")
    assert answer.json()["code"] == "dataset_in_use"
    assert job.name in answer.json()["detail"]
