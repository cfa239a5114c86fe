"""An import: what was sent, what was found, what was asked and answered, what came of it."""

import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import models

from labelapp.background import BackgroundWork, WorkState
from labelapp.catalog.models import Dataset

NO_COUNTS = {"rows": 0, "labels": 0, "images": 0, "unchanged": 0, "updated": 0, "rejected": 0}


def no_counts() -> dict[str, int]:
    return dict(NO_COUNTS)


class MissingImages(models.TextChoices):
    REJECT = "reject"
    PLACEHOLDER = "placeholder"
    REFERENCE = "reference"


class Import(BackgroundWork):
    """Labels, pictures or both on their way into a dataset.

    Nothing is written before every question has its answer; then everything in one transaction, so an
    import that is cancelled or killed leaves nothing behind.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="imports")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    # What was sent. `file` and `images` are names in the `uploads` storage, empty for none.
    file = models.CharField(max_length=200, default="", blank=True)
    file_name = models.CharField(max_length=300, default="", blank=True)
    file_bytes = models.BigIntegerField(default=0)
    images = models.CharField(max_length=200, default="", blank=True)
    images_name = models.CharField(max_length=300, default="", blank=True)
    image_root = models.TextField(default="", blank=True)
    s3_uri = models.TextField(default="", blank=True)
    missing_images = models.CharField(
        max_length=12, choices=MissingImages, default=MissingImages.REJECT
    )
    source = models.CharField(max_length=300)
    mapping = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    dry_run = models.BooleanField(default=False)
    # Tries that a person asked for do not count as tries that failed.
    attempts_before = models.IntegerField(default=0)

    # What was found; the answer of the API, kept as it is shown.
    facts = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    confidence_scale = models.CharField(max_length=10, null=True)
    confidence = models.JSONField(default=dict)
    classes = models.JSONField(default=list)
    preview = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    skips = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    counts = models.JSONField(default=no_counts)
    rejected_file = models.CharField(max_length=200, default="", blank=True)
    error_code = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["dataset", "created_at"], name="import_by_dataset")]

    def __str__(self) -> str:
        return f"import of {self.file_name or self.images_name or self.source}"

    @property
    def is_open(self) -> bool:
        """Whether a person may still change how it is read: nothing was written yet."""
        return self.state == WorkState.NEEDS_ANSWERS or (
            self.state == WorkState.DONE and self.dry_run and bool(self.facts.get("kept"))
        )

    @property
    def open_questions(self) -> list[dict[str, Any]]:
        return [question for question in self.questions if question["answer"] is None]

    def forget_uploads(self) -> None:
        """Remove the files that were sent; the import can no longer be read again."""
        for name in (self.file, self.images):
            if name:
                storages["uploads"].delete(name)
