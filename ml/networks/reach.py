"""No Django here. A mask that misses one of the four points grows to it along the probabilities."""

import cv2
import numpy as np
from numpy.typing import NDArray

from .crops import Planes
from .prompts import Mask, Points

ROOM = 0.3  # of the gap: how far the growth may stray from the straight way to the point
LEVELS = 7  # halvings in the search for the water level
LOWEST = 0.02
FIRST_SQUARE = 32  # pixels: half the side


def distance_to(rows: NDArray[np.intp], columns: NDArray[np.intp], x: float, y: float) -> float:
    """From the place (x, y) to the nearest of the pixels, which are squares; 0 inside one."""
    across = np.maximum(np.abs(columns + 0.5 - x) - 0.5, 0)
    down = np.maximum(np.abs(rows + 0.5 - y) - 0.5, 0)
    return float(np.sqrt((across**2 + down**2).min()))


def touches(mask: Mask, x: float, y: float, gap: float) -> bool:
    """Whether the place (x, y) is within `gap` pixels of `mask` (H, W)."""
    left, top = max(0, int(x - gap) - 1), max(0, int(y - gap) - 1)
    rows, columns = np.nonzero(mask[top : int(y + gap) + 2, left : int(x + gap) + 2])
    return rows.size > 0 and distance_to(rows, columns, x - left, y - top) <= gap


def reaching(mask: Mask, chance: Planes, points: Points, gap: float) -> Mask:
    """`mask` (H, W), grown where it is farther than `gap` pixels from a point.

    The growth is the part above the highest level of `chance` that joins point and mask near the
    straight way between them; where there is no such level it is the straight way itself.
    """
    height, width = mask.shape
    for x, y in points:
        if not touches(mask, x, y, gap):
            column, row = int(np.clip(x, 0, width - 1)), int(np.clip(y, 0, height - 1))
            mask = grown_to(mask, chance, row, column)
    return mask


def grown_to(mask: Mask, chance: Planes, row: int, column: int) -> Mask:
    result = mask.copy()
    goal = nearest(mask, row, column)
    if goal is None:
        result[row, column] = True
        return result
    cut, near = way_to(goal, (row, column), mask.shape)
    top, left = cut[0].start, cut[1].start
    joined = highest_join(mask[cut], np.where(near, chance[cut], 0.0), (row - top, column - left))
    if joined is None:
        line = result[cut].astype(np.uint8)
        cv2.line(line, (column - left, row - top), (goal[1] - left, goal[0] - top), 1, 1)
        joined = line > 0
    result[cut] |= joined
    return result


def way_to(
    goal: tuple[int, int], start: tuple[int, int], shape: tuple[int, ...]
) -> tuple[tuple[slice, slice], Mask]:
    """Part of the picture round the way from `start` to `goal` (row, column), and what of it is near."""
    ends = np.array([start, goal], dtype=np.float64)
    step = ends[1] - ends[0]
    length = float(np.hypot(*step))
    half = max(1.0, ROOM * length)
    low = np.maximum(np.floor(ends.min(0) - half), 0).astype(int)
    high = np.minimum(np.ceil(ends.max(0) + half) + 1, shape).astype(int)
    y, x = np.ogrid[low[0] : high[0], low[1] : high[1]]
    along = ((y - ends[0, 0]) * step[0] + (x - ends[0, 1]) * step[1]) / max(length, 1.0) ** 2
    share = np.clip(along, 0, 1)
    off = (y - ends[0, 0] - share * step[0]) ** 2 + (x - ends[0, 1] - share * step[1]) ** 2
    near: Mask = off <= half**2
    return (slice(low[0], high[0]), slice(low[1], high[1])), near


def nearest(mask: Mask, row: int, column: int) -> tuple[int, int] | None:
    """The pixel of `mask` nearest to (row, column); None when it is empty.

    Looked for in ever larger squares: it is seldom far away.
    """
    if not mask.any():
        return None
    half = FIRST_SQUARE
    while True:
        top, left = max(0, row - half), max(0, column - half)
        rows, columns = np.nonzero(mask[top : row + half + 1, left : column + half + 1])
        if rows.size:
            squares = (rows + top - row) ** 2 + (columns + left - column) ** 2
            best = int(np.argmin(squares))
            if squares[best] <= half**2 or half >= max(mask.shape):
                return int(rows[best]) + top, int(columns[best]) + left
        half *= 2


def highest_join(mask: Mask, chance: Planes, place: tuple[int, int]) -> Mask | None:
    """The connected part that holds `place` and meets `mask` at the highest level; None below LOWEST."""
    low, high = 0.0, float(max(chance[place], LOWEST))
    best: Mask | None = None
    level = LOWEST
    for _ in range(LEVELS):
        above = (mask | (chance >= level)).astype(np.uint8)
        above[place] = 1
        _, labels = cv2.connectedComponents(above, connectivity=8)
        part = labels == labels[place]
        if (part & mask).any():
            best, low = part, level
        elif best is None:
            return None
        else:
            high = level
        level = (low + high) / 2
    return best
