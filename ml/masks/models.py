"""Mask requests: a prompt on a picture, and the mask that a worker drew from it."""

import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from labelapp.background import BUSY, BackgroundWork, WorkCancelled, WorkState
from labelapp.catalog.models import Dataset, Image, Label, LabelClass
from labelapp.catalog.selectors import survivors
from labelapp.geometry.rle import Rle


class MaskRequest(BackgroundWork):
    """One prompt for one version of a segmenter, drawn once however often it is asked for.

    `prompt` is canonical (see `ml.masks.prompts`), `prompt_key` its SHA-256. The mask is set together
    with the state `done`. `tries_from`: the attempts that were spent before it was last queued.
    """

    # A person waits, and a lease is renewed every other second: a dead worker is noticed soon.
    lease: ClassVar[timedelta] = timedelta(seconds=8)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    image = models.ForeignKey(Image, models.CASCADE, db_index=False, related_name="mask_requests")
    segmenter = models.CharField(max_length=40)
    version = models.CharField(max_length=80)
    prompt = models.JSONField()
    prompt_key = models.CharField(max_length=64)
    previous = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    tries_from = models.IntegerField(default=0)

    height = models.IntegerField(null=True)
    width = models.IntegerField(null=True)
    counts = models.TextField(default="", blank=True)
    bbox = ArrayField(models.IntegerField(), size=4, null=True)
    area = models.BigIntegerField(null=True)
    score = models.FloatField(null=True)
    elapsed_ms = models.BigIntegerField(null=True)
    error_code = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "version", "prompt_key"], name="mask_prompt_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | (
                    ~Q(counts="") & Q(height__isnull=False, width__isnull=False, bbox__isnull=False)
                ),
                name="mask_done_is_there",
            ),
        ]
        indexes = [
            models.Index(
                fields=["version", "created_at"],
                condition=Q(state__in=[WorkState.QUEUED, *BUSY]),
                name="mask_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"mask {self.id} ({self.state})"

    @property
    def rle(self) -> Rle | None:
        """The mask as COCO writes it; None while there is none."""
        if self.height is None or self.width is None or not self.counts:
            return None
        return {"size": [self.height, self.width], "counts": self.counts}


class MaskWish(models.Model):
    """Which mask somebody wants for an object on a picture: the one asked for last.

    `thing` is the object's name in the client. A request that nobody wishes for any more is cancelled.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    image = models.ForeignKey(Image, models.CASCADE, db_index=False, related_name="+")
    thing = models.CharField(max_length=64)
    request = models.ForeignKey(MaskRequest, models.CASCADE, related_name="wishes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "person", "thing"], name="mask_wish_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} wants {self.request_id} for {self.thing}"


class MaskRun(BackgroundWork):
    """Masks for what a dataset's labels point at by a box or points: each becomes a label with a mask.

    `source` and `label_classes` narrow it; empty means all. It goes through the labels by id; `after`
    is the last one dealt with, written together with the masks, so that a run that goes on after its
    worker died draws none twice. `drawn` labels have a mask, `refused` ones (see MaskRefusal) could
    not; `done` is both. `tries_from`: the attempts that were spent when it last drew something;
    `head_start`: what was done when its present worker took it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="mask_runs")
    source = models.CharField(max_length=300, default="", blank=True)
    label_classes = ArrayField(models.UUIDField(), default=list, blank=True)
    segmenter = models.CharField(max_length=40)
    version = models.CharField(max_length=80)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    after = models.UUIDField(null=True)
    drawn = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    tries_from = models.IntegerField(default=0)
    head_start = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(drawn__gte=0, refused__gte=0), name="mask_run_counts"
            ),
            models.UniqueConstraint(
                fields=["dataset"],
                condition=Q(state__in=[WorkState.QUEUED, *BUSY]),
                name="mask_run_alone_on_dataset",
            ),
        ]

    def __str__(self) -> str:
        return f"masks of {self.dataset_id} by {self.version} ({self.state})"

    @property
    def own_source(self) -> str:
        """The source of the labels that it makes."""
        return source_of(self.version)

    @property
    def chosen_classes(self) -> list[LabelClass]:
        """Those that it is narrowed to, as they are now."""
        if not self.label_classes:
            return []
        became = survivors(self.label_classes).values()
        return list(LabelClass.objects.filter(pk__in=became).order_by("name"))

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """Why labels were refused: `code` and `count`, the most frequent first."""
        if not self.refused:
            return []
        counted = self.refusals.values("code").annotate(count=Count("pk"))
        return [dict(row) for row in counted.order_by("-count", "code")]

    def done_by_this_worker(self) -> int:
        return self.done - self.head_start

    def hand_on(self) -> None:
        """Let go of it under way: whoever hears its bell next goes on.

        Raises:
            WorkCancelled: it was cancelled or belongs to another worker now.
        """
        if not self.mine().update(lease_until=timezone.now()):
            raise WorkCancelled


def source_of(version: str) -> str:
    """The source of the labels whose masks this version of a segmenter draws."""
    return f"model:{version}"


class MaskRefusal(models.Model):
    """A label of a run that no mask could be drawn for, and why: `code` for programs, `reason` for people."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(MaskRun, models.CASCADE, db_index=False, related_name="refusals")
    label = models.ForeignKey(Label, models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "label"], name="mask_refusal_once")]

    def __str__(self) -> str:
        return f"no mask for {self.label_id}: {self.code}"
