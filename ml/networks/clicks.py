"""No Django here. What a corrective click may change: what is near it, and nothing else."""

from collections.abc import Sequence

import cv2
import numpy as np

from .crops import Planes
from .prompts import Click, Mask

NEAR = 0.15  # of the box's longer side: a change this near to the click belongs to it
DOT = 0.02  # of the box's longer side: what a click changes at least
LEAST_DOT = 1.5  # pixels


def corrected(
    mask: Mask, before: Mask | None, chance: Planes, clicks: Sequence[Click], side: float
) -> Mask:
    """`before` with those changes towards `mask` that lie at the last click; all clicks obeyed.

    mask, before: (H, W) bool, the new answer and the mask that was clicked on (None: none). Changes
    are whole connected pieces of the difference that come within `NEAR` of the click.
    """
    last = clicks[-1]
    result = mask if before is None else changed_near(before, mask, last, NEAR * side)
    for click in clicks:
        if disobeyed(result, click):
            result = dotted(result, chance, click, max(DOT * side, LEAST_DOT))
    return result


def changed_near(before: Mask, after: Mask, click: Click, radius: float) -> Mask:
    """`before`, with the pieces of change of the click's kind near it, and others that it touches."""
    result = before.copy()
    place = (click.x, click.y)
    change = (after & ~before) if click.positive else (before & ~after)
    result = taken(result, after, change, place, radius)
    return taken(result, after, (after != before) & ~change, place, radius)


def taken(
    result: Mask, after: Mask, change: Mask, place: tuple[float, float], radius: float
) -> Mask:
    """`result` with the pieces of `change` that come within `radius` of `place` set as in `after`."""
    _, labels = cv2.connectedComponents(change.astype(np.uint8), connectivity=8)
    numbers = np.unique(labels[disc(change.shape, place, radius)])
    chosen = np.isin(labels, numbers[numbers > 0])
    result = result.copy()
    result[chosen] = after[chosen]
    return result


def disc(shape: tuple[int, ...], place: tuple[float, float], radius: float) -> Mask:
    """(H, W) bool: pixels whose middle is within `radius` of `place` (x, y), its own pixel always."""
    y, x = np.ogrid[: shape[0], : shape[1]]
    near: Mask = (x + 0.5 - place[0]) ** 2 + (y + 0.5 - place[1]) ** 2 <= max(radius, 0.71) ** 2
    return near


def pixel(shape: tuple[int, ...], click: Click) -> tuple[int, int]:
    return int(np.clip(click.y, 0, shape[0] - 1)), int(np.clip(click.x, 0, shape[1] - 1))


def disobeyed(mask: Mask, click: Click) -> bool:
    return bool(mask[pixel(mask.shape, click)]) is not click.positive


def dotted(mask: Mask, chance: Planes, click: Click, radius: float) -> Mask:
    """`mask` with a dot at the click, and the part round it that looks at least as likely."""
    positive = click.positive
    level = float(chance[pixel(mask.shape, click)])
    alike = chance >= level if positive else chance <= level
    room = alike & disc(mask.shape, (click.x, click.y), 4 * radius)
    _, labels = cv2.connectedComponents(room.astype(np.uint8), connectivity=8)
    number = labels[pixel(mask.shape, click)]
    spot = disc(mask.shape, (click.x, click.y), radius) | ((labels == number) & (number > 0))
    result: Mask = mask | spot if positive else mask & ~spot
    return result
