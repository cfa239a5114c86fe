"""Borders of masks as lines."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from labelapp.geometry.outlines import borders, coarse, outline, part_of, simplified
from labelapp.geometry.polygons import filled
from labelapp.geometry.rle import BrokenRleError, Mask, encode

masks = arrays(bool, st.tuples(st.integers(1, 12), st.integers(1, 12)))


def drawn(path: str, size: tuple[int, int]) -> Mask:
    """What an SVG path of moves and lines fills."""
    pieces = [re.findall(r"(-?\d+) (-?\d+)", piece) for piece in path.split("M")[1:]]
    return filled([[(int(x), int(y)) for x, y in piece] for piece in pieces], size)


@given(masks)
def test_the_whole_outline_encloses_the_very_pixels_of_the_mask(mask: Mask) -> None:
    height, width = mask.shape
    path = outline(encode(mask), (0, 0, width, height))
    assert (drawn(path, mask.shape) == mask).all()


@given(masks, st.data())
def test_a_part_is_what_the_mask_has_there(mask: Mask, data: st.DataObject) -> None:
    height, width = mask.shape
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    w, h = data.draw(st.integers(1, width - x)), data.draw(st.integers(1, height - y))
    assert (part_of(encode(mask), (x, y, w, h)) == mask[y : y + h, x : x + w]).all()


def test_pieces_that_touch_at_a_corner_are_two_lines_and_a_hole_is_one_more() -> None:
    assert len(borders(np.array([[True, False], [False, True]]))) == 2
    ring = np.ones((3, 3), dtype=bool)
    ring[1, 1] = False
    assert sorted(len(line) for line in borders(ring)) == [4, 4]


def test_an_empty_mask_has_no_outline() -> None:
    assert outline(encode(np.zeros((5, 4), dtype=bool)), (0, 0, 4, 5), most=100) == ""


def test_an_outline_for_a_small_drawing_is_short_and_close_to_the_mask() -> None:
    y, x = np.mgrid[:1500, :2000]
    mask = np.hypot(x - 1000, y - 750) < 600
    box = (380, 130, 1240, 1240)
    path = outline(encode(mask), box, most=160)
    assert len(path) < 1_000
    differs = drawn(path, mask.shape) != mask
    assert differs.sum() / mask.sum() < 0.03


def test_a_thin_pole_of_a_large_picture_is_not_lost() -> None:
    mask = np.zeros((1600, 1600), dtype=bool)
    mask[:, 801:805] = True
    assert (drawn(outline(encode(mask), (0, 0, 1600, 1600), most=160), mask.shape)[:, 803]).all()


def test_cells_at_the_far_edge_count_the_pixels_that_they_have() -> None:
    mask = np.zeros((5, 5), dtype=bool)
    mask[4, 4] = True
    assert coarse(mask, 2)[2, 2]


def test_a_straight_staircase_becomes_one_line() -> None:
    (line,) = borders(np.tril(np.ones((20, 20), dtype=bool)))
    assert len(simplified(line, 0.75)) <= 5


def test_a_broken_code_is_refused() -> None:
    with pytest.raises(BrokenRleError):
        outline({"size": [4, 5], "counts": "9"}, (0, 0, 5, 4))
