"""Masks as pictures: one of the classes (8 bit, a palette) and one of the objects (16 bit) for each
picture, in a zip with a legend.

A pixel of the first is the number of its class, of the second the number of its object on the picture;
0 is the background. Where objects overlap, the later of a picture lies on top.
"""

import io
import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from labelapp.geometry.rle import BrokenRleError, Rle, checked_runs
from qa.exports.copying import Snapshot
from qa.exports.errors import UnusableMask
from qa.exports.output import Output, json_bytes, zip_into
from qa.exports.shapes import ClassNumber, Shape, Shapes, classes_of, layers_of

MOST_CLASSES = 255
MOST_OBJECTS = 65_535
BACKGROUND = "background"


def write(view: Snapshot, shapes: Shapes, out: Output) -> None:
    """Write the zip: `classes/`, `objects/`, `objects.jsonl` (a line an object), `legend.json`.

    Raises UnusableMask.
    """
    classes, names = classes_of(view, shapes), Names()
    with zip_into(out) as zipped, tempfile.TemporaryFile() as lines:
        for found in layers_of(view, shapes):
            layer = in_order(found)
            size = size_of(layer, found)
            if size is None:
                continue
            name = names.of(found[0])
            used = [classes[one.label_class] for one in layer if one.label_class]
            numbers = [of.number for of in used]
            zipped.add(f"classes/{name}", classes_png(painted(layer, numbers, size, np.uint8)))
            every = range(1, len(layer) + 1)
            zipped.add(f"objects/{name}", objects_png(painted(layer, every, size, np.uint16)))
            for number, one, of in zip(every, layer, used, strict=True):
                lines.write(json_bytes(_line(name, number, one, of)) + b"\n")
            out.step(len(layer))
        lines.seek(0)
        zipped.add_lines("objects.jsonl", lines)
        zipped.add("legend.json", json_bytes(_legend(classes.values())))


def _line(name: str, number: int, shape: Shape, of: ClassNumber) -> dict[str, Any]:
    return {
        "image": shape.ref,
        "png": name,
        "object": number,
        "class": of.number,
        "label": of.name,
        "box": shape.bbox,
        "area": shape.area,
        **shape.facts,
    }


def _legend(classes: Iterable[ClassNumber]) -> dict[str, Any]:
    named = {0: BACKGROUND, **{one.number: one.name for one in classes}}
    return {
        "classes": [
            {"number": number, "name": name, "color": color_of(number)}
            for number, name in named.items()
        ],
        "classes_png": "8 bit, palette: a pixel is the number of its class, 0 the background",
        "objects_png": "16 bit: a pixel is `object` of the lines of objects.jsonl with this `png`",
    }


def in_order(layer: Sequence[Shape]) -> list[Shape]:
    """The objects from the lowest to the highest: as their annotator ordered them, else the larger
    below the smaller, so that none is hidden whole."""
    drawn = [one for one in layer if one.mask]
    if all("order" in one.facts for one in drawn):
        return drawn
    return sorted(drawn, key=lambda one: -one.area)


def size_of(drawn: Sequence[Shape], layer: Sequence[Shape]) -> tuple[int, int] | None:
    """Height and width of the picture, None where nobody knows them.

    Raises:
        UnusableMask: its masks have different sizes, or there are more than the numbers reach.
    """
    sizes = {tuple(one.mask["size"]) for one in drawn if one.mask}
    if len(sizes) > 1 or len(drawn) > MOST_OBJECTS:
        raise UnusableMask(
            f"The masks on “{drawn[0].ref}” have different sizes, or are more than {MOST_OBJECTS:,}."
        )
    if sizes:
        height, width = sizes.pop()
        return height, width
    first = layer[0]
    return (first.height, first.width) if first.height and first.width else None


def painted(
    drawn: Sequence[Shape],
    numbers: Iterable[int],
    size: tuple[int, int],
    kind: type[np.uint8] | type[np.uint16],
) -> NDArray[Any]:
    """(H, W): each object's number over those before. Raises UnusableMask."""
    height, width = size
    flat = np.zeros(height * width, kind)  # column after column, as the runs go
    for shape, number in zip(drawn, numbers, strict=True):
        _paint(flat, shape, number)
    return flat.reshape(width, height).T


def _paint(flat: NDArray[Any], shape: Shape, number: int) -> None:
    rle: Rle = shape.mask or {"size": [0, 0], "counts": ""}
    try:
        ends = np.cumsum(checked_runs(rle)).tolist()
    except BrokenRleError as error:
        raise UnusableMask(f"A mask on “{shape.ref}” does not add up: {error}") from error
    for start, end in zip(ends[:-1:2], ends[1::2], strict=False):
        flat[start:end] = number


def classes_png(pixels: NDArray[np.uint8]) -> bytes:
    """The picture of the classes, each shown in its colour."""
    image = Image.fromarray(np.ascontiguousarray(pixels))
    image.putpalette(bytes(part for number in range(256) for part in _color(number)))
    return _png(image)


def objects_png(pixels: NDArray[np.uint16]) -> bytes:
    """The picture of the objects, 16 bit of grey."""
    return _png(Image.fromarray(np.ascontiguousarray(pixels)))


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _color(number: int) -> tuple[int, int, int]:
    """Colours that lie far apart, black first: the bits of the number, the lowest becoming the highest,
    dealt to red, green and blue by turns (as in the PASCAL VOC development kit)."""
    parts = [0, 0, 0]
    for bit in range(8):
        parts[bit % 3] |= (number >> bit & 1) << (7 - bit // 3)
    return parts[0], parts[1], parts[2]


def color_of(number: int) -> str:
    """The colour of a class, as in web pages.

    >>> color_of(0), color_of(1), color_of(2), color_of(9)
    ('#000000', '#800000', '#008000', '#c00000')
    """
    return "#{:02x}{:02x}{:02x}".format(*_color(number))


class Names:
    """Names of PNG files, after the pictures': the path without what leads out, each given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, shape: Shape) -> str:
        parts = shape.ref.replace("\\", "/").split("/")
        kept = [part.replace(":", "") for part in parts if part not in {"", ".", ".."}]
        folder, _, last = "/".join(part for part in kept if part).rpartition("/")
        stem = last.rpartition(".")[0] or last or "picture"
        stem = f"{folder}/{stem}" if folder else stem
        stem = f"{stem}.{shape.layer}" if shape.layer else stem
        name, again = stem, 2
        while name.casefold() in self._given:
            name, again = f"{stem}-{again}", again + 1
        self._given.add(name.casefold())
        return f"{name}.png"
