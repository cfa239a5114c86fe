"""What a network sees in pictures, kept where it is not yet: for whoever learns from it."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.db import transaction

from labelapp.catalog.models import Image
from ml.inference.classify import Answer, Saying
from ml.registry.models import ModelVersion
from ml.runs.labellers import answers, opener
from ml.runs.writing import keep_features

AT_ONCE = 64  # pictures written together; a worker that dies loses no more


def see(
    version: ModelVersion, images: Iterable[Image], heard: Callable[[int], None]
) -> dict[UUID, str]:
    """Compute and keep the features of pictures; why some could not be read.

    Args:
        heard: hears how many have been looked at; what it raises ends the work.

    Raises:
        ModelFileGone, ModelFileChanged, ModelUnusable
    """
    refusals: dict[UUID, str] = {}
    waiting: list[Answer[Image]] = []
    done = 0
    asked = ((image, opener(image, version.size)) for image in images)
    for done, answer in enumerate(answers(version.pk, asked, Saying()), start=1):
        if answer.refusal:
            refusals[answer.key.pk] = answer.refusal
        else:
            waiting.append(answer)
        if len(waiting) == AT_ONCE:
            _keep(version, waiting)
            waiting = []
            heard(done)
    _keep(version, waiting)
    heard(done)
    return refusals


@transaction.atomic
def _keep(version: ModelVersion, answers: Sequence[Answer[Image]]) -> None:
    """Of those pictures that were not erased meanwhile."""
    ids = [one.key.pk for one in answers]
    there = Image.objects.select_for_update(no_key=True).filter(pk__in=ids, erased_at=None)
    left = set(there.order_by("pk").values_list("pk", flat=True))
    keep_features(version, [one for one in answers if one.key.pk in left])
