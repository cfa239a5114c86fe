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
# By SHA-256 of "seed|label id", as reviews are ordered. Counted and cut from one look at the check, which
# may go on meanwhile.
_WRONG = """
CREATE TEMP TABLE wrong ON COMMIT DROP AS
SELECT label.id, label.image_id, label.label_class_id, label.id IN ({surely}) AS surely,
       row_number() OVER (
           PARTITION BY label.label_class_id
           ORDER BY sha256(convert_to(%s || '|' || label.id::text, 'UTF8'))
       ) AS rank
FROM ({labels}) label
"""
_COUNTED = """
SELECT class.id, class.name, count(*) FROM wrong
JOIN catalog_labelclass class ON class.id = wrong.label_class_id GROUP BY class.id
"""
# A batch holds `size` consecutive ranks.
_ITEMS = """
INSERT INTO correction_item (id, job_id, label_id, image_id, label_class_id, surely, rank, batch_id)
SELECT gen_random_uuid(), batch.job_id, wrong.id, wrong.image_id, batch.label_class_id, wrong.surely,
       wrong.rank, batch.id
FROM wrong
JOIN jobs_batch batch ON batch.job_id = %s AND batch.number = %s + (wrong.rank - 1) / %s
WHERE wrong.label_class_id = %s AND wrong.rank <= %s
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
        for pk, name in sorted(names, key=lambda one: _by_name(one[1]))
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
    labels = wrong_labels(job).values("id", "image_id", "label_class_id")
    sql, parameters = labels.query.sql_with_params()
    surely, surely_parameters = _judged(job, [DISCONFIRMED]).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            _WRONG.format(labels=sql, surely=surely), [*surely_parameters, job.seed, *parameters]
        )
        cursor.execute(_COUNTED)
        for pk, name, matched in sorted(cursor.fetchall(), key=lambda row: _by_name(row[1])):
            items = min(matched, job.cap_per_class or matched)
            cut = cut_class(job, label_class=pk, name=name, items=items, population={})
            cursor.execute(_ITEMS, [job.pk, cut.first_number, job.batch_size, pk, items])
        cursor.execute("DROP TABLE wrong")


def _by_name(name: str) -> tuple[str, str]:
    return name.casefold(), name
