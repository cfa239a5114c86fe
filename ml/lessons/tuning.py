"""What a worker does for a training run whose encoder learns, too: the network tuned from the head that was
learned first, its files, and what it says of the held-out pictures.

Loads torch; `learning` imports it only for such a run.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from django.conf import settings
from numpy.typing import NDArray

from labelapp.catalog.models import Image
from ml.inference.classify import Saying, UnreadableError, open_labeller
from ml.inference.device import training_device
from ml.lessons.errors import Diverged, NoCuda
from ml.lessons.examples import Known
from ml.lessons.models import TrainingRun
from ml.networks.classifiers import shipped, tuned
from ml.networks.classifiers.heads import Head
from ml.networks.crops import Picture
from ml.networks.weights import WeightsError, load_safetensors
from ml.registry import files
from ml.registry.errors import ModelUnusable
from ml.runs.labellers import opener
from ml.training.split import Part
from ml.training.tune import DivergedError, Listener, Material, Tuning, started, write
from ml.training.varied import LARGER

TINY = 1e-300


@dataclass(frozen=True)
class Tuned:
    """files: by name; about: for `trained_on`."""

    files: dict[str, Path]
    about: dict[str, Any]


def begun(run: TrainingRun, known: Sequence[Known], head: Head) -> Tuning:
    """A tuning that is ready to run.

    Raises:
        NoCuda, ModelFileGone, ModelFileChanged, ModelUnusable
    """
    where = training_device(settings.TRAIN_DEVICE)
    if where is None:
        raise NoCuda
    if where == "cpu":
        torch.set_num_threads(settings.PREDICT_THREADS)
    numbers = files.local_folder(run.base) / shipped.NUMBERS
    try:
        network = started(load_safetensors(numbers), head, numbers)
    except WeightsError as error:
        raise ModelUnusable(str(error)) from error
    learned = [one for one in known if one.part is Part.TRAIN]
    pixels = round(run.base.size * LARGER)
    material = Material(
        [partial(_look, one.image, pixels) for one in learned],
        np.array([one.right for one in learned], int),
        np.array([one.watched for one in learned], bool),
        len(run.classes),
        run.balanced,
    )
    return Tuning(
        network, material, run.base.frame, device=where, decoders=settings.PREDICT_THREADS
    )


def _look(image: Image, pixels: int) -> Picture | None:
    try:
        return opener(image, pixels)()
    except UnreadableError:
        return None


def carried_out(
    tuning: Tuning, folder: Path, *, heard: Callable[[int], None], say: Callable[[str], None]
) -> Tuned:
    """Learn, and write the network into `folder`.

    Args:
        heard: hears how many steps are done; what it raises ends the work.
        say: takes lines for the log.

    Raises:
        Diverged, MemoryError
    """
    try:
        epoch = tuning.run(Listener(lambda done, _total: heard(done), say))
    except DivergedError as error:
        raise Diverged from error
    about = {"device": tuning.device.type, "epoch": epoch, **asdict(tuning.recipe)}
    return Tuned(write(tuning.network, folder), about)


def said_of(
    found: Tuned, run: TrainingRun, images: Sequence[Image], heard: Callable[[int], None]
) -> tuple[NDArray[np.float32], dict[int, str]]:
    """Its logits (N, C), but for a number that is the same for all classes of a picture, and by place why a
    picture could not be read. By the graph on a CPU, so that the file was used before anybody relies on it.
    """
    logits = np.zeros((len(images), len(run.classes)), np.float32)
    refusals: dict[int, str] = {}
    try:
        labeller = open_labeller(
            found.files[tuned.GRAPH], run.base.frame, threads=settings.PREDICT_THREADS
        )
    except WeightsError as error:
        raise ModelUnusable(str(error)) from error
    asked = ((place, opener(image, run.base.size)) for place, image in enumerate(images))
    try:
        for answer in labeller.answers(asked, Saying(top=len(run.classes))):
            if answer.refusal:
                refusals[answer.key] = answer.refusal
            for guess in answer.guesses:
                logits[answer.key, guess.number] = np.log(guess.score + TINY)
            heard(answer.key + 1)
    except WeightsError as error:
        raise ModelUnusable(str(error)) from error
    finally:
        labeller.close()
    return logits, refusals
