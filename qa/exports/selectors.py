"""Which exports there are, and which rows an export would have."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import connection
from django.db.models import Q, QuerySet

from labelapp.accounts.models import User
from labelapp.catalog.errors import UnknownClass
from labelapp.catalog.models import Dataset, LabelClass
from labelapp.catalog.selectors import class_by_name_or_id, dataset_by_id
from qa.exports.copying import Download
from qa.exports.errors import (
    DatasetOrJob,
    ExportNotFound,
    LatestOfDataset,
    NotReady,
    OutlinesByClass,
    TooManyClasses,
    WrittenNotStreamed,
)
from qa.exports.formats import FORMATS
from qa.exports.labelled import Labelled
from qa.exports.manifest import MANIFEST
from qa.exports.models import Export, Format
from qa.exports.outlines import Outlines
from qa.exports.rows import Rows
from qa.jobs.models import Job, JobClass
from qa.jobs.selectors import classes_by_name_or_id, classes_of, job_of

PREVIEW_ROWS = 5
Source = Rows | Outlines | Labelled
"""What a file can be written of."""
Fetch = Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]
"""The rows of a query."""


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
        corrects=_corrects(of_job),
    )


def check_format(rows: Rows, file_format: str) -> None:
    """Whether these rows can be written so.

    Raises:
        OutlinesByClass: what people outlined, filtered by what nobody said of it.
        TooManyClasses: there are more than the format has room for.
    """
    if _are_outlined(rows):
        for name in ("outcome", "min_confidence", "reviewers"):
            if getattr(rows, name) not in ((), None, False):
                raise OutlinesByClass(errors={name: [OutlinesByClass.title]})
    most = FORMATS[file_format].most_classes
    if most is not None and _classes_number(rows) > most:
        raise TooManyClasses(errors={"format": [TooManyClasses.title]})


def _classes_number(rows: Rows) -> int:
    """How many classes the job or dataset has, which a format gives numbers."""
    if rows.job and not rows.corrects:
        return JobClass.objects.filter(job=rows.job).count()
    return LabelClass.objects.filter(dataset=rows.dataset, merged_into=None).count()


def source_of(rows: Rows, file_format: str, fetch: Fetch) -> Source:
    """What is written of these rows in a format: labels, what people outlined, or labels with a mask.

    COCO holds boxes too: those of labels where none of them has a mask.
    """
    if _are_outlined(rows):
        return Outlines(rows)
    if FORMATS[file_format].copy:
        return rows
    masks = Labelled.of(rows)
    if file_format != Format.COCO:
        return masks
    ((number,),) = fetch(masks.number(), masks.parameters())
    return masks if number else masks.boxes()


def _are_outlined(rows: Rows) -> bool:
    """Whether these are of a job in which people outline."""
    jobs = Job.objects.filter(dataset=rows.dataset, kind="segmentation")
    return rows.job is not None and jobs.filter(pk=rows.job).exists()


def _corrects(job: Job | None) -> bool:
    """Whether it is a job in which classes are corrected."""
    return job is not None and job.kind == "correction"


def _classes(dataset: Dataset, job: Job | None, names: list[str]) -> tuple[UUID, ...]:
    if job is None:
        return tuple(class_by_name_or_id(dataset, name).pk for name in names)
    found = classes_by_name_or_id(job, names)
    if _corrects(job):
        return tuple(found)
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
        OutlinesByClass: what people outlined, filtered by what nobody said of it.
    """
    copy = FORMATS[file_format].copy
    if copy is None:
        raise WrittenNotStreamed(errors={"format": [WrittenNotStreamed.title]})
    check_format(rows, file_format)
    source: Rows | Outlines = Outlines(rows) if _are_outlined(rows) else rows
    return Download(copy(source.ordered(), source.cells, guard), source.parameters())


def preview(rows: Rows, file_format: str) -> dict[str, Any]:
    """How many rows the file would have, and a few of them; of a job in which people outline how many
    objects, by class.

    Raises:
        OutlinesByClass, TooManyClasses: they cannot be written so.
    """
    check_format(rows, file_format)
    source = source_of(rows, file_format, _fetch)
    if isinstance(source, Outlines):
        return _preview_of_outlines(source)
    ((number,),) = _fetch(source.number(), source.parameters())
    sample = f"SELECT row_to_json(row)::text FROM ({source.some(PREVIEW_ROWS)}) AS row"
    found = [json.loads(row) for (row,) in _fetch(sample, source.parameters())]
    return {"rows": number, "sample": found, "objects": None}


def _fetch(query: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def _preview_of_outlines(outlines: Outlines) -> dict[str, Any]:
    counted = _fetch(outlines.counted(), outlines.parameters())
    by_class: dict[str, dict[str, int]] = {}
    for name, state, number in counted:
        by_class.setdefault(name, {"finished": 0, "unfinished": 0})[state] = number
    return {
        "rows": sum(number for _, _, number in counted),
        "sample": [],
        "objects": [{"label_class": name, **states} for name, states in by_class.items()],
    }
