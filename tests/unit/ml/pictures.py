"""Pictures with objects whose masks are known, made by arithmetic."""

import json
from pathlib import Path

import numpy as np
from PIL import Image

from labelapp.geometry.rle import encode
from ml.networks.crops import Picture, Planes
from ml.networks.prompts import Mask, Prompt, canonical
from ml.training.simulate import extreme_points


def ellipse(height: int, width: int, box: tuple[float, float, float, float]) -> Mask:
    """(H, W): the ellipse that fills `box` (left, top, right, bottom)."""
    left, top, right, bottom = box
    x, y = np.arange(width) + 0.5, (np.arange(height) + 0.5)[:, None]
    across = (x - (left + right) / 2) / ((right - left) / 2)
    down = (y - (top + bottom) / 2) / ((bottom - top) / 2)
    inside: Mask = across**2 + down**2 <= 1
    return inside


def photo_of(mask: Mask, seed: int = 0) -> Picture:
    """A reddish object on greenish ground, both a little noisy."""
    random = np.random.default_rng(seed)
    colours = np.where(mask[:, :, None], (190, 70, 60), (60, 120, 70))
    noise = random.normal(0, 6, (*mask.shape, 1)).astype(np.float32)
    return np.clip(colours + noise, 0, 255).astype(np.uint8)


def pointed_at(mask: Mask, seed: int = 0, noise: float = 0.0) -> Prompt:
    return Prompt(canonical(extreme_points(mask, noise, np.random.default_rng(seed))))


class Told:
    """A network that answers what it was told to, whatever it sees."""

    def __init__(self, logits: Planes) -> None:
        self.told = logits
        self.size = logits.shape[0]

    def logits(self, inputs: Planes) -> Planes:
        return np.repeat(self.told[None], len(inputs), 0)


def write_sets(folder: Path, sets: dict[str, str], images: int = 2, side: int = 96) -> Path:
    """A manifest with sets (name -> split), each image with two ellipses on it."""
    listed = []
    for number, (name, split) in enumerate(sets.items()):
        (folder / name).mkdir(parents=True)
        entries = []
        for image in range(images):
            boxes = [(8, 10, 44 + number, 60), (50, 30 + image, 90, 88)]
            masks = [ellipse(side, side, box) for box in boxes]
            file = f"{name}/{image}.png"
            Image.fromarray(photo_of(masks[0] | masks[1], image)).save(folder / file)
            entries.append(
                {
                    "file": file,
                    "width": side,
                    "height": side,
                    "objects": [thing(index, mask) for index, mask in enumerate(masks)],
                }
            )
        listed.append({"name": name, "split": split, "licence": "none", "images": entries})
    (folder / "manifest.json").write_text(json.dumps({"sets": listed}))
    return folder


def thing(number: int, mask: Mask) -> dict[str, object]:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    box = [columns[0], rows[0], columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1]
    return {
        "id": number,
        "class": "ball",
        "rle": encode(mask),
        "bbox": [int(side) for side in box],
        "area": int(mask.sum()),
    }
