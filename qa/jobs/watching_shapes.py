"""Shapes that the pages of all kinds of jobs have in common."""

from typing import Any

from rest_framework import serializers

from qa.jobs.serializers import NamedOut

Given = serializers.Serializer[dict[str, Any]]


class BarsOut(Given):
    """The batches of a class in order."""

    opinions = serializers.ListField(
        child=serializers.IntegerField(), help_text="How many reviewers have sent each batch."
    )
    held = serializers.ListField(
        child=serializers.IntegerField(), help_text="Which somebody holds now, counted from 0."
    )


class HeldOut(Given):
    """What somebody has in hand."""

    id = serializers.UUIDField()
    person = NamedOut()
    batch_number = serializers.IntegerField()
    dealt_at = serializers.DateTimeField()
    lease_expires_at = serializers.DateTimeField()


class HeldBatchOut(HeldOut):
    label_class = NamedOut()
    marks = serializers.IntegerField(help_text="Marks in the saved draft.")


class BatchTimeOut(Given):
    """Active time of the latest batches, as far as it was measured."""

    batches = serializers.IntegerField()
    lower_seconds = serializers.FloatField(allow_null=True, help_text="First quartile.")
    median_seconds = serializers.FloatField(allow_null=True)
    upper_seconds = serializers.FloatField(allow_null=True, help_text="Third quartile.")
    longest_seconds = serializers.FloatField(allow_null=True)
    step_seconds = serializers.IntegerField(help_text="Width of a bar.")
    bars = serializers.ListField(
        child=serializers.IntegerField(), help_text="The last one takes all that is longer."
    )
    too_fast_seconds = serializers.FloatField(help_text="A whole batch in less was not looked at.")
    too_fast = serializers.IntegerField()
