"""Which exports there are, and which rows an export would have."""

import json
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import connection
from django.db.models import Q, QuerySet

from labelapp.accounts.models import User
from labelapp.catalog.errors import UnknownClass
from labelapp.catalog.models import Dataset
from labelapp.catalog.selectors import class_by_name_or_id, dataset_by_id
from qa.exports.copying import Download
from qa.exports.errors import (
    DatasetOrJob,
    ExportNotFound,
    LatestOfDataset,
    NotReady,
    OutlinesOfAJob,
    WrittenNotStreamed,
)
from qa.exports.formats import FORMATS
from qa.exports.manifest import MANIFEST
from qa.exports.models import Export, Format
from qa.exports.outlines import Outlines
from qa.exports.rows import Rows
from qa.jobs.models import Job
from qa.jobs.selectors import classes_by_name_or_id, classes_of, job_of

PREVIEW_ROWS = 5


def exports() -> "QuerySet[Export]":
    """All exports whose dataset and job are not in the bin."""
    live = Q(job=None) | Q(job__deleted_at=None)
    found = Export.objects.filter(live, dataset__deleted_at=None)
    return found.select_related("dataset", "job", "requested_by")


def export_by_id(export_id: UUID) -> Export:
    """Raises ExportNotFound."""
    found = exports().filter(pk=export_id).first()
    if found is None:
        raise ExportNotFound
    return found


def open_file(export: Export) -> "File[bytes]":
    """The finished file; raises NotReady where there is none."""
    if not export.file:
        raise NotReady
    return storages["exports"].open(export.file)


def open_manifest(export: Export) -> "File[bytes]":
    """The manifest beside the finished file; raises NotReady where there is none."""
    if not export.file:
        raise NotReady
    folder = export.file.rpartition("/")[0]
    return storages["exports"].open(f"{folder}/{MANIFEST}")


def rows_of(
    person: User,
    *,
    dataset: UUID | None = None,
    job: UUID | None = None,
    outcome: list[str],
    label_classes: list[str],
    min_confidence: float | None = None,
    latest: bool = False,
    reviewers: bool = False,
) -> Rows:
    """Which rows these filters choose; classes by id or exact name.

    Raises:
        DatasetOrJob: both are named, or none.
        LatestOfDataset: `latest` was asked of a job.
        NotFound: there is no such dataset or job.
        UnknownClass: a class is not of the dataset, or of the job.
    """
    if (dataset is None) == (job is None):
        raise DatasetOrJob(errors={"dataset": [DatasetOrJob.title], "job": [DatasetOrJob.title]})
    if job and latest:
        raise LatestOfDataset(errors={"latest": [LatestOfDataset.title]})
    of_job = job_of(person, job) if job else None
    of_dataset = of_job.dataset if of_job else dataset_by_id(dataset or UUID(int=0))
    return Rows(
        dataset=of_dataset.pk,
        job=of_job.pk if of_job else None,
        outcome=tuple(outcome),
        label_classes=_classes(of_dataset, of_job, label_classes),
        min_confidence=min_confidence,
        latest=latest,
        reviewers=reviewers,
    )


def check_format(rows: Rows, file_format: str) -> None:
    """Whether these rows can be written so.

    Raises:
        OutlinesOfAJob: a format of outlines, for labels.
    """
    if FORMATS[file_format].copy:
        return
    if not _are_outlined(rows) or rows.outcome or rows.min_confidence is not None:
        raise OutlinesOfAJob(errors={"format": [OutlinesOfAJob.title]})


def _are_outlined(rows: Rows) -> bool:
    """Whether these are of a job in which people outline."""
    jobs = Job.objects.filter(dataset=rows.dataset, kind="segmentation")
    return rows.job is not None and jobs.filter(pk=rows.job).exists()


def _classes(dataset: Dataset, job: Job | None, names: list[str]) -> tuple[UUID, ...]:
    if job is None:
        return tuple(class_by_name_or_id(dataset, name).pk for name in names)
    found = classes_by_name_or_id(job, names)
    frozen = {each.label_class_id for each in classes_of(job)}
    if unknown := [name for name, pk in zip(names, found, strict=True) if pk not in frozen]:
        raise UnknownClass(
            f"“{unknown[0]}” is no class of {job.name}.",
            errors={"label_classes": [f"“{name}” is no class of this job." for name in unknown]},
        )
    return tuple(found)


def download(rows: Rows, *, file_format: str, guard: bool) -> Download:
    """The file as a stream; the first bytes are there already.

    Raises:
        WrittenNotStreamed: only a worker writes this format.
    """
    copy = FORMATS[file_format].copy
    if copy is None:
        raise WrittenNotStreamed(errors={"format": [WrittenNotStreamed.title]})
    return Download(copy(rows.ordered(), guard), rows.parameters())


def preview(rows: Rows) -> dict[str, Any]:
    """How many rows the file would have, and a few of them; of a job in which people outline how many
    objects, by class.

    Raises:
        OutlinesOfAJob: outlines are filtered by class alone.
    """
    if _are_outlined(rows):
        check_format(rows, Format.COCO)
        return _preview_of_outlines(Outlines(rows))
    sample = f"SELECT row_to_json(row)::text FROM ({rows.some(PREVIEW_ROWS)}) AS row"
    with connection.cursor() as cursor:
        cursor.execute(rows.number(), rows.parameters())
        ((number,),) = cursor.fetchall()
        cursor.execute(sample, rows.parameters())
        found = [json.loads(row) for (row,) in cursor.fetchall()]
    return {"rows": number, "sample": found, "objects": None}


def _preview_of_outlines(outlines: Outlines) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(outlines.counted(), outlines.parameters())
        counted = cursor.fetchall()
    by_class: dict[str, dict[str, int]] = {}
    for name, state, number in counted:
        by_class.setdefault(name, {"finished": 0, "unfinished": 0})[state] = number
    return {
        "rows": sum(number for _, _, number in counted),
        "sample": [],
        "objects": [{"label_class": name, **states} for name, states in by_class.items()],
    }
