"""No Django here. How good a mask is, and how sure we are of the mean."""

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.networks.finish import gap_of, margin_of
from ml.networks.prompts import Mask, Prompt
from ml.networks.reach import touches

BOUNDARY_TOLERANCE = 2  # pixels
RESAMPLES = 1000


def iou(mask: Mask, truth: Mask) -> float:
    """Intersection over union; two empty masks agree."""
    union = int((mask | truth).sum())
    return int((mask & truth).sum()) / union if union else 1.0


def edge(mask: Mask) -> Mask:
    """Pixels of `mask` beside a pixel that is not in it; the picture's border counts as not in it."""
    padded = np.pad(mask, 1).astype(np.uint8)
    inner = cv2.erode(padded, np.ones((3, 3), np.uint8))
    return (padded > inner)[1:-1, 1:-1]


def boundary_f(mask: Mask, truth: Mask, tolerance: int = BOUNDARY_TOLERANCE) -> float:
    """Harmonic mean of how much of each edge lies within `tolerance` pixels of the other."""
    mine, other = edge(mask), edge(truth)
    if not mine.any() or not other.any():
        return float(not mine.any() and not other.any())
    side = 2 * tolerance + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    near_other = cv2.dilate(other.astype(np.uint8), disc) > 0
    near_mine = cv2.dilate(mine.astype(np.uint8), disc) > 0
    precision, recall = (
        (mine & near_other).sum() / mine.sum(),
        (other & near_mine).sum() / other.sum(),
    )
    total = precision + recall
    return float(2 * precision * recall / total) if total else 0.0


def consistent(mask: Mask, prompt: Prompt) -> bool:
    """Whether the mask touches all four points and stays by their box, as `finish` promises.

    Both within 1.5 % of the box's longer side; but no point needs to be nearer than a pixel, and 2.5
    pixels beyond the box are allowed, since people point no better.
    """
    margin = margin_of(prompt)
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if rows.size == 0:
        return False
    left, top, right, bottom = prompt.box
    # The middle of the outermost pixels counts, as the finish counts.
    beyond = (
        max(left - columns[0], columns[-1] + 1 - right, top - rows[0], rows[-1] + 1 - bottom) - 0.5
    )
    return bool(beyond <= margin + 1e-6) and all(
        touches(mask, x, y, gap_of(prompt)) for x, y in prompt.points
    )


def interval(values: NDArray[np.float64], groups: NDArray[np.int_], seed: int = 1) -> list[float]:
    """95 % bootstrap interval of the mean of `values`, resampling whole `groups` (images)."""
    kinds, inverse = np.unique(groups, return_inverse=True)
    sums = np.bincount(inverse, values, kinds.size)
    counts = np.bincount(inverse, minlength=kinds.size)
    picks = np.random.default_rng(seed).integers(kinds.size, size=(RESAMPLES, kinds.size))
    means = sums[picks].sum(1) / counts[picks].sum(1)
    low, high = np.quantile(means, [0.025, 0.975])
    return [round(float(low), 4), round(float(high), 4)]
