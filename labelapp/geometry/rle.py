"""COCO run-length codes of masks, compressed form, with numpy alone.

Runs go down the columns, first the length of the background (maybe 0), then object, background,
and so on. The string holds each run as a difference to the run two before it (from the fourth on),
cut into groups of five bits, lowest first; 32 marks "more follows", 48 is added to be printable.
"""

from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Runs = NDArray[np.int64]

STRIPE = 256  # columns
LONGEST_NUMBER = 12  # groups of five bits: more than any picture needs, less than 64 bits


class Rle(TypedDict):
    """A mask as COCO writes it: `size` is [height, width]."""

    size: list[int]
    counts: str


class BrokenRleError(ValueError):
    """A run-length code that describes no mask of its size. The message says what is wrong."""


def encode(mask: Mask) -> Rle:
    """The code of `mask`: (H, W) bool, both at least 1."""
    height, width = mask.shape
    return {"size": [height, width], "counts": to_string(to_runs(mask))}


def decode(rle: Rle) -> Mask:
    """The (H, W) bool mask of `rle`; raises `BrokenRleError`."""
    height, width = checked_size(rle)
    runs = checked_runs(rle)
    flat = np.repeat(np.arange(runs.size) % 2 == 1, runs).reshape(width, height)
    mask = np.empty((height, width), dtype=np.bool_)
    for left in range(
        0, width, STRIPE
    ):  # turned stripe by stripe, which the processor's cache holds
        mask[:, left : left + STRIPE] = flat[left : left + STRIPE].T
    return mask


def checked_runs(rle: Rle) -> Runs:
    """The runs of `rle`, which fill its size exactly; raises `BrokenRleError`."""
    height, width = checked_size(rle)
    runs = from_string(rle["counts"])
    if runs.size and (runs.min() < 0 or runs.max() > height * width):
        raise BrokenRleError("A run is negative or longer than the picture.")
    if int(runs.sum()) != height * width:
        raise BrokenRleError(
            f"The runs hold {int(runs.sum())} pixels, the picture {height * width}."
        )
    return runs


def area(rle: Rle) -> int:
    """How many pixels the mask has, without building it."""
    return int(from_string(rle["counts"])[1::2].sum())


def bounds(rle: Rle) -> tuple[int, int, int, int]:
    """x, y, width and height of the mask's box, without building it; all 0 for an empty mask.

    Raises:
        BrokenRleError
    """
    height = rle["size"][0]
    runs = checked_runs(rle)
    ends = np.cumsum(runs)
    inside = np.flatnonzero(runs[1::2])
    starts, ends = ends[0::2][: runs[1::2].size][inside], ends[1::2][inside]
    if starts.size == 0:
        return 0, 0, 0, 0
    left, right = int(starts[0]) // height, (int(ends[-1]) - 1) // height
    top, bottom = int((starts % height).min()), int(((ends - 1) % height).max())
    if (starts // height != (ends - 1) // height).any():  # goes on at the top of the next column
        top, bottom = 0, height - 1
    return left, top, right - left + 1, bottom - top + 1


def checked_size(rle: Rle) -> tuple[int, int]:
    """Height and width, both at least 1; raises `BrokenRleError`."""
    size = rle["size"]
    if len(size) != 2 or min(size) < 1:
        raise BrokenRleError(f"The size {size!r} is not [height, width].")
    return size[0], size[1]


def to_runs(mask: Mask) -> Runs:
    """Lengths of the runs of `mask`, down the columns, the first one background.

    Only the box of the mask is walked through, so a small object on a large picture costs little.
    """
    height, width = mask.shape
    rows = np.flatnonzero(mask.any(1))
    if rows.size == 0:
        return np.array([height * width])
    columns = np.flatnonzero(mask[rows[0] : rows[-1] + 1].any(0))
    top, left = int(rows[0]), int(columns[0])
    inner = np.pad(mask[top : rows[-1] + 1, left : columns[-1] + 1], ((1, 1), (0, 0)))
    # In one row first: of a plane NumPy finds them ten times slower.
    row, column = np.divmod(np.flatnonzero(inner[1:] != inner[:-1]), inner.shape[1])
    # Positions of edges in the whole picture, counted down the columns; each column ends outside.
    places = np.sort((column + left) * height + row + top)
    starts, ends = places[::2], places[1::2]
    apart = starts[1:] != ends[:-1]  # a run may go on from the foot of one column to the next
    starts, ends = starts[np.append(True, apart)], ends[np.append(apart, True)]
    edges = np.stack([starts, ends], axis=1).reshape(-1)
    runs = np.diff(np.concatenate([[0], edges, [height * width]]))
    return runs[:-1] if runs[-1] == 0 else runs


def to_string(runs: Runs) -> str:
    """The compressed string of `runs`."""
    differences = runs.astype(np.int64)
    differences[3:] -= runs[1:-2]
    groups, alive = [], np.ones(runs.size, dtype=bool)
    rest = differences
    columns = []
    while alive.any():
        low, rest = rest & 31, rest >> 5
        more = np.where(low & 16, rest != -1, rest != 0)
        groups.append(np.where(alive, low + 32 * more + 48, 0))
        columns.append(alive)
        alive = alive & more
    if not groups:
        return ""
    letters = np.stack(groups, axis=1)
    text: bytes = letters[np.stack(columns, axis=1)].astype(np.uint8).tobytes()
    return text.decode("ascii")


def from_string(text: str) -> Runs:
    """The runs that `text` stands for; raises `BrokenRleError` for letters that make no number."""
    try:
        codes = np.frombuffer(text.encode("ascii"), np.uint8).astype(np.int64) - 48
    except UnicodeEncodeError as error:
        raise BrokenRleError("The code holds letters outside ASCII.") from error
    if codes.size == 0:
        return np.zeros(0, np.int64)
    if codes.min() < 0 or codes.max() > 63 or codes[-1] & 32:
        raise BrokenRleError("The code holds a foreign letter or breaks off in a number.")
    last = (codes & 32) == 0
    starts = np.concatenate([[0], np.flatnonzero(last)[:-1] + 1])
    lengths = np.diff(np.concatenate([starts, [codes.size]]))
    if lengths.max() > LONGEST_NUMBER:
        raise BrokenRleError("The code holds a number that no picture needs.")
    place = np.arange(codes.size) - np.repeat(starts, lengths)
    values = np.add.reduceat((codes & 31) << (5 * place), starts)
    negative = (codes[last] & 16) != 0
    values -= np.where(negative, np.int64(1) << (5 * lengths), 0)
    values[1::2] = np.cumsum(values[1::2])
    values[2::2] = np.cumsum(values[2::2])
    return values
