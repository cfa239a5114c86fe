"""The pictures of a job, and what each annotator has drawn on them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from labelapp.background import BackgroundWork
from labelapp.catalog.models import Image, Label
from qa.jobs.models import Assignment, Batch, Job


class PictureItem(models.Model):
    """A picture frozen into a job, its place in the job's order, and the batch that it alone makes up.

    The id is random, so that it does not betray the rank.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey(Job, models.CASCADE, db_index=False, related_name="pictures")
    image = models.ForeignKey(Image, models.PROTECT, related_name="+")
    rank = models.IntegerField()
    batch = models.OneToOneField(Batch, models.PROTECT, related_name="picture")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "image"], name="picture_once_in_job"),
            models.UniqueConstraint(fields=["job", "rank"], name="picture_rank_once"),
        ]

    def __str__(self) -> str:
        return f"picture {self.image_id} of {self.job_id}"


class GivenMask(models.Model):
    """A mask that a picture came with to be corrected; one that was found `right` is shown beside those,
    locked."""

    id = models.BigAutoField(primary_key=True)
    picture = models.ForeignKey(PictureItem, models.CASCADE, related_name="given")
    label = models.ForeignKey(Label, models.PROTECT, related_name="+")
    right = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["picture", "label"], name="given_mask_once")]

    def __str__(self) -> str:
        return f"{self.label_id} on {self.picture_id}"


class Skip(models.Model):
    """Why somebody gave a picture up for good: it goes to others, and does not come back to them."""

    assignment = models.OneToOneField(
        Assignment, models.CASCADE, primary_key=True, related_name="skip"
    )
    job = models.ForeignKey(Job, models.CASCADE, db_index=False, related_name="skips")
    reason = models.CharField(max_length=200, blank=True)
    skipped_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["job", "-skipped_at"], name="skip_by_job")]

    def __str__(self) -> str:
        return f"{self.assignment_id} skipped"


class LabelRun(BackgroundWork):
    """The outlines of a job become labels of its dataset, as work with progress: a document at a time.

    `added` were no labels before, `unchanged` were.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey(Job, models.CASCADE, related_name="label_runs")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    added = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"labels of {self.job_id}"


class Document(models.Model):
    """The objects that one person has drawn on one picture in one job.

    `revision` counts the saves; it is the document's ETag. Each of `outlines` has `id`, `label_class` (id
    or null), `name`, `mask` (COCO RLE or null), `bbox`, `area`, `order`, `source`, `hidden`, `locked`,
    `accepted` and `history`: the steps that made it, as the editor wrote them. `drawn` counts those that an
    export would have by class id, so that nobody who only counts must read the masks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey(Job, models.CASCADE, db_index=False, related_name="documents")
    image = models.ForeignKey(Image, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revision = models.BigIntegerField(default=0)
    outlines = models.JSONField(default=list)
    drawn = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "image", "person"], name="document_once"),
            models.CheckConstraint(condition=Q(revision__gte=0), name="document_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.image_id}"

    @property
    def etag(self) -> str:
        return f'"{self.revision}"'
