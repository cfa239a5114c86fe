"""What stands beside a label file: where it comes from, what is in it, what it rests on."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from labelapp.version import version
from qa.exports.models import Export
from qa.jobs.models import Job

_JOB_FIELDS = (
    "kind",
    "state",
    "source",
    "min_confidence",
    "max_confidence",
    "cap_per_class",
    "batch_size",
    "reviewers_per_item",
    "order",
    "start_as",
    "allow_unsure",
    "allow_new_class",
    "outcomes",
    "rule",
    "lease_minutes",
    "instructions",
    "examples",
    "seed",
    "plan",
    "items",
    "batches",
)
NO_JOB = "no_job"
MANIFEST = "manifest.json"


def manifest(
    export: Export,
    *,
    counts: Iterable[tuple[str, str | None, int]],
    labels_sha256: str,
    verdicts_sha256: str,
    now: datetime,
) -> dict[str, Any]:
    """Return the manifest of a written file.

    Args:
        counts: class name, outcome (None where no job has the label), number of rows.
        labels_sha256: of the file's bytes.
        verdicts_sha256: of the lines `id,value` of all verdicts the rows rest on, in order of id.
    """
    by_class: dict[str, dict[str, int]] = {}
    by_outcome: dict[str, int] = {}
    for name, outcome, number in counts:
        key = outcome or NO_JOB
        by_class.setdefault(name, {})[key] = number
        by_outcome[key] = by_outcome.get(key, 0) + number
    return {
        "created_at": _time(now),
        "by": export.requested_by.username if export.requested_by else None,
        "application": version(),
        "dataset": {"id": str(export.dataset_id), "name": export.dataset.name},
        "job": _job(export.job) if export.job else None,
        "rule": export.job.rule if export.job else None,
        "format": export.format,
        "filters": export.filters,
        "rows": sum(by_outcome.values()),
        "counts": {"by_class": by_class, "by_outcome": by_outcome},
        "labels_sha256": labels_sha256,
        "verdicts_sha256": verdicts_sha256,
        "policy": None,
    }


def _job(job: Job) -> dict[str, Any]:
    return {
        "id": str(job.pk),
        "name": job.name,
        **{name: getattr(job, name) for name in _JOB_FIELDS},
        "team": {"id": str(job.team_id), "name": job.team.name} if job.team else None,
        "label_classes": [str(each) for each in job.label_classes],
        "started_at": _time(job.started_at) if job.started_at else None,
    }


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
