"""The shapes of the catalog in the API; `In` is what comes, `Out` is what goes."""

from typing import Any

from rest_framework import serializers

from labelapp.catalog.models import Label, LabelClass
from labelapp.catalog.names import LONGEST_NAME, fits

Given = serializers.Serializer[Any]


class NameIn(Given):
    name = serializers.CharField(max_length=150)


class DatasetDeleteIn(Given):
    name = serializers.CharField(max_length=150, trim_whitespace=False)


class ClassNameIn(Given):
    name = serializers.CharField(max_length=LONGEST_NAME)

    def validate_name(self, name: str) -> str:
        if not fits(name):
            raise serializers.ValidationError(
                f"As names are compared, this has more than {LONGEST_NAME} characters."
            )
        return name


class MergeIn(Given):
    into = serializers.UUIDField(help_text="The class that stays.")


class ClassRef(serializers.ModelSerializer[LabelClass]):
    """A class as every answer names it."""

    class Meta:
        model = LabelClass
        fields = ["id", "name"]


class PictureOut(Given):
    id = serializers.UUIDField()
    thumb_url = serializers.CharField()
    full_url = serializers.CharField()
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)


class ClassShareOut(Given):
    label_class = ClassRef()
    labels = serializers.IntegerField()


class DatasetOut(Given):
    id = serializers.UUIDField()
    name = serializers.CharField()
    created_at = serializers.DateTimeField()
    images = serializers.IntegerField()
    labels = serializers.IntegerField()
    classes = serializers.IntegerField()
    by_class = ClassShareOut(many=True, help_text="From the largest class down.")
    samples = PictureOut(many=True, help_text="Up to five pictures.")


class SourceOut(Given):
    source = serializers.CharField()  # type: ignore[assignment]
    labels = serializers.IntegerField()


class DatasetDetailOut(DatasetOut):
    sources = SourceOut(many=True)


class BinnedOut(Given):
    id = serializers.UUIDField()
    name = serializers.CharField()
    deleted_at = serializers.DateTimeField()
    deleted_by = serializers.CharField(source="deleted_by.username", default="")
    purged_at = serializers.DateTimeField(help_text="When it is removed for good.")


class ClassOut(Given):
    id = serializers.UUIDField()
    name = serializers.CharField()
    labels = serializers.IntegerField()
    by_source = serializers.DictField(child=serializers.IntegerField())
    histogram = serializers.ListField(
        child=serializers.IntegerField(), help_text="Labels by confidence, 20 bars of 0.05."
    )
    without = serializers.IntegerField(help_text="Labels without a confidence.")


class LabelFilterIn(Given):
    dataset = serializers.UUIDField()
    label_class = serializers.CharField(
        max_length=LONGEST_NAME, default="", help_text="Its id or exact name."
    )
    source = serializers.CharField(max_length=300, default="")  # type: ignore[assignment]
    min_confidence = serializers.FloatField(min_value=0, max_value=1, default=None)
    max_confidence = serializers.FloatField(min_value=0, max_value=1, default=None)


class CloseUpOut(Given):
    """How to show the object of a box or mask: its part of the picture, and its outline."""

    url = serializers.CharField(
        help_text="The part with some margin at the size of a thumbnail, signed for whoever asks."
    )
    x = serializers.IntegerField(help_text="The part, in pixels of the picture.")
    y = serializers.IntegerField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    outline = serializers.CharField(
        help_text="As the path of an SVG, in pixels of the picture, simplified for a tile."
    )


class LabelOut(serializers.ModelSerializer[Label]):
    image = serializers.UUIDField(source="image_id")
    image_ref = serializers.CharField(source="image.ref")
    thumb_url = serializers.CharField(help_text="Signed for whoever asks.")
    close_up = CloseUpOut(allow_null=True, help_text="Null for the whole picture.")
    label_class = ClassRef()
    region = serializers.JSONField()
    extra = serializers.JSONField()

    class Meta:
        model = Label
        fields = [
            "id", "image", "image_ref", "thumb_url", "close_up", "label_class", "confidence",
            "source", "region", "extra",
        ]  # fmt: skip


class ImageLabelOut(serializers.ModelSerializer[Label]):
    close_up = CloseUpOut(allow_null=True, help_text="Null for the whole picture.")
    label_class = ClassRef()
    region = serializers.JSONField()
    extra = serializers.JSONField()

    class Meta:
        model = Label
        fields = ["id", "close_up", "label_class", "confidence", "source", "region", "extra"]


class ImageOut(PictureOut):
    dataset = serializers.UUIDField()
    ref = serializers.CharField()
    sha256 = serializers.CharField(allow_null=True)
    media_type = serializers.CharField(allow_null=True)
    size = serializers.IntegerField(allow_null=True, help_text="In bytes.")
    location = serializers.CharField(help_text="Where a picture lies that is not stored here.")
    erased_at = serializers.DateTimeField(allow_null=True)
    same_content = serializers.ListField(
        child=serializers.CharField(), help_text="Paths of this dataset with the same content."
    )
    labels = ImageLabelOut(many=True)
