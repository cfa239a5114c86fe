"""What people drew in a job becomes labels of its dataset: asked for here, done in a worker.

An object becomes a label once it has a class and a mask, was accepted, and its picture was sent: image,
class, `person:<name>` as its source, the mask as its region. Done again, it adds nothing.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from labelapp.accounts.audit import record
from labelapp.accounts.models import User
from labelapp.background import BUSY, WorkCancelled, WorkState, ring
from labelapp.catalog import intake
from labelapp.catalog.models import LabelClass
from labelapp.catalog.services import lock_dataset
from qa.jobs import locks
from qa.jobs.models import Assignment, AssignmentState, Job
from qa.segmentation.errors import NoLabelsYet, NothingSent
from qa.segmentation.models import Document, LabelRun, PictureItem
from qa.segmentation.outlines import is_done
from qa.segmentation.tasks import label_outlines as bell

AT_ONCE = 20  # documents between two reports
_STAGE = """
INSERT INTO staged_label (seq, line, ref, class_no, region, extra) VALUES (%s, 0, %s, %s, %s, %s)
"""


def sent_documents(job: Job) -> "QuerySet[Document]":
    """The documents of pictures that their annotators have sent and not opened again, by person."""
    pictures = PictureItem.objects.filter(job=job, image=OuterRef(OuterRef("image")))
    sent = Assignment.objects.filter(
        batch__in=pictures.values("batch"),
        person=OuterRef("person"),
        state=AssignmentState.SUBMITTED,
        reopened_at=None,
    )
    found = Document.objects.filter(Exists(sent), job=job, image__erased_at=None)
    return found.select_related("image", "person").order_by("person", "pk")


@transaction.atomic
def start(*, person: User, job: Job) -> LabelRun:
    """Have a worker make labels of a job's outlines; the run that is at it already, where one is.

    Raises:
        NothingSent: nobody has sent a picture.
    """
    locks.job_alone(job.pk)
    at_work = LabelRun.objects.filter(job=job, state__in=[WorkState.QUEUED, *BUSY]).first()
    if at_work is not None:
        return at_work
    if not sent_documents(job).exists():
        raise NothingSent
    run = LabelRun.objects.create(job=job, requested_by=person)
    record(person, "job.label", job.name, job=str(job.pk))
    ring(bell, run.pk)
    return run


def latest(job: Job) -> LabelRun | None:
    """The run that was asked for last."""
    return LabelRun.objects.filter(job=job).order_by("created_at").last()


def latest_or_refuse(job: Job) -> LabelRun:
    """Raises NoLabelsYet where none was asked for."""
    found = latest(job)
    if found is None:
        raise NoLabelsYet
    return found


def carry_out(run_id: UUID) -> None:
    """Make the labels, in a worker; may be rung twice, or begin anew after a dead worker."""
    run = LabelRun.objects.select_related("job").filter(pk=run_id).first()
    if run is None or not run.claim():
        return
    try:
        with run.kept_alive():
            run.report(total=sent_documents(run.job).count(), done=0, added=0, unchanged=0)
            for documents in _chunks(run.job):
                _keep(run, documents)
        run.finish(WorkState.DONE)
    except WorkCancelled:
        return


def _chunks(job: Job) -> Iterator[list[Document]]:
    """A few documents of one person at a time."""
    chunk: list[Document] = []
    for document in sent_documents(job).iterator(chunk_size=AT_ONCE):
        if chunk and (len(chunk) == AT_ONCE or chunk[0].person_id != document.person_id):
            yield chunk
            chunk = []
        chunk.append(document)
    if chunk:
        yield chunk


@transaction.atomic
def _keep(run: LabelRun, documents: Sequence[Document]) -> None:
    """Write the labels of these documents of one person, and that they are dealt with, or neither.

    Raises:
        WorkCancelled: the run is no longer this worker's; nothing is written.
    """
    dataset = lock_dataset(run.job.dataset_id)
    intake.prepare()
    names = _stage(run.job, documents)
    intake.list_images(dataset.pk)
    source = f"person:{documents[0].person.username}"
    taken = intake.Intake(dataset, source=source, origin=run.pk, person_id=run.requested_by_id)
    taken.classes(names)
    found = taken.write(lambda _done: None)
    intake.clear()
    run.report(
        done=run.done + len(documents),
        added=run.added + found.labels,
        unchanged=run.unchanged + found.unchanged,
    )


def _stage(job: Job, documents: Sequence[Document]) -> list[str]:
    """Fill `staged_label`; the names of the classes by their numbers."""
    drawn = [(document, one) for document in documents for one in document.outlines if is_done(one)]
    ids = sorted({one["label_class"] for _, one in drawn})
    named = LabelClass.objects.in_bulk([UUID(pk) for pk in ids])
    numbers = {pk: number for number, pk in enumerate(ids)}
    rows: list[tuple[Any, ...]] = [
        (
            nth,
            document.image.ref,
            numbers[one["label_class"]],
            json.dumps({"mask": one["mask"]}),
            json.dumps({"job": str(job.pk), "object": one["id"]}),
        )
        for nth, (document, one) in enumerate(drawn)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_STAGE, rows)
    return [named[UUID(pk)].name for pk in ids]
