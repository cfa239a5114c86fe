"""The walk down the buckets: published thresholds, edge cases, and what always holds."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analysis.walk import BadRatioError, Bucket, ErrorRatio, Reason, walk
from tests.unit.analysis import published

ONE_TO_TEN = ErrorRatio(1, 10)
LOWS = (0.8, 0.85, 0.9, 0.95)
HIGHS = (0.85, 0.9, 0.95, 1.0)


def buckets(totals: tuple[int, ...], incorrect: tuple[int, ...]) -> list[Bucket]:
    """Return fully reviewed buckets from 0.80 to 1, lowest first."""
    return [
        Bucket(low, high, total, total, wrong)
        for low, high, total, wrong in zip(LOWS, HIGHS, totals, incorrect, strict=True)
    ]


@pytest.mark.parametrize(
    ("table", "name"),
    [(table, name) for table, walks in published.WALKS.items() for name in walks],
)
def test_it_finds_the_thresholds_of_the_published_tables(table: str, name: str) -> None:
    tables: dict[str, Any] = {"sample": published.SAMPLE, "shellfish": published.SHELLFISH}
    threshold, reason, empty = published.WALKS[table][name]
    result = walk(buckets(*tables[table][name][:2]), ONE_TO_TEN)
    assert result.threshold == threshold
    assert result.reason.value == reason
    if reason != "top_bucket_fails":
        assert result.empty_passed == empty


# name: totals, incorrect, answer when strict, answer when not, reason when strict
EDGE_CASES = {
    "exactly 1:10 in the top bucket": (
        (0, 0, 0, 11),
        (0, 0, 0, 1),
        None,
        0.8,
        Reason.TOP_BUCKET_FAILS,
    ),
    "1:11 then exactly 1:10": ((5, 5, 11, 12), (0, 0, 1, 1), 0.95, 0.8, Reason.STOPPED),
    "no items at all": ((0, 0, 0, 0), (0, 0, 0, 0), None, None, Reason.NO_DATA),
    "top empty, next passes, next fails": (
        (3, 4, 20, 0),
        (0, 2, 1, 0),
        0.9,
        0.9,
        Reason.STOPPED,
    ),
    "top empty, next fails": ((9, 9, 5, 0), (0, 0, 2, 0), None, None, Reason.TOP_BUCKET_FAILS),
    "only the lowest bucket has items, clean": (
        (6, 0, 0, 0),
        (0, 0, 0, 0),
        0.8,
        0.8,
        Reason.ALL_PASS,
    ),
    "only the lowest bucket has items, bad": (
        (6, 0, 0, 0),
        (3, 0, 0, 0),
        None,
        None,
        Reason.TOP_BUCKET_FAILS,
    ),
    "zero correct": ((0, 0, 0, 3), (0, 0, 0, 3), None, None, Reason.TOP_BUCKET_FAILS),
    "1 of 10 is 1:9": ((4, 10, 12, 39), (0, 1, 1, 1), 0.9, 0.9, Reason.STOPPED),
    "good below a bad bucket is not reached": (
        (50, 50, 50, 50),
        (0, 20, 1, 0),
        0.9,
        0.9,
        Reason.STOPPED,
    ),
}


@pytest.mark.parametrize("name", EDGE_CASES)
def test_it_decides_the_edge_cases(name: str) -> None:
    totals, incorrect, strict, lenient, reason = EDGE_CASES[name]
    result = walk(buckets(totals, incorrect), ONE_TO_TEN)
    assert (result.threshold, result.reason) == (strict, reason)
    assert walk(buckets(totals, incorrect), ONE_TO_TEN, strict=False).threshold == lenient


def test_it_passes_over_an_empty_bucket_and_says_so() -> None:
    result = walk(buckets((1, 0, 5, 4), (1, 0, 0, 0)), ONE_TO_TEN)
    assert result.threshold == 0.85
    assert result.empty_passed == ((0.85, 0.9),)


def test_it_passes_over_an_empty_top_bucket() -> None:
    result = walk(buckets((0, 0, 9, 0), (0, 0, 0, 0)), ONE_TO_TEN)
    assert (result.threshold, result.reason) == (0.8, Reason.ALL_PASS)
    assert result.empty_passed == ((0.95, 1.0), (0.85, 0.9), (0.8, 0.85))


def test_it_stops_at_four_bad_buckets_that_are_hardly_reviewed() -> None:
    hardly = [Bucket(low, high, 400, 25, 5) for low, high in zip(LOWS, HIGHS, strict=True)]
    result = walk(hardly, ONE_TO_TEN)
    assert (result.threshold, result.reason) == (None, Reason.TOP_BUCKET_FAILS)


def test_it_stops_at_items_that_nobody_has_decided() -> None:
    ladder = [Bucket(0.9, 0.95, 400, 0, 0), Bucket(0.95, 1.0, 25, 25, 0)]
    result = walk(ladder, ONE_TO_TEN)
    assert (result.threshold, result.reason) == (0.95, Reason.UNREVIEWED)
    untouched = walk(ladder[:1], ONE_TO_TEN)
    assert (untouched.threshold, untouched.reason) == (None, Reason.UNREVIEWED)


@pytest.mark.parametrize(
    "text",
    ["", "1", "1:", ":10", "1:0", "0:10", "-1:10", "1:10:1", "1/10", "0.1:1", "1:1" + "0" * 9],
)
def test_it_refuses_a_ratio_that_is_not_two_whole_numbers(text: str) -> None:
    with pytest.raises(BadRatioError):
        ErrorRatio.parse(text)


def test_a_ratio_reads_what_it_writes() -> None:
    assert ErrorRatio.parse(str(ErrorRatio(3, 100))) == ErrorRatio(3, 100)


@st.composite
def ladders(draw: st.DrawFn) -> list[Bucket]:
    """Draw one to six adjoining buckets with possible counts."""
    edges = sorted(draw(st.sets(st.integers(0, 1000), min_size=2, max_size=7)))
    result = []
    for low, high in pairwise(edges):
        items = draw(st.integers(0, 60))
        decided = draw(st.integers(0, items))
        incorrect = draw(st.integers(0, decided))
        result.append(Bucket(low / 1000, high / 1000, items, decided, incorrect))
    return result


RATIOS = st.builds(ErrorRatio, st.integers(1, 50), st.integers(1, 50))


@given(ladders(), RATIOS)
def test_it_never_releases_a_bucket_that_breaks_the_ratio(
    ladder: list[Bucket], ratio: ErrorRatio
) -> None:
    result = walk(ladder, ratio)
    if result.threshold is None:
        return
    released = [each for each in ladder if each.low >= result.threshold and each.items]
    assert released
    for each in released:
        good = each.decided - each.incorrect
        assert good
        assert Fraction(each.incorrect, good) < Fraction(ratio.bad, ratio.good)


@given(ladders(), RATIOS)
def test_a_stricter_ratio_never_lowers_the_threshold(
    ladder: list[Bucket], ratio: ErrorRatio
) -> None:
    loose = walk(ladder, ratio).threshold
    tight = walk(ladder, ErrorRatio(ratio.bad, ratio.good * 2)).threshold
    if tight is not None:
        assert loose is not None
        assert loose <= tight


@given(ladders(), RATIOS)
def test_allowing_the_ratio_itself_never_raises_the_threshold(
    ladder: list[Bucket], ratio: ErrorRatio
) -> None:
    strict, lenient = walk(ladder, ratio).threshold, walk(ladder, ratio, strict=False).threshold
    if strict is not None:
        assert lenient is not None
        assert lenient <= strict


@given(ladders(), RATIOS)
def test_the_answer_is_an_edge_and_never_the_top(ladder: list[Bucket], ratio: ErrorRatio) -> None:
    result = walk(ladder, ratio)
    assert result.threshold is None or result.threshold in {each.low for each in ladder}
    assert (result.threshold is None) >= (result.reason is Reason.NO_DATA)
