"""No Django here. From a picture and a prompt to what the network sees, and back.

Training and inference both go through this module, so that they cannot differ.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from .prompts import Click, Mask, Points, Prompt

Picture = NDArray[np.uint8]  # (H, W, 3), RGB
Planes = NDArray[np.float32]

SPREAD = 10 / 512  # standard deviation of a point's bump: share of the input's side
CLICK_SPREAD = 12 / 512
MUCH_FINER = 4  # pixels to one, along a side
WORKING = 1024  # pixels: the longer side of a window that is worked on as it is

# ImageNet, as the encoder was trained.
MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
DEVIATION = np.array([0.229, 0.224, 0.225], dtype=np.float32)

# red, green, blue, extreme points, positive clicks, negative clicks, mask so far
CHANNELS = 7


@dataclass(frozen=True)
class Framing:
    """How much is seen round the box of the points. The default is that of the shipped network.

    padding: of the box's side, on each side of it; least: pixels of the picture, for careless clicks
    on small objects; narrowest: short side of the window to long side.
    """

    padding: float = 0.14
    least: float = 5.0
    narrowest: float = 0.4


@dataclass(frozen=True)
class Window:
    """The part of the picture that is looked at; it may reach beyond the picture's edge.

    In pixels of the picture; stretched to a square for the network, so that thin objects are seen
    at a useful width.
    """

    left: float
    top: float
    width: float
    height: float

    def to_input(self, size: int) -> NDArray[np.float64]:
        """The 2x3 matrix from picture to input coordinates (corners at 0 and `size`)."""
        across, down = size / self.width, size / self.height
        return np.array([[across, 0, -self.left * across], [0, down, -self.top * down]])


@dataclass(frozen=True)
class Region:
    """Whole pixels of the picture that a window covers: rows `top` to `bottom`, and columns."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def cut(self) -> tuple[slice, slice]:
        return slice(self.top, self.bottom), slice(self.left, self.right)


def region_of(window: Window, size: tuple[int, ...]) -> Region:
    """The part of `window` that lies in a picture of `size` (height, width)."""
    height, width = size
    return Region(
        max(0, int(np.floor(window.left))),
        max(0, int(np.floor(window.top))),
        min(width, int(np.ceil(window.left + window.width))),
        min(height, int(np.ceil(window.top + window.height))),
    )


@dataclass(frozen=True)
class CloseUp:
    """The part of a picture that a prompt is about, at a size that can be worked on.

    picture, prompt and window are in the close-up's own pixels; `region` says what it is a part of.
    A region of many megapixels is seen smaller, at `WORKING` pixels, and once for all who look.
    """

    picture: Picture
    prompt: Prompt
    window: Window
    region: Region

    @property
    def is_smaller(self) -> bool:
        return self.picture.shape[:2] != (self.region.height, self.region.width)


SHIPPED = Framing()


def close_up(image: Picture, prompt: Prompt, framing: Framing = SHIPPED) -> CloseUp:
    """What there is to see of `prompt` on `image` (H, W, 3)."""
    window = window_of(prompt.points, framing)
    region = region_of(window, image.shape[:2])
    size, picture = (region.width, region.height), image[region.cut]
    if max(size) > WORKING:
        region = evened(region, image.shape[:2])
        size = working_size(region)
        picture = averaged_down(image[region.cut], size)
    across, down = size[0] / region.width, size[1] / region.height
    there = Window(
        (window.left - region.left) * across,
        (window.top - region.top) * down,
        window.width * across,
        window.height * down,
    )
    local = prompt_in(prompt, region.left, region.top, region.width, region.height, size)
    return CloseUp(picture, local, there, region)


def evened(region: Region, size: tuple[int, ...]) -> Region:
    """`region`, a pixel wider and higher where it is odd and the picture of `size` (height, width)
    has one more: even sides are halved fast."""
    height, width = size
    left, top, right, bottom = region.left, region.top, region.right, region.bottom
    if region.width % 2:
        left, right = (left - 1, right) if left else (left, min(width, right + 1))
    if region.height % 2:
        top, bottom = (top - 1, bottom) if top else (top, min(height, bottom + 1))
    return Region(left, top, right, bottom)


def working_size(region: Region) -> tuple[int, int]:
    """Width and height, both even, of a region that is too large to be worked on as it is."""
    scale = WORKING / max(region.width, region.height)
    return max(2, 2 * round(region.width * scale / 2)), max(2, 2 * round(region.height * scale / 2))


def averaged_down(picture: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """`picture` at the smaller or equal `size` (width, height), no pixel left out.

    By exact halves as far as they go, and then, between whole and half, by the four neighbours of
    each place: a third of the time of averaging in one step.
    """
    height, width = picture.shape[:2]
    while min(width // size[0], height // size[1]) >= 2 and width % 2 == height % 2 == 0:
        width, height = width // 2, height // 2
        picture = np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA))
    if (width, height) == size:
        return picture
    left_over = max(width / size[0], height / size[1])
    how = cv2.INTER_LINEAR if left_over <= 2 else cv2.INTER_AREA
    return np.asarray(cv2.resize(picture, size, interpolation=how), np.uint8)


def window_of(points: Points, framing: Framing = SHIPPED) -> Window:
    """The window round the box of `points`."""
    low, high = points.min(0), points.max(0)
    extent = high - low
    padding = np.maximum(framing.padding * extent, framing.least)
    sides = extent + 2 * padding
    sides = np.maximum(sides, framing.narrowest * sides.max())
    left, top = (low + high) / 2 - sides / 2
    return Window(float(left), float(top), float(sides[0]), float(sides[1]))


def between_pixels(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same map for OpenCV, whose coordinates are 0 in the *middle* of the first pixel."""
    moved = matrix.copy()
    moved[:, 2] += matrix[:, :2] @ np.array([0.5, 0.5]) - 0.5
    return moved


def finer_by(matrix: NDArray[np.float64]) -> int:
    """How many pixels of the picture, along a side, `matrix` maps to one; at least 1."""
    return max(1, round(1 / float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))))


def shrunk(image: NDArray[np.uint8], matrix: NDArray[np.float64], size: int) -> NDArray[np.uint8]:
    """`image` mapped by `matrix` to a square of `size`, without the jaggies of plain sampling.

    Where the map shrinks by more than 1.5, it goes to a finer square first, which is then averaged.
    Where it shrinks by far more, the picture is halved before.
    """
    finer = finer_by(matrix)
    while finer > MUCH_FINER and image.shape[0] % 2 == image.shape[1] % 2 == 0:
        half = (image.shape[1] // 2, image.shape[0] // 2)
        image = np.asarray(cv2.resize(image, half, interpolation=cv2.INTER_AREA), np.uint8)
        matrix = matrix * (2, 2, 1)
        finer = finer_by(matrix)
    fine = matrix * finer
    large = cv2.warpAffine(
        image, between_pixels(fine), (size * finer, size * finer), flags=cv2.INTER_LINEAR
    )
    if finer == 1:
        return large.astype(np.uint8, copy=False)
    return cv2.resize(large, (size, size), interpolation=cv2.INTER_AREA).astype(
        np.uint8, copy=False
    )


def mapped(points: Points, matrix: NDArray[np.float64]) -> Points:
    return points @ matrix[:, :2].T + matrix[:, 2]


def bumps(points: Points, size: int, spread: float) -> Planes:
    """(size, size) in [0, 1]: a Gaussian at each point, the maximum where they overlap."""
    if len(points) == 0:
        return np.zeros((size, size), np.float32)
    places = np.arange(size) + 0.5
    sigma = spread * size
    across = np.exp(-((places[None] - points[:, :1]) ** 2) / (2 * sigma**2))
    down = np.exp(-((places[None] - points[:, 1:]) ** 2) / (2 * sigma**2))
    product: Planes = (down[:, :, None] * across[:, None, :]).max(0).astype(np.float32)
    return product


def clicked(clicks: tuple[Click, ...], *, positive: bool) -> Points:
    """The places of the clicks of one kind, (N, 2)."""
    places = [(click.x, click.y) for click in clicks if click.positive is positive]
    return np.array(places, dtype=np.float64).reshape(-1, 2)


def prompt_planes(
    points: Points, positive: Points, negative: Points, previous: Planes, size: int
) -> Planes:
    """(4, size, size): channels 3 to 6 of the input; all places in input coordinates."""
    return np.stack(
        [
            bumps(points, size, SPREAD),
            bumps(positive, size, CLICK_SPREAD),
            bumps(negative, size, CLICK_SPREAD),
            previous,
        ]
    )


def colour_planes(crop: Picture) -> Planes:
    """(3, size, size), normalised; outside the picture the crop is black."""
    planes = (crop.astype(np.float32) / 255 - MEAN) / DEVIATION
    return planes.transpose(2, 0, 1).astype(np.float32, copy=False)


def network_input(image: Picture, prompt: Prompt, window: Window, size: int) -> Planes:
    """(CHANNELS, size, size) for `prompt` on `image` (H, W, 3)."""
    matrix = window.to_input(size)
    region = region_of(window, image.shape[:2])
    inside = matrix @ np.array([[1, 0, region.left], [0, 1, region.top], [0, 0, 1]])
    previous = np.zeros((size, size), np.float32)
    if prompt.previous is not None:
        previous = mask_plane(prompt.previous[region.cut], inside, size)
    return np.concatenate(
        [
            colour_planes(shrunk(image[region.cut], inside, size)),
            prompt_planes(
                mapped(prompt.points, matrix),
                mapped(clicked(prompt.clicks, positive=True), matrix),
                mapped(clicked(prompt.clicks, positive=False), matrix),
                previous,
                size,
            ),
        ]
    )


def mask_plane(mask: Mask, matrix: NDArray[np.float64], size: int) -> Planes:
    """(size, size) of 0 and 1: where at least half of the input pixel is in the mask."""
    grey = shrunk(mask.astype(np.uint8) * 255, matrix, size)
    plane: Planes = (grey >= 128).astype(np.float32)
    return plane


def prompt_in(
    prompt: Prompt, left: int, top: int, width: int, height: int, size: tuple[int, int]
) -> Prompt:
    """The prompt for a part of the picture (its corner and sides), shown at `size` (w, h)."""
    scale = np.array([size[0] / width, size[1] / height])
    clicks = [
        Click((click.x - left) * scale[0], (click.y - top) * scale[1], click.positive)
        for click in prompt.clicks
    ]
    previous = prompt.previous
    if previous is not None:
        previous = previous[top : top + height, left : left + width]
        if previous.shape[::-1] != size:
            previous = averaged_down(previous.view(np.uint8) * np.uint8(255), size) >= 128
    return Prompt((prompt.points - [left, top]) * scale, tuple(clicks), previous)
