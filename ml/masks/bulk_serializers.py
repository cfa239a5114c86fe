"""Runs of masks as they are asked for and shown."""

from typing import Any

from rest_framework import serializers

from labelapp.catalog.serializers import ClassRef, LabelOut
from ml.masks.models import MaskRefusal, MaskRun

Given = serializers.Serializer[dict[str, Any]]


class MaskRunIn(Given):
    dataset = serializers.UUIDField()
    source = serializers.CharField(  # type: ignore[assignment] # DRF's own name
        max_length=300, allow_blank=True, default="", help_text="All sources when it is empty."
    )
    label_classes = serializers.ListField(
        child=serializers.CharField(max_length=300),
        default=list,
        max_length=10_000,
        help_text="Ids or exact names; all when it is empty.",
    )
    segmenter = serializers.CharField(
        max_length=40, allow_blank=True, default="", help_text="The default one when it is empty."
    )


class MaskRunsIn(Given):
    dataset = serializers.UUIDField(default=None)


class ForecastIn(Given):
    dataset = serializers.UUIDField()
    segmenter = serializers.CharField(max_length=40, allow_blank=True, default="")


class ForecastRowOut(Given):
    source = serializers.CharField()  # type: ignore[assignment] # DRF's own name
    label_class = ClassRef()
    labels = serializers.IntegerField(help_text="With a box or four points.")
    missing = serializers.IntegerField(help_text="Those of which this segmenter drew no mask yet.")


class ForecastOut(Given):
    results = ForecastRowOut(many=True)


class MaskRunProgressOut(Given):
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)
    rate = serializers.FloatField(allow_null=True)
    seconds_left = serializers.FloatField(allow_null=True)
    message = serializers.CharField()


class ReasonOut(Given):
    code = serializers.CharField()
    count = serializers.IntegerField()


class MaskRunOut(serializers.ModelSerializer[MaskRun]):
    """A run; `label_source` is the source of the labels that it makes."""

    progress = MaskRunProgressOut()
    dataset_name = serializers.CharField(source="dataset.name")
    label_classes = ClassRef(many=True, source="chosen_classes", help_text="None means all.")
    label_source = serializers.CharField(source="own_source")
    requested_by = serializers.CharField(source="requested_by.username", allow_null=True)
    reasons = ReasonOut(many=True, help_text="Why labels were refused, the most frequent first.")

    class Meta:
        model = MaskRun
        fields = [
            "id", "state", "progress", "message", "dataset", "dataset_name", "source",
            "label_classes", "segmenter", "version", "label_source", "drawn", "refused", "reasons",
            "requested_by", "created_at", "finished_at",
        ]  # fmt: skip


class MaskRefusalOut(serializers.ModelSerializer[MaskRefusal]):
    """A label without a mask, and why."""

    label = LabelOut()  # type: ignore[assignment] # DRF's own name

    class Meta:
        model = MaskRefusal
        fields = ["id", "label", "code", "reason"]
