"""SageMaker semantic segmentation: a manifest and its masks in a zip.

Source: Amazon SageMaker AI developer guide, "Label categories and frames: output data", semantic
segmentation. A mask's pixel is the key of its class in `internal-color-map`, and has its colour.
"""

import re
import tempfile
from datetime import UTC, datetime
from typing import Any

import numpy as np

from qa.exports.copying import Snapshot
from qa.exports.formats.png import Names, classes_png, color_of, in_order, painted, size_of
from qa.exports.output import Output, json_bytes, zip_into
from qa.exports.shapes import ClassNumber, Shape, Shapes, classes_of, layers_of

_FOREIGN = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 60


def write(view: Snapshot, shapes: Shapes, out: Output) -> None:
    """Write the zip: `output.manifest`, and below `masks/` what it refers to.

    Raises UnusableMask.
    """
    classes, names = classes_of(view, shapes), Names()
    ((title,),) = view.fetch(shapes.title(), shapes.parameters())
    attribute = attribute_of(title)
    with zip_into(out) as zipped, tempfile.TemporaryFile() as lines:
        for found in layers_of(view, shapes):
            layer = in_order(found)
            size = size_of(layer, found)
            if size is None:
                continue
            name = f"masks/{names.of(found[0])}"
            used = [classes[one.label_class] for one in layer if one.label_class]
            pixels = painted(layer, [of.number for of in used], size, np.uint8)
            zipped.add(name, classes_png(pixels))
            line = {
                "source-ref": found[0].ref,
                f"{attribute}-ref": name,
                f"{attribute}-ref-metadata": _metadata(title, used, found),
            }
            lines.write(json_bytes(line) + b"\n")
            out.step(len(layer))
        lines.seek(0)
        zipped.add_lines("output.manifest", lines)


def _metadata(title: str, used: list[ClassNumber], layer: list[Shape]) -> dict[str, Any]:
    named = {0: "BACKGROUND", **{one.number: one.name for one in sorted(set(used))}}
    times = [one.at for one in layer if one.at]
    at = max(times) if times else datetime(1970, 1, 1, tzinfo=UTC)
    return {
        "internal-color-map": {
            str(number): {"class-name": name, "hex-color": color_of(number)}
            for number, name in named.items()
        },
        "type": "groundtruth/semantic-segmentation",
        "human-annotated": "yes" if all(one.by_hand for one in layer) else "no",
        "creation-date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f"),
        "job-name": f"labeling-job/{attribute_of(title)}",
    }


def attribute_of(title: str) -> str:
    """The name of the label attribute: letters, digits and hyphens.

    >>> attribute_of("Garden, 2nd round!"), attribute_of("…")
    ('garden-2nd-round', 'labels')
    """
    return _FOREIGN.sub("-", title.lower()).strip("-")[:_LONGEST_NAME].strip("-") or "labels"
