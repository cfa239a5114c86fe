"""Groups of near-duplicates as people may see them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from labelapp.catalog.models import Dataset, Image
from ml.alike.errors import TwinGroupNotFound
from ml.alike.models import Twin, TwinGroup, TwinSearch

SHOWN = 24


def last_search(dataset: Dataset) -> TwinSearch | None:
    """The newest search; None where there was none."""
    found = TwinSearch.objects.filter(dataset=dataset).select_related("seen_by", "requested_by")
    return found.order_by("created_at").last()


def groups_of(dataset: Dataset) -> QuerySet[TwinGroup]:
    return TwinGroup.objects.filter(dataset=dataset)


def first_of(groups: Iterable[TwinGroup]) -> dict[int, list[Twin]]:
    """The first pictures of each group, in their order."""
    found: dict[int, list[Twin]] = {group.pk: [] for group in groups}
    twins = Twin.objects.filter(group__in=found, place__lt=SHOWN).select_related("image")
    for twin in twins.order_by("group", "place"):
        found[twin.group_id].append(twin)
    return found


def pictures_of(dataset: Dataset, group_id: int) -> QuerySet[Image]:
    """All pictures of a group.

    Raises:
        TwinGroupNotFound
    """
    if not groups_of(dataset).filter(pk=group_id).exists():
        raise TwinGroupNotFound
    return Image.objects.filter(pk__in=Twin.objects.filter(group=group_id).values("image"))


def counts_of(dataset_id: UUID) -> tuple[int, int]:
    """How many groups a dataset has, and how many pictures are in them."""
    twins = Twin.objects.filter(group__dataset=dataset_id)
    return TwinGroup.objects.filter(dataset=dataset_id).count(), twins.count()
