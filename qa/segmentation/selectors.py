"""Pictures to outline and documents, as people may see them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from labelapp.accounts.models import User
from labelapp.accounts.roles import Right
from labelapp.catalog.storage import full_url, thumb_url
from qa.jobs.models import Assignment, Batch, Job, JobClass
from qa.jobs.selectors import job_of
from qa.segmentation.corrections import given_outlines
from qa.segmentation.errors import DocumentNotFound, NoOutlines
from qa.segmentation.models import Document, PictureItem

KIND = "segmentation"
_SEES = """
SELECT EXISTS (
    SELECT 1 FROM segmentation_pictureitem picture
    JOIN jobs_assignment held ON held.batch_id = picture.batch_id
    WHERE picture.image_id = %s AND held.person_id = %s AND held.state IN ('dealt', 'submitted')
)
"""


def may_see_image(person: User, image_id: UUID) -> bool:
    """Whether the person outlines this picture, or has outlined it."""
    with connection.cursor() as cursor:
        cursor.execute(_SEES, [image_id, person.pk])
        return bool(cursor.fetchone()[0])


def tiles(batch: Batch, *, person_id: UUID) -> list[dict[str, Any]]:
    """The one picture of a batch, as its annotator sees it: no path, no name."""
    now = datetime.now(UTC)
    found = PictureItem.objects.select_related("image").filter(batch=batch)
    return [
        {
            "id": str(one.pk),
            "image": str(one.image_id),
            "position": 0,
            "thumb_url": thumb_url(one.image_id, person_id, now),
            "full_url": full_url(one.image_id, person_id, now),
            "width": one.image.width,
            "height": one.image.height,
        }
        for one in found
    ]


def outlining_job(person: User, job_id: UUID) -> Job:
    """A job in which people outline.

    Raises:
        JobNotFound: also for one that the person may not see. NoOutlines: it is of another kind.
    """
    job = job_of(person, job_id)
    if job.kind != KIND:
        raise NoOutlines
    return job


def picture_in(person: User, job: Job, image_id: UUID) -> PictureItem:
    """A picture of a job that this person outlines, or whose results they may read.

    Raises:
        DocumentNotFound
    """
    found = PictureItem.objects.select_related("image").filter(job=job, image=image_id).first()
    if found is None:
        raise DocumentNotFound
    if not person.may(Right.READ_RESULTS) and latest_work(person, found) is None:
        raise DocumentNotFound
    return found


def latest_work(person: User, picture: PictureItem) -> Assignment | None:
    """The person's assignment of this picture, whatever became of it; None without any."""
    found = Assignment.objects.filter(batch=picture.batch_id, person=person)
    return found.order_by("-dealt_at").first()


def documents_of(person: User, job: Job, *, owner: UUID | None = None) -> "QuerySet[Document]":
    """The saved documents of a job: a labeler's own; everybody's, or one person's, for those who may
    read results."""
    found = Document.objects.filter(job=job).select_related("person")
    if not person.may(Right.READ_RESULTS):
        found = found.filter(person=person)
    return found.filter(person=owner) if owner else found


def document_of(person: User, job: Job, image_id: UUID, *, owner: UUID | None = None) -> Document:
    """A document: one's own, or `owner`'s for those who may read results; before the first save
    unsaved (revision 0), and empty but for the masks that the picture came with.

    Raises:
        DocumentNotFound, PictureErased, PictureUnreadable
    """
    picture, whose = picture_in(person, job, image_id), owner or person.pk
    if whose != person.pk and not person.may(Right.READ_RESULTS):
        raise DocumentNotFound
    found = Document.objects.select_related("person").filter(
        job=job, image=picture.image_id, person=whose
    )
    return found.first() or _unsaved(job, picture, owner_by_id(whose))


def _unsaved(job: Job, picture: PictureItem, person: User) -> Document:
    document = Document(job=job, image=picture.image, person=person)
    if job.from_job_id:
        document.outlines = given_outlines(job, picture, classes_by_name(job).values())
    return document


def owner_by_id(person_id: UUID) -> User:
    """Raises DocumentNotFound where there is nobody of this id."""
    found = User.objects.filter(pk=person_id).first()
    if found is None:
        raise DocumentNotFound
    return found


def classes_by_name(job: Job) -> dict[str, UUID]:
    """The classes that a job asks for, by id and by name as it froze them."""
    rows = JobClass.objects.filter(job=job).values_list("label_class", "name")
    named = {name: pk for pk, name in rows}
    return {**named, **{str(pk): pk for pk in named.values()}}


def names_of(job: Job) -> dict[str, str]:
    """The names of a job's classes, by id as text."""
    rows = JobClass.objects.filter(job=job).values_list("label_class", "name")
    return {str(pk): name for pk, name in rows}
