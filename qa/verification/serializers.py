"""The shapes of verification in the API; `In` is what comes, `Out` is what goes."""

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rest_framework import serializers

from labelapp.catalog.serializers import CloseUpOut
from qa.jobs.serializers import NamedOut, TileOut
from qa.jobs.watching_shapes import BarsOut, BatchTimeOut, HeldBatchOut
from qa.verification.outcome import Outcome

Given = serializers.Serializer[dict[str, Any]]


class ConfidenceOut(Given):
    confidence = serializers.FloatField(allow_null=True)


class ExactOutlineOut(Given):
    outline = serializers.CharField(
        help_text="As the path of an SVG, in pixels of the picture; empty for the whole picture."
    )


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
    close_up = CloseUpOut(allow_null=True, help_text="Null for the whole picture.")
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
    chosen_by = serializers.CharField(help_text="The job's order: only `random` may certify.")


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
    opinions = serializers.IntegerField(help_text="Submitted batches, each reviewer's counted.")
    held = serializers.IntegerField()
    finished = serializers.IntegerField()
    bars = BarsOut(allow_null=True, help_text="Null for a class of very many batches.")


class ReviewerProgressOut(Given):
    """What somebody did in all; from `seen` on, what they did in their latest batches."""

    person = NamedOut()
    batches = serializers.IntegerField()
    judged = serializers.IntegerField()
    seen = serializers.IntegerField(help_text="Verdicts in their latest batches.")
    disconfirmed = serializers.IntegerField()
    unsure = serializers.IntegerField()
    compared = serializers.IntegerField(help_text="Pairs with another's verdict on a picture.")
    agreed = serializers.IntegerField(help_text="Those of them that say the same.")
    seconds_per_batch = serializers.FloatField(allow_null=True)


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


class JobProgressOut(Given):
    """All an admin watches on the page of a job."""

    state = serializers.CharField()
    items = serializers.IntegerField()
    batches = serializers.IntegerField()
    classes = serializers.IntegerField()
    finished = serializers.IntegerField(help_text="Batches that all reviewers have sent.")
    judged = serializers.IntegerField(help_text="Verdicts of all reviewers.")
    outcomes = OutcomesOut()
    by_class = ClassProgressOut(many=True, help_text="The first 500.")
    by_reviewer = ReviewerProgressOut(many=True, help_text="The first 200.")
    recent_batches = serializers.IntegerField(
        help_text="On so many of the latest batches rest times, differences and agreement."
    )
    held_batches = serializers.IntegerField()
    at_work = serializers.IntegerField(help_text="People who hold a batch now.")
    held = HeldBatchOut(many=True, help_text="The first 50 to return.")
    batch_time = BatchTimeOut()
    agreement = AgreementOut()
    noted = serializers.IntegerField(help_text="Verdicts with a note.")
    notes = NoteOut(many=True, help_text="The latest 50.")


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


class OwnWorkQuery(Given):
    timezone = serializers.CharField(
        max_length=64, default="UTC", help_text="Whose days count, such as Europe/Berlin."
    )

    def validate_timezone(self, name: str) -> ZoneInfo:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise serializers.ValidationError("There is no such time zone.") from None


class WorkDayOut(Given):
    day = serializers.DateField()
    items = serializers.IntegerField()


class OpenBatchOut(Given):
    job = NamedOut()
    label_class = NamedOut()
    batch_number = serializers.IntegerField()
    batches = serializers.IntegerField()
    items = serializers.IntegerField()
    marks = serializers.IntegerField(help_text="Marks in the saved draft.")
    saved_at = serializers.DateTimeField(allow_null=True)
    tiles = TileOut(many=True, help_text="The first pictures of the batch.")


class OwnJobOut(Given):
    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.CharField()
    state = serializers.CharField()
    batches = serializers.IntegerField()
    batch_size = serializers.IntegerField()
    batches_sent = serializers.IntegerField()
    judged = serializers.IntegerField()
    available = serializers.BooleanField(help_text="Whether a batch is there for this person now.")
    started = serializers.BooleanField()


class SentBatchOut(Given):
    id = serializers.UUIDField()
    job = NamedOut()
    label_class = NamedOut()
    batch_number = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()
    wrong = serializers.IntegerField()
    unsure = serializers.IntegerField()
    can_reopen = serializers.BooleanField()


class OwnWorkOut(Given):
    """A reviewer's home: only ever their own figures."""

    week = WorkDayOut(many=True, help_text="Monday to Sunday.")
    seconds_per_batch = serializers.FloatField(allow_null=True, help_text="Median of this week.")
    open = OpenBatchOut(allow_null=True)
    jobs = OwnJobOut(many=True)
    sent = SentBatchOut(many=True)
    admins = serializers.ListField(child=serializers.CharField(), help_text="Whom to ask for work.")
