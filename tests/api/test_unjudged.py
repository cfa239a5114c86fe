"""Jobs of only what nobody has judged yet."""

from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from labelapp.catalog.counts import recount
from labelapp.catalog.models import Dataset, Image, Label
from labelapp.catalog.services import merge_class
from qa.jobs.models import Job
from qa.verification.chosen import chosen_by
from qa.verification.models import Item
from tests.api.reviewing import Reviewer
from tests.builders import make_class, make_dataset, make_user
from tests.cast import assemble, client_of

pytestmark = pytest.mark.django_db
JOBS = "/api/v1/jobs/"
OLD, NEW = "model:fruit@1", "model:fruit@2"
REFS = ("judged", "left", "renamed", "named")
BOX: dict[str, Any] = {"box": [0, 0, 9, 9]}


@pytest.fixture
def admin(db: None) -> APIClient:
    return client_of(assemble().admin)


@pytest.fixture
def dataset(db: None) -> Dataset:
    """Of four crabs a first job was made; the second version calls one of them a cod."""
    found = make_dataset()
    for ref in REFS:
        image = Image.objects.create(dataset=found, ref=ref, location="placeholder:")
        label(image, OLD, "crab")
        label(image, NEW, "cod" if ref == "renamed" else "crab")
    return found


def label(image: Image, source: str, name: str, **more: Any) -> Label:
    made = Label.objects.create(
        image=image, label_class=make_class(image.dataset, name), source=source, **more
    )
    recount(image.dataset_id, [made.label_class_id])
    return made


def picture(dataset: Dataset, ref: str) -> Image:
    return Image.objects.get(dataset=dataset, ref=ref)


def started(admin: APIClient, dataset: Dataset, **more: Any) -> Job:
    given = {"name": "check", "dataset": str(dataset.pk), "source": NEW, **more}
    made = admin.post(JOBS, given, format="json").json()
    admin.post(f"{JOBS}{made['id']}/start/", {"force": True}, format="json")
    return Job.objects.get(pk=made["id"])


def judge(job: Job, *refs: str, value: str = "confirm") -> None:
    """Somebody judges a job of these pictures."""
    Reviewer(client_of(make_user()), job.pk).work(value)
    assert set(job.frozen_items.values_list("image__ref", flat=True)) == set(refs)


def left(admin: APIClient, dataset: Dataset, **more: Any) -> set[str]:
    """The pictures that a job of the rest would take, and takes."""
    more = {"source": NEW, "unjudged": True, **more}
    body = {"dataset": str(dataset.pk), **more}
    preview = admin.post(f"{JOBS}preview/", body, format="json").json()
    job = started(admin, dataset, **more)
    refs = set(Item.objects.filter(job=job).values_list("image__ref", flat=True))
    assert preview["items"] == job.items == len(refs)
    assert {one["image"] for one in preview["sample"]} <= {
        str(pk) for pk in Image.objects.filter(ref__in=refs).values_list("pk", flat=True)
    }
    return refs


def first_job(admin: APIClient, dataset: Dataset, **more: Any) -> Job:
    """A job of the first version's crabs but "left", with a batch for each picture."""
    Label.objects.filter(image__ref="left", source=OLD).delete()
    recount(dataset.pk, dataset.classes.values_list("pk", flat=True))
    return started(admin, dataset, source=OLD, **more)


@pytest.mark.parametrize("value", ["confirm", "disconfirm", "unsure"])
def test_what_was_judged_under_another_source_is_left_out_but_not_under_another_class(
    admin: APIClient, dataset: Dataset, value: str
) -> None:
    judge(first_job(admin, dataset), "judged", "renamed", "named", value=value)
    assert left(admin, dataset) == {"left", "renamed"}
    assert left(admin, dataset, label_classes=["crab"], order="uncertainty") == {"left"}
    assert left(admin, dataset, changed_since=OLD) == {"left", "renamed"}
    assert left(admin, dataset, unjudged=False) == set(REFS)


def test_what_lies_in_a_job_and_waits_is_asked_again(admin: APIClient, dataset: Dataset) -> None:
    first_job(admin, dataset)
    assert left(admin, dataset) == set(REFS)


def test_one_verdict_of_two_that_are_wanted_counts(admin: APIClient, dataset: Dataset) -> None:
    job = first_job(admin, dataset, reviewers_per_item=2)
    judge(job, "judged", "renamed", "named")
    assert left(admin, dataset) == {"left", "renamed"}


def test_a_job_in_the_bin_has_judged_nothing(admin: APIClient, dataset: Dataset) -> None:
    job = first_job(admin, dataset)
    judge(job, "judged", "renamed", "named")
    admin.post(f"{JOBS}{job.pk}/close/")
    admin.delete(f"{JOBS}{job.pk}/", {"name": job.name}, format="json")
    assert left(admin, dataset) == set(REFS)


def test_what_a_person_named_needs_no_judgement(admin: APIClient, dataset: Dataset) -> None:
    named = label(picture(dataset, "named"), "person:ana", "crab")
    label(picture(dataset, "left"), "person:ana", "cod")
    assert left(admin, dataset) == {"judged", "left", "renamed"}
    assert left(admin, dataset, source="person:ana") == {"named", "left"}
    assert named.items.count() == 1


def test_a_part_of_a_picture_is_not_the_whole(admin: APIClient, dataset: Dataset) -> None:
    judge(first_job(admin, dataset), "judged", "renamed", "named")
    label(picture(dataset, "judged"), NEW, "crab", region=BOX)
    assert left(admin, dataset) == {"judged", "left", "renamed"}
    judge(started(admin, dataset, unjudged=True), "judged", "left", "renamed")
    assert (
        admin.post(
            f"{JOBS}preview/", {"dataset": str(dataset.pk), "unjudged": True}, format="json"
        ).json()["items"]
        == 0
    )


def test_a_class_that_was_merged_since_is_the_one_it_became(
    admin: APIClient, dataset: Dataset
) -> None:
    Label.objects.filter(source=OLD).update(label_class=make_class(dataset, "crabs"))
    judge(first_job(admin, dataset), "judged", "renamed", "named")
    old, new = make_class(dataset, "crabs"), make_class(dataset, "crab")
    merge_class(person=make_user(), label_class=old, into=new)
    assert left(admin, dataset) == {"left", "renamed"}


def test_it_says_so_and_only_checks_have_it(admin: APIClient, dataset: Dataset) -> None:
    given = {"name": "rest", "dataset": str(dataset.pk), "unjudged": True}
    made = admin.post(JOBS, given, format="json").json()
    assert made["unjudged"] is True
    address = f"{JOBS}{made['id']}/"
    assert admin.patch(address, {"unjudged": False}, format="json").json()["unjudged"] is False
    outlines = admin.post(JOBS, {**given, "kind": "segmentation"}, format="json").json()
    assert outlines["unjudged"] is False


def test_a_million_labels_are_matched_by_joins_not_one_by_one(
    admin: APIClient, dataset: Dataset
) -> None:
    first_job(admin, dataset)
    draft = Job(dataset=dataset, unjudged=True)
    sql, parameters = chosen_by(draft).labels().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", parameters)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "SubPlan" not in plan, plan
    assert plan.count("Anti Join") == 3, plan
