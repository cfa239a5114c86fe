"""A class of a job becomes batches."""

from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import F

from qa.jobs.models import Job, JobClass, Population

_CUT = """
INSERT INTO jobs_batch (id, job_id, label_class_id, number, items, wanted, places, returned)
SELECT gen_random_uuid(), %(job)s, %(label_class)s, %(first)s + piece,
       LEAST(%(size)s, %(items)s - piece * %(size)s), %(wanted)s, %(wanted)s, false
FROM generate_series(0, %(batches)s - 1) AS piece
"""


class Cut(NamedTuple):
    """The batches a class was cut into: numbered from `first_number` on."""

    first_number: int
    batches: int


def frozen_classes(job: Job) -> dict[UUID, int]:
    """How many items each class has that was cut already."""
    return dict(JobClass.objects.filter(job=job).values_list("label_class", "items"))


def cut_class(
    job: Job,
    *,
    label_class: UUID,
    name: str,
    items: int,
    population: dict[int | None, int],
) -> Cut:
    """Cut `items` items of a class into batches after those of the classes before it.

    In the caller's transaction. `population` counts by bin what matched before any cap; it is frozen
    here because a certificate needs it.
    """
    before = list(JobClass.objects.filter(job=job))
    cut = Cut(1 + sum(one.batches for one in before), -(-items // job.batch_size))
    with connection.cursor() as cursor:
        cursor.execute(
            _CUT,
            {
                "job": job.pk,
                "label_class": label_class,
                "first": cut.first_number,
                "size": job.batch_size,
                "items": items,
                "batches": cut.batches,
                "wanted": job.reviewers_per_item,
            },
        )
    JobClass.objects.create(
        job=job,
        label_class_id=label_class,
        name=name,
        position=len(before),
        items=items,
        batches=cut.batches,
    )
    Population.objects.bulk_create(
        Population(job=job, label_class_id=label_class, bin=bin_, count=count)
        for bin_, count in population.items()
    )
    Job.objects.filter(pk=job.pk).update(
        items=F("items") + items, batches=F("batches") + cut.batches
    )
    job.items += items
    job.batches += cut.batches
    return cut
