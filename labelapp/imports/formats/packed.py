"""Masks as FiftyOne keeps them: a NumPy array of what is in the box, packed and written as text."""

import base64
import io
import tokenize
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from labelapp.geometry.rle import Mask

_HEADER = 10_000  # bytes; NumPy's own reader takes no longer one
_WIDEST = 8  # bytes of an element


class BadArrayError(ValueError):
    """Why an array cannot be taken for a mask."""


def mask_of(given: Any) -> Mask:
    """The (h, w) mask of a value: base64 of a zlib stream of an .npy file, bare or as MongoDB wraps it.

    Raises:
        BadArrayError
    """
    wrapped = given.get("$binary") if isinstance(given, dict) else given
    text = wrapped.get("base64") if isinstance(wrapped, dict) else wrapped
    if not isinstance(text, str):
        raise BadArrayError("the mask is not a packed array")
    most = settings.MAX_PICTURE_PIXELS * _WIDEST + _HEADER
    try:
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(base64.b64decode(text, validate=True), most)
        if unpacking.unconsumed_tail:
            raise BadArrayError("the mask has more pixels than any picture")
        mask: Mask = _array(data) != 0
    except (zlib.error, tokenize.TokenError, ValueError, EOFError) as error:
        if isinstance(error, BadArrayError):
            raise
        raise BadArrayError("the mask cannot be unpacked") from error
    return mask


def _array(data: bytes) -> NDArray[Any]:
    """The array of an .npy file, whose size is checked before anything of it is reserved."""
    file = io.BytesIO(data)
    version = np.lib.format.read_magic(file)
    if version == (1, 0):
        shape, is_fortran, kind = np.lib.format.read_array_header_1_0(file)
    else:
        shape, is_fortran, kind = np.lib.format.read_array_header_2_0(file)
    if len(shape) != 2 or 0 in shape or kind.kind not in "biuf":
        raise BadArrayError("the mask is not an array of rows and columns of numbers")
    found = np.frombuffer(data, np.uint8, offset=file.tell())
    if found.size != shape[0] * shape[1] * kind.itemsize:
        raise BadArrayError(f"the mask does not hold its {shape[0]} x {shape[1]} pixels")
    return found.view(kind).reshape(shape, order="F" if is_fortran else "C")


def pasted(part: Mask, box: Sequence[float], size: tuple[int, int]) -> Mask:
    """The (H, W) mask that has `part` in a box: x, y, width and height in pixels.

    The box is rounded to whole pixels; a part of another size is stretched to them, the nearest pixel
    of it taken for each.
    """
    mask = np.zeros(size, dtype=np.bool_)
    height, width = size
    x, y, wide, tall = box
    left, top, right, bottom = (round(one) for one in (x, y, x + wide, y + tall))
    rows = np.arange(max(top, 0), min(bottom, height))
    columns = np.arange(max(left, 0), min(right, width))
    if rows.size and columns.size:
        from_row = (rows - top) * part.shape[0] // (bottom - top)
        from_column = (columns - left) * part.shape[1] // (right - left)
        mask[np.ix_(rows, columns)] = part[np.ix_(from_row, from_column)]
    return mask
