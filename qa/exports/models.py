"""Exports that a worker writes: what was asked for, and the file it became."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from labelapp.background import BackgroundWork
from labelapp.catalog.models import Dataset
from qa.jobs.models import Job


class Format(models.TextChoices):
    CSV = "csv"
    JSONL = "jsonl"
    COCO = "coco"
    MASKS = "masks"
    SAGEMAKER = "sagemaker"


class Export(BackgroundWork):
    """Labels or outlines of a job, or labels of a dataset, on their way into a file, or there.

    `filters` is what `qa.exports.selectors.Filters` reads and writes. `file` and `manifest` are the
    storage name and the manifest of the finished file; they are set together with the state `done`,
    so nobody ever sees half a file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="exports")
    job = models.ForeignKey(Job, models.CASCADE, null=True, related_name="exports")
    format = models.CharField(max_length=16, choices=Format)
    filters = models.JSONField(default=dict)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    rows = models.BigIntegerField(null=True)
    file = models.CharField(max_length=200, default="", blank=True)
    manifest = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | (~Q(file="") & Q(rows__isnull=False)),
                name="export_done_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(format__in=Format.values), name="export_format_known"
            ),
        ]

    def __str__(self) -> str:
        return f"export {self.id} ({self.format})"
