"""One ellipse on a photo, and what a person would click on it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from labelapp.catalog.models import Dataset, Image
from tests.builders import make_photo

HEIGHT, WIDTH = 90, 120
POINTS = [[60.0, 10.0], [20.0, 45.0], [60.0, 80.0], [100.0, 45.0]]


def ellipse(height: int = HEIGHT, width: int = WIDTH) -> NDArray[np.bool_]:
    """(H, W): what POINTS point at, scaled to the size."""
    x, y = (np.arange(width) + 0.5) / width, (np.arange(height)[:, None] + 0.5) / height
    inside: NDArray[np.bool_] = ((x - 1 / 2) * 3) ** 2 + ((y - 1 / 2) * 90 / 35) ** 2 <= 1
    return inside


def photo(dataset: Dataset, height: int = HEIGHT, width: int = WIDTH, kind: str = "PNG") -> Image:
    colours = np.where(ellipse(height, width)[:, :, None], (190, 70, 60), (60, 120, 70))
    noise = np.random.default_rng(height).normal(0, 6, (height, width, 1))
    return make_photo(dataset, np.clip(colours + noise, 0, 255).astype(np.uint8), kind)


def prompt(image: Image, **more: Any) -> dict[str, Any]:
    """The body of a mask request, by colour: needs no weights."""
    return {"image": str(image.pk), "segmenter": "grabcut", "extreme_points": POINTS, **more}
