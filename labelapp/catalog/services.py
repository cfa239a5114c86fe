"""What changes datasets, classes and pictures."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone
from psycopg2.errors import LockNotAvailable

from labelapp.accounts.audit import record
from labelapp.accounts.models import User
from labelapp.catalog import blobs, counts, dependents
from labelapp.catalog.errors import (
    CannotMerge,
    ClassNameTaken,
    DatasetBusy,
    DatasetInUse,
    DatasetNameTaken,
    NameDoesNotMatch,
    TooManyClasses,
)
from labelapp.catalog.models import Dataset, Image, LabelClass
from labelapp.catalog.names import class_key


def lock_dataset(dataset_id: UUID, *, seconds: float | None = None) -> Dataset:
    """Hold a dataset until the end of the transaction: its labels, classes and counts have one
    writer at a time.

    Args:
        seconds: to wait for whoever holds it, who may write for minutes; without end when None.

    Raises:
        Dataset.DoesNotExist
        DatasetBusy: it is held for longer; the transaction is over.
    """
    held = Dataset.objects.select_for_update(no_key=True)
    if seconds is None:
        return held.get(pk=dataset_id)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = %s", [f"{1000 * seconds:.0f}ms"])
        try:
            found = held.get(pk=dataset_id)
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise DatasetBusy from error
            raise
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    return found


@transaction.atomic
def create_dataset(*, person: User | None, name: str) -> Dataset:
    """Make an empty dataset.

    Raises:
        DatasetNameTaken: a dataset outside the bin has the name, in any case of letters.
    """
    dataset = Dataset(name=name, created_by=person)
    _save_name(dataset)
    record(person, "dataset.create", name)
    return dataset


@transaction.atomic
def rename_dataset(*, person: User, dataset: Dataset, name: str) -> Dataset:
    """Give a dataset another name; its id stays.

    Raises:
        DatasetNameTaken: see `create_dataset`.
    """
    before, dataset.name = dataset.name, name
    _save_name(dataset)
    record(person, "dataset.rename", name, before=before)
    return dataset


def _save_name(dataset: Dataset) -> None:
    try:
        with transaction.atomic():
            dataset.save()
    except IntegrityError as error:
        raise DatasetNameTaken(errors={"name": [DatasetNameTaken.title]}) from error


@transaction.atomic
def delete_dataset(*, person: User, dataset: Dataset, name: str) -> None:
    """Put a dataset into the bin, where it stays for 30 days.

    Raises:
        NameDoesNotMatch: `name` is not its name.
        DatasetInUse: a running job, import or policy rests on it; `errors` says which.
    """
    if name != dataset.name:
        raise NameDoesNotMatch(errors={"name": [NameDoesNotMatch.title]})
    locked = lock_dataset(dataset.pk)
    if holding := dependents.holding(locked.pk):
        raise DatasetInUse(f"Still at work: {', '.join(holding)}.", holding=holding)
    locked.deleted_at, locked.deleted_by = timezone.now(), person
    locked.save(update_fields=["deleted_at", "deleted_by"])
    record(person, "dataset.delete", locked.name)


@transaction.atomic
def restore_dataset(*, person: User, dataset: Dataset) -> Dataset:
    """Take a dataset out of the bin.

    Raises:
        DatasetNameTaken: another one has taken its name meanwhile.
    """
    dataset.deleted_at = dataset.deleted_by = None
    _save_name(dataset)
    record(person, "dataset.restore", dataset.name)
    return dataset


@transaction.atomic
def purge_dataset(*, dataset: Dataset) -> None:
    """Remove a dataset of the bin with everything that rests on it; contents go if nothing else
    shows them."""
    dependents.remove(dataset.pk)
    shown = Image.objects.filter(dataset=dataset).exclude(blob=None)
    digests = list(shown.values_list("blob", flat=True).distinct())
    with connection.cursor() as cursor:
        for statement in _PURGE:
            cursor.execute(statement, {"dataset": dataset.pk})
    record(None, "dataset.purge", dataset.name)
    transaction.on_commit(lambda: blobs.drop_unused_in_pages(digests))


def purge_bin() -> int:
    """Remove the datasets whose time in the bin is over; how many."""
    before = timezone.now() - timedelta(days=settings.BIN_DAYS)
    due = list(Dataset.objects.filter(deleted_at__lt=before))
    for dataset in due:
        purge_dataset(dataset=dataset)
    return len(due)


_OF_DATASET = "IN (SELECT id FROM catalog_labelclass WHERE dataset_id = %(dataset)s)"
_PURGE = (
    f"""DELETE FROM catalog_labelchange c USING catalog_label l
        WHERE c.label_id = l.id AND l.label_class_id {_OF_DATASET}""",
    f"DELETE FROM catalog_label WHERE label_class_id {_OF_DATASET}",
    "DELETE FROM catalog_labelcount WHERE dataset_id = %(dataset)s",
    "DELETE FROM catalog_labelclass WHERE dataset_id = %(dataset)s",
    "DELETE FROM catalog_image WHERE dataset_id = %(dataset)s",
    "DELETE FROM catalog_dataset WHERE id = %(dataset)s",
)


@transaction.atomic
def create_class(*, person: User | None, dataset: Dataset, name: str) -> LabelClass:
    """Name a class before any label has it: what is to be outlined on pictures without labels.

    Raises:
        ClassNameTaken: another class has the name, but for case and spaces; `other` is its id.
        TooManyClasses
    """
    lock_dataset(dataset.pk)
    classes = LabelClass.objects.filter(dataset=dataset)
    if holder := classes.filter(key=class_key(name)).first():
        sentence = f"This dataset has the class “{holder.name}” already."
        other = str(holder.merged_into_id or holder.pk)
        raise ClassNameTaken(sentence, errors={"name": [sentence]}, other=other)
    if classes.count() >= settings.MAX_CLASSES_PER_DATASET:
        raise TooManyClasses
    made = LabelClass.objects.create(dataset=dataset, name=name, key=class_key(name))
    record(person, "class.create", name, dataset=dataset.name)
    return made


@transaction.atomic
def rename_class(*, person: User, label_class: LabelClass, name: str) -> LabelClass:
    """Give a class another name; its id stays, started jobs keep the name they froze.

    A class that was merged into this one gives up its name and takes the old one, so that later
    imports under either name still arrive here.

    Raises:
        ClassNameTaken: another class has the name, but for case and spaces.
    """
    lock_dataset(label_class.dataset_id)
    before, key = label_class.name, class_key(name)
    holder = (
        LabelClass.objects.filter(dataset=label_class.dataset_id, key=key)
        .exclude(pk=label_class.pk)
        .first()
    )
    if holder is not None:
        if holder.merged_into_id != label_class.pk:
            raise ClassNameTaken(errors={"name": [ClassNameTaken.title]}, other=str(holder.pk))
        old_key = label_class.key
        LabelClass.objects.filter(pk=label_class.pk).update(key=f"\n{label_class.pk}")
        LabelClass.objects.filter(pk=holder.pk).update(name=before, key=old_key)
    label_class.name, label_class.key = name, key
    label_class.save(update_fields=["name", "key"])
    record(person, "class.rename", name, before=before)
    return label_class


@transaction.atomic
def merge_class(*, person: User, label_class: LabelClass, into: LabelClass) -> LabelClass:
    """Move all labels of one class to another of the same dataset; the first stays as a signpost.

    Where both said the same of a picture, the target's label is kept and its history holds both
    confidences. The counts of (dataset, class, source, bin) move in the same transaction. Later
    imports of the merged name go to the target.

    Raises:
        CannotMerge: the same class, another dataset, or one that was merged before.
    """
    lock_dataset(label_class.dataset_id)
    label_class.refresh_from_db()
    into.refresh_from_db()
    if label_class.pk == into.pk or label_class.dataset_id != into.dataset_id:
        raise CannotMerge("Choose another class of the same dataset.")
    if label_class.merged_into_id or into.merged_into_id:
        raise CannotMerge("One of the two was merged into another class before.")
    values: dict[str, Any] = {
        "old": label_class.pk,
        "new": into.pk,
        "person": person.pk,
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER_BOTH, values)
        both = cursor.rowcount
        cursor.execute(_MOVE, values)
        moved = cursor.rowcount
    LabelClass.objects.filter(merged_into=label_class).update(merged_into=into)
    LabelClass.objects.filter(pk=label_class.pk).update(merged_into=into)
    counts.recount(into.dataset_id, [label_class.pk, into.pk])
    record(person, "class.merge", f"{label_class.name} into {into.name}", moved=moved, both=both)
    return into


_SAME = """l.image_id = k.image_id AND l.source = k.source AND l.region = k.region
    AND l.label_class_id = %(old)s AND k.label_class_id = %(new)s"""
_BEFORE = "jsonb_build_object('label_class', l.label_class_id, 'confidence', l.confidence)"
_REMEMBER_BOTH = f"""
INSERT INTO catalog_labelchange (label_id, at, actor_id, kind, before, after)
SELECT k.id, %(now)s, %(person)s, 'merge', {_BEFORE},
       jsonb_build_object('label_class', k.label_class_id, 'confidence', k.confidence)
FROM catalog_label l JOIN catalog_label k ON {_SAME}
"""
_MOVE = f"""
WITH moved AS (
    UPDATE catalog_label l SET label_class_id = %(new)s
    WHERE l.label_class_id = %(old)s
      AND NOT EXISTS (SELECT FROM catalog_label k WHERE {_SAME})
    RETURNING l.id, l.confidence
)
INSERT INTO catalog_labelchange (label_id, at, actor_id, kind, before, after)
SELECT id, %(now)s, %(person)s, 'merge',
       jsonb_build_object('label_class', %(old)s::uuid, 'confidence', confidence),
       jsonb_build_object('label_class', %(new)s::uuid, 'confidence', confidence)
FROM moved
"""


@transaction.atomic
def erase_image(*, person: User, image: Image) -> Image:
    """Remove a picture's file and thumbnails at once; its rows stay, as erased.

    Its labels leave the counts and every later selection. A content that another image shows too
    stays with that one.
    """
    lock_dataset(image.dataset_id)
    image = Image.objects.select_for_update(of=("self",)).get(pk=image.pk)
    if image.erased_at is not None:
        return image
    counts.take_out(image)
    dependents.forget_picture(image.pk)
    digest = image.blob_id
    image.erased_at, image.blob, image.location = timezone.now(), None, ""
    image.save(update_fields=["erased_at", "blob", "location"])
    record(person, "image.erase", image.ref, sha256=digest or "")
    if digest is not None:
        blobs.drop_unused([digest])
    return image
