"""What asks for a search for near-duplicates, and what becomes of its groups. The search is `finding.py`."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F

from labelapp.accounts.audit import record
from labelapp.accounts.models import User
from labelapp.background import ENDED, WorkState, ring
from labelapp.catalog.models import Dataset, Image
from labelapp.catalog.services import lock_dataset
from ml.alike import atlas
from ml.alike.models import Twin, TwinGroup, TwinSearch
from ml.alike.tasks import find_twins

_ROWS = 5_000


@transaction.atomic
def ask(*, person: User, dataset: Dataset) -> TwinSearch:
    """Have a dataset searched from its beginning; whoever asks while a search waits gets that one."""
    search = _ask(dataset.pk, person)
    record(person, "near_duplicates.search", dataset.name, search=str(search.pk))
    return search


def look_again(dataset_id: UUID) -> None:
    """Search once what brings the news of the dataset is written: a hearer of `catalog.arrivals`."""
    _ask(dataset_id, None)


def _ask(dataset_id: UUID, person: User | None) -> TwinSearch:
    queued = TwinSearch.objects.filter(dataset=dataset_id, state=WorkState.QUEUED)
    # Held until the news is committed: a worker that takes it up earlier would not see them.
    while (waiting := queued.select_for_update(no_key=True).first()) is None:
        given = TwinSearch(dataset_id=dataset_id, requested_by=person)
        TwinSearch.objects.bulk_create([given], ignore_conflicts=True)
    ring(find_twins, waiting.pk)
    return waiting


@transaction.atomic
def write(search: TwinSearch, groups: Sequence[Sequence[UUID]]) -> None:
    """Replace the dataset's groups by what this search found, and end it.

    Keeps: a picture is in one group at most; no erased one is; a group has two or more; the groups are
    those of one search, never of an older one than before.

    Raises:
        WorkCancelled: it is no longer this worker's.
    """
    lock_dataset(search.dataset_id)
    ended = TwinSearch.objects.filter(dataset=search.dataset_id, state__in=ENDED)
    if not ended.filter(state=WorkState.DONE, created_at__gt=search.created_at).exists():
        TwinGroup.objects.filter(dataset=search.dataset_id).delete()
        erased = Image.objects.filter(dataset=search.dataset_id, erased_at__isnull=False)
        gone = set(erased.values_list("pk", flat=True))
        left = [[image for image in group if image not in gone] for group in groups]
        _insert(search.dataset_id, [group for group in left if len(group) > 1])
    search.finish(WorkState.DONE, done=search.total or 0, message="")
    ended.exclude(pk=search.pk).filter(created_at__lt=search.created_at).delete()


def _insert(dataset_id: UUID, groups: Sequence[Sequence[UUID]]) -> None:
    rows = [TwinGroup(dataset_id=dataset_id, size=len(group)) for group in groups]
    TwinGroup.objects.bulk_create(rows, batch_size=_ROWS)
    twins = (
        Twin(group=row, image_id=image, place=place)
        for row, group in zip(rows, groups, strict=True)
        for place, image in enumerate(group)
    )
    Twin.objects.bulk_create(twins, batch_size=_ROWS)


def forget_twin(image_id: UUID) -> None:
    """Take an erased picture out of its group (a group of one is none) and out of files. The dataset is
    held."""
    for dataset_id in Image.objects.filter(pk=image_id).values_list("dataset", flat=True):
        atlas.forget(dataset_id)
    for group in TwinGroup.objects.filter(twins__image=image_id):
        if group.size == 2:
            group.delete()
            return
        Twin.objects.filter(image=image_id).delete()
        TwinGroup.objects.filter(pk=group.pk).update(size=F("size") - 1)


class TwinsOfDataset:
    """Near-duplicates as seen by a dataset that wants to go: they keep nothing."""

    def holding(self, dataset_id: UUID) -> list[str]:
        return []

    def remove(self, dataset_id: UUID) -> None:
        atlas.forget(dataset_id)
        TwinSearch.objects.filter(dataset=dataset_id).delete()
        TwinGroup.objects.filter(dataset=dataset_id).delete()
