"""No Django here. Training crops: an object, perhaps with another pasted before or behind it, turned,
coloured, and its four points taken anew.
"""

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from ml.networks.crops import shrunk, window_of
from ml.networks.prompts import Mask, Points
from ml.training.colours import recoloured
from ml.training.compose import Cutout, cut_out, pasted
from ml.training.manifest import Photo, PhotoSet, Picture, Thing, read_manifest
from ml.training.simulate import extreme_points, training_noise

SURROUNDINGS = 0.9  # of the object's longer side, kept on each side so that a turn shows no cut
LEAST_PIXELS = 60
LEAST_SIDE = 6


@dataclass(frozen=True)
class DataPlan:
    """Which sets train, how often each, and what is done to them.

    `sets`: name -> weight; sets of the split that are not named are left out. `classes`: name ->
    factor for classes whose outlines are loose.
    """

    sets: dict[str, float]
    classes: dict[str, float] = field(default_factory=dict)
    cutouts: tuple[str, ...] = ()
    paste: float = 0.35
    turn: float = 0.6
    careful: float = 0.35
    recolour: float = 0.8


@dataclass(frozen=True)
class Crop:
    """One training example at the network's input size S.

    colours: (S, S, 3) RGB; points: (4, 2) in input coordinates; truth: (S, S) bool.
    """

    colours: Picture
    points: Points
    truth: Mask


@dataclass(frozen=True)
class Example:
    """An object in memory: its mask is kept as the part inside its box."""

    picture: Picture
    box: tuple[int, int, int, int]
    mask: Mask
    name: str


def load_examples(group: PhotoSet) -> list[Example]:
    return [example for photo in group.photos for example in examples_of(photo)]


def examples_of(photo: Photo) -> list[Example]:
    picture = photo.load()
    return [Example(picture, thing.box, boxed(thing), thing.name) for thing in photo.things]


def boxed(thing: Thing) -> Mask:
    x, y, width, height = thing.box
    return thing.mask()[y : y + height, x : x + width].copy()


class Crops:
    """Endless training crops, the sets evenly mixed as the plan says."""

    def __init__(self, folder: Path, plan: DataPlan, split: str = "train") -> None:
        groups = {group.name: group for group in read_manifest(folder, split)}
        unknown = sorted(set(plan.sets) - set(groups))
        if unknown:
            raise KeyError(f"No sets of these names to train on: {', '.join(unknown)}.")
        self.plan = plan
        self.examples = {name: load_examples(groups[name]) for name in plan.sets}
        self.odds = {name: odds_of(kept, plan.classes) for name, kept in self.examples.items()}
        self.cutouts = [
            cut_out(example.picture, example.box, example.mask)
            for name in plan.cutouts
            for example in self.examples[name]
        ]
        weights = np.array(list(plan.sets.values()))
        self.weights = weights / weights.sum()

    def draw(self, size: int, random: np.random.Generator) -> Crop:
        """One crop of `size`; objects that a turn or a paste made too small are drawn again."""
        while True:
            crop = self.attempt(size, random)
            if crop is not None:
                return crop

    def attempt(self, size: int, random: np.random.Generator) -> Crop | None:
        name = str(random.choice(list(self.plan.sets), p=self.weights))
        number = int(random.choice(len(self.examples[name]), p=self.odds[name]))
        picture, mask = surroundings(self.examples[name][number])
        if self.cutouts and random.random() < self.plan.paste:
            cutout: Cutout = self.cutouts[int(random.integers(len(self.cutouts)))]
            picture, mask = pasted(picture, mask, cutout, random)
        turn = turning(random) if random.random() < self.plan.turn else flipping(random)
        crop = cropped(picture, mask, turn, size, self.plan.careful, random)
        if crop is None or random.random() >= self.plan.recolour:
            return crop
        return Crop(recoloured(crop.colours, random), crop.points, crop.truth)


def odds_of(examples: list[Example], classes: dict[str, float]) -> NDArray[np.float64]:
    weights = np.array([classes.get(example.name, 1.0) for example in examples])
    odds: NDArray[np.float64] = weights / weights.sum()
    return odds


def surroundings(example: Example) -> tuple[Picture, Mask]:
    """Copies of the part of the picture round the object, and of its mask there."""
    x, y, width, height = example.box
    margin = int(SURROUNDINGS * max(width, height)) + 12
    rows, columns = example.picture.shape[:2]
    top, left = max(0, y - margin), max(0, x - margin)
    bottom, right = min(rows, y + height + margin), min(columns, x + width + margin)
    mask = np.zeros((bottom - top, right - left), dtype=bool)
    mask[y - top : y - top + height, x - left : x - left + width] = example.mask
    return example.picture[top:bottom, left:right].copy(), mask


def flipping(random: np.random.Generator) -> NDArray[np.float64]:
    """A 2x2 map: mirrored or not, and stretched a little."""
    mirror = np.diag([random.choice([-1.0, 1.0]), 1.0])
    stretch: NDArray[np.float64] = np.diag(np.exp(random.normal(0, 0.08, 2)))
    return stretch @ mirror


def turning(random: np.random.Generator) -> NDArray[np.float64]:
    """A 2x2 map: mirrored or not, turned by up to 35 degrees (sometimes any angle), stretched."""
    any_angle = random.random() < 0.2
    angle = np.deg2rad(random.uniform(-180, 180) if any_angle else random.normal(0, 17))
    cosine, sine = np.cos(angle), np.sin(angle)
    size = float(np.exp(random.normal(0, 0.25)))
    return size * np.array([[cosine, -sine], [sine, cosine]]) @ flipping(random)


def cropped(
    picture: Picture,
    mask: Mask,
    turn: NDArray[np.float64],
    size: int,
    careful: float,
    random: np.random.Generator,
) -> Crop | None:
    """The object seen through `turn`: points taken from the turned mask, then window and crop.

    careful: the share of people who point well.
    """
    matrix, turned = turned_mask(mask, turn)
    if turned is None:
        return None
    side = float(max(turned.any(0).sum(), turned.any(1).sum()))
    points = extreme_points(turned, training_noise(side, careful, random), random)
    if np.ptp(points, axis=0).min() < 3:
        return None
    window = window_of(points).to_input(size)
    whole = np.concatenate(
        [window[:, :2] @ matrix[:, :2], window[:, :2] @ matrix[:, 2:] + window[:, 2:]], 1
    )
    truth = shrunk(mask.astype(np.uint8) * 255, whole, size) >= 128
    if truth.sum() < LEAST_PIXELS:
        return None
    in_input = points @ window[:, :2].T + window[:, 2]
    return Crop(shrunk(picture, whole, size), in_input, truth)


def turned_mask(mask: Mask, turn: NDArray[np.float64]) -> tuple[NDArray[np.float64], Mask | None]:
    """The 2x3 matrix that brings the turned mask into a frame of its own, and the mask there."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if rows.size == 0 or mask.sum() < LEAST_PIXELS:
        return np.zeros((2, 3)), None
    corners = np.array(
        [[x, y] for x in (columns[0], columns[-1] + 1) for y in (rows[0], rows[-1] + 1)],
        dtype=np.float64,
    )
    moved = corners @ turn.T
    margin = 3.0
    matrix = np.concatenate([turn, (margin - moved.min(0))[:, None]], 1)
    width, height = (np.ceil(np.ptp(moved, axis=0)) + 2 * margin).astype(int)
    half_pixel = matrix.copy()
    half_pixel[:, 2] += matrix[:, :2] @ np.array([0.5, 0.5]) - 0.5
    turned = (
        cv2.warpAffine(mask.astype(np.uint8) * 255, half_pixel, (int(width), int(height))) >= 128
    )
    if min(turned.any(0).sum(), turned.any(1).sum()) < LEAST_SIDE:
        return matrix, None
    return matrix, turned
