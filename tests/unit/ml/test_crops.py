"""Windows and what the network sees through them."""

import cv2
import numpy as np
import pytest

from ml.networks.crops import (
    CHANNELS,
    WORKING,
    Region,
    Window,
    averaged_down,
    bumps,
    close_up,
    evened,
    mapped,
    network_input,
    region_of,
    shrunk,
    window_of,
)
from ml.networks.finish import at_size
from ml.networks.prompts import Click, Prompt

from .pictures import ellipse, photo_of, pointed_at


@pytest.mark.parametrize("box", [(10, 20, 90, 60), (3, 3, 12, 90), (40, 40, 60, 60)])
def test_the_window_holds_the_box_with_room_on_each_side(box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    points = np.array([[50, top], [left, 50], [50, bottom], [right, 50]], dtype=float)
    window = window_of(points)
    assert window.left <= left - 5
    assert window.top <= top - 5
    assert window.left + window.width >= right + 5
    assert window.top + window.height >= bottom + 5
    assert min(window.width, window.height) >= 0.4 * max(window.width, window.height) - 1e-9


def test_a_point_lands_where_its_pixel_does() -> None:
    picture = np.zeros((80, 120, 3), np.uint8)
    picture[30:34, 70:74] = 255
    points = np.array([[60, 10], [50, 30], [60, 50], [90, 30]], dtype=float)
    matrix = window_of(points).to_input(96)
    grey = shrunk(picture, matrix, 96)[:, :, 0].astype(float)
    y, x = np.mgrid[:96, :96] + 0.5
    middle = [(x * grey).sum() / grey.sum(), (y * grey).sum() / grey.sum()]
    assert middle == pytest.approx(mapped(np.array([[72.0, 32.0]]), matrix)[0].tolist(), abs=0.1)


def test_shrinking_averages_and_does_not_sample() -> None:
    stripes = np.zeros((640, 640, 3), np.uint8)
    stripes[:, ::2] = 255
    points = np.array([[320, 60], [60, 320], [320, 580], [580, 320]], dtype=float)
    window = window_of(points)
    seen = shrunk(stripes, window.to_input(64), 64)
    assert np.ptp(seen[8:-8, 8:-8].astype(int)) < 40


def test_beyond_the_picture_it_is_black() -> None:
    white = np.full((50, 50, 3), 255, np.uint8)
    points = np.array([[25, 0], [0, 25], [25, 50], [50, 25]], dtype=float)
    seen = shrunk(white, window_of(points).to_input(64), 64)
    assert seen[0, 0].max() == 0
    assert seen[32, 32].min() == 255


def test_bumps_are_one_at_the_points_and_the_maximum_between() -> None:
    plane = bumps(np.array([[16.5, 16.5], [40.5, 16.5]]), 64, 10 / 512)
    assert plane[16, 16] == pytest.approx(1.0)
    assert plane[16, 40] == pytest.approx(1.0)
    assert plane.max() <= 1
    assert bumps(np.zeros((0, 2)), 64, 0.02).max() == 0


def test_the_input_tells_of_points_clicks_and_the_mask_so_far() -> None:
    mask = ellipse(100, 100, (20, 20, 80, 80))
    prompt = pointed_at(mask).with_click(Click(30, 50, positive=False), mask)
    planes = network_input(photo_of(mask), prompt, window_of(prompt.points), 64)
    assert planes.shape == (CHANNELS, 64, 64)
    assert planes[3].max() > 0.9
    assert planes[4].max() == 0
    assert planes[5].max() > 0.9
    assert set(np.unique(planes[6])) == {0.0, 1.0}


def test_what_the_network_answers_comes_back_to_its_place() -> None:
    mask = ellipse(300, 300, (60, 90, 220, 210))
    points = pointed_at(mask).points
    window = window_of(points)
    seen = shrunk(mask.astype(np.uint8) * 255, window.to_input(160), 160).astype(np.float32) - 127.5
    region = region_of(window, mask.shape)
    back = at_size(seen, window, (300, 300)) > 0
    wrong = (back[region.cut] != mask[region.cut]).sum()
    assert wrong < 0.01 * mask.sum()


def test_a_close_up_of_many_megapixels_is_smaller_and_shows_the_same() -> None:
    mask = ellipse(2400, 3000, (300, 200, 2900, 2300))
    prompt = pointed_at(mask).with_click(Click(1500, 1200, positive=False), mask)
    picture = np.repeat(mask[:, :, None].astype(np.uint8) * 255, 3, 2)
    near = close_up(picture, prompt)
    assert near.is_smaller
    assert max(near.picture.shape) == WORKING
    seen = network_input(near.picture, near.prompt, near.window, 96)
    plain = network_input(picture, prompt, window_of(prompt.points), 96)
    assert np.abs(seen[3:6] - plain[3:6]).max() < 0.03
    assert (seen[6] != plain[6]).mean() < 0.01
    assert np.abs(seen[:3] - plain[:3]).mean() < 0.02
    small = ellipse(2400, 3000, (300, 200, 1000, 900))
    assert not close_up(picture, pointed_at(small)).is_smaller


@pytest.mark.parametrize(
    "region", [Region(0, 0, 7, 8), Region(3, 2, 10, 9), Region(1, 1, 8, 6), Region(0, 0, 10, 9)]
)
def test_a_region_is_made_even_where_the_picture_has_room(region: Region) -> None:
    found = evened(region, (9, 10))
    assert found.left <= region.left
    assert found.top <= region.top
    assert region.right <= found.right <= 10
    assert region.bottom <= found.bottom <= 9
    assert found.width % 2 == 0
    assert found.height % 2 == 0 or (found.top, found.bottom) == (0, 9)


@pytest.mark.parametrize("size", [(300, 200), (170, 130), (70, 50), (37, 25)])
def test_halving_first_shows_what_averaging_in_one_step_shows(size: tuple[int, int]) -> None:
    sharp = photo_of(ellipse(400, 600, (50, 40, 540, 370)))
    picture = cv2.GaussianBlur(sharp, (0, 0), 4).astype(np.uint8)
    direct = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    assert np.abs(averaged_down(picture, size).astype(int) - direct).max() <= 12
    assert np.abs(averaged_down(picture, size).astype(int) - direct).mean() < 0.8


def test_what_is_shrunk_by_far_stays_in_its_place() -> None:
    mask = ellipse(1200, 1400, (100, 80, 1310, 1130)).astype(np.uint8) * 255
    matrix = Window(37.5, 21.25, 1300, 1150).to_input(96)
    seen = shrunk(mask, matrix, 96).astype(int)
    odd = shrunk(np.pad(mask, ((0, 1), (0, 1))), matrix, 96)  # odd sides are not halved
    assert np.abs(seen - odd).max() <= 24
    assert np.abs(seen - odd).mean() < 0.3


def test_a_prompt_has_the_box_of_its_points() -> None:
    points = np.array([[50, 5], [10, 40], [60, 90], [95, 30]], dtype=float)
    assert Prompt(points).box == (10, 5, 95, 90)
    assert Prompt(points).side == 85
