"""No Django here. A worker's segmenter: one model, loaded once, and the pictures it was shown last."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from labelapp.geometry.rle import Rle, area, bounds, encode
from ml.networks.prompts import Click, Mask, make_prompt
from ml.networks.registry import WEIGHTS, open_segmenter
from ml.networks.segmenters.protocol import Answer, Segmenter

from .cache import PictureCache
from .protocols import Opener

PICTURE_BYTES = 400_000_000  # eleven pictures of 12 megapixels


@dataclass(frozen=True)
class Drawn:
    """A mask ready to be sent. bbox: x, y, width, height; area in pixels; score in [0, 1]."""

    rle: Rle
    bbox: tuple[int, int, int, int]
    area: int
    score: float


class Drawer:
    """Draws masks on pictures that it is told where to find. Several threads may share it."""

    def __init__(self, segmenter: Segmenter, pictures: PictureCache | None = None) -> None:
        """pictures: shared by the drawers of a worker, so that each is decoded once."""
        self.segmenter = segmenter
        self.pictures = pictures or PictureCache(PICTURE_BYTES)

    def rehearse(self) -> None:
        """Let the model run once: the first run of a network is slow."""
        blank = np.zeros((64, 64, 3), np.uint8)
        corners = ((32, 8), (8, 32), (32, 56), (56, 32))
        self.segmenter.predict(blank, make_prompt(corners, blank.shape[:2]))

    def warm(self, key: Hashable, opener: Opener) -> None:
        """Decode the picture, and do all else that the first prompt would wait for."""
        self.segmenter.warm(self.pictures.get(key, opener))

    def draw(
        self,
        key: Hashable,
        opener: Opener,
        points: Sequence[Sequence[float]],
        clicks: Sequence[Click] = (),
        previous: Mask | None = None,
    ) -> Drawn:
        """The mask of what the points show; raises a subclass of `prompts.BadPromptError`."""
        picture = self.pictures.get(key, opener)
        size = (picture.shape[0], picture.shape[1])
        return drawn(self.segmenter.predict(picture, make_prompt(points, size, clicks, previous)))


def open_drawer(
    name: str,
    folder: Path = WEIGHTS,
    *,
    threads: int = 1,
    device: str = "cpu",
    pictures: PictureCache | None = None,
) -> Drawer:
    """Raises what `registry.open_segmenter` raises."""
    return Drawer(open_segmenter(name, folder, threads=threads, device=device), pictures)


def drawn(answer: Answer) -> Drawn:
    """Box and area are read from the code, which is a thousandth of the picture."""
    rle = encode(answer.mask)
    return Drawn(rle, bounds(rle), area(rle), answer.score)
