"""What is there: datasets, classes, labels and pictures."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Model, Q, QuerySet, Sum

from labelapp.accounts.models import User
from labelapp.api.errors import NotFound
from labelapp.catalog import access
from labelapp.catalog.errors import UnknownClass
from labelapp.catalog.models import Dataset, Image, Label, LabelClass, LabelCount
from labelapp.catalog.names import class_key
from labelapp.catalog.regions import close_up
from labelapp.catalog.selection import Selection
from labelapp.catalog.storage import full_url, thumb_url

Found = TypeVar("Found", bound=Model)

SAMPLES = 5
HISTOGRAM_BARS = 20


def datasets() -> QuerySet[Dataset]:
    """Those that are not in the bin."""
    return Dataset.objects.live()


def dataset_by_id(dataset_id: UUID) -> Dataset:
    """Raises NotFound, also for one in the bin."""
    return _or_not_found(datasets().filter(pk=dataset_id).first(), "There is no such dataset.")


def binned_datasets() -> QuerySet[Dataset]:
    """Those in the bin, with who put them there."""
    return Dataset.objects.filter(deleted_at__isnull=False).select_related("deleted_by")


def binned_dataset_by_id(dataset_id: UUID) -> Dataset:
    """Raises NotFound, also for one that is not in the bin."""
    found = binned_datasets().filter(pk=dataset_id).first()
    return _or_not_found(found, "There is no such dataset in the bin.")


def purge_time(dataset: Dataset) -> datetime:
    """When a dataset of the bin is removed for good."""
    if dataset.deleted_at is None:
        raise ValueError(f"{dataset} is not in the bin")
    return dataset.deleted_at + timedelta(days=settings.BIN_DAYS)


def _or_not_found(found: Found | None, sentence: str) -> Found:
    if found is None:
        raise NotFound(sentence)
    return found


@dataclass
class DatasetFacts:
    """What a dataset's card shows. `by_class` from the largest class down."""

    labels: int = 0
    by_class: list[dict[str, Any]] = field(default_factory=list)
    samples: list[dict[str, Any]] = field(default_factory=list)


def dataset_facts(
    person: User, found: Iterable[Dataset], now: datetime
) -> dict[UUID, DatasetFacts]:
    """Counts, classes and five pictures of each dataset, in three queries for all of them."""
    ids = [dataset.pk for dataset in found]
    facts: dict[UUID, DatasetFacts] = defaultdict(DatasetFacts)
    kept = (
        LabelCount.objects.filter(dataset__in=ids)
        .values("dataset", "label_class")
        .annotate(n=Sum("count"))
    )
    counted = {row["label_class"]: row["n"] for row in kept}
    classes = LabelClass.objects.filter(dataset__in=ids, merged_into=None)
    for row in classes.values("dataset", "id", "name"):
        n = counted.get(row["id"], 0)
        facts[row["dataset"]].labels += n
        facts[row["dataset"]].by_class.append(
            {"label_class": {"id": row["id"], "name": row["name"]}, "labels": n}
        )
    for each in facts.values():
        each.by_class.sort(key=lambda one: (-one["labels"], one["label_class"]["name"]))
    for dataset_id, image in _samples(ids):
        facts[dataset_id].samples.append(picture_links(person, image, now))
    return facts


_SAMPLES = """
SELECT d.id AS dataset_id, i.id, i.width, i.height
FROM unnest(%s::uuid[]) AS d(id), LATERAL (
    SELECT * FROM catalog_image WHERE dataset_id = d.id AND erased_at IS NULL
    ORDER BY ref LIMIT %s
) AS i
"""


def _samples(ids: list[UUID]) -> list[tuple[UUID, Image]]:
    with connection.cursor() as cursor:
        cursor.execute(_SAMPLES, [ids, SAMPLES])
        return [
            (dataset_id, Image(pk=image_id, width=width, height=height))
            for dataset_id, image_id, width, height in cursor.fetchall()
        ]


def picture_links(person: User, image: Image, now: datetime) -> dict[str, Any]:
    """A picture as a gallery shows it, its addresses signed for this person."""
    return {
        "id": image.pk,
        "thumb_url": thumb_url(image.pk, person.pk, now),
        "full_url": full_url(image.pk, person.pk, now),
        "width": image.width,
        "height": image.height,
    }


def classes_of(dataset: Dataset) -> QuerySet[LabelClass]:
    """The dataset's classes, without those merged into another."""
    return LabelClass.objects.filter(dataset=dataset, merged_into=None)


def class_by_id(class_id: UUID) -> LabelClass:
    """Raises NotFound, also for one that was merged or whose dataset lies in the bin."""
    found = LabelClass.objects.filter(
        pk=class_id, merged_into=None, dataset__deleted_at=None
    ).first()
    return _or_not_found(found, "There is no such class.")


def class_by_name_or_id(dataset: Dataset, text: str) -> LabelClass:
    """The class of a dataset with this id or exactly this name; a merged one leads to its target.

    Raises:
        UnknownClass: there is none.
    """
    mine = LabelClass.objects.filter(dataset=dataset).select_related("merged_into")
    found = mine.filter(key=class_key(text), name=text).first()
    if found is None and (as_id := _uuid(text)):
        found = mine.filter(pk=as_id).first()
    if found is None:
        raise UnknownClass(f"“{text}” is no class of {dataset.name}.")
    return found.merged_into or found


def now_one(label_class: UUID) -> QuerySet[LabelClass]:
    """The class and all that were merged into it."""
    return LabelClass.objects.filter(Q(pk=label_class) | Q(merged_into=label_class))


def survivors(class_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """What became of each class: itself, or the one that it was merged into."""
    ids = list(class_ids)
    merged = LabelClass.objects.filter(pk__in=ids, merged_into__isnull=False)
    found = {one.pk: one.merged_into_id or one.pk for one in merged}
    return {pk: found.get(pk, pk) for pk in ids}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def class_facts(found: Iterable[LabelClass]) -> dict[UUID, dict[str, Any]]:
    """For each class its labels, by source, and by confidence in 20 bars of 0.05; from the counts."""
    facts = {
        one.pk: {"labels": 0, "by_source": {}, "histogram": [0] * HISTOGRAM_BARS, "without": 0}
        for one in found
    }
    rows = LabelCount.objects.filter(label_class__in=facts, count__gt=0)
    for row in rows.values("label_class", "source", "bin", "count"):
        one: dict[str, Any] = facts[row["label_class"]]
        one["labels"] += row["count"]
        one["by_source"][row["source"]] = one["by_source"].get(row["source"], 0) + row["count"]
        if row["bin"] is None:
            one["without"] += row["count"]
        else:
            one["histogram"][min(row["bin"] // 50, HISTOGRAM_BARS - 1)] += row["count"]
    return facts


def sources_of(dataset: Dataset) -> list[dict[str, Any]]:
    """Each source of a dataset's labels and how many it said, by name."""
    rows = LabelCount.objects.filter(dataset=dataset, count__gt=0).values("source")
    return [
        {"source": row["source"], "labels": row["labels"]}
        for row in rows.annotate(labels=Sum("count")).order_by("source")
    ]


def labels(
    dataset: Dataset, *, label_class: str = "", source: str = "", **limits: float | None
) -> QuerySet[Label]:
    """The labels of a dataset, filtered; `min_confidence` inclusive, `max_confidence` exclusive
    unless it is 1.

    Raises:
        UnknownClass: `label_class` is neither the id nor the name of one.
    """
    chosen = (class_by_name_or_id(dataset, label_class).pk,) if label_class else ()
    wanted = Selection(
        dataset=dataset.pk,
        source=source,
        label_classes=chosen,
        min_confidence=limits.get("min_confidence"),
        max_confidence=limits.get("max_confidence"),
    )
    return wanted.labels().select_related("image", "label_class")


def add_looks(person: User, found: Iterable[Label], now: datetime) -> None:
    """Give each label, read with its image, the address of its picture's thumbnail, signed for this
    person, and the close-up of its object."""
    for label in found:
        label.thumb_url = thumb_url(label.image_id, person.pk, now)  # type: ignore[attr-defined]
        label.close_up = close_up_of(person, label, now)  # type: ignore[attr-defined]


def close_up_of(person: User, label: Label, now: datetime) -> dict[str, Any] | None:
    """How to show the object of a label that was read with its image; None for the whole picture."""
    size = label.image.width, label.image.height
    return close_up(label.image_id, label.region, size, person_id=person.pk, now=now)


def image_by_id(image_id: UUID) -> Image:
    """Raises NotFound, also where the dataset lies in the bin."""
    found = (
        Image.objects.select_related("blob", "dataset")
        .filter(pk=image_id, dataset__deleted_at=None)
        .first()
    )
    return _or_not_found(found, "There is no such picture.")


def visible_image(person: User, image_id: UUID) -> Image:
    """The picture, for somebody who may see it now; raises NotFound for everybody else."""
    if not access.may_see(person, image_id):
        raise NotFound("There is no such picture, or it is not yours to see.")
    found = Image.objects.select_related("blob").filter(pk=image_id).first()
    return _or_not_found(found, "There is no such picture.")


def image_labels(person: User, image: Image, now: datetime) -> list[Label]:
    """What is said of a picture, with `close_up` as `add_looks` gives it."""
    labels = Label.objects.live().filter(image=image).select_related("label_class", "image")
    found = list(labels.order_by("pk"))
    add_looks(person, found, now)
    return found


def twins(image: Image) -> list[str]:
    """The refs in the same dataset that show the very same content."""
    if image.blob_id is None:
        return []
    same = Image.objects.filter(dataset=image.dataset_id, blob=image.blob_id).exclude(pk=image.pk)
    return list(same.order_by("ref").values_list("ref", flat=True)[:100])
