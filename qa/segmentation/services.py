"""What saves documents and finishes pictures."""

from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from labelapp.accounts.audit import record
from labelapp.accounts.models import User
from labelapp.accounts.roles import Right
from labelapp.api.idempotency import once
from labelapp.catalog.contents import size_of
from qa.jobs import leases, locks
from qa.jobs.errors import AlreadySubmitted, Conflict, LeaseLost, Skipped
from qa.jobs.models import Assignment, AssignmentState, Job, JobState
from qa.jobs.submitting import open_to_submit
from qa.segmentation import selectors
from qa.segmentation.errors import DocumentNotFound, MatchFailed, MatchMissing
from qa.segmentation.models import Document, PictureItem
from qa.segmentation.outlines import Outline, checked_outlines, drawn_by_class

ENDED = (AssignmentState.EXPIRED, AssignmentState.RELEASED)


def save_document(
    *,
    person: User,
    job: Job,
    image_id: UUID,
    outlines: list[Outline],
    match: str | None,
    owner: UUID | None = None,
) -> Document:
    """Save what a person has drawn on a picture, and renew the lease.

    Keeps: nothing is overwritten that the client has not seen; what a labeler drew is stored also when
    the lease was lost or the job closed (invariant 5). The same save twice, after a lost answer, is no
    conflict. An admin may write any document of a job, also for `owner`.

    match: the ETag of the document that was changed, as in If-Match.

    Raises:
        DocumentNotFound, MatchMissing, MatchFailed, BadObjects, PictureErased, PictureUnreadable
        AlreadySubmitted: reopen the picture first.
        LeaseLost: the picture is somebody else's now; the document was saved all the same.
        Skipped: so it was, and the document was saved all the same.
    """
    if match is None:
        raise MatchMissing
    picture = selectors.picture_in(person, job, image_id)
    kept = checked_outlines(
        outlines, size=size_of(picture.image), classes=selectors.classes_by_name(job)
    )
    document, lost = _save(person, job, picture, owner or person.pk, kept, match)
    if lost:
        raise lost(etag=document.etag)
    return document


@transaction.atomic
def _save(
    person: User, job: Job, picture: PictureItem, owner: UUID, kept: list[Outline], match: str
) -> tuple[Document, type[Conflict] | None]:
    """The saved document, and what its owner is told when the picture is theirs no more."""
    lost = _hold(person, job, picture, owner)
    place = {"job": job, "image": picture.image, "person_id": owner}
    Document.objects.bulk_create([Document(**place)], ignore_conflicts=True)
    document = Document.objects.select_for_update(no_key=True, of=("self",)).get(**place)
    if match not in {document.etag, f"W/{document.etag}"}:
        if match == f'"{document.revision - 1}"' and document.outlines == kept:
            return document, lost
        raise MatchFailed(etag=document.etag)
    document.outlines, document.saved_at = kept, timezone.now()
    document.drawn = drawn_by_class(kept)
    document.revision += 1
    document.save(update_fields=["outlines", "drawn", "revision", "saved_at"])
    return document, lost


def _hold(person: User, job: Job, picture: PictureItem, owner: UUID) -> type[Conflict] | None:
    """Lock the person's assignment of the picture and renew its lease; how it was lost, if it was.

    Admins need none.
    """
    found = selectors.latest_work(person, picture) if owner == person.pk else None
    if found is None:
        if not person.may(Right.MANAGE_JOBS):
            raise DocumentNotFound
        if owner != person.pk:
            whose = selectors.owner_by_id(owner).username
            record(person, "annotation.save", job.name, image=str(picture.image_id), of=whose)
        return None
    held = locks.assignment(found.pk)
    if held.state == AssignmentState.SUBMITTED and held.reopened_at is None:
        raise AlreadySubmitted
    return _lost(person, job, held)


def _lost(person: User, job: Job, held: Assignment) -> type[Conflict] | None:
    if held.state == AssignmentState.SKIPPED:
        return Skipped
    now, ended = timezone.now(), held.state in ENDED
    if ended and job.state == JobState.RUNNING:
        ended = not leases.retake_place(job=job, assignment=held, now=now)
    leases.renew(person=person, job=job, now=now)
    return LeaseLost if ended else None


def finish_picture(
    *, person: User, assignment_id: UUID, key: str, active_ms: int
) -> dict[str, Any]:
    """Submit a picture: its document stands as it was saved last, until it is reopened.

    Keeps invariant 4: once for `key`.

    Raises:
        AssignmentNotFound, AlreadySubmitted, Skipped, LeaseLost, JobClosed, KeyMissing, KeyReused
    """

    def work() -> dict[str, Any]:
        return _finish(person, assignment_id, active_ms)

    body = {"assignment": str(assignment_id)}
    return once(person_id=person.pk, endpoint="submit", key=key, body=body, work=work)


def _finish(person: User, assignment_id: UUID, active_ms: int) -> dict[str, Any]:
    now = timezone.now()
    job, share, held = open_to_submit(person, assignment_id, now)
    drawn = Document.objects.filter(job=job, person=person, image__in=_images(held)).first()
    first_time = held.reopened_at is None
    leases.end_submitted(
        held=held, share=share, active_ms=active_ms, first_time=first_time, now=now
    )
    return {
        "id": str(held.pk),
        "state": AssignmentState.SUBMITTED.value,
        "submitted_at": now.isoformat(),
        "counts": {"objects": len(drawn.outlines) if drawn else 0},
    }


def _images(held: Assignment) -> Any:
    return PictureItem.objects.filter(batch=held.batch_id).values("image")


def remove_pictures(job_id: UUID) -> None:
    """Delete the pictures and documents of a job that is removed for good."""
    with connection.cursor() as cursor:
        pictures = "SELECT id FROM segmentation_pictureitem WHERE job_id = %s"
        cursor.execute("DELETE FROM segmentation_skip WHERE job_id = %s", [job_id])
        cursor.execute(
            f"DELETE FROM segmentation_givenmask WHERE picture_id IN ({pictures})", [job_id]
        )
        for table in ("labelrun", "document", "pictureitem"):
            cursor.execute(f"DELETE FROM segmentation_{table} WHERE job_id = %s", [job_id])
