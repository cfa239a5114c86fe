"""What a label with a box or a mask looks like: its part of the picture with some margin, its outline."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from labelapp.catalog.storage import Part, part_url
from labelapp.geometry.boxes import Box
from labelapp.geometry.outlines import outline, path_of_box
from labelapp.geometry.rle import BrokenRleError, bounds

# Round the object, as a part of its longer side, and in pixels at least.
MARGIN = 0.2
LEAST_MARGIN = 12
# Cells along the longer side of an outline that is drawn in a tile.
CELLS = 160


def close_up(
    image_id: UUID | str,
    region: Mapping[str, Any],
    size: tuple[int | None, int | None],
    *,
    person_id: UUID,
    now: datetime,
) -> dict[str, Any] | None:
    """How to show an object: `url` of its part of the picture, signed for the person; `x`, `y`,
    `width`, `height` of that part and `outline`, an SVG path, in pixels of the picture.

    None for the whole picture, and for a region that cannot be drawn: a mask whose code is broken, is
    empty or of another size than the picture, a box beyond the picture.

    size: width and height of the picture, None until its file was read.
    """
    found = _object(region, size)
    if found is None:
        return None
    part = _with_margin(found, mask_size(region) or size)
    if part is None:
        return None
    x, y, width, height = part
    return {
        "url": part_url(image_id, part, person_id, now),
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        "outline": _outline(region, found, most=CELLS),
    }


def exact_outline(region: Mapping[str, Any], size: tuple[int | None, int | None]) -> str:
    """The outline of a region with every pixel's corner, as an SVG path; empty without one."""
    found = _object(region, size)
    return "" if found is None else _outline(region, found, most=None)


def mask_size(region: Mapping[str, Any]) -> tuple[int, int] | None:
    """Width and height of the picture that a mask says it belongs to."""
    mask = region.get("mask")
    return (mask["size"][1], mask["size"][0]) if mask else None


def _object(region: Mapping[str, Any], size: tuple[int | None, int | None]) -> Box | None:
    """The box of whole pixels round a region's object."""
    if own := mask_size(region):
        if size not in {own, (None, None)}:
            return None
        try:
            box = bounds(region["mask"])
        except BrokenRleError:
            return None
        return box if box[2] else None
    if "box" not in region:
        return None
    x, y, width, height = region["box"]
    left, top = math.floor(x), math.floor(y)
    return left, top, math.ceil(x + width) - left, math.ceil(y + height) - top


def _with_margin(box: Box, size: tuple[int | None, int | None]) -> Part | None:
    """The part of the picture to show; None where it would lie beyond it."""
    x, y, width, height = box
    margin = max(LEAST_MARGIN, round(MARGIN * max(width, height)))
    right, bottom = x + width + margin, y + height + margin
    left, top = max(0, x - margin), max(0, y - margin)
    right, bottom = min(right, size[0] or right), min(bottom, size[1] or bottom)
    if right <= left or bottom <= top:
        return None
    return left, top, right - left, bottom - top


def _outline(region: Mapping[str, Any], box: Box, *, most: int | None) -> str:
    if "mask" in region:
        return outline(region["mask"], box, most=most)
    return path_of_box(region["box"])
