"""No Django here. Edges of a mask fitted to a picture that is finer than the network's input.

The guided filter (He, Sun, Tang 2013) in its fast form (He & Sun 2015): in each small neighbourhood
the answer is taken as a linear function of the picture; the functions are found at a coarse size and
applied at the full one.
"""

import cv2
import numpy as np

from .crops import Picture, Planes

RADIUS = 2  # cells of the coarse size
SMOOTHNESS = 4e-4  # of squared brightness in [0, 1]: edges weaker than its root are not followed
STEEP = 4.0  # logits beyond this are sure and take no part


def fitted_to(picture: Picture, logits: Planes, size: int) -> Planes:
    """`logits` (H, W) with their zero line moved onto edges of `picture` (H, W, 3) near it.

    size: the side of the network's input; the functions are found at twice that.
    """
    height, width = logits.shape
    scale = min(1.0, 2 * size / max(height, width))
    small = (max(8, round(width * scale)), max(8, round(height * scale)))
    sure = np.clip(logits, -STEEP, STEEP)
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    guide = cv2.resize(grey, small, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    slope, offset = linear_fit(guide, cv2.resize(sure, small, interpolation=cv2.INTER_AREA))
    slope = cv2.resize(slope, (width, height), interpolation=cv2.INTER_LINEAR)
    offset = cv2.resize(offset, (width, height), interpolation=cv2.INTER_LINEAR)
    fitted: Planes = slope * (grey.astype(np.float32) / 255) + offset
    unsure = np.abs(logits) < STEEP
    return np.where(unsure, fitted, logits).astype(np.float32)


def linear_fit(guide: Planes, target: Planes) -> tuple[Planes, Planes]:
    """Slope and offset, each (h, w), of the local linear functions from `guide` to `target`."""
    window = (2 * RADIUS + 1, 2 * RADIUS + 1)
    mean_guide, mean_target = cv2.blur(guide, window), cv2.blur(target, window)
    covariance = cv2.blur(guide * target, window) - mean_guide * mean_target
    variance = cv2.blur(guide * guide, window) - mean_guide * mean_guide
    slope = covariance / (variance + SMOOTHNESS)
    offset = mean_target - slope * mean_guide
    return np.asarray(cv2.blur(slope, window)), np.asarray(cv2.blur(offset, window))
