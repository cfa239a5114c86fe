"""What asks for masks, and what cancels and removes them. Drawing is in `drawing.py`."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.expressions import Combinable
from django.utils import timezone

from labelapp.accounts.models import User
from labelapp.background import ENDED, MOST_ATTEMPTS, WorkState, ring
from labelapp.catalog.models import Image
from ml.masks.models import MaskRequest, MaskRun, MaskWish
from ml.masks.prompts import Asked
from ml.masks.tasks import draw_mask, warm_picture
from ml.masks.waiting import announce
from ml.masks.warmth import Warmth, tell
from ml.registry.weights import Segmenter, segmenter

REPLACED = "A newer prompt for the same object has taken this one's place."
_ASK_AGAIN = (WorkState.CANCELLED, WorkState.FAILED)


def usable_segmenter(name: str) -> Segmenter:
    """The segmenter of this name, its weights in order.

    Raises:
        UnknownSegmenter, WeightsMissing, WeightsWrongHash, WeightsUnusable
    """
    found = known_segmenter(name)
    if found.refusal is not None:
        raise found.refusal
    return found


def known_segmenter(name: str) -> Segmenter:
    """The segmenter of this name, the default one when it is empty; raises UnknownSegmenter."""
    return segmenter(name or settings.SEGMENTER)


def warm(*, image: Image, name: str) -> None:
    """Have a worker decode a picture, so that the first prompt on it need not wait for that.

    A bell and nothing more: if it is lost, the first prompt takes longer.
    """
    used = usable_segmenter(name)
    tell(image.pk, used.version, Warmth())
    transaction.on_commit(
        partial(warm_picture.delay, str(image.pk), used.name, used.version), robust=True
    )


@transaction.atomic
def ask(
    *, person: User, image: Image, used: Segmenter, prompt: Asked, thing: str = ""
) -> MaskRequest:
    """Ask for the mask of a prompt; the one that is there already, when there is one.

    Keeps: one row for (image, version, prompt); a row that nobody wishes for any more is cancelled,
    and one that somebody does is not. One that was cancelled or has failed is queued again.
    """
    wanted = _row(image, used, prompt)
    # Without a name it is wanted for its own sake: nothing takes its place.
    former = _wish(person, wanted, thing or wanted.prompt_key)
    if wanted.state == WorkState.DONE and former == wanted.pk:
        return wanted
    held = MaskRequest.objects.filter(pk__in={wanted.pk, former}).order_by("pk")
    rows = {row.pk: row for row in held.select_for_update(no_key=True, of=("self",))}
    wanted = rows.pop(wanted.pk)
    if wanted.state in _ASK_AGAIN:
        _queue_again(wanted)
    for other in rows.values():
        _cancel_unwanted(other)
    return wanted


def _row(image: Image, used: Segmenter, prompt: Asked) -> MaskRequest:
    same = MaskRequest.objects.filter(image=image, version=used.version, prompt_key=prompt.key())
    if found := same.first():
        return found
    row = MaskRequest(
        image=image,
        segmenter=used.name,
        version=used.version,
        prompt=prompt.as_json(),
        prompt_key=prompt.key(),
        previous_id=prompt.previous,
    )
    MaskRequest.objects.bulk_create([row], ignore_conflicts=True)
    found = same.get()
    if found.pk == row.pk:
        ring(draw_mask, row.pk)
    return found


def _wish(person: User, wanted: MaskRequest, thing: str) -> UUID:
    """Have the person's object point at `wanted`; the request it pointed at before (maybe the same).

    Two prompts for one object take turns here.
    """
    place = {"image_id": wanted.image_id, "person": person, "thing": thing}
    locked = MaskWish.objects.filter(**place).select_for_update(no_key=True, of=("self",))
    wish = locked.first()
    if wish is None:
        MaskWish.objects.bulk_create([MaskWish(request=wanted, **place)], ignore_conflicts=True)
        wish = locked.get()
    former = wish.request_id
    if former != wanted.pk:
        wish.request = wanted
        wish.save(update_fields=["request"])
    return former


def _queue_again(row: MaskRequest) -> None:
    row.state, row.message, row.error_code = WorkState.QUEUED, "", ""
    row.created_at, row.finished_at, row.lease_until = timezone.now(), None, None
    row.tries_from = row.attempts
    row.save()
    ring(draw_mask, row.pk)


def _cancel_unwanted(row: MaskRequest) -> None:
    """Cancel a row that is locked here, unless it has ended or somebody wishes for it."""
    if row.state not in ENDED and not row.wishes.exists():
        row.state, row.message = WorkState.CANCELLED, REPLACED
        row.finished_at, row.lease_until = timezone.now(), None
        row.save(update_fields=["state", "message", "finished_at", "lease_until"])
        transaction.on_commit(partial(announce, [row.pk]))


def give_up_after() -> Combinable:
    """For the sweep: a request is given up five attempts after it was last queued, a run five
    attempts after it last got further."""
    return F("tries_from") + MOST_ATTEMPTS


def forget_old() -> int:
    """Remove requests that are a month old: a document keeps the masks that it uses. How many."""
    before = timezone.now() - timedelta(days=settings.BIN_DAYS)
    return MaskRequest.objects.filter(created_at__lt=before, state__in=ENDED).delete()[0]


class MasksOfDataset:
    """Mask requests as seen by a dataset that wants to go."""

    def holding(self, dataset_id: UUID) -> list[str]:
        at_work = MaskRun.objects.filter(dataset=dataset_id).exclude(state__in=ENDED)
        return [f"the masks by {name}" for name in at_work.values_list("segmenter", flat=True)]

    def remove(self, dataset_id: UUID) -> None:
        MaskRun.objects.filter(dataset=dataset_id).delete()
        MaskWish.objects.filter(image__dataset=dataset_id).delete()
        MaskRequest.objects.filter(image__dataset=dataset_id).delete()
