"""No Django here. Which of many pictures to look at next, from what a network sees in them.

Sources: T. Gonzalez, "Clustering to Minimize the Maximum Intercluster Distance" (1985), the greedy
k-centre that O. Sener and S. Savarese (ICLR 2018) choose pictures with; the share of near neighbours with
another class is that of D. Wilson (1972), weighted by similarity. For finding, never for certifying.
"""

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.floating]
NEIGHBOURS = 20
_ROWS = 512


def spread(features: Vectors, count: int) -> list[int]:
    """The numbers of up to `count` of (N, D) features of length 1, each the farthest from all before it.

    The first is the one nearest to the middle of all.

    >>> spread(np.array([[1.0, 0.0], [0.9, 0.43], [0.0, 1.0]]), 2)
    [1, 0]
    """
    if not len(features):
        return []
    numbers = features.astype(np.float32)
    chosen = [int(np.argmax(numbers @ numbers.mean(0)))]
    nearest = numbers @ numbers[chosen[0]]
    while len(chosen) < min(count, len(numbers)):
        nearest[chosen[-1]] = np.inf  # itself is never the farthest again
        chosen.append(int(np.argmin(nearest)))
        nearest = np.maximum(nearest, numbers @ numbers[chosen[-1]])
    return chosen


def suspicion(
    features: Vectors, classes: NDArray[np.integer], of: NDArray[np.integer]
) -> NDArray[np.float64]:
    """For some of the labelled pictures the share of their 20 nearest with another class, by similarity.

    Args:
        features: (N, D) of length 1; classes: (N,); of: (M,) numbers of those asked about.
    """
    numbers = features.astype(np.float32)
    found = np.zeros(len(of))
    count = min(NEIGHBOURS, len(numbers) - 1)
    if count < 1 or not len(of):
        return found
    for first in range(0, len(of), _ROWS):
        rows = of[first : first + _ROWS]
        alike = numbers[rows] @ numbers.T
        alike[np.arange(len(rows)), rows] = -np.inf
        near = np.argpartition(-alike, count - 1, axis=1)[:, :count]
        weights = np.clip(np.take_along_axis(alike, near, axis=1), 0, None).astype(float)
        other = classes[near] != classes[rows][:, None]
        total = weights.sum(1)
        shares = (weights * other).sum(1) / np.where(total > 0, total, 1)
        found[first : first + len(rows)] = shares
    return found
