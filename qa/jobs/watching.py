"""What an admin watches of a job's batches: how full they are, who holds what, how long they take.

Asked each second while a page is open, so none of it may take longer the more was done: sums over the
batches, the few that are held now, and the latest batches of each reviewer, found by an index.
"""

from collections.abc import Iterable
from statistics import mean, quantiles
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from qa.jobs.models import Assignment, AssignmentState, Job, JobClass, Share

# A class of more batches is shown by its sum alone.
MOST_BARS = 60
MOST_BARS_IN_ALL = 3000
MOST_REVIEWERS = 200
MOST_HELD = 50
# Times, differences and agreement rest on so many batches and pictures, shared by the reviewers.
MOST_RECENT = 200
MOST_RECENT_ITEMS = 5_000
MOST_TIME_BARS = 12
# Nobody looks at a picture in less.
TOO_FAST_SECONDS = 0.6
_STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600)

_HELD = """
LEFT JOIN (
    SELECT batch_id, count(*) AS n FROM jobs_assignment
    WHERE job_id = %(job)s AND state = 'dealt' GROUP BY batch_id
) AS held ON held.batch_id = batch.id
"""
_OPINIONS = "batch.wanted - batch.places - coalesce(held.n, 0)"
_FILLED = f"""
SELECT batch.label_class_id, sum({_OPINIONS})::bigint, count(held.n),
       count(*) FILTER (WHERE batch.places = 0 AND held.n IS NULL)
FROM jobs_batch AS batch {_HELD}
WHERE batch.job_id = %(job)s GROUP BY batch.label_class_id
"""
_BARS = f"""
SELECT batch.label_class_id, {_OPINIONS}, held.n IS NOT NULL
FROM jobs_batch AS batch {_HELD}
WHERE batch.job_id = %(job)s AND batch.label_class_id = ANY(%(classes)s) ORDER BY batch.number
"""
_RECENT = """
SELECT sent.id, sent.batch_id, sent.person_id, sent.active_ms, batch.items
FROM unnest(%(people)s::uuid[]) AS share(person_id), LATERAL (
    SELECT id, batch_id, person_id, active_ms FROM jobs_assignment
    WHERE person_id = share.person_id AND job_id = %(job)s AND state = 'submitted'
    ORDER BY dealt_at DESC LIMIT %(each)s
) AS sent JOIN jobs_batch AS batch ON batch.id = sent.batch_id
"""


class Filled(NamedTuple):
    """The batches of a class: opinions that are in, how many somebody holds, how many are complete."""

    opinions: int = 0
    held: int = 0
    finished: int = 0


class Recent(NamedTuple):
    """A batch that was submitted lately."""

    assignment: UUID
    batch: UUID
    person: UUID
    active_ms: int
    items: int


def filled(job: Job) -> dict[UUID, Filled]:
    """How full the batches of each class are."""
    with connection.cursor() as cursor:
        cursor.execute(_FILLED, {"job": job.pk})
        return {label_class: Filled(*numbers) for label_class, *numbers in cursor.fetchall()}


def bars(job: Job, classes: Iterable[JobClass]) -> dict[UUID, dict[str, list[int]]]:
    """For classes of few batches, in their order: the `opinions` in each batch, and which are `held`
    (counted from 0). A class without an entry is too long, or comes after too many others."""
    drawn, room = [], MOST_BARS_IN_ALL
    for one in classes:
        if one.batches <= min(MOST_BARS, room):
            drawn.append(one.label_class_id)
            room -= one.batches
    found: dict[UUID, dict[str, list[int]]] = {pk: {"opinions": [], "held": []} for pk in drawn}
    if not drawn:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_BARS, {"job": job.pk, "classes": drawn})
        for label_class, opinions, is_held in cursor.fetchall():
            row = found[label_class]
            if is_held:
                row["held"].append(len(row["opinions"]))
            row["opinions"].append(opinions)
    return found


def held_now(job: Job) -> "QuerySet[Assignment]":
    """Who holds what in a job, the oldest lease first."""
    return (
        Assignment.objects.filter(job=job, state=AssignmentState.DEALT)
        .select_related("person", "batch", "batch__label_class")
        .order_by("lease_expires_at")
    )


def held_row(held: Assignment) -> dict[str, Any]:
    """A batch in somebody's hands, as every kind of job shows it."""
    return {
        "id": held.pk,
        "person": {"id": held.person_id, "name": held.person.display_name},
        "batch_number": held.batch.number,
        "dealt_at": held.dealt_at,
        "lease_expires_at": held.lease_expires_at,
    }


def held_batches(job: Job) -> list[dict[str, Any]]:
    """The first MOST_HELD batches to return, with their class and the marks in their draft."""
    return [
        {
            **held_row(held),
            "label_class": {"id": held.batch.label_class_id, "name": held.batch.label_class.name},
            "marks": len(held.draft or {}),
        }
        for held in held_now(job)[:MOST_HELD]
    ]


def held_counts(job: Job) -> dict[str, int]:
    """`held_batches` and the people `at_work` on them."""
    held = Assignment.objects.filter(job=job, state=AssignmentState.DEALT)
    return held.aggregate(
        held_batches=Count("batch", distinct=True), at_work=Count("person", distinct=True)
    )


def shares_of(job: Job) -> list[Share]:
    """What each reviewer has done, by name; at most MOST_REVIEWERS of them."""
    shares = Share.objects.filter(job=job).select_related("person").order_by("person__username")
    return list(shares[:MOST_REVIEWERS])


def judged(job: Job) -> int:
    """How many verdicts were given, by everybody."""
    return Share.objects.filter(job=job).aggregate(n=Sum("items_judged"))["n"] or 0


def recent_batches(job: Job, shares: list[Share]) -> list[Recent]:
    """The latest batches of each reviewer; of a job of few batches that is all of them."""
    if not shares:
        return []
    most = min(MOST_RECENT, MOST_RECENT_ITEMS // job.batch_size)
    people = [share.person_id for share in shares]
    each = max(1, most // len(people))
    with connection.cursor() as cursor:
        cursor.execute(_RECENT, {"job": job.pk, "people": people, "each": each})
        return [Recent(*row) for row in cursor.fetchall()]


def batch_times(job: Job, recent: list[Recent]) -> dict[str, Any]:
    """Active seconds of batches: quartiles and a histogram whose last bar takes all that is longer.

    Batches without a measured time are left out; without any, the quartiles are null.
    """
    timed = [one for one in recent if one.active_ms > 0]
    seconds = sorted(one.active_ms / 1000 for one in timed)
    lower, median, upper = _quartiles(seconds)
    step = _step(upper or 0)
    return {
        "batches": len(seconds),
        "lower_seconds": lower,
        "median_seconds": median,
        "upper_seconds": upper,
        "longest_seconds": seconds[-1] if seconds else None,
        "step_seconds": step,
        "bars": _histogram(seconds, step),
        "too_fast_seconds": round(TOO_FAST_SECONDS * job.batch_size, 1),
        "too_fast": sum(one.active_ms < 1000 * TOO_FAST_SECONDS * one.items for one in timed),
    }


def _quartiles(values: list[float]) -> list[float] | list[None]:
    if not values:
        return [None] * 3
    return quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3


def _step(upper: float) -> int:
    """A width at which half of the bars hold three quarters of the times."""
    return next((step for step in _STEPS if step * MOST_TIME_BARS / 2 >= upper), _STEPS[-1])


def _histogram(seconds: list[float], step: int) -> list[int]:
    if not seconds:
        return []
    last = min(MOST_TIME_BARS - 1, int(seconds[-1] // step))
    found = [0] * (last + 1)
    for one in seconds:
        found[min(last, int(one // step))] += 1
    return found


def seconds_by_reviewer(recent: list[Recent]) -> dict[UUID, float]:
    """Mean active seconds of a batch, by person; those without a measured time left out."""
    times: dict[UUID, list[int]] = {}
    for one in recent:
        if one.active_ms > 0:
            times.setdefault(one.person, []).append(one.active_ms)
    return {person: round(mean(found) / 1000, 1) for person, found in times.items()}
