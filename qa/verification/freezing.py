"""A selection of labels becomes items: ranked within the class, cut into batches, counted as pending.

Each class is one transaction and its `JobClass` row is the mark that it is done, so a worker that died
is followed by another that goes on with the next class.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from labelapp.catalog.models import LabelClass
from qa.jobs.cutting import cut_class, frozen_classes
from qa.jobs.kinds import ClassForecast, Sample
from qa.jobs.models import BY_FEATURES, Job, Order
from qa.verification import arranging, choosing
from qa.verification.chosen import chosen_by
from qa.verification.outcome import Outcome

# The random order: rank by SHA-256 of "seed|label id", the id as lower-case hyphenated text, so that
# anybody can rebuild it (bytes sort as their hex does). A cap keeps a prefix of the order.
_RANDOM = "sha256(convert_to(%s || '|' || chosen.id::text, 'UTF8'))"
# How likely a class is of those that the label notes; an import may have put anything there.
_LIKELY = """CASE WHEN jsonb_typeof(said.extra #> '{{top,{0},confidence}}') = 'number'
    THEN (said.extra #> '{{top,{0},confidence}}')::numeric END"""
# Between the two likeliest; of a label that notes only one, what is left for all others.
_MARGIN = f"""(SELECT coalesce({_LIKELY.format(0)} - {_LIKELY.format(1)},
    (2 * said.confidence - 1)::numeric) FROM catalog_label AS said WHERE said.id = chosen.id)"""
# The share of the other sources, people left out, that name the whole picture otherwise.
_AGAINST = """(SELECT avg((other.label_class_id <> said.label_class_id)::int)
    FROM catalog_label AS said JOIN catalog_label AS other ON other.image_id = said.image_id
    WHERE said.id = chosen.id AND other.source <> said.source AND other.region = '{}'
      AND NOT starts_with(other.source, 'person:'))"""
_ORDERS = {
    Order.RANDOM: _RANDOM,
    Order.CONFIDENCE: "chosen.confidence DESC NULLS LAST, (%s || chosen.id::text)",
    Order.UNCERTAINTY: f"{_MARGIN} NULLS LAST, {_RANDOM}",
    Order.DISAGREEMENT: f"{_AGAINST} DESC NULLS LAST, {_MARGIN} NULLS LAST, {_RANDOM}",
    Order.DIVERSITY: f"placed.place NULLS LAST, {_RANDOM}",
    Order.SUSPICION: f"placed.place NULLS LAST, {_RANDOM}",
}

_RANK = """
CREATE TEMP TABLE frozen ON COMMIT DROP AS
SELECT chosen.id AS label_id, chosen.image_id, chosen.confidence, chosen.bin,
       row_number() OVER (ORDER BY {order}) AS rank
FROM ({labels}) chosen
"""

_PLACED = (
    _RANK
    + "LEFT JOIN unnest(%s::uuid[]) WITH ORDINALITY AS placed (id, place) ON placed.id = chosen.id"
)

_POPULATION = "SELECT bin, count(*) FROM frozen GROUP BY bin"

# A batch holds `size` consecutive ranks; the batches of the class are numbered from `first`.
_ITEMS = """
INSERT INTO verification_item
    (id, job_id, label_id, image_id, label_class_id, confidence, bin, rank, batch_id, wanted,
     confirm_count, disconfirm_count, unsure_count, outcome)
SELECT gen_random_uuid(), %(job)s, frozen.label_id, frozen.image_id, %(label_class)s,
       frozen.confidence, frozen.bin, frozen.rank, batch.id, %(wanted)s, 0, 0, 0, 'pending'
FROM frozen
JOIN jobs_batch batch
  ON batch.job_id = %(job)s AND batch.number = %(first)s + (frozen.rank - 1) / %(size)s
WHERE frozen.rank <= %(items)s
"""

_TALLIES = """
INSERT INTO verification_tally (job_id, label_class_id, bin, outcome, count)
SELECT %(job)s, %(label_class)s, counted.bin, outcome.name,
       CASE WHEN outcome.name = 'pending' THEN counted.n ELSE 0 END
FROM (SELECT bin, count(*) AS n FROM frozen WHERE rank <= %(items)s GROUP BY bin) counted
CROSS JOIN unnest(%(outcomes)s) AS outcome(name)
ORDER BY counted.bin, outcome.name
"""


def forecast(job: Job) -> list[ClassForecast]:
    """What the job would make if it started now, from kept counts; classes by name."""
    sizes: dict[UUID, int] = {}
    for row in chosen_by(job).population():
        sizes[row.label_class] = sizes.get(row.label_class, 0) + row.count
    names = LabelClass.objects.filter(pk__in=sizes).values_list("pk", "name")
    classes = []
    for pk, name in sorted(names, key=lambda one: (one[1].casefold(), one[1])):
        items = min(sizes[pk], job.cap_per_class or sizes[pk])
        classes.append(ClassForecast(pk, name, items, -(-items // job.batch_size)))
    return classes


def sample(job: Job) -> list[Sample]:
    """One batch as it might look: labels of the first class that the selection has."""
    labels = chosen_by(job).labels().select_related("image", "label_class")
    first = labels.first()
    if first is None:
        return []
    batch = labels.filter(label_class=first.label_class_id)[: job.batch_size]
    return [Sample(label.image, label) for label in batch]


def freeze(job: Job, report: Callable[[int], None]) -> None:
    """Freeze the job's selection, class by class; classes that are frozen already are passed over."""
    done = frozen_classes(job)
    items = sum(done.values())
    for one in forecast(job):
        if one.label_class not in done:
            items += _freeze_class(job, one)
        report(items)
    arranging.ask(job)


@transaction.atomic
def _freeze_class(job: Job, one: ClassForecast) -> int:
    with connection.cursor() as cursor:
        _rank(cursor, job, one.label_class)
        cursor.execute(_POPULATION)
        population = dict(cursor.fetchall())
        matched = sum(population.values())
        items = min(matched, job.cap_per_class or matched)
        cut = cut_class(
            job, label_class=one.label_class, name=one.name, items=items, population=population
        )
        values: dict[str, Any] = {
            "job": job.pk,
            "label_class": one.label_class,
            "first": cut.first_number,
            "size": job.batch_size,
            "items": items,
            "wanted": job.reviewers_per_item,
            "outcomes": [outcome.value for outcome in Outcome],
        }
        cursor.execute(_ITEMS, values)
        cursor.execute(_TALLIES, values)
        cursor.execute("DROP TABLE frozen")
    return items


def _rank(cursor: Any, job: Job, label_class: UUID) -> None:
    """Put the labels of the class into the temporary table `frozen`, with their rank."""
    labels = chosen_by(job).labels().filter(label_class=label_class)
    sql, parameters = labels.values("id", "image_id", "confidence", "bin").query.sql_with_params()
    order = _ORDERS[Order(job.order)]
    if job.order in BY_FEATURES:
        placed = choosing.first_of(job, label_class)
        ranked = _PLACED.format(order=order, labels=sql)
        cursor.execute(ranked, [job.seed, *parameters, placed])
    else:
        cursor.execute(_RANK.format(order=order, labels=sql), [job.seed, *parameters])
