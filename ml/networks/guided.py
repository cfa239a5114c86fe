"""No Django here. Edges of a mask fitted to a picture that is finer than the network's input.

The guided filter (He, Sun, Tang 2013) in its fast form (He & Sun 2015): in each small neighbourhood
the answer is taken as a linear function of the picture; the functions are found at a coarse size and
applied at the full one.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from .crops import Picture, Planes

RADIUS = 1  # cells of the coarse size; 2 corrects larger errors and blurs what was right
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
    guide = resized(np.asarray(grey, np.uint8), small) * np.float32(1 / 255)
    slope, offset = linear_fit(guide, resized(sure, small))
    fitted = resized(slope, (width, height))
    fitted *= grey.astype(np.float32) * np.float32(1 / 255)
    fitted += resized(offset, (width, height))
    np.copyto(fitted, logits, where=np.abs(logits) >= STEEP)
    return fitted


def resized(plane: Planes | NDArray[np.uint8], size: tuple[int, int]) -> Planes:
    """`plane` at `size` (width, height): averaged when it shrinks, linear when it grows."""
    shrinks = size[0] < plane.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(plane, size, interpolation=how), dtype=np.float32)


def blurred(plane: Planes) -> Planes:
    """The mean over each neighbourhood."""
    window = (2 * RADIUS + 1, 2 * RADIUS + 1)
    return np.asarray(cv2.blur(plane, window), dtype=np.float32)


def linear_fit(guide: Planes, target: Planes) -> tuple[Planes, Planes]:
    """Slope and offset, each (h, w), of the local linear functions from `guide` to `target`."""
    mean_guide, mean_target = blurred(guide), blurred(target)
    covariance = blurred(guide * target) - mean_guide * mean_target
    variance = blurred(guide * guide) - mean_guide * mean_guide
    slope: Planes = np.divide(covariance, variance + SMOOTHNESS, dtype=np.float32)
    offset: Planes = mean_target - slope * mean_guide
    return blurred(slope), blurred(offset)
