"""The shapes of verification in the API; `In` is what comes, `Out` is what goes."""

from typing import Any

from rest_framework import serializers

from qa.jobs.serializers import NamedOut
from qa.verification.outcome import Outcome

Given = serializers.Serializer[dict[str, Any]]


class SubmitIn(Given):
    """A verdict for each item of the batch: `confirm`, `disconfirm`, `unsure`, or an object
    `{value, note, looked}`."""

    verdicts = serializers.DictField(child=serializers.JSONField(), allow_empty=False)
    active_ms = serializers.IntegerField(min_value=0, default=0)


class VerdictCountsOut(Given):
    confirm = serializers.IntegerField()
    disconfirm = serializers.IntegerField()
    unsure = serializers.IntegerField()


class SubmittedOut(Given):
    id = serializers.UUIDField()
    state = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    counts = VerdictCountsOut()


class ConfidenceOut(Given):
    confidence = serializers.FloatField(allow_null=True)


class ItemQuery(Given):
    job = serializers.UUIDField()
    outcome = serializers.MultipleChoiceField(
        choices=[outcome.value for outcome in Outcome], required=False, default=set
    )
    label_class = serializers.CharField(max_length=300, required=False, default="")
    min_confidence = serializers.FloatField(min_value=0, max_value=1, required=False, default=None)
    max_confidence = serializers.FloatField(min_value=0, max_value=1, required=False, default=None)
    outside = serializers.BooleanField(
        default=False,
        help_text="Those that the limits leave out instead: beyond them, or without a confidence.",
    )


class ItemOut(Given):
    id = serializers.UUIDField()
    image = serializers.UUIDField()
    image_ref = serializers.CharField()
    thumb_url = serializers.CharField()
    full_url = serializers.CharField()
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    label = serializers.UUIDField()  # type: ignore[assignment] # DRF's own name
    label_class = NamedOut()
    confidence = serializers.FloatField(allow_null=True)
    confirm_count = serializers.IntegerField()
    disconfirm_count = serializers.IntegerField()
    unsure_count = serializers.IntegerField()
    outcome = serializers.CharField()
    reviewed_at = serializers.DateTimeField(allow_null=True)
    batch = serializers.UUIDField(allow_null=True)
    rank = serializers.IntegerField()


class OutcomesOut(Given):
    pending = serializers.IntegerField()
    confirmed = serializers.IntegerField()
    disconfirmed = serializers.IntegerField()
    split = serializers.IntegerField()
    unsure = serializers.IntegerField()


class ClassProgressOut(Given):
    label_class = NamedOut()
    items = serializers.IntegerField()
    outcomes = OutcomesOut()
    batches = serializers.IntegerField()
    held = serializers.IntegerField()
    finished = serializers.IntegerField()


class ReviewerProgressOut(Given):
    person = NamedOut()
    batches = serializers.IntegerField()
    judged = serializers.IntegerField()
    disconfirmed = serializers.IntegerField()
    unsure = serializers.IntegerField()
    disagreed = serializers.IntegerField()
    seconds_per_batch = serializers.FloatField(allow_null=True)


class HeldOut(Given):
    id = serializers.UUIDField()
    person = NamedOut()
    label_class = NamedOut()
    batch_number = serializers.IntegerField()
    dealt_at = serializers.DateTimeField()
    lease_expires_at = serializers.DateTimeField()
    marks = serializers.IntegerField(help_text="Marks in the saved draft.")


class CoefficientOut(Given):
    value = serializers.FloatField(allow_null=True)
    reason = serializers.CharField(allow_null=True)


class AgreementOut(Given):
    items = serializers.IntegerField(help_text="Items with two verdicts or more.")
    raw = CoefficientOut()
    raw_on_wrong = CoefficientOut()
    krippendorff_alpha = CoefficientOut()
    gwet_ac1 = CoefficientOut()


class NoteOut(Given):
    item = serializers.UUIDField()
    image_ref = serializers.CharField()
    thumb_url = serializers.CharField()
    label_class = NamedOut()
    person = NamedOut()
    value = serializers.CharField()
    note = serializers.CharField()


class BatchTimeOut(Given):
    median_seconds = serializers.FloatField(allow_null=True)
    batches = serializers.IntegerField()


class JobProgressOut(Given):
    """All an admin watches on the page of a job."""

    state = serializers.CharField()
    items = serializers.IntegerField()
    batches = serializers.IntegerField()
    finished = serializers.IntegerField()
    outcomes = OutcomesOut()
    by_class = ClassProgressOut(many=True)
    by_reviewer = ReviewerProgressOut(many=True)
    held = HeldOut(many=True)
    batch_time = BatchTimeOut()
    agreement = AgreementOut()
    notes = NoteOut(many=True)


class CheckedOut(Given):
    dataset = serializers.UUIDField()
    label_class = serializers.UUIDField()
    labels = serializers.IntegerField(help_text="Judged in the job that judged most of them.")


class DisputedOut(Given):
    job = NamedOut()
    dataset = serializers.UUIDField()
    items = serializers.IntegerField(help_text="Split or unsure.")


class OverviewOut(Given):
    checked = CheckedOut(many=True)
    disputed = DisputedOut(many=True)
