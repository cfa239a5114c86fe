"""No Django here: how far reviewers agree, as observed and beyond chance.

All but Cohen's kappa take `counts`, an (items, values) array of non-negative
integers: how many reviewers gave item i the value v. That allows any number of
reviewers, and missing verdicts. A coefficient without meaning is None with the
reason, never 1: where all verdicts are alike nothing tells skill from habit.

With rare errors kappa and alpha come out near zero although reviewers agree on
94 of 100 items, so always show the raw agreement beside them, also the one on
the bad items alone.

Sources: J. Cohen, Educational and Psychological Measurement 20 (1960);
K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), nominal;
K. L. Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008);
specific agreement: J. L. Fleiss, "Measuring agreement between two judges on the
presence or absence of a trait", Biometrics 31 (1975).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.integer]
FloatArray = NDArray[np.float64]


class Undefined(StrEnum):
    """Why a coefficient has no value."""

    NO_PAIRS = "no_pairs"
    ALL_ALIKE = "all_alike"
    NEVER_GIVEN = "never_given"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A coefficient, at most 1, or None with the reason why it is undefined."""

    value: float | None
    reason: Undefined | None = None


def raw_agreement(counts: IntArray) -> Agreement:
    """Return the share of agreeing pairs of reviewers, averaged over the items.

    Items with fewer than two verdicts say nothing about agreement and are left out.
    """
    pairable = _pairable(counts)
    if not len(pairable):
        return Agreement(None, Undefined.NO_PAIRS)
    return Agreement(float(_agreeing(pairable).mean()))


def agreement_on(counts: IntArray, value: int) -> Agreement:
    """Return the specific agreement on column `value`, such as on the bad ones alone.

    Of all pairs that begin with a verdict of this value: the share whose other
    verdict is the same. It stays low where reviewers agree only because nearly
    everything is right.
    """
    pairable = _pairable(counts)
    if not len(pairable):
        return Agreement(None, Undefined.NO_PAIRS)
    given = pairable[:, value]
    pairs = float((given * (pairable.sum(axis=1) - 1)).sum())
    if not pairs:
        return Agreement(None, Undefined.NEVER_GIVEN)
    return Agreement(float((given * (given - 1)).sum()) / pairs)


def krippendorff_alpha(counts: IntArray) -> Agreement:
    """Return Krippendorff's alpha for nominal values; verdicts may be missing."""
    pairable = _pairable(counts)
    if not len(pairable):
        return Agreement(None, Undefined.NO_PAIRS)
    judged = pairable.sum(axis=1)
    by_value = pairable.sum(axis=0)
    total = by_value.sum()
    expected = 1 - float((by_value * (by_value - 1)).sum()) / float(total * (total - 1))
    if not _varied(by_value):
        return Agreement(None, Undefined.ALL_ALIKE)
    observed = 1 - float((_agreeing(pairable) * judged).sum()) / float(total)
    return Agreement(1 - observed / expected)


def gwet_ac1(counts: IntArray) -> Agreement:
    """Return Gwet's AC1; the columns of `counts` are all values that could be given."""
    pairable = _pairable(counts)
    if not len(pairable):
        return Agreement(None, Undefined.NO_PAIRS)
    judged = counts[counts.sum(axis=1) > 0]
    if not _varied(judged.sum(axis=0)):
        return Agreement(None, Undefined.ALL_ALIKE)
    share = (judged / judged.sum(axis=1, keepdims=True)).mean(axis=0)
    chance = float((share * (1 - share)).sum()) / (counts.shape[1] - 1)
    return Agreement((float(_agreeing(pairable).mean()) - chance) / (1 - chance))


def cohen_kappa(together: IntArray) -> Agreement:
    """Return Cohen's kappa of two reviewers.

    `together` is a square array: entry (v, w) counts the items that the first
    reviewer gave value v and the second value w. Undefined when both gave one
    and the same value throughout.
    """
    total = int(together.sum())
    if not total:
        return Agreement(None, Undefined.NO_PAIRS)
    first, second = together.sum(axis=1), together.sum(axis=0)
    if not _varied(first + second):
        return Agreement(None, Undefined.ALL_ALIKE)
    chance = float(first @ second) / total**2
    return Agreement((float(np.trace(together)) / total - chance) / (1 - chance))


def _pairable(counts: IntArray) -> NDArray[np.int64]:
    """Return the rows with at least two verdicts."""
    if counts.ndim != 2 or (counts < 0).any():
        raise ValueError(f"need an (items, values) array of counts, not shape {counts.shape}")
    return np.asarray(counts[counts.sum(axis=1) >= 2], dtype=np.int64)


def _agreeing(pairable: NDArray[np.int64]) -> FloatArray:
    """Return for each row the share of its pairs of verdicts that agree."""
    judged = pairable.sum(axis=1)
    same = (pairable * (pairable - 1)).sum(axis=1)
    return np.asarray(same / (judged * (judged - 1)), dtype=np.float64)


def _varied(by_value: IntArray) -> bool:
    """Say whether more than one value was given at all."""
    return int((by_value > 0).sum()) > 1
