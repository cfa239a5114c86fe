"""What the workers do: the one module here that loads networks.

A worker holds a model or two and the pictures that it saw last; see `ml/inference`.
"""

import logging
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial
from threading import Lock
from time import perf_counter
from typing import Any
from uuid import UUID

import numpy as np
from django.conf import settings
from django.utils import timezone

from labelapp.api.errors import Problem
from labelapp.background import WorkCancelled, WorkState, all_kept_alive
from labelapp.catalog.contents import pixels_of
from labelapp.catalog.errors import PictureErased
from labelapp.catalog.models import Image, Label
from labelapp.geometry.rle import decode
from ml.inference.batching import Question, answer_together
from ml.inference.boxes import prompt_in_box
from ml.inference.cache import PictureCache
from ml.inference.device import best_device
from ml.inference.segment import Drawer, Drawn, open_drawer
from ml.masks.errors import PreviousNotDone, PreviousOfAnotherSize
from ml.masks.models import MaskRequest
from ml.masks.prompts import as_prompt, refusal_of
from ml.masks.services import usable_segmenter
from ml.masks.waiting import announce
from ml.masks.warmth import Warmth, tell
from ml.networks.crops import Picture
from ml.networks.prompts import BadPromptError, Mask, Points, Prompt, make_prompt
from ml.networks.weights import WeightsError
from ml.registry.errors import WeightsUnusable
from ml.registry.weights import segmenter

log = logging.getLogger(__name__)
TOGETHER = 8  # prompts drawn in one batch
MODELS = 2  # held at a time
_loading = Lock()


@cache
def pictures() -> PictureCache:
    return PictureCache(settings.MASK_CACHE_BYTES)


def drawer(name: str, version: str) -> Drawer:
    """The model, loaded at the first use of this version of its weights, once for all threads.

    Raises:
        UnknownSegmenter, WeightsUnusable
    """
    with _loading:
        return loaded(name, version)


@lru_cache(maxsize=MODELS)
def loaded(name: str, version: str) -> Drawer:
    found = segmenter(name)
    if found.version != version:
        raise WeightsUnusable(f"The weights of {name} were changed meanwhile. Ask again.")
    device = best_device(settings.MASK_DEVICE)
    try:
        return open_drawer(
            name, found.folder, threads=settings.MASK_THREADS, device=device, pictures=pictures()
        )
    except WeightsError as error:
        raise WeightsUnusable(str(error)) from error


def start_warm() -> None:
    """Load the default segmenter, and let it run once."""
    try:
        found = usable_segmenter(settings.SEGMENTER)
        drawer(found.name, found.version).rehearse()
    except Problem as problem:
        log.warning("masks cannot be drawn: %s", problem.detail)


def warm(image_id: UUID, name: str, version: str) -> None:
    """Decode a picture, and embed it where the segmenter does that; say what has become of it."""
    began = perf_counter()
    image = Image.objects.select_related("blob").filter(pk=image_id).first()
    if image is None:
        return
    try:
        drawer(name, version).warm(_key(image), partial(_pixels, image))
    except Problem as problem:
        log.info("a picture was not warmed: %s", problem.detail)
        tell(image_id, version, Warmth("failed", message=problem.detail))
        return
    tell(image_id, version, Warmth("ready", round(1000 * (perf_counter() - began))))


def draw(request_id: UUID) -> None:
    """Draw a mask, and those that wait beside it for the same model, in one batch.

    Each row is claimed and written under its own fence: a row that was cancelled, or that another
    worker took over, is left alone. Each is written and told as soon as it is ready.
    """
    rows = _claim_together(request_id)
    if not rows:
        return
    with all_kept_alive(rows):
        for row, answer in _answers(rows):
            _settle(row, answer)
            announce([row.pk])


def _claim_together(request_id: UUID) -> list[MaskRequest]:
    """The request and those that wait for the same model, claimed; what belongs to them loaded;
    the oldest first.

    One that was tried before is drawn alone: it may be what the worker died of.
    """
    first = MaskRequest.objects.filter(pk=request_id).first()
    if first is None or not first.claim():
        return []
    claimed = [first.pk]
    if first.attempts == first.tries_from + 1:
        waiting = MaskRequest.objects.filter(version=first.version, state=WorkState.QUEUED)
        beside = waiting.order_by("created_at")[: TOGETHER - 1]
        claimed += [row.pk for row in beside if row.claim()]
    rows = MaskRequest.objects.filter(pk__in=claimed).select_related("image__blob", "previous")
    return list(rows.order_by("created_at"))


def _answers(rows: Sequence[MaskRequest]) -> Iterator[tuple[MaskRequest, Drawn | Problem]]:
    """Each row with its refusal, known at once, or its mask. All want the same model."""
    try:
        model = drawer(rows[0].segmenter, rows[0].version)
    except Problem as problem:
        yield from ((row, problem) for row in rows)
        return
    good: list[tuple[MaskRequest, Question]] = []
    for row in rows:
        asked = _question(row, model)
        if isinstance(asked, Question):
            good.append((row, asked))
        else:
            yield row, asked
    masks = answer_together(model.segmenter, [question for _, question in good])
    for (row, _), mask in zip(good, masks, strict=True):
        yield row, mask


def _question(row: MaskRequest, model: Drawer) -> Question | Problem:
    try:
        if row.image.erased_at is not None:
            raise PictureErased
        picture = model.pictures.get(_key(row.image), partial(_pixels, row.image))
        prompt = as_prompt(row.prompt, _mask_so_far(row))
        if prompt.previous is not None and prompt.previous.shape != picture.shape[:2]:
            raise PreviousOfAnotherSize
    except Problem as problem:
        return problem
    return Question(picture, prompt)


def _mask_so_far(row: MaskRequest) -> Mask | None:
    if row.prompt["previous"] is None:
        return None
    if row.previous is None or row.previous.rle is None:
        raise PreviousNotDone
    return decode(row.previous.rle)


def _settle(row: MaskRequest, answer: Drawn | Problem) -> None:
    try:
        if isinstance(answer, Problem):
            row.finish(WorkState.FAILED, message=answer.detail, error_code=answer.code)
        else:
            row.finish(WorkState.DONE, **_fields(row, answer))
    except WorkCancelled:
        log.info("mask %s is no longer wanted of this worker", row.pk)


def _fields(row: MaskRequest, drawn: Drawn) -> dict[str, Any]:
    height, width = drawn.rle["size"]
    elapsed = timezone.now() - row.created_at
    return {
        "height": height,
        "width": width,
        "counts": drawn.rle["counts"],
        "bbox": list(drawn.bbox),
        "area": drawn.area,
        "score": drawn.score,
        "elapsed_ms": round(elapsed.total_seconds() * 1000),
    }


def outline(model: Drawer, label: Label) -> Drawn:
    """The mask of what a label's points or box show, points first.

    Raises:
        Problem: its picture cannot be read, or no mask can be drawn from such a place.
    """
    picture = model.pictures.get(_key(label.image), partial(_pixels, label.image))
    try:
        prompt = _prompt_of(label.region, model, picture)
    except BadPromptError as error:
        raise refusal_of(error) from error
    return next(answer_together(model.segmenter, [Question(picture, prompt)]))


def _prompt_of(region: dict[str, Any], model: Drawer, picture: Picture) -> Prompt:
    if "points" in region:
        return make_prompt(region["points"], (picture.shape[0], picture.shape[1]))
    return prompt_in_box(model.segmenter, picture, _corners(region["box"]))


def _corners(box: Sequence[float]) -> Points:
    """x, y, width, height to the corners at the top left and bottom right."""
    x, y, width, height = box
    return np.array([[x, y], [x + width, y + height]], dtype=np.float64)


def _key(image: Image) -> str:
    """By content: two paths with one content are decoded once."""
    return image.blob_id or str(image.pk)


def _pixels(image: Image) -> Picture:
    return pixels_of(image)
