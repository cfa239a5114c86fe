"""The shapes of tables and thresholds in the API.

The `Out` serializers describe the answers in the schema; the answers themselves are put together by
the plain functions below, which is several times faster for ten thousand classes.
"""

from typing import Any

from rest_framework import serializers

from labelapp.catalog.serializers import ClassRef
from qa.analysis.table import Average, Counts, Edges, Row, Table
from qa.thresholds.selectors import METHODS, ClassKey, Threshold

Shape = serializers.Serializer[dict[str, Any]]
DEFAULT_EDGES = "0.8,0.85,0.9,0.95,1"
EDGES_HELP = "Increasing fractions from 0 to 1, separated by commas."


class TableIn(Shape):
    edges = serializers.CharField(default=DEFAULT_EDGES, help_text=EDGES_HELP)
    published = serializers.BooleanField(
        default=False, help_text="Count empty buckets as 0 in the class average, as once printed."
    )
    totals_only = serializers.BooleanField(
        default=False, help_text="Leave out the classes and their average: all of them together."
    )


class ThresholdsIn(Shape):
    method = serializers.CharField(default="walk", help_text=f"One of: {', '.join(METHODS)}.")
    error_ratio = serializers.CharField(default="1:10", help_text="bad:good, two whole numbers.")
    edges = serializers.CharField(default=DEFAULT_EDGES, help_text=EDGES_HELP)
    strict = serializers.BooleanField(
        default=True, help_text="Whether a bucket exactly at the ratio fails."
    )


class CountsOut(Shape):
    total = serializers.IntegerField()
    decided = serializers.IntegerField()
    confirmed = serializers.IntegerField()
    disconfirmed = serializers.IntegerField()
    split = serializers.IntegerField()
    incorrect = serializers.IntegerField()
    unsure = serializers.IntegerField()
    pending = serializers.IntegerField()
    percent_correct = serializers.FloatField(allow_null=True)
    interval = serializers.ListField(
        child=serializers.FloatField(), min_length=2, max_length=2, allow_null=True
    )


class BucketOut(CountsOut):
    low = serializers.FloatField()
    high = serializers.FloatField()


class TotalsOut(CountsOut):
    outside = serializers.IntegerField(help_text="Beyond the edges, or without a confidence.")
    buckets = BucketOut(many=True)


class ClassRowOut(TotalsOut):
    label_class = ClassRef()


class AverageBucketOut(Shape):
    low = serializers.FloatField()
    high = serializers.FloatField()
    percent_correct = serializers.FloatField(allow_null=True)


class AverageOut(Shape):
    percent_correct = serializers.FloatField(allow_null=True)
    buckets = AverageBucketOut(many=True)


class TableOut(Shape):
    edges = serializers.ListField(child=serializers.FloatField())
    classes = ClassRowOut(many=True)
    totals = TotalsOut()
    class_average = AverageOut()
    outside = serializers.IntegerField()


class ThresholdOut(Shape):
    label_class = ClassRef()
    threshold = serializers.FloatField(allow_null=True)
    reason = serializers.ChoiceField(
        choices=["stopped", "all_pass", "top_bucket_fails", "no_data", "unreviewed"]
    )
    kept = serializers.IntegerField(help_text="Items at the threshold or above, judged or not.")
    empty_passed = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2),
        help_text="Buckets [low, high] without items that the walk stepped over.",
    )


class ThresholdsOut(Shape):
    method = serializers.CharField()
    error_ratio = serializers.CharField()
    strict = serializers.BooleanField()
    classes = ThresholdOut(many=True)


def table_answer(table: Table[ClassKey], *, published: bool) -> dict[str, Any]:
    """Return what `TableOut` describes."""
    return {
        "edges": list(table.edges.values),
        "classes": [_row(row, table.edges) for row in table.rows],
        "totals": _totals(table),
        "class_average": _average(table.average(published=published), table.edges),
        "outside": table.outside,
    }


def totals_answer(table: Table[None]) -> dict[str, Any]:
    """Return what `TableOut` describes, without the classes."""
    nothing = Average(None, (None,) * len(table.edges.buckets))
    return {
        "edges": list(table.edges.values),
        "classes": [],
        "totals": _totals(table),
        "class_average": _average(nothing, table.edges),
        "outside": table.outside,
    }


def thresholds_answer(found: list[Threshold], given: dict[str, Any]) -> dict[str, Any]:
    """Return what `ThresholdsOut` describes."""
    return {
        "method": given["method"],
        "error_ratio": given["error_ratio"],
        "strict": given["strict"],
        "classes": [
            {
                "label_class": _label_class(each.key),
                "threshold": each.walk.threshold,
                "reason": each.walk.reason.value,
                "kept": each.kept,
                "empty_passed": [list(bucket) for bucket in each.walk.empty_passed],
            }
            for each in found
        ],
    }


def _totals(table: Table[ClassKey] | Table[None]) -> dict[str, Any]:
    return {
        **_counts(sum(table.buckets, Counts())),
        "outside": table.outside,
        "buckets": _buckets(table.edges, table.buckets),
    }


def _label_class(key: ClassKey) -> dict[str, str]:
    return {"id": str(key.id), "name": key.name}


def _row(row: Row[ClassKey], edges: Edges) -> dict[str, Any]:
    return {
        "label_class": _label_class(row.key),
        **_counts(row.counts),
        "outside": row.outside,
        "buckets": _buckets(edges, row.buckets),
    }


def _buckets(edges: Edges, buckets: tuple[Counts, ...]) -> list[dict[str, Any]]:
    return [
        {"low": low, "high": high, **_counts(counts)}
        for (low, high), counts in zip(edges.buckets, buckets, strict=True)
    ]


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "total": counts.total,
        "decided": counts.decided,
        "confirmed": counts.confirmed,
        "disconfirmed": counts.disconfirmed,
        "split": counts.split,
        "incorrect": counts.incorrect,
        "unsure": counts.unsure,
        "pending": counts.pending,
        "percent_correct": counts.percent_correct,
        "interval": counts.interval,
    }


def _average(average: Average, edges: Edges) -> dict[str, Any]:
    return {
        "percent_correct": average.overall,
        "buckets": [
            {"low": low, "high": high, "percent_correct": percent}
            for (low, high), percent in zip(edges.buckets, average.buckets, strict=True)
        ],
    }
