"""The shapes of corrections in the API; `In` is what comes, `Out` is what goes."""

from typing import Any

from rest_framework import serializers

from labelapp.catalog.serializers import CloseUpOut
from qa.correction.selectors import PENDING
from qa.correction.values import Value
from qa.jobs.serializers import NamedOut
from qa.jobs.watching_shapes import BarsOut, BatchTimeOut, HeldBatchOut

Given = serializers.Serializer[dict[str, Any]]


class CorrectionQuery(Given):
    job = serializers.UUIDField()
    value = serializers.ChoiceField(
        choices=[*(value.value for value in Value), PENDING], required=False, default=None
    )
    label_class = serializers.CharField(
        max_length=300, required=False, default="", help_text="The wrong one."
    )
    right_class = serializers.CharField(max_length=300, required=False, default="")


class CorrectionOut(Given):
    """A label to correct, with the answer that counts."""

    id = serializers.UUIDField()
    image = serializers.UUIDField()
    image_ref = serializers.CharField()
    thumb_url = serializers.CharField()
    full_url = serializers.CharField()
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    close_up = CloseUpOut(
        required=False, allow_null=True, help_text="Only of a box or mask that can be drawn."
    )
    label = serializers.UUIDField()  # type: ignore[assignment] # DRF's own name
    label_class = NamedOut(help_text="The class that was found wrong.")
    value = serializers.CharField(help_text="`class`, `none_of_these`, `unsure` or `pending`.")
    right_class = NamedOut(allow_null=True)
    right_label = serializers.UUIDField(allow_null=True, help_text="The label it became.")
    person = NamedOut(allow_null=True)
    note = serializers.CharField()
    answered_at = serializers.DateTimeField(allow_null=True)


class ValuesOut(Given):
    unsure = serializers.IntegerField()
    none_of_these = serializers.IntegerField()

    def get_fields(self) -> Any:
        return {Value.CLASS.value: serializers.IntegerField(), **super().get_fields()}


class ClassCorrectingOut(Given):
    label_class = NamedOut()
    items = serializers.IntegerField()
    answered = serializers.IntegerField()
    batches = serializers.IntegerField()
    opinions = serializers.IntegerField(help_text="Submitted batches.")
    held = serializers.IntegerField()
    finished = serializers.IntegerField()
    bars = BarsOut(allow_null=True, help_text="Null for a class of very many batches.")


class PairOut(Given):
    """How many labels of one class were corrected to another."""

    label_class = NamedOut()
    right_class = NamedOut()
    items = serializers.IntegerField()


class PersonCorrectingOut(Given):
    person = NamedOut()
    batches = serializers.IntegerField()
    values = ValuesOut()
    seconds_per_batch = serializers.FloatField(allow_null=True)


class CorrectingOut(Given):
    """All an admin watches on the page of a job in which classes are corrected."""

    state = serializers.CharField()
    items = serializers.IntegerField()
    batches = serializers.IntegerField()
    finished = serializers.IntegerField(help_text="Batches that were sent.")
    answered = serializers.IntegerField()
    values = ValuesOut()
    classes = serializers.IntegerField()
    by_class = ClassCorrectingOut(many=True, help_text="The first 500.")
    pairs = PairOut(many=True, help_text="The commonest 200.")
    by_person = PersonCorrectingOut(many=True, help_text="The first 200.")
    held_batches = serializers.IntegerField()
    at_work = serializers.IntegerField(help_text="People who hold a batch now.")
    held = HeldBatchOut(many=True, help_text="The first 50 to return.")
    batch_time = BatchTimeOut()
