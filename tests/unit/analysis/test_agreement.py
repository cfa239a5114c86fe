"""Agreement of reviewers against worked figures, and where it has no meaning."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.analysis.agreement import (
    Agreement,
    IntArray,
    Undefined,
    agreement_on,
    cohen_kappa,
    gwet_ac1,
    krippendorff_alpha,
    raw_agreement,
)

CONFIRM, DISCONFIRM = 0, 1

# Ten items, three reviewers; C did not judge the last one.
A = (1, 1, 1, 1, 0, 0, 1, 1, 0, 1)
B = (1, 1, 1, 0, 0, 0, 1, 0, 0, 1)
C = (1, 1, 0, 1, 0, 1, 1, 1, 0, None)

# 94 items both confirm, 3 + 3 on which they differ.
PARADOX = np.array([[2, 0]] * 94 + [[1, 1]] * 6)

OF_COUNTS = (raw_agreement, krippendorff_alpha, gwet_ac1)


def counts(*, missing_is_confirm: bool = False) -> NDArray[np.int64]:
    """Return the example as counts of (confirm, disconfirm)."""
    rows = []
    for verdicts in zip(A, B, C, strict=True):
        given = [1 if missing_is_confirm and each is None else each for each in verdicts]
        rows.append((given.count(1), given.count(0)))
    return np.array(rows)


def test_alpha_copes_with_a_missing_verdict() -> None:
    assert krippendorff_alpha(counts()).value == pytest.approx(0.43434343434343436)


def test_ac1_and_raw_agreement_give_the_known_figures() -> None:
    complete = counts(missing_is_confirm=True)
    assert gwet_ac1(complete).value == pytest.approx(0.5020746887966804)
    assert raw_agreement(complete).value == pytest.approx(0.7333333333333333)


def test_kappa_gives_the_known_figure() -> None:
    together = np.zeros((2, 2), dtype=np.int64)
    for first, second in zip(A, B, strict=True):
        together[first, second] += 1
    assert cohen_kappa(together).value == pytest.approx(0.6)


def test_rare_errors_make_kappa_useless_and_the_bad_ones_show_why() -> None:
    assert raw_agreement(PARADOX).value == pytest.approx(0.94)
    assert cohen_kappa(np.array([[94, 3], [3, 0]])).value == pytest.approx(-0.030927835051546282)
    assert krippendorff_alpha(PARADOX).value == pytest.approx(-0.025773195876288568)
    assert gwet_ac1(PARADOX).value == pytest.approx(0.9362922064132512)
    assert agreement_on(PARADOX, DISCONFIRM).value == 0.0
    assert agreement_on(PARADOX, CONFIRM).value == pytest.approx(188 / 194)


@pytest.mark.parametrize("coefficient", [krippendorff_alpha, gwet_ac1])
def test_verdicts_that_are_all_alike_prove_nothing(
    coefficient: Callable[[IntArray], Agreement],
) -> None:
    assert coefficient(np.array([[3, 0]] * 5)) == Agreement(None, Undefined.ALL_ALIKE)


def test_kappa_of_two_who_always_say_the_same_one_thing_is_undefined() -> None:
    assert cohen_kappa(np.array([[9, 0], [0, 0]])) == Agreement(None, Undefined.ALL_ALIKE)


def test_kappa_of_two_who_never_agree_is_a_number() -> None:
    assert cohen_kappa(np.array([[0, 9], [0, 0]])).value == 0.0


@pytest.mark.parametrize("coefficient", OF_COUNTS)
@pytest.mark.parametrize("rows", [[], [[0, 0]], [[1, 0], [0, 1]]])
def test_single_verdicts_are_no_agreement(
    coefficient: Callable[[IntArray], Agreement], rows: list[list[int]]
) -> None:
    empty = np.array(rows, dtype=np.int64).reshape(-1, 2)
    assert coefficient(empty) == Agreement(None, Undefined.NO_PAIRS)
    assert agreement_on(empty, DISCONFIRM) == Agreement(None, Undefined.NO_PAIRS)


def test_it_says_when_nobody_called_anything_bad() -> None:
    assert agreement_on(np.array([[2, 0]]), DISCONFIRM) == Agreement(None, Undefined.NEVER_GIVEN)


def test_kappa_without_common_items_is_undefined() -> None:
    assert cohen_kappa(np.zeros((3, 3), dtype=np.int64)) == Agreement(None, Undefined.NO_PAIRS)


@pytest.mark.parametrize("bad", [np.array([1, 2]), np.array([[1, -1]])])
def test_it_refuses_what_are_no_counts(bad: IntArray) -> None:
    with pytest.raises(ValueError, match="counts"):
        raw_agreement(bad)


TALLIES = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=40
)


@given(TALLIES)
def test_no_coefficient_exceeds_one_or_is_not_a_number(rows: list[tuple[int, int, int]]) -> None:
    for coefficient in OF_COUNTS:
        value = coefficient(np.array(rows)).value
        assert value is None or value <= 1.0 + 1e-12


@given(TALLIES)
def test_the_order_of_items_and_values_does_not_matter(rows: list[tuple[int, int, int]]) -> None:
    turned = np.array(rows)[::-1, ::-1]
    for coefficient in OF_COUNTS:
        assert coefficient(turned).value == pytest.approx(coefficient(np.array(rows)).value)
