"""What was judged so far, over all jobs; and labels that come with their pictures."""

import pytest

from labelapp.catalog import services as catalog
from qa.jobs.services import close_job
from tests.api.reviewing import Reviewer
from tests.builders import make_class, make_dataset, make_labels, make_running_job
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


def test_it_counts_each_label_once_where_two_jobs_judged_the_same(cast: Cast) -> None:
    job = make_running_job(30)
    again = make_running_job(dataset=job.dataset, items=0)
    Reviewer(client_of(cast.ana), job.pk).work()
    Reviewer(client_of(cast.ben), again.pk).submit(Reviewer(client_of(cast.ben), again.pk).take())
    answer = client_of(cast.analyst).get("/api/v1/overview/").json()
    crab = make_class(job.dataset)
    assert answer["checked"] == [
        {"dataset": str(job.dataset_id), "label_class": str(crab.pk), "labels": 30}
    ]


def test_it_follows_a_merged_class(cast: Cast) -> None:
    dataset = make_dataset()
    make_labels(dataset, ["0.9"] * 2, label_class="carb")
    job = make_running_job(dataset=dataset, items=0)
    Reviewer(client_of(cast.ana), job.pk).work()
    close_job(person=cast.admin, job_id=job.pk)
    crab = make_class(dataset, "crab")
    catalog.merge_class(person=cast.admin, label_class=make_class(dataset, "carb"), into=crab)
    (row,) = client_of(cast.admin).get("/api/v1/overview/").json()["checked"]
    assert (row["label_class"], row["labels"]) == (str(crab.pk), 2)


def test_it_names_open_jobs_with_items_in_dispute_until_they_are_closed(cast: Cast) -> None:
    job = make_running_job(5)
    Reviewer(client_of(cast.ana), job.pk).work("unsure")
    api = client_of(cast.admin)
    (row,) = api.get("/api/v1/overview/").json()["disputed"]
    assert row == {
        "job": {"id": str(job.pk), "name": job.name},
        "dataset": str(job.dataset_id),
        "items": 5,
    }
    close_job(person=cast.admin, job_id=job.pk)
    assert api.get("/api/v1/overview/").json()["disputed"] == []


def test_it_is_nothing_for_labelers(cast: Cast) -> None:
    assert client_of(cast.ana).get("/api/v1/overview/").status_code == 403


def test_labels_come_with_the_address_of_their_picture(cast: Cast) -> None:
    dataset = make_dataset()
    make_labels(dataset, ["0.9"])
    api = client_of(cast.analyst)
    (label,) = api.get(f"/api/v1/labels/?dataset={dataset.pk}").json()["results"]
    assert label["thumb_url"].startswith(f"/images/{label['image']}/thumb?")
