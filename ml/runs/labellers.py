"""What a worker's process holds for bulk work: models with their pools, and whose turn it is.

The one module of the runs that loads networks; only what workers do imports it.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from time import monotonic, sleep
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db import connection

from labelapp.api.errors import Problem
from labelapp.catalog import placeholder
from labelapp.catalog.contents import pixels_of
from labelapp.catalog.models import Image
from ml.inference.classify import (
    Answer,
    Key,
    Labeller,
    Saying,
    UnreadableError,
    answers_of,
    open_labeller,
)
from ml.inference.device import best_device
from ml.inference.protocols import Opener
from ml.networks.classifiers.heads import Head, HeadedClassifier, load_head
from ml.networks.classifiers.protocol import Scores
from ml.networks.crops import Picture
from ml.networks.weights import WeightsError
from ml.registry import files
from ml.registry.errors import ModelUnusable
from ml.registry.models import Kind, ModelVersion
from ml.runs.selectors import features_of

TURN_SECONDS = 60.0  # then whoever else waits has a turn
WAIT_SECONDS = 5.0
COMES_AGAIN_SECONDS = 6.0  # who was turned away is called again by the sweep until then
_turn = threading.Lock()
_turned_away = threading.Event()


@contextmanager
def one_at_a_time(seconds: float = 0.0) -> Iterator[bool]:
    """Whether it is this thread's turn, now or within some `seconds`: a process shows pictures to one
    model at a time, so that of the cpu worker's threads one stays for other work."""
    mine = _turn.acquire(timeout=seconds)
    if mine:
        _turned_away.clear()
    else:
        _turned_away.set()
    try:
        yield mine
    finally:
        if mine:
            _turn.release()


def in_turns(
    images: Iterable[Image], show: Callable[[Iterator[Image]], None], ask: Callable[[], object]
) -> None:
    """Have pictures shown to a model, giving way after each turn to whoever was turned away meanwhile.

    Args:
        show: shows those that it is given to a model, until there are no more in this turn.
        ask: is called after each turn, and while it is another's; what it raises ends the work.
    """
    left = deque(images)
    while left:
        with one_at_a_time(WAIT_SECONDS) as mine:
            if mine:
                show(_for_a_turn(left))
        ask()
        if mine and left and _turned_away.is_set():
            sleep(COMES_AGAIN_SECONDS)


def _for_a_turn(left: deque[Image]) -> Iterator[Image]:
    """Take them off, one at least, until the turn is over."""
    until = monotonic() + TURN_SECONDS
    while left:
        yield left.popleft()
        if monotonic() > until:
            return


@lru_cache(maxsize=2)
def labeller(version_id: UUID) -> Labeller:
    """The model with its pools, loaded at its first use.

    Raises:
        ModelFileGone, ModelFileChanged, ModelUnusable
    """
    version = ModelVersion.objects.select_related("base").get(pk=version_id)
    network = version.network
    graph = files.local_folder(network) / files.graph_name(network)
    try:
        found = open_labeller(
            graph,
            network.frame,
            probabilities=network.probabilities,
            threads=settings.PREDICT_THREADS,
            device=best_device(settings.PREDICT_DEVICE),
        )
        if version.kind == Kind.HEAD:
            found.classifier = HeadedClassifier(found.classifier, head_of(version))
    except WeightsError as error:
        raise ModelUnusable(str(error)) from error
    return found


def answers(
    version_id: UUID, asked: Iterable[tuple[Key, Opener]], saying: Saying
) -> Iterator[Answer[Key]]:
    """What a model says of each picture; see `Labeller.answers`.

    Raises:
        ModelFileGone, ModelFileChanged, ModelUnusable
    """
    try:
        yield from labeller(version_id).answers(asked, saying)
    except WeightsError as error:
        raise ModelUnusable(str(error)) from error


def head_of(version: ModelVersion) -> Head:
    """Raises ModelFileGone, ModelFileChanged, or WeightsError."""
    return load_head(files.local_folder(version) / files.graph_name(version))


def from_kept(
    version: ModelVersion, images: Sequence[Image], saying: Saying
) -> dict[UUID, Answer[Image]]:
    """What a head says of those pictures whose features are kept; nothing for other models."""
    if version.kind != Kind.HEAD or not images:
        return {}
    kept = features_of(version.seen_by, [image.pk for image in images])
    known = [image for image in images if image.pk in kept]
    if not known:
        return {}
    features = np.stack([kept[image.pk] for image in known])
    try:
        scores = Scores(head_of(version).logits(features), None)
    except WeightsError as error:
        raise ModelUnusable(str(error)) from error
    return {answer.key.pk: answer for answer in answers_of(known, scores, saying)}


def opener(image: Image, size: int) -> Callable[[], Picture]:
    """What opens a picture for a network that looks at squares of `size` pixels."""
    return partial(_picture, image, size)


def _picture(image: Image, size: int) -> Picture:
    """In a thread that decodes.

    Raises:
        UnreadableError: with the reason for the list.
    """
    if image.location == placeholder.LOCATION:
        raise UnreadableError("Only a stand-in is there, no picture.")
    try:
        return pixels_of(image, size)
    except Problem as problem:
        raise UnreadableError(problem.detail) from problem
    finally:
        if image.blob_id is None or image.location:
            connection.close()  # a reference was taken in, on this thread's own connection
