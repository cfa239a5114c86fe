"""Masks for the boxes of a whole dataset: asked for here, drawn by `bulk_drawing.py` in a worker.

A label with a box gets another beside it: the same picture, class and confidence, the mask as its
region, `model:<version>` as its source. Run again, it adds nothing.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from labelapp.accounts.audit import record
from labelapp.accounts.models import User
from labelapp.background import ring
from labelapp.catalog.models import Dataset, Label
from ml.masks.errors import MaskRunEnded, MaskRunNotFound, NothingToOutline
from ml.masks.models import MaskRun
from ml.masks.tasks import draw_dataset as bell
from ml.registry.weights import Segmenter


def boxes_of(dataset: Dataset, source: str) -> QuerySet[Label]:
    """The labels of a dataset that have a box, by id; an empty `source` means all."""
    found = Label.objects.live().filter(image__dataset=dataset, region__has_key="box")
    return (found.filter(source=source) if source else found).order_by("pk")


def runs() -> QuerySet[MaskRun]:
    """Those whose dataset is not in the bin."""
    return MaskRun.objects.filter(dataset__deleted_at=None).select_related(
        "dataset", "requested_by"
    )


def run_by_id(run_id: UUID) -> MaskRun:
    """Raises MaskRunNotFound."""
    found = runs().filter(pk=run_id).first()
    if found is None:
        raise MaskRunNotFound
    return found


@transaction.atomic
def start(*, person: User, dataset: Dataset, source: str, used: Segmenter) -> MaskRun:
    """Have a worker draw a mask for each box; it is rung once this has committed.

    Raises:
        NothingToOutline: no label there has a box.
    """
    if not boxes_of(dataset, source).exists():
        raise NothingToOutline
    run = MaskRun.objects.create(
        dataset=dataset,
        source=source,
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
