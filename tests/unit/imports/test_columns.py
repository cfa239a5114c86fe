"""Numbers of label files that no coordinate can be: each is refused by itself."""

from typing import Any

import pytest

from labelapp.geometry.polygons import BadPolygonError, checked_corners
from labelapp.imports.formats.columns import BadBox, BadPoints, box_region, finite, points_region

HUGE = 10**400  # JSON may hold it; no float does


@pytest.mark.parametrize("value", [HUGE, -HUGE, float("inf"), float("nan"), True, "1", None, [1]])
def test_what_is_no_finite_number_is_none(value: Any) -> None:
    assert finite(value) is None


@pytest.mark.parametrize("odd", [HUGE, [1], {"x": 1}, "inf", "wide"])
def test_a_box_with_a_side_that_is_no_number_is_refused(odd: Any) -> None:
    with pytest.raises(BadBox, match="not four numbers"):
        box_region([odd, 1, 2, 3])


def test_points_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(BadPoints, match="not four"):
        points_region([[HUGE, 9], [1, 5], [3, 2], [6, 4]])


def test_a_polygon_whose_corner_no_float_can_be_is_refused() -> None:
    with pytest.raises(BadPolygonError):
        checked_corners([(0, 0), (1, HUGE), (1, 1)])
