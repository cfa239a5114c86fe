"""What another version says of the held-out pictures."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from labelapp.catalog.models import Image
from labelapp.catalog.names import class_key
from ml.inference.classify import Answer, Saying
from ml.lessons.models import TrainingRun
from ml.registry.models import ModelVersion
from ml.runs.labellers import answers, from_kept, in_turns, opener

ELSEWHERE = -1  # the place of a class that is not in the list


def classes_given(
    version: ModelVersion, images: Sequence[Image], names: Sequence[str], run: TrainingRun
) -> dict[UUID, int]:
    """The place in `names` of the class that a version gives each picture that it can read; -1 for a
    class that is not among them. Classes are the same by name, as in a dataset.

    Raises:
        WorkCancelled
        ModelFileGone, ModelFileChanged, ModelUnusable
    """
    told = from_kept(version, images, Saying())
    left = [image for image in images if image.pk not in told]
    if left:
        told |= _shown(version, left, run)
    places = {class_key(name): place for place, name in enumerate(names)}
    return {
        image: places.get(class_key(version.classes[answer.guesses[0].number]), ELSEWHERE)
        for image, answer in told.items()
        if answer.guesses
    }


def _shown(
    version: ModelVersion, images: Sequence[Image], run: TrainingRun
) -> dict[UUID, Answer[Image]]:
    """By its network."""
    found: dict[UUID, Answer[Image]] = {}

    def show(some: Iterator[Image]) -> None:
        asked = ((image, opener(image, version.size)) for image in some)
        for answer in answers(version.pk, asked, Saying()):
            found[answer.key.pk] = answer
            run.show(0)

    in_turns(images, show, run.report)
    return found
