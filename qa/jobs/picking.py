"""The search for the batch to deal.

Written by hand: it runs at every claim, and each query must walk an index in its order and stop at the
first row, however many batches the job has and the person has had.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from labelapp.accounts.models import User
from labelapp.statements import Statement, columns, model_of
from qa.jobs.models import Batch, Job, Share

Row = tuple[Any, ...]

_BATCH = columns(Batch, "batch")
# Batches with a free place that this person has not had (or holds, or skipped). OFFSET 0 has it asked of
# each batch by the unique index: as a join, it would be free to read all that the person has ever had.
_FREE = """
batch.job_id = %(job)s AND batch.places > 0 AND NOT EXISTS (
    SELECT 1 FROM jobs_assignment theirs
    WHERE theirs.batch_id = batch.id AND theirs.person_id = %(person)s
      AND theirs.state IN ('dealt', 'submitted', 'skipped') OFFSET 0
)
"""
_OF_CLASS = f"{_FREE} AND batch.label_class_id = %(label_class)s"
_NUMBER = """
SELECT next_number FROM jobs_dealcursor
WHERE job_id = %(job)s AND person_id = %(person)s AND label_class_id
"""

# In the class last worked on: what came back to it, else on from the person's cursor.
_GO_ON = Statement(f"""
SELECT {_BATCH} FROM (
    SELECT * FROM (
        SELECT * FROM jobs_batch batch WHERE {_OF_CLASS} AND batch.returned
        ORDER BY batch.number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
    ) came_back
    UNION ALL
    SELECT * FROM (
        SELECT * FROM jobs_batch batch
        WHERE {_OF_CLASS} AND batch.number >= COALESCE(({_NUMBER} = %(label_class)s), 0)
        ORDER BY batch.number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
    ) fresh
) batch LIMIT 1
""")
# The cursor may have passed a batch that another claim had locked at that moment.
_REST_OF_CLASS = Statement(f"""
SELECT {_BATCH} FROM jobs_batch batch WHERE {_OF_CLASS}
ORDER BY batch.number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
""")
_RETURNED = Statement(f"""
SELECT {_BATCH} FROM jobs_batch batch WHERE {_FREE} AND batch.returned
ORDER BY batch.number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
""")
# The first class that has something beyond the person's cursor there; batches are numbered class by
# class, so it is also where the lowest number is.
_NEXT_CLASS = Statement(f"""
SELECT class.label_class_id FROM jobs_jobclass class CROSS JOIN LATERAL (
    SELECT 1 FROM jobs_batch batch
    WHERE {_FREE} AND batch.label_class_id = class.label_class_id
      AND batch.number >= COALESCE(({_NUMBER} = class.label_class_id), 0)
    ORDER BY batch.number LIMIT 1
) free WHERE class.job_id = %(job)s ORDER BY class.position LIMIT 1
""")
_FIRST_FREE = Statement(f"""
SELECT batch.id FROM jobs_batch batch WHERE {_FREE}
ORDER BY batch.returned DESC, batch.number LIMIT 1
""")
_IF_FREE = Statement(f"""
SELECT {_BATCH} FROM jobs_batch batch WHERE {_FREE} AND batch.id = %(batch)s FOR NO KEY UPDATE
""")


def batch_at_hand(job: Job, person: User, share: Share) -> Batch | None:
    """The batch to deal, locked, without waiting; None when another claim may have to be waited for.

    Rows that another claim has locked are passed over, since they are most likely being taken. A query
    locks a row before it finds that it was taken meanwhile: after None the caller must end its
    transaction before it waits for anything.
    """
    found = _unlocked_by_others({"job": job.pk, "person": person.pk}, share.last_class_id)
    return model_of(Batch, found) if found else None


def next_batch(job: Job, person: User, share: Share) -> Batch | None:
    """The batch to deal, locked; None when there is none for this person.

    As `batch_at_hand`; when that leaves nothing, what others have locked is waited for: their claims may
    take one place of two. What was locked in vain is given back before, so that whoever waits for a
    batch holds no other.
    """
    whose = {"job": job.pk, "person": person.pk}
    found = locked_if_found(partial(_unlocked_by_others, whose, share.last_class_id))
    while found is None and (free := _FIRST_FREE.row(**whose)):
        found = locked_if_found(partial(_IF_FREE.row, **whose, batch=free[0]))
    return model_of(Batch, found) if found else None


def locked_if_found(search: Callable[[], Row | None]) -> Row | None:
    """What the search found and locked; when it found nothing, nothing that it locked stays so."""
    with transaction.atomic():
        row = search()
        if row is None:
            transaction.set_rollback(True)  # to the savepoint: only that gives locks back
    return row


def _unlocked_by_others(whose: dict[str, UUID], last_class: UUID | None) -> Row | None:
    row = None
    if last_class:
        last = {**whose, "label_class": last_class}
        row = _GO_ON.row(**last) or _REST_OF_CLASS.row(**last)
    row = row or _RETURNED.row(**whose)
    if row is None and (following := _NEXT_CLASS.row(**whose)):
        row = _GO_ON.row(**whose, label_class=following[0])
    return row
