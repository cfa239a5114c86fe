"""No Django here. An order of a few pictures in which alike ones stand together and the odd ones last.

The eye finds the odd one out fastest when its neighbours are alike (METHODS of this project: a short open
path). Sources: greedy nearest neighbour and 2-opt, G. Croes, "A Method for Solving Traveling-Salesman
Problems" (1958); odd ones by the modified z-score above 3.5, B. Iglewicz and D. Hoaglin, "How to Detect and
Handle Outliers" (1993).
"""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
ODD = 3.5  # modified z-score of the mean distance to all others
_LEAST_SPREAD = 0.005  # among pictures that are all the same, a trifle makes none odd
_ENOUGH = 1e-9


def alike_together(features: NDArray[np.floating]) -> list[int]:
    """The numbers of (N, D) features of length 1, in the order in which to show them.

    First a short path through those that belong together, then the odd ones, the oddest last. The same
    features give the same order.

    >>> alike_together(np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]]))
    [1, 2, 0]
    """
    numbers = features.astype(np.float64)
    apart = 1.0 - numbers @ numbers.T
    np.fill_diagonal(apart, 0.0)
    far = apart.sum(axis=1) / max(1, len(apart) - 1)
    odd = _is_odd(far)
    usual = np.flatnonzero(~odd)
    path = short_path(apart[np.ix_(usual, usual)])
    last = np.flatnonzero(odd)
    return [*usual[path].tolist(), *last[np.argsort(far[last], kind="stable")].tolist()]


def _is_odd(far: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the mean distances are unlike most: never more than half of them."""
    if len(far) < 4:
        return np.zeros(len(far), bool)
    middle = np.median(far)
    spread = max(float(np.median(np.abs(far - middle))), _LEAST_SPREAD)
    return np.asarray(0.6745 * (far - middle) / spread > ODD)


def short_path(apart: Matrix) -> list[int]:
    """An open path through all of (N, N) distances: greedy from the medoid, then 2-opt to its end."""
    if not len(apart):
        return []
    path: list[int] = _untangled(_greedy(apart), apart).tolist()
    return path


def _greedy(apart: Matrix) -> NDArray[np.intp]:
    left = apart.copy()
    at = int(apart.sum(axis=1).argmin())
    path = [at]
    for _ in range(len(apart) - 1):
        left[:, at] = np.inf
        at = int(left[at].argmin())
        path.append(at)
    return np.array(path, np.intp)


def _untangled(path: NDArray[np.intp], apart: Matrix) -> NDArray[np.intp]:
    """2-opt: turn the stretch round whose turning shortens the path most, as long as one does.

    A frame of zeros round the distances stands for the open ends, which cost nothing to move.
    """
    count = len(path)
    framed = np.zeros((count + 2, count + 2))
    while True:
        framed[1:-1, 1:-1] = apart[np.ix_(path, path)]
        steps = np.diagonal(framed, 1)
        # Turning places i..j (from 1) joins i-1 with j and i with j+1 instead of the steps there.
        gain = steps[:-1, None] + steps[None, 1:] - framed[:-2, 1:-1] - framed[1:-1, 2:]
        gain = np.triu(gain, 1)
        first, last = divmod(int(gain.argmax()), count)
        if gain[first, last] <= _ENOUGH:
            return path
        path[first : last + 1] = path[first : last + 1][::-1].copy()
