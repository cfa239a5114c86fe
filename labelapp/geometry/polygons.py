"""Polygons as masks. Points are (x, y) in pixels, origin at the top left corner of the picture."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from labelapp.geometry.rle import Mask, Runs

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
    except (TypeError, ValueError, OverflowError) as error:
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


FINER = 5  # parts of a pixel's side in which an outline is walked along
LONGEST_OUTLINE = 50_000_000  # such parts: more than any picture needs


def runs_of(polygons: Iterable[Corners], size: tuple[int, int]) -> Runs:
    """The runs of the mask that COCO's own tools make of polygons, pixel by pixel the same.

    An object in several pieces is their union, so a polygon within another is no hole. Each outline is
    walked along in fifths of a pixel; where it enters a new column, the column changes sides below.

    Source: the function `rleFrPoly` of the COCO API, whose roundings are kept.

    Raises:
        BadPolygonError

    >>> runs_of([[(1, 0), (3, 0), (3, 2), (1, 2)]], (2, 4)).tolist()
    [2, 4, 2]
    """
    pieces = [_edges(checked_corners(polygon), size) for polygon in polygons]
    starts = np.concatenate([np.zeros(0, np.int64), *(piece[0::2] for piece in pieces)])
    ends = np.concatenate([np.zeros(0, np.int64), *(piece[1::2] for piece in pieces)])
    places, back = np.unique(np.concatenate([starts, ends]), return_inverse=True)
    change = np.bincount(back, np.repeat([1.0, -1.0], starts.size), places.size).cumsum() > 0
    borders = places[np.flatnonzero(np.diff(change, prepend=False))]
    runs = np.diff(np.concatenate([[0], borders, [size[0] * size[1]]])).astype(np.int64)
    return runs[:-1] if runs[-1] == 0 else runs


def _edges(corners: NDArray[np.float64], size: tuple[int, int]) -> NDArray[np.int64]:
    """Where, counted down the columns, the polygon's inside begins and ends by turns."""
    height, width = size
    u, v = _walk(np.trunc(corners * FINER + 0.5))
    crossed = np.flatnonzero(np.diff(u)) + 1
    column = (np.minimum(u[crossed], u[crossed - 1]) + 0.5) / FINER - 0.5
    inside = (column == np.floor(column)) & (column >= 0) & (column <= width - 1)
    row = (np.minimum(v[crossed], v[crossed - 1])[inside] + 0.5) / FINER - 0.5
    row = np.ceil(np.clip(row, 0, height))
    places, times = np.unique((column[inside] * height + row).astype(np.int64), return_counts=True)
    found: NDArray[np.int64] = places[times % 2 == 1]
    if found.size % 2:
        found = np.append(found, height * width)
    return found


def _walk(corners: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The points of a closed outline, one for each step along the longer side of each edge.

    Raises BadPolygonError: it is longer than any picture needs.
    """
    start, end = corners, np.roll(corners, -1, axis=0)
    reach = np.abs(end - start)
    steps = reach.max(axis=1)
    if steps.sum() > LONGEST_OUTLINE:
        raise BadPolygonError("The outline is longer than any picture needs.")
    flat = reach[:, 0] >= reach[:, 1]
    turned = np.where(flat, start[:, 0] > end[:, 0], start[:, 1] > end[:, 1])
    first, last = (np.where(turned[:, None], a, b) for a, b in ((end, start), (start, end)))
    longer, shorter = np.where(flat, 0, 1), np.where(flat, 1, 0)
    every = np.arange(len(corners))
    rise = (last - first)[every, shorter] / np.maximum(steps, 1)
    counts = steps.astype(np.int64) + 1
    edge = np.repeat(every, counts)
    step = np.arange(edge.size) - np.repeat(np.cumsum(counts) - counts, counts)
    step = np.where(turned[edge], steps[edge] - step, step)
    along = first[every, longer][edge] + step
    across = np.trunc(first[every, shorter][edge] + rise[edge] * step + 0.5)
    return np.where(flat[edge], along, across), np.where(flat[edge], across, along)
