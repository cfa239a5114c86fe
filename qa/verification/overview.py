"""What was judged so far, over all jobs: for the cards of datasets and the list of what needs an admin."""

from typing import Any

from django.db import connection

from qa.jobs.models import JobState
from qa.verification.outcome import Outcome

# Of each class, the job that judged most of it speaks: two jobs may have judged the same labels.
_CHECKED = """
SELECT dataset_id, class_id, max(n) FROM (
    SELECT j.dataset_id, coalesce(c.merged_into_id, c.id) AS class_id, t.job_id, sum(t.count) AS n
    FROM verification_tally t
    JOIN jobs_job j ON j.id = t.job_id
    JOIN catalog_labelclass c ON c.id = t.label_class_id
    JOIN catalog_dataset d ON d.id = j.dataset_id AND d.deleted_at IS NULL
    WHERE t.outcome <> %(pending)s
    GROUP BY 1, 2, 3
) AS judged GROUP BY 1, 2 HAVING max(n) > 0 ORDER BY 1, 2
"""
_DISPUTED = """
SELECT j.id, j.name, j.dataset_id, sum(t.count)
FROM verification_tally t JOIN jobs_job j ON j.id = t.job_id
JOIN catalog_dataset d ON d.id = j.dataset_id AND d.deleted_at IS NULL
WHERE t.outcome IN %(disputed)s AND j.state IN %(open)s
GROUP BY j.id HAVING sum(t.count) > 0 ORDER BY sum(t.count) DESC, j.id
"""


def overview() -> dict[str, list[dict[str, Any]]]:
    """Labels judged by class, and the open jobs whose reviewers could not settle some items.

    Read from the tallies. `checked` never says too much: where two jobs judged different labels of
    one class, only the larger share is counted.
    """
    values: dict[str, Any] = {
        "pending": Outcome.PENDING.value,
        "disputed": (Outcome.SPLIT.value, Outcome.UNSURE.value),
        "open": (JobState.RUNNING.value, JobState.PAUSED.value),
    }
    with connection.cursor() as cursor:
        cursor.execute(_CHECKED, values)
        checked = cursor.fetchall()
        cursor.execute(_DISPUTED, values)
        disputed = cursor.fetchall()
    return {
        "checked": [
            {"dataset": dataset, "label_class": label_class, "labels": int(labels)}
            for dataset, label_class, labels in checked
        ],
        "disputed": [
            {"job": {"id": job, "name": name}, "dataset": dataset, "items": int(items)}
            for job, name, dataset, items in disputed
        ],
    }
