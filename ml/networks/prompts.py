"""No Django here. What a person gives for a mask: four extreme points, then clicks.

Coordinates are floats in pixels of the whole picture, origin at the top left corner of the top
left pixel, x to the right, y down: the middle of that pixel is (0.5, 0.5). The web process checks
prompts too, so nothing heavy is imported here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Points = NDArray[np.float64]  # (N, 2): x, y


class BadPromptError(ValueError):
    """A prompt that no mask can be drawn from. The message is a sentence for people."""


class NotFourPointsError(BadPromptError):
    """Fewer or more than four extreme points, or numbers that are no coordinates."""


class OutsidePictureError(BadPromptError):
    """A point or click beyond the edge of the picture."""


class EqualPointsError(BadPromptError):
    """Fewer than two places among the four points."""


class PointsOnALineError(BadPromptError):
    """All four points on one line: they enclose nothing."""


class BoxTooSmallError(BadPromptError):
    """The points' box is a single pixel wide or high."""


class WrongMaskSizeError(BadPromptError):
    """The mask so far has another size than the picture."""


@dataclass(frozen=True)
class Click:
    """A correction: `positive` says "this belongs to it"."""

    x: float
    y: float
    positive: bool


@dataclass(frozen=True)
class Prompt:
    """Four extreme points in the order top, left, bottom, right, clicks in the order they were made,
    and the mask so far, (H, W) of the whole picture.
    """

    points: Points
    clicks: tuple[Click, ...] = ()
    previous: Mask | None = None

    def with_click(self, click: Click, previous: Mask) -> "Prompt":
        return replace(self, clicks=(*self.clicks, click), previous=previous)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        left, top = self.points.min(0)
        right, bottom = self.points.max(0)
        return float(left), float(top), float(right), float(bottom)

    @property
    def side(self) -> float:
        """The longer side of the box, in pixels."""
        left, top, right, bottom = self.box
        return max(right - left, bottom - top)


def canonical(points: Points) -> Points:
    """The four points as top, left, bottom, right, whatever order they were clicked in.

    Smallest y, smallest x, largest y, largest x; ties by the other coordinate. One point may be two
    of them (a corner): every one of the four is still used at least once where that is possible.
    """
    x, y = points[:, 0], points[:, 1]
    order = [
        np.lexsort((x, y))[0],
        np.lexsort((y, x))[0],
        np.lexsort((x, y))[-1],
        np.lexsort((y, x))[-1],
    ]
    return points[order]


def make_prompt(
    points: Sequence[Sequence[float]],
    size: tuple[int, int],
    clicks: Sequence[Click] = (),
    previous: Mask | None = None,
) -> Prompt:
    """A checked prompt for a picture of `size` (height, width).

    Raises the subclass of `BadPromptError` that names what is wrong.
    """
    array = as_points(points)
    check_inside(array, size)
    if clicks:
        check_inside(np.array([(click.x, click.y) for click in clicks], dtype=np.float64), size)
    check_spread(array)
    if previous is not None and previous.shape != size:
        raise WrongMaskSizeError(
            f"The mask so far is {previous.shape[1]} x {previous.shape[0]} pixels,"
            f" the picture {size[1]} x {size[0]}."
        )
    return Prompt(canonical(array), tuple(clicks), previous)


def as_points(points: Sequence[Sequence[float]]) -> Points:
    try:
        array = np.asarray(points, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise NotFourPointsError("Four points are needed, each as [x, y].") from error
    if array.shape != (4, 2):
        count = len(points)
        raise NotFourPointsError(f"Four points are needed, each as [x, y]; {count} came.")
    if not np.isfinite(array).all():
        raise NotFourPointsError("A coordinate is not a number.")
    return array


def check_inside(points: Points, size: tuple[int, int]) -> None:
    height, width = size
    if not np.isfinite(points).all():
        raise OutsidePictureError("A coordinate is not a number.")
    outside = (points < 0).any(1) | (points[:, 0] > width) | (points[:, 1] > height)
    if outside.any():
        x, y = points[outside][0]
        raise OutsidePictureError(
            f"The point ({x:g}, {y:g}) lies outside the picture of {width} x {height} pixels."
        )


def check_spread(points: Points) -> None:
    if len(np.unique(points, axis=0)) < 3:
        raise EqualPointsError("Points lie on each other; three different places are needed.")
    extent = points.max(0) - points.min(0)
    offsets = points - points[0]
    far = offsets[np.argmax((offsets**2).sum(1))]
    across = np.abs(offsets[:, 0] * far[1] - offsets[:, 1] * far[0]).max()
    if across < 1e-6 * float((far**2).sum()):
        raise PointsOnALineError("All four points lie on one line.")
    if extent.min() <= 1.0:
        raise BoxTooSmallError("The box of the points is no more than one pixel wide or high.")
