"""Datasets, their pictures, classes and labels."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextField, Value
from django.db.models.functions import MD5, Cast, Lower, NullIf


class DatasetQuerySet(models.QuerySet["Dataset"]):
    def live(self) -> "DatasetQuerySet":
        return self.filter(deleted_at=None)


class Dataset(models.Model):
    """A named set of pictures and labels. Deleted ones lie in a bin for 30 days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Kept by whoever adds pictures, in the same transaction: counting a million rows is no answer.
    image_count = models.BigIntegerField(default=0)
    objects = DatasetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"), condition=Q(deleted_at=None), name="dataset_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Blob(models.Model):
    """The content of a picture, once for each SHA-256; its file lies in the `pictures` storage."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=40)
    # As shown: after the EXIF orientation.
    width = models.IntegerField()
    height = models.IntegerField()
    # False for what browsers cannot show, such as TIFF; those get a converted copy.
    shown_as_is = models.BooleanField(default=True)
    # How it looks: its difference hash; null for contents that are older than this column.
    dhash = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256

    @property
    def storage_name(self) -> str:
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"


class Image(models.Model):
    """A picture of a dataset, named by the path as the file gave it (`ref`).

    Without a blob it is a reference (`location` says where it may be read), a generated stand-in
    (`location` is "placeholder:"), or erased.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, models.CASCADE, db_index=False, related_name="images")
    ref = models.TextField()
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="images")
    location = models.TextField(default="", blank=True)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "ref"], name="image_ref_once_in_dataset")
        ]
        indexes = [
            models.Index(
                fields=["dataset"], condition=Q(erased_at__isnull=False), name="image_erased"
            )
        ]

    def __str__(self) -> str:
        return self.ref


class LabelClass(models.Model):
    """A class of a dataset. `key` is the name after NFKC, case folding and collapsing of spaces.

    A class merged into another stays as a signpost: started jobs keep its name, and later imports of
    that name follow `merged_into`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, models.CASCADE, db_index=False, related_name="classes")
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300)
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "key"], name="class_key_once_in_dataset")
        ]

    def __str__(self) -> str:
        return self.name


class LabelQuerySet(models.QuerySet["Label"]):
    def live(self) -> "LabelQuerySet":
        """Those that count: not on an erased picture, not left behind by a merge of classes."""
        erased = Image.objects.filter(pk=models.OuterRef("image"), erased_at__isnull=False)
        return self.filter(~models.Exists(erased), label_class__merged_into=None)


class Label(models.Model):
    """A class said of a picture, or of a region of it, by a source, with a confidence.

    `bin` is floor(1000 * confidence) from the exact decimal text (1.0 alone is 1000), null where the
    confidence is null ("none"). `region` is `{}` for the whole picture. `origin` is the id of the
    import or run it came from.

    Where classes are merged and both said the same of a picture, the label of the class that goes
    away stays with it, for the items of started jobs; it is in no count (`Label.objects.live()`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    image = models.ForeignKey(Image, models.CASCADE, db_index=False, related_name="labels")
    label_class = models.ForeignKey(
        LabelClass, models.PROTECT, db_index=False, related_name="labels"
    )
    confidence = models.FloatField(null=True)
    bin = models.SmallIntegerField(null=True)
    source = models.CharField(max_length=300)
    region = models.JSONField(default=dict)
    extra = models.JSONField(default=dict)
    origin = models.UUIDField(null=True)
    objects = LabelQuerySet.as_manager()

    class Meta:
        constraints = [
            # A mask is longer than an index entry may be, so the index holds a digest of the region,
            # and nothing for the whole picture.
            models.UniqueConstraint(
                F("image"),
                F("label_class"),
                F("source"),
                MD5(NullIf(Cast("region", TextField()), Value("{}"))),
                nulls_distinct=False,
                name="label_once",
            ),
            models.CheckConstraint(
                condition=Q(confidence=None, bin=None)
                | Q(confidence__gte=0, confidence__lte=1, bin__gte=0, bin__lte=1000),
                name="label_confidence_in_range",
            ),
        ]
        indexes = [
            models.Index(fields=["label_class", "bin"], name="label_by_class_and_bin"),
            models.Index(
                fields=["label_class", "source", "bin"],
                condition=Q(region__has_key="mask"),
                name="label_with_mask",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label_class_id} on {self.image_id}"


class LabelCount(models.Model):
    """How many labels there are of (dataset, class, source, bin); kept by whoever writes labels."""

    id = models.BigAutoField(primary_key=True)
    dataset = models.ForeignKey(Dataset, models.CASCADE, db_index=False, related_name="+")
    label_class = models.ForeignKey(LabelClass, models.CASCADE, related_name="+")
    source = models.CharField(max_length=300)
    bin = models.SmallIntegerField(null=True)
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "label_class", "source", "bin"],
                nulls_distinct=False,
                name="label_count_once",
            ),
            models.CheckConstraint(condition=Q(count__gte=0), name="label_count_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.count} of {self.label_class_id} in bin {self.bin}"


class LabelChange(models.Model):
    """What a label was before: another confidence, another class."""

    id = models.BigAutoField(primary_key=True)
    label = models.ForeignKey(Label, models.CASCADE, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=[("confidence",) * 2, ("merge",) * 2])
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="label_change_changes")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.label_id}"
