"""Labels that a person says of pictures, a batch at a time. Many at once come by `intake`.

The caller holds the dataset (`services.lock_dataset`): labels and their counts have one writer at a time.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, ProtectedError

from labelapp.accounts.models import User
from labelapp.catalog.models import Dataset, Image, Label, LabelCount

Region = dict[str, Any]


@dataclass(frozen=True)
class Saying:
    """A class said of a picture, or of a region of it."""

    image: UUID
    label_class: UUID
    region: Region
    extra: dict[str, Any] = field(default_factory=dict)


def source_of(person: User) -> str:
    """The source of what a person says."""
    return f"person:{person.username}"


def say(
    *, dataset: Dataset, person: User, origin: UUID, sayings: Sequence[Saying]
) -> list[Label | None]:
    """The person's label for each saying, made where there was none; None of an erased picture.

    Keeps: the counts of (dataset, class, source, bin) equal the labels.
    """
    source, images = source_of(person), {one.image for one in sayings}
    erased = set(
        Image.objects.filter(pk__in=images, erased_at__isnull=False).values_list("pk", flat=True)
    )
    there = list(Label.objects.filter(image__in=images, source=source))
    found: list[Label | None] = []
    made: list[Label] = []
    for one in sayings:
        label = None if one.image in erased else _same(one, [*there, *made])
        if label is None and one.image not in erased:
            label = _label(one, source, origin)
            made.append(label)
        found.append(label)
    Label.objects.bulk_create(made)
    _count(dataset.pk, made, +1)
    return found


def _same(saying: Saying, labels: Iterable[Label]) -> Label | None:
    key = (saying.image, saying.label_class, saying.region)
    return next(
        (one for one in labels if (one.image_id, one.label_class_id, one.region) == key), None
    )


def _label(saying: Saying, source: str, origin: UUID) -> Label:
    return Label(
        image_id=saying.image,
        label_class_id=saying.label_class,
        source=source,
        region=saying.region,
        extra=saying.extra,
        origin=origin,
    )


def take_back(*, dataset: Dataset, labels: Iterable[UUID]) -> None:
    """Remove labels that `say` made and their person no longer says. What a job, or another answer, rests
    on stays."""
    gone: list[Label] = []
    for label in Label.objects.filter(pk__in=list(labels)).select_related("image", "label_class"):
        counted = label.image.erased_at is None and label.label_class.merged_into_id is None
        try:
            with transaction.atomic():
                Label.objects.get(pk=label.pk).delete()
        except ProtectedError:
            continue
        if counted:
            gone.append(label)
    _count(dataset.pk, gone, -1)


def _count(dataset: UUID, labels: Sequence[Label], by: int) -> None:
    counted = Counter((one.label_class_id, one.source, one.bin) for one in labels)
    for (label_class, source, bin_), n in counted.items():
        kept, _ = LabelCount.objects.get_or_create(
            dataset_id=dataset,
            label_class_id=label_class,
            source=source,
            bin=bin_,
            defaults={"count": 0},
        )
        LabelCount.objects.filter(pk=kept.pk).update(count=F("count") + by * n)
