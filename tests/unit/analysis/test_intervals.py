"""Wilson's interval against outside figures, and at its ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from qa.analysis.intervals import wilson

# From statsmodels.stats.proportion.proportion_confint(..., method="wilson").
VECTORS = [
    (1, 2, 0.09453120573423068, 0.9054687942657693),
    (0, 1, 0.0, 0.7934506856227627),
    (31, 31, 0.889744604539564, 1.0),
    (28, 47, 0.4534212295011095, 0.7235996548079124),
    (447, 510, 0.8450669002542712, 0.9022453171781439),
    (173, 245, 0.646251931125524, 0.7596289879088595),
]


@pytest.mark.parametrize(("successes", "trials", "low", "high"), VECTORS)
def test_it_gives_the_known_limits(successes: int, trials: int, low: float, high: float) -> None:
    assert wilson(successes, trials) == pytest.approx((low, high), abs=1e-14)


def test_it_has_no_opinion_without_trials() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("successes", "trials"), [(-1, 3), (4, 3), (0, -1)])
def test_it_refuses_impossible_counts(successes: int, trials: int) -> None:
    with pytest.raises(ValueError, match="not possible"):
        wilson(successes, trials)


@given(st.integers(1, 10**7).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_it_agrees_with_scipy_and_stays_within_zero_and_one(counts: tuple[int, int]) -> None:
    successes, trials = counts
    interval = wilson(successes, trials)
    assert interval is not None
    low, high = interval
    assert 0.0 <= low <= successes / trials <= high <= 1.0
    outside = binomtest(successes, trials).proportion_ci(0.95, method="wilson")
    assert interval == pytest.approx((outside.low, outside.high), abs=1e-9)
