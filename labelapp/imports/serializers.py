"""The shapes of imports in the API; `In` is what comes, `Out` is what goes."""

import json
from typing import Any

from django.core.validators import ProhibitNullCharactersValidator
from rest_framework import serializers

from labelapp.catalog.names import LONGEST_NAME
from labelapp.imports.formats.columns import ROLES
from labelapp.imports.models import Import, MissingImages
from labelapp.imports.scale import Scale

Given = serializers.Serializer[Any]
SCALES = [scale.value for scale in Scale]


class ByName(serializers.DictField):
    """Something for each header or name of the file."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, dict) and any("\0" in name for name in data):
            raise serializers.ValidationError(ProhibitNullCharactersValidator.message)
        found: dict[str, Any] = super().to_internal_value(data)
        return found


class MappingIn(Given):
    """Answers given beforehand: what columns and numbers mean, which class a name becomes."""

    columns = ByName(
        child=serializers.ChoiceField(choices=ROLES),
        required=False,
        help_text="Header to what it stands for.",
    )
    confidence_scale = serializers.ChoiceField(choices=SCALES, required=False)
    classes = ByName(
        child=serializers.CharField(max_length=LONGEST_NAME),
        required=False,
        help_text="Name in the file to the class it becomes; itself to keep it.",
    )

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError({name: ["Unknown part."] for name in unknown})
        return super().to_internal_value(data)


class MappingField(serializers.JSONField):
    """A mapping, as JSON or, in a multipart body, as JSON text."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        try:
            read = super().to_internal_value(data)
            json.dumps(read, ensure_ascii=False).encode()
        except (RecursionError, UnicodeEncodeError):
            self.fail("invalid")
        given = MappingIn(data=read)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)


class ImportIn(Given):
    dataset = serializers.UUIDField()
    file = serializers.FileField(
        required=False,
        help_text="Label CSV, JSON Lines, COCO, Label Studio or FiftyOne, also gzipped.",
    )
    images = serializers.FileField(required=False, help_text="A zip of pictures.")
    image_root = serializers.CharField(
        max_length=2000, default="", help_text="A folder below IMAGE_ROOTS on the server."
    )
    s3_uri = serializers.RegexField(
        r"^s3://[^/\s]+(/.*)?$", max_length=2000, default="", help_text="s3://bucket/prefix"
    )
    missing_images = serializers.ChoiceField(
        choices=MissingImages.choices, default=MissingImages.REJECT
    )
    source = serializers.CharField(  # type: ignore[assignment]
        max_length=300, default="", help_text="Who says this; the file's name by default."
    )
    mapping = MappingField(default=dict)
    dry_run = serializers.BooleanField(default=False)


class ImportChangeIn(Given):
    answers = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST_NAME),
        required=False,
        help_text="Question id to choice.",
    )
    mapping = MappingField(required=False, help_text="Replaces the mapping as a whole.")
    missing_images = serializers.ChoiceField(choices=MissingImages.choices, required=False)
    source = serializers.CharField(max_length=300, required=False)  # type: ignore[assignment]
    dry_run = serializers.BooleanField(
        required=False, help_text="False lets a dry run become an import."
    )


class ImportFilterIn(Given):
    dataset = serializers.UUIDField(default=None)


class ProgressOut(Given):
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)
    rate = serializers.FloatField(allow_null=True, help_text="Of `done`, a second.")
    seconds_left = serializers.FloatField(allow_null=True)
    message = serializers.CharField()


class ImportCountsOut(Given):
    rows = serializers.IntegerField()
    labels = serializers.IntegerField(help_text="New ones.")
    images = serializers.IntegerField(help_text="New ones.")
    unchanged = serializers.IntegerField()
    updated = serializers.IntegerField()
    rejected = serializers.IntegerField(help_text="Rows and zip entries: the lines of the list.")


class QuestionOut(Given):
    id = serializers.CharField()
    kind = serializers.ChoiceField(choices=["scale", "similar_class", "columns"])
    text = serializers.CharField()
    choices = serializers.ListField(child=serializers.CharField())
    answer = serializers.CharField(allow_null=True)
    found = serializers.CharField(required=False, help_text="The class as the file names it.")
    like = serializers.CharField(required=False, help_text="The class it may be.")
    rows = serializers.IntegerField(required=False)
    role = serializers.CharField(required=False, help_text="What no column was taken for.")


class PreviewRowOut(Given):
    line = serializers.IntegerField()
    cells = serializers.ListField(
        child=serializers.CharField(), help_text="In order of `facts.headers`."
    )
    picture = serializers.CharField()
    label_class = serializers.CharField(allow_null=True)
    confidence = serializers.FloatField(allow_null=True)
    problem = serializers.CharField(allow_null=True)


class ProblemRowOut(Given):
    line = serializers.IntegerField(allow_null=True)
    entry = serializers.CharField(help_text="The file of a zip or folder.")
    cells = serializers.ListField(child=serializers.CharField())
    code = serializers.CharField()
    reason = serializers.CharField()


class SkipOut(Given):
    code = serializers.CharField()
    rows = serializers.IntegerField()
    reason = serializers.CharField(help_text="Of the first of these rows.")


class NoticeOut(Given):
    code = serializers.CharField()
    count = serializers.IntegerField()
    text = serializers.CharField()


class FoundClassOut(Given):
    name = serializers.CharField()
    rows = serializers.IntegerField()
    becomes = serializers.CharField(allow_null=True, help_text="Null when it is rejected.")


class FoundConfidenceOut(Given):
    numbers = serializers.IntegerField(default=0)
    missing = serializers.IntegerField(default=0)
    lowest = serializers.CharField(allow_null=True, default=None)
    highest = serializers.CharField(allow_null=True, default=None)
    histogram = serializers.ListField(
        child=serializers.IntegerField(), default=list, help_text="20 bars over the scale."
    )


class FactsOut(Given):
    kind = serializers.CharField(default="")
    encoding = serializers.CharField(default="")
    delimiter = serializers.CharField(default="")
    layout = serializers.CharField(default="")
    headers = serializers.ListField(
        child=serializers.CharField(), default=list, help_text="In order of the file, as `cells`."
    )
    rows = serializers.IntegerField(default=0)
    roles = serializers.DictField(
        child=serializers.ListField(child=serializers.ChoiceField(choices=ROLES)),
        default=dict,
        help_text="What each header may stand for; one that is not listed, anything.",
    )
    random = PreviewRowOut(many=True, default=list, help_text="Rows drawn from the whole file.")


class ImportOut(serializers.ModelSerializer[Import]):
    dataset = serializers.UUIDField(source="dataset_id")
    created_by = serializers.CharField(source="created_by.username", default="")
    is_open = serializers.BooleanField(help_text="Whether answers and mapping may still change.")
    facts = FactsOut()
    columns = serializers.DictField(
        child=serializers.CharField(), help_text="Header to what it was taken for."
    )
    confidence_scale = serializers.ChoiceField(choices=SCALES, allow_null=True)
    confidence = FoundConfidenceOut()
    classes = FoundClassOut(many=True)
    preview = PreviewRowOut(many=True)
    problems = ProblemRowOut(many=True, help_text="The first rejected rows.")
    questions = QuestionOut(many=True)
    skips = SkipOut(many=True, help_text="Rejected rows by reason.")
    notices = NoticeOut(many=True)
    counts = ImportCountsOut()
    progress = ProgressOut()
    mapping = MappingIn()
    message = serializers.CharField()
    error_code = serializers.CharField(help_text="Why it failed; empty otherwise.")
    rejected_url = serializers.SerializerMethodField(help_text="CSV: line or entry, reason.")

    class Meta:
        model = Import
        fields = [
            "id", "dataset", "state", "is_open", "dry_run", "file_name", "file_bytes",
            "images_name", "image_root", "s3_uri", "missing_images", "source", "mapping", "answers",
            "facts", "columns", "confidence_scale", "confidence", "classes", "preview", "problems",
            "questions", "skips", "notices", "counts", "progress", "message", "error_code",
            "rejected_url", "created_by", "created_at", "finished_at",
        ]  # fmt: skip

    def get_rejected_url(self, work: Import) -> str:
        return f"/api/v1/imports/{work.pk}/rejected/"


class ImportRowOut(serializers.ModelSerializer[Import]):
    """An import in a list, without what only its page shows."""

    dataset = serializers.UUIDField(source="dataset_id")
    created_by = serializers.CharField(source="created_by.username", default="")
    is_open = serializers.BooleanField()
    counts = ImportCountsOut()
    progress = ProgressOut()

    class Meta:
        model = Import
        fields = [
            "id", "dataset", "state", "is_open", "dry_run", "file_name", "images_name", "source",
            "counts", "progress", "message", "error_code", "created_by", "created_at", "finished_at",
        ]  # fmt: skip
