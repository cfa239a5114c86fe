"""The shapes of jobs in the API; `In` is what comes, `Out` is what goes."""

from typing import Any

from rest_framework import serializers

from labelapp.catalog.serializers import CloseUpOut
from qa.jobs.models import Assignment, AssignmentState, Job, JobState

Given = serializers.Serializer[dict[str, Any]]
# What a browser counts exactly.
SAFE_INTEGER = 2**53 - 1


class StartIn(Given):
    force = serializers.BooleanField(default=False)


class DeleteIn(Given):
    name = serializers.CharField(max_length=150)


class ClaimIn(Given):
    holding = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=100)


class HeartbeatIn(Given):
    ids = serializers.ListField(child=serializers.UUIDField(), max_length=100)


class DraftIn(Given):
    verdicts = serializers.DictField(child=serializers.JSONField())
    revision = serializers.IntegerField(min_value=0, max_value=SAFE_INTEGER)
    client = serializers.CharField(max_length=64)
    active_ms = serializers.IntegerField(min_value=0, max_value=SAFE_INTEGER, default=0)


class SubmitIn(Given):
    """A verdict for each item of the batch: `confirm`, `disconfirm`, `unsure`, or an object
    `{value, note, looked}`. Corrections: the id or exact name of a class, `none_of_these`, `unsure`,
    `new:` and the name of a new class, or `{value, note}`. Outlines need none: they were saved as they
    were drawn."""

    verdicts = serializers.DictField(child=serializers.JSONField(), default=dict)
    active_ms = serializers.IntegerField(min_value=0, max_value=SAFE_INTEGER, default=0)


class SubmittedOut(Given):
    """`counts`: of verdicts by value, of corrections (`class`, `none_of_these`, `unsure`), or of
    outlined `objects`."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    counts = serializers.DictField(child=serializers.IntegerField())


class AssignmentQuery(Given):
    job = serializers.UUIDField(required=False, default=None)
    mine = serializers.BooleanField(default=False)
    state = serializers.ChoiceField(choices=AssignmentState.values, required=False, default=None)


class JobQuery(Given):
    dataset = serializers.UUIDField(required=False, default=None)
    kind = serializers.CharField(max_length=20, required=False, default=None)
    state = serializers.ChoiceField(choices=JobState.values, required=False, default=None)


class NamedOut(Given):
    id = serializers.UUIDField()
    name = serializers.CharField()


class PersonOut(Given):
    id = serializers.UUIDField()
    name = serializers.CharField(source="display_name")


class ClassForecastOut(Given):
    label_class = NamedOut()
    items = serializers.IntegerField()
    batches = serializers.IntegerField()


class WorkOut(Given):
    done = serializers.IntegerField()
    total = serializers.IntegerField(allow_null=True)
    rate = serializers.FloatField(allow_null=True)
    seconds_left = serializers.FloatField(allow_null=True)
    message = serializers.CharField()


class JobOut(serializers.ModelSerializer[Job]):
    """A job. `items`, `batches` and `by_class` are a forecast while it is a draft."""

    label_classes = NamedOut(many=True, source="chosen_classes")
    team_name = serializers.CharField(allow_null=True)
    from_job_name = serializers.CharField(allow_null=True)
    dataset_name = serializers.CharField()
    items = serializers.IntegerField()
    batches = serializers.IntegerField()
    by_class = ClassForecastOut(many=True)
    instructions_html = serializers.CharField()
    starting = WorkOut(allow_null=True)

    class Meta:
        model = Job
        fields = [
            "id", "name", "dataset", "dataset_name", "kind", "state", "source", "label_classes",
            "min_confidence", "max_confidence", "cap_per_class", "with_mask", "changed_since",
            "crossed", "unjudged", "from_job", "from_job_name", "outcomes", "batch_size",
            "reviewers_per_item", "order", "start_as", "allow_unsure",
            "allow_new_class", "rule", "team", "team_name",
            "instructions", "instructions_html", "examples", "lease_minutes", "seed", "plan",
            "items", "batches", "by_class", "created_at", "started_at", "state_changed_at",
            "starting",
        ]  # fmt: skip


class SampleOut(Given):
    image = serializers.UUIDField()
    close_up = CloseUpOut(allow_null=True, help_text="Of a box or mask; else null.")
    label_class = NamedOut(allow_null=True, help_text="Null where the picture is to be outlined.")
    thumb_url = serializers.CharField()
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)


class JobPreviewOut(Given):
    items = serializers.IntegerField()
    batches = serializers.IntegerField()
    looks = serializers.IntegerField(help_text="Items times reviewers.")
    masks = serializers.IntegerField(
        help_text="Labels of the selection that have a mask; of a correction, masks to correct."
    )
    seconds_per_item = serializers.FloatField(
        allow_null=True, help_text="Median of past jobs; null without any."
    )
    by_class = ClassForecastOut(many=True)
    sample = SampleOut(many=True)


class TileOut(Given):
    id = serializers.UUIDField()
    image = serializers.UUIDField(required=False, help_text="Of a picture that is to be outlined.")
    close_up = CloseUpOut(
        required=False, allow_null=True, help_text="Only of a box or mask under review."
    )
    suggested = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="Of a label to correct: the likeliest first, each as a submit takes it.",
    )
    position = serializers.IntegerField()
    thumb_url = serializers.CharField()
    full_url = serializers.CharField()
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)


class StoredDraftOut(Given):
    verdicts = serializers.DictField(child=serializers.JSONField())
    revision = serializers.IntegerField()
    client = serializers.CharField()
    saved_at = serializers.DateTimeField(allow_null=True)


class DealtOut(Given):
    id = serializers.UUIDField()
    state = serializers.CharField()
    reopened = serializers.BooleanField()
    label_class = NamedOut()
    lease_expires_at = serializers.DateTimeField()
    draft = StoredDraftOut(allow_null=True)
    items = TileOut(many=True)


class ExampleOut(Given):
    right = serializers.BooleanField()
    caption = serializers.CharField()
    url = serializers.CharField()
    full_url = serializers.CharField()


class ClaimJobOut(Given):
    kind = serializers.CharField()
    name = serializers.CharField()
    instructions = serializers.CharField()
    instructions_html = serializers.CharField()
    examples = ExampleOut(many=True)
    start_as = serializers.CharField()
    allow_unsure = serializers.BooleanField()
    allow_new_class = serializers.BooleanField()
    classes = NamedOut(many=True, help_text="To choose from when outlining or correcting.")


class ClaimProgressOut(Given):
    batch_number = serializers.IntegerField()
    batches = serializers.IntegerField()
    judged = serializers.IntegerField()
    items = serializers.IntegerField()


class HolderOut(Given):
    name = serializers.CharField()
    batches = serializers.IntegerField()


class ClaimOut(Given):
    assignment = DealtOut(allow_null=True)
    reason = serializers.CharField(allow_null=True)
    available_at = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField(allow_null=True, help_text="Who paused or closed the job.")
    at = serializers.DateTimeField(allow_null=True, help_text="When they did.")
    held_by = HolderOut(many=True, help_text="With `all_dealt`: who holds what may come back.")
    job = ClaimJobOut()
    progress = ClaimProgressOut()


class AssignmentOut(serializers.ModelSerializer[Assignment]):
    label_class = NamedOut(source="batch.label_class")
    batch_number = serializers.IntegerField(source="batch.number")
    items = serializers.IntegerField(source="batch.items")
    person = PersonOut()
    reopened = serializers.SerializerMethodField()

    class Meta:
        model = Assignment
        fields = [
            "id", "job", "batch", "batch_number", "items", "label_class", "person", "state",
            "reopened", "dealt_at", "lease_expires_at", "submitted_at", "active_ms",
        ]  # fmt: skip

    def get_reopened(self, assignment: Assignment) -> bool:
        return assignment.reopened_at is not None


class AssignmentsOut(Given):
    assignments = AssignmentOut(many=True)
