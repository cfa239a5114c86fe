"""The shapes of alike pictures in the API."""

from typing import Any

from rest_framework import serializers

from labelapp.background import WorkState
from labelapp.catalog.serializers import ClassRef, PictureOut
from ml.alike.models import TwinSearch
from ml.runs.serializers import RunModelOut, RunProgressOut

Given = serializers.Serializer[Any]


class NamedPictureOut(PictureOut):
    ref = serializers.CharField(help_text="Its path, as its file gave it.")


class AlikeIn(Given):
    version = serializers.UUIDField(
        default=None, help_text="Whose features are compared; the newest that saw it when empty."
    )
    count = serializers.IntegerField(min_value=1, max_value=200, default=24)


class LikeOut(NamedPictureOut):
    cosine = serializers.FloatField(allow_null=True, help_text="Of features: 1 is the same.")
    bits = serializers.IntegerField(
        allow_null=True, help_text="How many of the 64 bits of looks differ: 0 is the same."
    )
    label_classes = ClassRef(many=True, help_text="What is said of the whole picture.")


class LikesOut(Given):
    by = serializers.ChoiceField(
        choices=["features", "look"], help_text="What was compared: no version saw it, so looks."
    )
    version = RunModelOut(allow_null=True)
    results = LikeOut(many=True, help_text="The most alike first.")


class TwinGroupOut(Given):
    id = serializers.IntegerField()
    size = serializers.IntegerField(help_text="How many pictures are nearly the same.")
    pictures = NamedPictureOut(many=True, help_text="The first 24 of them.")


class TwinSearchOut(serializers.ModelSerializer[TwinSearch]):
    state = serializers.ChoiceField(choices=WorkState.choices)
    progress = RunProgressOut()
    seen_by = RunModelOut(
        allow_null=True, help_text="Whose features had to agree; null: looks alone decided."
    )
    requested_by = serializers.CharField(source="requested_by.username", allow_null=True)

    class Meta:
        model = TwinSearch
        fields = [
            "id", "state", "message", "progress", "pictures", "unreadable", "seen_by",
            "requested_by", "created_at", "finished_at",
        ]  # fmt: skip


class NearDuplicatesOut(Given):
    search = TwinSearchOut(allow_null=True, help_text="The newest; null where there was none.")
    groups = serializers.IntegerField()
    pictures = serializers.IntegerField(help_text="In all groups together.")
