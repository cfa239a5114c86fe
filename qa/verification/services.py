"""What one submit changes: verdicts, the counts of their items, the job's tallies; all or nothing."""

from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from labelapp.accounts.models import User
from labelapp.api.errors import Invalid
from labelapp.api.idempotency import once
from qa.jobs import drafts, leases, locks
from qa.jobs.errors import AlreadySubmitted, AssignmentNotFound, JobClosed, LeaseLost
from qa.jobs.models import Assignment, AssignmentState, Job, JobState, Share
from qa.verification.errors import ForeignItems, UnsureNotAllowed, VerdictsMissing
from qa.verification.judgements import read_judgements
from qa.verification.models import Item, Look, Tally, Verdict, VerdictHistory
from qa.verification.outcome import Rule, outcome
from qa.verification.values import Judgements, Value

UNREADABLE = "unreadable"


class TallyKey(NamedTuple):
    bin: int | None
    outcome: str


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
    job, share, held = _held(person, assignment_id, now)
    items = _locked_items(held, judgements)
    _check_values(job, judgements)
    former = {verdict.item_id: verdict for verdict in _former_verdicts(held, items)}
    moves = _move_counts(items, judgements, former, Rule(job.rule), now)
    _replace_verdicts(held, judgements, former, now)
    _move_tallies(job, held.batch.label_class_id, moves)
    _end_draft(held, active_ms, now)
    if not former:
        share.batches_submitted += 1
        share.items_judged += len(items)
        share.save(update_fields=["batches_submitted", "items_judged"])
    values = Counter(one.value for one in judgements.values())
    return {
        "id": str(held.pk),
        "state": AssignmentState.SUBMITTED.value,
        "submitted_at": now.isoformat(),
        "counts": {value.value: values[value] for value in Value},
    }


def _held(person: User, assignment_id: UUID, now: datetime) -> tuple[Job, Share, Assignment]:
    """The assignment, locked and open to a submit, with its job and the person's share."""
    job_id = Assignment.objects.filter(pk=assignment_id, person=person).values_list(
        "job", flat=True
    )
    if not (found := list(job_id)):
        raise AssignmentNotFound
    job = locks.job_shared(found[0])
    share = locks.share(job, person)
    held = locks.assignment(assignment_id)
    if held.state == AssignmentState.SUBMITTED and held.reopened_at is None:
        raise AlreadySubmitted
    if job.state == JobState.CLOSED:
        raise JobClosed
    if held.state in {AssignmentState.EXPIRED, AssignmentState.RELEASED} and not (
        leases.retake_place(job=job, assignment=held, now=now)
    ):
        raise LeaseLost
    return job, share, held


def _locked_items(held: Assignment, judgements: Judgements) -> list[Item]:
    items = list(
        Item.objects.filter(batch=held.batch_id)
        .order_by("pk")
        .select_for_update(no_key=True, of=("self",))
    )
    ours = {item.pk for item in items}
    if foreign := sorted(str(pk) for pk in judgements.keys() - ours):
        raise ForeignItems(errors={pk: [ForeignItems.title] for pk in foreign})
    if missing := sorted(str(pk) for pk in ours - judgements.keys()):
        raise VerdictsMissing(
            f"{len(missing)} of {len(ours)} pictures have no verdict; nothing was saved.",
            errors={pk: ["This picture has no verdict."] for pk in missing},
        )
    return items


def _check_values(job: Job, judgements: Judgements) -> None:
    if job.allow_unsure:
        return
    doubtful = [
        str(pk)
        for pk, one in judgements.items()
        if one.value == Value.UNSURE and one.note != UNREADABLE
    ]
    if doubtful:
        raise UnsureNotAllowed(errors={pk: [UnsureNotAllowed.title] for pk in sorted(doubtful)})


def _former_verdicts(held: Assignment, items: list[Item]) -> list[Verdict]:
    if held.reopened_at is None:
        return []
    return list(Verdict.objects.filter(item__in=items, person=held.person_id))


_COUNTS = """
UPDATE verification_item SET confirm_count = moved.c, disconfirm_count = moved.d,
       unsure_count = moved.u, outcome = moved.outcome, reviewed_at = %s
FROM unnest(%s::uuid[], %s::smallint[], %s::smallint[], %s::smallint[], %s::text[])
     AS moved(id, c, d, u, outcome)
WHERE verification_item.id = moved.id
"""


def _move_counts(
    items: list[Item],
    judgements: Judgements,
    former: dict[UUID, Verdict],
    rule: Rule,
    now: datetime,
) -> Counter[TallyKey]:
    """Write the new counts and outcomes; how the tallies move, by (bin, outcome)."""
    moves: Counter[TallyKey] = Counter()
    for item in items:
        before = item.outcome
        if old := former.get(item.pk):
            _count(item, Value(old.value), -1)
        _count(item, judgements[item.pk].value, 1)
        item.outcome = outcome(
            item.confirm_count, item.disconfirm_count, item.unsure_count, item.wanted, rule
        ).value
        moves[TallyKey(item.bin, before)] -= 1
        moves[TallyKey(item.bin, item.outcome)] += 1
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNTS,
            [
                now,
                [item.pk for item in items],
                [item.confirm_count for item in items],
                [item.disconfirm_count for item in items],
                [item.unsure_count for item in items],
                [item.outcome for item in items],
            ],
        )
    return Counter({key: change for key, change in moves.items() if change})


def _count(item: Item, value: Value, change: int) -> None:
    field = f"{value.value}_count"
    setattr(item, field, getattr(item, field) + change)


def _replace_verdicts(
    held: Assignment, judgements: Judgements, former: dict[UUID, Verdict], now: datetime
) -> None:
    """Store the verdicts; those they replace go into the history."""
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
        for old in former.values()
    )
    if former:
        Verdict.objects.filter(pk__in=[old.pk for old in former.values()]).delete()
    looked = set(
        Look.objects.filter(item__in=judgements, person=held.person_id).values_list(
            "item", flat=True
        )
    )
    Verdict.objects.bulk_create(
        Verdict(
            item_id=item,
            person_id=held.person_id,
            assignment=held,
            value=one.value,
            note=one.note,
            looked=one.looked or item in looked,
            created_at=now,
        )
        for item, one in sorted(judgements.items())
    )


_TALLIES = """
UPDATE verification_tally SET count = count + moved.change
FROM unnest(%s::bigint[], %s::bigint[]) AS moved(id, change)
WHERE verification_tally.id = moved.id
"""


def _move_tallies(job: Job, label_class: UUID, moves: Counter[TallyKey]) -> None:
    """Move the tallies of one class, their rows locked in the order of their ids."""
    bins = {key.bin for key in moves}
    tallies = Tally.objects.filter(
        job=job, label_class=label_class, outcome__in={key.outcome for key in moves}
    )
    numbered = tallies.filter(bin__in=bins - {None})
    wanted = numbered | tallies.filter(bin=None) if None in bins else numbered
    found = {
        TallyKey(row["bin"], row["outcome"]): row["pk"]
        for row in wanted.order_by("pk")
        .select_for_update(no_key=True, of=("self",))
        .values("pk", "bin", "outcome")
    }
    with connection.cursor() as cursor:
        cursor.execute(_TALLIES, [[found[key] for key in moves], list(moves.values())])


def _end_draft(held: Assignment, active_ms: int, now: datetime) -> None:
    held.state = AssignmentState.SUBMITTED
    held.submitted_at, held.reopened_at = now, None
    held.draft = None
    held.active_ms = max(held.active_ms, active_ms)
    held.save(update_fields=["state", "submitted_at", "reopened_at", "draft", "active_ms"])


def record_look(*, person: User, item: Item) -> None:
    """Remember that a reviewer saw an item's confidence before judging it."""
    Look.objects.bulk_create([Look(item=item, person=person)], ignore_conflicts=True)


def remove_items(job_id: UUID) -> None:
    """Delete the items of a job that is removed for good, with all that hangs on them."""
    of_job = "item_id IN (SELECT id FROM verification_item WHERE job_id = %s)"
    with connection.cursor() as cursor:
        for table in ("verdict", "verdicthistory", "look"):
            cursor.execute(f"DELETE FROM verification_{table} WHERE {of_job}", [job_id])
        for table in ("item", "tally"):
            cursor.execute(f"DELETE FROM verification_{table} WHERE job_id = %s", [job_id])
