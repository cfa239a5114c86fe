"""Mask requests and segmenters as people may see them."""

from collections.abc import Sequence
from uuid import UUID

from labelapp.accounts.models import User
from labelapp.background import BUSY, ENDED, WorkState
from labelapp.catalog import access
from labelapp.catalog.contents import size_of
from labelapp.catalog.models import Image
from ml.masks.errors import (
    MaskNotFound,
    PreviousNotDone,
    PreviousOfAnotherImage,
    UnknownPrevious,
)
from ml.masks.models import MaskRequest
from ml.masks.prompts import Asked, Place, canonical


def mask_by_id(person: User, request_id: UUID) -> MaskRequest:
    """A request on a picture that this person may see; raises MaskNotFound."""
    found = MaskRequest.objects.filter(pk=request_id).first()
    if found is None or not access.may_see(person, found.image_id):
        raise MaskNotFound
    return found


def prompt_on(
    image: Image,
    *,
    points: Sequence[Place],
    positive: Sequence[Place],
    negative: Sequence[Place],
    previous: UUID | None,
) -> Asked:
    """A person's points and clicks as a checked, canonical prompt.

    Raises:
        BadPrompt: a subclass of it that says what is wrong.
        UnknownPrevious, PreviousOfAnotherImage, PreviousNotDone
        PictureErased, PictureUnreadable
    """
    before = _previous(image, previous).prompt["clicks"] if previous else ()
    return canonical(
        points=points,
        positive=positive,
        negative=negative,
        size=size_of(image),
        previous=previous,
        before=before,
    )


def _previous(image: Image, previous: UUID) -> MaskRequest:
    found = MaskRequest.objects.filter(pk=previous).first()
    if found is None:
        raise UnknownPrevious
    if found.image_id != image.pk:
        raise PreviousOfAnotherImage
    if found.state != WorkState.DONE:
        raise PreviousNotDone
    return found


def ahead_of(request: MaskRequest) -> int | None:
    """How many requests a worker turns to before this one; None once it has ended."""
    if request.state in ENDED:
        return None
    if request.state in BUSY:
        return 0
    before = MaskRequest.objects.filter(created_at__lt=request.created_at)
    return before.filter(state__in=(WorkState.QUEUED, *BUSY)).count()
