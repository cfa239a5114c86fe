"""Labels to correct and what people said of them, as people may see them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Coalesce

from labelapp.accounts.models import User
from labelapp.catalog.models import LabelClass
from labelapp.catalog.regions import close_up
from labelapp.catalog.selectors import now_one
from labelapp.catalog.storage import full_url, thumb_url
from qa.correction.choices import written
from qa.correction.errors import NoCorrections
from qa.correction.models import Answer, Item
from qa.correction.suggesting import suggested
from qa.correction.values import Value
from qa.jobs.models import Assignment, Batch, Job
from qa.jobs.selectors import job_of

KIND = "correction"
PENDING = "pending"
_SEES = """
SELECT EXISTS (
    SELECT 1 FROM correction_item item JOIN jobs_assignment held ON held.batch_id = item.batch_id
    WHERE item.image_id = %s AND held.person_id = %s AND held.state IN ('dealt', 'submitted')
)
"""


def may_see_image(person: User, image_id: UUID) -> bool:
    """Whether the person corrects a label of this picture, or has done so."""
    with connection.cursor() as cursor:
        cursor.execute(_SEES, [image_id, person.pk])
        return bool(cursor.fetchone()[0])


def tiles(batch: Batch, *, person_id: UUID) -> list[dict[str, Any]]:
    """The items of a batch as whoever corrects them sees them: no path, no name, no confidence.

    Ordered by id, which is random, so that the place does not betray the rank.
    """
    now = datetime.now(UTC)
    found = Item.objects.filter(batch=batch).select_related("image", "label", "label_class")
    items = list(found.order_by("pk"))
    likely = suggested(batch.job, items)
    return [
        {
            "id": str(one.pk),
            "position": position,
            **_picture(one, person_id, now),
            "suggested": likely[one.pk],
        }
        for position, one in enumerate(items)
    ]


def _picture(item: Item, person_id: UUID, now: datetime) -> dict[str, Any]:
    image = item.image
    size = image.width, image.height
    shown: dict[str, Any] = {
        "thumb_url": thumb_url(image.pk, person_id, now),
        "full_url": full_url(image.pk, person_id, now),
        "width": image.width,
        "height": image.height,
    }
    if item.label.region:
        region = item.label.region
        shown["close_up"] = close_up(image.pk, region, size, person_id=person_id, now=now)
    return shown


def item_ids(batch: Batch) -> set[str]:
    return {str(pk) for pk in Item.objects.filter(batch=batch).values_list("pk", flat=True)}


def answers_of(assignment: Assignment) -> dict[str, Any]:
    """What a submitted assignment says, as a draft would hold it."""
    answers = Answer.objects.filter(item__batch=assignment.batch_id, replaced_at=None)
    became = Coalesce("right_class__merged_into", "right_class")
    return {
        str(one.item_id): written(Value(one.value), one.became, one.note)
        for one in answers.filter(person=assignment.person_id).annotate(became=became)
    }


def palette(job: Job) -> list[dict[str, Any]]:
    """The classes that the dataset has now, by name."""
    rows = LabelClass.objects.filter(dataset=job.dataset_id, merged_into=None)
    named = sorted(rows.values_list("pk", "name"), key=lambda one: (one[1].casefold(), one[1]))
    return [{"id": pk, "name": name} for pk, name in named]


def correcting_job(person: User, job_id: UUID) -> Job:
    """A job in which people correct classes.

    Raises:
        JobNotFound: also for one that the person may not see. NoCorrections: it is of another kind.
    """
    job = job_of(person, job_id)
    if job.kind != KIND:
        raise NoCorrections
    return job


def corrections_of(
    job: Job,
    *,
    value: str | None = None,
    label_class: UUID | None = None,
    right_class: UUID | None = None,
) -> "QuerySet[Item]":
    """The items of a job with the answer that counts (`item.counting`, a list of one or none).

    value: of the answer, or `pending` for items without one.
    """
    items = Item.objects.filter(job=job).select_related("image", "label", "label_class")
    counting = Answer.objects.filter(replaced_at=None)
    if label_class:
        items = items.filter(label_class__in=now_one(label_class))
    if right_class:
        items = items.filter(
            pk__in=counting.filter(right_class__in=now_one(right_class)).values("item")
        )
    if value == PENDING:
        items = items.filter(~Exists(counting.filter(item=OuterRef("pk"))))
    elif value:
        items = items.filter(pk__in=counting.filter(value=value).values("item"))
    answers = counting.select_related("right_class", "person")
    return items.prefetch_related(Prefetch("answers", answers, to_attr="counting"))


def correction_rows(person: User, items: list[Item]) -> list[dict[str, Any]]:
    """Items of `corrections_of` for those who may read results."""
    now = datetime.now(UTC)
    return [
        {
            "id": item.pk,
            "image": item.image_id,
            "image_ref": item.image.ref,
            **_picture(item, person.pk, now),
            "label": item.label_id,
            "label_class": {"id": item.label_class_id, "name": item.label_class.name},
            **_answer(getattr(item, "counting")),  # noqa: B009 (a prefetch put it there)
        }
        for item in items
    ]


def _answer(counting: list[Answer]) -> dict[str, Any]:
    if not counting:
        return dict.fromkeys(["right_class", "right_label", "person", "answered_at"], None) | {
            "value": PENDING,
            "note": "",
        }
    one = counting[0]
    right = one.right_class
    return {
        "value": one.value,
        "right_class": right and {"id": right.pk, "name": right.name},
        "right_label": one.label_id,
        "person": {"id": one.person_id, "name": one.person.display_name},
        "note": one.note,
        "answered_at": one.created_at,
    }


def counted_answers(job: Job) -> "QuerySet[Answer, Any]":
    """How many answers that count there are by person, wrong class, right class and value."""
    answers = Answer.objects.filter(item__job=job, replaced_at=None)
    return answers.values("person", "value", wrong=F("wrong_class"), right=F("right_class"))
