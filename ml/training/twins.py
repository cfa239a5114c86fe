"""No Django here. Pictures that are nearly the same: by what a network sees in them and by how they look.

Two are twins when their content is the same, or when the cosine of their features is at least 0.97 and
their difference hashes differ in at most 4 of 64 bits. Twins of twins belong to one group.
Source of the hash: N. Krawetz, "Kind of Like That" (2013).
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

COSINE = 0.97
BITS = 4
_ROWS = 512
_ONES = np.array([byte.bit_count() for byte in range(256)], np.uint8)


def difference_hash(pixels: NDArray[np.uint8]) -> int:
    """64 bits of (H, W, 3): in each of 8 rows, whether a patch is brighter than the one to its right."""
    small = Pillow.fromarray(pixels).convert("L").resize((9, 8), Pillow.Resampling.BOX)
    grey = np.asarray(small, np.int16)
    return int.from_bytes(np.packbits(grey[:, :-1] > grey[:, 1:]).tobytes(), "big")


def groups_of(
    contents: Sequence[str],
    features: NDArray[np.floating],
    hash_of: Callable[[int], int | None],
) -> list[str]:
    """For each picture the name of its group: the least of its contents' hashes.

    Args:
        contents: (N,) hashes of the pictures' files.
        features: (N, D) of length 1.
        hash_of: the difference hash of a picture by its number; None where it cannot be read. Asked
            only for pictures that have another much like them.
    """
    roots = np.unique(np.asarray(contents), return_inverse=True)[1].reshape(-1)
    known: dict[int, NDArray[np.uint8] | None] = {}

    def bits(number: int) -> NDArray[np.uint8] | None:
        if number not in known:
            found = hash_of(number)
            told = None if found is None else found.to_bytes(8, "big")
            known[number] = None if told is None else np.frombuffer(told, np.uint8)
        return known[number]

    numbers = features.astype(np.float32)
    for first in range(0, len(numbers), _ROWS):
        alike = numbers[first : first + _ROWS] @ numbers.T >= COSINE
        for row, close in enumerate(alike, start=first):
            _join(roots, row, np.flatnonzero(close[row + 1 :]) + row + 1, bits)
    return _named(roots, contents)


def _join(
    roots: NDArray[np.integer],
    row: int,
    near: NDArray[np.integer],
    bits: Callable[[int], NDArray[np.uint8] | None],
) -> None:
    """Put those of `near` into the group of `row` that also look like it."""
    near = near[roots[near] != roots[row]]
    if not len(near) or (mine := bits(row)) is None:
        return
    for other in near.tolist():
        theirs = None if roots[other] == roots[row] else bits(other)
        if theirs is not None and int(_ONES[mine ^ theirs].sum()) <= BITS:
            roots[roots == roots[other]] = roots[row]


def _named(roots: NDArray[np.integer], contents: Sequence[str]) -> list[str]:
    names: dict[int, str] = {}
    for root, content in zip(roots.tolist(), contents, strict=True):
        names[root] = min(content, names.get(root, content))
    return [names[root] for root in roots.tolist()]
