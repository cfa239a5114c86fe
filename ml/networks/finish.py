"""No Django here. From the network's answer to the mask that a person sees.

The steps: logits to the picture's own size, edges fitted to a picture that is finer than the
network's input, a threshold, the promise to the person (the mask stays by the box and touches the
points, a click changes what is near it), specks dropped. All of it happens in the window; the rest
of the picture is never touched. A window of many megapixels is worked on at a smaller size, and its
soft answer, not its pixels, is enlarged.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from .clicks import corrected
from .crops import CloseUp, Planes, Window, between_pixels
from .guided import fitted_to
from .prompts import Mask, Points, Prompt
from .reach import reaching

TOLERANCE = 0.015  # of the box's longer side: how far a mask may miss a point or leave the box
LEAST_GAP = 1.0  # pixels: a mask is no finer
LEAST_MARGIN = 2.5  # pixels beyond the box: people's points are no more exact
SPECK = 0.001  # of the mask's area
FINER = 1.5  # a window this many times the input's side has its edges fitted to the picture
DECIDED = 0.02  # how clearly, as a probability beyond one half, a decision survives enlarging


def finished(whole: Mask, near: CloseUp, logits: Planes) -> float:
    """Write the mask that `logits` (S, S) of the window mean into `whole` (H, W); its score.

    whole: the mask so far, or nothing; outside the close-up it is left as it is.
    """
    height, width = near.picture.shape[:2]
    plane = at_size(logits, near.window, (width, height))
    if max(near.window.width, near.window.height) > FINER * logits.shape[0]:
        plane = fitted_to(near.picture, plane, logits.shape[0])
    chance = chances(plane)
    mask = kept_promise(chance, near.prompt)
    if near.is_smaller:
        enlarge_into(whole[near.region.cut], chance, mask, near.prompt.previous)
    else:
        whole[near.region.cut] = mask
    return expected_overlap(chance, mask)


def at_size(logits: Planes, window: Window, size: tuple[int, int]) -> Planes:
    """`logits` (S, S), which cover `window`, on pixels 0 to `size` (width, height).

    Bicubic where they grow, averaged where they shrink.
    """
    side = logits.shape[0]
    width, height = size
    finer = int(np.clip(round(side / max(window.width, window.height)), 1, 8))
    to_pixels = np.array(
        [[window.width / side, 0, window.left], [0, window.height / side, window.top]]
    )
    large = cv2.warpAffine(
        logits,
        between_pixels(to_pixels * finer),
        (width * finer, height * finer),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if finer > 1:
        large = cv2.resize(large, size, interpolation=cv2.INTER_AREA)
    return np.asarray(large, dtype=np.float32)


def enlarge_into(whole: Mask, chance: Planes, mask: Mask, before: Mask | None) -> None:
    """Write `mask` (h, w), with the soft edges of `chance`, into the larger `whole` (H, W).

    Where there was a mask `before` (h, w), only what changed is written.
    """
    size = (whole.shape[1], whole.shape[0])
    decided = np.where(mask, np.maximum(chance, 0.5 + DECIDED), np.minimum(chance, 0.5 - DECIDED))
    # In 255 steps: between neighbours on two sides of an edge there are ten at least.
    steps = np.rint(decided * 255).astype(np.uint8)
    smooth = cv2.resize(steps, size, interpolation=cv2.INTER_LINEAR) >= 128
    if before is None:
        whole[:] = smooth
        return
    changed = cv2.dilate((mask != before).view(np.uint8), np.ones((3, 3), np.uint8))
    place = cv2.resize(changed, size, interpolation=cv2.INTER_NEAREST)
    np.copyto(whole, smooth, where=place.view(np.bool_))


def gap_of(prompt: Prompt) -> float:
    """How far, in pixels, the mask may miss a point."""
    return max(TOLERANCE * prompt.side, LEAST_GAP)


def margin_of(prompt: Prompt) -> float:
    """How far, in pixels, the mask may leave the box."""
    return max(TOLERANCE * prompt.side, LEAST_MARGIN)


def kept_promise(chance: Planes, prompt: Prompt) -> Mask:
    """The mask (H, W): thresholded, by the box, touching the points, obeying the clicks.

    The prompt is in pixels of `chance`.
    """
    inside = allowed(prompt, chance.shape)
    mask = without_specks((chance >= 0.5) & inside, prompt.points)
    mask = reaching(mask, chance * inside, prompt.points, gap_of(prompt))
    if not prompt.clicks:
        return mask
    return corrected(mask, prompt.previous, chance, prompt.clicks, prompt.side)


def allowed(prompt: Prompt, shape: tuple[int, ...]) -> Mask:
    """(H, W): where the mask may be, the box with a margin, and as far as positive clicks go."""
    margin = margin_of(prompt)
    left, top, right, bottom = prompt.box
    for click in prompt.clicks:
        if click.positive:
            left, right = min(left, click.x), max(right, click.x)
            top, bottom = min(top, click.y), max(bottom, click.y)
    middle_x, middle_y = np.arange(shape[1]) + 0.5, np.arange(shape[0]) + 0.5
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
    count, labels = cv2.connectedComponents(mask.view(np.uint8), connectivity=8)
    if count <= 2:
        return mask
    keep = np.bincount(labels.ravel(), minlength=count) >= least
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
