"""The border of a mask as closed lines, for drawing. Points are (x, y) in pixels of the picture.

Lines run along the edges of pixels, the mask on their right hand: clockwise round a piece, the other
way round a hole.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from labelapp.geometry.boxes import Box
from labelapp.geometry.rle import Mask, Rle, bounds, checked_runs, checked_size

Line = NDArray[np.int64]  # (N, 2)

# A coarse cell is of the mask when this part of it is: a pole of one pixel in three is not lost.
_ENOUGH = 0.3


def part_of(rle: Rle, box: Box) -> Mask:
    """(h, w): the mask within `box`, which lies in its picture. Raises BrokenRleError.

    >>> part_of({"size": [4, 5], "counts": "52="}, (1, 0, 2, 3)).astype(int).tolist()
    [[0, 0], [1, 0], [1, 0]]
    """
    x, y, width, height = box
    tall = checked_size(rle)[0]
    runs = checked_runs(rle)
    ends = np.cumsum(runs)
    first, last = x * tall, (x + width) * tall
    bounds = np.clip(np.concatenate([[0], ends]), first, last)
    columns = np.repeat(np.arange(runs.size) % 2 == 1, np.diff(bounds)).reshape(width, tall)
    part: Mask = columns[:, y : y + height].T
    return part


def coarse(mask: Mask, step: int) -> Mask:
    """The mask in cells of `step` x `step` pixels; those at the far edges may be smaller."""
    if step == 1:
        return mask
    rows, columns = (np.arange(0, side, step) for side in mask.shape)
    # Columns first: they lie one after the other in memory.
    full = np.add.reduceat(mask.astype(np.uint8), columns, axis=1, dtype=np.uint16)
    full = np.add.reduceat(full, rows, axis=0, dtype=np.uint32)
    enough: Mask = full >= _ENOUGH * np.outer(
        _lengths(rows, mask.shape[0]), _lengths(columns, mask.shape[1])
    )
    return enough


def _lengths(starts: Line, end: int) -> Line:
    return np.diff(np.append(starts, end))


def borders(mask: Mask) -> list[Line]:
    """The closed lines round a mask, (H, W): their corners in order, the first not repeated.

    Pieces that touch at a corner alone are two.

    >>> borders(np.array([[True, True]]))[0].tolist()
    [[0, 0], [2, 0], [2, 1], [0, 1]]
    """
    wide = mask.shape[1] + 1
    following = _steps(np.pad(mask, 1), wide)
    lines = []
    while following:
        start, (heading, *_) = next(iter(following.items()))
        lines.append(_walk(following, start, heading, wide))
    return [np.stack([line % wide, line // wide], axis=1) for line in lines]


def _steps(padded: Mask, wide: int) -> dict[int, list[int]]:
    """From each corner of a pixel (numbered row by row) the directions in which a border goes on."""
    inside = padded[1:-1, 1:-1]
    # (neighbour beyond the edge, from the pixel's first corner to where the edge starts, its direction)
    edges = (
        (padded[:-2, 1:-1], 0, 1),
        (padded[1:-1, 2:], 1, wide),
        (padded[2:, 1:-1], wide + 1, -1),
        (padded[1:-1, :-2], wide, -wide),
    )
    following: dict[int, list[int]] = {}
    for beyond, to_start, heading in edges:
        pixels = np.flatnonzero(inside & ~beyond)
        corners = pixels + pixels // (wide - 1) + to_start
        for at in corners.tolist():
            following.setdefault(at, []).append(heading)
    return following


def _walk(following: dict[int, list[int]], start: int, heading: int, wide: int) -> Line:
    """Follow a border round to its start, taking its steps out; the corners where it turns."""
    right_of = {1: wide, wide: -1, -1: -wide, -wide: 1}
    corners, at, before = [], start, 0
    while at in following:
        ways = following[at]
        if len(ways) > 1 and before:
            heading = right_of[before] if right_of[before] in ways else ways[0]
        else:
            heading = ways[0] if before else heading
        ways.remove(heading)
        if not ways:
            del following[at]
        if heading != before:
            corners.append(at)
        before = heading
        at += heading
        if at == start:
            break
    return np.array(corners, dtype=np.int64)


def simplified(line: Line, most: float) -> Line:
    """A closed line with fewer corners, none of those left out farther than `most` from it."""
    if len(line) < 5:
        return line
    far = int(np.argmax(((line - line[0]) ** 2).sum(axis=1)))
    round_trip = np.vstack([line, line[:1]])
    kept = np.zeros(len(round_trip), dtype=bool)
    kept[[0, far]] = True
    open_parts = [(0, far), (far, len(line))]
    while open_parts:
        first, last = open_parts.pop()
        if last - first < 2:
            continue
        away = _distances(round_trip[first + 1 : last], round_trip[first], round_trip[last])
        worst = int(np.argmax(away))
        if away[worst] > most:
            middle = first + 1 + worst
            kept[middle] = True
            open_parts += [(first, middle), (middle, last)]
    return line[kept[:-1]]


def _distances(points: Line, start: Line, end: Line) -> NDArray[np.float64]:
    """Of points, (N, 2), from the straight line through two others; from the one where they are alike."""
    along, to = end - start, points - start
    length = float(np.hypot(*along))
    if length == 0:
        from_point: NDArray[np.float64] = np.hypot(to[:, 0], to[:, 1])
        return from_point
    away: NDArray[np.float64] = np.abs(along[0] * to[:, 1] - along[1] * to[:, 0]) / length
    return away


def path_of(lines: Iterable[Line]) -> str:
    """The lines as the path of an SVG: moves and lines, whole numbers.

    >>> path_of([np.array([[0, 0], [2, 0], [2, 1]])])
    'M0 0L2 0L2 1Z'
    """
    return "".join(
        "M" + "L".join(f"{x} {y}" for x, y in line.tolist()) + "Z" for line in lines if len(line)
    )


def extremes(rle: Rle) -> list[tuple[float, float]]:
    """The top-most, left-most, bottom-most and right-most point of a mask: middles of pixels, on each side
    the middle one of those that reach farthest. Empty for an empty mask.

    >>> extremes({"size": [4, 5], "counts": "52="})
    [(1.5, 1.5), (1.5, 2.5), (1.5, 2.5), (1.5, 2.5)]

    Raises BrokenRleError.
    """
    box = bounds(rle)
    x, y, width, height = box
    if not width:
        return []
    part = part_of(rle, box)
    top, bottom = _middle(part[0]), _middle(part[-1])
    left, right = _middle(part[:, 0]), _middle(part[:, -1])
    places = [(top, 0), (0, left), (bottom, height - 1), (width - 1, right)]
    return [(x + across + 0.5, y + down + 0.5) for across, down in places]


def _middle(side: Mask) -> int:
    filled = np.flatnonzero(side)
    return int(filled[filled.size // 2])


def path_of_box(box: Sequence[float]) -> str:
    """The border of a box: x, y, width, height in pixels, as an SVG path.

    >>> path_of_box([1, 2.5, 3, 4])
    'M1 2.5h3v4h-3Z'
    """
    x, y, width, height = box
    return f"M{x} {y}h{width}v{height}h{-width}Z"


def outline(rle: Rle, box: Box, *, most: int | None = None) -> str:
    """The border of the mask within `box` as an SVG path in pixels of the picture.

    most: the cells along the longer side for a drawing of that size, its corners cut; without it every
        pixel is a corner.

    Raises BrokenRleError.
    """
    x, y, width, height = box
    step = 1 if most is None else max(1, -(-max(width, height) // most))
    # Of the pixels of a large cell every few are looked at.
    stride = max(1, step // 4)
    cells = -(-step // stride)
    lines = borders(coarse(part_of(rle, box)[::stride, ::stride], cells))
    if most is not None:
        # A cell of the drawing; of a small object, whose pixels are many cells large, less than a pixel.
        error = min(1.0, 2 * max(width, height) / (most * cells * stride))
        lines = [simplified(line, error) for line in lines]
    corner, ends = np.array([x, y]), np.array([width, height])
    return path_of(np.minimum(line * cells * stride, ends) + corner for line in lines)
