"""No Django here. Difference hashes: 64 bits that nearly the same pictures nearly share.

Sources: N. Krawetz, "Kind of Like That" (2013), for the hash. For finding close ones among many: G. Manku,
A. Jain, A. Das Sarma, "Detecting Near-Duplicates for Web Crawling" (2007): of bits cut into parts, few that
differ leave some parts as they are, so whoever shares none of these parts need not be compared.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

BITS = 4  # so many of the 64 may differ in nearly the same pictures
Hashes = NDArray[np.int64]

_ALL = 2**64 - 1
# (first bit, bits) of six parts: four bits that differ leave at least two of the six as they are.
_PARTS = ((0, 11), (11, 11), (22, 11), (33, 11), (44, 10), (54, 10))


def difference_hash(picture: Pillow.Image) -> int:
    """In each of 8 rows, whether a patch is brighter than the one to its right: 64 bits, as the signed
    number that the same bits are in a database."""
    small = picture.convert("L").resize((9, 8), Pillow.Resampling.BOX)
    grey = np.asarray(small, np.int16)
    bits = np.packbits(grey[:, :-1] > grey[:, 1:]).tobytes()
    return int.from_bytes(bits, "big", signed=True)


def distance(one: int, other: int) -> int:
    """How many of the 64 bits differ.

    >>> distance(-1, 7)
    61
    """
    return ((one ^ other) & _ALL).bit_count()


def close_pairs(hashes: Hashes) -> NDArray[np.intp]:
    """(P, 2) numbers a < b of all pairs of (N,) hashes that differ in at most 4 bits, in order.

    Compared are those that share two of six parts of their bits: of hashes at random about one pair in
    140,000. Hashes that occur often had better be given once (`np.unique`).

    >>> close_pairs(np.array([0, 255, 7]))
    array([[0, 2]])
    """
    bits = hashes.view(np.uint64)
    count = np.intp(max(1, len(bits)))
    found = [np.zeros(0, np.intp)]
    for a, b in _candidates(bits):
        near = np.bitwise_count(bits[a] ^ bits[b]) <= BITS
        low, high = np.minimum(a, b)[near], np.maximum(a, b)[near]
        found.append(low * count + high)
    codes = np.unique(np.concatenate(found))
    return np.stack([codes // count, codes % count], axis=1)


def _candidates(bits: NDArray[np.uint64]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Numbers of those that share two parts, some at a time."""
    parts = [(bits >> np.uint64(at)) & np.uint64(2**wide - 1) for at, wide in _PARTS]
    for one, other in combinations(parts, 2):
        keys = ((one << np.uint64(11)) | other).astype(np.uint32)
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        places, step = np.arange(len(keys)), 0
        while len(places):  # who shares a key with the one so many places on
            step += 1
            places = places[places + step < len(keys)]
            places = places[keys[places] == keys[places + step]]
            yield order[places], order[places + step]
