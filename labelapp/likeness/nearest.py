"""No Django here. Which of many pictures a network sees most like one.

Exact: every one is compared, a stretch of a file at a time, so that memory stays small. 100,000 pictures of
1,280 numbers are 256 MB of a file that all processes share, and take about 0.4 s of one core.
"""

import numpy as np
from numpy.typing import NDArray

_ROWS = 256  # what of them is in the processor's cache


def nearest(
    features: NDArray[np.floating], one: NDArray[np.floating], count: int
) -> list[tuple[int, float]]:
    """The numbers of up to `count` of (N, D) features with the highest cosine to one (D,), and the cosines.

    All of length 1. The highest first; of equal ones the first.

    >>> nearest(np.array([[0.0, 1.0], [1.0, 0.0], [0.6, 0.8]]), np.array([0.0, 1.0]), 2)
    [(0, 1.0), (2, 0.8)]
    """
    wanted = one.astype(np.float32)
    cosines = np.zeros(len(features), np.float32)
    for at in range(0, len(features), _ROWS):
        cosines[at : at + _ROWS] = features[at : at + _ROWS].astype(np.float32) @ wanted
    first = np.argsort(-cosines, kind="stable")[:count]
    return [(int(number), round(float(cosines[number]), 4)) for number in first]
