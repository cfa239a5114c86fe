"""What an admin watches of a job in which people outline: pictures done, objects drawn, who holds what."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from labelapp.accounts.models import User
from labelapp.catalog.storage import thumb_url
from qa.jobs import watching
from qa.jobs.models import Assignment, Job
from qa.jobs.selectors import classes_of
from qa.segmentation.models import Document, PictureItem
from qa.segmentation.skipping import skipped_in

MOST_CLASSES = 500
MOST_HELD = 50

# Reads no mask: documents keep their counts beside them.
_DRAWN = """
SELECT document.person_id, counted.label_class::uuid, sum(counted.objects::int)::bigint, count(*)
FROM segmentation_document AS document, jsonb_each_text(document.drawn) AS counted(label_class, objects)
WHERE document.job_id = %(job)s AND document.image_id NOT IN (
    SELECT id FROM catalog_image WHERE dataset_id = %(dataset)s AND erased_at IS NOT NULL
)
GROUP BY document.person_id, counted.label_class
"""


class Drawn(NamedTuple):
    """What one person drew of one class: objects, and the documents that hold them."""

    person: UUID
    label_class: UUID
    objects: int
    documents: int


def drawn_in(job: Job) -> list[Drawn]:
    """The objects of a job that an export would have, by person and class."""
    with connection.cursor() as cursor:
        cursor.execute(_DRAWN, {"job": job.pk, "dataset": job.dataset_id})
        return [Drawn(*row) for row in cursor.fetchall()]


def outlining_of(person: User, job: Job) -> dict[str, Any]:
    """The whole page in one answer; asked each second while it is visible.

    Lists are cut at MOST_...; the numbers beside them count all there are.
    """
    drawn = drawn_in(job)
    shares = watching.shares_of(job)
    recent = watching.recent_batches(job, shares)
    held = watching.held_counts(job)
    # All pictures are filed under the first class (ADR 8).
    classes = list(classes_of(job))
    filled = next(iter(watching.filled(job).values()), watching.Filled())
    return {
        "state": job.state,
        "pictures": job.items,
        "finished": filled.finished,
        "sent": filled.opinions,
        "bars": next(iter(watching.bars(job, classes[:1]).values()), None),
        "objects": sum(one.objects for one in drawn),
        "classes": len(classes),
        "by_class": _by_class(classes[:MOST_CLASSES], drawn),
        "by_annotator": _by_annotator(shares, drawn, watching.seconds_by_reviewer(recent)),
        "held_pictures": held["held_batches"],
        "at_work": held["at_work"],
        "held": _held(person, job),
        **skipped_in(person, job),
        "picture_time": watching.batch_times(job, recent),
    }


def _by_class(classes: list[Any], drawn: list[Drawn]) -> list[dict[str, Any]]:
    objects, documents = Counter[UUID](), Counter[UUID]()
    for one in drawn:
        objects[one.label_class] += one.objects
        documents[one.label_class] += one.documents
    return [
        {
            "label_class": {"id": one.label_class_id, "name": one.name},
            "objects": objects[one.label_class_id],
            "documents": documents[one.label_class_id],
        }
        for one in classes
    ]


def _by_annotator(
    shares: list[Any], drawn: list[Drawn], seconds: dict[UUID, float]
) -> list[dict[str, Any]]:
    objects = Counter[UUID]()
    for one in drawn:
        objects[one.person] += one.objects
    return [
        {
            "person": {"id": share.person_id, "name": share.person.display_name},
            "pictures": share.batches_submitted,
            "objects": objects[share.person_id],
            "seconds_per_picture": seconds.get(share.person_id),
        }
        for share in shares
    ]


def _held(person: User, job: Job) -> list[dict[str, Any]]:
    now = datetime.now(UTC)
    held = list(watching.held_now(job)[:MOST_HELD])
    batches = [one.batch_id for one in held]
    images = dict(PictureItem.objects.filter(batch__in=batches).values_list("batch", "image"))
    counts = _drawn_so_far(job, held, images)
    return [
        {
            **watching.held_row(one),
            "thumb_url": thumb_url(images[one.batch_id], person.pk, now),
            "objects": counts.get((images[one.batch_id], one.person_id), 0),
        }
        for one in held
    ]


def _drawn_so_far(
    job: Job, held: list[Assignment], images: dict[UUID, UUID]
) -> dict[tuple[UUID, UUID], int]:
    """Objects by (picture, person) in the documents of what is held."""
    found = Document.objects.filter(
        job=job, image__in=images.values(), person__in={one.person_id for one in held}
    )
    rows = found.values_list("image", "person", "drawn")
    return {(image, person): sum(drawn.values()) for image, person, drawn in rows}
