"""The kept counts of labels by (dataset, class, source, bin), and the proof that they are right."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import F

from labelapp.catalog.models import Image, Label, LabelCount
from labelapp.statements import joined_in_bulk

_LIVE = """
    FROM catalog_label l
    JOIN catalog_labelclass c ON c.id = l.label_class_id AND c.merged_into_id IS NULL
    JOIN catalog_image i ON i.id = l.image_id AND i.erased_at IS NULL
"""
_RECOUNT = f"""
INSERT INTO catalog_labelcount (dataset_id, label_class_id, source, bin, count)
SELECT c.dataset_id, l.label_class_id, l.source, l.bin, count(*) {_LIVE}
WHERE l.label_class_id = ANY(%s) GROUP BY 1, 2, 3, 4
"""
_DIFFERENCES = f"""
SELECT dataset_id, label_class_id, source, bin, sum(kept)::bigint, sum(counted)::bigint
FROM (
    SELECT dataset_id, label_class_id, source, bin, count AS kept, 0 AS counted
    FROM catalog_labelcount
    UNION ALL
    SELECT c.dataset_id, l.label_class_id, l.source, l.bin, 0, count(*) {_LIVE} GROUP BY 1, 2, 3, 4
) AS both_sides
GROUP BY 1, 2, 3, 4 HAVING sum(kept) <> sum(counted) ORDER BY 1, 2, 3, 4
"""


class Difference(NamedTuple):
    """A kept count that differs from the labels behind it."""

    dataset: UUID
    label_class: UUID
    source: str
    bin: int | None
    kept: int
    counted: int


def recount(dataset_id: UUID, classes: Iterable[UUID]) -> None:
    """Count these classes anew from their labels. The caller holds the dataset."""
    wanted = list(classes)
    LabelCount.objects.filter(dataset=dataset_id, label_class__in=wanted).delete()
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, [wanted])


def take_out(image: Image) -> None:
    """Take a picture's labels out of the counts, just before it is erased. The caller holds the
    dataset."""
    labels = Label.objects.filter(image=image, label_class__merged_into=None)
    for label in labels.order_by("label_class", "source", "bin"):
        LabelCount.objects.filter(
            dataset=image.dataset_id,
            label_class=label.label_class_id,
            source=label.source,
            **({"bin__isnull": True} if label.bin is None else {"bin": label.bin}),
        ).update(count=F("count") - 1)


def differences() -> list[Difference]:
    """Every kept count that differs from the labels behind it; empty when all is right."""
    with joined_in_bulk(), connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES)
        return [Difference(*row) for row in cursor.fetchall()]
