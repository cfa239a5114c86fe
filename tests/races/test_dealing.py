"""Dealing on the real database, by threads that start together. Invariants 2 and 3."""

import os
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from labelapp.accounts.models import User
from qa.jobs import picking
from qa.jobs.dealing import Reason, claim
from qa.jobs.errors import LeaseLost
from qa.jobs.models import LIVE, Assignment, Batch, Job, Share
from qa.verification.models import Item
from qa.verification.services import submit
from qa.verification.verify import differences
from tests.builders import make_dataset, make_labels, make_running_job, make_user
from tests.races.together import faults, together

pytestmark = pytest.mark.django_db(transaction=True)
RUNS = int(os.environ.get("RACE_RUNS", "3"))
SHELLFISH = {"Crab": 45, "Crawdad": 68, "Lobster": 53, "Scorpion": 77, "Shrimp": 2}


def shellfish_job() -> Job:
    """13 batches, as the published job has them, with two reviewers: 26 assignments."""
    dataset = make_dataset()
    for name, count in SHELLFISH.items():
        make_labels(dataset, ["0.9"] * count, label_class=name)
    return make_running_job(0, dataset=dataset, reviewers_per_item=2)


def works_through(person: User, job: Job) -> Callable[[], list[Assignment]]:
    """Claims and submits until there is nothing; what it was dealt."""

    def work() -> list[Assignment]:
        dealt = []
        while (held := claim(person=person, job_id=job.pk, holding=[]).assignment) is not None:
            items = Item.objects.filter(batch=held.batch_id).values_list("pk", flat=True)
            submit(
                person=person,
                assignment_id=held.pk,
                verdicts={str(item): "confirm" for item in items},
                key=str(held.pk),
            )
            dealt.append(held)
        return dealt

    return work


@pytest.mark.parametrize("clients", [2, 8])
@pytest.mark.parametrize("run", range(RUNS))
def test_everything_is_dealt_and_nothing_twice(clients: int, run: int) -> None:
    job = shellfish_job()
    people = [make_user() for _ in range(clients)]
    results = together(*(works_through(person, job) for person in people))
    assert faults(results) == []
    dealt = [assignment for one in results for assignment in one]
    assert len(dealt) == 26
    assert max(Counter((one.batch_id, one.person_id) for one in dealt).values()) == 1
    assert set(Counter(one.batch_id for one in dealt).values()) == {2}
    assert differences() == []


def test_nobody_is_told_that_nothing_is_left_while_another_holds_the_row() -> None:
    for _ in range(RUNS * 5):
        job = make_running_job(3, reviewers_per_item=8)
        people = [make_user() for _ in range(8)]
        results = together(
            *(
                lambda person=person: claim(person=person, job_id=job.pk, holding=[])
                for person in people
            )
        )
        assert faults(results) == []
        assert [one.reason for one in results] == [None] * 8


def test_two_claims_of_one_person_at_once_do_not_deal_one_batch_twice() -> None:
    for _ in range(RUNS * 3):
        job = make_running_job(100, reviewers_per_item=2)
        person = make_user()
        results = together(
            *(lambda: claim(person=person, job_id=job.pk, holding=[]) for _ in range(4))
        )
        assert faults(results) == []
        batches = {one.assignment.batch_id for one in results}
        live = Assignment.objects.filter(job=job, state__in=LIVE)
        assert len(batches) == live.count() == 1
        assert differences() == []


def test_an_expired_batch_is_taken_over_by_one_person_only() -> None:
    for _ in range(RUNS * 3):
        job = make_running_job(20)
        late = make_user()
        held = claim(person=late, job_id=job.pk, holding=[]).assignment
        assert held is not None
        Assignment.objects.filter(pk=held.pk).update(
            lease_expires_at=timezone.now() - timedelta(seconds=1)
        )
        items = list(Item.objects.filter(batch=held.batch_id).values_list("pk", flat=True))

        def late_submit(
            held: Assignment = held, items: list[UUID] = items, late: User = late
        ) -> object:
            verdicts = {str(item): "confirm" for item in items}
            return submit(person=late, assignment_id=held.pk, verdicts=verdicts, key="late")

        others = [make_user() for _ in range(4)]
        results = together(
            late_submit,
            *(
                lambda person=person: claim(person=person, job_id=job.pk, holding=[])
                for person in others
            ),
        )
        assert faults(results, LeaseLost) == []
        live = Assignment.objects.filter(job=job, state__in=LIVE)
        assert live.count() == 1
        assert Batch.objects.get(job=job).places == 0
        reasons = {one.reason for one in results[1:] if one.assignment is None}
        assert reasons <= {Reason.ALL_DEALT, Reason.FINISHED}
        assert differences() == []


def test_a_claim_that_ended_leases_holds_their_batches_no_longer_when_it_searches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else it would wait for one batch and hold others, which the one it waits for may want."""
    job = make_running_job(25, reviewers_per_item=2)
    assert claim(person=make_user(), job_id=job.pk, holding=[]).assignment is not None
    dealt = Assignment.objects.filter(job=job)
    dealt.update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    search, locked = picking.next_batch, []

    def lock_now() -> int:
        with transaction.atomic():
            return len(Batch.objects.filter(job=job).select_for_update(nowait=True))

    def others_lock_first(job: Job, person: User, share: Share) -> Batch | None:
        locked.extend(together(lock_now))
        return search(job, person, share)

    monkeypatch.setattr(picking, "next_batch", others_lock_first)
    assert claim(person=make_user(), job_id=job.pk, holding=[]).assignment is not None
    assert locked == [1]
    assert set(dealt.values_list("state", flat=True)) == {"expired", "dealt"}


def test_a_search_that_finds_nothing_gives_back_what_it_locked() -> None:
    """Else it would wait for one batch and hold another: 1 of 100 runs above ended in a deadlock."""
    job = make_running_job(25)
    batches = Batch.objects.filter(job=job)

    def lock_and_find_nothing() -> None:
        batches.select_for_update().get()

    def lock_now() -> int:
        with transaction.atomic():
            return len(batches.select_for_update(nowait=True))

    with transaction.atomic():
        assert picking.locked_if_found(lock_and_find_nothing) is None
        assert together(lock_now) == [1]
