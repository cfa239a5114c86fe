"""Masks for the boxes and points of a whole dataset: asked for here, drawn by `bulk_drawing.py` in a
worker.

A label that says where its object is, by a box or four points, gets another beside it: the same picture,
class and confidence, the mask as its region, `model:<version>` as its source. What the mask was drawn
from stands in its `extra`, so that a label that has its mask is passed over: run again, it adds nothing.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, QuerySet

from labelapp.accounts.audit import record
from labelapp.accounts.models import User
from labelapp.background import ENDED, ring
from labelapp.catalog.models import Dataset, Label
from labelapp.catalog.selection import Selection
from labelapp.catalog.selectors import dataset_by_id, survivors
from labelapp.catalog.services import lock_dataset
from ml.masks.errors import MaskRunEnded, MaskRunNotFound, MaskRunUnderWay, NothingToOutline
from ml.masks.models import MaskRefusal, MaskRun, source_of
from ml.masks.tasks import draw_dataset as bell
from ml.registry.weights import Segmenter

PLACES = ("box", "points")  # of a region: what a mask can be drawn from
DRAWN_FROM = "drawn_from"  # in a mask's `extra`: the region it was drawn from


def pointed_at(dataset: Dataset, source: str, label_classes: Sequence[UUID]) -> QuerySet[Label]:
    """The labels that say where their object is, but not by a mask. A class that was merged into
    another stands for that one; an empty `source` or no class means all."""
    classes = tuple(set(survivors(label_classes).values()))
    found = Selection(dataset=dataset.pk, source=source, label_classes=classes).labels()
    return found.filter(region__has_any_keys=PLACES).exclude(region__has_key="mask")


def has_mask(version: str) -> Exists:
    """A condition on labels: this version of a segmenter has drawn a mask from their place."""
    beside = Label.objects.filter(
        image=OuterRef("image"),
        label_class=OuterRef("label_class"),
        source=source_of(version),
        **{f"extra__{DRAWN_FROM}": OuterRef("region")},
    )
    return Exists(beside)


def left_of(run: MaskRun) -> QuerySet[Label]:
    """What a run has still to draw, by id."""
    found = pointed_at(run.dataset, run.source, run.label_classes).filter(~has_mask(run.version))
    return (found.filter(pk__gt=run.after) if run.after else found).order_by("pk")


def forecast(dataset: Dataset, version: str) -> list[dict[str, Any]]:
    """For each source and class how many labels a mask can be drawn for, and for how many of them
    there is none of this version yet. A version that is empty has drawn none."""
    missing = Count("pk", filter=~has_mask(version))
    found = pointed_at(dataset, "", ()).values("source", "label_class")
    rows = found.annotate(labels=Count("pk"), missing=missing, name=F("label_class__name"))
    return [
        {
            "source": row["source"],
            "label_class": {"id": row["label_class"], "name": row["name"]},
            "labels": row["labels"],
            "missing": row["missing"],
        }
        for row in rows.order_by("source", "name")
    ]


def runs(dataset: UUID | None = None) -> QuerySet[MaskRun]:
    """Those whose dataset is not in the bin, or those of one dataset."""
    found = MaskRun.objects.filter(dataset__deleted_at=None)
    found = found.filter(dataset=dataset) if dataset else found
    return found.select_related("dataset", "requested_by")


def run_by_id(run_id: UUID) -> MaskRun:
    """Raises MaskRunNotFound."""
    found = runs().filter(pk=run_id).first()
    if found is None:
        raise MaskRunNotFound
    return found


def refusals_of(run: MaskRun) -> QuerySet[MaskRefusal]:
    return run.refusals.select_related("label__image", "label__label_class")


@transaction.atomic
def start(
    *,
    person: User,
    dataset: Dataset,
    source: str,
    label_classes: Sequence[UUID],
    used: Segmenter,
) -> MaskRun:
    """Have a worker draw what is missing; it is rung once this has committed.

    Keeps: one run at a time on a dataset, and none on one in the bin.

    Raises:
        NothingToOutline: no label of this choice says where its object is.
        MaskRunUnderWay: another run is at work on the dataset; `run` is its id.
    """
    lock_dataset(dataset.pk)
    dataset = dataset_by_id(dataset.pk)
    if under_way := MaskRun.objects.filter(dataset=dataset).exclude(state__in=ENDED).first():
        raise MaskRunUnderWay(run=str(under_way.pk))
    if not pointed_at(dataset, source, label_classes).exists():
        raise NothingToOutline
    run = MaskRun.objects.create(
        dataset=dataset,
        source=source,
        label_classes=list(label_classes),
        segmenter=used.name,
        version=used.version,
        requested_by=person,
    )
    record(person, "mask_run.start", dataset.name, run=str(run.pk), segmenter=used.version)
    ring(bell, run.pk)
    return run


def cancel(*, person: User, run: MaskRun) -> MaskRun:
    """Stop a run; the masks that it has drawn stay. Raises MaskRunEnded."""
    if not run.cancel():
        raise MaskRunEnded
    record(person, "mask_run.cancel", run.dataset.name, run=str(run.pk))
    return run
