"""The shapes of exports in the API; `In` is what comes, `Out` is what goes."""

import math
from typing import Any

from rest_framework import serializers

from labelapp.api.input import NullIsDefault
from qa.exports.errors import ReviewersNeedJsonl
from qa.exports.formats import FORMATS
from qa.exports.models import Export, Format
from qa.verification.outcome import Outcome

Given = serializers.Serializer[dict[str, Any]]
OUTCOMES = [each.value for each in Outcome]


class Several(serializers.ListField):
    """A list, one value, or in a query several values repeated or separated by commas."""

    def to_internal_value(self, data: Any) -> list[Any]:
        values = [data] if isinstance(data, str) else data
        if isinstance(values, list) and all(isinstance(each, str) for each in values):
            values = [part.strip() for each in values for part in each.split(",") if part.strip()]
        found: list[Any] = super().to_internal_value(values)
        return found


class ClassNames(serializers.ListField):
    """Ids or names of classes. A name may hold a comma, so only repeating makes several."""

    def to_internal_value(self, data: Any) -> list[Any]:
        values = [data] if isinstance(data, str) else data
        if isinstance(values, list):
            values = [each for each in values if each != ""]
        found: list[Any] = super().to_internal_value(values)
        return found


class RowsIn(NullIsDefault):
    """Which labels: of a dataset or of a job, filtered."""

    dataset = serializers.UUIDField(allow_null=True, default=None)
    job = serializers.UUIDField(allow_null=True, default=None)
    outcome = Several(child=serializers.ChoiceField(choices=OUTCOMES), default=list)
    label_classes = ClassNames(
        child=serializers.CharField(max_length=300),
        default=list,
        max_length=10_000,
        help_text="Ids or exact names.",
    )
    min_confidence = serializers.FloatField(
        min_value=0, max_value=1, allow_null=True, default=None, help_text="Inclusive."
    )
    latest = serializers.BooleanField(
        default=False, help_text="Of a dataset: only the latest job that judged each label."
    )

    def validate_min_confidence(self, value: float | None) -> float | None:
        if value is not None and math.isnan(value):
            raise serializers.ValidationError("Use a fraction from 0 to 1.")
        return value


class PreviewIn(RowsIn):
    """Which labels, and in which format."""

    format = serializers.ChoiceField(choices=list(FORMATS), default=Format.CSV.value)


class FileIn(PreviewIn):
    """Which labels, and how they are written."""

    guard_formulas = serializers.BooleanField(
        default=True, help_text="CSV: write what a spreadsheet would run so that it does not."
    )

    reviewers = serializers.BooleanField(
        default=False, help_text="JSON Lines: who judged each item, how, with which note."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["reviewers"] and not FORMATS[attrs["format"]].nests:
            raise ReviewersNeedJsonl(errors={"reviewers": [ReviewersNeedJsonl.title]})
        return attrs


class ManifestOut(Given):
    created_at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True)
    application = serializers.CharField()
    dataset = serializers.DictField()
    job = serializers.DictField(allow_null=True)
    rule = serializers.CharField(allow_null=True)
    format = serializers.CharField()
    filters = serializers.DictField()
    rows = serializers.IntegerField()
    counts = serializers.DictField()
    labels_sha256 = serializers.CharField()
    verdicts_sha256 = serializers.CharField()
    policy = serializers.DictField(allow_null=True)


class WorkProgressOut(Given):
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)
    rate = serializers.FloatField(allow_null=True)
    seconds_left = serializers.FloatField(allow_null=True)
    message = serializers.CharField()


class ExportOut(serializers.ModelSerializer[Export]):
    progress = WorkProgressOut()
    url = serializers.SerializerMethodField()
    manifest_url = serializers.SerializerMethodField()
    manifest = ManifestOut(allow_null=True)
    dataset_name = serializers.CharField(source="dataset.name")
    job_name = serializers.CharField(source="job.name", allow_null=True, default=None)
    requested_by = serializers.CharField(source="requested_by.username", allow_null=True)

    class Meta:
        model = Export
        fields = [
            "id",
            "state",
            "progress",
            "message",
            "dataset",
            "dataset_name",
            "job",
            "job_name",
            "format",
            "filters",
            "rows",
            "url",
            "manifest_url",
            "manifest",
            "requested_by",
            "created_at",
            "finished_at",
        ]

    def get_url(self, export: Export) -> str | None:
        return f"/api/v1/exports/{export.pk}/file/" if export.file else None

    def get_manifest_url(self, export: Export) -> str | None:
        return f"/api/v1/exports/{export.pk}/manifest/" if export.file else None


class RowOut(Given):
    image = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment] # DRF's own name
    confidence = serializers.FloatField(allow_null=True)
    outcome = serializers.ChoiceField(choices=OUTCOMES, allow_null=True)
    confirm_count = serializers.IntegerField(allow_null=True)
    disconfirm_count = serializers.IntegerField(allow_null=True)
    unsure_count = serializers.IntegerField(allow_null=True)
    job = serializers.UUIDField(allow_null=True)
    reviewed_at = serializers.DateTimeField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment] # DRF's own name
    box = serializers.JSONField(allow_null=True)
    mask = serializers.JSONField(allow_null=True)


class DrawnOut(Given):
    label_class = serializers.CharField()
    finished = serializers.IntegerField(
        help_text="Objects on pictures that their annotator finished."
    )
    unfinished = serializers.IntegerField()


class PreviewOut(Given):
    rows = serializers.IntegerField(help_text="Of the file; of a COCO file its objects.")
    sample = RowOut(many=True)
    objects = DrawnOut(
        many=True,
        allow_null=True,
        help_text="Of a job in which people outline, by class; else null.",
    )
