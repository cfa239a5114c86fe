"""No Django here. A picture as a classifier sees it: a square of its size, normalised."""

from collections.abc import Sequence

import cv2
import numpy as np

from ml.networks.classifiers.frame import Frame, Framing
from ml.networks.crops import Picture, Planes

MAT = (233, 233, 231)  # round a picture that is fitted whole, as on the screens


def framed(picture: Picture, frame: Frame) -> Picture:
    """The square (S, S, 3) of a picture (H, W, 3), both RGB of 8 bits."""
    size = frame.size
    if frame.framing is Framing.CROP:
        picture = middle(picture)
    if frame.framing is not Framing.PAD:
        return resized(picture, size, size)
    height, width = picture.shape[:2]
    scale = size / max(height, width)
    fitted = resized(picture, max(1, round(height * scale)), max(1, round(width * scale)))
    square = np.full((size, size, 3), MAT, np.uint8)
    top, left = (size - fitted.shape[0]) // 2, (size - fitted.shape[1]) // 2
    square[top : top + fitted.shape[0], left : left + fitted.shape[1]] = fitted
    return square


def middle(picture: Picture) -> Picture:
    """The largest square in the middle."""
    height, width = picture.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return picture[top : top + side, left : left + side]


def resized(picture: Picture, height: int, width: int) -> Picture:
    """By area where it shrinks to less than half, so that nothing is left out; else linearly, which
    takes a fifth of the time."""
    shrinks = picture.shape[0] > 2 * height or picture.shape[1] > 2 * width
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, (width, height), interpolation=how), np.uint8)


def planes(squares: Sequence[Picture], frame: Frame) -> Planes:
    """(B, 3, S, S) float32: the squares, normalised, colours first."""
    scale = np.float32(1) / (255 * np.asarray(frame.std, np.float32))
    shift = np.asarray(frame.mean, np.float32) / np.asarray(frame.std, np.float32)
    found: Planes = np.empty((len(squares), 3, frame.size, frame.size), np.float32)
    for number, square in enumerate(squares):
        np.multiply(square.transpose(2, 0, 1), scale[:, None, None], out=found[number])
    np.subtract(found, shift[:, None, None], out=found)
    return found
