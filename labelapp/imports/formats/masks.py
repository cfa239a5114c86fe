"""Masks as label files write them: COCO's run-length codes, kept to the letter once they add up."""

from typing import Any, TypeGuard

import numpy as np
from django.conf import settings

from labelapp.geometry.rle import BrokenRleError, Rle, Runs, checked_runs, to_string


class BadMask(ValueError):
    """Why a mask cannot be taken."""


def mask_region(value: Any) -> dict[str, Any]:
    """The region of a run-length code, its counts compressed text or plain numbers.

    >>> mask_region({"size": [2, 2], "counts": [1, 2, 1]})
    {'mask': {'size': [2, 2], 'counts': '121'}}

    Raises:
        BadMask: it is none, or does not fill its size.
    """
    given: dict[str, Any] = value if isinstance(value, dict) else {}
    size, counts = given.get("size"), given.get("counts")
    if not (_is_size(size) and (_is_text(counts) or _are_numbers(counts))):
        raise BadMask("the mask is not {“size”: [height, width], “counts”: ...}")
    height, width = size
    if height < 1 or width < 1 or height * width > settings.MAX_PICTURE_PIXELS:
        raise BadMask(f"no picture has the size of the mask, {height} x {width}")
    if not isinstance(counts, str):
        counts = to_string(_runs(counts, height * width))
    rle: Rle = {"size": [height, width], "counts": counts}
    try:
        checked_runs(rle)
    except BrokenRleError as error:
        raise BadMask(_in_a_row(error)) from error
    return {"mask": rle}


def checked_size(height: Any, width: Any) -> tuple[int, int] | None:
    """Height and width as a file tells them of a picture; None where it does not, or none has them."""
    if not _is_size([height, width]) or min(height, width) < 1:
        return None
    return (height, width) if height * width <= settings.MAX_PICTURE_PIXELS else None


def of_runs(runs: Runs, size: tuple[int, int]) -> dict[str, Any]:
    """The region of runs that fill `size` (height, width)."""
    return {"mask": {"size": list(size), "counts": to_string(runs)}}


def _runs(counts: list[int], pixels: int) -> Runs:
    if any(not 0 <= run <= pixels for run in counts):
        raise BadMask("the mask does not add up: a run is negative or longer than the picture")
    return np.array(counts, np.int64)


def _in_a_row(error: BrokenRleError) -> str:
    text = str(error)
    return f"the mask does not add up: {text[0].lower()}{text[1:].removesuffix('.')}"


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and value.isascii() and "\0" not in value


def _is_size(value: Any) -> TypeGuard[list[int]]:
    return _are_numbers(value) and len(value) == 2


def _are_numbers(value: Any) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(type(one) is int for one in value)
