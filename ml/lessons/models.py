"""Training runs, and the pictures that each of them learned from or was judged on."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from labelapp.background import BUSY, ENDED, BackgroundWork, WorkState
from labelapp.catalog.models import Dataset, Image
from labelapp.catalog.truths import How
from ml.registry.models import ModelVersion
from ml.training.split import SHARE, Part

AT_WORK = (WorkState.QUEUED, *BUSY)


class Stage(models.TextChoices):
    """What a training run is at; `done` and `total` count in this stage."""

    SEEING = "seeing"  # pictures whose features are missing are shown to the network
    LEARNING = "learning"  # fits
    TUNING = "tuning"  # steps of the encoder
    JUDGING = "judging"


class Method(models.TextChoices):
    """What learns: a head on features that stay as they are, or after it the encoder with it."""

    HEAD = "head"
    FINE_TUNE = "fine_tune"


class TrainingRun(BackgroundWork):
    """What is learned on `base` by a `method` from examples that were frozen when it was asked for. It
    becomes `made`, the version `name`@`version`, or nothing.

    `asked`: where the examples came from (`jobs`, `export`, `sources`). `classes`: [{id, name}] in the
    order of the head's outputs. `counts`: examples by how they are known, `conflicting` ones left out.
    `sha256`: of the examples, see `services.digest`. `compared_with`: on the held-out pictures.
    `log`: lines for people. `stage_since`: when it came to what it is at.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, models.CASCADE, db_index=False, related_name="+")
    base = models.ForeignKey(ModelVersion, models.PROTECT, related_name="+")
    method = models.CharField(max_length=10, choices=Method, default=Method.HEAD)
    name = models.CharField(max_length=100)
    version = models.CharField(max_length=50)
    made = models.OneToOneField(
        ModelVersion, models.PROTECT, null=True, related_name="training_run"
    )
    compared_with = models.ForeignKey(ModelVersion, models.PROTECT, null=True, related_name="+")
    asked = models.JSONField(default=dict)
    classes = models.JSONField()
    counts = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    balanced = models.BooleanField(default=False)
    held_out_share = models.FloatField(default=SHARE)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.SEEING)
    stage_since = models.DateTimeField(null=True)
    log = models.TextField(default="", blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dataset"], condition=Q(state__in=AT_WORK), name="training_at_work_once"
            ),
            models.UniqueConstraint(
                Lower("name"),
                Lower("version"),
                condition=Q(state__in=AT_WORK),
                name="training_for_a_version_once",
            ),
            models.CheckConstraint(
                condition=Q(state=WorkState.DONE, made__isnull=False)
                | (~Q(state=WorkState.DONE) & Q(made=None)),
                name="training_done_has_made",
            ),
            models.CheckConstraint(
                condition=Q(held_out_share__gt=0, held_out_share__lt=1), name="training_share"
            ),
            models.CheckConstraint(
                condition=Q(compared_with=None) | ~Q(compared_with=F("made")),
                name="training_not_compared_with_itself",
            ),
        ]
        indexes = [models.Index(fields=["dataset", "state"], name="training_of_dataset")]

    def __str__(self) -> str:
        return f"{self.name}@{self.version} ({self.state})"

    def progress(self, now: datetime | None = None) -> dict[str, Any]:
        """A rate tells something only while pictures are looked at, the time left also while the encoder
        learns: by the time that its steps took."""
        found = super().progress(now)
        if self.stage == Stage.SEEING:
            return found
        return {**found, "rate": None, "seconds_left": self._tuning_left(now or timezone.now())}

    def _tuning_left(self, now: datetime) -> float | None:
        if self.stage != Stage.TUNING or self.state in ENDED or not self.stage_since:
            return None
        if not self.done or self.total is None:
            return None
        seconds = (now - self.stage_since).total_seconds()
        return round(seconds / self.done * (self.total - self.done), 1)


class Example(models.Model):
    """A picture with its right class, as a training run has it. Both classes are places in the run's
    `classes`.

    `given`, `confidence`: what the version that was made says of a held-out picture. `before`: the class
    that the version it is compared with gives, -1 for one that is not in the list, null where it was not
    compared. `refusal`: why the picture could not be read; it is in no part then.
    """

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(TrainingRun, models.CASCADE, db_index=False, related_name="examples")
    image = models.ForeignKey(Image, models.CASCADE, related_name="+")
    right = models.SmallIntegerField()
    how = models.CharField(max_length=10, choices=[(one.value,) * 2 for one in How])
    part = models.CharField(
        max_length=10, choices=[(one.value,) * 2 for one in Part], default="", blank=True
    )
    given = models.SmallIntegerField(null=True)
    confidence = models.FloatField(null=True)
    before = models.SmallIntegerField(null=True)
    refusal = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "image"], name="example_once_in_run"),
        ]

    def __str__(self) -> str:
        return f"{self.image_id} in {self.run_id}"
