"""No Django here. A head on an encoder's features: multinomial logistic regression, in seconds on a CPU.

The strength of its L2 penalty is chosen by cross-validation in which twins stay together, by the
likelihood of what was left out. Features are scaled to length 1, as they are kept. A disconfirmed picture
says only what it is not: a softmax head leaves it out, never counts it as another class.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from ml.networks.classifiers.chances import log_softmax
from ml.networks.classifiers.heads import Head
from ml.training.calibrate import Numbers
from ml.training.split import LEAST_PER_CLASS

STRENGTHS = tuple(10.0**power for power in range(2, -5, -1))  # from stiff to loose
UNTRIED = 1.0  # where no picture could be left out
FOLDS = 5
FITS = FOLDS * len(STRENGTHS) + 1
MOST_TO_CHOOSE = 4_000  # pictures that the strength is chosen on
_STEPS = 300


Report = Callable[[int, int], None]
"""Hears how many of how many fits are done."""


def unheard(done: int, total: int) -> None:
    """Nobody listens."""


class TooFewClassesError(ValueError):
    """There is nothing to tell apart."""


class TooFewExamplesError(ValueError):
    """A class has fewer pictures than are needed to learn it. `short`: how many each of those has."""

    def __init__(self, short: dict[str, int]) -> None:
        self.short = short
        named = ", ".join(f"{name} ({count})" for name, count in sorted(short.items()))
        super().__init__(
            f"At least {LEAST_PER_CLASS} pictures of a class are needed; too few: {named}."
        )


@dataclass(frozen=True)
class Lesson:
    """What is learned from. features: (N, D) of length 1; targets: (N,) class numbers; groups: (N,)
    numbers, the same for twins. balanced: rare classes weigh more, at the cost of calibration."""

    features: Numbers
    targets: NDArray[np.integer]
    groups: NDArray[np.integer]
    classes: Sequence[str]
    balanced: bool = False


def fit_head(lesson: Lesson, *, seed: int = 0, report: Report = unheard) -> Head:
    """Learn a head; `report` hears how many of the fits are done.

    Raises:
        TooFewClassesError, TooFewExamplesError
    """
    check(lesson)
    strengths = STRENGTHS
    losses = _losses(lesson, seed, lambda done: report(done, FITS))
    strength = strengths[int(np.argmin(losses))] if losses.any() else UNTRIED
    model = _fitted(lesson, np.arange(len(lesson.targets)), _model(lesson, strength))
    report(FITS, FITS)
    return _head(model, strength)


def check(lesson: Lesson) -> None:
    """Raises TooFewClassesError or TooFewExamplesError."""
    if len(lesson.classes) < 2:
        raise TooFewClassesError("There is one class only; at least two are needed.")
    counts = np.bincount(lesson.targets, minlength=len(lesson.classes))
    short = {
        name: int(count)
        for name, count in zip(lesson.classes, counts, strict=True)
        if count < LEAST_PER_CLASS
    }
    if short:
        raise TooFewExamplesError(short)


def _losses(lesson: Lesson, seed: int, report: Callable[[int], None]) -> NDArray[np.float64]:
    """For each strength the negative log-likelihood of what was left out."""
    chosen = _sample(len(lesson.targets), seed)
    losses = np.zeros(len(STRENGTHS))
    for fold, (learned, left) in enumerate(_folds(lesson, chosen, seed)):
        if len(np.unique(lesson.targets[chosen[learned]])) < 2:
            continue  # all twins of all classes but one were left out
        model = _model(lesson, STRENGTHS[0])
        for place, strength in enumerate(STRENGTHS):  # each begins where the one before ended
            model.set_params(C=1 / strength)
            head = _head(_fitted(lesson, chosen[learned], model), strength)
            losses[place] += _loss(head, model, lesson, chosen[left])
            report(fold * len(STRENGTHS) + place + 1)
    return losses


def _folds(
    lesson: Lesson, chosen: NDArray[np.integer], seed: int
) -> list[tuple[NDArray[np.integer], NDArray[np.integer]]]:
    """What is learned from and what is left out, five times, or as often as the largest class allows."""
    targets = lesson.targets[chosen]
    count = min(FOLDS, int(np.bincount(targets).max()), len(np.unique(lesson.groups[chosen])))
    if count < 2:
        return []
    folds = StratifiedGroupKFold(count, shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        # A class may have fewer pictures than there are folds: some leave none of it out.
        warnings.simplefilter("ignore", UserWarning)
        return list(folds.split(chosen, targets, lesson.groups[chosen]))


def _sample(count: int, seed: int) -> NDArray[np.integer]:
    if count <= MOST_TO_CHOOSE:
        return np.arange(count)
    drawn = np.random.default_rng(seed).choice(count, MOST_TO_CHOOSE, replace=False)
    return np.sort(drawn)


def _model(lesson: Lesson, strength: float) -> LogisticRegression:
    weights = "balanced" if lesson.balanced else None
    return LogisticRegression(
        C=1 / strength, max_iter=_STEPS, warm_start=True, class_weight=weights, tol=1e-4
    )


def _fitted(
    lesson: Lesson, rows: NDArray[np.integer], model: LogisticRegression
) -> LogisticRegression:
    # One thread: those of a BLAS wait for each other by spinning, which beside other work on the same
    # cores took thirty times as long (measured).
    with threadpool_limits(1), warnings.catch_warnings():
        # A loose penalty may need more steps; whether it is the best is seen on what was left out.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(lesson.features[rows].astype(np.float32), lesson.targets[rows])


def _head(model: LogisticRegression, strength: float) -> Head:
    weight, bias = model.coef_, model.intercept_
    if len(weight) == 1:  # of two classes one is told; the other is its opposite
        weight, bias = np.concatenate([-weight, weight]) / 2, np.concatenate([-bias, bias]) / 2
    return Head(weight.astype(np.float32), bias.astype(np.float32), strength)


def _loss(
    head: Head, model: LogisticRegression, lesson: Lesson, rows: NDArray[np.integer]
) -> float:
    """A class that a fold did not see counts as wholly unlikely."""
    logits = np.full((len(rows), len(lesson.classes)), -50.0)
    logits[:, model.classes_] = head.logits(lesson.features[rows])
    return float(-log_softmax(logits)[np.arange(len(rows)), lesson.targets[rows]].sum())
