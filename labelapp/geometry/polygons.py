"""Polygons as masks. Points are (x, y) in pixels, origin at the top left corner of the picture."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from labelapp.geometry.rle import Mask

Corners = Sequence[Sequence[float]]


class BadPolygonError(ValueError):
    """Points that enclose nothing: fewer than three, or numbers that are no coordinates."""


def filled(polygons: Iterable[Corners], size: tuple[int, int]) -> Mask:
    """(H, W): the pixels whose middle lies in an odd number of the polygons.

    A polygon within another is therefore a hole. Parts beyond the picture are left out.

    >>> filled([[(1, 0), (3, 0), (3, 2), (1, 2)]], (2, 4)).astype(int).tolist()
    [[0, 1, 1, 0], [0, 1, 1, 0]]
    """
    height, width = size
    turns = np.zeros((height, width + 1), np.uint8)
    for polygon in polygons:
        corners = checked_corners(polygon)
        for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            mark_crossings(turns, start, end)
    inside: Mask = (np.cumsum(turns[:, :width], axis=1) & 1).astype(bool)
    return inside


def checked_corners(polygon: Corners) -> NDArray[np.float64]:
    """The corners, (N, 2); raises BadPolygonError."""
    try:
        corners = np.asarray(polygon, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise BadPolygonError("A polygon is a list of [x, y].") from error
    if corners.ndim != 2 or corners.shape[1] != 2 or len(corners) < 3:
        raise BadPolygonError("A polygon needs three corners or more, each as [x, y].")
    if not np.isfinite(corners).all():
        raise BadPolygonError("A coordinate is not a number.")
    return corners


def mark_crossings(
    turns: NDArray[np.uint8], start: NDArray[np.float64], end: NDArray[np.float64]
) -> None:
    """Mark in `turns` (H, W + 1) where each row's middle line goes over the edge."""
    if start[1] == end[1]:
        return
    (x0, y0), (x1, y1) = (start, end) if start[1] < end[1] else (end, start)
    first, last = np.clip(np.ceil(np.array([y0, y1]) - 0.5), 0, turns.shape[0])
    rows = np.arange(int(first), int(last))
    x = x0 + (rows + 0.5 - y0) * ((x1 - x0) / (y1 - y0))
    columns = np.clip(np.ceil(x - 0.5), 0, turns.shape[1] - 1).astype(int)
    turns[rows, columns] ^= 1
