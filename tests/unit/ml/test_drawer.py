"""What a worker holds: one model, the pictures it saw last, answers ready to be sent."""

import numpy as np
import pytest

from labelapp.geometry.rle import decode
from ml.inference.cache import PictureCache
from ml.inference.segment import Drawer, open_drawer
from ml.networks.crops import Picture
from ml.networks.prompts import NotFourPointsError
from ml.networks.registry import UnknownSegmenterError
from ml.networks.segmenters.grabcut import Shape

from .pictures import ellipse, photo_of, pointed_at


class Reader:
    """Opens one picture and counts how often."""

    def __init__(self, picture: Picture) -> None:
        self.picture, self.count = picture, 0

    def __call__(self) -> Picture:
        self.count += 1
        return self.picture


def test_it_draws_a_mask_and_says_its_box_and_area() -> None:
    mask = ellipse(80, 100, (20, 10, 90, 70))
    reader = Reader(photo_of(mask))
    drawer = Drawer(Shape("ellipse"))
    drawer.warm("a", reader)
    drawn = drawer.draw("a", reader, pointed_at(mask).points.tolist())
    assert reader.count == 1
    found = decode(drawn.rle)
    assert drawn.area == found.sum()
    left, top, width, height = drawn.bbox
    assert found[top : top + height, left : left + width].sum() == drawn.area
    assert (found & mask).sum() > 0.9 * mask.sum()


def test_it_refuses_a_bad_prompt_and_an_unknown_model() -> None:
    drawer = Drawer(Shape("box"))
    with pytest.raises(NotFourPointsError):
        drawer.draw("a", Reader(np.zeros((9, 9, 3), np.uint8)), [[1, 2]])
    with pytest.raises(UnknownSegmenterError):
        open_drawer("magic")


def test_the_cache_never_holds_more_than_its_limit() -> None:
    readers = [Reader(np.zeros((10, 10, 3), np.uint8)) for _ in range(3)]
    cache = PictureCache(limit=700)
    for key, reader in enumerate(readers):
        cache.get(key, reader)
    assert cache.held <= 700
    cache.get(2, readers[2])
    cache.get(0, readers[0])
    assert [reader.count for reader in readers] == [2, 1, 1]
    large = Reader(np.zeros((100, 100, 3), np.uint8))
    cache.get("large", large)
    cache.get("large", large)
    assert large.count == 2
    assert cache.held <= 700
