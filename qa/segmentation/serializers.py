"""Documents as they come and leave."""

import json
from typing import Any

from rest_framework import serializers

from qa.jobs.serializers import NamedOut, PersonOut, WorkOut
from qa.jobs.watching_shapes import BarsOut, BatchTimeOut, HeldOut
from qa.segmentation.models import LabelRun
from qa.segmentation.skipping import SkippedState

Given = serializers.Serializer[dict[str, Any]]
MOST_OBJECTS = 1000
SOURCES = ["model", "model_and_hand", "hand", "import", "none"]


class ClassField(serializers.CharField):
    """A class by id or exact name, or as answers write it: `{id, name}`."""

    def to_internal_value(self, data: Any) -> str:
        named = isinstance(data, dict) and isinstance(data.get("id"), str)
        return super().to_internal_value(data["id"] if named else data)


class MaskField(Given):
    """A mask as COCO writes it."""

    size = serializers.ListField(
        child=serializers.IntegerField(min_value=1), min_length=2, max_length=2
    )
    counts = serializers.CharField(trim_whitespace=False)


class OutlineIn(Given):
    id = serializers.CharField(max_length=64)
    label_class = ClassField(max_length=300, allow_null=True, default=None)
    name = serializers.CharField(max_length=200, allow_blank=True, default="")
    mask = MaskField(allow_null=True, default=None)
    order = serializers.IntegerField(default=0)
    source = serializers.ChoiceField(choices=SOURCES, default="hand")  # type: ignore[assignment]
    hidden = serializers.BooleanField(default=False)
    locked = serializers.BooleanField(default=False)
    accepted = serializers.BooleanField(default=True)
    history = serializers.ListField(
        child=serializers.JSONField(), default=list, help_text="Steps, as your editor writes them."
    )

    def validate_history(self, steps: list[Any]) -> list[Any]:
        """The database cannot keep the character 0."""
        if "\\u0000" in json.dumps(steps):
            raise serializers.ValidationError("A text holds the character 0.")
        return steps


class DocumentIn(Given):
    objects = serializers.ListField(child=OutlineIn(), max_length=MOST_OBJECTS)


class DocumentQuery(Given):
    job = serializers.UUIDField()
    person = serializers.UUIDField(
        required=False, default=None, help_text="Whose; for those who may read results."
    )


class OutlineOut(Given):
    id = serializers.CharField()
    label_class = NamedOut(allow_null=True)
    name = serializers.CharField()
    mask = MaskField(allow_null=True)
    bbox = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, help_text="x, y, width, height."
    )
    area = serializers.IntegerField()
    order = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment]
    hidden = serializers.BooleanField()
    locked = serializers.BooleanField()
    accepted = serializers.BooleanField()


class WholeOutlineOut(OutlineOut):
    history = serializers.ListField(child=serializers.JSONField())


class DocumentOut(Given):
    """What one person has drawn on one picture. `etag` is what If-Match must say."""

    job = serializers.UUIDField()
    image = serializers.UUIDField()
    person = PersonOut()
    revision = serializers.IntegerField(help_text="0 before the first save.")
    etag = serializers.CharField()
    saved_at = serializers.DateTimeField(allow_null=True)
    objects = OutlineOut(many=True, help_text="From the lowest to the highest; without history.")


class WholeDocumentOut(DocumentOut):
    objects = WholeOutlineOut(many=True, help_text="From the lowest to the highest.")


class DrawnClassOut(Given):
    label_class = NamedOut()
    objects = serializers.IntegerField()
    documents = serializers.IntegerField(
        help_text="Pictures that have one, each annotator's counted."
    )


class AnnotatorOut(Given):
    person = NamedOut()
    pictures = serializers.IntegerField(help_text="Sent.")
    objects = serializers.IntegerField(help_text="Also on pictures that are not sent yet.")
    seconds_per_picture = serializers.FloatField(
        allow_null=True, help_text="Of their latest pictures."
    )


class HeldPictureOut(HeldOut):
    thumb_url = serializers.CharField()
    objects = serializers.IntegerField(help_text="Drawn so far.")


class PictureSkipIn(Given):
    reason = serializers.CharField(max_length=200, allow_blank=True, default="")


class PictureSkipOut(Given):
    person = NamedOut()
    reason = serializers.CharField(help_text="Empty when none was given.")
    skipped_at = serializers.DateTimeField()


class SkippedPictureOut(Given):
    batch_number = serializers.IntegerField()
    thumb_url = serializers.CharField()
    state = serializers.ChoiceField(
        choices=list(SkippedState),
        help_text="`nobody_left`: all labelers who see the job have skipped, sent or hold it.",
    )
    skips = PictureSkipOut(many=True, help_text="The first first.")


class LabelRunOut(serializers.ModelSerializer[LabelRun]):
    """Outlines on their way to become labels; `added` were none before."""

    progress = WorkOut()

    class Meta:
        model = LabelRun
        fields = [
            "id", "job", "state", "progress", "message", "added", "unchanged", "created_at",
            "finished_at",
        ]  # fmt: skip


class OutliningOut(Given):
    """All an admin watches on the page of a job in which people outline. An object counts once it has a
    class and a mask and was accepted."""

    state = serializers.CharField()
    pictures = serializers.IntegerField()
    finished = serializers.IntegerField(help_text="Pictures that all annotators have sent.")
    sent = serializers.IntegerField(help_text="Each annotator's counted.")
    bars = BarsOut(allow_null=True, help_text="One a picture; null for very many.")
    objects = serializers.IntegerField()
    classes = serializers.IntegerField()
    by_class = DrawnClassOut(many=True, help_text="The first 500.")
    by_annotator = AnnotatorOut(many=True, help_text="The first 200.")
    held_pictures = serializers.IntegerField()
    at_work = serializers.IntegerField(help_text="People who hold a picture now.")
    held = HeldPictureOut(many=True, help_text="The first 50 to return.")
    skipped_pictures = serializers.IntegerField(help_text="That anybody has skipped.")
    skipped = SkippedPictureOut(many=True, help_text="The 50 that were skipped last.")
    picture_time = BatchTimeOut()
    labels = LabelRunOut(allow_null=True, help_text="The latest run; null before the first.")
