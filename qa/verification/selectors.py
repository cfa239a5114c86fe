"""What may be read of items, verdicts and tallies."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from labelapp.accounts.models import User
from labelapp.catalog.selection import in_range
from labelapp.catalog.storage import full_url, thumb_url
from labelapp.statements import Statement
from qa.jobs.models import LIVE, Assignment, Batch, Job
from qa.verification.errors import ItemNotFound
from qa.verification.models import Item, Tally, Verdict
from qa.verification.outcome import Outcome

_TILES = Statement("""
SELECT item.id::text, item.image_id::text, image.width, image.height
FROM verification_item item JOIN catalog_image image ON image.id = item.image_id
WHERE item.batch_id = %(batch)s ORDER BY item.id
""")


def tiles(batch: Batch, *, person_id: UUID) -> list[dict[str, Any]]:
    """The items of a batch as its reviewer sees them: no path, no name, no confidence.

    Ordered by id, which is random, so that the place does not betray the rank.
    """
    now = datetime.now(UTC)
    return [
        {
            "id": pk,
            "position": position,
            "thumb_url": thumb_url(image, person_id, now),
            "full_url": full_url(image, person_id, now),
            "width": width,
            "height": height,
        }
        for position, (pk, image, width, height) in enumerate(_TILES.rows(batch=batch.pk))
    ]


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
    return items.select_related("image", "label_class", "batch")


def tallies_of(job: Job) -> list[tuple[UUID, int | None, Outcome, int]]:
    """(class, bin of 1/1000 or None, outcome, count) of a job; counts of 0 left out."""
    rows = Tally.objects.filter(job=job, count__gt=0).values_list(
        "label_class", "bin", "outcome", "count"
    )
    return [(label_class, bin_, Outcome(name), count) for label_class, bin_, name, count in rows]


def outcomes_by_class(job: Job) -> dict[UUID, dict[str, int]]:
    """How many items of each class have each outcome."""
    found: dict[UUID, dict[str, int]] = {}
    rows = Tally.objects.filter(job=job).values("label_class", "outcome").annotate(n=Sum("count"))
    for row in rows:
        found.setdefault(row["label_class"], {})[row["outcome"]] = row["n"]
    return found


def reviewers_of(job: Job) -> list[dict[str, Any]]:
    """Each reviewer's verdict counts, and how many of their decided items ended against them."""
    rows = (
        Verdict.objects.filter(item__job=job)
        .values("person", "person__username", "person__name")
        .annotate(
            judged=Count("pk"),
            disconfirmed=Count("pk", filter=Q(value="disconfirm")),
            unsure=Count("pk", filter=Q(value="unsure")),
            disagreed=Count("pk", filter=Q(item__outcome=Outcome.SPLIT.value)),
        )
        .order_by("person__username")
    )
    return [dict(row) for row in rows]


def ratings_of(job: Job, *, most: int = 20_000) -> dict[UUID, dict[UUID, str]]:
    """Verdict values by item and person, of items with more than one verdict; for agreement.

    At most `most` verdicts, those on the items with the lowest ids, which are random.
    """
    rows = (
        Verdict.objects.filter(item__job=job, item__wanted__gt=1)
        .order_by("item")
        .values_list("item", "person", "value")[:most]
    )
    found: dict[UUID, dict[UUID, str]] = {}
    for item, person, value in rows:
        found.setdefault(item, {})[person] = value
    return found


def notes_of(job: Job) -> "QuerySet[Verdict]":
    """Verdicts of a job that carry a note."""
    return (
        Verdict.objects.filter(item__job=job)
        .exclude(note="")
        .select_related("item__image", "item__label_class", "person")
    )
