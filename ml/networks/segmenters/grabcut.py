"""No Django here. GrabCut (Rother, Kolmogorov, Blake 2004; OpenCV) from four points: the baseline that
needs no weights, and the simple shapes that every segmenter must beat.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.networks.crops import Picture, prompt_in, region_of, window_of
from ml.networks.prompts import Mask, Points, Prompt

from .protocol import Answer

LONGEST = 256  # pixels of the window's side that the graph is cut at; more costs seconds
ROUNDS = 5
INNER = 0.6  # the hull of the points, shrunk by this, is surely object
SEED = 3


class GrabCut:
    """Surely object: the shrunk hull of the points; perhaps: the ellipse through them; else: not."""

    name = "grabcut"

    def warm(self, image: Picture) -> None:
        """Nothing to do ahead."""

    def predict(self, image: Picture, prompt: Prompt) -> Answer:
        region = region_of(window_of(prompt.points), image.shape[:2])
        picture = image[region.cut]
        scale = min(1.0, LONGEST / max(picture.shape[:2]))
        size = (max(2, round(picture.shape[1] * scale)), max(2, round(picture.shape[0] * scale)))
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        local = prompt_in(prompt, region.left, region.top, region.width, region.height, size)
        guess = first_guess(size, local)
        cut = cut_graph(np.ascontiguousarray(small[:, :, ::-1]), guess)
        smooth = cv2.resize(
            cut.astype(np.float32), picture.shape[1::-1], interpolation=cv2.INTER_CUBIC
        )
        whole = np.zeros(image.shape[:2], dtype=bool)
        whole[region.cut] = smooth >= 0.5
        if not whole.any():
            whole = ellipse_mask(image.shape[:2], prompt.points)
        return Answer(whole, 0.5)


def first_guess(size: tuple[int, int], prompt: Prompt) -> NDArray[np.uint8]:
    """(h, w) of OpenCV's four marks. size: (w, h); the prompt in pixels of that."""
    shape = (size[1], size[0])
    guess = np.full(shape, cv2.GC_BGD, np.uint8)
    guess[box_mask(shape, prompt.points)] = cv2.GC_PR_BGD
    guess[ellipse_mask(shape, prompt.points)] = cv2.GC_PR_FGD
    guess[hull_mask(shape, prompt.points)] = cv2.GC_FGD
    for click in prompt.clicks:
        mark = cv2.GC_FGD if click.positive else cv2.GC_BGD
        cv2.circle(guess, (int(click.x), int(click.y)), 2, int(mark), -1)
    return guess


def cut_graph(picture: NDArray[np.uint8], guess: NDArray[np.uint8]) -> Mask:
    """The object after `ROUNDS` rounds; the guess itself where one side has no pixel to learn from."""
    object_side = np.isin(guess, (cv2.GC_FGD, cv2.GC_PR_FGD))
    if object_side.all() or not object_side.any():
        return object_side
    cv2.setRNGSeed(SEED)
    model = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(picture, guess, None, *model, ROUNDS, cv2.GC_INIT_WITH_MASK)  # type: ignore[call-overload]
    return np.isin(guess, (cv2.GC_FGD, cv2.GC_PR_FGD))


def box_mask(shape: tuple[int, int], points: Points) -> Mask:
    """(H, W): pixels whose middle lies in the box of `points`."""
    low, high = points.min(0), points.max(0)
    x, y = np.arange(shape[1]) + 0.5, np.arange(shape[0]) + 0.5
    inside: Mask = ((y >= low[1]) & (y <= high[1]))[:, None] & ((x >= low[0]) & (x <= high[0]))
    return inside


def ellipse_mask(shape: tuple[int, int], points: Points) -> Mask:
    """(H, W): four quarter ellipses that join top, right, bottom and left (in canonical order)."""
    top, left, bottom, right = points
    centre = np.array([(top[0] + bottom[0]) / 2, (left[1] + right[1]) / 2])
    x = np.arange(shape[1]) + 0.5 - centre[0]
    y = (np.arange(shape[0]) + 0.5 - centre[1])[:, None]
    half_x = np.maximum(np.where(x < 0, centre[0] - left[0], right[0] - centre[0]), 0.5)
    half_y = np.maximum(np.where(y < 0, centre[1] - top[1], bottom[1] - centre[1]), 0.5)
    inside: Mask = (x / half_x) ** 2 + (y / half_y) ** 2 <= 1
    return inside


def hull_mask(shape: tuple[int, int], points: Points) -> Mask:
    """(H, W): the quadrilateral of the points, shrunk to `INNER` about its middle."""
    middle = points.mean(0)
    corners = np.round(middle + INNER * (points - middle) - 0.5).astype(np.int32)
    canvas = np.zeros(shape, np.uint8)
    cv2.fillConvexPoly(canvas, cv2.convexHull(corners), 1)
    return canvas > 0


class Shape:
    """A segmenter that does not look at the picture: `box` or `ellipse`, for comparison."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.draw = {"box": box_mask, "ellipse": ellipse_mask}[name]

    def warm(self, image: Picture) -> None:
        """Nothing to do ahead."""

    def predict(self, image: Picture, prompt: Prompt) -> Answer:
        return Answer(self.draw(image.shape[:2], prompt.points), 0.0)
