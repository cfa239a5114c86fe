"""Prompts as they are kept: canonical, so that the same question is asked of a worker once.

Points in the order top, left, bottom, right; coordinates rounded to a tenth of a pixel; clicks in the
order they were made; the mask so far by the id of its request.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

import numpy as np

from ml.masks.errors import (
    BadPrompt,
    BoxTooSmall,
    EqualPoints,
    NotFourPoints,
    PointOutside,
    PointsOnALine,
)
from ml.networks import prompts
from ml.networks.prompts import Click, Mask, Prompt, make_prompt

Place = Sequence[float]  # x, y

_REFUSALS: dict[type[prompts.BadPromptError], type[BadPrompt]] = {
    prompts.NotFourPointsError: NotFourPoints,
    prompts.OutsidePictureError: PointOutside,
    prompts.EqualPointsError: EqualPoints,
    prompts.PointsOnALineError: PointsOnALine,
    prompts.BoxTooSmallError: BoxTooSmall,
}


@dataclass(frozen=True)
class Asked:
    """A checked, canonical prompt. clicks: (x, y, positive)."""

    points: tuple[tuple[float, float], ...]
    clicks: tuple[tuple[float, float, bool], ...] = ()
    previous: UUID | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "points": [list(place) for place in self.points],
            "clicks": [list(click) for click in self.clicks],
            "previous": str(self.previous) if self.previous else None,
        }

    def key(self) -> str:
        """SHA-256 of the canonical prompt, in hexadecimal."""
        return sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()


def canonical(
    *,
    points: Sequence[Place],
    positive: Sequence[Place],
    negative: Sequence[Place],
    size: tuple[int, int],
    previous: UUID | None = None,
    before: Sequence[Sequence[Any]] = (),
) -> Asked:
    """The prompt for a picture of `size` (height, width).

    before: the clicks of the mask it goes on from. They come first, in their order, since only the
    latest click may change that mask.

    Raises:
        BadPrompt: a subclass of it that says what is wrong.
    """
    clicks = in_order(positive, negative, before)
    try:
        prompt = make_prompt(
            [rounded(place) for place in points], size, [Click(*click) for click in clicks]
        )
    except prompts.BadPromptError as error:
        raise refusal_of(error) from error
    corners = tuple((float(x), float(y)) for x, y in prompt.points)
    return Asked(corners, clicks, previous)


def refusal_of(error: prompts.BadPromptError) -> BadPrompt:
    """What a network's refusal of a prompt is called in an answer."""
    refusal = _REFUSALS.get(type(error), BadPrompt)
    return refusal(str(error), errors={"extreme_points": [str(error)]})


def in_order(
    positive: Sequence[Place], negative: Sequence[Place], before: Sequence[Sequence[Any]]
) -> tuple[tuple[float, float, bool], ...]:
    """All clicks, those of `before` first, each once; raises PointOutside for what is no place."""
    given = [(*placed(place), True) for place in positive]
    given += [(*placed(place), False) for place in negative]
    known = [(float(x), float(y), bool(kind)) for x, y, kind in before]
    return tuple(dict.fromkeys([one for one in known if one in given] + given))


def placed(place: Place) -> tuple[float, float]:
    if len(place) != 2:
        raise PointOutside("A click is [x, y].")
    x, y = rounded(place)
    return x, y


def rounded(place: Place) -> list[float]:
    return [round(float(value), 1) + 0.0 for value in place]


def as_prompt(kept: dict[str, Any], previous: Mask | None) -> Prompt:
    """What a worker hands to a segmenter; it was checked when it was asked."""
    clicks = tuple(Click(*click) for click in kept["clicks"])
    return Prompt(np.array(kept["points"], dtype=np.float64), clicks, previous)
