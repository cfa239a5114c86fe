"""Who holds what, until when. A live assignment and the place it takes always move together.

Each statement here changes the assignment and `Batch.places` at once, so that `places` equals the
reviewers wanted less the live assignments at every moment (invariant 3).
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from labelapp.accounts.models import User
from labelapp.statements import Statement, columns, model_of
from qa.jobs.models import HAD, Assignment, AssignmentState, Batch, Job, JobState, Share

_TAKE = Statement(f"""
WITH taken AS (
    UPDATE jobs_batch SET places = places - 1, returned = returned AND places > 1
    WHERE id = %(batch)s RETURNING id, job_id
), went_on AS (
    UPDATE jobs_share SET last_class_id = %(label_class)s
    WHERE id = %(share)s AND last_class_id IS DISTINCT FROM %(label_class)s
), remembered AS (
    INSERT INTO jobs_dealcursor (job_id, person_id, label_class_id, next_number)
    SELECT job_id, %(person)s::uuid, %(label_class)s::uuid, %(next)s::int FROM taken
    WHERE NOT %(returned)s
    ON CONFLICT (job_id, person_id, label_class_id) DO UPDATE SET next_number = EXCLUDED.next_number
)
INSERT INTO jobs_assignment
    (id, job_id, batch_id, person_id, state, dealt_at, lease_expires_at, active_ms,
     draft, draft_revision, draft_client, draft_saved_at)
SELECT gen_random_uuid(), taken.job_id, taken.id, %(person)s::uuid, 'dealt',
       %(now)s::timestamptz, %(until)s::timestamptz, 0,
       former.draft, COALESCE(former.draft_revision, 0), COALESCE(former.draft_client, ''),
       former.draft_saved_at
FROM taken LEFT JOIN LATERAL (
    SELECT draft, draft_revision, draft_client, draft_saved_at FROM jobs_assignment
    WHERE batch_id = taken.id AND person_id = %(person)s AND draft IS NOT NULL
    ORDER BY dealt_at DESC LIMIT 1
) former ON true
RETURNING {columns(Assignment)}
""")

_RENEW = Statement(f"""
UPDATE jobs_assignment SET lease_expires_at = %(until)s
WHERE job_id = %(job)s AND person_id = %(person)s AND state = 'dealt'
RETURNING {columns(Assignment)}
""")

_OVERDUE = Statement("""
SELECT id, batch_id FROM jobs_assignment
WHERE job_id = %(job)s AND state = 'dealt' AND lease_expires_at < %(now)s LIMIT 200
""")

_END = """
WITH ended AS (
    UPDATE jobs_assignment SET state = %(state)s
    WHERE id = ANY(%(ids)s) AND state = 'dealt' AND (%(overdue)s IS NULL OR lease_expires_at < %(overdue)s)
    RETURNING batch_id
)
UPDATE jobs_batch SET places = places + freed.n, returned = true
FROM (SELECT batch_id, count(*) AS n FROM ended GROUP BY batch_id) freed
WHERE jobs_batch.id = freed.batch_id
"""

_RETAKE = """
WITH taken AS (
    UPDATE jobs_batch SET places = places - 1, returned = returned AND places > 1
    WHERE id = %(batch)s AND places > 0 RETURNING id
)
UPDATE jobs_assignment SET state = 'dealt', lease_expires_at = %(until)s
WHERE id = %(assignment)s AND EXISTS (SELECT 1 FROM taken)
"""

_SUBMITTED = Statement("""
WITH sent AS (
    UPDATE jobs_assignment SET state = 'submitted', submitted_at = %(now)s, reopened_at = NULL,
           draft = NULL, active_ms = GREATEST(active_ms, %(active_ms)s)
    WHERE id = %(assignment)s
)
UPDATE jobs_share SET batches_submitted = batches_submitted + %(batches)s,
       items_judged = items_judged + %(items)s
WHERE id = %(share)s
""")


def lease_end(job: Job, now: datetime) -> datetime:
    return now + timedelta(minutes=job.lease_minutes)


def take_place(*, job: Job, batch: Batch, share: Share, now: datetime) -> Assignment:
    """Deal a locked batch to the person whose share it is. Marks they once made in it come along as
    the draft.

    Remembers where their next search goes on: in this class, after this batch. The cursor may pass a
    batch that another claim had locked; the search without it finds that one before the class is left.
    """
    (row,) = _TAKE.rows(
        batch=batch.pk,
        person=share.person_id,
        share=share.pk,
        label_class=batch.label_class_id,
        next=batch.number + 1,
        returned=batch.returned,
        now=now,
        until=lease_end(job, now),
    )
    taken = model_of(Assignment, row)
    taken.batch = batch
    return taken


def retake_place(*, job: Job, assignment: Assignment, now: datetime) -> bool:
    """Give an ended assignment its place back, if one is free and nobody else's is in the way.

    The batch and the assignment are locked by the caller. False when the place is gone, or the person
    has skipped the batch since.
    """
    again = Assignment.objects.filter(
        batch=assignment.batch_id,
        person=assignment.person_id,
        state__in=HAD,
    )
    if again.exists():
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            _RETAKE,
            {
                "batch": assignment.batch_id,
                "assignment": assignment.pk,
                "until": lease_end(job, now),
            },
        )
        return bool(cursor.rowcount == 1)


def end_assignments(
    ids: list[UUID], *, state: AssignmentState, overdue: datetime | None = None
) -> None:
    """End dealt assignments and return their places; with `overdue` only those past their lease.

    Their batches are locked by the caller.
    """
    with connection.cursor() as cursor:
        cursor.execute(_END, {"ids": ids, "state": state.value, "overdue": overdue})


def end_submitted(
    *, held: Assignment, share: Share, active_ms: int, first_time: bool, now: datetime
) -> None:
    """Mark a locked assignment as submitted and count it in the person's share, unless it was before."""
    _SUBMITTED.run(
        assignment=held.pk,
        share=share.pk,
        active_ms=active_ms,
        batches=int(first_time),
        items=held.batch.items if first_time else 0,
        now=now,
    )
    held.state = AssignmentState.SUBMITTED


def renew(*, person: User, job: Job, now: datetime) -> list[Assignment]:
    """Renew all of a person's open assignments in a job; these, the oldest first."""
    rows = _RENEW.rows(until=lease_end(job, now), job=job.pk, person=person.pk)
    held = [model_of(Assignment, row) for row in rows]
    return sorted(held, key=lambda one: (one.dealt_at, one.pk))


@transaction.atomic
def expire_overdue(job_id: UUID, now: datetime) -> int:
    """End the overdue leases of a job; how many there were.

    Batches that somebody else has locked at this moment are left for the next time.
    """
    found: dict[UUID, UUID] = dict(_OVERDUE.rows(job=job_id, now=now))
    if not found:
        return 0
    locked = set(
        Batch.objects.filter(pk__in=found.values())
        .order_by("number")
        .select_for_update(skip_locked=True, no_key=True, of=("self",))
        .values_list("pk", flat=True)
    )
    ids = [pk for pk, batch in found.items() if batch in locked]
    end_assignments(ids, state=AssignmentState.EXPIRED, overdue=now)
    return len(ids)


def sweep_leases() -> int:
    """End the overdue leases of all jobs that are being worked on; run by the clock."""
    now = timezone.now()
    jobs = (
        Assignment.objects.filter(
            state=AssignmentState.DEALT,
            lease_expires_at__lt=now,
            job__state__in=(JobState.RUNNING, JobState.PAUSED),
        )
        .values_list("job_id", flat=True)
        .distinct()
    )
    return sum(expire_overdue(job_id, now) for job_id in jobs)


def extend_all(job: Job, now: datetime) -> None:
    """Start the leases of a job's held batches anew, when it is reopened."""
    Assignment.objects.filter(
        job=job, state=AssignmentState.DEALT, lease_expires_at__lt=lease_end(job, now)
    ).update(lease_expires_at=lease_end(job, now))


def renew_several(*, person: User, ids: list[UUID], now: datetime) -> None:
    """Renew the open assignments of a person in the jobs that these assignments belong to."""
    jobs = Job.objects.filter(assignments__in=ids, assignments__person=person).distinct()
    for job in jobs:
        renew(person=person, job=job, now=now)
