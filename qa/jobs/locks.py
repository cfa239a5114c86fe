"""Locks, always in this order: job (shared), the person's share, batch, assignment; then, in
`qa.verification`, items by id and tallies by key. One order everywhere means no deadlock."""

from uuid import UUID

from labelapp.accounts.models import User
from labelapp.rows import first_of
from qa.jobs.errors import AssignmentNotFound, JobNotFound
from qa.jobs.models import Assignment, Batch, Job, Share

# By hand: these run at every claim, draft and submit, and the ORM would take longer to write them than
# PostgreSQL to answer. NO KEY: foreign key checks of others need not wait for us.
_JOB = "SELECT * FROM jobs_job WHERE id = %s AND deleted_at IS NULL FOR SHARE"
_JOB_OF_ASSIGNMENT = """
SELECT job.* FROM jobs_job job JOIN jobs_assignment held ON held.job_id = job.id
WHERE held.id = %s AND held.person_id = %s AND job.deleted_at IS NULL FOR SHARE OF job
"""
_SHARE = "SELECT * FROM jobs_share WHERE job_id = %s AND person_id = %s FOR NO KEY UPDATE"
_BATCH_OF_ASSIGNMENT = """
SELECT * FROM jobs_batch
WHERE id = (SELECT batch_id FROM jobs_assignment WHERE id = %s) FOR NO KEY UPDATE
"""
_ASSIGNMENT = "SELECT * FROM jobs_assignment WHERE id = %s FOR NO KEY UPDATE"


def job_shared(job_id: UUID) -> Job:
    """The job, its state held still until the transaction ends; others may hold it too.

    Raises:
        JobNotFound: there is none, or it is in the bin.
    """
    job = first_of(Job, _JOB, [job_id])
    if job is None:
        raise JobNotFound
    return job


def job_of_assignment(person: User, assignment_id: UUID) -> Job:
    """The job of a person's assignment, held as by `job_shared`.

    Raises:
        AssignmentNotFound: it is not theirs, or its job is in the bin.
    """
    job = first_of(Job, _JOB_OF_ASSIGNMENT, [assignment_id, person.pk])
    if job is None:
        raise AssignmentNotFound
    return job


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


def share(job: Job, person: User) -> Share:
    """The person's share in the job; makes two requests of one person take turns."""
    found = first_of(Share, _SHARE, [job.pk, person.pk])
    if found is None:
        Share.objects.bulk_create([Share(job=job, person=person)], ignore_conflicts=True)
        found = share(job, person)
    return found


def assignment(assignment_id: UUID) -> Assignment:
    """The assignment with its batch, both locked, batch first.

    Raises:
        AssignmentNotFound: there is none.
    """
    batch = first_of(Batch, _BATCH_OF_ASSIGNMENT, [assignment_id])
    if batch is None:
        raise AssignmentNotFound
    found = first_of(Assignment, _ASSIGNMENT, [assignment_id])
    if found is None:
        raise AssignmentNotFound
    found.batch = batch
    return found
