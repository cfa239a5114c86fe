"""Corrected labels in exports: a class that somebody gave counts as confirmed."""

import pytest

from labelapp.catalog.models import LabelClass
from labelapp.catalog.services import merge_class
from qa.jobs.models import Job
from qa.jobs.services import delete_job
from tests.api.correcting import check, correction, shellfish
from tests.api.exporting import PREVIEW, get, objects, rows
from tests.api.reviewing import Reviewer
from tests.cast import Cast

# An export reads on a connection of its own, so what it reads must be committed.
pytestmark = pytest.mark.django_db(transaction=True)


def corrected(cast: Cast) -> tuple[str, Reviewer]:
    """Two lobsters that are shrimps, one that is none of the classes; the check and the correction."""
    dataset = shellfish(wrong=3)
    of = check(cast, dataset)
    ana = correction(cast, dataset, of)
    batch = ana.take()
    answers = ("shrimp", "shrimp", "none_of_these")
    ana.send(batch, {one["id"]: say for one, say in zip(batch["items"], answers, strict=True)})
    return of, ana


def test_the_confirmed_of_a_dataset_hold_what_people_corrected(cast: Cast) -> None:
    _, ana = corrected(cast)
    dataset = Job.objects.get(pk=ana.job_id).dataset_id
    found = rows(cast, dataset=dataset, outcome="confirmed")
    assert [(row["label"], row["source"]) for row in found] == [
        ("crab", "model.csv"),
        ("crab", "model.csv"),
        ("shrimp", "person:ana"),
        ("shrimp", "person:ana"),
    ]
    assert {row["job"] for row in found if row["label"] == "shrimp"} == {ana.job_id}
    assert {row["confirm_count"] for row in found} == {"1"}
    assert get(cast.analyst, PREVIEW, dataset=dataset, outcome="confirmed").json()["rows"] == 4
    latest = rows(cast, dataset=dataset, latest="true")
    assert [row["outcome"] for row in latest].count("disconfirmed") == 3
    assert len(latest) == 7


def test_the_row_of_a_wrong_label_names_what_it_was_corrected_to(cast: Cast) -> None:
    of, ana = corrected(cast)
    wrong = objects(cast, job=of, outcome="disconfirmed")
    names = sorted((row["corrected_label"] for row in wrong), key=str)
    assert names == [None, "shrimp", "shrimp"]
    crab = LabelClass.objects.get(name="crab")
    shrimp = LabelClass.objects.get(name="shrimp")
    merge_class(person=cast.admin, label_class=shrimp, into=crab)
    again = objects(cast, job=of, outcome="disconfirmed")
    assert sorted((row["corrected_label"] for row in again), key=str) == [None, "crab", "crab"]
    Job.objects.filter(pk=ana.job_id).update(state="closed")
    delete_job(person=cast.admin, job_id=Job.objects.get(pk=ana.job_id).pk, name="a job")
    gone = objects(cast, job=of, outcome="disconfirmed")
    assert {row["corrected_label"] for row in gone} == {None}


def test_a_job_of_corrections_exports_each_label_as_it_is_now(cast: Cast) -> None:
    _, ana = corrected(cast)
    found = objects(cast, job=ana.job_id, reviewers="true")
    assert [(row["label"], row["outcome"], row["source"]) for row in found] == [
        ("lobster", "disconfirmed", "model.csv"),
        ("shrimp", "confirmed", "person:ana"),
        ("shrimp", "confirmed", "person:ana"),
    ]
    assert [row["reviewers"][0]["value"] for row in found] == ["disconfirm", "confirm", "confirm"]
    assert len(rows(cast, job=ana.job_id, label_classes="shrimp")) == 2
    assert len(rows(cast, job=ana.job_id, outcome="pending")) == 0
