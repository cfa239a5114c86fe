"""Jobs leave: with their dataset, or from the bin after 30 days."""

from datetime import timedelta
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from qa.jobs.models import Job, JobState

_BUSY = (JobState.STARTING, JobState.RUNNING, JobState.PAUSED)
# Rows of other apps that hang on a job; each app names its statement in `apps.ready`.


class Remover(Protocol):
    def __call__(self, job_id: UUID) -> None: ...


_removers: list[Remover] = []


def register(remover: Remover) -> None:
    """Say how an app above removes its rows of a job, before the job's own rows go."""
    if remover not in _removers:
        _removers.append(remover)


@transaction.atomic
def remove_job(job_id: UUID) -> None:
    """Delete a job and everything that hangs on it, for good."""
    for remover in _removers:
        remover(job_id)
    with connection.cursor() as cursor:
        for table in ("assignment", "dealcursor", "share", "batch", "jobclass", "population"):
            cursor.execute(f"DELETE FROM jobs_{table} WHERE job_id = %s", [job_id])
    Job.objects.filter(pk=job_id).delete()


def empty_bin() -> int:
    """Delete the jobs that have lain in the bin for 30 days; how many there were."""
    before = timezone.now() - timedelta(days=settings.BIN_DAYS)
    old = list(Job.objects.filter(deleted_at__lt=before).values_list("pk", flat=True))
    for job_id in old:
        remove_job(job_id)
    return len(old)


class JobsOfDataset:
    """Jobs as seen by a dataset that wants to go."""

    def holding(self, dataset_id: UUID) -> list[str]:
        """What keeps the dataset, in words: its jobs that are under way."""
        jobs = Job.objects.live().filter(dataset=dataset_id, state__in=_BUSY)
        return [f"job “{name}”" for name in jobs.values_list("name", flat=True)]

    def remove(self, dataset_id: UUID) -> None:
        for job_id in list(Job.objects.filter(dataset=dataset_id).values_list("pk", flat=True)):
            remove_job(job_id)
