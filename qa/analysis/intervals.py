"""No Django here: confidence intervals for a share of successes.

Sources: E. B. Wilson, "Probable inference, the law of succession, and
statistical inference", JASA 22 (1927); R. G. Newcombe, "Two-sided confidence
intervals for the single proportion", Statistics in Medicine 17 (1998), method 3.
"""

import math
from statistics import NormalDist

Interval = tuple[float, float]
"""Lower and upper limit, both fractions in [0, 1]."""

_Z95 = NormalDist().inv_cdf(0.975)


def wilson(successes: int, trials: int) -> Interval | None:
    """Return Wilson's two-sided 95 % score interval, or None without trials.

    The limits are exactly 0.0 where nothing succeeded and exactly 1.0 where
    everything did; rounding may not leave a trace of 1e-17 there.

    >>> low, high = wilson(28, 47)
    >>> round(low, 4), round(high, 4)
    (0.4534, 0.7236)
    >>> wilson(0, 0) is None
    True
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} successes of {trials} trials are not possible")
    if trials == 0:
        return None
    share = successes / trials
    square = _Z95 * _Z95 / trials
    centre = share + square / 2
    spread = _Z95 * math.sqrt(share * (1 - share) / trials + square / (4 * trials))
    low = 0.0 if successes == 0 else (centre - spread) / (1 + square)
    high = 1.0 if successes == trials else (centre + spread) / (1 + square)
    return low, high
