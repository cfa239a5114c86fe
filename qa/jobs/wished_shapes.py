"""What a job is asked to be, in the API: made, previewed, changed."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from labelapp.api.input import NullIsDefault
from qa.jobs.kinds import kind_names
from qa.jobs.models import Order, StartAs

Given = serializers.Serializer[dict[str, Any]]
# What an int4 column holds.
LARGEST_INTEGER = 2**31 - 1
CHOICES: dict[str, list[Any]] = {
    "order": Order.choices,
    "start_as": StartAs.choices,
    "rule": ["unanimous", "majority"],
    "outcomes": ["disconfirmed", "split", "unsure"],
}


class ExampleIn(Given):
    """A reference picture of right or wrong."""

    image = serializers.UUIDField()
    right = serializers.BooleanField()
    label_class = serializers.UUIDField(allow_null=True, default=None)
    caption = serializers.CharField(max_length=300, allow_blank=True, default="")


class PlanIn(Given):
    """What a certificate needs; frozen at the start."""

    error_ratio = serializers.RegexField(r"^[1-9]\d{0,5}:[1-9]\d{0,5}$", required=False)
    confidence = serializers.FloatField(min_value=0.5, max_value=0.9999, required=False)
    grid = serializers.ListField(
        child=serializers.FloatField(min_value=0, max_value=1),
        min_length=1,
        max_length=100,
        required=False,
    )
    start = serializers.CharField(max_length=20, required=False)
    review_budget = serializers.IntegerField(min_value=1, allow_null=True, required=False)
    seeds_per_batch = serializers.IntegerField(min_value=0, max_value=20, required=False)

    def validate_grid(self, grid: list[float]) -> list[float]:
        if grid != sorted(set(grid), reverse=True):
            raise serializers.ValidationError("Give the thresholds once each, highest first.")
        return grid


class JobIn(NullIsDefault):
    """A job to be made or previewed. Classes by id or exact name; empty means all."""

    name = serializers.CharField(max_length=150)
    dataset = serializers.UUIDField()
    kind = serializers.CharField(max_length=20, default="verification")
    source = serializers.CharField(  # type: ignore[assignment] # DRF's own name
        max_length=300, allow_blank=True, default=""
    )
    label_classes = serializers.ListField(
        child=serializers.CharField(max_length=300), default=list, max_length=10_000
    )
    min_confidence = serializers.FloatField(min_value=0, max_value=1, allow_null=True, default=None)
    max_confidence = serializers.FloatField(min_value=0, max_value=1, allow_null=True, default=None)
    cap_per_class = serializers.IntegerField(
        min_value=1, max_value=LARGEST_INTEGER, allow_null=True, default=None
    )
    with_mask = serializers.BooleanField(
        default=False, help_text="Only labels that have a mask; pictures with one, when outlining."
    )
    changed_since = serializers.CharField(
        max_length=300,
        allow_blank=True,
        default="",
        help_text="Only labels of `source` whose class this other source did not give the picture.",
    )
    crossed = serializers.FloatField(
        min_value=0,
        max_value=1,
        allow_null=True,
        default=None,
        help_text="With `changed_since`: also those whose confidence crossed this.",
    )
    unjudged = serializers.BooleanField(
        default=False,
        help_text="Checks only: leave out what somebody judged in another job, or named: the same class "
        "of the same picture and region.",
    )
    from_job = serializers.UUIDField(
        allow_null=True,
        default=None,
        help_text="Corrections and outlining: correct the classes, or the masks, of this check that "
        "came to `outcomes`.",
    )
    outcomes = serializers.ListField(
        child=serializers.ChoiceField(choices=CHOICES["outcomes"]),
        default=list,
        help_text="With `from_job`; empty means disconfirmed and split.",
    )
    batch_size = serializers.IntegerField(min_value=1, max_value=100, default=25)
    reviewers_per_item = serializers.IntegerField(min_value=1, max_value=9, default=1)
    order = serializers.ChoiceField(choices=CHOICES["order"], default="random")
    start_as = serializers.ChoiceField(choices=CHOICES["start_as"], default="confirm")
    allow_unsure = serializers.BooleanField(default=True)
    allow_new_class = serializers.BooleanField(
        default=False,
        help_text="Corrections only: a class that the dataset does not have may be named.",
    )
    rule = serializers.ChoiceField(choices=CHOICES["rule"], default="unanimous")
    team = serializers.UUIDField(allow_null=True, default=None)
    people = serializers.ListField(
        child=serializers.UUIDField(),
        default=list,
        max_length=1_000,
        help_text="Instead of a team: the team of exactly these labelers, made where there is none.",
    )
    instructions = serializers.CharField(
        allow_blank=True, default="", trim_whitespace=False, help_text="Markdown without HTML."
    )
    examples = ExampleIn(many=True, default=list)
    lease_minutes = serializers.IntegerField(min_value=1, max_value=7 * 24 * 60, default=30)
    seed = serializers.CharField(max_length=64, required=False)
    plan = PlanIn(required=False)
    certify = serializers.BooleanField(default=False)

    def validate_kind(self, kind: str) -> str:
        if kind not in kind_names():
            raise serializers.ValidationError(f"Use one of: {', '.join(kind_names())}.")
        return kind

    def validate_instructions(self, text: str) -> str:
        if len(text.encode()) > settings.MAX_INSTRUCTIONS_BYTES:
            raise serializers.ValidationError(
                f"Instructions may have {settings.MAX_INSTRUCTIONS_BYTES:,} bytes at most."
            )
        return text

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        low, high = attrs.get("min_confidence"), attrs.get("max_confidence")
        if low is not None and high is not None and (low > high or low == high != 1):
            raise serializers.ValidationError(
                {"max_confidence": ["This must be above min_confidence."]}
            )
        if attrs.get("team") and attrs.get("people"):
            raise serializers.ValidationError({"people": ["Give a team or people, not both."]})
        return attrs


class JobPreviewIn(JobIn):
    name = serializers.CharField(max_length=150, required=False, default="")


class JobChangeIn(JobIn):
    """Any part of a job; see `OPEN_FIELDS` for what may change after the start."""

    dataset = None  # type: ignore[assignment] # how DRF takes a field away
    kind = None  # type: ignore[assignment]
    certify = None  # type: ignore[assignment]
    from_job = None  # type: ignore[assignment]
    outcomes = None  # type: ignore[assignment]
    # Null takes a limit away here.
    to_internal_value = serializers.Serializer.to_internal_value

    def get_fields(self) -> Any:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
            field.default = serializers.empty
        return fields
