"""Prediction runs, the shards that they are cut into, and what is kept of pictures: features."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, TextField
from django.db.models.functions import MD5, Cast

from labelapp.background import BUSY, BackgroundWork, WorkState
from labelapp.catalog.models import Dataset, Image
from ml.registry.models import ModelVersion


class PredictionRun(BackgroundWork):
    """A model over the pictures of a dataset, or over those that `only` selects: frozen at the start.

    `only` may hold `source`, `label_classes`, `min_confidence`, `max_confidence`; empty means all
    pictures. A picture gets the likeliest class as its label, unless the confidence is below
    `min_confidence`; `top_k` classes are noted with it. Of the pictures dealt with, `labelled` got a
    label, `unchanged` had one of this model before, `below` fell short of the minimum, `unreadable`
    could not be shown to the model.

    It is never claimed itself: its shards are. `attempts` are those of shards that were broken up, but
    for the first of each, which says of no death of its own (`sweeping`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="prediction_runs")
    model_version = models.ForeignKey(ModelVersion, models.PROTECT, related_name="runs")
    only = models.JSONField(default=dict)
    min_confidence = models.FloatField(null=True)
    top_k = models.IntegerField(default=1)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    labelled = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    below = models.BigIntegerField(default=0)
    unreadable = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("dataset"),
                F("model_version"),
                MD5(Cast("only", TextField())),
                condition=Q(state__in=[WorkState.QUEUED, *BUSY]),
                name="run_at_work_once",
            ),
            models.CheckConstraint(
                condition=Q(labelled__gte=0, unchanged__gte=0, below__gte=0, unreadable__gte=0),
                name="run_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model_version_id} over {self.dataset_id} ({self.state})"

    def progress(self, now: datetime | None = None) -> dict[str, Any]:
        """As far as its shards are, where they were summed up (`selectors.runs`)."""
        self.done = getattr(self, "shards_done", None) or self.done
        return super().progress(now)


class Shard(BackgroundWork):
    """Some pictures of a run, done by one worker and written in one transaction or not at all."""

    lease: ClassVar[timedelta] = timedelta(seconds=12)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(PredictionRun, models.CASCADE, db_index=False, related_name="shards")
    number = models.IntegerField()
    images = ArrayField(models.UUIDField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="shard_number_once")]

    def __str__(self) -> str:
        return f"shard {self.number} of {self.run_id} ({self.state})"


class Unreadable(models.Model):
    """A picture that a run could not show to its model, and why."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(
        PredictionRun, models.CASCADE, db_index=False, related_name="unreadable_pictures"
    )
    image = models.ForeignKey(Image, models.CASCADE, related_name="+")
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "image"], name="unreadable_once_in_run")
        ]

    def __str__(self) -> str:
        return f"{self.image_id}: {self.reason}"


class Features(models.Model):
    """What a model sees in a picture: its pooled features, scaled to length 1, as float16.

    `vector` is their bytes, little-endian, `model_version.features` numbers.
    """

    id = models.BigAutoField(primary_key=True)
    image = models.ForeignKey(Image, models.CASCADE, db_index=False, related_name="+")
    model_version = models.ForeignKey(ModelVersion, models.CASCADE, related_name="+")
    vector = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "model_version"], name="features_once_for_model"
            )
        ]

    def __str__(self) -> str:
        return f"features of {self.image_id} by {self.model_version_id}"
