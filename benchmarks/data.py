"""Generated labels and jobs on them: written by SQL where only their being there matters."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from labelapp.accounts.models import User
from labelapp.accounts.roles import Role
from labelapp.accounts.services import create_token, create_user
from labelapp.catalog.counts import recount
from labelapp.catalog.models import Dataset, LabelClass
from qa.jobs import services
from qa.jobs.models import Job

CLASSES = 20

# One label on each picture; confidences of four decimals, more of them high, as models give them.
_IMAGES = """
INSERT INTO catalog_image (id, dataset_id, ref, location)
SELECT gen_random_uuid(), %s, 'survey/' || to_char(n, 'FM00000000') || '.jpg',
       'survey/' || to_char(n, 'FM00000000') || '.jpg'
FROM generate_series(1, %s) AS n
"""
_LABELS = """
INSERT INTO catalog_label (id, image_id, label_class_id, confidence, bin, source, region, extra)
SELECT gen_random_uuid(), id, (%s::uuid[])[1 + n %% %s], tenths / 10000.0, tenths / 10,
       'model.csv', '{}', '{}'
FROM (SELECT id, row_number() OVER () AS n, floor(10000 * sqrt(random()))::int AS tenths
      FROM catalog_image WHERE dataset_id = %s) AS drawn
"""


@dataclass(frozen=True)
class Started:
    """A running job and the seconds that freezing its items took."""

    job: Job
    seconds: float


@cache
def admin() -> User:
    return create_user(person=None, username="bench-admin", role=Role.ADMIN)


def token_of(person: User) -> str:
    """A token for scripts, as the API takes it."""
    _, secret = create_token(person=person, name="benchmarks")
    return secret


def labelers(count: int, prefix: str) -> list[User]:
    return [
        create_user(person=None, username=f"{prefix}-{number}", role=Role.LABELER)
        for number in range(count)
    ]


@cache
def dataset(rows: int) -> Dataset:
    """A dataset of `rows` pictures by reference with a label each, in 20 classes."""
    made = _filled_dataset(rows)
    _settle("catalog_image", "catalog_label")
    return made


@transaction.atomic
def _filled_dataset(rows: int) -> Dataset:
    made = Dataset.objects.create(name=f"{rows:,} labels", image_count=rows, created_by=admin())
    names = [f"class {number:02}" for number in range(CLASSES)]
    classes = LabelClass.objects.bulk_create(
        LabelClass(dataset=made, name=name, key=name) for name in names
    )
    ids = [one.pk for one in classes]
    with connection.cursor() as cursor:
        cursor.execute(_IMAGES, [made.pk, rows])
        cursor.execute(_LABELS, [ids, CLASSES, made.pk])
        recount(made.pk, ids)
    return made


@cache
def job(rows: int, reviewers: int = 1) -> Started:
    """A running job on all labels of such a dataset, frozen by the service as a worker would."""
    draft = services.create_job(
        person=admin(),
        name=f"{reviewers} reviewers",
        dataset=dataset(rows),
        reviewers_per_item=reviewers,
    )
    began = time.perf_counter()
    services.start_job(person=admin(), job_id=draft.pk, force=True)
    draft.refresh_from_db()
    if hasattr(draft, "start"):
        services.run_start(draft.pk)
    seconds = time.perf_counter() - began
    _settle(
        "catalog_image", "catalog_label", "verification_item", "verification_tally", "jobs_batch"
    )
    draft.refresh_from_db()
    return Started(draft, seconds)


def _settle(*tables: str) -> None:
    """What autovacuum and the next checkpoint do in the minutes after a large write: done at once, so
    that their work on it is not counted as that of the reviews measured next."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM (ANALYZE) {table}")
        cursor.execute("CHECKPOINT")


# What is there when somebody has submitted the first half of each class's batches: assignments,
# places, verdicts (mostly right, as they are), counts, tallies, the share and the cursors.
_HISTORY = (
    """
    CREATE TEMP TABLE half ON COMMIT DROP AS
    SELECT batch.id, batch.label_class_id, batch.number, batch.items
    FROM jobs_batch batch JOIN (
        SELECT label_class_id, (min(number) + max(number)) / 2 AS middle
        FROM jobs_batch WHERE job_id = %(job)s GROUP BY label_class_id
    ) class ON class.label_class_id = batch.label_class_id AND batch.number <= class.middle
    WHERE batch.job_id = %(job)s
      AND NOT EXISTS (SELECT 1 FROM jobs_assignment a WHERE a.batch_id = batch.id)
    """,
    """
    INSERT INTO jobs_assignment (id, job_id, batch_id, person_id, state, dealt_at, lease_expires_at,
        submitted_at, active_ms, draft_revision, draft_client)
    SELECT gen_random_uuid(), %(job)s, id, %(person)s, 'submitted', %(now)s, %(now)s, %(now)s,
        30000, 0, '' FROM half
    """,
    "UPDATE jobs_batch SET places = places - 1 FROM half WHERE jobs_batch.id = half.id",
    """
    INSERT INTO verification_verdict (item_id, person_id, assignment_id, value, note, looked,
        created_at)
    SELECT item.id, %(person)s, a.id,
        CASE WHEN item.rank %% 10 = 0 THEN 'disconfirm' ELSE 'confirm' END, '', false, %(now)s
    FROM half JOIN verification_item item ON item.batch_id = half.id
    JOIN jobs_assignment a ON a.batch_id = half.id AND a.person_id = %(person)s
    """,
    """
    UPDATE verification_item SET reviewed_at = %(now)s,
        confirm_count = (rank %% 10 <> 0)::int, disconfirm_count = (rank %% 10 = 0)::int
    FROM half WHERE batch_id = half.id
    """,
    """
    INSERT INTO jobs_share (job_id, person_id, batches_submitted, items_judged, last_class_id)
    SELECT %(job)s, %(person)s, count(*), sum(items),
        (array_agg(label_class_id ORDER BY number DESC))[1] FROM half
    """,
    """
    INSERT INTO jobs_dealcursor (job_id, person_id, label_class_id, next_number)
    SELECT %(job)s, %(person)s, label_class_id, max(number) + 1 FROM half GROUP BY label_class_id
    """,
)


def give_history(job: Job, person: User) -> int:
    """Have `person` submit half of all batches of a job for two; how many batches that was.

    The items stay pending (one verdict of two), so no tally moves.
    """
    values: dict[str, Any] = {"job": job.pk, "person": person.pk, "now": timezone.now()}
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _HISTORY:
            cursor.execute(statement, values)
        cursor.execute("SELECT count(*) FROM half")
        batches = int(cursor.fetchone()[0])
    _settle("jobs_assignment", "jobs_batch", "verification_verdict")
    return batches
