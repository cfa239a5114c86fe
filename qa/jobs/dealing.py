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
from django.db.models import Exists, OuterRef
from django.utils import timezone

from labelapp.accounts.models import User
from qa.jobs import leases, locks, picking, selectors
from qa.jobs.errors import TooManyOpen
from qa.jobs.models import (
    HAD,
    Assignment,
    AssignmentState,
    Batch,
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


def claim(*, person: User, job_id: UUID, holding: list[UUID]) -> Claim:
    """Answer an open assignment of the person that is not in `holding`, else deal a new one.

    Mostly a batch is at hand. Only when none is, or leases are overdue, those are ended, in a
    transaction of its own, and the second try waits for what others have locked: whoever waits for a
    batch may hold no other.

    Keeps invariant 3: never more live assignments than reviewers wanted, none twice to one person.

    Raises:
        JobNotFound: there is none, or not for this person.
        TooManyOpen: three batches are open already and all of them in `holding`.
    """
    now = timezone.now()
    patient = False
    while (answer := _claim(person, job_id, holding, now, patient=patient)) is None:
        leases.expire_overdue(job_id, now)
        patient = True
    return answer


@transaction.atomic
def _claim(
    person: User, job_id: UUID, holding: list[UUID], now: datetime, *, patient: bool
) -> Claim | None:
    """None when one that is not `patient` has to come again, since no batch is simply at hand."""
    job, share, overdue = locks.job_and_share(job_id, person, now)
    selectors.check_sees(person, job)
    share = share or locks.first_share(job, person)
    if job.state in {JobState.DRAFT, JobState.STARTING, JobState.CLOSED}:
        return Claim(job, share, reason=_NOT_WORKED_ON[JobState(job.state)])
    in_hand = leases.renew(person=person, job=job, now=now)
    for place, assignment in enumerate(in_hand):
        if assignment.pk not in holding:
            return Claim(job, share, assignment, place)
    if job.state == JobState.PAUSED:
        return Claim(job, share, reason=Reason.PAUSED)
    if len(in_hand) >= MOST_OPEN:
        raise TooManyOpen
    search = picking.next_batch if patient else picking.batch_at_hand
    batch = None if overdue and not patient else search(job, person, share)
    if batch is None:
        return _nothing(job, person, share) if patient else None
    assignment = leases.take_place(job=job, batch=batch, share=share, now=now)
    return Claim(job, share, assignment, len(in_hand))


def _nothing(job: Job, person: User, share: Share) -> Claim:
    """Why there is nothing for this person now, and when there may be."""
    dealt = Assignment.objects.filter(job=job, state=AssignmentState.DEALT)
    theirs = Assignment.objects.filter(batch=OuterRef("batch"), person=person, state__in=HAD)
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
