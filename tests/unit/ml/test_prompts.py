"""Four points, in any order, and the sentences for those that outline nothing."""

from itertools import permutations

import numpy as np
import pytest

from ml.networks import prompts
from ml.networks.prompts import Click, make_prompt

SIZE = (100, 200)
POINTS = [[60.0, 10.0], [20.0, 40.0], [70.0, 90.0], [150.0, 50.0]]  # top, left, bottom, right


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_it_finds_the_order_from_the_coordinates(order: tuple[int, ...]) -> None:
    shuffled = [POINTS[place] for place in order]
    assert make_prompt(shuffled, SIZE).points.tolist() == POINTS


def test_a_corner_may_be_two_of_the_points() -> None:
    square = [[10, 10], [90, 10], [10, 90], [90, 90]]
    found = make_prompt(square, SIZE)
    assert found.box == (10, 10, 90, 90)
    assert found.points.tolist() == [[10, 10], [10, 10], [90, 90], [90, 90]]


def test_ties_do_not_depend_on_the_order_of_clicks() -> None:
    points = [[10, 10], [40, 10], [10, 60], [50, 60]]
    found = {tuple(make_prompt(list(order), SIZE).points.ravel()) for order in permutations(points)}
    assert len(found) == 1


@pytest.mark.parametrize(
    ("points", "refusal"),
    [
        (POINTS[:3], prompts.NotFourPointsError),
        ([*POINTS, [5, 5]], prompts.NotFourPointsError),
        ([[1, 2, 3]] * 4, prompts.NotFourPointsError),
        ([["a", 2]] * 4, prompts.NotFourPointsError),
        ([*POINTS[:3], [float("nan"), 5]], prompts.NotFourPointsError),
        ([*POINTS[:3], [201, 5]], prompts.OutsidePictureError),
        ([*POINTS[:3], [-0.1, 5]], prompts.OutsidePictureError),
        ([[5, 5]] * 4, prompts.EqualPointsError),
        ([[5, 5], [5, 5], [9, 9], [9, 9]], prompts.EqualPointsError),
        ([[10, 10], [20, 20], [30, 30], [40, 40]], prompts.PointsOnALineError),
        ([[10, 10], [20, 10], [30, 10], [40, 10]], prompts.PointsOnALineError),
        ([[10, 10], [11, 10], [10, 11], [11, 11]], prompts.BoxTooSmallError),
        ([[10, 10], [50, 10.4], [90, 10.9], [60, 10.2]], prompts.BoxTooSmallError),
    ],
)
def test_it_refuses_points_that_outline_nothing(
    points: list[list[float]], refusal: type[prompts.BadPromptError]
) -> None:
    with pytest.raises(refusal) as caught:
        make_prompt(points, SIZE)
    assert type(caught.value) is refusal
    assert str(caught.value).endswith(".")


def test_it_refuses_a_click_outside_the_picture() -> None:
    with pytest.raises(prompts.OutsidePictureError, match="200 x 100"):
        make_prompt(POINTS, SIZE, [Click(300, 5, positive=True)])


def test_it_refuses_a_mask_of_another_picture() -> None:
    with pytest.raises(prompts.WrongMaskSizeError, match="4 x 3 pixels, the picture 200 x 100"):
        make_prompt(POINTS, SIZE, previous=np.zeros((3, 4), dtype=bool))


def test_it_takes_points_on_the_very_edge() -> None:
    assert make_prompt([[0, 50], [100, 0], [200, 50], [100, 100]], SIZE).box == (0, 0, 200, 100)
