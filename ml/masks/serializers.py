"""Prompts as they come, masks as they leave."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from ml.masks.models import MaskRequest
from ml.masks.selectors import ahead_of
from ml.registry.weights import Segmenter

Given = serializers.Serializer[dict[str, Any]]
MOST_CLICKS = 200


class PlaceField(serializers.ListField):
    """[x, y] in pixels of the whole picture, from its top left corner."""

    child = serializers.FloatField()


class WarmIn(Given):
    segmenter = serializers.CharField(max_length=40, allow_blank=True, default="")


class WarmthOut(Given):
    """Whether a worker has the picture ready, by its own word."""

    state = serializers.ChoiceField(choices=["preparing", "ready", "failed"])
    elapsed_ms = serializers.IntegerField(allow_null=True, help_text="What it took.")
    message = serializers.CharField(help_text="Why it cannot be got ready, for people.")


class MaskIn(Given):
    image = serializers.UUIDField()
    segmenter = serializers.CharField(
        max_length=40,
        allow_blank=True,
        default="",
        help_text="The default one when it is missing or empty.",
    )
    extreme_points = serializers.ListField(
        child=PlaceField(), help_text="Top-most, left-most, bottom-most, right-most, in any order."
    )
    positive = serializers.ListField(child=PlaceField(), default=list, max_length=MOST_CLICKS)
    negative = serializers.ListField(child=PlaceField(), default=list, max_length=MOST_CLICKS)
    previous = serializers.UUIDField(
        allow_null=True, default=None, help_text="The mask request that the clicks correct."
    )
    object = serializers.CharField(
        max_length=64,
        allow_blank=True,
        default="",
        help_text="Your name for the object: a newer prompt for it cancels the older.",
    )


class RleOut(Given):
    """A mask as COCO writes it."""

    size = serializers.ListField(child=serializers.IntegerField(), help_text="Height, width.")
    counts = serializers.CharField()


class MaskOut(serializers.ModelSerializer[MaskRequest]):
    """A mask, or the way to it: until `state` has ended, ask at `url` again."""

    mask = RleOut(source="rle", allow_null=True)
    url = serializers.SerializerMethodField()
    bbox = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, help_text="x, y, width, height."
    )
    ahead = serializers.SerializerMethodField(
        help_text="Requests that are drawn before this one; null once it has ended."
    )
    error_code = serializers.CharField(help_text="Why it failed, for programs.")
    message = serializers.CharField(help_text="Why there is no mask, for people.")

    class Meta:
        model = MaskRequest
        fields = [
            "id", "image", "segmenter", "version", "state", "mask", "bbox", "area", "score",
            "elapsed_ms", "ahead", "previous", "message", "error_code", "url", "created_at",
        ]  # fmt: skip

    def get_ahead(self, request: MaskRequest) -> int | None:
        return ahead_of(request)

    def get_url(self, request: MaskRequest) -> str:
        return f"/api/v1/mask-requests/{request.pk}/"


class SegmenterOut(Given):
    """A segmenter; `reason` says what is wrong with it and what to do, when it cannot be used."""

    name = serializers.CharField()
    title = serializers.CharField()
    licence = serializers.CharField()
    version = serializers.CharField()
    available = serializers.BooleanField()
    default = serializers.BooleanField(help_text="Asked when a request names none.")
    reason = serializers.CharField()


class SegmentersOut(Given):
    results = SegmenterOut(many=True)


def segmenter_row(one: Segmenter) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "licence": one.licence,
        "version": one.version,
        "available": one.refusal is None,
        "default": one.name == settings.SEGMENTER,
        "reason": one.refusal.detail if one.refusal else "",
    }
