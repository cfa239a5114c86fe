"""Boxes of masks: x, y, width, height in pixels, as COCO writes them."""

import numpy as np

from labelapp.geometry.rle import Rle, checked_size, from_string

Box = tuple[int, int, int, int]


def box_of(rle: Rle) -> Box:
    """The smallest box round a mask, from its runs alone; all zero for an empty one.

    Raises BrokenRleError.

    >>> box_of({"size": [4, 5], "counts": "52="})
    (1, 1, 1, 2)
    """
    height, _ = checked_size(rle)
    ends = np.cumsum(from_string(rle["counts"]))
    starts, stops = ends[:-1:2], ends[1::2]
    filled = stops > starts[: stops.size]
    starts, last = starts[: stops.size][filled], stops[filled] - 1
    if starts.size == 0:
        return (0, 0, 0, 0)
    left, right = int(starts[0] // height), int(last[-1] // height)
    if ((starts // height) != (last // height)).any():  # a run goes on from the foot of a column
        return (left, 0, right - left + 1, height)
    top, bottom = int((starts % height).min()), int((last % height).max())
    return (left, top, right - left + 1, bottom - top + 1)
