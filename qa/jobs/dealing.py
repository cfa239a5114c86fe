"""Who gets which batch next.

A claim answers the caller's oldest open batch that they do not hold on the screen yet; else it deals a
new one: a returned batch before a fresh one, then the lowest number, staying with the class the person
last worked on until that class has nothing for them.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from labelapp.accounts.models import User
from qa.jobs import leases, locks
from qa.jobs.errors import TooManyOpen
from qa.jobs.models import (
    LIVE,
    Assignment,
    AssignmentState,
    Batch,
    DealCursor,
    Job,
    JobState,
    Share,
)

MOST_OPEN = 3


class Reason(StrEnum):
    """Why nothing was dealt."""

    FINISHED = "finished"
    DONE_FOR_YOU = "done_for_you"
    ALL_DEALT = "all_dealt"
    PAUSED = "paused"
    CLOSED = "closed"
    STARTING = "starting"


@dataclass(frozen=True)
class Claim:
    """The answer to a claim: an assignment, or the reason why there is none.

    `available_at` is the earliest end of a lease that this person may take over.
    """

    job: Job
    share: Share
    assignment: Assignment | None = None
    place_in_hand: int = 0
    reason: Reason | None = None
    available_at: datetime | None = None


_NOT_WORKED_ON = {
    JobState.DRAFT: Reason.STARTING,
    JobState.STARTING: Reason.STARTING,
    JobState.PAUSED: Reason.PAUSED,
    JobState.CLOSED: Reason.CLOSED,
}


@transaction.atomic
def claim(*, person: User, job_id: UUID, holding: list[UUID]) -> Claim:
    """Answer an open assignment of the person that is not in `holding`, else deal a new one.

    Keeps invariant 3: never more live assignments than reviewers wanted, none twice to one person.

    Raises:
        TooManyOpen: three batches are open already and all of them in `holding`.
    """
    now = timezone.now()
    job = locks.job_shared(job_id)
    share = locks.share(job, person)
    if job.state in {JobState.DRAFT, JobState.STARTING, JobState.CLOSED}:
        return Claim(job, share, reason=_NOT_WORKED_ON[JobState(job.state)])
    leases.renew(person=person, job=job, now=now)
    in_hand = list(
        Assignment.objects.filter(person=person, job=job, state=AssignmentState.DEALT)
        .select_related("batch")
        .order_by("dealt_at", "pk")
    )
    for place, assignment in enumerate(in_hand):
        if assignment.pk not in holding:
            return Claim(job, share, assignment, place)
    if job.state == JobState.PAUSED:
        return Claim(job, share, reason=Reason.PAUSED)
    if len(in_hand) >= MOST_OPEN:
        raise TooManyOpen
    leases.expire_overdue(job.pk, now)
    batch = _next_batch(job, person, share)
    if batch is None:
        return _nothing(job, person, share)
    assignment = leases.take_place(job=job, batch=batch, person=person, now=now)
    assignment.batch = batch
    _remember(share, batch)
    return Claim(job, share, assignment, len(in_hand))


def _open_to(person: User, job: Job) -> "QuerySet[Batch]":
    """Batches with a free place that this person has not had (or holds)."""
    theirs = Assignment.objects.filter(batch=OuterRef("pk"), person=person, state__in=LIVE)
    return Batch.objects.filter(~Exists(theirs), job=job, places__gt=0)


def _next_batch(job: Job, person: User, share: Share) -> Batch | None:
    """The batch to deal, locked; None when there is none for this person.

    Rows that another claim has locked are passed over, since they are most likely being taken. Only
    when that leaves nothing does the last query wait for them: their claims may take one place of two.
    """
    free = _open_to(person, job)
    queries = [(free, True), (free, False)]
    if share.last_class_id:
        same = free.filter(label_class=share.last_class_id)
        start = (
            DealCursor.objects.filter(job=job, person=person, label_class=share.last_class_id)
            .values_list("next_number", flat=True)
            .first()
        )
        queries = [
            (same.filter(returned=True), True),
            (same.filter(number__gte=start or 0), True),
            (same, True),
            *queries,
        ]
    for batches, pass_over_locked in queries:
        found = (
            batches.order_by("-returned", "number")
            .select_for_update(skip_locked=pass_over_locked, no_key=True, of=("self",))
            .first()
        )
        if found is not None:
            return found
    return None


def _remember(share: Share, batch: Batch) -> None:
    """Where to go on: this class, after this batch.

    The cursor may pass a batch that another claim had locked; the query without it finds that batch
    before the class is left.
    """
    share.last_class_id = batch.label_class_id
    share.save(update_fields=["last_class"])
    if not batch.returned:
        DealCursor.objects.bulk_create(
            [
                DealCursor(
                    job_id=share.job_id,
                    person_id=share.person_id,
                    label_class_id=batch.label_class_id,
                    next_number=batch.number + 1,
                )
            ],
            update_conflicts=True,
            unique_fields=["job", "person", "label_class"],
            update_fields=["next_number"],
        )


def _nothing(job: Job, person: User, share: Share) -> Claim:
    """Why there is nothing for this person now, and when there may be."""
    dealt = Assignment.objects.filter(job=job, state=AssignmentState.DEALT)
    theirs = Assignment.objects.filter(batch=OuterRef("batch"), person=person, state__in=LIVE)
    others = dealt.exclude(person=person)
    takeable = (
        others.filter(~Exists(theirs))
        .order_by("lease_expires_at")
        .values_list("lease_expires_at", flat=True)
        .first()
    )
    if takeable is not None:
        return Claim(job, share, reason=Reason.ALL_DEALT, available_at=takeable)
    if others.exists() or Batch.objects.filter(job=job, places__gt=0).exists():
        return Claim(job, share, reason=Reason.DONE_FOR_YOU)
    if dealt.exists():
        return Claim(job, share, reason=Reason.ALL_DEALT)
    return Claim(job, share, reason=Reason.FINISHED)
