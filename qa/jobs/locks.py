"""Locks, always in this order: job (shared), the person's share, batch, assignment; then, in
`qa.verification`, items by id and tallies by key. One order everywhere means no deadlock."""

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
_JOB_AND_SHARE = Statement(f"""
SELECT {columns(Job, "job")}, {columns(Share, "share")}
FROM jobs_job job JOIN jobs_share share ON share.job_id = job.id
WHERE job.id = %(job)s AND share.person_id = %(person)s AND job.deleted_at IS NULL
FOR SHARE OF job FOR NO KEY UPDATE OF share
""")
_JOB_AND_SHARE_OF_ASSIGNMENT = Statement(f"""
SELECT {columns(Job, "job")}, {columns(Share, "share")}
FROM jobs_assignment held
JOIN jobs_job job ON job.id = held.job_id
JOIN jobs_share share ON share.job_id = held.job_id AND share.person_id = held.person_id
WHERE held.id = %(assignment)s AND held.person_id = %(person)s AND job.deleted_at IS NULL
FOR SHARE OF job FOR NO KEY UPDATE OF share
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


def job_and_share(job_id: UUID, person: User) -> tuple[Job, Share | None]:
    """The job, held as by `job_shared`, with the person's share, which makes two requests of one
    person take turns; no share before their first claim.

    Raises:
        JobNotFound: there is none, or it is in the bin.
    """
    row = _JOB_AND_SHARE.row(job=job_id, person=person.pk)
    if row is None:
        return job_shared(job_id), None
    return model_of(Job, row), model_of(Share, row, after=Job)


def first_share(job: Job, person: User) -> Share:
    """A share for somebody who has none yet, held as by `job_and_share`."""
    Share.objects.bulk_create([Share(job=job, person=person)], ignore_conflicts=True)
    _, made = job_and_share(job.pk, person)
    if made is None:
        raise JobNotFound
    return made


def job_and_share_of_assignment(person: User, assignment_id: UUID) -> tuple[Job, Share]:
    """The job and the share of a person's assignment, held as by `job_and_share`.

    Raises:
        AssignmentNotFound: it is not theirs, or its job is in the bin.
    """
    row = _JOB_AND_SHARE_OF_ASSIGNMENT.row(assignment=assignment_id, person=person.pk)
    if row is None:
        raise AssignmentNotFound
    return model_of(Job, row), model_of(Share, row, after=Job)


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
    found = model_of(Assignment, row, after=Batch)
    found.batch = model_of(Batch, row)
    return found
