"""Locks, always in this order: job (shared), the person's share, batch, assignment; then, in
`qa.verification`, items by id and tallies by key. One order everywhere means no deadlock."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from labelapp.accounts.models import User
from qa.jobs.errors import AssignmentNotFound, JobNotFound
from qa.jobs.models import Assignment, Batch, Job, Share

Row = TypeVar("Row", bound=Model)


def job_shared(job_id: UUID) -> Job:
    """The job, its state held still until the transaction ends; others may hold it too.

    Raises:
        JobNotFound: there is none, or it is in the bin.
    """
    found = Job.objects.raw(
        "SELECT * FROM jobs_job WHERE id = %s AND deleted_at IS NULL FOR SHARE", [job_id]
    )
    for job in found:
        return job
    raise JobNotFound


def job_alone(job_id: UUID) -> Job:
    """The job, for a change of its state: waits for every claim and submit under way.

    Raises:
        JobNotFound: there is none, or it is in the bin.
    """
    job = _for_change(Job.objects.live().filter(pk=job_id)).first()
    if job is None:
        raise JobNotFound
    return job


def share(job: Job, person: User) -> Share:
    """The person's share in the job; makes two requests of one person take turns."""
    found = _for_change(Share.objects.filter(job=job, person=person)).first()
    if found is None:
        Share.objects.bulk_create([Share(job=job, person=person)], ignore_conflicts=True)
        found = _for_change(Share.objects.filter(job=job, person=person)).get()
    return found


def assignment(assignment_id: UUID) -> Assignment:
    """The assignment with its batch, both locked, batch first.

    Raises:
        AssignmentNotFound: there is none.
    """
    batch = _for_change(Batch.objects.filter(assignments=assignment_id)).first()
    if batch is None:
        raise AssignmentNotFound
    found = _for_change(Assignment.objects.filter(pk=assignment_id)).get()
    found.batch = batch
    return found


def _for_change(rows: "QuerySet[Row]") -> "QuerySet[Row]":
    # `no_key`: foreign key checks of others need not wait for us.
    return rows.select_for_update(no_key=True, of=("self",))
