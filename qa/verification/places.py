"""Where a job's items lie between edges of confidence, counted by class, place and outcome."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Field, FloatField, Func, IntegerField, Sum, Value
from django.db.models.functions import Cast

from qa.analysis.table import Cell
from qa.jobs.models import Job
from qa.verification.models import Item, Tally


def placed_tallies(job: Job, thousandths: Sequence[int]) -> list[Cell[UUID]]:
    """Count by edges in whole thousandths; reads tallies only, however many items there are."""
    place = _place(Cast("bin", IntegerField()), thousandths, IntegerField())
    rows = Tally.objects.filter(job=job, count__gt=0).values_list("label_class", place, "outcome")
    # Summed as integers: PostgreSQL adds bigints as decimals, which takes twice as long.
    items = Sum(Cast("count", IntegerField()))
    return [Cell(*row) for row in rows.annotate(n=items).order_by()]


def placed_items(job: Job, edges: Sequence[float]) -> list[Cell[UUID]]:
    """Count by any edges; reads every item of the job."""
    place = _place(F("confidence"), edges, FloatField())
    rows = Item.objects.filter(job=job).values_list("label_class", place, "outcome")
    return [Cell(*row) for row in rows.annotate(n=Count("pk")).order_by()]


def _place(
    column: F | Cast, edges: Sequence[float], field: "Field[float, float] | Field[int, int]"
) -> Func:
    limits = Value(list(edges), output_field=ArrayField(field))
    return Func(
        column,
        Cast(limits, ArrayField(field)),
        function="width_bucket",
        output_field=IntegerField(),
    )
