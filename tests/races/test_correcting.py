"""Corrections sent at one moment from several tabs, and by several people."""

import os
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from labelapp.accounts.models import User
from labelapp.catalog.counts import differences
from labelapp.catalog.errors import DatasetBusy
from labelapp.catalog.models import Label, LabelClass
from labelapp.catalog.services import lock_dataset
from qa.correction.models import Answer, Item
from qa.correction.services import submit
from qa.jobs.dealing import claim
from qa.jobs.errors import AlreadySubmitted
from qa.jobs.models import Assignment, Job
from qa.jobs.services import reopen_batch, start_job
from qa.verification.models import Item as Checked
from tests.builders import make_class, make_dataset, make_job, make_labels, make_user
from tests.races.together import faults, together

pytestmark = pytest.mark.django_db(transaction=True)
RUNS = int(os.environ.get("RACE_RUNS", "3"))


def running(wrong: int, **fields: Any) -> Job:
    """A job that corrects so many crabs of a check."""
    dataset = make_dataset()
    make_labels(dataset, ["0.9"] * wrong)
    make_class(dataset, "shrimp")
    of = start_job(person=None, job_id=make_job(dataset).pk, force=True)
    Checked.objects.filter(job=of).update(outcome="disconfirmed")
    job = make_job(dataset, kind="correction", from_job=of, **fields)
    return start_job(person=None, job_id=job.pk, force=True)


def dealt(person: User, job: Job) -> Assignment:
    held = claim(person=person, job_id=job.pk, holding=[]).assignment
    assert held is not None
    return held


def sends(person: User, held: Assignment, key: str, value: str) -> Callable[[], dict[str, Any]]:
    items = Item.objects.filter(batch=held.batch_id).values_list("pk", flat=True)
    verdicts = {str(item): value for item in items}
    return lambda: submit(person=person, assignment_id=held.pk, verdicts=verdicts, key=key)


def test_of_two_tabs_that_send_a_batch_one_counts_and_the_other_hears_of_it() -> None:
    for _ in range(RUNS):
        job, person = running(5), make_user()
        held = dealt(person, job)
        results = together(
            sends(person, held, "one", "shrimp"), sends(person, held, "two", "none_of_these")
        )
        assert faults(results, AlreadySubmitted) == []
        (stands,) = [one for one in results if isinstance(one, dict)]
        answers = Answer.objects.filter(item__job=job)
        assert answers.count() == 5
        labels = Label.objects.filter(source=f"person:{person.username}").count()
        assert labels == stands["counts"]["class"] == answers.filter(value="class").count()
        assert differences() == []


def test_a_repeat_at_once_counts_once_and_hears_the_same_answer() -> None:
    for _ in range(RUNS):
        job, person = running(5), make_user()
        held = dealt(person, job)
        results = together(*[sends(person, held, "same", "shrimp")] * 4)
        assert faults(results) == []
        assert all(one == results[0] for one in results)
        assert Answer.objects.filter(item__job=job).count() == 5


def test_while_an_import_writes_a_submit_is_refused_soon_and_holds_nobody_up() -> None:
    job, person = running(5), make_user()
    held, other = dealt(person, job), make_user()
    holds, done = threading.Event(), threading.Event()

    def imports() -> None:
        with transaction.atomic():
            lock_dataset(job.dataset_id)
            holds.set()
            done.wait(30)
        connection.close()

    importing = threading.Thread(target=imports)
    importing.start()
    assert holds.wait(10)
    try:
        with pytest.raises(DatasetBusy):
            sends(person, held, "one", "shrimp")()
        assert claim(person=other, job_id=job.pk, holding=[]).reason == "all_dealt"
        assert not Answer.objects.exists()
    finally:
        done.set()
        importing.join()
    assert sends(person, held, "one", "shrimp")()["counts"]["class"] == 5


def test_people_who_name_a_new_class_at_once_make_it_once() -> None:
    for _ in range(RUNS):
        job = running(8, batch_size=2, allow_new_class=True)
        people = [make_user() for _ in range(4)]
        held = [dealt(person, job) for person in people]
        results = together(
            *(
                sends(person, one, "key", "new:Squid")
                for person, one in zip(people, held, strict=True)
            )
        )
        assert faults(results) == []
        assert LabelClass.objects.filter(dataset=job.dataset, name="Squid").count() == 1
        assert Label.objects.filter(label_class__name="Squid", origin=job.pk).count() == 8
        assert differences() == []


def test_of_two_tabs_that_send_a_batch_anew_one_replaces_the_answers() -> None:
    for _ in range(RUNS):
        job, person = running(3), make_user()
        held = dealt(person, job)
        sends(person, held, "first", "shrimp")()
        reopen_batch(person=person, assignment_id=held.pk)
        results = together(
            sends(person, held, "again", "crab"), sends(person, held, "too", "unsure")
        )
        assert faults(results, AlreadySubmitted) == []
        counting = Answer.objects.filter(item__job=job, replaced_at=None)
        assert counting.count() == 3
        assert Answer.objects.filter(item__job=job).count() == 6
        said = Label.objects.filter(source=f"person:{person.username}")
        assert set(said) == {one.label for one in counting if one.label}
        assert differences() == []
