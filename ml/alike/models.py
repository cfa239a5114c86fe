"""Searches for near-duplicates, and what the last one of a dataset found."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from labelapp.background import BackgroundWork, WorkState
from labelapp.catalog.models import Dataset, Image
from ml.registry.models import ModelVersion


class TwinSearch(BackgroundWork):
    """A search of a whole dataset for pictures that are nearly the same.

    Compared were `pictures`; `unreadable` had no look and could not be read. `seen_by` is the version
    whose features had to agree; null where looks alone decided. `requested_by` is null after an import or
    a prediction run, which ask by themselves.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="twin_searches")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    pictures = models.BigIntegerField(default=0)
    unreadable = models.BigIntegerField(default=0)
    seen_by = models.ForeignKey(ModelVersion, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dataset"],
                condition=Q(state=WorkState.QUEUED),
                name="twin_search_waits_once",
            )
        ]

    def __str__(self) -> str:
        return f"near-duplicates of {self.dataset_id} ({self.state})"


class TwinGroup(models.Model):
    """Two pictures of a dataset or more that are nearly the same; `size` says how many are left."""

    id = models.BigAutoField(primary_key=True)
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="twin_groups")
    size = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=2), name="twin_group_of_two_or_more")
        ]

    def __str__(self) -> str:
        return f"{self.size} of {self.dataset_id}"


class Twin(models.Model):
    """A picture of a group, and its place there, counted from 0."""

    image = models.OneToOneField(Image, models.CASCADE, primary_key=True, related_name="+")
    group = models.ForeignKey(TwinGroup, models.CASCADE, db_index=False, related_name="twins")
    place = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "place"], name="twin_place_once")]

    def __str__(self) -> str:
        return f"{self.image_id} in {self.group_id}"
