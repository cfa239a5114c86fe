"""Marks before they are verdicts: kept at every change, whatever became of the batch meanwhile."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from labelapp.accounts.models import User
from qa.jobs import leases, locks
from qa.jobs.errors import AlreadySubmitted, AssignmentNotFound, LeaseLost, Skipped, StaleDraft
from qa.jobs.kinds import kind_of
from qa.jobs.models import Assignment, AssignmentState, Job, JobState


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Marks as a client sends them: `revision` is counted up by the tab `client`."""

    verdicts: dict[str, Any]
    revision: int
    client: str
    active_ms: int = 0


def put_draft(*, person: User, assignment_id: UUID, draft: Draft) -> None:
    """Keep the marks of a batch and renew the lease. The same revision of the same tab is a repeat.

    Keeps invariant 5: the marks are stored also when the lease was lost or the job closed.

    Raises:
        AssignmentNotFound, AlreadySubmitted, Skipped
        StaleDraft: a newer revision, or the same one of another tab, is stored; it comes along.
        LeaseLost: the batch is somebody else's now; the marks were kept all the same.
        Invalid: it names items that are not in the batch.
    """
    held = _store(person, assignment_id, draft)
    if held.state in {AssignmentState.EXPIRED, AssignmentState.RELEASED}:
        raise LeaseLost


@transaction.atomic
def _store(person: User, assignment_id: UUID, draft: Draft) -> Assignment:
    held = locks.assignment(assignment_id)
    if held.person_id != person.pk:
        raise AssignmentNotFound
    if held.state == AssignmentState.SUBMITTED and held.reopened_at is None:
        raise AlreadySubmitted
    if held.state == AssignmentState.SKIPPED:
        raise Skipped
    job = Job.objects.get(pk=held.job_id)
    kind_of(job).check_marks(held.batch, draft.verdicts)
    if (draft.revision, draft.client) != (held.draft_revision, held.draft_client):
        if draft.revision <= held.draft_revision:
            raise StaleDraft(draft=draft_answer(held))
        keep(held, draft)
    now = timezone.now()
    ended = held.state in {AssignmentState.EXPIRED, AssignmentState.RELEASED}
    running = job.state == JobState.RUNNING
    if ended and running and leases.retake_place(job=job, assignment=held, now=now):
        held.state = AssignmentState.DEALT
    leases.renew(person=person, job=job, now=now)
    return held


def keep(held: Assignment, draft: Draft) -> None:
    """Write marks on a locked assignment."""
    held.draft = draft.verdicts
    held.draft_revision = draft.revision
    held.draft_client = draft.client
    held.draft_saved_at = timezone.now()
    held.active_ms = max(held.active_ms, draft.active_ms)
    held.save(
        update_fields=["draft", "draft_revision", "draft_client", "draft_saved_at", "active_ms"]
    )


@transaction.atomic
def keep_refused(*, assignment_id: UUID, verdicts: dict[str, Any], active_ms: int) -> None:
    """Keep the marks of a submit that was refused, as the newest revision of the draft."""
    held = locks.assignment(assignment_id)
    revision = held.draft_revision + 1
    keep(
        held,
        Draft(verdicts=verdicts, revision=revision, client=held.draft_client, active_ms=active_ms),
    )


def draft_answer(held: Assignment) -> dict[str, Any] | None:
    """The stored marks as the API answers them, or None."""
    if held.draft is None:
        return None
    return {
        "verdicts": held.draft,
        "revision": held.draft_revision,
        "client": held.draft_client,
        "saved_at": held.draft_saved_at.isoformat() if held.draft_saved_at else None,
    }
