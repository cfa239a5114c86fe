"""Simulated people, and how their masks are measured."""

import numpy as np
import pytest

from ml.networks.prompts import Prompt, canonical
from ml.training.measures import boundary_f, consistent, edge, interval, iou
from ml.training.simulate import corrective_click, extreme_points

from .pictures import ellipse, pointed_at


def test_without_noise_each_point_is_the_middle_of_an_outermost_pixel() -> None:
    mask = ellipse(80, 120, (20, 10, 100, 70))
    points = canonical(extreme_points(mask, 0.0, np.random.default_rng(0)))
    assert points[0, 1] == 10.5
    assert points[1, 0] == 20.5
    assert points[2, 1] == 69.5
    assert points[3, 0] == 99.5
    for x, y in points:
        assert mask[int(y), int(x)]


def test_noise_spreads_the_points_and_keeps_them_in_the_picture() -> None:
    mask = ellipse(80, 80, (0, 0, 80, 80))
    random = np.random.default_rng(0)
    drawn = np.stack([extreme_points(mask, 3.0, random) for _ in range(200)])
    assert drawn.min() >= 0
    assert drawn.max() <= 80
    assert drawn[:, 0, 0].std() > 2


def test_the_click_goes_to_the_middle_of_the_largest_mistake() -> None:
    truth = ellipse(200, 200, (20, 20, 180, 180))
    missed, extra = ellipse(200, 200, (60, 60, 100, 100)), ellipse(200, 200, (185, 90, 199, 104))
    click = corrective_click((truth & ~missed) | extra, truth)
    assert click is not None
    assert click.positive
    assert abs(click.x - 80) < 3
    assert abs(click.y - 80) < 3
    second = corrective_click(truth | extra, truth)
    assert second is not None
    assert not second.positive
    assert corrective_click(truth, truth) is None


def test_overlap_and_edges_are_measured_as_defined() -> None:
    one, two = np.zeros((10, 10), dtype=bool), np.zeros((10, 10), dtype=bool)
    one[2:6, 2:6] = True
    two[2:6, 4:8] = True
    assert iou(one, two) == pytest.approx(8 / 24)
    assert iou(one, one) == 1
    assert edge(one).sum() == 12
    assert boundary_f(one, one) == 1
    assert boundary_f(one, np.zeros_like(one)) == 0
    assert 0 < boundary_f(one, two, tolerance=1) < 1


def test_consistency_asks_for_all_four_points_and_the_box() -> None:
    mask = ellipse(200, 200, (50, 50, 150, 150))
    prompt = pointed_at(mask)
    assert consistent(mask, prompt)
    assert not consistent(mask & (np.arange(200) < 140), prompt)
    assert not consistent(ellipse(200, 200, (45, 45, 155, 155)), prompt)
    assert not consistent(np.zeros_like(mask), prompt)
    assert not consistent(mask, Prompt(prompt.points - np.array([[0, 4], [0, 0], [0, 0], [0, 0]])))


def test_the_interval_resamples_whole_images() -> None:
    values = np.array([0.5] * 50 + [1.0] * 50)
    alone = interval(values, np.arange(100))
    grouped = interval(values, np.repeat([0, 1, 2, 3], 25))
    assert alone[0] < 0.75 < alone[1]
    assert grouped[1] - grouped[0] > 2 * (alone[1] - alone[0])
