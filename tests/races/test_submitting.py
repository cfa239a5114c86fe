"""Submitting on the real database, by threads that start together. Invariants 1, 2, 4 and 5."""

import os
from collections.abc import Callable
from typing import Any

import pytest

from labelapp.accounts.models import User
from labelapp.accounts.roles import Role
from qa.jobs.dealing import claim
from qa.jobs.drafts import Draft, put_draft
from qa.jobs.errors import AlreadySubmitted, JobClosed, StaleDraft
from qa.jobs.models import Assignment, Job
from qa.jobs.services import close_job, reopen_batch
from qa.verification.models import Item, Tally, Verdict
from qa.verification.services import submit
from qa.verification.verify import differences
from tests.builders import make_dataset, make_labels, make_running_job, make_user
from tests.races.together import faults, together

pytestmark = pytest.mark.django_db(transaction=True)
RUNS = int(os.environ.get("RACE_RUNS", "3"))


def dealt(person: User, job: Job) -> Assignment:
    held = claim(person=person, job_id=job.pk, holding=[]).assignment
    assert held is not None
    return held


def submits(
    person: User, held: Assignment, key: str, value: str = "confirm"
) -> Callable[[], dict[str, Any]]:
    items = Item.objects.filter(batch=held.batch_id).values_list("pk", flat=True)
    verdicts = {str(item): value for item in items}
    return lambda: submit(person=person, assignment_id=held.pk, verdicts=verdicts, key=key)


def test_one_key_at_once_counts_once_and_all_hear_the_same_answer() -> None:
    for _ in range(RUNS):
        job, person = make_running_job(25), make_user()
        held = dealt(person, job)
        results = together(*(submits(person, held, "same") for _ in range(6)))
        assert faults(results) == []
        assert all(one == results[0] for one in results)
        assert Verdict.objects.filter(item__job=job).count() == 25
        assert differences() == []


def test_several_keys_at_once_count_once() -> None:
    for _ in range(RUNS):
        job, person = make_running_job(25), make_user()
        held = dealt(person, job)
        results = together(*(submits(person, held, f"key {number}") for number in range(6)))
        assert faults(results, AlreadySubmitted) == []
        assert len([one for one in results if isinstance(one, dict)]) == 1
        assert Verdict.objects.filter(item__job=job).count() == 25
        assert differences() == []


def test_reviewers_of_one_batch_at_once_are_all_counted() -> None:
    for _ in range(RUNS):
        job = make_running_job(25, reviewers_per_item=5)
        people = [make_user() for _ in range(5)]
        held = [dealt(person, job) for person in people]
        values = ["confirm", "disconfirm", "unsure", "confirm", "confirm"]
        results = together(
            *(
                submits(person, one, "key", value)
                for person, one, value in zip(people, held, values, strict=True)
            )
        )
        assert faults(results) == []
        counts = Item.objects.filter(job=job).values_list(
            "confirm_count", "disconfirm_count", "unsure_count", "outcome"
        )
        assert set(counts) == {(3, 1, 1, "split")}
        assert differences() == []


def test_batches_of_one_bin_at_once_move_its_tally_together() -> None:
    """All items share one confidence, so every submit moves the same two tallies."""
    for _ in range(RUNS):
        dataset = make_dataset()
        make_labels(dataset, ["0.99"] * 200)
        job = make_running_job(0, dataset=dataset)
        people = [make_user() for _ in range(8)]
        results = together(*(submits(person, dealt(person, job), "key") for person in people))
        assert faults(results) == []
        assert Tally.objects.get(job=job, outcome="confirmed").count == 200
        assert differences() == []


def test_a_replaced_batch_and_another_reviewers_submit_do_not_lose_a_count() -> None:
    for _ in range(RUNS):
        job = make_running_job(25, reviewers_per_item=2)
        ana, ben = make_user(), make_user()
        first, second = dealt(ana, job), dealt(ben, job)
        submits(ana, first, "first")()
        reopen_batch(person=ana, assignment_id=first.pk)
        results = together(
            submits(ana, first, "again", "disconfirm"), submits(ben, second, "first", "disconfirm")
        )
        assert faults(results) == []
        assert set(Item.objects.filter(job=job).values_list("outcome", flat=True)) == {
            "disconfirmed"
        }
        assert differences() == []


def test_a_job_closed_in_the_middle_counts_a_batch_wholly_or_keeps_it_as_a_draft() -> None:
    for _ in range(RUNS * 2):
        job, admin = make_running_job(100), make_user(role=Role.ADMIN)
        people = [make_user() for _ in range(4)]
        held = [dealt(person, job) for person in people]
        results = together(
            *(submits(person, one, "key") for person, one in zip(people, held, strict=True)),
            lambda: close_job(person=admin, job_id=job.pk),
        )
        assert faults(results, JobClosed) == []
        for one, result in zip(held, results, strict=False):
            one.refresh_from_db()
            refused = isinstance(result, JobClosed)
            assert one.state == ("dealt" if refused else "submitted")
            assert (one.draft is not None) == refused
        assert differences() == []


def test_the_newest_marks_of_two_tabs_win() -> None:
    for _ in range(RUNS):
        job, person = make_running_job(5), make_user()
        held = dealt(person, job)
        item = str(Item.objects.filter(batch=held.batch_id).values_list("pk", flat=True)[0])

        def put(
            revision: int, held: Assignment = held, item: str = item, person: User = person
        ) -> None:
            draft = Draft(verdicts={item: "unsure"}, revision=revision, client=f"tab {revision}")
            put_draft(person=person, assignment_id=held.pk, draft=draft)

        results = together(*(lambda number=number: put(number) for number in range(1, 7)))
        assert faults(results, StaleDraft) == []
        held.refresh_from_db()
        assert (held.draft_revision, held.draft_client) == (6, "tab 6")
