"""Pictures that somebody could not outline: given up for good by one, dealt to the next."""

from collections import Counter, defaultdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from labelapp.accounts.models import User
from labelapp.catalog.storage import thumb_url
from qa.jobs import leases, locks
from qa.jobs.errors import AlreadySubmitted
from qa.jobs.models import HAD, Assignment, AssignmentState, Batch, Job
from qa.jobs.selectors import labelers_of
from qa.jobs.submitting import check_open, kind_of_assignment
from qa.segmentation.errors import NotSkippable
from qa.segmentation.models import PictureItem, Skip
from qa.segmentation.selectors import KIND

MOST_SKIPPED = 50


class SkippedState(StrEnum):
    """What became of a picture that somebody skipped."""

    FINISHED = "finished"
    HELD = "held"
    WAITING = "waiting"
    NOBODY_LEFT = "nobody_left"


@transaction.atomic
def skip_picture(*, person: User, assignment_id: UUID, reason: str = "") -> Assignment:
    """Give up a picture that one cannot outline: its place is free for others, never again for oneself.

    Keeps invariant 3 (the place moves with the assignment) and 5: what was drawn stays in the document.
    Again, it changes nothing.

    Raises:
        NotSkippable: the job is of another kind.
        AssignmentNotFound, LeaseLost, JobClosed
        AlreadySubmitted: the picture was sent, also when it is open again since.
    """
    if kind_of_assignment(assignment_id).name != KIND:
        raise NotSkippable
    now = timezone.now()
    job, _, held = locks.all_for_submit(person, assignment_id)
    if held.state == AssignmentState.SKIPPED:
        return held
    check_open(job, held, now)
    if held.state == AssignmentState.SUBMITTED:
        raise AlreadySubmitted("This picture was sent; send it again as it is.")
    leases.end_assignments([held.pk], state=AssignmentState.SKIPPED)
    Skip.objects.create(assignment=held, job=job, reason=reason, skipped_at=now)
    held.state = AssignmentState.SKIPPED
    return held


def skipped_in(person: User, job: Job) -> dict[str, Any]:
    """The pictures of a job that anybody has skipped, the latest first: how many, and the first
    MOST_SKIPPED with who and why."""
    by_batch = Skip.objects.filter(job=job).values("assignment__batch")
    latest = by_batch.annotate(at=Max("skipped_at")).order_by("-at", "assignment__batch")
    batches = [one["assignment__batch"] for one in latest[:MOST_SKIPPED]]
    if not batches:
        return {"skipped_pictures": 0, "skipped": []}
    return {"skipped_pictures": by_batch.distinct().count(), "skipped": _rows(person, job, batches)}


def _rows(person: User, job: Job, batches: list[UUID]) -> list[dict[str, Any]]:
    now = datetime.now(UTC)
    found = PictureItem.objects.select_related("batch").filter(batch__in=batches)
    pictures = {one.batch_id: one for one in found}
    skips, states = _skips_of(batches), _states(job, batches)
    return [
        {
            "batch_number": pictures[pk].batch.number,
            "thumb_url": thumb_url(pictures[pk].image_id, person.pk, now),
            "state": states[pk],
            "skips": skips[pk],
        }
        for pk in batches
    ]


def _skips_of(batches: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found = defaultdict(list)
    skips = Skip.objects.filter(assignment__batch__in=batches)
    for one in skips.select_related("assignment__person").order_by("skipped_at"):
        who = one.assignment.person
        found[one.assignment.batch_id].append(
            {
                "person": {"id": who.pk, "name": who.display_name},
                "reason": one.reason,
                "skipped_at": one.skipped_at,
            }
        )
    return found


def _states(job: Job, batches: list[UUID]) -> dict[UUID, SkippedState]:
    had = Assignment.objects.filter(batch__in=batches, state__in=HAD)
    live = {(pk, state): n for pk, state, n in _counted(had.values_list("batch", "state"))}
    labelers = labelers_of(job)
    had_it = Counter(dict(_counted(had.filter(person__in=labelers).values_list("batch"))))
    everybody = labelers.count()
    places = dict(Batch.objects.filter(pk__in=batches).values_list("pk", "places"))

    def state(pk: UUID) -> SkippedState:
        if live.get((pk, "submitted"), 0) == job.reviewers_per_item:
            return SkippedState.FINISHED
        if not places[pk]:
            return SkippedState.HELD
        return SkippedState.NOBODY_LEFT if had_it[pk] >= everybody else SkippedState.WAITING

    return {pk: state(pk) for pk in batches}


def _counted(rows: Any) -> Any:
    return rows.annotate(n=Count("pk")).order_by()
