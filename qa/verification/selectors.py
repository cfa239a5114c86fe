"""What may be read of items, verdicts and tallies."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import IntegerField, QuerySet, Sum
from django.db.models.functions import Cast

from labelapp.accounts.models import User
from labelapp.accounts.roles import Right
from labelapp.catalog.models import Label
from labelapp.catalog.regions import close_up, exact_outline
from labelapp.catalog.selection import in_range
from labelapp.catalog.storage import full_url, thumb_url
from labelapp.statements import Statement
from qa.jobs.models import LIVE, Assignment, Batch, Job
from qa.verification.errors import ItemNotFound
from qa.verification.models import Item, Tally, Verdict
from qa.verification.outcome import Outcome

_TILES = Statement("""
SELECT item.id::text, item.image_id::text, image.width, image.height, NULLIF(label.region, '{}')
FROM verification_item item JOIN catalog_image image ON image.id = item.image_id
JOIN catalog_label label ON label.id = item.label_id
LEFT JOIN verification_arrangement shown ON shown.batch_id = item.batch_id
WHERE item.batch_id = %(batch)s ORDER BY array_position(shown.items, item.id), item.id
""")


def tiles(batch: Batch, *, person_id: UUID) -> list[dict[str, Any]]:
    """The items of a batch as its reviewer sees them: no path, no name, no confidence.

    Alike ones stand together where the batch was arranged; else they go by id, which is random. Neither
    betrays the rank. Those with a box or mask have a `close_up`.
    """
    now = datetime.now(UTC)
    found = []
    for position, (pk, image, width, height, region) in enumerate(_TILES.rows(batch=batch.pk)):
        tile = {
            "id": pk,
            "position": position,
            "thumb_url": thumb_url(image, person_id, now),
            "full_url": full_url(image, person_id, now),
            "width": width,
            "height": height,
        }
        if region:
            shown, size = json.loads(region), (width, height)
            tile["close_up"] = close_up(image, shown, size, person_id=person_id, now=now)
        found.append(tile)
    return found


def item_ids(batch: Batch) -> set[str]:
    return {str(pk) for pk in Item.objects.filter(batch=batch).values_list("pk", flat=True)}


def verdicts_of(assignment: Assignment) -> dict[str, Any]:
    """The verdicts of a submitted assignment, as a draft would hold them."""
    verdicts = Verdict.objects.filter(item__batch=assignment.batch_id, person=assignment.person_id)
    return {
        str(one.item_id): {"value": one.value, "note": one.note} if one.note else one.value
        for one in verdicts
    }


def held_item(person: User, item_id: UUID) -> Item:
    """An item of a batch that the person holds or has submitted.

    Raises:
        ItemNotFound: any other item.
    """
    item = (
        Item.objects.filter(
            pk=item_id,
            batch__assignments__person=person,
            batch__assignments__state__in=LIVE,
        )
        .distinct()
        .first()
    )
    if item is None:
        raise ItemNotFound
    return item


def shown_item(person: User, item_id: UUID) -> Item:
    """An item that the person may see: of a batch of theirs, or any for those who may read results.

    Raises:
        ItemNotFound
    """
    if not person.may(Right.READ_RESULTS):
        return held_item(person, item_id)
    item = Item.objects.filter(pk=item_id, job__deleted_at=None).first()
    if item is None:
        raise ItemNotFound
    return item


def close_up_of(person: User, item: Item, now: datetime) -> dict[str, Any] | None:
    """How to show the object of an item read by `items_of`; None for the whole picture."""
    size = item.image.width, item.image.height
    return close_up(item.image_id, item.label.region, size, person_id=person.pk, now=now)


def outline_of(item: Item) -> str:
    """The exact outline of an item's object, as an SVG path; empty for the whole picture."""
    return exact_outline(item.label.region, (item.image.width, item.image.height))


_SEES = """
SELECT EXISTS (
    SELECT 1 FROM verification_item item JOIN jobs_assignment held ON held.batch_id = item.batch_id
    WHERE item.image_id = %s AND held.person_id = %s AND held.state IN ('dealt', 'submitted')
)
"""


def may_see_image(person: User, image_id: UUID) -> bool:
    """Whether the image lies in a batch that the person holds or has submitted."""
    with connection.cursor() as cursor:
        cursor.execute(_SEES, [image_id, person.pk])
        return bool(cursor.fetchone()[0])


def items_of(
    job: Job,
    *,
    outcomes: Iterable[str] = (),
    label_class: UUID | None = None,
    min_confidence: float | None = None,
    max_confidence: float | None = None,
    outside: bool = False,
) -> "QuerySet[Item]":
    """Items of a job for those who may read results, with image and class.

    `min_confidence` is inclusive, `max_confidence` exclusive unless it is 1; `outside` turns the
    range around: what lies beyond its limits, or has no confidence.
    """
    within = in_range(min_confidence, max_confidence)
    of_job = Item.objects.filter(job=job)
    items = of_job.exclude(within) if outside else of_job.filter(within)
    if outcomes:
        items = items.filter(outcome__in=outcomes)
    if label_class:
        items = items.filter(label_class=label_class)
    return items.select_related("image", "label_class", "batch", "label")


def judged(job: Job, outcomes: Iterable[str]) -> "QuerySet[Label]":
    """The labels of a job's items with these outcomes, as far as they count."""
    items = Item.objects.filter(job=job, outcome__in=list(outcomes))
    return Label.objects.live().filter(pk__in=items.values("label"))


def tallies_of(job: Job) -> list[tuple[UUID, int | None, Outcome, int]]:
    """(class, bin of 1/1000 or None, outcome, count) of a job; counts of 0 left out."""
    rows = Tally.objects.filter(job=job, count__gt=0).values_list(
        "label_class", "bin", "outcome", "count"
    )
    return [(label_class, bin_, Outcome(name), count) for label_class, bin_, name, count in rows]


def outcomes_by_class(job: Job) -> dict[UUID, dict[str, int]]:
    """How many items of each class have each outcome."""
    found: dict[UUID, dict[str, int]] = {}
    # Summed as integers: PostgreSQL adds bigints as decimals, which takes twice as long.
    n = Sum(Cast("count", IntegerField()))
    tallies = Tally.objects.filter(job=job, count__gt=0)
    rows = tallies.values("label_class", "outcome").annotate(n=n)
    for row in rows:
        found.setdefault(row["label_class"], {})[row["outcome"]] = row["n"]
    return found


_MARKS = """
SELECT verdict.person_id, count(*),
       count(*) FILTER (WHERE value = 'disconfirm'), count(*) FILTER (WHERE value = 'unsure'),
       sum(judged - 1)::bigint, sum(alike - 1)::bigint
FROM (
    SELECT verdict.person_id, verdict.value,
           item.confirm_count + item.disconfirm_count + item.unsure_count AS judged,
           CASE verdict.value WHEN 'confirm' THEN item.confirm_count
                WHEN 'disconfirm' THEN item.disconfirm_count ELSE item.unsure_count END AS alike
    FROM verification_verdict AS verdict JOIN verification_item AS item ON item.id = verdict.item_id
    WHERE verdict.assignment_id = ANY(%s)
) AS verdict GROUP BY verdict.person_id
"""
_COUNTS = """
SELECT confirm_count, disconfirm_count, unsure_count, count(*) FROM verification_item
WHERE batch_id = ANY(%s) AND confirm_count + disconfirm_count + unsure_count > 1 GROUP BY 1, 2, 3
"""


class Marks(NamedTuple):
    """What one reviewer said: verdicts `seen`, how many of them wrong and unsure, and of the pairs
    with another's verdict on the same picture (`compared`) how many say the same (`agreed`)."""

    seen: int = 0
    disconfirmed: int = 0
    unsure: int = 0
    compared: int = 0
    agreed: int = 0


def marks_of(assignments: list[UUID]) -> dict[UUID, Marks]:
    """The marks in these submitted assignments, by person."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, [assignments])
        return {person: Marks(*numbers) for person, *numbers in cursor.fetchall()}


def shared_counts(batches: list[UUID]) -> list[tuple[int, int, int, int]]:
    """Of the items in these batches with two verdicts or more: confirm, disconfirm and unsure count,
    and how many items have just these."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [batches])
        return [(c, d, u, n) for c, d, u, n in cursor.fetchall()]


def notes_of(job: Job) -> "QuerySet[Verdict]":
    """Verdicts of a job that carry a note."""
    return (
        Verdict.objects.filter(item__job=job)
        .exclude(note="")
        .select_related("item__image", "item__label_class", "person")
    )
