"""From a box to four points of what it holds."""

import numpy as np
import pytest

from ml.inference.boxes import prompt_in_box
from ml.networks.crops import shrunk, window_of
from ml.networks.prompts import BadPromptError, Mask, Points, canonical
from ml.networks.segmenters.crop import CropSegmenter
from ml.networks.segmenters.grabcut import Shape

from .pictures import Told, photo_of


def kite() -> tuple[Mask, Points]:
    """A mask whose extreme points lie far from the middles of its box, and that box's corners."""
    y, x = np.mgrid[:200, :300] + 0.5
    corners = np.array([[60, 20], [40, 150], [240, 180], [260, 60]], dtype=float)
    inside = np.ones((200, 300), dtype=bool)
    for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, 0), strict=True):
        inside &= (bx - ax) * (y - ay) - (by - ay) * (x - ax) <= 0
    return inside, np.array([[40.0, 20.0], [260.0, 180.0]])


def test_points_are_found_where_the_network_sees_the_object_by_each_side() -> None:
    mask, box = kite()
    middles = canonical(np.array([[150, 20], [40, 100], [150, 180], [260, 100]], dtype=float))
    seen = shrunk(mask.astype(np.uint8) * 255, window_of(middles).to_input(160), 160)
    told = Told((seen.astype(np.float32) - np.float32(127.5)) / np.float32(16))
    found = prompt_in_box(CropSegmenter("told", told), photo_of(mask), box).points
    truth = np.array([[60, 20], [40, 150], [240, 180], [260, 60]])
    assert np.abs(found - truth).max() < 25
    assert np.abs(middles - truth).max() > 80


def test_a_segmenter_without_a_network_is_shown_the_middles() -> None:
    mask, box = kite()
    found = prompt_in_box(Shape("ellipse"), photo_of(mask), box).points
    assert found.tolist() == [[150, 20], [40, 100], [150, 180], [260, 100]]


def test_a_box_is_cut_to_the_picture_and_refused_beside_it() -> None:
    mask, _ = kite()
    picture = photo_of(mask)
    found = prompt_in_box(Shape("box"), picture, np.array([[-50.0, 20.0], [100.0, 900.0]]))
    assert found.box == (0, 20, 100, 200)
    with pytest.raises(BadPromptError):
        prompt_in_box(Shape("box"), picture, np.array([[400.0, 20.0], [500.0, 90.0]]))
