"""No Django here. How good a classifier is on held-out pictures, and whether it is better than another.

Sources: Q. McNemar, Psychometrika 12 (1947), in its exact form; E. B. Wilson, JASA 22 (1927);
R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based on
paired data", Statistics in Medicine 17 (1998), method 10.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

Interval = tuple[float, float]
Classes = NDArray[np.integer]
ALPHA = 0.05
DRAWS = 2_000


@dataclass(frozen=True)
class Share:
    """good of total, with Wilson's 95 % interval; None without any."""

    good: int
    total: int

    @property
    def value(self) -> float | None:
        return self.good / self.total if self.total else None

    @property
    def interval(self) -> Interval | None:
        if not self.total:
            return None
        limits = binomtest(self.good, self.total).proportion_ci(0.95, method="wilson")
        return float(limits.low), float(limits.high)


@dataclass(frozen=True)
class ClassScore:
    """precision: of the pictures that were given this name, those that deserve it; recall: of the
    pictures that deserve it, those that got it."""

    name: str
    precision: Share
    recall: Share


@dataclass(frozen=True)
class Report:
    """confusion: (C, C) pictures by right class (row) and given class (column)."""

    accuracy: Share
    macro_recall: float | None
    classes: tuple[ClassScore, ...]
    confusion: NDArray[np.int64]


def judged(targets: Classes, given: Classes, names: Sequence[str]) -> Report:
    """A classifier's answers beside the truth, both (N,) class numbers."""
    count = len(names)
    confusion = np.zeros((count, count), np.int64)
    np.add.at(confusion, (targets, given), 1)
    right = confusion.diagonal()
    scores = tuple(
        ClassScore(
            name,
            precision=Share(int(right[place]), int(confusion[:, place].sum())),
            recall=Share(int(right[place]), int(confusion[place].sum())),
        )
        for place, name in enumerate(names)
    )
    recalls = [one.recall.value for one in scores if one.recall.value is not None]
    macro = float(np.mean(recalls)) if recalls else None
    return Report(Share(int(right.sum()), len(targets)), macro, scores, confusion)


@dataclass(frozen=True)
class Difference:
    """Two versions on the same pictures.

    only_new, only_old: pictures that one of them alone names right. p: of McNemar's exact test.
    gain: accuracy of the new one less that of the old, with its paired bootstrap 95 % interval.
    """

    pictures: int
    only_new: int
    only_old: int
    p: float
    gain: float
    interval: Interval

    @property
    def verdict(self) -> str:
        """`better`, `worse`, or `no_evidence` of a difference."""
        if self.p >= ALPHA:
            return "no_evidence"
        return "better" if self.only_new > self.only_old else "worse"


def compared(
    old_right: NDArray[np.bool_], new_right: NDArray[np.bool_], seed: int = 0
) -> Difference:
    """Whether each picture (N,) is named right by the old and by the new version.

    Raises:
        ValueError: not the same pictures, or none.
    """
    if old_right.shape != new_right.shape or not old_right.size:
        raise ValueError("two versions are compared on the same pictures, at least one")
    only_new, only_old = int((new_right & ~old_right).sum()), int((old_right & ~new_right).sum())
    differ = only_new + only_old
    p = float(binomtest(only_new, differ, 0.5).pvalue) if differ else 1.0
    gains = new_right.astype(np.int8) - old_right.astype(np.int8)
    return Difference(
        len(gains), only_new, only_old, p, float(gains.mean()), bootstrap(gains, seed)
    )


def bootstrap(gains: NDArray[np.integer], seed: int = 0) -> Interval:
    """The 95 % percentile interval of the mean of (N,) gains, each -1, 0 or 1.

    Of N that are drawn with replacement only counts how many are of each kind: one multinomial draw.
    """
    count = len(gains)
    shares = [float((gains == one).mean()) for one in (-1, 1)]
    drawn = np.random.default_rng(seed).multinomial(
        count, [*shares, max(0.0, 1 - sum(shares))], DRAWS
    )
    low, high = np.quantile((drawn[:, 1] - drawn[:, 0]) / count, (0.025, 0.975))
    return float(low), float(high)


@dataclass(frozen=True)
class Paired:
    """The same pictures before two versions: how many both name right, only one of them, neither."""

    both: int
    only_new: int
    only_old: int
    neither: int

    @property
    def pictures(self) -> int:
        return self.both + self.only_new + self.only_old + self.neither

    @property
    def before(self) -> Share:
        return Share(self.both + self.only_old, self.pictures)

    @property
    def now(self) -> Share:
        return Share(self.both + self.only_new, self.pictures)

    @property
    def gain(self) -> float | None:
        """The share of the new version less that of the old; None without pictures."""
        return (self.only_new - self.only_old) / self.pictures if self.pictures else None

    @property
    def interval(self) -> Interval | None:
        """The gain's 95 % interval, from Wilson's two and what they have in common; None without pictures.

        >>> low, high = Paired(both=36, only_new=12, only_old=2, neither=0).interval
        >>> round(low, 4), round(high, 4)
        (0.0569, 0.3404)
        """
        gain, now, before = self.gain, self.now.interval, self.before.interval
        if gain is None or now is None or before is None:
            return None
        new, old = self.now.good / self.pictures, self.before.good / self.pictures
        down = self._spread(new - now[0], before[1] - old)
        up = self._spread(now[1] - new, old - before[0])
        return gain - down, gain + up

    @property
    def verdict(self) -> str:
        """`better`, `worse`, or `no_evidence` where the interval holds 0."""
        low, high = self.interval or (0.0, 0.0)
        if low <= 0 <= high:
            return "no_evidence"
        return "better" if low > 0 else "worse"

    def _spread(self, one: float, other: float) -> float:
        return math.sqrt(max(0.0, one**2 - 2 * self._correlation() * one * other + other**2))

    def _correlation(self) -> float:
        """Of the two versions' answers, drawn towards 0 by half a picture where it is positive."""
        new, old = self.now.good, self.before.good
        scale = new * (self.pictures - new) * old * (self.pictures - old)
        common = self.both * self.neither - self.only_new * self.only_old
        if not scale:
            return 0.0
        shrunk = max(0.0, common - self.pictures / 2) if common > 0 else common
        return float(shrunk / math.sqrt(scale))


def by_class(
    old_right: NDArray[np.bool_], new_right: NDArray[np.bool_], targets: Classes, count: int
) -> tuple[Paired, ...]:
    """How often each of `count` classes was found, by the old and by the new version.

    Args:
        old_right, new_right: (N,) whether a picture was named right; targets: (N,) its class, 0 to count - 1.

    Raises:
        ValueError: not the same pictures.
    """
    if not old_right.shape == new_right.shape == targets.shape:
        raise ValueError("two versions are compared on the same pictures")
    kinds = 2 * new_right.astype(int) + old_right.astype(int)
    table = np.zeros((count, 4), np.int64)
    np.add.at(table, (targets, kinds), 1)
    return tuple(
        Paired(both=int(both), only_new=int(new), only_old=int(old), neither=int(neither))
        for neither, old, new, both in table
    )
