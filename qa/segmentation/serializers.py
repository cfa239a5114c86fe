"""Documents as they come and leave."""

import json
from typing import Any

from rest_framework import serializers

from qa.jobs.serializers import NamedOut, PersonOut

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
