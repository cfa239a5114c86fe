"""No Django here. What every classifier can do, whatever it is made of."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Scores:
    """logits: (B, C) float32, before softmax. features: (B, D) float32, what they were made from;
    None where the network does not tell."""

    logits: NDArray[np.float32]
    features: NDArray[np.float32] | None


class Classifier(Protocol):
    """Pictures to scores. Not for several threads at once."""

    batch: int  # pictures of one run, where it is fastest

    def run(self, planes: NDArray[np.float32]) -> Scores:
        """The scores of (B, 3, S, S) float32, normalised; B is at most `batch`.

        Raises:
            MemoryError: it does not suffice for so many.
            WeightsError: the network stops.
        """
