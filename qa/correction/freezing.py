"""Labels that a check found wrong become the items of a job, in random order within their class."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Count, QuerySet

from labelapp.catalog.models import Label, LabelClass
from qa.jobs.cutting import cut_class, frozen_classes
from qa.jobs.kinds import ClassForecast, Sample, kind_of
from qa.jobs.models import Job
from qa.jobs.selectors import selection_of

MOST_SAMPLES = 12
DISCONFIRMED = "disconfirmed"
# By SHA-256 of "seed|label id", as reviews are ordered; a batch holds `size` consecutive ranks.
_ITEMS = """
INSERT INTO correction_item (id, job_id, label_id, image_id, label_class_id, surely, rank, batch_id)
SELECT gen_random_uuid(), batch.job_id, wrong.id, wrong.image_id, batch.label_class_id, wrong.surely,
       wrong.rank, batch.id
FROM (
    SELECT label.id, label.image_id, label.id IN ({surely}) AS surely, row_number() OVER (
        ORDER BY sha256(convert_to(%s || '|' || label.id::text, 'UTF8'))
    ) AS rank FROM ({labels}) label
) wrong
JOIN jobs_batch batch ON batch.job_id = %s AND batch.number = %s + (wrong.rank - 1) / %s
WHERE wrong.rank <= %s
"""


def wrong_labels(job: Job) -> "QuerySet[Label]":
    """The labels of the job's selection that came to its outcomes in the check."""
    return selection_of(job).labels().filter(pk__in=_judged(job, job.outcomes))


def _judged(job: Job, outcomes: list[str]) -> "QuerySet[Label, Any]":
    if job.from_job is None:  # the check was deleted for good
        return Label.objects.none().values("pk")
    return kind_of(job.from_job).judged(job.from_job, outcomes).values("pk")


def forecast(job: Job) -> list[ClassForecast]:
    """What the job would make if it started now, classes by name."""
    rows = wrong_labels(job).values("label_class").annotate(n=Count("pk")).order_by()
    sizes = {row["label_class"]: min(row["n"], job.cap_per_class or row["n"]) for row in rows}
    names = LabelClass.objects.filter(pk__in=sizes).values_list("pk", "name")
    return [
        ClassForecast(pk, name, sizes[pk], -(-sizes[pk] // job.batch_size))
        for pk, name in sorted(names, key=lambda one: (one[1].casefold(), one[1]))
    ]


def sample(job: Job) -> list[Sample]:
    """A few of the wrong labels."""
    labels = wrong_labels(job).select_related("image", "label_class")
    return [Sample(label.image, label) for label in labels[:MOST_SAMPLES]]


@transaction.atomic
def freeze(job: Job) -> None:
    """Freeze the labels to correct, all or none; nothing when that was done already."""
    if frozen_classes(job):
        return
    for one in forecast(job):
        _freeze_class(job, one)


def _freeze_class(job: Job, one: ClassForecast) -> None:
    cut = cut_class(job, label_class=one.label_class, name=one.name, items=one.items, population={})
    wrong = wrong_labels(job).filter(label_class=one.label_class).values("id", "image_id")
    labels, label_values = wrong.query.sql_with_params()
    surely, surely_values = _judged(job, [DISCONFIRMED]).query.sql_with_params()
    values: list[Any] = [*surely_values, job.seed, *label_values]
    place: list[Any] = [job.pk, cut.first_number, job.batch_size, one.items]
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS.format(labels=labels, surely=surely), [*values, *place])
