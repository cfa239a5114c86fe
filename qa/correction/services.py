"""What one submit of corrections changes: answers, and the labels that they become; all or nothing."""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from labelapp.accounts.models import User
from labelapp.api.errors import Invalid
from labelapp.api.idempotency import once
from labelapp.catalog import said
from labelapp.catalog.models import Dataset
from labelapp.catalog.services import lock_dataset
from qa.correction.choices import read_choices
from qa.correction.models import Answer, Item
from qa.correction.naming import named_classes
from qa.correction.selectors import KIND
from qa.correction.values import Choices, Value
from qa.jobs import drafts, leases
from qa.jobs.errors import JobClosed, LeaseLost
from qa.jobs.models import Assignment, AssignmentState, Job
from qa.jobs.submitting import check_complete, check_unsure, open_to_submit

PATIENCE_SECONDS = 2.0


def submit(
    *, person: User, assignment_id: UUID, verdicts: dict[str, Any], key: str, active_ms: int = 0
) -> dict[str, Any]:
    """Turn a person's choices on a batch into answers, and those that name a class into labels.

    Keeps invariants 2 (one answer for an item; a reopened batch replaces its answers and takes back the
    labels that nobody says any more), 4 (all or nothing, once per key) and 5 (when it is refused because
    the job was closed or the batch went to someone else, the choices are kept as the draft).

    Raises:
        Invalid: some choice cannot be read.
        AssignmentNotFound, VerdictsMissing, ForeignItems, UnsureNotAllowed, UnknownClass,
        NewClassNotAllowed, TooManyClasses, DatasetBusy, AlreadySubmitted, LeaseLost, JobClosed,
        KeyMissing, KeyReused
    """
    choices, errors = read_choices(verdicts)
    if errors:
        raise Invalid("Some answers cannot be read; nothing was saved.", errors=errors)
    body = {"assignment": str(assignment_id), "verdicts": verdicts}

    def work() -> dict[str, Any]:
        return _submit(person, assignment_id, choices, active_ms)

    try:
        return once(person_id=person.pk, endpoint="submit", key=key, body=body, work=work)
    except (JobClosed, LeaseLost):
        drafts.keep_refused(assignment_id=assignment_id, verdicts=verdicts, active_ms=active_ms)
        raise


def _submit(person: User, assignment_id: UUID, choices: Choices, active_ms: int) -> dict[str, Any]:
    now = timezone.now()
    job, share, held = open_to_submit(person, assignment_id, now)
    items = _locked_items(held)
    check_complete(items.keys(), choices.keys())
    unsure = {pk: one.note for pk, one in choices.items() if one.value == Value.UNSURE}
    check_unsure(job, unsure)
    # Last of all locks, and not for long: an import holds the dataset while it writes, others wait for us.
    dataset = lock_dataset(job.dataset_id, seconds=PATIENCE_SECONDS)
    classes = named_classes(person=person, job=job, dataset=dataset, choices=choices)
    answers = _answers(held, items, choices, classes, now)
    _say(person, job, dataset, items, answers)
    _replace(dataset, answers, now)
    leases.end_submitted(
        held=held, share=share, active_ms=active_ms, first_time=held.reopened_at is None, now=now
    )
    counted = Counter(one.value for one in answers)
    return {
        "id": str(held.pk),
        "state": AssignmentState.SUBMITTED.value,
        "submitted_at": now.isoformat(),
        "counts": {value.value: counted[value.value] for value in Value},
    }


def _locked_items(held: Assignment) -> dict[UUID, Item]:
    items = Item.objects.filter(batch=held.batch_id).order_by("pk").select_related("label")
    return {one.pk: one for one in items.select_for_update(no_key=True, of=("self",))}


def _answers(
    held: Assignment,
    items: dict[UUID, Item],
    choices: Choices,
    classes: dict[UUID, UUID],
    now: datetime,
) -> list[Answer]:
    return [
        Answer(
            item=items[pk],
            person_id=held.person_id,
            assignment=held,
            value=choice.value.value,
            wrong_class_id=items[pk].label_class_id,
            right_class_id=classes.get(pk),
            note=choice.note,
            created_at=now,
        )
        for pk, choice in choices.items()
    ]


def _say(
    person: User, job: Job, dataset: Dataset, items: dict[UUID, Item], answers: list[Answer]
) -> None:
    """Give each answer that names a class its label: of the same picture and region, said by the person."""
    classed = [one for one in answers if one.right_class_id]
    sayings = [
        said.Saying(
            image=items[one.item_id].image_id,
            label_class=one.right_class_id,
            region=items[one.item_id].label.region,
            extra={"job": str(job.pk), "corrects": str(items[one.item_id].label_id)},
        )
        for one in classed
        if one.right_class_id
    ]
    labels = said.say(dataset=dataset, person=person, origin=job.pk, sayings=sayings)
    for answer, label in zip(classed, labels, strict=True):
        answer.label = label


def _replace(dataset: Dataset, answers: list[Answer], now: datetime) -> None:
    """Store the answers; those they replace stay in the history, without their labels."""
    former = Answer.objects.filter(item__in=[one.item_id for one in answers], replaced_at=None)
    # What a person had said before any correction, by an import, is not ours to take back.
    corrections = Job.objects.filter(dataset=dataset, kind=KIND).values("pk")
    made = former.filter(label__origin__in=corrections)
    before = set(made.values_list("label", flat=True))
    former.update(replaced_at=now, label=None)
    Answer.objects.bulk_create(answers)
    said.take_back(dataset=dataset, labels=before - {one.label_id for one in answers})


def remove_items(job_id: UUID) -> None:
    """Delete the items and answers of a job that is removed for good; the labels stay."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM correction_answer WHERE item_id IN "
            "(SELECT id FROM correction_item WHERE job_id = %s)",
            [job_id],
        )
        cursor.execute("DELETE FROM correction_item WHERE job_id = %s", [job_id])
