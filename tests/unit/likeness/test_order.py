"""The order of a grid: alike ones together, the odd ones last."""

from itertools import pairwise, permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from labelapp.likeness.order import alike_together, short_path

seeds = st.integers(0, 2**32 - 1)


def features(seed: int, count: int, dim: int = 16) -> NDArray[np.float16]:
    """Round one direction, as pictures of a class lie."""
    draw = np.random.default_rng(seed)
    found = draw.normal(size=(count, dim)) + 2 * draw.normal(size=(1, dim))
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found, np.float16)


def apart(seed: int, count: int) -> NDArray[np.float64]:
    numbers = features(seed, count).astype(np.float64)
    distances = np.clip(1 - numbers @ numbers.T, 0, None)
    np.fill_diagonal(distances, 0)
    return distances


def length(path: list[int], distances: NDArray[np.float64]) -> float:
    return float(sum(distances[a, b] for a, b in pairwise(path)))


@given(seeds, st.integers(0, 40))
def test_every_picture_is_shown_once_and_always_in_the_same_order(seed: int, count: int) -> None:
    shown = alike_together(features(seed, count))
    assert sorted(shown) == list(range(count))
    assert shown == alike_together(features(seed, count))


@given(seeds, st.integers(2, 30))
def test_no_stretch_turned_round_makes_the_path_shorter(seed: int, count: int) -> None:
    distances = apart(seed, count)
    path = short_path(distances)
    shortest = length(path, distances)
    for first in range(count):
        for last in range(first + 1, count):
            turned = [*path[:first], *path[first : last + 1][::-1], *path[last + 1 :]]
            assert length(turned, distances) >= shortest - 1e-6


def test_few_pictures_stand_in_nearly_the_shortest_order_there_is() -> None:
    ratios = []
    for seed in range(20):
        distances = apart(seed, 7)
        best = min(length(list(path), distances) for path in permutations(range(7)))
        ratios.append(length(short_path(distances), distances) / best)
    assert np.mean(ratios) < 1.05


def test_a_path_along_a_line_is_the_line() -> None:
    places = np.array([0.5, 0.1, 0.9, 0.3, 0.7])
    found = short_path(np.abs(places[:, None] - places))
    assert found in ([1, 3, 0, 4, 2], [2, 4, 0, 3, 1])


def test_the_odd_ones_stand_last_and_the_oddest_at_the_end() -> None:
    draw = np.random.default_rng(3)
    grid = draw.normal(0, 0.1, (25, 32)) + np.eye(32)[0]
    grid[4] = 0.6 * np.eye(32)[0] + 0.8 * np.eye(32)[1]
    grid[11] = np.eye(32)[2]
    grid /= np.linalg.norm(grid, axis=1, keepdims=True)
    assert alike_together(grid)[-2:] == [4, 11]


def test_two_kinds_in_a_grid_stand_apart_and_neither_is_odd() -> None:
    kinds = np.eye(8)[[0, 1] * 8] + np.random.default_rng(1).normal(0, 0.05, (16, 8))
    kinds /= np.linalg.norm(kinds, axis=1, keepdims=True)
    sides = [number % 2 for number in alike_together(kinds)]
    assert sides in ([0] * 8 + [1] * 8, [1] * 8 + [0] * 8)


def test_pictures_that_are_all_the_same_have_no_odd_one() -> None:
    same = np.tile(np.eye(4)[0], (9, 1)).astype(np.float16)
    assert sorted(alike_together(same)) == list(range(9))
    assert alike_together(same[:0]) == []
