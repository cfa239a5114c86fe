"""Locks, always in this order: job (shared), the person's share, batch, assignment; then, in
`qa.verification`, items by id and tallies by key. One order everywhere means no deadlock."""

from datetime import datetime
from uuid import UUID

from labelapp.accounts.models import User
from labelapp.statements import Statement, columns, model_of
from qa.jobs.errors import AssignmentNotFound, JobNotFound
from qa.jobs.models import Assignment, Batch, Job, Share

# By hand: these run at every claim, draft and submit, and the ORM would take longer to write them than
# PostgreSQL to answer. NO KEY: foreign key checks of others need not wait for us.
# Where a statement locks two rows, it takes them in the order of its locking clauses.
_JOB = Statement(f"""
SELECT {columns(Job)} FROM jobs_job WHERE id = %(job)s AND deleted_at IS NULL FOR SHARE
""")
_FOR_CLAIM = Statement(f"""
SELECT {columns(Job, "job")}, {columns(Share, "share")}, EXISTS (
    SELECT 1 FROM jobs_assignment held
    WHERE held.job_id = job.id AND held.state = 'dealt' AND held.lease_expires_at < %(now)s
)
FROM jobs_job job JOIN jobs_share share ON share.job_id = job.id
WHERE job.id = %(job)s AND share.person_id = %(person)s AND job.deleted_at IS NULL
FOR SHARE OF job FOR NO KEY UPDATE OF share
""")
_ALL_FOR_SUBMIT = Statement(f"""
SELECT {columns(Job, "job")}, {columns(Share, "share")}, {columns(Batch, "batch")},
       {columns(Assignment, "held")}
FROM jobs_assignment held
JOIN jobs_job job ON job.id = held.job_id
JOIN jobs_share share ON share.job_id = held.job_id AND share.person_id = held.person_id
JOIN jobs_batch batch ON batch.id = held.batch_id
WHERE held.id = %(assignment)s AND held.person_id = %(person)s AND job.deleted_at IS NULL
FOR SHARE OF job FOR NO KEY UPDATE OF share
FOR NO KEY UPDATE OF batch FOR NO KEY UPDATE OF held
""")
_BATCH_AND_ASSIGNMENT = Statement(f"""
SELECT {columns(Batch, "batch")}, {columns(Assignment, "held")}
FROM jobs_assignment held JOIN jobs_batch batch ON batch.id = held.batch_id
WHERE held.id = %(assignment)s
FOR NO KEY UPDATE OF batch FOR NO KEY UPDATE OF held
""")


def job_shared(job_id: UUID) -> Job:
    """The job, its state held still until the transaction ends; others may hold it too.

    Raises:
        JobNotFound: there is none, or it is in the bin.
    """
    row = _JOB.row(job=job_id)
    if row is None:
        raise JobNotFound
    return model_of(Job, row)


def job_and_share(job_id: UUID, person: User, now: datetime) -> tuple[Job, Share | None, bool]:
    """The job, held as by `job_shared`, with the person's share, which makes two requests of one
    person take turns, and whether any lease in the job is overdue. No share before the first claim.

    Raises:
        JobNotFound: there is none, or it is in the bin.
    """
    row = _FOR_CLAIM.row(job=job_id, person=person.pk, now=now)
    if row is None:
        return job_shared(job_id), None, True
    return model_of(Job, row), model_of(Share, row, after=[Job]), row[-1]


def first_share(job: Job, person: User) -> Share:
    """A share, locked, for somebody who has none yet."""
    Share.objects.bulk_create([Share(job=job, person=person)], ignore_conflicts=True)
    own = Share.objects.filter(job=job, person=person)
    return own.select_for_update(no_key=True, of=("self",)).get()


def all_for_submit(person: User, assignment_id: UUID) -> tuple[Job, Share, Assignment]:
    """A person's assignment with its job, their share and its batch, held as by `job_and_share` and
    `assignment`.

    Raises:
        AssignmentNotFound: it is not theirs, or its job is in the bin.
    """
    row = _ALL_FOR_SUBMIT.row(assignment=assignment_id, person=person.pk)
    if row is None:
        raise AssignmentNotFound
    held = model_of(Assignment, row, after=[Job, Share, Batch])
    held.batch = model_of(Batch, row, after=[Job, Share])
    return model_of(Job, row), model_of(Share, row, after=[Job]), held


def job_alone(job_id: UUID) -> Job:
    """The job, for a change of its state: waits for every claim and submit under way.

    Raises:
        JobNotFound: there is none, or it is in the bin.
    """
    live = Job.objects.live().filter(pk=job_id)
    job = live.select_for_update(no_key=True, of=("self",)).first()
    if job is None:
        raise JobNotFound
    return job


def assignment(assignment_id: UUID) -> Assignment:
    """The assignment with its batch, both locked, batch first.

    Raises:
        AssignmentNotFound: there is none.
    """
    row = _BATCH_AND_ASSIGNMENT.row(assignment=assignment_id)
    if row is None:
        raise AssignmentNotFound
    found = model_of(Assignment, row, after=[Batch])
    found.batch = model_of(Batch, row)
    return found
