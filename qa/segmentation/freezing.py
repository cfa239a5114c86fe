"""A dataset's pictures become a job's: in random order, each a batch of its own."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from labelapp.catalog.models import Image, Label, LabelClass
from qa.jobs.cutting import cut_class, frozen_classes
from qa.jobs.errors import NoItems
from qa.jobs.kinds import ClassForecast, Sample, kind_of
from qa.jobs.models import Job
from qa.jobs.selectors import selection_of

MOST_SAMPLES = 12
# By SHA-256 of "seed|picture id", as labels are ordered.
_CHOOSE = """
CREATE TEMP TABLE chosen ON COMMIT DROP AS
SELECT picture.id, row_number() OVER (
    ORDER BY sha256(convert_to(%s || '|' || picture.id::text, 'UTF8'))
) AS rank FROM ({pictures}) picture
"""
_FREEZE = """
INSERT INTO segmentation_pictureitem (id, job_id, image_id, rank, batch_id)
SELECT gen_random_uuid(), %(job)s, chosen.id, chosen.rank, batch.id
FROM chosen JOIN jobs_batch batch
  ON batch.job_id = %(job)s AND batch.number = chosen.rank
"""

_GIVE = """
INSERT INTO segmentation_givenmask (picture_id, label_id, "right")
SELECT picture.id, mask.id, %s FROM ({masks}) mask
JOIN segmentation_pictureitem picture ON picture.image_id = mask.image_id AND picture.job_id = %s
"""
CONFIRMED = "confirmed"


def forecast(job: Job) -> list[ClassForecast]:
    """The classes to outline. The pictures are counted under the first (ADR 8); without a class
    there is nothing to do."""
    palette, pictures = palette_of(job), _number(job)
    sizes = [min(pictures, job.cap_per_class or pictures)] + [0] * len(palette)
    return [
        ClassForecast(pk, name, items, items)
        for (pk, name), items in zip(palette, sizes, strict=False)
    ]


def palette_of(job: Job) -> list[tuple[UUID, str]]:
    """The classes that a job would ask for if it started now, by name."""
    classes = LabelClass.objects.filter(dataset=job.dataset_id, merged_into=None)
    if job.label_classes:
        classes = classes.filter(pk__in=job.label_classes)
    return sorted(classes.values_list("pk", "name"), key=lambda one: (one[1].casefold(), one[1]))


def _by_label(job: Job) -> bool:
    """Whether a picture must have a certain label to be outlined."""
    limits = (job.min_confidence, job.max_confidence)
    return bool(job.source) or job.with_mask or any(limit is not None for limit in limits)


def _number(job: Job) -> int:
    """How many pictures there are to outline; of a whole dataset from its own count."""
    if job.from_job_id or _by_label(job):
        return pictures_of(job).count()
    erased = Image.objects.filter(dataset=job.dataset_id, erased_at__isnull=False)
    return job.dataset.image_count - erased.count()


def sample(job: Job) -> list[Sample]:
    """The first pictures by path."""
    return [Sample(image, None) for image in pictures_of(job).order_by("ref")[:MOST_SAMPLES]]


def pictures_of(job: Job) -> "QuerySet[Image]":
    """All pictures of the dataset; with a source, a confidence or a mask asked for, those that have
    such a label; to correct a check, those with a wrong mask."""
    pictures = Image.objects.filter(dataset=job.dataset_id, erased_at=None)
    if job.from_job:
        return pictures.filter(pk__in=masks_of(job, job.outcomes).values("image"))
    if _by_label(job):
        pictures = pictures.filter(pk__in=selection_of(job).labels().values("image"))
    return pictures


def masks_of(job: Job, outcomes: Sequence[str]) -> "QuerySet[Label]":
    """The masks, of this job's classes, that came to these outcomes in the check it corrects."""
    if job.from_job is None:
        return Label.objects.none()
    judged = kind_of(job.from_job).judged(job.from_job, outcomes)
    return judged.filter(region__has_key="mask", label_class__in=[pk for pk, _ in palette_of(job)])


@transaction.atomic
def freeze(job: Job) -> None:
    """Freeze pictures and classes, all or none; nothing when that was done already.

    Raises:
        NoItems: the dataset has no class to outline.
    """
    if frozen_classes(job):
        return
    palette = palette_of(job)
    if not palette:
        raise NoItems
    sizes = [_choose(job)] + [0] * len(palette)
    for (label_class, name), items in zip(palette, sizes, strict=False):
        cut_class(job, label_class=label_class, name=name, items=items, population={})
    with connection.cursor() as cursor:
        cursor.execute(_FREEZE, {"job": job.pk})
        cursor.execute("DROP TABLE chosen")
    _give(job, masks_of(job, [CONFIRMED]), right=True)
    _give(job, masks_of(job, job.outcomes), right=False)


def _give(job: Job, masks: "QuerySet[Label]", *, right: bool) -> None:
    """Freeze which masks the job's pictures come with."""
    if job.from_job is None:
        return
    sql, parameters = masks.values("id", "image_id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_GIVE.format(masks=sql), [right, *parameters, job.pk])


def _choose(job: Job) -> int:
    """Put the pictures with their rank into the temporary table `chosen`; how many there are."""
    sql, parameters = pictures_of(job).values("id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_CHOOSE.format(pictures=sql), [job.seed, *parameters])
        if job.cap_per_class:
            cursor.execute("DELETE FROM chosen WHERE rank > %s", [job.cap_per_class])
        cursor.execute("SELECT count(*) FROM chosen")
        return int(cursor.fetchone()[0])
