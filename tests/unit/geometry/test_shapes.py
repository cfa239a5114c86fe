"""Boxes and polygons, against masks that are built pixel by pixel."""

import doctest

import numpy as np
import pytest

from labelapp.geometry import boxes, polygons
from labelapp.geometry.polygons import BadPolygonError, filled
from labelapp.geometry.rle import encode


@pytest.mark.parametrize("module", [boxes, polygons])
def test_the_examples_in_the_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_the_box_of_runs_is_the_box_of_the_pixels() -> None:
    random = np.random.default_rng(3)
    for _ in range(300):
        height, width = random.integers(1, 12, 2)
        mask = random.random((height, width)) < random.choice([0.02, 0.2, 0.9, 1.0])
        rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        expected = (0, 0, 0, 0)
        if rows.size:
            left, top = int(columns[0]), int(rows[0])
            expected = (left, top, int(columns[-1]) - left + 1, int(rows[-1]) - top + 1)
        assert boxes.box_of(encode(mask)) == expected


def test_a_polygon_takes_the_pixels_whose_middle_it_holds() -> None:
    mask = filled([[(0.6, 0.4), (9.4, 3.2), (4.0, 9.7)]], (10, 11))
    for row, column in np.ndindex(mask.shape):
        assert mask[row, column] == in_triangle(column + 0.5, row + 0.5)


def in_triangle(x: float, y: float) -> bool:
    corners = [(0.6, 0.4), (9.4, 3.2), (4.0, 9.7)]
    sides = [
        (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0
        for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True)
    ]
    return all(sides) or not any(sides)


def test_a_polygon_within_another_is_a_hole_and_what_lies_outside_is_left_out() -> None:
    outer, inner = [(-5, -5), (20, -5), (20, 20), (-5, 20)], [(2, 2), (4, 2), (4, 5), (2, 5)]
    mask = filled([outer, inner], (8, 9))
    assert not mask[2:5, 2:4].any()
    assert mask.sum() == 8 * 9 - 3 * 2


@pytest.mark.parametrize(
    "corners", [[], [(0, 0), (1, 1)], [(0, 0, 0)] * 3, [(0, float("nan"))] * 3]
)
def test_it_refuses_points_that_enclose_nothing(corners: list[tuple[float, ...]]) -> None:
    with pytest.raises(BadPolygonError):
        filled([corners], (4, 4))
