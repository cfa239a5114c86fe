"""What one submit changes: verdicts, the counts of their items, the job's tallies; all or nothing."""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from labelapp.accounts.models import User
from labelapp.api.errors import Invalid
from labelapp.api.idempotency import once
from labelapp.statements import Statement
from qa.jobs import drafts, leases
from qa.jobs.errors import JobClosed, LeaseLost
from qa.jobs.models import Assignment, AssignmentState
from qa.jobs.submitting import check_complete, check_unsure, open_to_submit
from qa.verification import counting
from qa.verification.counting import Counted
from qa.verification.judgements import read_judgements
from qa.verification.models import Item, Look, Verdict, VerdictHistory
from qa.verification.outcome import Rule
from qa.verification.values import Judgements, Value


def submit(
    *,
    person: User,
    assignment_id: UUID,
    verdicts: dict[str, Any],
    key: str,
    active_ms: int = 0,
) -> dict[str, Any]:
    """Turn a person's marks on a batch into verdicts.

    Keeps invariants 1 (counts and tallies equal the verdicts), 2 (nobody judges an item twice; a
    reopened batch replaces its verdicts and moves the counts by the difference) and 4 (all or nothing,
    once per key). When it is refused because the job was closed or the batch went to someone else, the
    marks are kept as the draft (invariant 5).

    Args:
        verdicts: item id to value, or to {value, note, looked}.
        key: the Idempotency-Key; the same key with other verdicts is refused.

    Raises:
        Invalid: some verdict cannot be read.
        AssignmentNotFound, VerdictsMissing, ForeignItems, UnsureNotAllowed, AlreadySubmitted,
        LeaseLost, JobClosed, KeyMissing, KeyReused
    """
    judgements, errors = read_judgements(verdicts)
    if errors:
        raise Invalid("Some verdicts cannot be read; nothing was saved.", errors=errors)
    body = {"assignment": str(assignment_id), "verdicts": verdicts}

    def work() -> dict[str, Any]:
        return _submit(person, assignment_id, judgements, active_ms)

    try:
        return once(person_id=person.pk, endpoint="submit", key=key, body=body, work=work)
    except (JobClosed, LeaseLost):
        drafts.keep_refused(assignment_id=assignment_id, verdicts=verdicts, active_ms=active_ms)
        raise


def _submit(
    person: User, assignment_id: UUID, judgements: Judgements, active_ms: int
) -> dict[str, Any]:
    now = timezone.now()
    job, share, held = open_to_submit(person, assignment_id, now)
    items = counting.locked_items(held.batch_id)
    check_complete({item.id for item in items}, judgements.keys())
    unsure = {pk: one.note for pk, one in judgements.items() if one.value == Value.UNSURE}
    check_unsure(job, unsure)
    former = _former_verdicts(held, items)
    moves = counting.move_counts(
        items,
        {pk: one.value for pk, one in judgements.items()},
        {one.item_id: Value(one.value) for one in former},
        Rule(job.rule),
        now,
    )
    _replace_verdicts(held, judgements, former, now)
    leases.end_submitted(
        held=held, share=share, active_ms=active_ms, first_time=not former, now=now
    )
    counting.move_tallies(job.pk, held.batch.label_class_id, moves)
    values = Counter(one.value for one in judgements.values())
    return {
        "id": str(held.pk),
        "state": AssignmentState.SUBMITTED.value,
        "submitted_at": now.isoformat(),
        "counts": {value.value: values[value] for value in Value},
    }


def _former_verdicts(held: Assignment, items: list[Counted]) -> list[Verdict]:
    if held.reopened_at is None:
        return []
    ids = [item.id for item in items]
    return list(Verdict.objects.filter(item__in=ids, person=held.person_id))


# OFFSET 0: asked item by item, not by reading all the person has ever looked at.
_VERDICTS = Statement("""
INSERT INTO verification_verdict
    (item_id, person_id, assignment_id, value, note, looked, created_at)
SELECT given.item_id, %(person)s::uuid, %(assignment)s::uuid, given.value, given.note,
       given.looked OR EXISTS (
           SELECT 1 FROM verification_look look
           WHERE look.item_id = given.item_id AND look.person_id = %(person)s OFFSET 0
       ), %(now)s::timestamptz
FROM unnest(%(items)s::uuid[], %(values)s::text[], %(notes)s::text[], %(looked)s::boolean[])
     AS given(item_id, value, note, looked)
""")


def _replace_verdicts(
    held: Assignment, judgements: Judgements, former: list[Verdict], now: datetime
) -> None:
    """Store the verdicts; those they replace go into the history."""
    if former:
        _into_history(former, now)
    given = list(judgements.values())
    _VERDICTS.run(
        person=held.person_id,
        assignment=held.pk,
        now=now,
        items=list(judgements),
        values=[one.value.value for one in given],
        notes=[one.note for one in given],
        looked=[one.looked for one in given],
    )


def _into_history(former: list[Verdict], now: datetime) -> None:
    VerdictHistory.objects.bulk_create(
        VerdictHistory(
            item_id=old.item_id,
            person_id=old.person_id,
            value=old.value,
            note=old.note,
            looked=old.looked,
            created_at=old.created_at,
            replaced_at=now,
        )
        for old in former
    )
    Verdict.objects.filter(pk__in=[old.pk for old in former]).delete()


def record_look(*, person: User, item: Item) -> None:
    """Remember that a reviewer saw an item's confidence before judging it."""
    Look.objects.bulk_create([Look(item=item, person=person)], ignore_conflicts=True)


def remove_items(job_id: UUID) -> None:
    """Delete the items of a job that is removed for good, with all that hangs on them."""
    of_job = "item_id IN (SELECT id FROM verification_item WHERE job_id = %s)"
    with connection.cursor() as cursor:
        for table in ("verdict", "verdicthistory", "look"):
            cursor.execute(f"DELETE FROM verification_{table} WHERE {of_job}", [job_id])
        of_batch = "batch_id IN (SELECT id FROM jobs_batch WHERE job_id = %s)"
        cursor.execute(f"DELETE FROM verification_arrangement WHERE {of_batch}", [job_id])
        for table in ("item", "tally", "arranging"):
            cursor.execute(f"DELETE FROM verification_{table} WHERE job_id = %s", [job_id])
