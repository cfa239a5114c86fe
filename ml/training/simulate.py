"""No Django here. People, simulated: where they click on an object whose mask is known.

Extreme points: one of the mask's pixels that lie farthest on each side, plus Gaussian noise.
Corrective clicks: the point farthest from the edge inside the largest wrong region, the protocol of
RITM (Sofiiuk et al., 2021).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.networks.prompts import Click, Mask, Points

CAREFUL = 0.7  # pixels, standard deviation
CARELESS = 3.5
CARELESS_SHARE = 0.025  # of the object's longer side
BY_SIZE = 0.15  # of people err in proportion to the object instead


def extreme_points(mask: Mask, noise: float, random: np.random.Generator) -> Points:
    """Top, left, bottom, right of `mask` (H, W; not empty) as x, y in pixels, noise added.

    The points stay inside the picture.
    """
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    top, bottom = int(rows[0]), int(rows[-1])
    left, right = int(columns[0]), int(columns[-1])

    def one_of(line: NDArray[np.bool_]) -> int:
        return int(random.choice(np.flatnonzero(line)))

    places = np.array(
        [
            (one_of(mask[top]), top),
            (left, one_of(mask[:, left])),
            (one_of(mask[bottom]), bottom),
            (right, one_of(mask[:, right])),
        ],
        dtype=np.float64,
    )
    places += 0.5 + random.normal(0, noise, (4, 2))
    height, width = mask.shape
    return np.clip(places, 0, (width, height))


def training_noise(side: float, careful: float, random: np.random.Generator) -> float:
    """A person's noise in pixels, for an object of `side` pixels; `careful` of them have `CAREFUL`."""
    kind = random.random()
    if kind < careful:
        return CAREFUL
    if kind < 1 - BY_SIZE:
        return float(random.uniform(CAREFUL, CARELESS))
    return float(max(CAREFUL, random.uniform(0, CARELESS_SHARE) * side))


def corrective_click(mask: Mask, truth: Mask) -> Click | None:
    """The next click of a person who sees `mask` and wants `truth`; None when nothing is wrong."""
    best, label_of_best, labels_of_best, positive = 0, 0, None, True
    for wrong, kind in ((truth & ~mask, True), (mask & ~truth, False)):
        count, labels, stats, _ = cv2.connectedComponentsWithStats(
            wrong.astype(np.uint8), connectivity=8
        )
        if count < 2:
            continue
        largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
        if stats[largest, cv2.CC_STAT_AREA] > best:
            best = int(stats[largest, cv2.CC_STAT_AREA])
            label_of_best, labels_of_best, positive = largest, labels, kind
    if labels_of_best is None:
        return None
    region = np.pad((labels_of_best == label_of_best).astype(np.uint8), 1)
    depth = cv2.distanceTransform(region, cv2.DIST_L2, 5)[1:-1, 1:-1]
    y, x = np.unravel_index(int(np.argmax(depth)), depth.shape)
    return Click(float(x) + 0.5, float(y) + 0.5, positive)
