"""The shapes of prediction runs in the API; `In` is what comes, `Out` is what goes."""

from typing import Any

from rest_framework import serializers

from labelapp.api.input import NullIsDefault
from labelapp.catalog.names import LONGEST_NAME
from ml.runs.models import PredictionRun, Unreadable
from ml.runs.selectors import shard_facts

Given = serializers.Serializer[dict[str, Any]]
MOST_NOTED = 20


class OnlyIn(NullIsDefault):
    """Pictures by what was said of them; empty means every picture."""

    source = serializers.CharField(  # type: ignore[assignment] # DRF's own name
        max_length=300, required=False, allow_blank=True, help_text="Who said it."
    )
    label_classes = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_NAME),
        required=False,
        max_length=1000,
        help_text="Ids or exact names.",
    )
    min_confidence = serializers.FloatField(min_value=0, max_value=1, required=False)
    max_confidence = serializers.FloatField(min_value=0, max_value=1, required=False)


class PredictionRunIn(NullIsDefault):
    dataset = serializers.UUIDField()
    model_version = serializers.UUIDField()
    only = OnlyIn(required=False)
    min_confidence = serializers.FloatField(
        min_value=0, max_value=1, default=None, help_text="Pictures below it get no label."
    )
    top_k = serializers.IntegerField(
        min_value=1, max_value=MOST_NOTED, default=1, help_text="Classes noted with each label."
    )


class RunFilterIn(Given):
    dataset = serializers.UUIDField(default=None)
    model_version = serializers.UUIDField(default=None)


class RunModelOut(Given):
    id = serializers.UUIDField()
    name = serializers.CharField()
    version = serializers.CharField()


class RunProgressOut(Given):
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)
    rate = serializers.FloatField(allow_null=True, help_text="Pictures a second.")
    seconds_left = serializers.FloatField(allow_null=True)
    message = serializers.CharField()


class PredictionRunRowOut(serializers.ModelSerializer[PredictionRun]):
    """A run; `label_source` is the source of the labels that it makes."""

    progress = RunProgressOut()
    dataset_name = serializers.CharField(source="dataset.name")
    model_version = RunModelOut()
    label_source = serializers.CharField(source="model_version.source")
    only = serializers.DictField(child=serializers.JSONField())
    requested_by = serializers.CharField(source="requested_by.username", allow_null=True)

    class Meta:
        model = PredictionRun
        fields = [
            "id", "state", "progress", "message", "dataset", "dataset_name", "model_version",
            "label_source", "only", "min_confidence", "top_k", "labelled", "unchanged", "below",
            "unreadable", "requested_by", "created_at", "started_at", "finished_at",
        ]  # fmt: skip


class ShardOut(Given):
    number = serializers.IntegerField()
    state = serializers.CharField()
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    attempts = serializers.IntegerField()


class ShardsOut(Given):
    total = serializers.IntegerField()
    ended = serializers.IntegerField()
    restarted = serializers.IntegerField(help_text="Begun anew after their worker died.")
    first = ShardOut(many=True)


class PredictionRunOut(PredictionRunRowOut):
    shards = serializers.SerializerMethodField()

    class Meta(PredictionRunRowOut.Meta):
        fields = [*PredictionRunRowOut.Meta.fields, "shards"]

    def get_shards(self, run: PredictionRun) -> ShardsOut:
        return ShardsOut(shard_facts(run)).data  # type: ignore[return-value] # the shape, for the schema


class UnreadableOut(serializers.ModelSerializer[Unreadable]):
    image = serializers.UUIDField(source="image_id")
    image_ref = serializers.CharField(source="image.ref")

    class Meta:
        model = Unreadable
        fields = ["image", "image_ref", "reason"]
