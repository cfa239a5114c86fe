"""Boxes and polygons, against masks that are built pixel by pixel."""

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycocotools import mask as reference

from labelapp.geometry import boxes, outlines, polygons
from labelapp.geometry.polygons import BadPolygonError, filled, runs_of
from labelapp.geometry.rle import decode, encode, to_string


@pytest.mark.parametrize("module", [boxes, outlines, polygons])
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


corner = st.one_of(
    st.floats(-20, 60), st.integers(-20, 60), st.integers(-200, 600).map(lambda n: n / 10)
)
polygon = st.lists(st.tuples(corner, corner), min_size=3, max_size=9)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # pycocotools
@given(st.lists(polygon, min_size=1, max_size=3), st.integers(1, 40), st.integers(1, 40))
@settings(max_examples=150, deadline=None)
def test_polygons_of_coco_are_filled_as_the_reference_fills_them(
    polygons: list[list[tuple[float, float]]], height: int, width: int
) -> None:
    flat = [[float(side) for point in one for side in point] for one in polygons]
    expected = reference.decode(reference.merge(reference.frPyObjects(flat, height, width)))
    runs = runs_of(polygons, (height, width))
    assert (runs[1:] > 0).all()
    found = decode({"size": [height, width], "counts": to_string(runs)})
    assert np.array_equal(found, expected)


def test_an_outline_that_would_take_all_memory_is_refused() -> None:
    with pytest.raises(BadPolygonError, match="longer than any picture"):
        runs_of([[(0, 0), (1e9, 0), (0, 1e9)]], (10, 10))
