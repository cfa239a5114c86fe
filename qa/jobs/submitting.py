"""What every kind of job asks before a batch is submitted."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from uuid import UUID

from labelapp.accounts.models import User
from labelapp.statements import Statement
from qa.jobs import leases, locks
from qa.jobs.errors import (
    AlreadySubmitted,
    AssignmentNotFound,
    ForeignItems,
    JobClosed,
    LeaseLost,
    Skipped,
    UnsureNotAllowed,
    VerdictsMissing,
)
from qa.jobs.kinds import JobKind, kind_named
from qa.jobs.models import Assignment, AssignmentState, Job, JobState, Share

# The note of a picture that did not load; every job takes it for unsure.
UNREADABLE = "unreadable"
_KIND = Statement("""
SELECT job.kind FROM jobs_assignment held JOIN jobs_job job ON job.id = held.job_id
WHERE held.id = %(assignment)s
""")


def kind_of_assignment(assignment_id: UUID) -> JobKind:
    """Raises AssignmentNotFound when there is none; whose it is, the kind looks at."""
    row = _KIND.row(assignment=assignment_id)
    if row is None:
        raise AssignmentNotFound
    return kind_named(row[0])


def open_to_submit(
    person: User, assignment_id: UUID, now: datetime
) -> tuple[Job, Share, Assignment]:
    """The assignment, locked and open to a submit, with its job and the person's share.

    Raises:
        AssignmentNotFound, Skipped, AlreadySubmitted, JobClosed
        LeaseLost: its lease ran out and the place is taken.
    """
    job, share, held = locks.all_for_submit(person, assignment_id)
    if held.state == AssignmentState.SKIPPED:
        raise Skipped
    check_open(job, held, now)
    return job, share, held


def check_open(job: Job, held: Assignment, now: datetime) -> None:
    """Give a locked assignment that ended its place back, where it can still be worked on.

    Raises:
        AlreadySubmitted, JobClosed, LeaseLost: as `open_to_submit`.
    """
    if held.state == AssignmentState.SUBMITTED and held.reopened_at is None:
        raise AlreadySubmitted
    if job.state == JobState.CLOSED:
        raise JobClosed
    if held.state in {AssignmentState.EXPIRED, AssignmentState.RELEASED} and not (
        leases.retake_place(job=job, assignment=held, now=now)
    ):
        raise LeaseLost


def check_complete(items: AbstractSet[UUID], given: AbstractSet[UUID]) -> None:
    """Raises ForeignItems, VerdictsMissing: what was sent is not just the items of the batch."""
    if foreign := sorted(map(str, given - items)):
        raise ForeignItems(errors={pk: [ForeignItems.title] for pk in foreign})
    if missing := sorted(map(str, items - given)):
        raise VerdictsMissing(
            f"{len(missing)} of {len(items)} pictures have no verdict; nothing was saved.",
            errors={pk: ["This picture has no verdict."] for pk in missing},
        )


def check_unsure(job: Job, unsure: dict[UUID, str]) -> None:
    """Whether a job takes these items, each with its note, for unsure.

    Raises:
        UnsureNotAllowed: the job offers no unsure, and the picture was readable.
    """
    doubtful = sorted(str(pk) for pk, note in unsure.items() if note != UNREADABLE)
    if doubtful and not job.allow_unsure:
        raise UnsureNotAllowed(errors={pk: [UnsureNotAllowed.title] for pk in doubtful})
