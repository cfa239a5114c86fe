"""What makes, writes, cancels and removes exports."""

import shutil
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from labelapp.accounts.audit import record
from labelapp.accounts.models import User
from labelapp.background import ENDED, WorkCancelled, WorkState, ring
from qa.exports import selectors, writer
from qa.exports.errors import AlreadyEnded, UnusableMask
from qa.exports.models import Export
from qa.exports.rows import Rows
from qa.exports.tasks import write_export as bell


@transaction.atomic
def request_export(*, person: User, rows: Rows, file_format: str, guard: bool) -> Export:
    """Ask a worker for a file; it is rung once this has committed.

    Raises:
        OutlinesByClass, TooManyClasses: these rows cannot be written so.
    """
    selectors.check_format(rows, file_format)
    export = Export.objects.create(
        dataset_id=rows.dataset,
        job_id=rows.job,
        format=file_format,
        filters=_as_filters(rows, guard=guard),
        requested_by=person,
    )
    name = export.job.name if export.job else export.dataset.name
    record(person, "export.request", name, export=str(export.pk), filters=export.filters)
    ring(bell, export.pk)
    return export


def _as_filters(rows: Rows, *, guard: bool) -> dict[str, Any]:
    return {
        "outcome": list(rows.outcome),
        "label_classes": [str(each) for each in rows.label_classes],
        "min_confidence": rows.min_confidence,
        "latest": rows.latest,
        "reviewers": rows.reviewers,
        "guard_formulas": guard,
    }


def _as_rows(export: Export) -> Rows:
    filters = export.filters
    return Rows(
        dataset=export.dataset_id,
        job=export.job_id,
        outcome=tuple(filters["outcome"]),
        label_classes=tuple(UUID(each) for each in filters["label_classes"]),
        min_confidence=filters["min_confidence"],
        latest=filters["latest"],
        reviewers=filters["reviewers"],
    )


def write_export(export_id: UUID) -> None:
    """Write the file of an export, in a worker.

    May be rung twice or begin after a dead worker: the row is claimed, each attempt writes to a
    folder of its own, and only who still holds the row names its file in it.
    """
    found = Export.objects.select_related("dataset", "job__team", "requested_by").filter(
        pk=export_id
    )
    export = found.first()
    if export is None or not export.claim():
        return
    writer.remove_former_attempts(export)
    try:
        with export.kept_alive():
            written = writer.write(
                export,
                _as_rows(export),
                guard=export.filters["guard_formulas"],
                report=export.report,
            )
        export.finish(WorkState.DONE, **written._asdict())
    except WorkCancelled:
        writer.remove_attempt(export)
    except UnusableMask as problem:
        writer.remove_attempt(export)
        _fail(export, problem.detail)
    except OSError as error:
        writer.remove_attempt(export)
        _fail(export, f"The file could not be written: {error.strerror or error}.")


def _fail(export: Export, message: str) -> None:
    try:
        export.finish(WorkState.FAILED, message=message)
    except WorkCancelled:
        return


def cancel_export(*, person: User, export: Export) -> Export:
    """Stop an export that has not ended; the worker notices with the next rows and tidies up.

    Raises:
        AlreadyEnded: it has a file, has failed, or was cancelled before.
    """
    if not export.cancel():
        raise AlreadyEnded
    record(person, "export.cancel", str(export.pk))
    return export


def remove_of_job(job_id: UUID) -> None:
    """Remove the exports of a job that leaves for good."""
    _remove(list(Export.objects.filter(job=job_id)))


class ExportsOfDataset:
    """Exports as seen by a dataset that wants to go: they never hold it."""

    def holding(self, dataset_id: UUID) -> list[str]:
        return []

    def remove(self, dataset_id: UUID) -> None:
        _remove(list(Export.objects.filter(dataset=dataset_id)))


def _remove(exports: list[Export]) -> None:
    for export in exports:
        folder = writer.folder_of(export)
        export.delete()
        transaction.on_commit(partial(shutil.rmtree, folder, ignore_errors=True))


def remove_leftovers() -> int:
    """Remove folders without a finished export: of dead attempts that were given up, of rows that
    are gone. How many there were."""
    root = Path(writer.storage().location)
    folders = {path.name: path for path in root.glob("*")}
    in_use = Export.objects.exclude(state__in=set(ENDED) - {WorkState.DONE})
    kept = {str(pk) for pk in in_use.values_list("pk", flat=True)}
    for name in folders.keys() - kept:
        shutil.rmtree(folders[name], ignore_errors=True)
    return len(folders.keys() - kept)
