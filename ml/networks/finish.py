"""No Django here. From the network's answer to the mask that a person sees.

The steps: logits to the picture's own size, edges fitted to a picture that is finer than the
network's input, a threshold, the promise to the person (the mask stays by the box and touches the
points, a click changes what is near it), specks dropped. All of it happens in the window; the rest
of the picture is never touched.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from .clicks import corrected
from .crops import Picture, Planes, Window, between_pixels
from .guided import fitted_to
from .prompts import Mask, Points, Prompt
from .reach import reaching

TOLERANCE = 0.015  # of the box's longer side: how far a mask may miss a point or leave the box
LEAST_TOLERANCE = 1.0  # pixels
SPECK = 0.001  # of the mask's area
FINER = 1.5  # a window this many times the input's side has its edges fitted to the picture


@dataclass(frozen=True)
class Region:
    """Whole pixels of the picture that the window covers: rows `top` to `bottom`, and columns."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def cut(self) -> tuple[slice, slice]:
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def own(self, points: Points) -> Points:
        """`points` of the picture in coordinates of the region."""
        moved: Points = points - np.array([self.left, self.top])
        return moved


def region_of(window: Window, size: tuple[int, int]) -> Region:
    height, width = size
    return Region(
        max(0, int(np.floor(window.left))),
        max(0, int(np.floor(window.top))),
        min(width, int(np.ceil(window.left + window.width))),
        min(height, int(np.ceil(window.top + window.height))),
    )


def at_full_size(logits: Planes, window: Window, region: Region) -> Planes:
    """`logits` (S, S) of the window as a plane of the region's pixels: bicubic, averaged when shrunk."""
    size = logits.shape[0]
    width, height = region.right - region.left, region.bottom - region.top
    finer = int(np.clip(round(size / max(window.width, window.height)), 1, 8))
    to_region = np.array(
        [
            [window.width / size, 0, window.left - region.left],
            [0, window.height / size, window.top - region.top],
        ]
    )
    large = cv2.warpAffine(
        logits,
        between_pixels(to_region * finer),
        (width * finer, height * finer),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if finer > 1:
        large = cv2.resize(large, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(large, dtype=np.float32)


def tolerance(prompt: Prompt) -> float:
    """How far, in pixels, the mask may miss a point or leave the box."""
    return max(TOLERANCE * prompt.side, LEAST_TOLERANCE)


def allowed(prompt: Prompt, region: Region) -> Mask:
    """Where the mask may be: the box and a margin, and round positive clicks beyond it."""
    margin = tolerance(prompt)
    left, top, right, bottom = prompt.box
    for click in prompt.clicks:
        if click.positive:
            left, right = min(left, click.x), max(right, click.x)
            top, bottom = min(top, click.y), max(bottom, click.y)
    middle_x = np.arange(region.left, region.right) + 0.5
    middle_y = np.arange(region.top, region.bottom) + 0.5
    across = (middle_x >= left - margin) & (middle_x <= right + margin)
    down = (middle_y >= top - margin) & (middle_y <= bottom + margin)
    inside: Mask = down[:, None] & across[None, :]
    return inside


def without_specks(mask: Mask, points: Points) -> Mask:
    """`mask` less the pieces and holes below `SPECK` of its area that hold none of `points` (x, y)."""
    least = SPECK * mask.sum()
    places = np.clip(points.astype(int), 0, (mask.shape[1] - 1, mask.shape[0] - 1))
    kept = large_parts(mask, least, places)
    return ~large_parts(~kept, least, places)


def large_parts(mask: Mask, least: float, places: NDArray[np.int_]) -> Mask:
    """The pieces of `mask` of at least `least` pixels, and those that hold one of `places`."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        mask.astype(np.uint8), connectivity=8
    )
    if count <= 2:
        return mask
    keep = stats[:, cv2.CC_STAT_AREA] >= least
    keep[labels[places[:, 1], places[:, 0]]] = True
    keep[0] = False
    parts: Mask = keep[labels] & mask
    return parts


def chances(logits: Planes) -> Planes:
    """Logits to probabilities."""
    return (1 / (1 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32, copy=False)


def expected_overlap(chance: Planes, mask: Mask) -> float:
    """The intersection over union that the probabilities themselves expect of `mask`."""
    inside = float(chance[mask].sum())
    union = float(mask.sum()) + float(chance.sum()) - inside
    return inside / union if union > 0 else 0.0


def finished(image: Picture, prompt: Prompt, window: Window, logits: Planes) -> tuple[Mask, float]:
    """The mask at the picture's size, and its score, from `logits` (S, S) of `window`."""
    region = region_of(window, image.shape[:2])
    full = at_full_size(logits, window, region)
    if max(window.width, window.height) > FINER * logits.shape[0]:
        full = fitted_to(image[region.cut], full, logits.shape[0])
    chance = chances(full)
    mask = kept_promise(chance, prompt, region)
    whole = np.zeros(image.shape[:2], dtype=bool)
    if prompt.previous is not None:
        whole[:] = prompt.previous
    whole[region.cut] = mask
    return whole, expected_overlap(chance, mask)


def kept_promise(chance: Planes, prompt: Prompt, region: Region) -> Mask:
    """The mask in the region: thresholded, by the box, touching the points, obeying the clicks."""
    points = region.own(prompt.points)
    inside = allowed(prompt, region)
    mask = without_specks((chance >= 0.5) & inside, points)
    mask = reaching(mask, chance * inside, points)
    if prompt.clicks:
        before = None if prompt.previous is None else prompt.previous[region.cut]
        clicks = [
            (click.x - region.left, click.y - region.top, click.positive) for click in prompt.clicks
        ]
        mask = corrected(mask, before, chance, clicks, prompt.side)
    return mask
