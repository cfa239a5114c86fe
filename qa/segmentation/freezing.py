"""A dataset's pictures become a job's: in random order, each a batch of its own."""

from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from labelapp.catalog.models import Image, LabelClass
from qa.jobs.cutting import cut_class, frozen_classes
from qa.jobs.errors import NoItems
from qa.jobs.kinds import ClassForecast, Sample
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
    return bool(job.source) or job.min_confidence is not None or job.max_confidence is not None


def _number(job: Job) -> int:
    """How many pictures there are to outline; of a whole dataset from its own count."""
    if _by_label(job):
        return pictures_of(job).count()
    erased = Image.objects.filter(dataset=job.dataset_id, erased_at__isnull=False)
    return job.dataset.image_count - erased.count()


def sample(job: Job) -> list[Sample]:
    """The first pictures by path."""
    return [Sample(image, None) for image in pictures_of(job).order_by("ref")[:MOST_SAMPLES]]


def pictures_of(job: Job) -> "QuerySet[Image]":
    """All pictures of the dataset; with a source or a confidence, those that have such a label."""
    pictures = Image.objects.filter(dataset=job.dataset_id, erased_at=None)
    if _by_label(job):
        pictures = pictures.filter(pk__in=selection_of(job).labels().values("image"))
    return pictures


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


def _choose(job: Job) -> int:
    """Put the pictures with their rank into the temporary table `chosen`; how many there are."""
    sql, parameters = pictures_of(job).values("id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_CHOOSE.format(pictures=sql), [job.seed, *parameters])
        if job.cap_per_class:
            cursor.execute("DELETE FROM chosen WHERE rank > %s", [job.cap_per_class])
        cursor.execute("SELECT count(*) FROM chosen")
        return int(cursor.fetchone()[0])
