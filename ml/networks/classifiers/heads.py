"""No Django here. A head: one linear layer on the features of another network, kept as safetensors."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from ml.networks.classifiers.protocol import Classifier, Scores
from ml.networks.weights import WeightsError

FILE = "head.safetensors"


@dataclass(frozen=True)
class Head:
    """weight (C, D), bias (C,) float32: features to logits. strength: of the L2 penalty, as chosen."""

    weight: NDArray[np.float32]
    bias: NDArray[np.float32]
    strength: float = 0.0

    def logits(self, features: NDArray[np.floating]) -> NDArray[np.float32]:
        """(N, C) of features (N, D) of length 1."""
        return np.asarray(features.astype(np.float32) @ self.weight.T + self.bias, np.float32)

    def save(self, path: Path) -> None:
        """Write the numbers; always the same bytes for the same numbers."""
        numbers = {"weight": self.weight, "bias": self.bias}
        save_file({name: np.ascontiguousarray(one) for name, one in numbers.items()}, path)


def load_head(path: Path) -> Head:
    """Raises WeightsError when the file holds something else."""
    try:
        found = load_file(path)
        head = Head(found["weight"], found["bias"])
    except (SafetensorError, KeyError) as error:
        raise WeightsError(f"{path.name} holds no head: {error}") from error
    if head.weight.ndim != 2 or head.bias.shape != head.weight.shape[:1]:
        raise WeightsError(f"{path.name} holds a head whose parts do not fit together.")
    return head


class HeadedClassifier:
    """See `protocol.Classifier`: another network's features, and what a head makes of them.

    The head sees them as float16, as they are kept, so that a picture gets the same answer whether its
    features were kept or are computed now.
    """

    def __init__(self, base: Classifier, head: Head) -> None:
        self.base = base
        self.head = head
        self.batch = base.batch

    def run(self, planes: NDArray[np.float32]) -> Scores:
        features = self.base.run(planes).features
        if features is None:
            raise WeightsError("The network below this head tells no features.")
        return Scores(self.head.logits(units(features)), features)


def units(features: NDArray[np.floating]) -> NDArray[np.float16]:
    """The directions of (N, D), as they are kept; what is infinite has none."""
    lengths = np.linalg.norm(features.astype(np.float32), axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        return np.asarray(features / np.where(lengths > 0, lengths, 1), np.float16)
