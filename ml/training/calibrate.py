"""No Django here. From scores to probabilities: one temperature, fitted on held-out pictures.

Source: C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017. Bins of equal mass; the
debiased squared error is that of A. Kumar et al., arXiv 1909.10155.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.stats import binomtest

from ml.networks.classifiers.chances import log_softmax, softmax

Numbers = NDArray[np.floating]
LEAST_VERDICTS = 100
RANGE = (0.05, 20.0)
PER_BIN, FEWEST_BINS, MOST_BINS = 25, 2, 15


@dataclass(frozen=True)
class Bin:
    """Pictures of like confidence. share: of them named right, with its Wilson 95 % interval."""

    confidence: float
    share: float
    interval: tuple[float, float]
    count: int


@dataclass(frozen=True)
class Calibration:
    """temperature: what logits are divided by. fitted: False with too few verdicts, then it is 1."""

    temperature: float
    verdicts: int
    fitted: bool
    error_before: float
    error_after: float


def fit_temperature(logits: Numbers, targets: NDArray[np.integer]) -> Calibration:
    """The temperature of least negative log-likelihood on held-out pictures.

    Args:
        logits: (N, C), of pictures that were not learned from.
        targets: (N,), their right classes.
    """
    count = len(targets)
    rows = np.arange(count)

    def loss(log_temperature: float) -> float:
        return float(-log_softmax(logits / np.exp(log_temperature))[rows, targets].mean())

    temperature, fitted = 1.0, count >= LEAST_VERDICTS
    if fitted:
        low, high = np.log(RANGE)
        temperature = float(np.exp(minimize_scalar(loss, bounds=(low, high), method="bounded").x))
    errors = [
        calibration_error(*confidences(logits / one, targets)) if count else 0.0
        for one in (1.0, temperature)
    ]
    return Calibration(temperature, count, fitted, errors[0], errors[1])


def confidences(
    logits: Numbers, targets: NDArray[np.integer]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(N,) the confidence of the likeliest class, and whether it is the right one."""
    chances = softmax(logits)
    return chances.max(1), chances.argmax(1) == targets


def bins(scores: Numbers, right: NDArray[np.bool_]) -> list[Bin]:
    """Reliability: equal-mass bins by score, n // 25 of them, from 2 to 15; none without scores."""
    if not len(scores):
        return []
    wanted = int(np.clip(len(scores) // PER_BIN, FEWEST_BINS, MOST_BINS))
    order = np.argsort(scores, kind="stable")
    found = []
    for part in np.array_split(order, wanted):
        if len(part):
            good = int(right[part].sum())
            limits = binomtest(good, len(part)).proportion_ci(0.95, method="wilson")
            interval = (float(limits.low), float(limits.high))
            found.append(Bin(float(scores[part].mean()), good / len(part), interval, len(part)))
    return found


def calibration_error(scores: Numbers, right: NDArray[np.bool_]) -> float:
    """ECE: the mean distance of confidence and share right, weighted by the bins. Biased upward when
    there are few verdicts."""
    return sum(one.count * abs(one.share - one.confidence) for one in bins(scores, right)) / max(
        1, len(scores)
    )


def debiased_squared_error(scores: Numbers, right: NDArray[np.bool_]) -> float:
    """Zero in the mean for a calibrated model; what comes out below it is shown as 0."""
    parts = [
        one.count
        * ((one.share - one.confidence) ** 2 - one.share * (1 - one.share) / max(1, one.count - 1))
        for one in bins(scores, right)
    ]
    return max(0.0, sum(parts) / max(1, len(scores)))
