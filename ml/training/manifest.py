"""No Django here. Sets of pictures with masks: a manifest beside its pictures.

The form is that of `../shared/data/masks/README.md` in our workshop: sets with a name and a split,
each with images (`file`, `width`, `height`) and their objects (`id`, `class`, `rle`, `bbox`).
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from labelapp.geometry.rle import Rle, decode
from ml.networks.prompts import Mask

Picture = NDArray[np.uint8]


class BrokenManifestError(ValueError):
    """The manifest lacks something. The message says what and where."""


@dataclass(frozen=True)
class Thing:
    """One object of a picture. `box`: x, y, width, height in pixels."""

    name: str
    rle: Rle
    box: tuple[int, int, int, int]

    def mask(self) -> Mask:
        """(H, W) of the whole picture."""
        return decode(self.rle)


@dataclass(frozen=True)
class Photo:
    path: Path
    things: tuple[Thing, ...]

    def load(self) -> Picture:
        """(H, W, 3) RGB, turned as EXIF says."""
        with Image.open(self.path) as file:
            return np.asarray(ImageOps.exif_transpose(file).convert("RGB"))


@dataclass(frozen=True)
class PhotoSet:
    name: str
    split: str
    photos: tuple[Photo, ...]


def read_manifest(folder: Path, split: str | None = None) -> list[PhotoSet]:
    """The sets of `folder`/manifest.json, all or those of one split, by name.

    Raises `BrokenManifestError`, also when nothing of the split is there.
    """
    path = folder / "manifest.json"
    try:
        listed = json.loads(path.read_text("utf-8"))["sets"]
        sets = [read_set(folder, entry) for entry in listed if split in (None, entry["split"])]
    except FileNotFoundError as error:
        raise BrokenManifestError(f"There is no {path}.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenManifestError(f"{path} cannot be read: {error!r}.") from error
    if not sets:
        raise BrokenManifestError(f"{path} has no set of the split {split!r}.")
    return sorted(sets, key=lambda one: one.name)


def read_set(folder: Path, entry: dict[str, Any]) -> PhotoSet:
    photos = [
        Photo(folder / image["file"], tuple(read_thing(thing) for thing in image["objects"]))
        for image in entry["images"]
    ]
    return PhotoSet(entry["name"], entry["split"], tuple(photos))


def read_thing(entry: dict[str, Any]) -> Thing:
    x, y, width, height = (int(side) for side in entry["bbox"])
    return Thing(entry["class"], entry["rle"], (x, y, width, height))
