"""No Django here. From logits to probabilities."""

import numpy as np
from numpy.typing import NDArray


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Of each row (B, C).

    >>> softmax(np.array([[0.0, 0.0], [1000.0, 0.0]])).tolist()
    [[0.5, 0.5], [1.0, 0.0]]
    """
    powers = np.exp(_shifted(logits))
    return np.asarray(powers / powers.sum(1, keepdims=True), np.float64)


def log_softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Of each row (B, C)."""
    shifted = _shifted(logits)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(1, keepdims=True)), np.float64)


def _shifted(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Its highest is 0, so that no power is beyond all numbers."""
    given = logits.astype(np.float64)
    return np.asarray(given - given.max(1, keepdims=True), np.float64)
