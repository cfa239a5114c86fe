"""What an admin watches of a job in which classes are corrected: what became what, who holds what."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Count

from labelapp.catalog.models import LabelClass
from labelapp.catalog.selectors import survivors
from qa.correction.selectors import counted_answers
from qa.correction.values import Value
from qa.jobs import watching
from qa.jobs.models import Job
from qa.jobs.selectors import classes_of

MOST_CLASSES = 500
MOST_PAIRS = 200


def correcting_of(job: Job) -> dict[str, Any]:
    """The whole page in one answer; asked each second while it is visible.

    Lists are cut at MOST_...; the numbers beside them count all there are.
    """
    rows = list(counted_answers(job).annotate(n=Count("pk")).order_by())
    classes = list(classes_of(job))
    filled = watching.filled(job)
    shares = watching.shares_of(job)
    recent = watching.recent_batches(job, shares)
    values = _counted(rows, "value")
    answered = sum(values.values())
    return {
        "state": job.state,
        "items": job.items,
        "batches": job.batches,
        "finished": sum(one.finished for one in filled.values()),
        "answered": answered,
        "values": {value.value: values[value.value] for value in Value},
        "classes": len(classes),
        "by_class": _by_class(job, classes[:MOST_CLASSES], filled, rows),
        "pairs": _pairs(rows),
        "by_person": _by_person(shares, rows, watching.seconds_by_reviewer(recent)),
        **watching.held_counts(job),
        "held": watching.held_batches(job),
        "batch_time": watching.batch_times(job, recent),
    }


def _counted(rows: list[dict[str, Any]], *names: str) -> Counter[Any]:
    """The numbers of these rows by a column, or by several as a tuple."""
    found: Counter[Any] = Counter()
    for row in rows:
        key = tuple(row[name] for name in names)
        found[key if len(names) > 1 else key[0]] += row["n"]
    return found


def _by_class(
    job: Job,
    classes: list[Any],
    filled: dict[UUID, watching.Filled],
    rows: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    bars, answered = watching.bars(job, classes), _counted(rows, "wrong")
    return [
        {
            "label_class": {"id": one.label_class_id, "name": one.name},
            "items": one.items,
            "batches": one.batches,
            "answered": answered[one.label_class_id],
            **filled.get(one.label_class_id, watching.Filled())._asdict(),
            "bars": bars.get(one.label_class_id),
        }
        for one in classes
    ]


def _pairs(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Which class became which, the commonest first; merged classes as what they are now."""
    named = [row for row in rows if row["right"]]
    became = survivors({row[name] for row in named for name in ("wrong", "right")})
    counted: Counter[tuple[UUID, UUID]] = Counter()
    for row in named:
        counted[became[row["wrong"]], became[row["right"]]] += row["n"]
    pairs = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:MOST_PAIRS]
    ids = {pk for pair, _ in pairs for pk in pair}
    names = dict(LabelClass.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [
        {
            "label_class": {"id": wrong, "name": names[wrong]},
            "right_class": {"id": right, "name": names[right]},
            "items": n,
        }
        for (wrong, right), n in pairs
    ]


def _by_person(
    shares: list[Any], rows: list[dict[str, Any]], seconds: dict[UUID, float]
) -> list[dict[str, Any]]:
    said = _counted(rows, "person", "value")
    return [
        {
            "person": {"id": share.person_id, "name": share.person.display_name},
            "batches": share.batches_submitted,
            "values": {value.value: said[share.person_id, value.value] for value in Value},
            "seconds_per_batch": seconds.get(share.person_id),
        }
        for share in shares
    ]
